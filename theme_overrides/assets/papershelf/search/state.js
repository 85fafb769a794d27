/** What a reader chose, in the address of the page: it can be shared, reloaded, and undone with the back button. */

export const SORTS = { relevance: label("results.best"), newest: label("results.newest"), oldest: label("results.oldest"), title: label("results.by_title") };

const OTHERS = ["q", "sort", "every", "meaning"]; // what an address holds beside filters
const OWN_SORT = /^f\.[a-z0-9-]+$/;

/**
 * @typedef {{q: string, sort: string, filters: Record<string, string[]>, every: string[], meaning: boolean}} State
 *   `filters` are by the names of facets in addresses; those that the index does not have are passed over by whoever reads them.
 *   `every` has the facets of which papers must have all chosen values.
 */

/** Return the state that an address holds. @param {string} query @returns {State} */
export function readState(query) {
  const values = new URLSearchParams(query);
  const wanted = values.get("sort") ?? "";
  const facets = [...new Set(values.keys())].filter((key) => !OTHERS.includes(key));
  return {
    q: values.get("q") ?? "",
    meaning: values.get("meaning") !== "off",
    sort: Object.hasOwn(SORTS, wanted) || OWN_SORT.test(wanted) ? wanted : "relevance",
    every: [...new Set(values.getAll("every"))],
    filters: Object.fromEntries(facets.map((key) => [key, values.getAll(key).filter(Boolean)])),
  };
}

/** Return the address of this page with a state. @param {State} state */
export function addressOf(state) {
  const values = new URLSearchParams();
  if (state.q) values.set("q", state.q);
  for (const [facet, chosen] of Object.entries(state.filters)) for (const value of chosen) values.append(facet, value);
  for (const facet of state.every) values.append("every", facet);
  if (!state.meaning) values.set("meaning", "off");
  if (state.sort !== "relevance") values.set("sort", state.sort);
  return location.pathname + (values.size ? `?${values}` : "");
}

/** Return the chosen values with their facets. @param {State} state */
export function listChosen({ filters }) {
  return Object.entries(filters).flatMap(([facet, values]) => values.map((value) => /** @type {[string, string]} */ ([facet, value])));
}

/** Return the state in which papers must have all chosen values of a facet, or again one of them. @param {State} state @param {string} facet @returns {State} */
export function toggleEvery(state, facet) {
  return { ...state, every: state.every.includes(facet) ? state.every.filter((one) => one !== facet) : [...state.every, facet] };
}

/** Return the state after a value was chosen or taken away. @param {State} state @param {string} facet @param {string} value @returns {State} */
export function toggle(state, facet, value) {
  const values = state.filters[facet] ?? [];
  const next = values.includes(value) ? values.filter((one) => one !== value) : [...values, value];
  return { ...state, filters: { ...state.filters, [facet]: next } };
}
