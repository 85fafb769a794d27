/** What a reader types to what is searched for; a mistake is explained and the rest still searched. */

import { fold } from "../shared/words.js";
import { FACETS } from "./facets.js";
import { listOwn, settleOwn } from "./own.js";

const FIELDS = ["title", "author", "venue"];
const FILTERS = ["topic", "kind", "has", "status", "year"];
const KNOWN = [...new Set([...FIELDS, ...FILTERS])];
const IDENTIFIERS = ["doi", "arxiv"]; // a colon after them is a part of the identifier
const ABSENT = /** @type {Record<string, (value: string) => string>} */ ({
  topic: (value) => label("query.no_topic", { value }),
  kind: (value) => label("query.no_kind", { value }),
  has: (value) => label("query.no_link", { value }),
  venue: (value) => label("query.no_such_venue", { value }),
  status: (value) => label("query.no_status", { value }),
});
const LONGEST_SYNTAX = 6; // words; in longer texts, quotation marks and hyphens are those of prose
const LONE = /^\s*[.,;:"'–—-]+\s*$/; // says nothing and needs no explanation
const YEARS = /^(?:unknown|\d{4}|(\d{4})?\.\.(\d{4})?)$/;

/** Return the pattern of a part of a query with certain fields. @param {string[]} known */
function buildPart(known) {
  return new RegExp(`(-?)(?:(${known.join("|")}):\\s*)?(?:"([^"]*)("?)|([^\\s"]+))?`, "giu");
}

/**
 * @typedef {{text: string, phrase: boolean, not: boolean, field: string}} Clause
 * @typedef {{clauses: Clause[], filters: Record<string, string[]>, problems: string[]}} Query
 * Return the clauses and filters of a query, and what is wrong with it in words.
 * @param {string} text @param {string[]} [own] names of the shelf's own fields
 * @returns {Query}
 */
export function parseQuery(text, own = []) {
  const known = [...KNOWN, ...own];
  /** @type {Query} */
  const query = { clauses: [], filters: {}, problems: [] };
  const written = text.replace(/[“”„«»]/g, '"');
  const prose = written.split(/\s+/).filter((part) => /[\p{L}\p{N}]/u.test(part)).length > LONGEST_SYNTAX;
  for (const [whole, minus, name, quoted, closed, bare] of (prose ? plain(written) : written).matchAll(buildPart(known))) {
    if (!whole.trim() || LONE.test(whole)) continue;
    const phrase = quoted !== undefined;
    const field = (name ?? "").toLowerCase();
    const value = (phrase ? quoted : (bare ?? "")).trim();
    const not = minus === "-";
    if (phrase && !closed) query.problems.push(label("query.not_closed", { text: value }));
    if ((FILTERS.includes(field) || own.includes(field)) && value) (query.filters[not ? `-${field}` : field] ??= []).push(value.toLowerCase());
    else if (/[\p{L}\p{N}]/u.test(value)) query.clauses.push(readClause(value, phrase, not, field, query, known));
    else if (field) query.problems.push(label("query.nothing_after", { field }));
    else query.problems.push(label("query.no_word", { text: whole.trim() }));
  }
  return query;
}

/** Return a text without quotation marks but those of a field, and without the hyphens before words. @param {string} text */
function plain(text) {
  return text.replace(/([a-z]:\s*"[^"]*")|"/giu, "$1 ").replace(/(^|\s)-+(?=\S)/g, "$1");
}

/** @param {string} value @param {boolean} phrase @param {boolean} not @param {string} field @param {Query} query @param {string[]} known @returns {Clause} */
function readClause(value, phrase, not, field, query, known) {
  const [, written] = (!field && !phrase && /^([a-z]+):(?!\/\/)[^\s:]/iu.exec(value)) || [];
  const name = IDENTIFIERS.includes(written?.toLowerCase()) ? "" : written;
  if (name) query.problems.push(label("query.no_field", { name, fields: known.join(", ") }));
  return { text: name ? value.replace(":", " ") : value, phrase, not, field };
}

/**
 * Return filters with values that this index has; what it does not have is explained and left out.
 * @param {Record<string, string[]>} filters @param {any} manifest @param {string[]} problems @param {import("./own.js").OwnColumns} own
 */
export function settleFilters(filters, manifest, problems, own) {
  const fields = new Map(listOwn(manifest).map((field) => [field.id, field]));
  /** @type {Record<string, string[]>} */
  const settled = {};
  for (const [name, values] of Object.entries(filters)) {
    const facet = name.replace(/^-/, "");
    const field = fields.get(facet);
    if (!field && !FACETS.includes(facet)) continue;
    const settle = (/** @type {string} */ value) => (field ? settleOwn(field, value, own, problems) : facet === "year" ? settleYear(value, problems) : settleValue(facet, value, manifest, problems));
    const known = values.map(settle);
    const kept = known.filter((value) => value !== "");
    if (kept.length) settled[name] = kept;
  }
  return settled;
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

/** @param {string} facet @param {string} value @param {any} manifest @param {string[]} problems */
function settleValue(facet, value, manifest, problems) {
  const { kinds, has, statuses, venues, topics } = manifest;
  /** @type {[string, string][]} */
  const all = facet === "topic" ? topics : { kind: kinds, has, status: statuses, venue: venues }[facet].map((/** @type {string} */ one) => [one, one]);
  const wanted = fold(value);
  const exact = all.find(([id, name]) => fold(id) === wanted || fold(name) === wanted);
  const starts = all.filter(([id, name]) => fold(id).startsWith(wanted) || fold(name).startsWith(wanted));
  const found = exact ?? (starts.length === 1 ? starts[0] : undefined);
  if (found) return found[0];
  const names = (starts.length ? starts : all).map(([id]) => id);
  const some = names.length > 8 ? label("query.and_more", { names: names.slice(0, 8).join(", "), number: names.length - 8 }) : names.join(", ");
  const problem = ABSENT[facet](value);
  problems.push(names.length ? label("query.there_are", { problem, some }) : label("shared.sentence", { text: problem }));
  return "";
}
