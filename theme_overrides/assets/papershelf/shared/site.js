/** The URLs of this site, under any path, and its number format; every page needs them, the engine only some. */

/** Return the address of a path of this site; scripts stand three folders below its root. @param {string} path */
export function siteUrl(path) {
  return new URL(`../../../${path}`, import.meta.url);
}

/** Return the page of a paper, a topic or the search, as this site writes its addresses. @param {string} path without ending */
export function pageUrl(path) {
  const pretty = !document.querySelector(".ps-box")?.getAttribute("action")?.endsWith(".html");
  return siteUrl(pretty ? `${path}/` : `${path}.html`);
}

/** Return a whole number with its thousands apart. The first number that a browser formats itself costs a phone sixty milliseconds. @param {number} number */
export function sayNumber(number) {
  return String(number).replace(/\B(?=(\d{3})+$)/g, label("number.group"));
}
