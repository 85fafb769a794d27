/** How lists look on this device: whole or compact, with titles and facts alone; and all of a summary where a reader asks for it. */

import { isCompact, siteUrl } from "./shared/site.js";

const KEY = `${siteUrl("").pathname}.view`;

/** Show in the buttons what the page shows. */
function press() {
  for (const button of document.querySelectorAll(".ps-view")) button.setAttribute("aria-pressed", String(isCompact()));
}

/** @param {boolean} compact */
function change(compact) {
  document.documentElement.toggleAttribute("data-compact", compact);
  press();
}

document.addEventListener("click", (event) => {
  const target = /** @type {Element} */ (event.target);
  if (target.closest(".ps-view")) {
    change(!isCompact());
    try {
      if (isCompact()) localStorage.setItem(KEY, "compact");
      else localStorage.removeItem(KEY);
    } catch {
      // the choice holds for this page
    }
  }
  if (!String(getSelection())) target.closest("li > p > .ps-teaser")?.toggleAttribute("data-whole");
});
addEventListener("storage", ({ key, newValue }) => {
  if (key === KEY || key === null) change(newValue === "compact");
});
press();
