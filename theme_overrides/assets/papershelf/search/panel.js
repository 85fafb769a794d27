/** The filters beside the results, with live counts, and the chosen ones as chips. */

import { HAS, KINDS, STATUSES, make } from "../shared/show.js";
import { sayNumber } from "../shared/site.js";
import { SEVERAL } from "./facets.js";
import { listOwn, nameOwn } from "./own.js";
import { FACETS, listChosen } from "./state.js";

const SHOWN_VALUES = 8;
const NAMES = /** @type {Record<string, Record<string, string>>} */ ({ kind: KINDS, has: HAS, status: STATUSES });

/** @typedef {import("./engine.js").Engine} Engine @typedef {import("./state.js").State} State */

/** Return a value as readers know it. @param {Engine} engine @param {string} facet @param {string} value */
function nameOf(engine, facet, value) {
  if (facet === "topic") return engine.manifest.topics.find((/** @type {string[]} */ [id]) => id === value)?.[1] ?? value;
  if (facet === "year" && value === "unknown") return label("date.unknown");
  const field = listOwn(engine.manifest).find(({ id }) => id === facet);
  return field ? nameOwn(field, value) : (NAMES[facet]?.[value] ?? value);
}

/** Return the id of a filter's box; an id has no spaces, and a venue may. @param {string} facet @param {string} value */
function nameBox(facet, value) {
  return `ps-${facet}-${encodeURIComponent(value.toWellFormed())}`;
}

/** Return the names of the filters that an index has, by facet. @param {Engine} engine @returns {Record<string, string>} */
function listNames(engine) {
  return { ...FACETS, ...Object.fromEntries(listOwn(engine.manifest).map(({ id, name }) => [id, name])) };
}

/** Return the values of a facet in the order of the panel: years and numbers by size, others by how many papers they have. @param {Engine} engine @param {string} facet @param {Map<string, number>} counts */
function sortValues(engine, facet, counts) {
  const isNumber = listOwn(engine.manifest).some(({ id, type }) => id === facet && type === "number");
  if (isNumber) return [...counts].sort((a, b) => +a[0] - +b[0]);
  return [...counts].sort((a, b) => (facet === "year" ? (a[0] < b[0] ? 1 : -1) : b[1] - a[1] || (a[0] < b[0] ? -1 : 1)));
}

/**
 * Return the chosen values as buttons that take them away.
 * @param {Engine} engine @param {State} state @param {(facet: string, value: string) => void} onToggle
 */
export function makeChips(engine, state, onToggle) {
  const names = listNames(engine);
  return listChosen(state).map(([facet, value]) => {
    const name = nameOf(engine, facet, value);
    const chip = make("button", { type: "button", class: "ps-chip", "aria-label": label("filters.remove", { filter: names[facet] ?? facet, name }) }, name, " ×");
    chip.addEventListener("click", () => onToggle(facet, value));
    return chip;
  });
}

/**
 * Fill the panel; what is chosen is in view, what was opened stays open, and the focus stays where it was.
 * @param {HTMLElement} panel @param {Engine} engine @param {State} state
 * @param {Record<string, Map<string, number>>} counts @param {(facet: string, value: string) => void} onToggle
 * @param {(facet: string) => void} onEvery
 */
export function fillPanel(panel, engine, state, counts, onToggle, onEvery) {
  const opened = new Set([...panel.querySelectorAll("fieldset[data-all]")].map((set) => /** @type {HTMLElement} */ (set).dataset.facet));
  const active = document.activeElement;
  const focused = (panel.contains(active) ? active?.id : active === document.body && panel.dataset.left) || "";
  const sets = [];
  for (const [facet, name] of Object.entries(listNames(engine))) {
    if (!counts[facet]) continue;
    const chosen = state.filters[facet] ?? [];
    for (const value of chosen) if (!counts[facet].has(value)) counts[facet].set(value, 0);
    if (counts[facet].size < 2 && !chosen.length) continue;
    const values = sortValues(engine, facet, counts[facet]);
    const all = opened.has(facet);
    const set = make("fieldset", { "data-facet": facet, ...(all ? { "data-all": "" } : {}) }, make("legend", {}, name));
    const shown = all ? values : values.filter(([value], n) => n < SHOWN_VALUES || chosen.includes(value));
    if (SEVERAL.includes(facet) && chosen.length > 1) set.append(makeEvery(facet, state, onEvery));
    for (const [value, number] of shown) {
      const id = nameBox(facet, value);
      const check = /** @type {HTMLInputElement} */ (make("input", { type: "checkbox", id }));
      check.checked = chosen.includes(value);
      check.addEventListener("change", () => onToggle(facet, value));
      set.append(make("label", {}, check, make("span", {}, nameOf(engine, facet, value)), make("small", {}, sayNumber(number))));
    }
    const [next] = values.find((one) => !shown.includes(one)) ?? [];
    if (next !== undefined) {
      const rest = make("button", { type: "button" }, label("filters.more", { number: values.length - shown.length }));
      rest.addEventListener("click", () => {
        set.dataset.all = "";
        fillPanel(panel, engine, state, counts, onToggle, onEvery);
        document.getElementById(nameBox(facet, next))?.focus();
      });
      set.append(rest);
    }
    sets.push(set);
  }
  panel.replaceChildren(...sets);
  const again = focused ? document.getElementById(focused) : null;
  again?.focus();
  panel.dataset.left = again ? "" : focused; // a value that only papers related by meaning have comes back with them
}

/** Return the box that asks for all chosen values of a facet instead of one of them. @param {string} facet @param {State} state @param {(facet: string) => void} onEvery */
function makeEvery(facet, state, onEvery) {
  const check = /** @type {HTMLInputElement} */ (make("input", { type: "checkbox", id: nameBox(facet, " ") })); // no value is a space
  check.checked = state.every.includes(facet);
  check.addEventListener("change", () => onEvery(facet));
  return make("label", { class: "ps-every" }, check, make("span", {}, label("filters.every")));
}

// biome-ignore format: a table
const TIPS = [
  ['"long video"', label("tips.phrase")], ["-video", label("tips.not")], ["title:clip", label("tips.title")], ["author:li", label("tips.author")], ["venue:acl", label("tips.venue")],
  ["year:2023..2025", label("tips.years")], ["topic:video", label("tips.topic")], ["has:code", label("tips.has")], ["kind:survey", label("tips.kind")],
];

/** Return what a query may hold, folded away. */
export function makeTips() {
  const rows = TIPS.flatMap(([query, meaning]) => [make("dt", {}, make("code", {}, query)), make("dd", {}, meaning)]);
  return make("details", { class: "ps-tips" }, make("summary", {}, label("tips.all")), make("dl", {}, ...rows));
}
