/** Chooses the topic names shown on the map: large topics first, more at higher zoom, beside points and not over them or each other. Independent of the page. */

import { countPoints } from "./crowd.js";

const GAP = 7;
const AT_FIRST = 11;
const LINE = 1.15;
const BREAK = 14; // letters from which on a name takes two lines
const FARTHEST = 84; // pixels that a name may stand away from the middle of its topic
const STEP = 14;
const TURNS = 12;
const POINT = 20; // pixels that a name goes to cover one point less
/** Ways from the middle of a topic, the shortest first, with their lengths. @type {[number, number, number][]} */
const WAYS = [[0, 0, 0]];
for (let far = STEP; far <= FARTHEST; far += STEP) {
  for (let turn = 0; turn < TURNS; turn += 1) WAYS.push([far * Math.cos((2 * Math.PI * turn) / TURNS), far * Math.sin((2 * Math.PI * turn) / TURNS), far]);
}

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
 * Return the names with the middles of their places on the screen: of the places near the middle of its topic that are free, each takes
 * the one where it covers the fewest points and is not far away.
 * @param {import("./points.js").Points} points @param {import("./camera.js").Camera} camera
 * @param {(text: string, size: number) => number} measure the width of a text in pixels @param {number} chosen a topic whose name comes first, or a negative number
 * @param {Box} kept a part of the screen without names @param {number} radius of a point in pixels
 */
export function chooseNames(points, camera, measure, chosen, kept, radius) {
  const { labels, topics } = points;
  const { zoom } = camera.view;
  const most = AT_FIRST * zoom ** 1.2 * Math.min(1, camera.width / 700);
  const smallest = camera.width < 500 ? 11.5 : 14;
  /** @type {Name[]} */
  const names = [];
  const taken = [kept];
  const count = countPoints(points, camera);
  for (const label of [...labels.filter((one) => one.topic === chosen), ...labels.filter((one) => one.topic !== chosen)]) {
    const { name, parent } = topics[label.topic];
    if (names.length >= most || (parent >= 0 && zoom < 1.5 && label.topic !== chosen)) continue;
    const size = smallest + 3 * Math.log2(1 + label.papers / labels[0].papers);
    const lines = breakName(name);
    const half = Math.max(...lines.map((line) => measure(line, size))) / 2 + GAP;
    const tall = (lines.length * size * LINE) / 2 + GAP;
    const [x, y] = camera.toScreen(label.x, label.y);
    if (x < -half || x > camera.width + half || y < -tall || y > camera.height + tall) continue;
    const covered = (/** @type {Box} */ [left, top, right, bottom]) => count([left + GAP - radius, top + GAP - radius, right - GAP + radius, bottom - GAP + radius]);
    const place = findPlace(camera, [x, y], [half, tall], taken, covered);
    if (!place) continue;
    taken.push(place.box);
    names.push({ lines, x: place.x, y: place.y, size, topic: label.topic });
  }
  return names;
}

/**
 * Return the best free place for a box with its middle near a place of the screen, or nothing.
 * @param {import("./camera.js").Camera} camera @param {[number, number]} middle @param {[number, number]} halves of its width and height
 * @param {Box[]} taken @param {(box: Box) => number} count the points that a box covers
 */
function findPlace(camera, [x, y], [half, tall], taken, count) {
  let best;
  let least = Number.POSITIVE_INFINITY;
  for (const [dx, dy, far] of WAYS) {
    if (far >= least) break;
    const atX = Math.min(camera.width - half, Math.max(half, x + dx));
    const atY = Math.min(camera.height - tall, Math.max(tall, y + dy));
    const box = /** @type {Box} */ ([atX - half, atY - tall, atX + half, atY + tall]);
    if (taken.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])) continue;
    const cost = far + POINT * count(box);
    if (cost < least) [best, least] = [{ x: atX, y: atY, box }, cost];
  }
  return best;
}

/** Return where the lines of a name stand. @param {Name} name @returns {[string, number][]} */
export function placeLines({ lines, y, size }) {
  return lines.map((line, n) => [line, y + (n - (lines.length - 1) / 2) * size * LINE]);
}
