/** The desk page: the reader's marked papers, list by list, with exports. */

import { makeSwitch } from "../help.js";
import { keysAreOn, switchKeys } from "../keys.js";
import { withEngine } from "../search/open.js";
import { say } from "../shared/say.js";
import { make, showCard } from "../shared/show.js";
import { pageUrl, sayNumber } from "../shared/site.js";
import { CHANGED, desk } from "./desk.js";
import { warn } from "./menu.js";
import { follow } from "./merge.js";
import { listBegun } from "./paths.js";
import { readShared } from "./share.js";
import { makeSettings, makeTools } from "./tools.js";

/** @typedef {import("./tools.js").List} List */

const MARKED = /** @type {const} */ ([
  ["saved", label("mark.saved")],
  ["read", label("mark.read")],
  ["note", label("lists.notes")],
  ["hidden", label("mark.hidden")],
]);
const BATCH = 50;
const root = /** @type {HTMLElement} */ (document.querySelector("#ps-desk"));
const tabs = make("nav", { class: "ps-lists-nav", "aria-label": label("mark.lists") });
const begun = make("nav", { class: "ps-lists-nav", "aria-label": label("paths.title") });
const head = make("div", {});
const list = make("ul", { class: "ps-results" });
const more = make("div", { class: "ps-more" });
let shown = BATCH;
let chosen = "saved";
let turn = 0;

/** Return the ids of the papers with a mark, the most recently marked first. @param {import("./desk.js").Mark} mark */
function listMarked(mark) {
  const found = Object.entries(desk.state.papers)
    .filter(([, entry]) => entry[mark])
    .map(([id]) => id);
  const order = (/** @type {string} */ id) => (mark === "note" ? "" : (desk.state.papers[id][mark] ?? ""));
  return found.reverse().sort((a, b) => (order(a) < order(b) ? 1 : order(a) > order(b) ? -1 : 0));
}

const title = document.title;

/** Return all lists: one from the URL, the marks, and the reader's own. @returns {List[]} */
function lists() {
  const shared = readShared(location.hash);
  return [
    ...(shared ? [{ key: "shared", own: false, shared: true, ...shared }] : []),
    ...MARKED.map(([mark, name]) => ({ key: mark, name, ids: listMarked(mark), own: false })),
    ...Object.entries(desk.state.lists).map(([name, ids]) => ({ key: `list:${name}`, name, ids, own: true })),
  ];
}

/** Return what a list is called here: one that an address carries is told from the reader's own. @param {List} one */
function nameOf({ name, shared }) {
  return shared && name !== label("lists.shared") ? label("lists.shared_named", { name }) : name;
}

/** @param {List} one */
function makeTab(one) {
  const tab = make("button", { type: "button", class: "ps-tab", ...(one.key === chosen ? { "aria-current": "true" } : {}) }, nameOf(one), " ", make("small", {}, String(one.ids.length)));
  tab.addEventListener("click", () => {
    chosen = one.key;
    shown = BATCH;
    void show();
    say(label("shared.named", { name: nameOf(one), text: label("count.papers", { count: sayNumber(one.ids.length) }) }));
    /** @type {HTMLElement | null} */ (tabs.querySelector("[aria-current]"))?.focus();
  });
  return tab;
}

/** Return papers as cards; papers that are not on the shelf are shown from stored data. @param {string[]} ids */
async function makeCards(ids) {
  const cards = await withEngine(async (engine) => {
    const found = await engine.documentsOf(ids);
    const known = ids.filter((id) => found.has(id));
    const loaded = await engine.cards(known.map((id) => /** @type {number} */ (found.get(id))));
    return new Map(known.map((id, n) => [id, loaded[n]]));
  });
  const renamed = [...cards].flatMap(([id, card]) => (card && card.id !== id ? [/** @type {[string, string]} */ ([id, card.id])] : []));
  if (renamed.length) follow(new Map(renamed));
  return ids.map((id) => {
    const card = cards.get(id);
    if (card) return showCard(card, []);
    const title = desk.state.papers[id]?.title || id;
    const drop = make("button", { type: "button", class: "ps-button" }, label("lists.forget"));
    drop.addEventListener("click", () => forget(id));
    return make("li", { class: "ps-result ps-gone" }, make("p", {}, title), make("p", {}, make("small", { class: "ps-note-line" }, `${label("lists.gone")} `), drop));
  });
}

/** @param {string} id */
function forget(id) {
  desk.change((state) => {
    delete state.papers[id];
    for (const name of Object.keys(state.lists)) state.lists[name] = state.lists[name].filter((other) => other !== id);
    state.compare = state.compare.filter((other) => other !== id);
  });
  say(label("lists.forgotten"));
}

/** @param {List} one */
function explainNothing(one) {
  const search = make("a", { href: pageUrl("search").href }, label("lists.search"));
  const topics = make("a", { href: pageUrl("topics").href }, label("lists.topics"));
  const ways = make("p", { class: "ps-notes" }, ...labelParts("lists.begin", { search, topics, save: make("b", {}, label("mark.save")) }));
  return [make("p", { class: "ps-notes" }, label("lists.nothing", { name: nameOf(one) })), ways];
}

/** Show the chosen list. */
async function show() {
  const now = ++turn;
  const all = lists();
  const one = all.find(({ key }) => key === chosen) ?? all[0];
  chosen = one.key;
  document.title = `${nameOf(one)} · ${title}`;
  tabs.replaceChildren(...all.map(makeTab));
  begun.replaceChildren(...listBegun(root));
  begun.hidden = !begun.hasChildNodes();
  head.replaceChildren(...[warn()].filter(Boolean), make("h2", {}, nameOf(one)), ...(one.ids.length || one.own ? [makeTools(one, go)] : explainNothing(one)));
  try {
    const cards = await makeCards(one.ids.slice(0, shown));
    if (now !== turn) return;
    const { activeElement } = document;
    const focused = [...list.children].findIndex((card) => card.contains(activeElement));
    const kind = /** @type {HTMLElement | null} */ (activeElement)?.dataset.do;
    list.replaceChildren(...cards);
    list.dispatchEvent(new Event("papershelf:cards", { bubbles: true }));
    if (focused >= 0) /** @type {HTMLElement | null} */ (list.children[Math.min(focused, cards.length - 1)]?.querySelector(kind ? `[data-do=${kind}], button` : "a, button"))?.focus();
    const rest = one.ids.length - shown;
    const button = make("button", { type: "button", class: "ps-button" }, label("shared.papers_more", { papers: label("count.papers", { count: sayNumber(rest) }) }));
    button.addEventListener("click", () => {
      const next = shown;
      shown += BATCH;
      void show().then(() => list.children[next]?.querySelector("a")?.focus());
    });
    more.replaceChildren(...(rest > 0 ? [button] : []));
  } catch (fault) {
    if (now !== turn) return;
    const titles = one.ids.map((id) => make("li", {}, make("a", { href: pageUrl(`papers/${id}`).href }, desk.state.papers[id]?.title || id)));
    list.replaceChildren(make("li", { class: "ps-notes" }, label("lists.titles", { fault: fault instanceof Error ? fault.message : fault })), ...titles);
  }
}

/** Show a list. @param {string} key */
function go(key) {
  chosen = key;
  shown = BATCH;
  if (key !== "shared" && location.hash) history.replaceState(null, "", location.pathname);
  void show();
}

root.replaceChildren(make("div", { class: "ps-columns" }, make("div", { class: "ps-side" }, tabs, begun, makeSettings(makeSwitch(keysAreOn(), switchKeys), go)), make("div", {}, head, list, more)));
if (readShared(location.hash)) chosen = "shared";
addEventListener("hashchange", () => go(readShared(location.hash) ? "shared" : chosen));
document.addEventListener(CHANGED, () => void show());
void show();
