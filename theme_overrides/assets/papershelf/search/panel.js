/** The filters beside the results, with live counts, and the chosen ones as chips. */

import { make } from "../shared/show.js";
import { sayNumber } from "../shared/site.js";
import { listChosen } from "./state.js";

const SHOWN_VALUES = 8;

/** @typedef {import("./facets.js").Facet} Facet @typedef {import("./facets.js").Facets} Facets @typedef {import("./state.js").State} State */

/** Return the id of a filter's box; an id has no spaces, and a venue may. @param {Facet} facet @param {string} value */
function nameBox(facet, value) {
  return `ps-${facet.id}-${encodeURIComponent(value.toWellFormed())}`;
}

/**
 * Return the chosen values as buttons that take them away.
 * @param {Facets} facets @param {State} state @param {(facet: string, value: string) => void} onToggle
 */
export function makeChips(facets, state, onToggle) {
  return listChosen(state).flatMap(([key, value]) => {
    const facet = facets.get(key);
    if (!facet) return [];
    const name = facet.say(value);
    const chip = make("button", { type: "button", class: "ps-chip", "aria-label": label("filters.remove", { filter: facet.name, name }) }, name, " ×");
    chip.addEventListener("click", () => onToggle(key, value));
    return [chip];
  });
}

/**
 * Fill the panel; what is chosen is in view, what was opened stays open, and the focus stays where it was.
 * @param {HTMLElement} panel @param {Facets} facets @param {State} state
 * @param {Record<string, Map<string, number>>} counts @param {(facet: string, value: string) => void} onToggle
 * @param {(facet: string) => void} onEvery
 */
export function fillPanel(panel, facets, state, counts, onToggle, onEvery) {
  const opened = new Set([...panel.querySelectorAll("fieldset[data-all]")].map((set) => /** @type {HTMLElement} */ (set).dataset.facet));
  const active = document.activeElement;
  const focused = (panel.contains(active) ? active?.id : active === document.body && panel.dataset.left) || "";
  const sets = [];
  for (const facet of facets.values()) {
    const found = counts[facet.key];
    if (!found) continue;
    const chosen = state.filters[facet.key] ?? [];
    for (const value of chosen) if (!found.has(value)) found.set(value, 0);
    if (found.size < 2 && !chosen.length) continue;
    const values = [...found].sort(facet.compare);
    const all = opened.has(facet.id);
    const set = make("fieldset", { "data-facet": facet.id, ...(all ? { "data-all": "" } : {}) }, make("legend", {}, facet.name));
    const shown = all ? values : values.filter(([value], n) => n < SHOWN_VALUES || chosen.includes(value));
    if (facet.several && chosen.length > 1) set.append(makeEvery(facet, state, onEvery));
    for (const [value, number] of shown) {
      const id = nameBox(facet, value);
      const check = /** @type {HTMLInputElement} */ (make("input", { type: "checkbox", id }));
      check.checked = chosen.includes(value);
      check.addEventListener("change", () => onToggle(facet.key, value));
      set.append(make("label", {}, check, make("span", {}, facet.say(value)), make("small", {}, sayNumber(number))));
    }
    const [next] = values.find((one) => !shown.includes(one)) ?? [];
    if (next !== undefined) {
      const rest = make("button", { type: "button" }, label("filters.more", { number: values.length - shown.length }));
      rest.addEventListener("click", () => {
        set.dataset.all = "";
        fillPanel(panel, facets, state, counts, onToggle, onEvery);
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

/** Return the box that asks for all chosen values of a facet instead of one of them. @param {Facet} facet @param {State} state @param {(facet: string) => void} onEvery */
function makeEvery(facet, state, onEvery) {
  const check = /** @type {HTMLInputElement} */ (make("input", { type: "checkbox", id: nameBox(facet, " ") })); // no value is a space
  check.checked = state.every.includes(facet.key);
  check.addEventListener("change", () => onEvery(facet.key));
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
