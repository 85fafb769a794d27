/** The search page: results, facets beside them, and everything that a reader chose in the address. */

import { openEngine, pageUrl } from "./open.js";
import { countOf, make, showCard } from "./show.js";

const root = /** @type {HTMLElement} */ (document.querySelector("#ps-search"));
const box = /** @type {HTMLInputElement} */ (document.querySelector(".ps-box input"));
const BATCH = 20;
const MOST_NODES = 200;
const FACETS = /** @type {Record<string, string>} */ ({ topic: "Topic", year: "Year", kind: "Kind", has: "Has", venue: "Venue", status: "Status" });
const SORTS = { relevance: "Best match", newest: "Newest", oldest: "Oldest", title: "Title" };
const SHOWN_VALUES = 8;

const status = make("p", { role: "status", class: "ps-status-line" });
const notes = make("div", { class: "ps-notes" });
const chips = make("div", { class: "ps-chips" });
const sort = make("select", { "aria-label": "Sort by" }, ...Object.entries(SORTS).map(([value, name]) => make("option", { value }, name)));
const sorting = /** @type {HTMLSelectElement} */ (sort);
const FORMATS = { "bibtex": "BibTeX", "ris": "RIS", "csl-json": "CSL-JSON", "csv": "CSV", "jsonl": "JSON Lines", "markdown": "Markdown" };
const take = make("select", { "aria-label": "Download this list" }, make("option", { value: "" }, "Download as …"), ...Object.entries(FORMATS).map(([value, name]) => make("option", { value }, name)));
const taking = /** @type {HTMLSelectElement} */ (take);
const results = make("ul", { class: "ps-results" });
const more = make("div", { class: "ps-more" });
const facets = make("div", { class: "ps-facets" });
const drawer = make("details", { class: "ps-drawer" }, make("summary", {}, "Filters"), facets);
root.replaceChildren(
  make("div", { class: "ps-bar-line" }, status, take, sort), notes, chips,
  make("div", { class: "ps-columns" }, drawer, make("div", {}, results, more)),
);
if (matchMedia("(min-width: 60em)").matches) drawer.setAttribute("open", "");

/** @typedef {{q: string, sort: keyof typeof SORTS, filters: Record<string, string[]>}} State */
/** @type {State} */
let state = readState();
/** @type {import("./engine.js").Results | undefined} */
let found;
let shown = { from: 0, to: 0 };
let turn = 0;

/** @returns {State} */
function readState() {
  const values = new URLSearchParams(location.search);
  const wanted = values.get("sort") ?? "";
  return {
    q: values.get("q") ?? "",
    sort: wanted in SORTS ? /** @type {keyof typeof SORTS} */ (wanted) : "relevance",
    filters: Object.fromEntries(Object.keys(FACETS).map((facet) => [facet, values.getAll(facet)])),
  };
}

/** @param {State} next @param {boolean} [replace] */
function go(next, replace = false) {
  state = next;
  const values = new URLSearchParams();
  if (state.q) values.set("q", state.q);
  for (const [facet, chosen] of Object.entries(state.filters)) for (const value of chosen) values.append(facet, value);
  if (state.sort !== "relevance") values.set("sort", state.sort);
  const address = `${location.pathname}${values.size ? `?${values}` : ""}`;
  history[replace ? "replaceState" : "pushState"](null, "", address);
  void run(replace);
}

/** @param {boolean} [typing] */
async function run(typing = false) {
  const now = ++turn;
  if (document.activeElement !== box) box.value = state.q;
  sorting.value = state.sort;
  try {
    const engine = await openEngine();
    const answer = await engine.search(state.q, { typing, sort: state.q || state.sort !== "relevance" ? state.sort : "newest", filters: state.filters, facets: true });
    if (now !== turn) return;
    found = answer;
    shown = { from: 0, to: 0 };
    results.replaceChildren();
    await showMore(now);
    if (now !== turn) return;
    explain(engine);
    showChips(engine);
    showFacets(engine);
  } catch (fault) {
    if (now === turn) showFault(fault);
  }
}

/** @param {unknown} fault */
function showFault(fault) {
  status.textContent = `${fault instanceof Error ? fault.message : fault}.`;
  const retry = make("button", { type: "button", class: "md-button" }, "Try again");
  retry.addEventListener("click", () => void run());
  notes.replaceChildren(retry);
}

/** Say how many papers were found, what was mended, what was not understood, and what to do about nothing. @param {import("./engine.js").Engine} engine */
function explain(engine) {
  if (!found) return;
  status.textContent = state.q || chosen().length ? `${countOf(found.total, "paper")} found` : `All ${countOf(found.total, "paper")}`;
  notes.replaceChildren(...found.problems.map((problem) => make("p", {}, problem)));
  for (const { from, to } of found.mended) notes.append(make("p", {}, `No paper has “${from}”; these have words like “${to}”.`));
  if (found.total) return;
  const ways = make("ul", {});
  if (chosen().length) ways.append(make("li", {}, "Take a filter away."));
  if (/["“]/.test(state.q)) ways.append(make("li", {}, "Leave the quotation marks out."));
  ways.append(make("li", {}, "Try fewer or other words."));
  ways.append(make("li", {}, "Browse the ", make("a", { href: pageUrl("topics").href }, countOf(engine.manifest.topics.length, "topic")), "."));
  notes.append(make("p", {}, "Nothing fits. What may help:"), ways);
}

function chosen() {
  return Object.entries(state.filters).flatMap(([facet, values]) => values.map((value) => /** @type {[string, string]} */ ([facet, value])));
}

/** @param {import("./engine.js").Engine} engine @param {string} facet @param {string} value */
function nameOf(engine, facet, value) {
  if (facet === "topic") return engine.manifest.topics.find((/** @type {string[]} */ [id]) => id === value)?.[1] ?? value;
  if (facet === "year" && value === "unknown") return "Date unknown";
  return facet === "year" || facet === "venue" ? value : value[0].toUpperCase() + value.slice(1);
}

/** @param {string} facet @param {string} value */
function toggle(facet, value) {
  const has = state.filters[facet].includes(value);
  const values = has ? state.filters[facet].filter((one) => one !== value) : [...state.filters[facet], value];
  go({ ...state, filters: { ...state.filters, [facet]: values } });
}

/** @param {import("./engine.js").Engine} engine */
function showChips(engine) {
  chips.replaceChildren(
    ...chosen().map(([facet, value]) => {
      const name = nameOf(engine, facet, value);
      const chip = make("button", { type: "button", class: "ps-chip", "aria-label": `Remove the filter ${FACETS[facet]}: ${name}` }, name, " ×");
      chip.addEventListener("click", () => toggle(facet, value));
      return chip;
    }),
  );
}

/** @param {import("./engine.js").Engine} engine */
function showFacets(engine) {
  if (!found?.counts) return;
  const opened = new Set([...facets.querySelectorAll("fieldset[data-all]")].map((set) => /** @type {HTMLElement} */ (set).dataset.facet));
  const focused = /** @type {HTMLElement | null} */ (document.activeElement)?.id;
  const sets = [];
  for (const [facet, name] of Object.entries(FACETS)) {
    const counts = found.counts[facet];
    for (const value of state.filters[facet]) if (!counts.has(value)) counts.set(value, 0);
    if (counts.size < 2 && !state.filters[facet].length) continue;
    const values = [...counts].sort((a, b) => (facet === "year" ? (a[0] < b[0] ? 1 : -1) : b[1] - a[1] || (a[0] < b[0] ? -1 : 1)));
    const all = opened.has(facet);
    const set = make("fieldset", { "data-facet": facet, ...(all ? { "data-all": "" } : {}) }, make("legend", {}, name));
    for (const [value, number] of all ? values : values.slice(0, SHOWN_VALUES)) {
      const id = `ps-${facet}-${value}`;
      const check = /** @type {HTMLInputElement} */ (make("input", { type: "checkbox", id }));
      check.checked = state.filters[facet].includes(value);
      check.addEventListener("change", () => toggle(facet, value));
      set.append(make("label", {}, check, make("span", {}, nameOf(engine, facet, value)), make("small", {}, number.toLocaleString("en"))));
    }
    if (values.length > SHOWN_VALUES && !all) {
      const rest = make("button", { type: "button" }, `${values.length - SHOWN_VALUES} more`);
      rest.addEventListener("click", () => {
        set.dataset.all = "";
        showFacets(engine);
      });
      set.append(rest);
    }
    sets.push(set);
  }
  facets.replaceChildren(...sets);
  if (focused) document.getElementById(focused)?.focus();
}

/** Add the next results; past two hundred nodes the first ones go, and a button brings them back. @param {number} now */
async function showMore(now) {
  if (!found || shown.to >= found.documents.length) return more.replaceChildren();
  const engine = await openEngine();
  const next = found.documents.slice(shown.to, shown.to + BATCH);
  const cards = await engine.cards(next);
  if (now !== turn || !found) return;
  results.append(...cards.map((card) => showCard(card, found?.marks ?? [])));
  shown.to += next.length;
  if (results.children.length > MOST_NODES) {
    for (let n = 0; n < BATCH; n += 1) results.firstElementChild?.remove();
    shown.from += BATCH;
  }
  if (shown.to < found.documents.length) {
    const button = make("button", { type: "button", class: "md-button" }, `More of ${countOf(found.total, "paper")}`);
    button.addEventListener("click", () => void showMore(turn).catch(showFault));
    more.replaceChildren(button);
  } else more.replaceChildren();
  if (shown.from) {
    const top = make("button", { type: "button", class: "md-button" }, "Back to the first results");
    top.addEventListener("click", () => void run());
    more.append(" ", top);
  }
}

/** Save exactly the papers that were found, in their order. */
async function download() {
  const format = taking.value;
  taking.value = "";
  if (!format || !found) return;
  try {
    const engine = await openEngine();
    const { text, ending, media } = await engine.exportAs(found.documents, format);
    const link = /** @type {HTMLAnchorElement} */ (make("a", { href: URL.createObjectURL(new Blob([text], { type: media })), download: `papers.${ending}` }));
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    status.textContent = `${countOf(found.total, "paper")} saved as papers.${ending}`;
  } catch (fault) {
    showFault(fault);
  }
}

take.addEventListener("change", () => void download());
new IntersectionObserver(([entry]) => {
  if (entry.isIntersecting && shown.to) void showMore(turn).catch(showFault);
}).observe(more);
sort.addEventListener("change", () => go({ ...state, sort: /** @type {keyof typeof SORTS} */ (sorting.value) }));
box.addEventListener("input", () => go({ ...state, q: box.value }, true));
box.form?.addEventListener("submit", (event) => {
  event.preventDefault();
  go({ ...state, q: box.value });
});
addEventListener("popstate", () => {
  state = readState();
  box.value = state.q;
  void run();
});
box.value = state.q;
if (!location.search) box.focus();
void run();
