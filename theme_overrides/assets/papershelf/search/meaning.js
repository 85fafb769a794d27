/**
 * Meaning: papers whose words mean what those of a query mean, found by vectors that were made with the index.
 *
 * The score is a weighted sum of the lexical one and of the cosine (Bruch, Gai, Ingber: An Analysis of Fusion Functions
 * for Hybrid Retrieval, 2023), each as a share of the best. What is named by the query, what has all words of a
 * short one, and titles with all words of a longer one keep their place; papers that only meaning finds are few and are told apart.
 */

import { STOP_WORDS, fold, split, stem } from "../shared/words.js";
import { idf } from "./rank.js";
import { MEANING } from "./store.js";

const FEW_WORDS = 5; // up to which a query is a description, of which papers may have other words
const SHARE = 0.5; // of meaning in the score of such a query
const SHARE_OF_MANY = 0.2; // and of a longer one, whose own words say more
const NAMED = 1e3; // scores from here on are those of papers that the query names
const PROBES = 8; // cells that one query loads
const PROBES_OF_MANY = 6; // and where they are large
const MANY = 100; // cells, which have a hundred papers each
const MOST = 20;
const LEAST = 0.5; // share of the nearest from which on only meaning finds a paper
const FLOOR = 0.2; // cosine from which on; of what is further away a reader would not say that it is related

/** @typedef {import("./store.js").Store} Store @typedef {{documents: number[], scores: Float64Array, whole: Set<number>}} Found */

/** Return whether an index has what meaning is found by, in the form that is read here. @param {any} manifest */
export function hasMeaning({ meaning }) {
  return meaning?.format === MEANING;
}

/**
 * Put the papers that lexical search found in the order of both, add those that only meaning finds, and return these.
 * @param {string} text the free words of a query @param {Found} found which is changed @param {Store} store
 */
export async function addMeaning(text, { documents, scores, whole }, store) {
  const { words, known, near } = await findNear(text, store);
  if (!known) return [];
  const listed = new Set(documents);
  const top = documents.reduce((most, n) => (scores[n] < NAMED ? Math.max(most, scores[n]) : most), 0) || 1;
  const share = (words.length > FEW_WORDS ? SHARE_OF_MANY : SHARE) * known;
  const looked = documents.flatMap((n) => near.get(n)?.share ?? []);
  const usual = looked.reduce((sum, closeness) => sum + closeness, 0) / (looked.length || 1);
  for (const n of documents) {
    if (scores[n] >= NAMED) continue;
    scores[n] = whole.has(n) ? 1 + scores[n] / top : (1 - share) * (scores[n] / top) + share * (near.get(n)?.share ?? usual);
  }
  const alone = [...near].filter(([n, found]) => found.share >= LEAST && found.cosine >= FLOOR && !listed.has(n));
  const nearest = alone.sort(([n, one], [m, two]) => two.share - one.share || m - n).slice(0, MOST);
  for (const [n, found] of nearest) {
    scores[n] = share * found.share;
    documents.push(n);
  }
  return nearest.map(([n]) => n);
}

/**
 * Return the stems of a text, the share of their weight that the table knows, and how near papers are to it. All files that this loads
 * are kept: who will ask for meaning soon calls it ahead.
 * @param {string} text @param {Store} store
 */
export async function findNear(text, store) {
  const said = split(fold(text)).map(({ word }) => word);
  const words = [...new Set(said.filter((word) => !STOP_WORDS.has(word)).map(stem))];
  const [{ query, known }] = await Promise.all([embed(words, store), loadFew(store)]);
  return { words, known, near: known ? await measure(query, store) : new Map() };
}

/** Return how many cells a query loads. @param {string[]} names of all cells */
function countProbes(names) {
  return names.length < MANY ? PROBES : PROBES_OF_MANY;
}

/** Load the cells where a query looks at all of them. @param {Store} store */
async function loadFew(store) {
  const { names } = await store.centres();
  if (names.length <= countProbes(names)) await Promise.all(names.map((name) => store.cell(name)));
}

/** Return the vector of some stems, rare ones counting more, and the share of their weight that the table knows. @param {string[]} words @param {Store} store */
async function embed(words, store) {
  let whole = 0;
  let known = 0;
  /** @type {number[]} */
  const query = [];
  await Promise.all(
    words.map(async (word) => {
      const [term, own] = await Promise.all([store.term(word), store.vector(word)]);
      const weight = idf(term?.documents ?? 0, store.manifest.papers);
      const parts = own
        ? [own]
        : await Promise.all(
            (term?.parts ?? "")
              .split(" ")
              .filter(Boolean)
              .map((part) => store.vector(part)),
          );
      const vectors = parts.filter((vector) => vector !== undefined);
      whole += weight;
      if (!vectors.length) return;
      known += weight;
      for (const vector of vectors) vector.forEach((value, at) => (query[at] = (query[at] ?? 0) + (weight * value) / vectors.length));
    }),
  );
  return { query, known: whole && known / whole };
}

/**
 * Return how near papers are to a query: the cosine, and the share of the nearest, which is one for the nearest and nothing for
 * those that are no nearer than papers are on average. Of a large index only the nearest cells are looked at; a paper that
 * is not there, or of which no word is known, has neither.
 * @param {number[]} query @param {Store} store @returns {Promise<Map<number, {cosine: number, share: number}>>}
 */
async function measure(query, store) {
  const { names, mean, centres } = await store.centres();
  const order = centres.map((centre, cell) => ({ cell, value: dot(query, centre) })).sort((a, b) => b.value - a.value || a.cell - b.cell);
  const cells = await Promise.all(order.slice(0, countProbes(names)).map(({ cell }) => store.cell(names[cell])));
  const known = cells
    .flat()
    .map(({ document, vector }) => ({ document, value: dot(query, vector), length: Math.sqrt(dot(vector, vector)) }))
    .filter(({ length }) => length);
  const usual = dot(query, mean);
  const most = known.reduce((best, { value }) => Math.max(best, value), usual);
  const whole = Math.sqrt(dot(query, query));
  return new Map(known.map(({ document, value, length }) => [document, { cosine: value / (length * whole), share: Math.max(0, value - usual) / (most - usual || 1) }]));
}

/** @param {ArrayLike<number>} one @param {ArrayLike<number>} two */
function dot(one, two) {
  let sum = 0;
  for (let at = 0; at < two.length; at += 1) sum += one[at] * two[at];
  return sum;
}
