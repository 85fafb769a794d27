/** The search itself: from a query to ranked documents, with no knowledge of a page. */

import { applyFilters } from "./facets.js";
import { addNearness } from "./near.js";
import { parseQuery } from "./query.js";
import { scoreUnits } from "./rank.js";
import { Store } from "./store.js";
import { mend } from "./typos.js";
import { STOP_WORDS, fold, hashName, isPart, split, squeeze, stem } from "./words.js";

/**
 * @typedef {import("./codec.js").Term} Term
 * @typedef {import("./query.js").Clause} Clause
 * @typedef {{typing?: boolean, sort?: "relevance" | "newest" | "oldest" | "title", filters?: Record<string, string[]>,
 *   scope?: Record<string, string[]>, facets?: boolean}} Options
 * @typedef {{documents: number[], total: number, counts: Record<string, Map<string, number>> | null, problems: string[],
 *   mended: {from: string, to: string}[], marks: string[]}} Results
 */

const PART_WEIGHT = 0.25;
const PREFIX_WEIGHT = 0.5;
const MOST_COMPLETIONS = 16;
const MENDED_WEIGHT = 0.4;
const FEW = 10;
const SOME = 0.4;
const WHOLE_TITLE = 1e6;
const NAME = 1e3;
const FIELD_TESTS = {
  title: (/** @type {number[]} */ c) => c[0] > 0,
  topic: (/** @type {number[]} */ c) => c[1] > 0,
  author: (/** @type {number[]} */ c) => c[2] > 0,
  venue: (/** @type {number[]} */ c) => c[3] > 0,
};

/** A search over one index. */
export class Engine {
  /** @param {Store} store */
  constructor(store) {
    this.store = store;
    this.manifest = store.manifest;
  }

  /** Open an index; `load` returns the bytes of one of its files. @param {(file: string) => Promise<Uint8Array>} load */
  static async open(load) {
    return new Engine(await Store.open(load));
  }

  /** Return the cards of documents. @param {number[]} documents */
  cards(documents) {
    return this.store.cards(documents);
  }

  /** Return authors whose names begin with what is typed, those with most papers first. @param {string} text @param {number} most */
  async authors(text, most) {
    const typed = split(fold(text)).map(({ word }) => word).join(" ");
    return typed.length > 1 ? this.store.authors(typed, most) : [];
  }

  /** Return documents as one file of an export format. @param {number[]} documents @param {string} format */
  exportAs(documents, format) {
    return this.store.exportAs(documents, format);
  }

  /**
   * Return the documents that answer a query, best first.
   * @param {string} text
   * @param {Options} [options]
   * @returns {Promise<Results>}
   */
  async search(text, { typing = false, sort = "relevance", filters = {}, scope = {}, facets = false } = {}) {
    const query = parseQuery(text);
    const merged = mergeFilters(query.filters, filters);
    /** @type {Results} */
    const results = { documents: [], total: 0, counts: null, problems: query.problems, mended: [], marks: [] };
    const wanted = query.clauses.filter((clause) => !clause.not);
    const free = wanted.filter((clause) => !clause.phrase && !clause.field);
    const units = await this.#units(free.map((clause) => clause.text).join(" "), typing, results);
    const musts = await Promise.all(wanted.filter((clause) => clause.phrase || clause.field).map((clause) => this.#must(clause, units, results)));
    const nots = await Promise.all(query.clauses.filter((clause) => clause.not).map((clause) => this.#must(clause, [], null)));
    let { documents, scores } = await this.#rank(units, wanted.length > 0, free, musts);
    for (const must of musts) documents = documents.filter((n) => must.has(n));
    for (const not of nots) documents = documents.filter((n) => !not.has(n));
    if (Object.keys(scope).length) documents = applyFilters(documents, scope, this.manifest, await this.store.columns()).passed;
    if (facets || Object.keys(merged).length) {
      const filtered = applyFilters(documents, merged, this.manifest, await this.store.columns());
      documents = filtered.passed;
      results.counts = filtered.counts;
    }
    await this.#sort(documents, scores, sort);
    results.documents = documents;
    results.total = documents.length;
    return results;
  }

  /**
   * Return what each word of a free text may match.
   * @param {string} text @param {boolean} typing @param {Results} results
   */
  async #units(text, typing, results) {
    const words = split(fold(text));
    const open = typing && /[\p{L}\p{N}]$/u.test(text);
    const spoken = words.some(({ word }) => !STOP_WORDS.has(word));
    /** @type {{terms: {term: Term, weight: number}[]}[]} */
    const units = [];
    for (let at = 0; at < words.length; at += 1) {
      const { word } = words[at];
      const next = words[at + 1];
      const last = open && at === words.length - 1;
      if (spoken && STOP_WORDS.has(word) && !last) continue;
      if (next?.near && isPart(word) && isPart(next.word)) {
        const joined = await this.store.term(stem(word + next.word));
        if (joined?.parts) {
          units.push(await this.#compound(joined));
          results.marks.push(word + next.word, word, next.word);
          at += 1;
          continue;
        }
      }
      const unit = await this.#word(word, last, results);
      if (unit) units.push(unit);
    }
    return units;
  }

  /** A compound counts whole, and its parts a little. @param {Term} joined */
  async #compound(joined) {
    const parts = await Promise.all(joined.parts.split(" ").map((part) => this.store.term(part)));
    const found = parts.filter((part) => part !== undefined).map((term) => ({ term, weight: PART_WEIGHT, cover: 1 / parts.length }));
    return { terms: [{ term: joined, weight: 1 }, ...found] };
  }

  /** @param {string} word @param {boolean} open @param {Results} results */
  async #word(word, open, results) {
    results.marks.push(word);
    const root = stem(word);
    const exact = await this.store.term(root);
    if (exact?.parts && !open) return this.#compound(exact);
    const terms = exact ? [{ term: exact, weight: 1 }] : [];
    if (open || !exact) {
      const prefix = exact || open ? word : root;
      for (const term of await this.store.startingWith(prefix, MOST_COMPLETIONS)) {
        if (term !== exact && (open || word.length > 2)) terms.push({ term, weight: exact ? PREFIX_WEIGHT / 2 : PREFIX_WEIGHT });
      }
    }
    if (terms.length) return { terms };
    const mended = mend(word, await this.store.words());
    for (const known of mended) {
      const term = await this.store.term(known.term);
      if (term) terms.push({ term, weight: MENDED_WEIGHT });
    }
    if (!terms.length) return null;
    results.mended.push({ from: word, to: mended[0].word });
    results.marks.push(...mended.map((known) => known.word));
    return { terms };
  }

  /**
   * Return the documents that a quoted or fielded clause allows; its words also count for the rank.
   * @param {Clause} clause @param {{terms: {term: Term, weight: number}[]}[]} units @param {Results | null} results
   */
  async #must(clause, units, results) {
    const words = split(fold(clause.text));
    /** @type {{term: Term | undefined, at: number, word: string}[]} */
    const parts = [];
    for (const [at, { word }] of words.entries()) {
      if (STOP_WORDS.has(word) && words.length > 1) continue;
      parts.push({ term: await this.store.term(stem(word)), at, word });
    }
    results?.marks.push(...parts.map(({ word }) => word));
    /** @type {Map<number, number[]>[]} */
    const found = [];
    for (const { term, at } of parts) {
      if (!term) return new Set();
      units.push({ terms: [{ term, weight: 1 }] });
      const test = FIELD_TESTS[/** @type {keyof FIELD_TESTS} */ (clause.field)];
      const documents = test ? await this.#having(term, test) : null;
      const positions = clause.phrase && parts.length > 1 ? await this.store.positions(term) : null;
      const kept = documents ?? new Set(positions?.keys() ?? (await this.#having(term, () => true)));
      found.push(new Map([...kept].map((n) => [n, (positions?.get(n) ?? []).map((place) => place - at)])));
    }
    if (!found.length) return new Set();
    const ordered = clause.phrase && parts.length > 1;
    const [first, ...rest] = found;
    return new Set([...first.keys()].filter((n) => rest.every((other) => other.has(n)) && (!ordered || meet(found, n))));
  }

  /** Return the documents whose counts of a term pass a test. @param {Term} term @param {(counts: number[]) => boolean} test */
  async #having(term, test) {
    const { readPostings } = await import("./codec.js");
    /** @type {Set<number>} */
    const found = new Set();
    readPostings(term.postings, (document, ...counts) => {
      if (test(counts)) found.add(document);
    });
    return found;
  }

  /**
   * @param {{terms: {term: Term, weight: number}[]}[]} units @param {boolean} asked @param {Clause[]} free @param {Set<number>[]} musts
   */
  async #rank(units, asked, free, musts) {
    const { papers } = this.manifest;
    if (!units.length) {
      const documents = asked ? [] : Array.from({ length: papers }, (_, n) => n);
      return { documents, scores: new Float64Array(papers) };
    }
    const { scores, matched } = scoreUnits(units, await this.store.lengths(), this.manifest);
    const needed = musts.length ? 0 : leastMatch(free.length ? units.length : 0);
    let documents = pick(scores, (n) => matched[n] >= needed);
    if (documents.length < FEW) documents = pick(scores, (n) => matched[n] >= Math.min(needed, SOME));
    if (!documents.length) documents = pick(scores, () => true);
    for (const n of documents) scores[n] *= 0.5 + 0.5 * matched[n];
    await addNearness(units, documents, scores, this.store);
    for (const [name, bonus] of namesOf(free.map((clause) => clause.text).join(" "))) {
      const term = await this.store.term(name);
      if (term) for (const n of await this.#having(term, () => true)) if (scores[n]) scores[n] += bonus;
    }
    return { documents, scores };
  }

  /** @param {number[]} documents @param {Float64Array} scores @param {string} sort */
  async #sort(documents, scores, sort) {
    if (sort === "relevance") {
      const rounded = new Map(documents.map((n) => [n, Math.round(scores[n] * 1e6)]));
      documents.sort((a, b) => /** @type {number} */ (rounded.get(b)) - /** @type {number} */ (rounded.get(a)) || b - a);
      return;
    }
    const { date, title } = await this.store.orders();
    const sign = sort === "oldest" ? -1 : 1;
    const rank = sort === "title" ? title : date;
    documents.sort((a, b) => sign * (rank[a] - rank[b]));
  }
}

/** Return how much of a query a document must match: all of one or two words, most of a few, any of many. @param {number} words */
function leastMatch(words) {
  return words <= 2 ? 0.999 : words === 3 ? 0.5 : words === 4 ? 0.4 : 0;
}

/** @param {Float64Array} scores @param {(document: number) => boolean} test */
function pick(scores, test) {
  const found = [];
  for (let n = 0; n < scores.length; n += 1) if (scores[n] > 0 && test(n)) found.push(n);
  return found;
}

/** Return whether the words of a phrase meet in a document. @param {Map<number, number[]>[]} found @param {number} document */
function meet(found, document) {
  const [first, ...rest] = found.map((places) => places.get(document) ?? []);
  return first.some((place) => rest.every((others) => others.includes(place)));
}

/** Return the names that a whole query may be, with what a paper of that name gains. @param {string} text @returns {[string, number][]} */
function namesOf(text) {
  const name = squeeze(text);
  return name ? [[`=#${hashName(name)}`, WHOLE_TITLE], [`=${name}`, NAME]] : [];
}

/** @param {Record<string, string[]>} one @param {Record<string, string[]>} two */
function mergeFilters(one, two) {
  const merged = { ...one };
  for (const [name, values] of Object.entries(two)) if (values.length) merged[name] = [...new Set([...(merged[name] ?? []), ...values])];
  return merged;
}
