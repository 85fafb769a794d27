/** The colours of the map, from the values of the page: light, dark, and light for print. */

/** @typedef {{colours: string[], other: string, faded: string, ink: string, paper: string, accent: string, serif: string}} Look */

const PEN = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));

/** Return a colour in six hexadecimal digits, however it was written. @param {string} colour */
function spell(colour) {
  PEN.fillStyle = colour;
  return String(PEN.fillStyle);
}

/** Return the look of an element. @param {Element} element @param {number} number how many colours are wanted @returns {Look} */
export function readLook(element, number) {
  const style = getComputedStyle(element);
  const value = (/** @type {string} */ name) => style.getPropertyValue(`--ps-${name}`).trim();
  const colour = (/** @type {string} */ name) => spell(value(name));
  return {
    colours: Array.from({ length: number }, (_, n) => colour(`map-${n}`)),
    other: colour("map-other"),
    faded: colour("map-faded"),
    ink: colour("ink"),
    paper: colour("card"),
    accent: colour("accent"),
    serif: value("serif"),
  };
}
