/** What a reader types to what is searched for; a mistake is explained and the rest still searched. */

export const FIELDS = ["title", "author", "venue"];
export const FILTERS = ["topic", "kind", "has", "status", "year"];
const KNOWN = new Set([...FIELDS, ...FILTERS, "venue"]);
const PART = /(-?)(?:([a-z]+):)?(?:"([^"]*)("?)|(\S+))/giu;

/**
 * @typedef {{text: string, phrase: boolean, not: boolean, field: string}} Clause
 * @typedef {{clauses: Clause[], filters: Record<string, string[]>, problems: string[]}} Query
 * Return the clauses and filters of a query, and what is wrong with it in words.
 * @param {string} text
 * @returns {Query}
 */
export function parseQuery(text) {
  /** @type {Query} */
  const query = { clauses: [], filters: {}, problems: [] };
  for (const [, minus, name, quoted, closed, bare] of text.matchAll(PART)) {
    const phrase = quoted !== undefined;
    let value = phrase ? quoted : bare;
    let field = (name ?? "").toLowerCase();
    if (phrase && !closed) query.problems.push(`The quotation mark before “${quoted.trim()}” is not closed.`);
    if (field && !KNOWN.has(field)) {
      if (!value.startsWith("//")) query.problems.push(`There is no field “${field}”: use title, author, topic, venue, year, has, kind or status.`);
      value = `${field} ${value}`;
      field = "";
    }
    if (field && FILTERS.includes(field)) {
      addFilter(query, field, value.trim().toLowerCase(), minus === "-");
    } else if (/[\p{L}\p{N}]/u.test(value)) {
      query.clauses.push({ text: value, phrase, not: minus === "-", field });
    }
  }
  return query;
}

/** @param {Query} query @param {string} field @param {string} value @param {boolean} not */
function addFilter(query, field, value, not) {
  if (!value) {
    query.problems.push(`Nothing stands after “${field}:”.`);
    return;
  }
  if (field === "year" && !/^(\d{4}|unknown)?(\.\.(\d{4})?)?$/.test(value)) {
    query.problems.push(`“year:${value}” is no year: write year:2024, year:2022..2024 or year:unknown.`);
    return;
  }
  (query.filters[not ? `-${field}` : field] ??= []).push(value);
}
