/** Parses BibTeX text into entries, piece by piece, each with its line; a broken entry is reported and the others are read. */

import { sayNumber } from "../shared/site.js";
import { Library } from "./vendor/verbatim.js";

const MOST_SIGNS = 256_000; // of one entry, with what stands behind it
const MOST_FAULTS = 20; // of one piece
const MOST_FIELDS = 500; // of one piece; the parser's work grows with the square of a field's repetitions
const START = /^[ \t]*@[ \t]*[A-Za-z]+[ \t]*[{(]/gm;
const LIKE_ENTRY = /^@[ \t]*[A-Za-z]+[ \t]*[{(]/;
const DOLLAR = "\ufdd3"; // the parser refuses a value with a lone dollar, which BibTeX does not mind
const IN_KEYS = `()@!?#${DOLLAR}^~<>|*[]"`;
const AT = / at (?:line )?(?=\d+ in "|its beginning)/; // where a message of the parser says the place

/**
 * @typedef {{type: string, key: string, fields: Record<string, string>, line: number, raw: string}} Entry
 * @typedef {{line: number, start: string, what: string}} Fault
 * @typedef {{entries: Entry[], faults: Fault[], read: number}} Part
 */

class TooMany extends Error {}

/** The published parser applied to a piece of a file: line numbers refer to the file, and macros also apply to later pieces. */
class Piece extends Library {
  /** @param {string} text @param {number} line that the piece begins in @param {Record<string, string>} macros */
  constructor(text, line, macros) {
    super(text);
    /** @type {any[]} */
    this.entries = [];
    this.strings = macros;
    this.line = line;
    this.count = 0;
    /** @type {Fault[]} */
    this.faults = [];
  }

  /** @param {string} [more] */
  key(more = "") {
    return super.key(more && IN_KEYS);
  }

  /** Match a character; text after the end of an entry is not part of it. @param {string} sign @param {boolean} [further] */
  match(sign, further = true) {
    super.match(sign, further && sign !== "}" && sign !== ")");
  }

  /** @param {string} [key] */
  key_equals_value(key) {
    this.count += 1;
    if (this.count > MOST_FIELDS) this.stop();
    super.key_equals_value(key);
  }

  location() {
    const rest = this.input.slice(this.pos).trim();
    return rest ? `line ${this.#lineOf(this.pos)}` : "its beginning";
  }

  /** @param {number} at */
  #lineOf(at) {
    return this.line + countLines(this.input, 0, at);
  }

  /** Store an error with its line; errors at the end of an entry get the line of its start. @param {{error: string, input: string}} fault */
  error({ error, input }) {
    if (!LIKE_ENTRY.test(input)) return; // an @ in a comment, or a macro that nobody defined: its name stands for it
    const [what, place] = error.split(AT);
    const line = Number.parseInt(place, 10) || this.#lineOf(this.input.indexOf(input));
    this.faults.push({ line, start: input.trim().slice(0, 80), what });
    if (this.faults.length >= MOST_FAULTS) this.stop();
  }

  /** @returns {never} */
  stop() {
    throw new TooMany(label("bibtex.too_many", { fields: MOST_FIELDS, faults: MOST_FAULTS }));
  }
}

/** Yield the content of the pieces of a text; `read` is the share of the text that has been read. @param {string} source @returns {Generator<Part>} */
export function* readBibtex(source) {
  const text = source
    .replace(/^\ufeff/, "")
    .replaceAll(DOLLAR, "")
    .replace(/\r\n?/g, "\n");
  const starts = [...text.matchAll(START)].map(({ index }) => index);
  /** @type {Record<string, string>} */
  const macros = {};
  let line = 1 + countLines(text, 0, starts[0] ?? 0);
  for (const [n, start] of starts.entries()) {
    const end = starts[n + 1] ?? text.length;
    yield { ...readPiece(text.slice(start, end), line, macros), read: end / text.length };
    line += countLines(text, start, end);
  }
}

/** @param {string} text @param {number} line @param {Record<string, string>} macros */
function readPiece(text, line, macros) {
  if (text.length > MOST_SIGNS) {
    const what = label("bibtex.too_long", { number: sayNumber(MOST_SIGNS) });
    return { entries: [], faults: [{ line, start: text.trim().slice(0, 80), what }] };
  }
  const piece = new Piece(text.replaceAll("$", DOLLAR), line, macros);
  try {
    piece.parse();
  } catch (fault) {
    if (!(fault instanceof TooMany)) throw fault;
    return { entries: [], faults: [{ line, start: text.trim().slice(0, 80), what: fault.message }] };
  }
  return { entries: finish(piece, text, line), faults: piece.faults.map((fault) => ({ ...fault, start: bare(fault.start), what: explain(bare(fault.what)) })) };
}

/** Return the completely read entries with their positions. @param {Piece} piece @param {string} text @param {number} line @returns {Entry[]} */
function finish(piece, text, line) {
  let at = 0;
  const whole = piece.entries.filter((/** @type {any} */ { input, type }) => input && type !== "xdata");
  return whole.map((/** @type {any} */ { type, key, fields, input }) => {
    const raw = bare(input);
    const start = text.indexOf(raw, at);
    line += countLines(text, at, start);
    at = start;
    const values = Object.entries(fields).map(([name, value]) => [name, bare(value)]);
    return { type, key: bare(key), fields: Object.fromEntries(values), line, raw };
  });
}

/** @param {string} text */
function bare(text) {
  return text.replaceAll(DOLLAR, "$");
}

/** Return a message of the parser in readable form. @param {string} message */
function explain(message) {
  const [, wanted, found] = /^Token mismatch, expected (?:"(.)"|'.' or '.'), found "([^]*?)"\.\.\.$/.exec(message) ?? [];
  if (found !== undefined) {
    const text = tidy(found);
    const isClosing = wanted === "}" || wanted === ")";
    if (!text) return isClosing ? label("bibtex.no_closing", { sign: wanted }) : label("bibtex.no_opening");
    return isClosing ? label("bibtex.no_closing_before", { sign: wanted, text }) : label("bibtex.no_opening_before", { text });
  }
  const [, field] = /^(.*) = value expected/s.exec(message) ?? [];
  if (field !== undefined) return field ? label("bibtex.no_equals", { field: tidy(field) }) : label("bibtex.no_field");
  if (message.startsWith("Unterminated brace")) return label("bibtex.open_brace");
  if (message.startsWith("Unterminated quote")) return label("bibtex.open_quote");
  return message.startsWith("Runaway key") ? label("bibtex.cut") : tidy(message);
}

/** @param {string} text */
function tidy(text) {
  return text.replaceAll("\\n", " ").replaceAll('\\"', '"').trim().slice(0, 80);
}

/** @param {string} text @param {number} from @param {number} to */
function countLines(text, from, to) {
  let lines = 0;
  for (let at = text.indexOf("\n", from); at >= 0 && at < to; at = text.indexOf("\n", at + 1)) lines += 1;
  return lines;
}
