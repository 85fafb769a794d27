/** The script at the start of every page: the search box, the reader's marks on papers, new papers, keyboard shortcuts, and offline reading. */

// What the others import stands first, so that everything is asked for at once and nothing in a chain.
import "./shared/site.js";
import "./shared/say.js";
import "./desk/desk.js";
import "./desk/cards.js";
import "./desk/visits.js";
import { isWriting } from "./keys.js";
import "./offline.js";
import "./view.js";

// Keys that reach the search box; what it suggests is loaded when a reader enters it.
const input = /** @type {HTMLInputElement | null} */ (document.querySelector(".ps-box input"));

/** Load the suggestions; without them, the search box is a plain form. */
function wake() {
  import("./search/suggest.js").catch(() => dispatchEvent(new Event("papershelf:missing")));
}

if (input) {
  const hint = document.createElement("kbd");
  hint.setAttribute("aria-hidden", "true");
  hint.textContent = "/";
  input.after(hint);
  input.addEventListener("focus", wake, { once: true });
  if (document.activeElement === input) wake();
  document.addEventListener("keydown", (event) => {
    const { key, altKey, ctrlKey, metaKey } = event;
    if (ctrlKey || metaKey ? key.toLowerCase() !== "k" : key !== "/" || altKey || isWriting(event)) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
}

const tab = /** @type {HTMLElement | null} */ (document.querySelector(".ps-tabs [aria-current]"));
if (tab) {
  const row = /** @type {HTMLElement} */ (tab.closest(".ps-tabs"));
  // In view on phones too; in the frame that lays the page out anyway.
  requestAnimationFrame(() => (row.scrollLeft = tab.offsetLeft + (tab.offsetWidth - innerWidth) / 2));
}

// What the keyboard reaches in a row that scrolls sideways is seen whole; browsers are content with a part of it.
addEventListener("focusin", ({ target }) => {
  const mayBeCut = target instanceof Element && target.matches(":is(.ps-tabs, .ps-map__legend, .ps-scroll, .md-typeset__scrollwrap) :focus-visible");
  if (mayBeCut) target.scrollIntoView({ block: "nearest" });
});
