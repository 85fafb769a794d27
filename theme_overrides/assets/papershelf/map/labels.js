/** Chooses the topic names shown on the map: large topics first, more at higher zoom, without overlaps. Independent of the page. */

const GAP = 7;
const AT_FIRST = 11;
const LINE = 1.15;
const BREAK = 14; // letters from which on a name takes two lines

/** @typedef {{lines: string[], x: number, y: number, size: number, topic: number}} Name */
/** @typedef {[number, number, number, number]} Box left, top, right, bottom */

/** Return a name in one line, or in two of about the same length. @param {string} name */
export function breakName(name) {
  const spaces = [...name.matchAll(/ /g)].map(({ index }) => index);
  if (name.length < BREAK || !spaces.length) return [name];
  const middle = spaces.reduce((best, at) => (Math.abs(at - name.length / 2) < Math.abs(best - name.length / 2) ? at : best));
  return [name.slice(0, middle), name.slice(middle + 1)];
}

/**
 * Return the names with the middles of their places on the screen.
 * @param {import("./points.js").Points} points @param {import("./camera.js").Camera} camera
 * @param {(text: string, size: number) => number} measure the width of a text in pixels @param {number} chosen a topic whose name comes first, or a negative number
 * @param {Box} kept a part of the screen without names
 */
export function chooseNames({ labels, topics }, camera, measure, chosen, kept) {
  const { zoom } = camera.view;
  const most = AT_FIRST * zoom ** 1.2 * Math.min(1, camera.width / 700);
  const smallest = camera.width < 500 ? 11.5 : 14;
  /** @type {Name[]} */
  const names = [];
  const taken = [kept];
  for (const label of [...labels.filter((one) => one.topic === chosen), ...labels.filter((one) => one.topic !== chosen)]) {
    const { name, parent } = topics[label.topic];
    if (names.length >= most || (parent >= 0 && zoom < 1.5 && label.topic !== chosen)) continue;
    const size = smallest + 3 * Math.log2(1 + label.papers / labels[0].papers);
    const lines = breakName(name);
    const half = Math.max(...lines.map((line) => measure(line, size))) / 2 + GAP;
    const tall = (lines.length * size * LINE) / 2 + GAP;
    let [x, y] = camera.toScreen(label.x, label.y);
    if (x < -half || x > camera.width + half || y < -tall || y > camera.height + tall) continue;
    x = Math.min(camera.width - half, Math.max(half, x));
    y = Math.min(camera.height - tall, Math.max(tall, y));
    const box = /** @type {Box} */ ([x - half, y - tall, x + half, y + tall]);
    if (taken.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])) continue;
    taken.push(box);
    names.push({ lines, x, y, size, topic: label.topic });
  }
  return names;
}

/** Return where the lines of a name stand. @param {Name} name @returns {[string, number][]} */
export function placeLines({ lines, y, size }) {
  return lines.map((line, n) => [line, y + (n - (lines.length - 1) / 2) * size * LINE]);
}
