/** The drawing area of the map: three canvases for background, points and marks, drawn at the browser's next frame, and their buttons. */

import { make } from "../shared/show.js";
import { drawMap, drawMarks } from "./draw.js";
import { layGround, makeGround } from "./ground.js";
import { readLook } from "./look.js";

const GLIDE = 220; // milliseconds

export class Stage {
  /** @param {Omit<import("./draw.js").Scene, "look">} scene */
  constructor(scene) {
    this.canvases = Array.from({ length: 3 }, () => /** @type {HTMLCanvasElement} */ (make("canvas", { "aria-hidden": "true" })));
    this.pens = this.canvases.map((canvas) => /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d")));
    const help = make("span", { id: "ps-map-help", class: "ps-unseen" }, label("map_view.keys"));
    this.board = make("div", { class: "ps-map__board", tabindex: "0", role: "application", "aria-label": label("map_view.board"), "aria-describedby": help.id }, ...this.canvases);
    this.root = make("div", { class: "ps-map__stage" }, this.board, help);
    const probe = make("span", { "data-md-color-scheme": "default", hidden: "" });
    this.root.append(probe);
    const number = scene.points.colours.length;
    const look = () => readLook(document.body, number);
    /** @type {import("./draw.js").Scene} */
    this.scene = { ...scene, look: look() };
    this.image = new ImageData(1, 1);
    /** @type {HTMLCanvasElement | undefined} */
    this.ground = undefined;
    /** @type {unknown[]} */
    this.groundOf = [];
    this.at = -1;
    /** @type {[number, number][]} */
    this.outline = [];
    this.onView = () => {};
    this.drawn = false;
    this.waiting = 0;
    this.gliding = 0;
    new MutationObserver(() => this.repaint(look())).observe(document.body, { attributeFilter: ["data-md-color-scheme"] });
    new ResizeObserver(() => this.#resize()).observe(this.board);
    addEventListener("beforeprint", () => {
      this.#paint(readLook(probe, number));
      this.board.append(this.#copy());
    });
    addEventListener("afterprint", () => {
      this.board.querySelector(".ps-map__copy")?.remove();
      this.repaint(look());
    });
  }

  get density() {
    return Math.min(2, devicePixelRatio || 1);
  }

  #resize() {
    const { clientWidth, clientHeight } = this.board;
    if (!clientWidth) return;
    this.scene.camera.resize(clientWidth, clientHeight);
    for (const canvas of this.canvases) {
      canvas.width = Math.round(clientWidth * this.density);
      canvas.height = Math.round(clientHeight * this.density);
    }
    this.image = new ImageData(this.canvases[1].width, this.canvases[1].height);
    this.#paint(this.scene.look);
    this.onView();
  }

  /** Return a picture for paper: the canvases themselves are cleared when the page takes the size of a sheet. */
  #copy() {
    const copy = document.createElement("canvas");
    copy.className = "ps-map__copy";
    [copy.width, copy.height] = [this.canvases[0].width, this.canvases[0].height];
    const pen = copy.getContext("2d");
    for (const canvas of this.canvases) pen?.drawImage(canvas, 0, 0);
    return copy;
  }

  /** @param {import("./look.js").Look} look */
  #paint(look) {
    const { scene } = this;
    scene.look = look;
    if (!this.ground || this.groundOf[0] !== look || this.groundOf[1] !== scene.choice.lit) {
      this.ground = makeGround(scene);
      this.groundOf = [look, scene.choice.lit];
    }
    this.board.classList.toggle("is-whole", scene.camera.isWhole);
    layGround(this.pens[0], this.ground, scene, this.density);
    drawMap(this.pens[1], this.image, scene, this.density);
    this.#mark();
  }

  #mark() {
    drawMarks(this.pens[2], this.scene, this.density, this.at, this.outline);
  }

  /** Draw everything with the next frame. @param {import("./look.js").Look} [look] */
  repaint(look = this.scene.look) {
    this.scene.look = look;
    this.drawn = false;
    this.#ask();
  }

  /** Draw only the marks with the next frame. */
  remark() {
    this.#ask();
  }

  #ask() {
    this.waiting ||= requestAnimationFrame(() => {
      this.waiting = 0;
      if (this.drawn) this.#mark();
      else this.#paint(this.scene.look);
      this.drawn = true;
    });
  }

  /** Show another part of the map. @param {import("./camera.js").View} view */
  show(view) {
    cancelAnimationFrame(this.gliding);
    this.gliding = 0;
    this.scene.camera.view = view;
    this.repaint();
    this.onView();
  }

  /** Show another part of the map, and let the eye follow where it may. @param {import("./camera.js").View} view */
  glide(view) {
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return this.show(view);
    cancelAnimationFrame(this.gliding);
    const { camera } = this.scene;
    const from = camera.view;
    const start = performance.now();
    const step = (/** @type {number} */ now) => {
      const part = Math.min(1, Math.max(0, now - start) / GLIDE);
      const eased = 1 - (1 - part) ** 3;
      const between = (/** @type {number} */ a, /** @type {number} */ b) => a + (b - a) * eased;
      camera.view = part === 1 ? view : { x: between(from.x, view.x), y: between(from.y, view.y), zoom: between(from.zoom, view.zoom) };
      this.gliding = part < 1 ? requestAnimationFrame(step) : 0;
      this.repaint();
      this.onView();
    };
    this.gliding = requestAnimationFrame(step);
  }
}
