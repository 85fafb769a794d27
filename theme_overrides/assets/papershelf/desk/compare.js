/** Compares two to five papers: their known facts, what they share, and where they differ. */

import { withEngine } from "../search/open.js";
import { listOwn, nameOwn, ownValues } from "../search/own.js";
import { FORMATS, saveAs } from "../shared/save.js";
import { KINDS, make, sayAuthors, sayDate } from "../shared/show.js";
import { pageUrl, sayNumber } from "../shared/site.js";
import { CHANGED, MOST_COMPARED, desk, readIds } from "./desk.js";
import { copyTable } from "../shared/table.js";
import { compareTerms } from "./terms.js";

const TERMS = 8;
const HAS = { code: label("compared.code"), data: label("compared.data"), model: label("compared.model"), demo: label("compared.demo") };
// biome-ignore format: a table
const STATUSES = /** @type {Record<string, string>} */ ({
  active: label("compared.active"), withdrawn: label("compared.withdrawn"), superseded: label("compared.superseded"), removed: label("compared.removed"),
});
const root = /** @type {HTMLElement} */ (document.querySelector("#ps-compare"));
const status = make("p", { role: "status", class: "ps-status-line" });
const place = make("div", {});
const title = document.title;
/** Whether the reader came with papers in the URL, which stay whatever is chosen elsewhere. */
let named = Boolean(new URLSearchParams(location.search).get("papers"));
let turn = 0;

/** Return the ids to compare: those in the URL, otherwise those chosen on this site. */
function readChosen() {
  const ids = (new URLSearchParams(location.search).get("papers") ?? "").split(",");
  return named ? readIds(ids).slice(0, MOST_COMPARED) : desk.state.compare;
}

/** Put papers into the URL of the page, which can then be shared. @param {string[]} ids */
function writeChosen(ids) {
  history.replaceState(null, "", `${location.pathname}${ids.length ? `?papers=${ids.join(",")}` : ""}`);
}

/** @typedef {{record: any, card: any, own: string[]}} Compared */

/** @param {string[]} ids @param {import("../search/engine.js").Engine} engine */
async function load(ids, engine) {
  const found = await engine.documentsOf(ids);
  const documents = ids.flatMap((id) => found.get(id) ?? []);
  const [cards, records, columns] = await Promise.all([engine.cards(documents), engine.records(documents), engine.store.own()]);
  const own = listOwn(engine.manifest).filter(({ show }) => show.includes("compare"));
  const sayOwn = (/** @type {number} */ n) => own.map((field) => sayValues(field, columns, documents[n], records[n]));
  const papers = cards.map((card, n) => ({ card, record: records[n], own: sayOwn(n) }));
  const terms = await compareTerms(
    papers.map(({ record }) => record),
    engine,
    TERMS,
  );
  return { papers, documents, terms, own, missing: ids.length - papers.length };
}

/** Return a paper's value of one of the shelf's own fields. @param {import("../search/own.js").OwnField} field @param {import("../search/own.js").OwnColumns} columns @param {number} document @param {any} record */
function sayValues(field, columns, document, record) {
  const written = record.extra?.[field.id] ?? "";
  return field.type === "number"
    ? written
    : ownValues(columns, field.id, document)
        .map((value) => nameOwn(field, value))
        .join(label("list.comma")) || written;
}

/** Return the rows of the table, each with a name and a cell for each paper. @param {Compared[]} papers @param {Awaited<ReturnType<typeof compareTerms>>} terms @param {import("../search/own.js").OwnField[]} own @returns {[string, (Node | string)[]][]} */
function listRows(papers, terms, own) {
  const every = papers.map(({ card }) => new Set(card.topics.map((/** @type {string[]} */ [id]) => id)));
  const common = (/** @type {string} */ id) => every.every((topics) => topics.has(id));
  const topics = papers.map(({ card }) => {
    const links = card.topics.map((/** @type {string[]} */ [id, name]) => make("li", common(id) ? { class: "ps-common" } : {}, make("a", { href: pageUrl(`topics/${id}`).href }, name)));
    return make("ul", {}, ...links);
  });
  const say = (/** @type {(paper: Compared) => string} */ of) => papers.map((paper) => of(paper) || label("paper.unknown"));
  const list = (/** @type {string[]} */ words) => words.join(label("list.comma"));
  const has = (/** @type {Compared} */ { record }) => list(Object.entries(HAS).flatMap(([kind, name]) => (record.links?.[kind] ? name : []))) || label("compared.none_known");
  /** @type {[string, (Node | string)[]]} */
  const statuses = [label("facet.status"), say(({ card }) => STATUSES[card.status])];
  return [
    [label("paper.published"), say(({ card }) => sayDate(card.published))],
    [label("paper.authors"), say(({ card, record }) => list((record.authors ?? []).map((/** @type {any} */ author) => author.name ?? author)) || sayAuthors(card))],
    [label("paper.venue"), say(({ record }) => record.venue ?? "")],
    [label("paper.kind"), say(({ card }) => KINDS[card.kind])],
    ...(papers.every(({ card }) => card.status === "active") ? [] : [statuses]),
    ...own.flatMap((field, n) => (papers.some((paper) => paper.own[n]) ? [/** @type {[string, string[]]} */ ([field.name, say((paper) => paper.own[n])])] : [])),
    [label("fact.summary"), say(({ record }) => record.summary ?? "")],
    [label("facet.has"), papers.map(has)],
    [label("paper.topics"), topics],
    [label("compared.only_here"), terms.own.map((words) => list(words) || "–")],
  ];
}

/** @param {Compared[]} papers @param {Awaited<ReturnType<typeof compareTerms>>} terms @param {import("../search/own.js").OwnField[]} own */
function makeTable(papers, terms, own) {
  const heads = papers.map(({ card }) => {
    const drop = make("button", { type: "button", class: "ps-button ps-no-copy", "aria-label": label("compared.take_away_paper", { title: card.title }) }, label("compared.take_away"));
    drop.addEventListener("click", () => choose(papers.map((paper) => paper.card.id).filter((id) => id !== card.id)));
    return make("th", { scope: "col" }, make("a", { href: pageUrl(`papers/${card.id}`).href }, card.title), drop);
  });
  const rows = listRows(papers, terms, own).map(([name, cells]) => make("tr", {}, make("th", { scope: "row" }, name), ...cells.map((cell) => make("td", {}, cell))));
  const words = terms.shared.length ? label("compared.shared", { words: terms.shared.join(label("list.comma")) }) : label("compared.none_shared");
  const caption = make("caption", {}, make("span", {}, words));
  return make("table", { class: "ps-compared" }, caption, make("thead", {}, make("tr", {}, make("td", {}), ...heads)), make("tbody", {}, ...rows));
}

/** Compare other papers. @param {string[]} ids */
function choose(ids) {
  desk.change((state) => (state.compare = ids));
  named = true;
  writeChosen(ids);
  void show().then(() => /** @type {HTMLElement | null} */ (place.querySelector(".ps-no-copy, a"))?.focus());
}

/** Return a menu that saves the compared papers as a file. @param {number[]} documents */
function makeTake(documents) {
  const options = Object.entries({ "": label("shared.download"), ...FORMATS }).map(([value, name]) => make("option", { value }, name));
  const take = /** @type {HTMLSelectElement} */ (make("select", { "aria-label": label("shared.download_list") }, ...options));
  take.addEventListener("change", async () => {
    const format = take.value;
    take.value = "";
    try {
      const name = await withEngine((engine) => saveAs(engine, documents, format));
      status.textContent = label("results.saved", { papers: label("count.papers", { count: sayNumber(documents.length) }), name });
    } catch (fault) {
      status.textContent = label("shared.sentence", { text: fault instanceof Error ? fault.message : fault });
    }
  });
  return take;
}

/** @param {HTMLTableElement | HTMLElement} table @param {number[]} documents */
function makeCopy(table, documents) {
  const copy = make("button", { type: "button", class: "ps-button ps-button--main" }, label("compared.copy"));
  copy.addEventListener("click", async () => {
    status.textContent = await copyTable(/** @type {HTMLTableElement} */ (table));
  });
  return make("p", { class: "ps-row" }, copy, makeTake(documents), make("a", { class: "ps-button", href: pageUrl("search").href }, label("compared.find")));
}

/** Show the chosen papers. */
async function show() {
  const now = ++turn;
  const ids = readChosen();
  if (!named) writeChosen(ids);
  document.title = title;
  if (ids.length < 2) {
    status.textContent = ids.length ? label("compared.one") : label("compared.none");
    const search = make("a", { href: pageUrl("search").href }, label("compared.search"));
    const [more, compare, key] = [make("b", {}, label("mark.more")), make("b", {}, label("mark.compare")), make("kbd", {}, "c")];
    place.replaceChildren(make("p", {}, ...labelParts("compared.how", { more, compare, key, search })));
    return;
  }
  try {
    const { papers, documents, terms, own, missing } = await withEngine((engine) => load(ids, engine));
    if (now !== turn) return;
    const many = label("count.papers", { count: sayNumber(papers.length) });
    status.textContent = missing ? label("compared.some", { papers: many, rest: label("shared.not_here", { number: missing }) }) : label("compared.papers", { papers: many });
    document.title = `${papers.map(({ card }) => card.title).join(" / ")} · ${title}`;
    const table = makeTable(papers, terms, own);
    place.replaceChildren(make("div", { class: "ps-scroll", tabindex: "0", role: "region", "aria-label": label("compared.table") }, table), makeCopy(table, documents));
  } catch (fault) {
    if (now === turn) status.textContent = label("compared.failed", { fault: fault instanceof Error ? fault.message : fault });
  }
}

root.replaceChildren(status, place);
document.addEventListener(CHANGED, () => {
  if (!named) void show();
});
void show();
