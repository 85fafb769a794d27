/**
 * Scores: BM25 (Robertson, Zaragoza: The Probabilistic Relevance Framework, 2009) of the text, and of the title and
 * the small fields on their own, added up: a word in a title says more than one more time in the text. A title that
 * has all words of a query doubles the score, one that has half of them adds a sixteenth.
 */

import { readPostings } from "./codec.js";

const TITLE = 1.2;
const TOPICS = 0.3;
const AUTHORS = 1;
const VENUE = 0.3;
const K1 = 1.4;
const B = 0.6;
const B_TITLE = 0.5;
const TITLE_SHARE = 1;
const STEEPNESS = 4;

/** @typedef {{terms: {term: import("./codec.js").Term, weight: number, cover?: number}[]}} Unit what one word of a query may match, with how much of it each term covers */

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
  const inText = normsOf(length.text, B, steps);
  const inTitle = normsOf(length.title, B_TITLE, steps);
  let whole = 0;
  for (const [index, { terms }] of units.entries()) {
    // A rare completion must not count for more than the word itself.
    const most = idf(terms[0].term.documents, papers);
    const worth = Math.max(...terms.map(({ weight }) => weight)) * most;
    whole += worth;
    /** @type {number[]} */
    const touched = [];
    for (const { term, weight, cover = 1 } of terms) {
      const scale = weight * Math.min(most, idf(term.documents, papers));
      readPostings(term.postings, (document, title, topics, authors, venue, text) => {
        let part = TOPICS * topics + AUTHORS * authors + VENUE * venue;
        if (text) part += ((K1 + 1) * text) / (text + inText[lengths[document]]);
        if (title && titledBy[document] !== index + 1) {
          titledBy[document] = index + 1;
          titled[document] += worth;
        }
        if (title) part += (TITLE * (K1 + 1) * title) / (title + inTitle[lengths[papers + document]]);
        if (!covered[document]) touched.push(document);
        scores[document] += scale * part;
        covered[document] += cover;
      });
    }
    for (const document of touched) {
      matched[document] += worth * Math.min(1, covered[document]);
      covered[document] = 0;
    }
  }
  for (let n = 0; whole && n < papers; n += 1) {
    matched[n] /= whole;
    titled[n] /= whole;
    if (titled[n]) scores[n] *= 1 + TITLE_SHARE * titled[n] ** STEEPNESS;
  }
  return { scores, matched, titled };
}

/** Return the length part of BM25 for each of the 256 lengths. @param {number} average @param {number} b @param {number} steps */
function normsOf(average, b, steps) {
  return Float64Array.from({ length: 256 }, (_, step) => K1 * (1 - b + (b * (2 ** (step / steps) - 1)) / Math.max(1, average)));
}
