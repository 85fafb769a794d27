/** Filters and their live counts: values of one facet are alternatives, unless all of them are asked for; facets narrow each other. */

import { listOwnFacets } from "./own.js";
import { compareCounts, isSame, settleValue } from "./settle.js";

export const UNKNOWN = "unknown"; // the year of papers without a date
const YEARS = /^(?:unknown|\d{4}|(\d{4})?\.\.(\d{4})?)$/;

/**
 * @typedef {{values: string[][], numbers: any}} Column values with their names and other names, and what each paper has of them
 * @typedef {import("./settle.js").Facet} Facet
 * @typedef {Map<string, Facet>} Facets by their names in addresses
 */

/**
 * Return the facets of an index: those that its manifest names, and the shelf's own fields.
 * @param {any} manifest @param {Record<string, Column>} columns @param {import("./own.js").OwnColumns} own
 * @returns {Facets}
 */
export function listFacets(manifest, columns, own) {
  const named = manifest.facets.map((/** @type {[string, string, boolean]} */ [id, name, several]) => makeFacet(id, name, several, columns[id]));
  return new Map([...named, ...listOwnFacets(manifest, own)].map((facet) => [facet.key, facet]));
}

/** @param {string} id @param {string} name @param {boolean} several @param {Column} column @returns {Facet} */
function makeFacet(id, name, several, { values, numbers }) {
  const names = new Map(values.map(([value, shown = value, ...aliases]) => [value, [shown, ...aliases]]));
  const one = (/** @type {number} */ n) => (numbers[n] ? [values[numbers[n] - 1][0]] : []);
  const all = (/** @type {number} */ n) => numbers[n].map((/** @type {number} */ number) => values[number][0]);
  const facet = { key: id, id, name, several, counted: true, of: several ? all : one, say: (/** @type {string} */ value) => names.get(value)?.[0] ?? value };
  return id === "year"
    ? { ...facet, means: isInYears, settle: settleYear, compare: ([a], [b]) => +(a === UNKNOWN) - +(b === UNKNOWN) || (a < b ? 1 : -1) }
    : { ...facet, means: isSame, settle: (value, problems) => settleValue(id, value, names, problems), compare: compareCounts };
}

/** @param {string} value @param {string} wanted */
function isInYears(value, wanted) {
  const [from, to] = wanted.split("..");
  return to === undefined ? value === wanted : value !== UNKNOWN && (!from || value >= from) && (!to || value <= to);
}

/** @param {string} value @param {string[]} problems */
function settleYear(value, problems) {
  const match = YEARS.exec(value);
  if (!match) {
    problems.push(label("query.no_year", { value }));
    return "";
  }
  const [, from, to] = match;
  if (!from || !to || from <= to) return value;
  problems.push(label("query.years_turned", { from, to }));
  return `${to}..${from}`;
}

/**
 * Return filters with values that this index has; what it does not have is explained and left out.
 * @param {Record<string, string[]>} filters by the names of facets in addresses, or `-name` for values that must be absent
 * @param {Facets} facets @param {string[]} problems
 */
export function settleFilters(filters, facets, problems) {
  /** @type {Record<string, string[]>} */
  const settled = {};
  for (const [name, values] of Object.entries(filters)) {
    const facet = facets.get(name.replace(/^-/, ""));
    const kept = facet ? values.map((value) => facet.settle(value, problems)).filter(Boolean) : [];
    if (kept.length) settled[name] = kept;
  }
  return settled;
}

/**
 * Return the documents that pass all filters, and the counts of every facet: of one whose values are alternatives under the other
 * facets' filters, so that a count says what a value adds; of one of which all values must be there under all filters.
 * @param {number[]} documents
 * @param {Record<string, string[]>} filters as `settleFilters` returns them
 * @param {Facets} facets
 * @param {string[]} [every] facets of which a document must have all values
 */
export function applyFilters(documents, filters, facets, every = []) {
  const whole = every.filter((key) => facets.get(key)?.several);
  /** @type {[string, (n: number) => boolean][]} */
  const tests = Object.entries(filters).map(([name, wanted]) => {
    const { of, means } = /** @type {Facet} */ (facets.get(name.replace(/^-/, "")));
    const holds = (/** @type {number} */ n, /** @type {string} */ one) => of(n).some((value) => means(value, one));
    const has = (/** @type {number} */ n) => (whole.includes(name) ? wanted.every((one) => holds(n, one)) : wanted.some((one) => holds(n, one)));
    return [name, name.startsWith("-") ? (n) => !has(n) : has];
  });
  const counted = [...facets.values()].filter((facet) => facet.counted);
  /** @type {Record<string, Map<string, number>>} */
  const counts = Object.fromEntries(counted.map(({ key }) => [key, new Map()]));
  const passed = [];
  for (const document of documents) {
    const failed = tests.filter(([, test]) => !test(document)).map(([name]) => name);
    if (!failed.length) passed.push(document);
    for (const { key, of } of counted) {
      if (failed.some((name) => name !== key || whole.includes(name))) continue;
      for (const value of of(document)) counts[key].set(value, (counts[key].get(value) ?? 0) + 1);
    }
  }
  return { passed, counts };
}
