/** The colours of the map, from the page's own values: light, dark, and light again on paper. */

/** @typedef {{colours: string[], other: string, faded: string, ink: string, paper: string, accent: string, serif: string}} Look */

/** Return the look of an element. @param {Element} element @param {number} number how many colours are wanted @returns {Look} */
export function readLook(element, number) {
  const style = getComputedStyle(element);
  const value = (/** @type {string} */ name) => style.getPropertyValue(`--ps-${name}`).trim();
  return {
    colours: Array.from({ length: number }, (_, n) => value(`map-${n}`)),
    other: value("map-other"),
    faded: value("map-faded"),
    ink: value("ink"),
    paper: value("card"),
    accent: value("accent"),
    serif: value("serif"),
  };
}
