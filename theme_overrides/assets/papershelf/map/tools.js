/** The buttons on the map, which do the same as wheel, touch and keys. */

import { make } from "../shared/show.js";

const NEARER = 1.6;

/** @param {string} name @param {string} sign @param {() => void} act */
function makeTool(name, sign, act) {
  const button = make("button", { type: "button", "aria-label": name, title: name }, sign);
  button.addEventListener("click", act);
  return button;
}

/**
 * Return the buttons.
 * @param {import("./stage.js").Stage} stage @param {{lasso: boolean}} mode @param {() => void} onList
 */
export function makeTools(stage, mode, onList) {
  const { camera } = stage.scene;
  const lasso = makeTool(label("map_view.lasso"), "◌", () => setLasso(!mode.lasso));
  const setLasso = (/** @type {boolean} */ on) => {
    mode.lasso = on;
    lasso.setAttribute("aria-pressed", String(on));
    stage.board.classList.toggle("is-lasso", on);
  };
  const list = makeTool(label("map_view.list"), "☰", onList);
  lasso.setAttribute("aria-pressed", "false");
  const root = make(
    "div",
    { class: "ps-map__tools", role: "group", "aria-label": label("map_view.tools") },
    makeTool(label("map_view.nearer"), "+", () => stage.glide(camera.zoomed(NEARER))),
    makeTool(label("map_view.farther"), "−", () => stage.glide(camera.zoomed(1 / NEARER))),
    makeTool(label("map_view.whole"), "⤢", () => stage.glide(camera.whole)),
    lasso,
    list,
  );
  return { root, list, setLasso };
}
