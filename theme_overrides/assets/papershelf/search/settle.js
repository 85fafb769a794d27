/** What a facet is, and what a reader chose or wrote of one as a value that an index has. */

import { fold } from "../shared/words.js";

const LISTED = 8; // values that a message names

/**
 * @typedef {object} Facet
 * @property {string} key its name in addresses
 * @property {string} id its name in queries
 * @property {string} name
 * @property {boolean} several whether a paper may have several values
 * @property {boolean} counted whether it is beside the results
 * @property {(document: number) => string[]} of what a document has
 * @property {(value: string) => string} say a value as readers know it
 * @property {(value: string, wanted: string) => boolean} means whether a value is meant by what a reader chose or wrote
 * @property {(value: string, problems: string[]) => string} settle what a reader wrote as a value that the index has; empty, with a problem, where it has none
 * @property {(a: [string, number], b: [string, number]) => number} compare values with their counts, in the order of the panel
 */

/** Return whether a value is what a reader chose or wrote. @param {string} value @param {string} wanted */
export function isSame(value, wanted) {
  return value.toLowerCase() === wanted.toLowerCase();
}

/** Compare values of which papers have many or few. @param {[string, number]} a @param {[string, number]} b */
export function compareCounts(a, b) {
  return b[1] - a[1] || (a[0] < b[0] ? -1 : 1);
}

/**
 * Return the value that a reader meant by its id or one of its names, or by the only beginning of one.
 * @param {string} id of the facet @param {string} value @param {Map<string, string[]>} names @param {string[]} problems
 */
export function settleValue(id, value, names, problems) {
  const wanted = fold(value);
  const all = [...names].map(([one, named]) => ({ one, texts: [one, ...named].map(fold) }));
  const starts = all.filter(({ texts }) => texts.some((text) => text.startsWith(wanted)));
  const found = all.find(({ texts }) => texts.includes(wanted)) ?? (starts.length === 1 ? starts[0] : undefined);
  if (found) return found.one;
  const problem = label("query.no_value", { field: id, value });
  const near = (starts.length ? starts : all).map(({ one }) => one);
  const listed = near.slice(0, LISTED).join(", ");
  const some = near.length > LISTED ? label("query.and_more", { names: listed, number: near.length - LISTED }) : listed;
  problems.push(near.length ? label("query.there_are", { problem, some }) : label("shared.sentence", { text: problem }));
  return "";
}
