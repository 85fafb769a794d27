/** The visible part of the map and its scale; converts map positions to screen positions and back. Independent of the page. */

const MARGIN = 34;
const WIDEST = 1.7; // the directions mean nothing, so a wide window may draw the map out
const MOST = 40;
const CLOSEST = 6; // how near the map goes to a few papers by itself

/** @typedef {{x: number, y: number, zoom: number}} View */

export class Camera {
  /** @param {import("./points.js").Points} points */
  constructor({ x, y, placed }) {
    const [left, right] = boundsOf(x, placed);
    const [top, bottom] = boundsOf(y, placed);
    this.bounds = { left, right, top, bottom };
    this.width = 1;
    this.height = 1;
    /** @type {View} */
    this.whole = { x: (left + right) / 2, y: (top + bottom) / 2, zoom: 1 };
    this.view = this.whole;
    this.base = { x: 1, y: 1 };
  }

  /** @param {number} width @param {number} height */
  resize(width, height) {
    const { left, right, top, bottom } = this.bounds;
    const x = Math.max(1, width - 2 * MARGIN) / Math.max(1, right - left);
    const y = Math.max(1, height - 2 * MARGIN) / Math.max(1, bottom - top);
    const least = Math.min(x, y);
    this.width = width;
    this.height = height;
    this.base = { x: Math.min(x, least * WIDEST), y: Math.min(y, least * WIDEST) };
  }

  /** Pixels for one step on the map. */
  get scale() {
    return { x: this.base.x * this.view.zoom, y: this.base.y * this.view.zoom };
  }

  /** @param {number} x @param {number} y @returns {[number, number]} */
  toScreen(x, y) {
    const { scale, view } = this;
    return [(x - view.x) * scale.x + this.width / 2, (y - view.y) * scale.y + this.height / 2];
  }

  /** @param {number} x @param {number} y @returns {[number, number]} */
  toMap(x, y) {
    const { scale, view } = this;
    return [(x - this.width / 2) / scale.x + view.x, (y - this.height / 2) / scale.y + view.y];
  }

  /** Return the view after a zoom that leaves a place of the screen where it is. @param {number} factor @param {number} [x] @param {number} [y] @returns {View} */
  zoomed(factor, x = this.width / 2, y = this.height / 2) {
    const zoom = Math.min(MOST, Math.max(1, this.view.zoom * factor));
    const [atX, atY] = this.toMap(x, y);
    const share = this.view.zoom / zoom;
    return this.within({ x: atX + (this.view.x - atX) * share, y: atY + (this.view.y - atY) * share, zoom });
  }

  /** Return the view moved by pixels. @param {number} dx @param {number} dy @returns {View} */
  moved(dx, dy) {
    const { scale, view } = this;
    return this.within({ x: view.x - dx / scale.x, y: view.y - dy / scale.y, zoom: view.zoom });
  }

  /** Return a view whose middle is on the map; what shows everything is always the same. @param {View} view @returns {View} */
  within({ x, y, zoom }) {
    if (zoom <= 1) return this.whole;
    const { left, right, top, bottom } = this.bounds;
    return { x: Math.min(right, Math.max(left, x)), y: Math.min(bottom, Math.max(top, y)), zoom: Math.min(MOST, zoom) };
  }

  /** Return the view that shows some papers with a margin. @param {import("./points.js").Points} points @param {number[]} papers @returns {View} */
  around({ x, y }, papers) {
    const [left, right] = boundsOf(x, papers);
    const [top, bottom] = boundsOf(y, papers);
    const wide = (this.width - 2 * MARGIN) / (this.base.x * Math.max(1, right - left));
    const high = (this.height - 2 * MARGIN) / (this.base.y * Math.max(1, bottom - top));
    return this.within({ x: (left + right) / 2, y: (top + bottom) / 2, zoom: Math.min(CLOSEST, wide, high) });
  }

  get isWhole() {
    return this.view.zoom === 1;
  }
}

/** @param {Int32Array} column @param {number[]} placed */
function boundsOf(column, placed) {
  let low = Infinity;
  let high = -Infinity;
  for (const n of placed) {
    if (column[n] < low) low = column[n];
    if (column[n] > high) high = column[n];
  }
  return [low, high];
}
