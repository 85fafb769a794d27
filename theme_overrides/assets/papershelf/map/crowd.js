/** Counts the points in any box of the screen, in a time that does not depend on how many there are. Independent of the page. */

const CELL = 6; // pixels

/**
 * Return a function that counts the points in a box, to a cell. It sums the cells once, and takes a box from four sums
 * (a summed-area table: Crow, 1984). The cells move with the map, so counts stay the same while it is dragged.
 * @param {import("./points.js").Points} points @param {import("./camera.js").Camera} camera
 * @returns {(box: [number, number, number, number]) => number} for left, top, right and bottom
 */
export function countPoints({ x, y, placed }, camera) {
  const { scale } = camera;
  const [ox, oy] = camera.toScreen(0, 0);
  const left = -CELL + (((ox % CELL) + CELL) % CELL);
  const top = -CELL + (((oy % CELL) + CELL) % CELL);
  const columns = Math.ceil((camera.width - left) / CELL);
  const rows = Math.ceil((camera.height - top) / CELL);
  const wide = columns + 1;
  const sums = new Uint32Array(wide * (rows + 1));
  const [sx, sy] = [scale.x / CELL, scale.y / CELL];
  const [fromX, fromY] = [(ox - left) / CELL, (oy - top) / CELL];
  for (const n of placed) {
    const column = x[n] * sx + fromX;
    const row = y[n] * sy + fromY;
    if (column >= 0 && column < columns && row >= 0 && row < rows) sums[((row | 0) + 1) * wide + (column | 0) + 1] += 1;
  }
  for (let row = 1; row <= rows; row += 1) {
    for (let column = 1, inRow = 0; column <= columns; column += 1) {
      const at = row * wide + column;
      inRow += sums[at];
      sums[at] = inRow + sums[at - wide];
    }
  }
  const clamp = (/** @type {number} */ at, /** @type {number} */ most) => Math.min(most, Math.max(0, at));
  return ([west, north, east, south]) => {
    const from = clamp(Math.floor((west - left) / CELL), columns);
    const to = clamp(Math.ceil((east - left) / CELL), columns);
    const above = clamp(Math.floor((north - top) / CELL), rows) * wide;
    const below = clamp(Math.ceil((south - top) / CELL), rows) * wide;
    return sums[below + to] - sums[below + from] - sums[above + to] + sums[above + from];
  };
}
