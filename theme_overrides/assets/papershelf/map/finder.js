/** The search field of the map, which queries the site's search engine after each key. */

import { make } from "../shared/show.js";

const PAUSE = 500;

/**
 * Return the field; `ask` is called with what is typed and whether somebody is typing still.
 * @param {(text: string, typing: boolean) => void} ask
 */
export function makeFinder(ask) {
  const field = /** @type {HTMLInputElement} */ (
    make("input", { type: "search", class: "ps-map__find", placeholder: label("map_view.find_on"), "aria-label": label("map_view.find"), spellcheck: "false", autocomplete: "off" })
  );
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let pause;
  field.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(() => ask(field.value, false), PAUSE);
    ask(field.value, true);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    clearTimeout(pause);
    ask(field.value, false);
  });
  return field;
}
