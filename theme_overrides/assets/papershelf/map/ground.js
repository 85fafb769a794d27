/** The soft background below the points, which has a topic's colour where its papers are dense. It is drawn once and then only scaled. */

const SIZE = 512; // pixels for the whole map; what is soft needs no more
const REACH = 26;
const MOST = 1200; // points that a ground is made from
const STRONGEST = 0.14;
const WEAKEST = 0.012;
const FEW = 400; // points up to which each is as strong as may be

/** Return a spot that fades away. @param {string} colour six hexadecimal digits @param {number} alpha */
function makeSpot(colour, alpha) {
  const spot = document.createElement("canvas");
  spot.width = spot.height = REACH * 2;
  const pen = /** @type {CanvasRenderingContext2D} */ (spot.getContext("2d"));
  const fade = pen.createRadialGradient(REACH, REACH, 0, REACH, REACH, REACH);
  fade.addColorStop(0, colour);
  fade.addColorStop(1, `${colour}00`);
  pen.globalAlpha = alpha;
  pen.fillStyle = fade;
  pen.fillRect(0, 0, REACH * 2, REACH * 2);
  return spot;
}

/** Return the ground of a map. @param {import("./draw.js").Scene} scene */
export function makeGround({ points, look, choice }) {
  const ground = document.createElement("canvas");
  ground.width = ground.height = SIZE + 2 * REACH;
  const pen = /** @type {CanvasRenderingContext2D} */ (ground.getContext("2d"));
  const step = Math.ceil(points.placed.length / MOST);
  const alpha = Math.min(STRONGEST, Math.max(WEAKEST, (STRONGEST * FEW * step) / points.placed.length));
  const spots = [...look.colours, look.other].map((colour) => makeSpot(colour, alpha));
  for (let at = 0; at < points.placed.length; at += step) {
    const n = points.placed[at];
    if (choice.has(n)) pen.drawImage(spots[points.colour[n]], (points.x[n] / points.side) * SIZE, (points.y[n] / points.side) * SIZE);
  }
  return ground;
}

/** Lay a ground under the part of the map that is seen. @param {CanvasRenderingContext2D} pen @param {HTMLCanvasElement} ground @param {import("./draw.js").Scene} scene @param {number} density */
export function layGround(pen, ground, { points, camera }, density) {
  const margin = (REACH / SIZE) * points.side;
  const [left, top] = camera.toScreen(-margin, -margin);
  const [right, bottom] = camera.toScreen(points.side + margin, points.side + margin);
  pen.setTransform(density, 0, 0, density, 0, 0);
  pen.clearRect(0, 0, camera.width, camera.height);
  pen.imageSmoothingQuality = "high";
  pen.drawImage(ground, left, top, right - left, bottom - top);
}
