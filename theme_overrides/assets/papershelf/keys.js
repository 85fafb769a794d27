/** Keyboard shortcuts for moving between papers and for actions on each; they can be turned off. */

import { CARD, act, paperOf } from "./desk/cards.js";
import { siteUrl } from "./shared/site.js";

const KEY = `${siteUrl("").pathname}.keys`;
const ACTS = /** @type {Record<string, string>} */ ({ s: "saved", r: "read", x: "hidden", c: "compare", n: "more" });
let off = false;

/** Return whether the target of an event is a text field. @param {Event} event */
export function isWriting(event) {
  const target = /** @type {HTMLElement} */ (event.target);
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

/** Return whether single-letter shortcuts are on. */
export function keysAreOn() {
  try {
    return localStorage.getItem(KEY) !== "off";
  } catch {
    return !off;
  }
}

/** Turn single-letter shortcuts on or off. @param {boolean} on */
export function switchKeys(on) {
  off = !on;
  try {
    if (on) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, "off");
  } catch {
    // for this page only
  }
}

/** Move the focus to the title of the next or previous paper. @param {number} step */
function move(step) {
  const cards = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(CARD))].filter((card) => card.offsetParent);
  const here = cards.findIndex((card) => card.contains(document.activeElement));
  const near = cards.findIndex((card) => card.getBoundingClientRect().bottom > 120);
  const next = here < 0 ? (step > 0 ? Math.max(0, near) : near - 1) : here + step;
  const link = cards[Math.min(cards.length - 1, Math.max(0, next))]?.querySelector("a");
  link?.focus();
  link?.scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", (event) => {
  const { key } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event) || document.querySelector("dialog[open]") || !keysAreOn()) return;
  if (key === "?") void import("./help.js").then(({ openHelp }) => openHelp(keysAreOn(), switchKeys));
  else if (key === "j" || key === "k") move(key === "j" ? 1 : -1);
  else if (Object.hasOwn(ACTS, key)) {
    const from = /** @type {HTMLElement} */ (document.activeElement);
    const paper = paperOf(from);
    if (!paper) return;
    void act(ACTS[key], paper, from);
  } else return;
  event.preventDefault();
});
