/** The search itself: from a query to ranked documents, with no knowledge of a page. */

import { findNames } from "../shared/names.js";
import { STOP_WORDS, fold, hashName, isPart, split, squeeze, stem } from "../shared/words.js";
import { nameForm, readPostings } from "./codec.js";
import { UNKNOWN, applyFilters, listFacets, settleFilters } from "./facets.js";
import { addMeaning, findNear, hasMeaning } from "./meaning.js";
import { addNearness } from "./near.js";
import { listAsked, listOwn, sortOwn } from "./own.js";
import { parseQuery } from "./query.js";
import { scoreUnits } from "./rank.js";
import { Store } from "./store.js";
import { mendFrom } from "./typos.js";

/**
 * @typedef {import("./codec.js").Term} Term
 * @typedef {import("./rank.js").Unit} Unit
 * @typedef {import("./query.js").Clause} Clause
 * @typedef {{typing?: boolean, sort?: string, filters?: Record<string, string[]>,
 *   every?: string[], scope?: Record<string, string[]>, facets?: boolean, meaning?: boolean, soon?: boolean}} Options
 *   `every` names the facets of `filters` of which a paper must have all values, not one of them;
 *   `soon` says that meaning is asked for next, so that what it needs is loaded meanwhile
 * @typedef {{documents: number[], total: number, counts: Record<string, Map<string, number>> | null, facets: import("./facets.js").Facets, problems: string[],
 *   mended: {from: string, to: string}[], marks: string[], meant: boolean, related: number[], full: number, sort: string}} Results
 *   `facets` are those of the index where filters or counts needed them;
 *   `meant` says whether meaning may answer the query, `related` are the documents
 *   that only meaning found, and `full` is how many have all words of the query, or -1 where that is not asked;
 *   `sort` is the order, which is the newest first where a query has nothing to be best at, as `-owls` has
 */

const PART_WEIGHT = 0.25;
const PREFIX_WEIGHT = 0.5;
const MOST_COMPLETIONS = 16;
const WHOLE_BEGINNING = 5; // letters of a word that is being typed from which on it counts as much as it can
const SHORTEST_STEM = 4;
const LONGEST_ENDING = 4;
const MENDED_WEIGHT = 0.4;
const WHOLE = 0.999;
const FEW_WORDS = 4; // of a query; papers with all of them come before those with some
const PARTIAL = 0.5;
const NAMING = 0.6; // share of a query's weight that a title has which the query names, as a name and a common word do
const WHOLE_TITLE = 1e6;
const NAME = 1e3;
const TITLE_END = 64; // positions before this are those of the title
const MOST_RARE = 4; // words of a title that decide which others are like it
const MOST_TITLED = 8;
const AT_ONCE = 8; // files that one call loads side by side
const LACKING = /** @type {Record<string, (word: string) => string>} */ ({
  paper: (word) => label("query.no_paper", { word }),
  title: (word) => label("query.no_title", { word }),
  author: (word) => label("query.no_author", { word }),
  venue: (word) => label("query.no_venue", { word }),
});
const FIELD_TESTS = {
  title: (/** @type {number[]} */ c) => c[0] > 0,
  author: (/** @type {number[]} */ c) => c[2] > 0,
  venue: (/** @type {number[]} */ c) => c[3] > 0,
};

/** A search over one index. */
export class Engine {
  /** @param {Store} store */
  constructor(store) {
    this.store = store;
    this.manifest = store.manifest;
    /** @type {import("./facets.js").Facets | undefined} */
    this.known = undefined;
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
    const typed = split(fold(text))
      .map(({ word }) => word)
      .join(" ");
    return typed.length > 1 ? this.store.authors(typed, most) : [];
  }

  /** Return documents as one file of an export format. @param {number[]} documents @param {string} format */
  exportAs(documents, format) {
    return this.store.exportAs(documents, format);
  }

  /** Return the records of documents, as the shelf has them but for abstracts. @param {number[]} documents @returns {Promise<any[]>} */
  async records(documents) {
    const { text } = await this.store.exportAs(documents, "jsonl");
    return text
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  }

  /**
   * Return the documents that have names: squeezed titles and ids, and identifiers as `identify` writes them.
   * Hashes stand for names, and two may share one: who relies on a match compares the card or the record.
   * @param {string[]} names @returns {Promise<Map<string, number[]>>}
   */
  async find(names) {
    /** @type {Map<number, [string, string][]>} */
    const blocks = new Map();
    for (const name of new Set(names)) {
      const term = `=#${hashName(name)}`;
      const block = this.store.blockOf(term);
      if (!blocks.get(block)?.push([name, term])) blocks.set(block, [[name, term]]);
    }
    /** @type {Map<string, number[]>} */
    const found = new Map();
    const groups = [...blocks];
    for (let at = 0; at < groups.length; at += AT_ONCE) {
      await Promise.all(
        groups.slice(at, at + AT_ONCE).map(async ([block, wanted]) => {
          const terms = await this.store.block(block);
          for (const [name, key] of wanted) {
            const term = terms.get(key);
            if (term) found.set(name, [...(await this.#having(term, () => true))]);
          }
        }),
      );
    }
    return found;
  }

  /** Return the few documents whose titles have most of the rarest words of a title, those with most of them first. @param {string} title */
  async titled(title) {
    const words = new Set(split(fold(title)).flatMap(({ word }) => (STOP_WORDS.has(word) ? [] : [stem(word)])));
    const terms = (await Promise.all([...words].map((word) => this.store.term(word)))).filter((term) => term !== undefined);
    /** @type {Map<number, number>} */
    const shared = new Map();
    for (const term of terms.sort((a, b) => a.documents - b.documents).slice(0, MOST_RARE)) {
      for (const n of await this.#having(term, FIELD_TESTS.title)) shared.set(n, (shared.get(n) ?? 0) + 1);
    }
    const most = [...shared].sort(([a, one], [b, two]) => two - one || b - a).slice(0, MOST_TITLED);
    return most.map(([n]) => n);
  }

  /** Return the documents of records by their ids, former ids too; an id that the shelf does not have is left out. @param {string[]} ids */
  async documentsOf(ids) {
    const found = await this.find(ids.map(squeeze));
    /** @type {Map<string, number>} */
    const documents = new Map();
    for (const id of ids) {
      const candidates = found.get(squeeze(id)) ?? [];
      const cards = await this.cards(candidates);
      let at = cards.findIndex((card) => card.id === id);
      if (at < 0 && candidates.length) at = (await this.records(candidates)).findIndex((record) => record.aliases?.includes(id));
      if (at >= 0) documents.set(id, candidates[at]);
    }
    return documents;
  }

  /**
   * Return the documents that answer a query, best first.
   * @param {string} text
   * @param {Options} [options]
   * @returns {Promise<Results>}
   */
  async search(text, { typing = false, sort = "relevance", filters = {}, every = [], scope = {}, facets = false, meaning = false, soon = false } = {}) {
    const entry = findNames(text);
    const query = parseQuery(entry.title || text, this.#facetsByName());
    /** @type {Results} */
    const results = { documents: [], total: 0, counts: null, facets: new Map(), problems: query.problems, mended: [], marks: [], meant: false, related: [], full: -1, sort };
    const wanted = query.clauses.filter((clause) => !clause.not);
    const free = wanted.filter((clause) => !clause.phrase && !clause.field);
    const words = free.map((clause) => clause.text).join(" ");
    const { names, alone: only } = entry.title ? entry : findNames(words);
    this.#load(words);
    const named = [...new Set([...(await this.find(names.flatMap((name) => [name, name.replace(/^url:/, "at:")]))).values()].flat())];
    const absent = only && !named.length && !typing;
    if (absent) results.problems.push(label("query.not_here", { name: names[0].replace(":", " ") }));
    results.meant = hasMeaning(this.manifest) && !names.length && wanted.length > 0 && free.length === wanted.length;
    const { units, lacking } = named.length || absent ? { units: [], lacking: false } : await this.#units(words, typing, results);
    const musts = await Promise.all(wanted.filter((clause) => clause.phrase || clause.field).map((clause) => this.#must(clause, units, results)));
    const nots = await Promise.all(query.clauses.filter((clause) => clause.not).map((clause) => this.#must(clause, [], null)));
    const kept = musts.filter((must) => must !== null);
    const ranked =
      named.length || absent ? { documents: named, scores: new Float64Array(this.manifest.papers), whole: new Set(), full: null } : await this.#rank(units, words, { bound: kept.length > 0, lacking });
    if (soon && results.meant) void findNear(words, this.store).catch(() => {}); // who asks for meaning next hears of it
    const alone = meaning && results.meant ? await addMeaning(words, ranked, this.store) : [];
    let { documents } = ranked;
    if (!documents.length && words && !units.length && !results.problems.length) results.problems.push(label("query.too_common", { words }));
    for (const must of kept) documents = documents.filter((n) => must.has(n));
    for (const not of nots) documents = documents.filter((n) => !not?.has(n));
    if (facets || [query.filters, scope, filters].some((some) => Object.values(some).flat().length)) results.facets = await this.facets();
    const [asked, within, chosen] = [query.filters, scope, filters].map((some) => settleFilters(some, results.facets, results.problems));
    for (const narrow of [asked, within]) if (Object.keys(narrow).length) documents = applyFilters(documents, narrow, results.facets).passed;
    if (facets || Object.keys(chosen).length) ({ passed: documents, counts: results.counts } = applyFilters(documents, chosen, results.facets, every));
    if (sort === "relevance" && !words && !kept.length) results.sort = "newest"; // nothing says which is best
    results.documents = documents = await this.#sort(documents, ranked.scores, results.sort);
    if (alone.length) results.related = documents.filter((n) => alone.includes(n));
    results.total = documents.length;
    if (ranked.full) results.full = documents.filter((n) => ranked.full?.has(n)).length;
    return results;
  }

  /** Load all blocks at once that the words of a query are looked for in, and not one after the other. @param {string} text */
  #load(text) {
    const words = split(fold(text));
    const terms = words.flatMap(({ word }, at) => {
      const next = words[at + 1];
      return [...(STOP_WORDS.has(word) ? [] : [stem(word)]), ...(next?.near && isPart(word) && isPart(next.word) ? [stem(word + next.word)] : [])];
    });
    const names = namesOf(text).map(([name]) => name);
    for (const term of [...terms, ...names]) this.store.term(term).catch(() => {}); // who needs it asks again
  }

  /** Return the facets of the index with their values, which are listed once. */
  async facets() {
    if (this.known) return this.known;
    const [columns, own] = await Promise.all([this.store.facets(), this.store.own()]);
    this.known = listFacets(this.manifest, columns, own);
    return this.known;
  }

  /** Return the names in addresses of all facets, by their names in queries. @returns {Map<string, string>} */
  #facetsByName() {
    const named = this.manifest.facets.map((/** @type {string[]} */ [id]) => [id, id]);
    return new Map([...named, ...listAsked(this.manifest).map(({ id }) => [id, `f.${id}`])]);
  }

  /**
   * Return what each word of a free text may match, and whether no paper has one of them.
   * @param {string} text @param {boolean} typing @param {Results} results
   */
  async #units(text, typing, results) {
    const words = split(fold(text));
    const open = typing && /[\p{L}\p{N}]$/u.test(text);
    const spoken = words.some(({ word }) => !STOP_WORDS.has(word));
    /** @type {Unit[]} */
    const units = [];
    let lacking = false;
    if (!spoken && words.length && !open) return { units, lacking };
    for (let at = 0; at < words.length; at += 1) {
      const { word } = words[at];
      const next = words[at + 1];
      const last = open && at === words.length - 1;
      if (spoken && STOP_WORDS.has(word) && !last) continue;
      if (next?.near && isPart(word) && isPart(next.word)) {
        const joined = await this.store.term(stem(word + next.word));
        if (joined?.parts) {
          units.push({ ...(await this.#compound(joined)), at, form: nameForm(word + next.word) });
          results.marks.push(word + next.word, word, next.word);
          at += 1;
          continue;
        }
      }
      const unit = await this.#word(word, last, results);
      if (unit) units.push({ ...unit, at, form: last ? -1 : nameForm(word), share: last && units.length ? Math.min(1, word.length / WHOLE_BEGINNING) : undefined });
      else lacking = true;
    }
    return { units, lacking };
  }

  /** Return the stems that a word goes beyond while it is typed: of `debiasi`, the stem of *debiasing*. @param {string} word */
  async #beginnings(word) {
    const found = [];
    for (let length = word.length - 1; length >= Math.max(SHORTEST_STEM, word.length - LONGEST_ENDING); length -= 1) {
      const term = await this.store.term(word.slice(0, length));
      if (term) found.push(term);
    }
    return found;
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
      if (open) for (const term of await this.#beginnings(word)) if (term !== exact && term.term !== root) terms.push({ term, weight: PREFIX_WEIGHT });
    }
    if (terms.length) return { terms };
    const mended = await mendFrom(word, this.store);
    for (const known of mended) {
      const term = await this.store.term(known.term);
      if (term) terms.push({ term, weight: MENDED_WEIGHT });
    }
    if (!terms.length) {
      if (!open) results.problems.push(label("query.no_paper", { word }));
      return null;
    }
    results.mended.push({ from: word, to: mended[0].word });
    results.marks.push(...mended.map((known) => known.word));
    return { terms };
  }

  /**
   * Return the documents that a quoted or fielded clause allows, or null when it asks nothing; its words also count for the rank.
   * @param {Clause} clause @param {Unit[]} units @param {Results | null} results
   */
  async #must({ text, field, phrase }, units, results) {
    const parts = await this.#parts(text, field === "author");
    if (!parts.length) results?.problems.push(label("query.too_common", { words: text }));
    if (!parts.length) return null;
    results?.marks.push(...parts.map(({ word }) => word));
    const missing = parts.find(({ term }) => !term);
    if (missing) {
      results?.problems.push((LACKING[field] ?? LACKING.paper)(missing.word));
      return new Set();
    }
    const ordered = phrase && parts.length > 1;
    /** @type {Map<number, number[]>[]} */
    const found = [];
    for (const { term, at } of parts) {
      if (!term) continue;
      units.push({ terms: [{ term, weight: 1 }] });
      const test = FIELD_TESTS[/** @type {keyof FIELD_TESTS} */ (field)] ?? (() => true);
      const positions = ordered ? await this.store.positions(term) : null;
      const places = (/** @type {number} */ n) => (positions?.get(n) ?? []).filter((place) => field !== "title" || place < TITLE_END);
      found.push(new Map([...(await this.#having(term, test))].map((n) => [n, places(n).map((place) => place - at)])));
    }
    const [first, ...rest] = found;
    return new Set([...first.keys()].filter((n) => rest.every((other) => other.has(n)) && (!ordered || meet(found, n))));
  }

  /**
   * Return the terms of a clause, compounds in one piece, each with its place among the words.
   * @param {string} text @param {boolean} names whether stop words count, as they do in names
   */
  async #parts(text, names) {
    const words = split(fold(text));
    /** @type {{term: Term | undefined, at: number, word: string}[]} */
    const parts = [];
    for (let at = 0; at < words.length; at += 1) {
      const { word } = words[at];
      const next = words[at + 1];
      if (STOP_WORDS.has(word) && !names) continue;
      const joined = words.length === 2 && next?.near && isPart(word) && isPart(next.word) ? await this.store.term(stem(word + next.word)) : undefined;
      if (joined?.parts) return [{ term: joined, at, word: word + next.word }];
      parts.push({ term: await this.store.term(stem(word)), at, word });
    }
    return parts;
  }

  /** Return the documents whose counts of a term pass a test. @param {Term} term @param {(counts: number[]) => boolean} test */
  async #having(term, test) {
    /** @type {Set<number>} */
    const found = new Set();
    readPostings(term.postings, (document, ...counts) => {
      if (test(counts)) found.add(document);
    });
    return found;
  }

  /**
   * @param {Unit[]} units @param {string} text the free words
   * @param {{bound: boolean, lacking: boolean}} asked whether other clauses decide what is found, and whether no paper has one of the words
   */
  async #rank(units, text, { bound, lacking }) {
    const { papers } = this.manifest;
    /** @type {number[]} */
    let documents = [];
    let scores = new Float64Array(papers);
    /** @type {Set<number>} */
    const whole = new Set();
    /** @type {Set<number> | null} */
    let full = null;
    if (units.length) {
      const { scores: sums, matched, titled } = scoreUnits(units, await this.store.lengths(), this.manifest);
      scores = sums;
      documents = pick(scores, () => true);
      const few = units.length <= FEW_WORDS && !lacking;
      full = new Set();
      for (const n of documents) {
        if (matched[n] >= WHOLE) full.add(n);
        if (titled[n] >= NAMING || (few && full.has(n))) whole.add(n);
        scores[n] *= (0.5 + 0.5 * matched[n]) * (few && !full.has(n) ? PARTIAL : 1);
      }
      await addNearness(units, documents, scores, this.store);
    } else if (!text || bound) documents = Array.from({ length: papers }, (_, n) => n);
    const listed = new Set(documents);
    for (const [name, bonus] of namesOf(text)) {
      const term = await this.store.term(name);
      for (const n of term ? await this.#having(term, () => true) : []) {
        scores[n] += bonus;
        full?.add(n);
        if (!listed.has(n)) documents.push(n);
        listed.add(n);
      }
    }
    return { documents, scores, whole, full };
  }

  /** Return documents in an order; own fields name theirs. @param {number[]} documents @param {Float64Array} scores @param {string} sort */
  async #sort(documents, scores, sort) {
    const field = listOwn(this.manifest).find(({ id }) => sort === `f.${id}`);
    if (field) return sortOwn(documents, field, await this.store.own());
    if (sort === "relevance") {
      const rounded = scores.map((score) => Math.round(score * 1e6));
      documents.sort((a, b) => rounded[b] - rounded[a] || b - a);
      return documents;
    }
    const { date, title } = await this.store.orders();
    if (sort === "title") documents.sort((a, b) => title[a] - title[b]);
    else if (sort === "newest") documents.sort((a, b) => date[a] - date[b]);
    else {
      const year = (await this.facets()).get("year");
      const isLast = (/** @type {number} */ n) => Number(year?.of(n)[0] === UNKNOWN);
      documents.sort((a, b) => isLast(a) - isLast(b) || date[b] - date[a]);
    }
    return documents;
  }
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
  return name
    ? [
        [`=#${hashName(name)}`, WHOLE_TITLE],
        [`=${name}`, NAME],
      ]
    : [];
}
