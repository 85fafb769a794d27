/** Translates mouse, touch and wheel input into actions on the map: drag, pinch, zoom, select, point. */

const STILL = 5; // pixels within which a press is no drag
const MOUSE = 14;
const FINGER = 26;

/**
 * @typedef {{onHover: (n: number) => void, onTap: (n: number) => void, onLasso: (outline: [number, number][]) => void}} Calls
 * @param {import("./stage.js").Stage} stage @param {import("./grid.js").Grid} grid @param {Calls} calls
 */
export function followPointers(stage, grid, { onHover, onTap, onLasso }) {
  const { board, scene } = stage;
  const { camera, choice } = scene;
  /** @type {Map<number, [number, number]>} */
  const down = new Map();
  let travelled = 0;
  let lasso = false;
  const mode = { lasso: false };

  /** @param {MouseEvent} event @returns {[number, number]} */
  const placeOf = (event) => {
    const box = board.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  /** @param {PointerEvent} event */
  const paperAt = (event) => grid.nearest(camera, ...placeOf(event), event.pointerType === "mouse" ? MOUSE : FINGER, (n) => choice.has(n));

  /** @param {PointerEvent} event */
  function press(event) {
    if (event.button) return;
    if (!down.size) [travelled, lasso] = [0, mode.lasso || event.shiftKey];
    else lasso = false;
    stage.outline = [];
    down.set(event.pointerId, placeOf(event));
    board.setPointerCapture(event.pointerId);
  }

  /** @param {PointerEvent} event */
  function move(event) {
    const before = down.get(event.pointerId);
    const place = placeOf(event);
    if (!before) return event.pointerType === "mouse" ? onHover(paperAt(event)) : undefined;
    travelled += Math.hypot(place[0] - before[0], place[1] - before[1]);
    if (down.size === 2) pinch(event.pointerId, place);
    else if (lasso) {
      stage.outline.push(place);
      stage.remark();
    } else if (travelled > STILL) stage.show(camera.moved(place[0] - before[0], place[1] - before[1]));
    down.set(event.pointerId, place);
  }

  /** @param {number} id @param {[number, number]} place */
  function pinch(id, place) {
    const before = /** @type {[number, number]} */ (down.get(id));
    const [[, other]] = [...down].filter(([key]) => key !== id);
    const spread = (/** @type {[number, number]} */ at) => Math.max(10, Math.hypot(at[0] - other[0], at[1] - other[1]));
    camera.view = camera.zoomed(spread(place) / spread(before), (place[0] + other[0]) / 2, (place[1] + other[1]) / 2);
    stage.show(camera.moved((place[0] - before[0]) / 2, (place[1] - before[1]) / 2));
  }

  /** @param {PointerEvent} event */
  function release(event) {
    if (!down.delete(event.pointerId) || down.size) return;
    const { outline } = stage;
    stage.outline = [];
    stage.remark();
    if (event.type === "pointercancel") return;
    if (lasso && outline.length > 2 && travelled > STILL) onLasso(outline.map(([x, y]) => camera.toMap(x, y)));
    else if (travelled <= STILL) onTap(paperAt(event));
  }

  board.addEventListener("pointerdown", press);
  board.addEventListener("pointermove", move);
  board.addEventListener("pointerup", release);
  board.addEventListener("pointercancel", release);
  board.addEventListener("dblclick", (event) => stage.glide(camera.zoomed(2, ...placeOf(event))));
  board.addEventListener(
    "wheel",
    (event) => {
      if (event.deltaY > 0 && camera.isWhole) return; // the page scrolls on
      event.preventDefault();
      const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * 30 : event.deltaY;
      stage.show(camera.zoomed(Math.exp(-Math.max(-120, Math.min(120, pixels)) / 300), ...placeOf(event)));
    },
    { passive: false },
  );
  return mode;
}
