/** Finds the formulas in a text by the same rule as generator/text/formulas.py, which explains it. */

const LONGEST = 500;
const DEEPEST = 10;
const LETTER = "A-Za-z\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u024f";
const OPENING = /\\[^]|\$+/gu;
const INSIDE = /\\[^]|[{}]|\$\$?|\n[ \t\r]*\n/gu;
const CLOSING = /** @type {Record<string, string>} */ ({ $: "$", $$: "$$", "\\(": "\\)", "\\[": "\\]" });
const COMMAND = /\\(?:rm|bf|it|sf|tt|cal)(?![A-Za-z])[ \t\n\r]*[A-Za-z]*|\\(?:[A-Za-z]+\*?|[ -~\t\n\r])/g;
const TEXT = /\\(?:text[a-z]*|[mh]box)[ \t\n\r]*\{[^{}]*\}/g;
const GROUP = /\{[^{}]*\}/g;
const STRANGE = /[^\t\n\r -~\u00a0-\u03ff\u1d00-\u1fff\u2000-\u25ff\u27c0-\u2bff\u{1d400}-\u{1d7ff}]/u;
const SUBSTANCE = /\\[A-Za-z]|[^ \t\n\r.,;:!?'"`()[\]{}\\@#%&~]/;
const CUT = /^(?:[,;:!?)\]/]|\.(?![0-9]))/;
const TEX = /\\[A-Za-z]|[_^]/;
const EDGES = /^[.,;:!?'"()[\]]+|[.,;:!?'"()[\]]+$/g;
const WORD = new RegExp(`^[${LETTER}]+(?:[-'\\u2019][${LETTER}]+)*$`);
const SMALL = /[a-z\u00df-\u00f6\u00f8-\u00ff]{2}/;
const RELATION = /[<=>~\\\u2190-\u21ff\u2208-\u220d\u223c-\u22ff]/;
const LITTLE = new Set("an as at by if in is it of on or to vs".split(" "));
const FUNCTIONS = new Set(
  "arccos arcsin arctan arg argmax argmin cos cosh cot coth cov csc deg det diag dim dist div erf exp gcd grad hom inf ker lcm lim liminf limsup log max min mod poly polylog rank sec sgn sign sin sinh span sup supp tan tanh tr var".split(
    " ",
  ),
);
const FEWEST = 3;
const FEWEST_ALONE = 4;
const AFTER_LETTER = new RegExp(`^(?:[\\\\^_=<>]|\\([\\s\\S]*\\)$|\\[[\\s\\S]*\\]$|[^${LETTER}0-9]*$)`);
const AFTER_DIGIT = new RegExp(`^(?:[\\\\^_]|[${LETTER}]$)`);
const NAME = new RegExp(`[${LETTER}]{2}`);
const IS_LETTER = new RegExp(`^[${LETTER}]`);

/** @typedef {{source: string, tex: string}} Part a part of a text as it is written, and the formula between its delimiters, empty for words */

/** Return the parts of a text in order. @param {string} text @returns {Part[]} */
export function splitMaths(text) {
  const parts = [];
  let words = 0;
  let at = 0;
  for (;;) {
    OPENING.lastIndex = at;
    const match = OPENING.exec(text);
    if (!match) break;
    const [opening] = match;
    at = OPENING.lastIndex;
    const end = Object.hasOwn(CLOSING, opening) ? findEnd(text, at, CLOSING[opening]) : -1;
    if (end < 0 || !isMaths(text, match.index, at, end, opening)) continue;
    if (match.index > words) parts.push({ source: text.slice(words, match.index), tex: "" });
    words = end + opening.length;
    parts.push({ source: text.slice(match.index, words), tex: trim(text.slice(at, end)) });
    at = words;
  }
  if (words < text.length) parts.push({ source: text.slice(words), tex: "" });
  return parts;
}

/** Return the position of the closing delimiter of a formula that begins at `at`, or -1. @param {string} text @param {number} at @param {string} closing */
function findEnd(text, at, closing) {
  let depth = 0;
  for (const { 0: found, index } of text.slice(at, at + 2 * LONGEST + closing.length).matchAll(INSIDE)) {
    if (found === "{") depth += 1;
    else if (found === "}") depth -= 1;
    if (depth < 0 || depth > DEEPEST || found.startsWith("\n")) return -1;
    if (depth > 0 || "{}".includes(found)) continue;
    if (found === closing || (found === "$$" && closing === "$")) return [...text.slice(at, at + index)].length > LONGEST ? -1 : at + index;
    if (found.startsWith("$") || Object.hasOwn(CLOSING, found)) return -1;
  }
  return -1;
}

/** @param {string} text */
function trim(text) {
  return text.replace(/^[ \t\n\r]+|[ \t\n\r]+$/g, "");
}

/** @param {string} text @param {number} start @param {number} at @param {number} end @param {string} opening */
function isMaths(text, start, at, end, opening) {
  const inner = text.slice(at, end);
  const tex = trim(inner);
  if ((opening === "$" && tex !== inner) || !isFormula(tex)) return false;
  if (opening.startsWith("\\")) return opening === "\\(" || TEX.test(tex);
  const before = text.charAt(start - 1);
  const after = text.charAt(end + opening.length);
  if (/[0-9]/.test(after) || (IS_LETTER.test(before) && !AFTER_LETTER.test(tex))) return false;
  if (/[0-9]/.test(before) && !AFTER_DIGIT.test(tex)) return false;
  return !(IS_LETTER.test(after) && NAME.test(tex) && !TEX.test(tex));
}

/** Return whether a text between delimiters looks like a formula instead of prose or a price. @param {string} tex */
function isFormula(tex) {
  if (!SUBSTANCE.test(tex) || CUT.test(tex)) return false;
  let outside = tex.replace(TEXT, "\\").replace(COMMAND, "\\");
  if (outside.includes("$")) return false;
  for (let level = 0; level < DEEPEST; level++) outside = outside.replace(GROUP, "");
  if (STRANGE.test(outside)) return false;
  const tokens = outside.split(/\s+/).filter(Boolean);
  return !tokens.some((_, at) => isWord(tokens, at));
}

/** @param {string[]} tokens @param {number} at */
function isWord(tokens, at) {
  const token = tokens[at].replace(EDGES, "");
  if (!WORD.test(token)) return false;
  if (LITTLE.has(token)) return tokens.length > 1;
  if (token.length < (tokens.length > 1 ? FEWEST : FEWEST_ALONE) || FUNCTIONS.has(token.toLowerCase())) return false;
  const beside = [tokens[at - 1]?.at(-1) ?? "", tokens[at + 1]?.at(0) ?? ""];
  return SMALL.test(token) && !beside.some((sign) => RELATION.test(sign));
}
