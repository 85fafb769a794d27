/** Points and names on a canvas. Each kind of point is drawn once and then stamped. */

import { layGround } from "./ground.js";
import { chooseNames, placeLines } from "./labels.js";

const LARGEST = 6;
const SMALLEST = 1.5;
/** @type {(width: number) => import("./labels.js").Box} */
const underTools = (width) => [width - 56, 0, width, 200];
const SHARE = 0.13; // of the way from one point to the next, if all stood evenly

/**
 * @typedef {import("./look.js").Look} Look
 * @typedef {{points: import("./points.js").Points, camera: import("./camera.js").Camera, choice: import("./choice.js").Choice, look: Look}} Scene
 */

/** Return the radius of a point in pixels: small where there are many, larger as one comes nearer. @param {Scene} scene */
export function radiusOf({ points, camera }) {
  const even = Math.sqrt((camera.width * camera.height) / Math.max(1, points.placed.length));
  return Math.min(LARGEST, Math.max(SMALLEST, even * SHARE)) * Math.min(2, camera.view.zoom ** 0.35);
}

/** Return a stamp of a point. @param {string} fill @param {string} edge @param {number} radius @param {number} density pixels of the screen for one @param {number} [alpha] */
function makeStamp(fill, edge, radius, density, alpha = 1) {
  const stamp = document.createElement("canvas");
  stamp.width = stamp.height = Math.ceil((radius + 1) * 2 * density);
  const pen = /** @type {CanvasRenderingContext2D} */ (stamp.getContext("2d"));
  const middle = stamp.width / 2;
  pen.globalAlpha = alpha;
  pen.beginPath();
  pen.arc(middle, middle, radius * density, 0, Math.PI * 2);
  pen.fillStyle = fill;
  pen.fill();
  if (edge) {
    pen.strokeStyle = edge;
    pen.lineWidth = Math.max(0.75, radius / 5) * density;
    pen.stroke();
  }
  return stamp;
}

/** Draw the whole map. @param {CanvasRenderingContext2D} pen @param {Scene} scene @param {HTMLCanvasElement} ground @param {number} density */
export function drawMap(pen, scene, ground, density) {
  const { camera, choice, look } = scene;
  const radius = radiusOf(scene);
  pen.setTransform(1, 0, 0, 1, 0, 0);
  pen.clearRect(0, 0, pen.canvas.width, pen.canvas.height);
  layGround(pen, ground, scene, density);
  pen.setTransform(1, 0, 0, 1, 0, 0);
  const fills = [...look.colours, look.other];
  if (choice.lit) stampAll(pen, scene, fills.map(() => makeStamp(look.faded, "", radius * 0.8, density, 0.55)), density, 0);
  const stamps = fills.map((fill) => makeStamp(fill, choice.lit ? look.ink : look.paper, choice.lit ? radius * 1.1 : radius, density, 0.9));
  stampAll(pen, scene, stamps, density, 1);
  pen.setTransform(density, 0, 0, density, 0, 0);
  drawNames(pen, scene);
}

/** Stamp the points that are chosen, or those that are not. @param {CanvasRenderingContext2D} pen @param {Scene} scene @param {HTMLCanvasElement[]} stamps @param {number} density @param {0 | 1} lit */
function stampAll(pen, { points, camera, choice }, stamps, density, lit) {
  const { x, y, colour, placed } = points;
  const { scale, view, width, height } = camera;
  const half = stamps[0].width / 2;
  const [sx, sy] = [scale.x * density, scale.y * density];
  const [ox, oy] = [(width / 2) * density - view.x * sx - half, (height / 2) * density - view.y * sy - half];
  const [right, bottom] = [width * density, height * density];
  for (const n of placed) {
    if (choice.lit && choice.lit[n] !== lit) continue;
    const atX = x[n] * sx + ox;
    const atY = y[n] * sy + oy;
    if (atX > -2 * half && atY > -2 * half && atX < right && atY < bottom) pen.drawImage(stamps[colour[n]], atX, atY);
  }
}

/** @param {CanvasRenderingContext2D} pen @param {Scene} scene */
function drawNames(pen, { points, camera, choice, look }) {
  const write = (/** @type {number} */ size) => (pen.font = `600 ${size}px ${look.serif}`);
  const measure = (/** @type {string} */ text, /** @type {number} */ size) => (write(size), pen.measureText(text).width);
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.lineJoin = "round";
  for (const name of chooseNames(points, camera, measure, choice.topic, underTools(camera.width))) {
    write(name.size);
    const isChosen = name.topic === choice.topic;
    pen.globalAlpha = choice.lit && !isChosen ? 0.4 : 1;
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
  if (at >= 0) {
    const [x, y] = camera.toScreen(points.x[at], points.y[at]);
    const radius = radiusOf(scene);
    pen.beginPath();
    pen.arc(x, y, radius + 1, 0, Math.PI * 2);
    pen.fillStyle = look.accent;
    pen.fill();
    pen.beginPath();
    pen.arc(x, y, radius + 5, 0, Math.PI * 2);
    pen.strokeStyle = look.accent;
    pen.lineWidth = 2;
    pen.stroke();
  }
  if (outline.length < 2) return;
  pen.beginPath();
  for (const [x, y] of outline) pen.lineTo(x, y);
  pen.closePath();
  pen.strokeStyle = pen.fillStyle = look.accent;
  pen.globalAlpha = 0.12;
  pen.fill();
  pen.globalAlpha = 1;
  pen.lineWidth = 1.5;
  pen.setLineDash([5, 4]);
  pen.stroke();
  pen.setLineDash([]);
}
