/** The URLs of this site, under any path, and its number format; every page needs them, the engine only some. */

/** Return the URL of a path of this site; scripts are three folders below its root. @param {string} path */
export function siteUrl(path) {
  return new URL(`../../../${path}`, import.meta.url);
}

/** Return the URL of the page of a paper, a topic or the search, in the form of this site. @param {string} path without ending */
export function pageUrl(path) {
  const pretty = !document.querySelector(".ps-box")?.getAttribute("action")?.endsWith(".html");
  return siteUrl(pretty ? `${path}/` : `${path}.html`);
}

/** Return an integer with thousands separators. The browser's own formatting takes sixty milliseconds for the first number on a phone. @param {number} number */
export function sayNumber(number) {
  return String(number).replace(/\B(?=(\d{3})+$)/g, label("number.group"));
}

/** Return whether lists show titles and facts alone, as the reader chose. */
export const isCompact = () => document.documentElement.hasAttribute("data-compact");
