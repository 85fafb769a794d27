/** Draws points as pixels: a hundred thousand in the time in which a canvas draws a few hundred shapes. Independent of the page. */

const STEPS = 2; // a pixel is cut so often each way, so that points do not tremble while they move

/** @typedef {{dx: number[], dy: number[], alpha: number[], edge: number[]}} Mask the pixels of a disc: where, how much of them, how much of that its edge */
/** @typedef {{width: number, height: number, words: Uint32Array}} Sheet */

/** Return the word of a colour without its alpha. @param {string} colour six hexadecimal digits */
function toWord(colour) {
  const value = parseInt(colour.slice(1), 16);
  return ((value & 255) << 16) | (value & 0xff00) | (value >> 16);
}

/** Return a disc whose middle is a part of a pixel away. @param {number} radius @param {number} rim the width of its edge @param {number} x @param {number} y @param {number} strength its alpha, up to 1 @returns {Mask} */
function makeMask(radius, rim, x, y, strength) {
  /** @type {Mask} */
  const mask = { dx: [], dy: [], alpha: [], edge: [] };
  const reach = Math.ceil(radius + 1);
  for (let dy = -reach; dy <= reach; dy += 1) {
    for (let dx = -reach; dx <= reach; dx += 1) {
      const far = Math.hypot(dx - x, dy - y);
      const cover = Math.min(1, radius + 0.5 - far);
      if (cover <= 0) continue;
      mask.dx.push(dx);
      mask.dy.push(dy);
      mask.alpha.push(Math.round(255 * cover * strength));
      mask.edge.push(rim ? Math.min(1, Math.max(0, far - (radius - rim) + 0.5)) : 0);
    }
  }
  return mask;
}

/** @param {number} one @param {number} other @param {number} share of the other */
function mix(one, other, share) {
  const part = (/** @type {number} */ shift) => Math.round(((one >> shift) & 255) * (1 - share) + ((other >> shift) & 255) * share) << shift;
  return part(0) | part(8) | part(16);
}

/** Return a pixel laid over another. @param {number} under @param {number} over */
function lay(under, over) {
  const alpha = over >>> 24;
  const below = (under >>> 24) * (1 - alpha / 255);
  const sum = alpha + below;
  return (mix(under, over, alpha / sum) | (Math.round(sum) << 24)) >>> 0;
}

/**
 * Write points on a sheet.
 * @param {Sheet} sheet
 * @param {{x: Int32Array, y: Int32Array, colour: Uint8Array, of: Iterable<number>, test: (n: number) => boolean}} points
 * @param {{sx: number, sy: number, ox: number, oy: number}} way from the map to pixels
 * @param {{fills: string[], edge: string, radius: number, rim: number, strength: number}} style in pixels
 */
export function writePoints({ width, height, words }, { x, y, colour, of, test }, { sx, sy, ox, oy }, { fills, edge, radius, rim, strength }) {
  const masks = Array.from({ length: STEPS * STEPS }, (_, n) => makeMask(radius, rim, (n % STEPS) / STEPS, Math.floor(n / STEPS) / STEPS, strength));
  const rimWord = toWord(edge);
  const inks = fills.map(toWord).map((fill) => masks.map(({ alpha, edge: share }) => Uint32Array.from(alpha, (a, at) => mix(fill, rimWord, share[at]) | (a << 24))));
  const reach = Math.ceil(radius) + 1;
  for (const n of of) {
    if (!test(n)) continue;
    const atX = x[n] * sx + ox;
    const atY = y[n] * sy + oy;
    if (atX < reach || atY < reach || atX > width - reach - 1 || atY > height - reach - 1) continue;
    const column = Math.floor(atX);
    const row = Math.floor(atY);
    const step = Math.floor((atY - row) * STEPS) * STEPS + Math.floor((atX - column) * STEPS);
    const { dx, dy } = masks[step];
    const ink = inks[colour[n]][step];
    for (let at = 0; at < ink.length; at += 1) {
      const place = (row + dy[at]) * width + column + dx[at];
      words[place] = words[place] ? lay(words[place], ink[at]) : ink[at];
    }
  }
}
