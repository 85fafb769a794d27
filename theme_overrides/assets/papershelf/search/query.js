/** What a reader types to what is searched for; a mistake is explained and the rest still searched. */

const FIELDS = ["title", "author", "venue"];
const IDENTIFIERS = ["doi", "arxiv", "openreview"]; // a colon after them is a part of the identifier
const LONGEST_SYNTAX = 6; // words; in longer texts, quotation marks and hyphens are those of prose
const LONE = /^\s*[.,;:"'–—-]+\s*$/; // says nothing and needs no explanation

/** Return the pattern of a part of a query with certain fields. @param {string[]} known */
function buildPart(known) {
  return new RegExp(`(-?)(?:(${known.join("|")}):\\s*)?(?:"([^"]*)("?)|([^\\s"]+))?`, "giu");
}

/**
 * @typedef {{text: string, phrase: boolean, not: boolean, field: string}} Clause
 * @typedef {{clauses: Clause[], filters: Record<string, string[]>, problems: string[]}} Query
 * Return the clauses and filters of a query, and what is wrong with it in words.
 * @param {string} text @param {Map<string, string>} facets the names in addresses of the facets that a query may name, by their names there
 * @returns {Query}
 */
export function parseQuery(text, facets) {
  const known = [...new Set([...FIELDS, ...facets.keys()])];
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
    if (value && phrase && !closed) query.problems.push(label("query.not_closed", { text: value }));
    const facet = FIELDS.includes(field) ? undefined : facets.get(field);
    if (facet && value) (query.filters[not ? `-${facet}` : facet] ??= []).push(value.toLowerCase());
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
