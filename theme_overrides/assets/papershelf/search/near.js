/**
 * Nearness: neighbouring words of a query that stand near each other in a paper raise it, by the square of how near
 * (Rasolofo, Savoy: Term Proximity Scoring for Keyword-Based Retrieval Systems, 2003).
 */

import { idf } from "./rank.js";

const DEEPEST = 50;
const WINDOW = 5;
const WEIGHT = 0.3;
const MOST_BYTES = 40_000;

/**
 * Add to the scores of the best documents what the nearness of their words is worth.
 * Positions of very frequent words are not loaded for it: they are the largest files and say the least.
 * @param {import("./rank.js").Unit[]} units @param {number[]} documents @param {Float64Array} scores
 * @param {import("./store.js").Store} store
 */
export async function addNearness(units, documents, scores, store) {
  const terms = units.map((unit) => unit.terms[0].term);
  const cheap = await store.cheapPositions(terms, MOST_BYTES);
  const pairs = terms
    .slice(1)
    .map((term, n) => [terms[n], term])
    .filter(([one, two]) => one !== two && cheap.has(one) && cheap.has(two));
  if (!pairs.length) return;
  const best = pickBest(documents, scores);
  const wanted = new Set(best);
  const places = new Map(await Promise.all([...new Set(pairs.flat())].map(async (term) => /** @type {const} */ ([term, await store.positions(term, wanted)]))));
  for (const pair of pairs) {
    const worth = WEIGHT * Math.min(...pair.map(({ documents: number }) => idf(number, store.manifest.papers)));
    for (const document of best) {
      const [one, two] = pair.map((term) => places.get(term)?.get(document) ?? []);
      const gap = closest(one, two);
      if (gap <= WINDOW) scores[document] += worth / gap ** 2;
    }
  }
}

/** Return the documents with the highest scores, the best first; of equals the newest. @param {number[]} documents @param {Float64Array} scores */
function pickBest(documents, scores) {
  const better = (/** @type {number} */ a, /** @type {number} */ b) => scores[b] - scores[a] || b - a;
  /** @type {number[]} */
  let best = [];
  for (const document of documents) {
    if (best.length >= DEEPEST && better(document, best[DEEPEST - 1]) > 0) continue;
    best.push(document);
    if (best.length >= 2 * DEEPEST) best = best.sort(better).slice(0, DEEPEST);
    else if (best.length === DEEPEST) best.sort(better);
  }
  return best.sort(better).slice(0, DEEPEST);
}

/** Return the smallest distance between two rising lists of positions. @param {number[]} one @param {number[]} two */
export function closest(one, two) {
  let least = Infinity;
  for (let a = 0, b = 0; a < one.length && b < two.length; ) {
    least = Math.min(least, Math.max(1, Math.abs(two[b] - one[a])));
    if (one[a] < two[b]) a += 1;
    else b += 1;
  }
  return least;
}
