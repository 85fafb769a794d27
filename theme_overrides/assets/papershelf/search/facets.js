/** Filters and their live counts: values of one facet are alternatives, unless all of them are asked for; facets narrow each other. */

import { listOwn, meansOwn, ownValues } from "./own.js";

/** @typedef {ReturnType<import("./codec.js").readColumns> & {own: import("./own.js").OwnColumns}} Columns */

export const FACETS = ["topic", "year", "kind", "has", "venue", "status"];
export const SEVERAL = ["topic", "has"]; // facets of which a paper may have several values

/** Return the facets that an index counts: those of all indexes, and fields of its own. @param {any} manifest */
export function listFacets(manifest) {
  const own = listOwn(manifest).filter(({ show }) => show.includes("facet"));
  return [...FACETS, ...own.map(({ id }) => id)];
}

/**
 * Return what of each facet a document has.
 * @param {any} manifest @param {Columns} columns
 * @returns {Record<string, (document: number) => string[]>}
 */
export function valuesOf(manifest, columns) {
  const { flags, topics, venue, year } = columns;
  return {
    topic: (n) => topics[n].map((/** @type {number} */ t) => manifest.topics[t][0]),
    year: (n) => [year[n] ? String(year[n]).padStart(4, "0") : "unknown"],
    kind: (n) => [manifest.kinds[flags[n] >> 5]],
    has: (n) => manifest.has.filter((/** @type {string} */ _, /** @type {number} */ bit) => (flags[n] >> bit) & 1),
    venue: (n) => (venue[n] ? [manifest.venues[venue[n] - 1]] : []),
    status: (n) => [manifest.statuses[(flags[n] >> 3) & 3]],
    ...Object.fromEntries(listOwn(manifest).map(({ id }) => [id, (/** @type {number} */ n) => ownValues(columns.own, id, n)])),
  };
}

/** Return whether a value is meant by one that a reader wrote. @param {string} facet @param {string} value @param {string} wanted */
function means(facet, value, wanted) {
  if (facet !== "year" || !wanted.includes("..")) return value.toLowerCase() === wanted.toLowerCase();
  const [from, to] = wanted.split("..");
  return value !== "unknown" && (!from || value >= from) && (!to || value <= to);
}

/**
 * Return the documents that pass all filters, and the counts of every facet: of one whose values are alternatives under the other
 * facets' filters, so that a count says what a value adds; of one of which all values must be there under all filters.
 * @param {number[]} documents
 * @param {Record<string, string[]>} filters by facet, or `-facet` for values that must be absent
 * @param {any} manifest @param {Columns} columns
 * @param {string[]} [every] facets of which a document must have all values
 */
export function applyFilters(documents, filters, manifest, columns, every = []) {
  const values = valuesOf(manifest, columns);
  const own = new Map(listOwn(manifest).map((field) => [field.id, field]));
  const facets = listFacets(manifest);
  const fits = (/** @type {string} */ facet, /** @type {string} */ value, /** @type {string} */ one) => {
    const field = own.get(facet);
    return field ? meansOwn(field, value, one) : means(facet, value, one);
  };
  /** @type {[string, (n: number) => boolean][]} */
  const tests = Object.entries(filters).map(([name, wanted]) => {
    const facet = name.replace(/^-/, "");
    const holds = (/** @type {number} */ n, /** @type {string} */ one) => values[facet](n).some((value) => fits(facet, value, one));
    const has = (/** @type {number} */ n) => (every.includes(name) ? wanted.every((one) => holds(n, one)) : wanted.some((one) => holds(n, one)));
    return [name, name.startsWith("-") ? (n) => !has(n) : has];
  });
  /** @type {Record<string, Map<string, number>>} */
  const counts = Object.fromEntries(facets.map((facet) => [facet, new Map()]));
  const passed = [];
  for (const document of documents) {
    const failed = tests.filter(([, test]) => !test(document)).map(([name]) => name);
    if (!failed.length) passed.push(document);
    for (const facet of facets) {
      if (failed.some((name) => name !== facet || every.includes(name))) continue;
      for (const value of values[facet](document)) counts[facet].set(value, (counts[facet].get(value) ?? 0) + 1);
    }
  }
  return { passed, counts };
}
