/** Papers by squares of the map, for finding the papers at a position quickly. Independent of the page. */

const CELLS = 64;

/** @typedef {[number, number][]} Outline */

export class Grid {
  /** @param {import("./points.js").Points} points */
  constructor(points) {
    this.points = points;
    this.size = points.side / CELLS;
    /** @type {number[][]} */
    this.cells = Array.from({ length: CELLS * CELLS }, () => []);
    for (const n of points.placed) this.cells[this.#row(points.y[n]) * CELLS + this.#row(points.x[n])].push(n);
  }

  /** @param {number} at */
  #row(at) {
    return Math.min(CELLS - 1, Math.max(0, Math.floor(at / this.size)));
  }

  /** Return the papers in a part of the map. @param {number} left @param {number} top @param {number} right @param {number} bottom */
  within(left, top, right, bottom) {
    const { x, y } = this.points;
    const found = [];
    for (let row = this.#row(top); row <= this.#row(bottom); row += 1) {
      for (let column = this.#row(left); column <= this.#row(right); column += 1) {
        for (const n of this.cells[row * CELLS + column]) if (x[n] >= left && x[n] <= right && y[n] >= top && y[n] <= bottom) found.push(n);
      }
    }
    return found;
  }

  /**
   * Return the nearest paper within some pixels of a place of the screen, or -1; `test` says who counts.
   * @param {import("./camera.js").Camera} camera @param {number} x @param {number} y @param {number} reach @param {(n: number) => boolean} test
   */
  nearest(camera, x, y, reach, test) {
    const [left, top] = camera.toMap(x - reach, y - reach);
    const [right, bottom] = camera.toMap(x + reach, y + reach);
    let best = -1;
    let least = reach * reach;
    for (const n of this.within(left, top, right, bottom)) {
      const [atX, atY] = camera.toScreen(this.points.x[n], this.points.y[n]);
      const square = (atX - x) ** 2 + (atY - y) ** 2;
      if (square <= least && test(n)) [best, least] = [n, square];
    }
    return best;
  }

  /** Return the papers that an outline encloses. @param {Outline} outline places on the map */
  enclosed(outline) {
    const [xs, ys] = [0, 1].map((axis) => outline.map((place) => place[axis]));
    const all = this.within(Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys));
    return all.filter((n) => isInside(outline, this.points.x[n], this.points.y[n]));
  }

  /** Return the papers on the screen, as one reads: in bands from top to bottom, from left to right. @param {import("./camera.js").Camera} camera */
  inView(camera) {
    const { x, y } = this.points;
    const [left, top] = camera.toMap(0, 0);
    const [right, bottom] = camera.toMap(camera.width, camera.height);
    const band = (bottom - top) / 12;
    const row = (/** @type {number} */ n) => Math.floor((y[n] - top) / band);
    return this.within(left, top, right, bottom).sort((a, b) => row(a) - row(b) || x[a] - x[b] || a - b);
  }
}

/** Return whether a place is inside an outline: a ray from it crosses an odd number of sides. @param {Outline} outline @param {number} x @param {number} y */
function isInside(outline, x, y) {
  let inside = false;
  for (let at = 0, before = outline.length - 1; at < outline.length; before = at, at += 1) {
    const [ax, ay] = outline[at];
    const [bx, by] = outline[before];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}
