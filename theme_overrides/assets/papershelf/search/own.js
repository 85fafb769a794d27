/** The fields that a shelf declares for itself, in filters, queries and orders. */

import { compareCounts, isSame, settleValue } from "./settle.js";

/** @typedef {{id: string, name: string, type: string, unit: string, show: string[]}} OwnField @typedef {Record<string, any[]>} OwnColumns */

const SCALES = /** @type {Record<string, number>} */ ({ k: 1e3, m: 1e6, b: 1e9, g: 1e9, t: 1e12 });
const NUMBER = /^([-+]?\d[\d,_]*(?:\.\d+)?(?:e[-+]?\d{1,3})?)(\S*)$/i;
const LIMIT = /^(<=|>=|<|>)(.+)$/;

/** Return the fields that an index knows. @param {any} manifest @returns {OwnField[]} */
export function listOwn(manifest) {
  return (manifest.fields ?? []).map((/** @type {any[]} */ [id, name, type, unit, show]) => ({ id, name, type, unit, show }));
}

/** Return the fields that queries can name: all but free texts and links that are neither a filter nor an order (`pack_own` in `generator/search/store.py`). @param {any} manifest */
export function listAsked(manifest) {
  return listOwn(manifest).filter(({ type, show }) => !["text", "link"].includes(type) || show.includes("facet") || show.includes("sort"));
}

/** Return the texts that a document has of a field. @param {OwnColumns} columns @param {string} id @param {number} document @returns {string[]} */
export function ownValues(columns, id, document) {
  const value = columns[id]?.[document] ?? null;
  return value === null ? [] : Array.isArray(value) ? value : [String(value)];
}

/** Return a number in the unit of a field, or NaN. @param {string} text @param {string} unit */
function readNumber(text, unit) {
  const [, number, suffix] = NUMBER.exec(text.trim()) ?? [];
  if (number === undefined) return Number.NaN;
  const [said, own] = [suffix.toLowerCase(), unit.toLowerCase()];
  const value = Number(number.replace(/[,_]/g, ""));
  if (said === "" || said === own) return value;
  return SCALES[said] && (SCALES[own] || !own) ? (value * SCALES[said]) / (SCALES[own] || 1) : Number.NaN;
}

/** Return what a reader wrote of a number as a range, `from..to` with signs for open ends; empty where it is none. @param {string} value @param {string} unit */
function settleNumber(value, unit) {
  const [, sign, limit] = LIMIT.exec(value) ?? [];
  const number = readNumber(sign ? limit : value, unit);
  if (!Number.isNaN(number)) return sign ? sign + number : String(number);
  const [from, to, more] = value.split("..");
  if (to === undefined || more !== undefined || (!from && !to)) return "";
  const ends = [from, to].map((end) => (end ? readNumber(end, unit) : ""));
  return ends.some(Number.isNaN) ? "" : ends.join("..");
}

/** Return whether a number is in a range. @param {number} number @param {string} range */
function isIn(number, range) {
  const [, sign, limit] = LIMIT.exec(range) ?? [];
  if (sign) return sign === "<" ? number < +limit : sign === ">" ? number > +limit : sign === "<=" ? number <= +limit : number >= +limit;
  const [from, to] = range.split("..");
  return to === undefined ? number === +from : (!from || number >= +from) && (!to || number <= +to);
}

/**
 * Return the facets of the fields that queries can name; those of numbers take ranges.
 * @param {any} manifest @param {OwnColumns} columns
 * @returns {import("./settle.js").Facet[]}
 */
export function listOwnFacets(manifest, columns) {
  return listAsked(manifest).map((field) => {
    const { id, name, type, show } = field;
    const facet = {
      key: `f.${id}`, // an address must not confuse it with anything else
      id,
      name,
      several: false,
      counted: show.includes("facet"),
      of: (/** @type {number} */ n) => ownValues(columns, id, n),
      say: (/** @type {string} */ value) => nameOwn(field, value),
    };
    if (type === "number") return { ...facet, means: (value, wanted) => isIn(+value, wanted), settle: (value, problems) => settleOwn(field, value, problems), compare: ([a], [b]) => +a - +b };
    const all = [...new Set((columns[id] ?? []).flat().filter((one) => one !== null))].sort();
    return { ...facet, means: isSame, settle: (value, problems) => settleValue(id, value, new Map(all.map((one) => [one, [one]])), problems), compare: compareCounts };
  });
}

/** Return what a reader wrote of a number as a range; an empty text, with a problem, where it is none. @param {OwnField} field @param {string} value @param {string[]} problems */
function settleOwn({ id, unit }, value, problems) {
  const settled = settleNumber(value, unit);
  if (!settled) problems.push(label("query.no_number", { value, field: id }));
  return settled;
}

/** Return documents in the order of a field: the largest number first, texts by the alphabet, and those without a value last. @param {number[]} documents @param {OwnField} field @param {OwnColumns} columns */
export function sortOwn(documents, field, columns) {
  const column = columns[field.id];
  const known = documents.filter((n) => column[n] !== null);
  const compare =
    field.type === "number"
      ? (/** @type {number} */ a, /** @type {number} */ b) => column[b] - column[a]
      : (/** @type {number} */ a, /** @type {number} */ b) => String(column[a]).localeCompare(String(column[b]));
  return [...known.sort((a, b) => compare(a, b) || a - b), ...documents.filter((n) => column[n] === null)];
}

/** Return a value as readers see it. @param {OwnField} field @param {string} value */
export function nameOwn(field, value) {
  if (field.type === "flag") return value === "yes" ? label("own.yes") : label("own.no");
  return field.type === "number" && field.unit ? `${value} ${field.unit}` : value;
}
