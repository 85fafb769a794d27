/** Further actions for a paper: a small dialog with marks, a note, and lists. */

import { say, status } from "../shared/say.js";
import { make } from "../shared/show.js";
import { sayNumber } from "../shared/site.js";
import { makeCite } from "./cite.js";
import { ACTIONS, desk } from "./desk.js";

/** @typedef {import("./desk.js").Paper} Paper */

/** Searches for a title; generator/pages/parts/ways.py has the same. */
const SEARCHES = [
  ["arXiv", "https://arxiv.org/search/?searchtype=title&query="],
  ["Google Scholar", "https://scholar.google.com/scholar?q="],
  ["Semantic Scholar", "https://www.semanticscholar.org/search?q="],
];
const QUERY = 300;

/** Return links that search for a paper elsewhere; they make no claims. @param {string} title */
function makeSearches(title) {
  const query = encodeURIComponent([...title].slice(0, QUERY).join("").toWellFormed());
  return make("p", { class: "ps-ways" }, label("paper.find"), ...SEARCHES.map(([name, url]) => make("a", { href: url + query }, name)));
}

/** Return the focus to the element that had it, or to its replacement if a list was rebuilt. @param {HTMLElement | null} from @param {string | undefined} id of its paper */
function giveBack(from, id) {
  if (!from || from.isConnected) return from?.focus();
  const same = id && document.querySelector(`[data-paper="${id}"] ${from.dataset.do ? `[data-do=${from.dataset.do}]` : "a"}`);
  /** @type {HTMLElement | null} */ (same || document.querySelector("main [aria-current]"))?.focus();
}

/** Return whether a dialog is open already, as for somebody who pressed twice while this script was loading. */
export function isOpen() {
  return document.querySelector("dialog[open]") !== null;
}

/** Open a dialog that returns the focus when it closes; announcements are made inside it meanwhile. @param {string} title @param {(Node | string)[]} children @param {HTMLElement | null} from */
export function openDialog(title, children, from) {
  const place = /** @type {HTMLElement | null | undefined} */ (from && (from.closest("[data-paper]") ?? document.querySelector(".ps-page--paper")));
  const id = place?.dataset.paper;
  const close = make("button", { class: "ps-close", "aria-label": label("mark.close"), value: "close" }, "×");
  const form = make("form", { method: "dialog" }, close, make("h2", {}, title), ...children);
  const dialog = /** @type {HTMLDialogElement} */ (make("dialog", { class: "ps-dialog md-typeset", "aria-label": title }, form));
  document.body.append(dialog);
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener("close", () => {
    document.body.append(status);
    dialog.remove();
    giveBack(from, id);
  });
  dialog.append(status);
  dialog.showModal();
  return dialog;
}

/** Return the checkboxes that add papers to lists. @param {string[]} ids @param {string} title @param {string} [name] of a new list */
function makeLists(ids, title, name = "") {
  const set = make("fieldset", { class: "ps-lists" }, make("legend", {}, label("mark.lists")));
  for (const known of Object.keys(desk.state.lists)) {
    const box = /** @type {HTMLInputElement} */ (make("input", { type: "checkbox" }));
    box.checked = ids.every((id) => desk.state.lists[known].includes(id));
    box.addEventListener("change", () => desk.list(known, ids, box.checked, title));
    set.append(make("label", {}, box, " ", known));
  }
  const field = /** @type {HTMLInputElement} */ (make("input", { type: "text", "aria-label": label("mark.list_name"), placeholder: label("mark.new_list"), maxlength: "120", value: name }));
  const add = make("button", { type: "button", class: "ps-button" }, label("mark.add"));
  const addTo = () => {
    const list = field.value.trim();
    if (!list) return;
    desk.list(list, ids, true, title);
    say(label("mark.added", { name: list }));
    set.replaceWith(makeLists(ids, title));
  };
  add.addEventListener("click", addTo);
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    addTo();
  });
  set.append(make("span", { class: "ps-row" }, field, add));
  return set;
}

/**
 * Open what may be done with one paper.
 * @param {Paper} paper @param {HTMLElement} from @param {(what: string, paper: Paper, from: HTMLElement) => Promise<void>} act what does it
 */
export function openMenu(paper, from, act) {
  if (isOpen()) return;
  const { id, title } = paper;
  const buttons = ACTIONS.map(([mark, name]) => {
    const button = make("button", { type: "button", class: "ps-button", "aria-pressed": String(desk.has(id, mark)) }, name);
    button.addEventListener("click", () => {
      void act(mark, paper, from);
      button.setAttribute("aria-pressed", String(desk.has(id, mark)));
    });
    return button;
  });
  const compared = () => desk.state.compare.includes(id);
  const compare = make("button", { type: "button", class: "ps-button", "aria-pressed": String(compared()) }, label("mark.compare"));
  compare.addEventListener("click", async () => {
    await act("compare", paper, from);
    compare.setAttribute("aria-pressed", String(compared()));
  });
  const note = /** @type {HTMLTextAreaElement} */ (make("textarea", { rows: "4", maxlength: "20000" }));
  note.value = desk.state.papers[id]?.note ?? "";
  const keep = () => {
    if (note.value.trim() !== (desk.state.papers[id]?.note ?? "")) desk.mark(id, title, "note", note.value.trim());
  };
  const parts = [make("p", { class: "ps-row" }, ...buttons, compare), makeCite(id), makeSearches(title), make("label", { class: "ps-field" }, label("mark.note"), note), makeLists([id], title)];
  const dialog = openDialog(title, [...parts, warn(), make("p", { class: "ps-row" }, make("button", { class: "ps-button ps-button--main", value: "done" }, label("mark.done")))], from);
  dialog.addEventListener("close", keep);
  addEventListener("pagehide", keep, { signal: AbortSignal.any([signalOf(dialog)]) });
}

/** Return a signal that is aborted when a dialog closes. @param {HTMLDialogElement} dialog */
function signalOf(dialog) {
  const end = new AbortController();
  dialog.addEventListener("close", () => end.abort());
  return end.signal;
}

/** Return a warning if nothing can be stored. */
export function warn() {
  const text = label("mark.not_kept");
  return desk.kept ? "" : make("p", { class: "ps-notice", role: "alert" }, text);
}

/** Show a warning at the bottom of the page, once. */
export function warnOnce() {
  if (document.querySelector(".ps-tray--warning")) return;
  const close = make("button", { type: "button", class: "ps-button" }, label("mark.understood"));
  const tray = make("aside", { class: "ps-tray ps-tray--warning", "aria-label": label("mark.nothing_kept") }, warn(), close);
  close.addEventListener("click", () => (tray.hidden = true));
  document.body.append(tray);
}

/** Ask for the name of a list for papers. @param {string[]} ids @param {string} name */
export function askForList(ids, name) {
  if (isOpen()) return;
  const done = make("button", { class: "ps-button ps-button--main", value: "done" }, label("mark.done"));
  openDialog(label("mark.into_list", { number: sayNumber(ids.length) }), [makeLists(ids, "", name), warn(), make("p", { class: "ps-row" }, done)], null);
}
