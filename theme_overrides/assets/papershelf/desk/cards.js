/** Shows the reader's marks on every card and page, with buttons to save papers and for further actions. */

import { say } from "../shared/say.js";
import { ACTIONS, CHANGED, desk, isId } from "./desk.js";

export const CARD = ".ps-page li:has(> p > .ps-facts)";

/** @typedef {import("./desk.js").Paper} Paper */

/** Return the id at the end of the URL of a paper's page. @param {string} address */
function idOf(address) {
  const id = /\/papers\/([^/]+?)(?:\.html|\/|\/index\.html)?$/.exec(new URL(address, location.href).pathname)?.[1];
  return isId(id) ? id : "";
}

/** Return the paper that an element shows or is part of. @param {Element | null} element @returns {Paper | null} */
export function paperOf(element) {
  const card = /** @type {HTMLElement | null} */ (element?.closest(CARD));
  const link = card?.querySelector("a");
  if (card && link) return { id: idOf(link.href), title: link.textContent ?? "", place: card };
  const page = /** @type {HTMLElement | null} */ (document.querySelector(".ps-page--paper"));
  return page ? { id: idOf(location.href), title: page.querySelector("h1")?.textContent ?? "", place: page } : null;
}

/** @param {string} name @param {string} text @param {string} full what screen readers hear instead */
function makeButton(name, text, full) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = `ps-do ps-do--${name}`;
  button.textContent = text;
  button.dataset.do = name;
  button.setAttribute("aria-label", full);
  return button;
}

/** Add the buttons to a paper. @param {Paper} paper */
function dress({ id, title, place }) {
  if (!id || place.dataset.paper) return;
  place.dataset.paper = id;
  const bar = document.createElement("span");
  bar.className = "ps-bar-do";
  const more = makeButton("more", label("mark.more"), label("mark.more_of", { title }));
  more.setAttribute("aria-haspopup", "dialog");
  bar.append(makeButton("saved", label("mark.save"), label("mark.save_paper", { title })), more);
  if (place.localName === "li") place.querySelector(".ps-facts")?.append(bar);
  else place.querySelector("h1")?.after(bar);
}

/** Update the buttons of a paper with its marks. @param {HTMLElement} place */
function show(place) {
  const id = place.dataset.paper ?? "";
  for (const [mark] of ACTIONS) place.toggleAttribute(`data-${mark}`, desk.has(id, mark));
  place.querySelector(".ps-bar-do > [data-do=saved]")?.setAttribute("aria-pressed", String(desk.has(id, "saved")));
  const note = desk.state.papers[id]?.note ?? "";
  let line = place.querySelector(":scope > .ps-own-note");
  if (!note) return line?.remove();
  if (!line) {
    line = document.createElement("p");
    if (place.localName === "li") place.append(line);
    else place.querySelector(".ps-bar-do")?.after(line);
  }
  line.className = "ps-own-note";
  line.textContent = note;
}

/** Add buttons to new papers on the page, and update all marks. */
export function refresh() {
  for (const card of document.querySelectorAll(CARD)) {
    const paper = paperOf(card);
    if (paper) dress(paper);
  }
  const page = paperOf(null);
  if (page) dress(page);
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-paper]"))) show(place);
}

/** @type {Promise<typeof import("./tray.js")> | null} */
let tray = null;

/** Load the tray once: what is pressed while it loads waits for one promise, and is done in the order of the presses. */
function loadTray() {
  tray ??= import("./tray.js").catch((error) => {
    tray = null; // the next press tries again
    throw error;
  });
  return tray;
}

/** Execute the action of a button or key on a paper. @param {string} what @param {Paper} paper @param {HTMLElement} from what to return the focus to */
export async function act(what, paper, from) {
  const [mark, , set = "", unset = ""] = ACTIONS.find(([name]) => name === what) ?? [];
  if (mark) {
    desk.toggle(paper.id, paper.title, mark);
    if (!desk.kept) void import("./menu.js").then(({ warnOnce }) => warnOnce());
    say(label("shared.named", { name: desk.has(paper.id, mark) ? set : unset, text: paper.title }));
  } else if (what === "compare") (await loadTray()).toggleCompared(paper);
  else (await import("./menu.js")).openMenu(paper, from, act);
}

document.addEventListener("click", (event) => {
  const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-do]"));
  const paper = button && paperOf(button);
  if (paper) void act(button.dataset.do ?? "", paper, button);
});
document.addEventListener(CHANGED, refresh);
document.addEventListener("papershelf:cards", refresh);
refresh();
document.documentElement.dataset.desk = "";
document.addEventListener("papershelf:list", async (event) => {
  const { ids, name } = /** @type {CustomEvent} */ (event).detail;
  (await import("./menu.js")).askForList(ids, name);
});
if (desk.state.compare.length) void import("./tray.js");
