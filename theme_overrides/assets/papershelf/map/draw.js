/** Draws points, names and marks on their canvases. */

import { chooseNames, placeLines } from "./labels.js";
import { writePoints } from "./pixels.js";

const LARGEST = 6;
const SMALLEST = 1.5;
const SHARE = 0.13; // of the way from one point to the next, if all stood evenly
/** @type {(width: number) => import("./labels.js").Box} */
const underTools = (width) => [width - 64, 0, width, 240];

/**
 * @typedef {import("./look.js").Look} Look
 * @typedef {{points: import("./points.js").Points, camera: import("./camera.js").Camera, choice: import("./choice.js").Choice, look: Look}} Scene
 */

/** Return the radius of a point in pixels: small where there are many, larger as one comes nearer. @param {Scene} scene */
export function radiusOf({ points, camera }) {
  const even = Math.sqrt((camera.width * camera.height) / Math.max(1, points.placed.length));
  return Math.min(LARGEST, Math.max(SMALLEST, even * SHARE)) * Math.min(2, camera.view.zoom ** 0.35);
}

/** Draw points and names. @param {CanvasRenderingContext2D} pen @param {ImageData} image as large as the canvas @param {Scene} scene @param {number} density pixels of the screen for one */
export function drawMap(pen, image, scene, density) {
  const { points, camera, choice, look } = scene;
  const { width, height } = image;
  const sheet = { width, height, words: new Uint32Array(image.data.buffer) };
  sheet.words.fill(0);
  const [sx, sy] = [camera.scale.x * density, camera.scale.y * density];
  const way = { sx, sy, ox: width / 2 - camera.view.x * sx, oy: height / 2 - camera.view.y * sy };
  const radius = radiusOf(scene) * density;
  const fills = [...look.colours, look.other];
  const of = points.placed;
  if (choice.lit) {
    const faded = fills.map(() => look.faded);
    writePoints(sheet, { ...points, of, test: (n) => !choice.has(n) }, way, { fills: faded, edge: look.faded, radius: radius * 0.8, rim: 0, strength: 0.55 });
  }
  const rim = Math.min(1.25 * density, radius / 4);
  writePoints(sheet, { ...points, of, test: (n) => choice.has(n) }, way, { fills, edge: choice.lit ? look.ink : look.paper, radius: radius + rim / 2, rim, strength: 0.92 });
  pen.putImageData(image, 0, 0);
  pen.setTransform(density, 0, 0, density, 0, 0);
  drawNames(pen, scene);
}

/** @param {CanvasRenderingContext2D} pen @param {Scene} scene */
function drawNames(pen, scene) {
  const { points, camera, choice, look } = scene;
  const write = (/** @type {number} */ size) => (pen.font = `600 ${size}px ${look.serif}`);
  const measure = (/** @type {string} */ text, /** @type {number} */ size) => {
    write(size);
    return pen.measureText(text).width;
  };
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.lineJoin = "round";
  for (const name of chooseNames(points, camera, measure, choice.topic, underTools(camera.width), radiusOf(scene))) {
    write(name.size);
    const isChosen = name.topic === choice.topic;
    pen.globalAlpha = choice.lit && !isChosen ? 0.7 : 1;
    pen.strokeStyle = look.paper;
    pen.lineWidth = 4;
    pen.fillStyle = isChosen ? look.accent : look.ink;
    for (const [line, y] of placeLines(name)) pen.strokeText(line, name.x, y);
    for (const [line, y] of placeLines(name)) pen.fillText(line, name.x, y);
  }
  pen.globalAlpha = 1;
}

/** Draw what changes with every move of the pointer: the paper that is looked at, and the outline that is drawn. @param {CanvasRenderingContext2D} pen @param {Scene} scene @param {number} density @param {number} at @param {[number, number][]} outline on the screen */
export function drawMarks(pen, scene, density, at, outline) {
  const { points, camera, look } = scene;
  pen.setTransform(density, 0, 0, density, 0, 0);
  pen.clearRect(0, 0, camera.width, camera.height);
  pen.strokeStyle = pen.fillStyle = look.accent;
  if (at >= 0) {
    const place = camera.toScreen(points.x[at], points.y[at]);
    const radius = radiusOf(scene);
    drawDisc(pen, place, radius + 1);
    pen.fill();
    drawDisc(pen, place, radius + 5);
    pen.lineWidth = 2;
    pen.stroke();
  }
  if (outline.length < 2) return;
  pen.beginPath();
  for (const [x, y] of outline) pen.lineTo(x, y);
  pen.closePath();
  pen.globalAlpha = 0.12;
  pen.fill();
  pen.globalAlpha = 1;
  pen.lineWidth = 1.5;
  pen.setLineDash([5, 4]);
  pen.stroke();
  pen.setLineDash([]);
}

/** @param {CanvasRenderingContext2D} pen @param {[number, number]} place @param {number} radius */
function drawDisc(pen, [x, y], radius) {
  pen.beginPath();
  pen.arc(x, y, radius, 0, Math.PI * 2);
}
