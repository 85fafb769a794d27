/** The keys, shown when a reader asks for them, and the switch that turns single letters off. */

import { openDialog } from "./desk/menu.js";
import { keysAreOn, switchKeys } from "./keys.js";
import { make } from "./shared/show.js";

const KEYS = [
  ["/", "Search"], ["j", "Next paper"], ["k", "Previous paper"], ["Enter", "Open the paper"], ["s", "Save"], ["r", "Mark as read"],
  ["x", "Hide"], ["n", "Note and lists"], ["c", "Compare"], ["?", "These keys"],
];

/** Open the list of keys. */
export function openHelp() {
  const rows = KEYS.map(([key, what]) => make("li", {}, make("kbd", {}, key), ` ${what}`));
  const box = makeSwitch();
  openDialog("Keys", [make("ul", { class: "ps-keys" }, ...rows), make("p", {}, box)], /** @type {HTMLElement} */ (document.activeElement));
}

/** Return the switch for single letters. */
export function makeSwitch() {
  const box = /** @type {HTMLInputElement} */ (make("input", { type: "checkbox" }));
  box.checked = keysAreOn();
  box.addEventListener("change", () => switchKeys(box.checked));
  return make("label", { class: "ps-switch" }, box, " Single letters do something");
}
