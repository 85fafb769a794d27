/** Two to five papers side by side: what is known of each, what they share, and where they differ. */

import { withEngine } from "../search/open.js";
import { countOf, make, sayAuthors, sayDate } from "../shared/show.js";
import { pageUrl } from "../shared/site.js";
import { CHANGED, MOST_COMPARED, desk, readIds } from "./desk.js";
import { copyTable } from "./table.js";
import { compareTerms } from "./terms.js";

const TERMS = 8;
const KINDS = /** @type {Record<string, string>} */ ({ paper: "Paper", survey: "Survey", benchmark: "Benchmark", dataset: "Dataset", system: "System" });
const root = /** @type {HTMLElement} */ (document.querySelector("#ps-compare"));
const status = make("p", { role: "status", class: "ps-status-line" });
const place = make("div", {});
let turn = 0;

/** Return the ids to compare: those of the address, else those chosen on this site. */
function readChosen() {
  const named = new URLSearchParams(location.search).get("papers");
  return named ? readIds(named.split(",")).slice(0, MOST_COMPARED) : desk.state.compare;
}

/** @typedef {{record: any, card: any}} Compared */

/** @param {string[]} ids @param {import("../search/engine.js").Engine} engine */
async function load(ids, engine) {
  const found = await engine.documentsOf(ids);
  const documents = ids.flatMap((id) => found.get(id) ?? []);
  const [cards, records] = await Promise.all([engine.cards(documents), engine.records(documents)]);
  const papers = cards.map((card, n) => ({ card, record: records[n] }));
  const terms = await compareTerms(
    papers.map(({ record }) => record),
    engine,
    TERMS,
  );
  return { papers, terms, missing: ids.length - papers.length };
}

/** Return the rows of the table, each a name and a cell for each paper. @param {Compared[]} papers @param {Awaited<ReturnType<typeof compareTerms>>} terms @returns {[string, (Node | string)[]][]} */
function listRows(papers, terms) {
  const every = papers.map(({ card }) => new Set(card.topics.map((/** @type {string[]} */ [id]) => id)));
  const common = (/** @type {string} */ id) => every.every((topics) => topics.has(id));
  const topics = papers.map(({ card }) => {
    const links = card.topics.map((/** @type {string[]} */ [id, name]) => make("li", common(id) ? { class: "ps-common" } : {}, make("a", { href: pageUrl(`topics/${id}`).href }, name)));
    return make("ul", {}, ...links);
  });
  const say = (/** @type {(paper: Compared) => string} */ of) => papers.map((paper) => of(paper) || "unknown");
  const has = (/** @type {Compared} */ { record }) => ["code", "data", "model", "demo"].filter((kind) => record.links?.[kind]).join(", ") || "none known";
  /** @type {[string, (Node | string)[]][]} */
  const rows = [
    ["Published", say(({ card }) => sayDate(card.published))],
    ["Authors", say(({ card, record }) => (record.authors ?? []).map((/** @type {any} */ author) => author.name ?? author).join(", ") || sayAuthors(card))],
    ["Venue", say(({ record }) => record.venue ?? "")],
    ["Kind", say(({ card }) => KINDS[card.kind])],
    ["Status", say(({ card }) => card.status)],
    ["Summary", say(({ record }) => record.summary ?? "")],
    ["Has", papers.map(has)],
    ["Topics", topics],
    ["Only here", terms.own.map((words) => words.join(", ") || "–")],
  ];
  return rows.filter(([name, cells]) => name !== "Status" || cells.some((cell) => cell !== "active"));
}

/** @param {Compared[]} papers @param {Awaited<ReturnType<typeof compareTerms>>} terms */
function makeTable(papers, terms) {
  const heads = papers.map(({ card }) => {
    const drop = make("button", { type: "button", class: "ps-button ps-no-copy", "aria-label": `Take away “${card.title}”` }, "Take away");
    drop.addEventListener("click", () => choose(papers.map((paper) => paper.card.id).filter((id) => id !== card.id)));
    return make("th", { scope: "col" }, make("a", { href: pageUrl(`papers/${card.id}`).href }, card.title), drop);
  });
  const rows = listRows(papers, terms).map(([name, cells]) => make("tr", {}, make("th", { scope: "row" }, name), ...cells.map((cell) => make("td", {}, cell))));
  const words = terms.shared.length ? `Words that at least two of them share: ${terms.shared.join(", ")}` : "No word that matters is shared by two of them";
  const caption = make("caption", {}, make("span", {}, words));
  return make("table", { class: "ps-compared" }, caption, make("thead", {}, make("tr", {}, make("td", {}), ...heads)), make("tbody", {}, ...rows));
}

/** Compare other papers. @param {string[]} ids */
function choose(ids) {
  desk.change((state) => (state.compare = ids));
  history.replaceState(null, "", `${location.pathname}?papers=${ids.join(",")}`);
  void show().then(() => /** @type {HTMLElement | null} */ (place.querySelector(".ps-no-copy, a"))?.focus());
}

/** @param {HTMLTableElement | HTMLElement} table */
function makeCopy(table) {
  const copy = make("button", { type: "button", class: "ps-button ps-button--main" }, "Copy as a table");
  copy.addEventListener("click", async () => {
    status.textContent = await copyTable(/** @type {HTMLTableElement} */ (table));
  });
  return make("p", { class: "ps-row" }, copy, make("a", { class: "ps-button", href: pageUrl("search").href }, "Find another paper"));
}

/** Show the papers that are chosen now. */
async function show() {
  const now = ++turn;
  const ids = readChosen();
  if (ids.length < 2) {
    status.textContent = ids.length ? "One paper is chosen; a comparison needs two." : "No papers are chosen.";
    const how = make(
      "p",
      {},
      "Press ",
      make("b", {}, "More"),
      " beside a paper and then ",
      make("b", {}, "Compare"),
      ", or the key ",
      make("kbd", {}, "c"),
      ". Two to five papers can stand side by side: find them in the ",
      make("a", { href: pageUrl("search").href }, "search"),
      ".",
    );
    place.replaceChildren(how);
    return;
  }
  try {
    const { papers, terms, missing } = await withEngine((engine) => load(ids, engine));
    if (now !== turn) return;
    const rest = missing ? `; ${missing} are not on this shelf` : "";
    status.textContent = `${countOf(papers.length, "paper")} side by side${rest}`;
    const table = makeTable(papers, terms);
    place.replaceChildren(make("div", { class: "ps-wide", tabindex: "0", role: "region", "aria-label": "Comparison" }, table), makeCopy(table));
  } catch (fault) {
    if (now === turn) status.textContent = `${fault instanceof Error ? fault.message : fault}. Reload the page to try again.`;
  }
}

root.replaceChildren(status, place);
document.addEventListener(CHANGED, () => {
  if (!location.search) void show();
});
void show();
