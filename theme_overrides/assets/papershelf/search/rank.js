/**
 * Scores: BM25 (Robertson, Zaragoza: The Probabilistic Relevance Framework, 2009) of the text, and of the title and
 * the small fields on their own, added up: a word in a title says more than one more time in the text. A title that
 * has all words of a query multiplies the score, one that has half of them hardly does; so does a title that has them in the
 * order of the query, stop words counting as gaps, or begins as the query does. A word counts more than another of its stem.
 */

import { readPostings } from "./codec.js";

const TITLE = 1.2;
const TOPICS = 0.3;
const AUTHORS = 1;
const VENUE = 0.3;
const K1 = 1.4;
const B = 0.6;
const B_TITLE = 0.5;
const TITLE_SHARE = 3;
const STEEPNESS = 8;
const OTHER_FORM = 0.8; // of a word of the same stem in a title
const RUN_SHARE = 0.5;
const RUN_STEEPNESS = 2;
const OPENING_SHARE = 1; // of titles that begin as the query does
const OPENING_STEEPNESS = 4;

/**
 * @typedef {{terms: {term: import("./codec.js").Term, weight: number, cover?: number}[], at?: number, form?: number, share?: number}} Unit
 *   what one word of a query may match, with how much of it each term covers, the place of the word in the query, and its form;
 *   of a word that is being typed behind others, also how much its beginning counts
 */

/** Return how much a word tells papers apart. @param {number} documents @param {number} papers */
export function idf(documents, papers) {
  return Math.log(1 + (papers - documents + 0.5) / (documents + 0.5));
}

/**
 * Return the scores of all documents, and for each how much of the query it matches, and its title (0 to 1).
 * @param {Unit[]} units
 * @param {Uint8Array} lengths of all texts, then of all titles, on a logarithmic scale
 * @param {{papers: number, steps: number, length: {text: number, title: number}}} manifest
 */
export function scoreUnits(units, lengths, { papers, steps, length }) {
  const scores = new Float64Array(papers);
  const matched = new Float64Array(papers);
  const covered = new Float64Array(papers);
  const titled = new Float64Array(papers);
  const titledBy = new Uint16Array(papers);
  const runs = new Runs(papers);
  const inText = normsOf(length.text, B, steps);
  const inTitle = normsOf(length.title, B_TITLE, steps);
  let whole = 0;
  for (const [index, { terms, at = -1, form = -1, share }] of units.entries()) {
    // A rare completion must not count for more than the word itself.
    const most = idf(terms[0].term.documents, papers);
    const worth = Math.max(...terms.map(({ weight }) => weight)) * most;
    const asked = share === undefined ? worth : 0; // a beginning is no word that papers must have
    whole += asked;
    runs.begin(at, (share ?? 1) * worth);
    /** @type {number[]} */
    const touched = [];
    for (const { term, weight, cover = 1 } of terms) {
      const scale = (share ?? 1) * weight * Math.min(most, idf(term.documents, papers));
      readPostings(term.postings, (document, title, topics, authors, venue, text, place, found) => {
        const exact = form < 0 || form === found;
        let part = TOPICS * topics + AUTHORS * authors + VENUE * venue;
        if (text) part += ((K1 + 1) * text) / (text + inText[lengths[document]]);
        if (title && titledBy[document] !== index + 1) {
          titledBy[document] = index + 1;
          titled[document] += asked;
          runs.meet(document, place, exact);
        }
        if (title) part += ((exact ? TITLE : TITLE * OTHER_FORM) * (K1 + 1) * title) / (title + inTitle[lengths[papers + document]]);
        if (!covered[document]) touched.push(document);
        scores[document] += scale * part;
        covered[document] += cover;
      });
    }
    for (const document of touched) {
      matched[document] += asked * Math.min(1, covered[document]);
      covered[document] = 0;
    }
  }
  for (let n = 0; whole && n < papers; n += 1) {
    matched[n] /= whole;
    titled[n] /= whole;
    if (titled[n]) scores[n] *= (1 + TITLE_SHARE * titled[n] ** STEEPNESS) * (1 + runs.share(n));
  }
  return { scores, matched, titled };
}

/** How far titles have the words of a query in its order, stop words counting as gaps. */
class Runs {
  /** @param {number} papers */
  constructor(papers) {
    this.place = new Uint8Array(papers); // of the last word of the query that a title has
    this.word = new Int16Array(papers).fill(-1); // the place of that word in the query
    this.sums = new Float64Array(papers);
    this.opening = new Float64Array(papers);
    this.whole = 0;
    this.all = 0;
    this.worth = 0;
    this.before = 0;
    this.at = -1;
  }

  /** Go on to the next word of the query. @param {number} at @param {number} worth */
  begin(at, worth) {
    this.before = this.at < 0 ? 0 : this.worth;
    this.whole += Math.min(this.before, worth);
    this.all += worth;
    this.at = at;
    this.worth = worth;
  }

  /** Take in that a title has the word at a place. @param {number} document @param {number} place @param {boolean} exact */
  meet(document, place, exact) {
    if (this.at < 0 || !place) return;
    const gap = this.at - this.word[document];
    if (this.word[document] >= 0 && place - this.place[document] === gap) this.sums[document] += Math.min(this.before, this.worth) * (exact ? 1 : OTHER_FORM);
    if (place === this.at + 1 && exact) this.opening[document] += this.worth;
    this.word[document] = this.at;
    this.place[document] = place;
  }

  /** Return what the runs of a title add to its score, as a share of it. @param {number} document */
  share(document) {
    const share = this.whole ? this.sums[document] / this.whole : 0;
    return RUN_SHARE * share ** RUN_STEEPNESS + OPENING_SHARE * (this.opening[document] / this.all) ** OPENING_STEEPNESS;
  }
}

/** Return the length part of BM25 for each of the 256 lengths. @param {number} average @param {number} b @param {number} steps */
function normsOf(average, b, steps) {
  return Float64Array.from({ length: 256 }, (_, step) => K1 * (1 - b + (b * (2 ** (step / steps) - 1)) / Math.max(1, average)));
}
