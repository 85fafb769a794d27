/** The list of keyboard shortcuts, and the switch that turns single-letter shortcuts off. */

import { isOpen, openDialog } from "./desk/menu.js";
import { make } from "./shared/show.js";

// biome-ignore format: a table
const KEYS = [
  ["/", label("keys.search")], ["j", label("keys.next")], ["k", label("keys.previous")], ["Enter", label("keys.open")], ["s", label("mark.save")], ["r", label("mark.mark_read")],
  ["x", label("mark.hide")], ["n", label("keys.note")], ["c", label("mark.compare")], ["?", label("keys.help")],
];

/** Open the list of keyboard shortcuts. @param {boolean} on whether single letters do something @param {(on: boolean) => void} change */
export function openHelp(on, change) {
  if (isOpen()) return;
  const rows = KEYS.map(([key, what]) => make("li", {}, make("kbd", {}, key), ` ${what}`));
  const box = makeSwitch(on, change);
  openDialog(label("keys.title"), [make("ul", { class: "ps-keys" }, ...rows), make("p", {}, box)], /** @type {HTMLElement} */ (document.activeElement));
}

/** Return the switch for single-letter shortcuts. @param {boolean} on @param {(on: boolean) => void} change */
export function makeSwitch(on, change) {
  const box = /** @type {HTMLInputElement} */ (make("input", { type: "checkbox" }));
  box.checked = on;
  box.addEventListener("change", () => change(box.checked));
  return make("label", { class: "ps-switch" }, box, ` ${label("keys.letters")}`);
}
