/** Keyboard control of the map: moving, zooming, and going from paper to paper. */

const STEP = 90;
const NEARER = 1.6;

/**
 * @typedef {{walk: (step: 1 | -1) => void, open: () => void, letGo: () => void}} Calls
 * @param {import("./stage.js").Stage} stage @param {Calls} calls
 */
export function followKeys(stage, { walk, open, letGo }) {
  const { camera } = stage.scene;
  /** @type {Record<string, () => void>} */
  const keys = {
    ArrowLeft: () => stage.glide(camera.moved(STEP, 0)),
    ArrowRight: () => stage.glide(camera.moved(-STEP, 0)),
    ArrowUp: () => stage.glide(camera.moved(0, STEP)),
    ArrowDown: () => stage.glide(camera.moved(0, -STEP)),
    "+": () => stage.glide(camera.zoomed(NEARER)),
    "=": () => stage.glide(camera.zoomed(NEARER)),
    "-": () => stage.glide(camera.zoomed(1 / NEARER)),
    0: () => stage.glide(camera.whole),
    n: () => walk(1),
    p: () => walk(-1),
    Enter: open,
    Escape: letGo,
  };
  stage.board.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    keys[event.key]();
  });
}
