/** The words that papers share, and those that only one of them has, rare words first. */

import { STOP_WORDS, fold, split, stem } from "../shared/words.js";

const SHORTEST = 3;

/** @typedef {{word: string, places: Set<number>, titles: number, weight: number}} Term */

/**
 * Return the words that at least two of some papers have, and for each paper those that no other has. The weight of a word
 * is how rare it is on the shelf (inverse document frequency), and more for every title that it stands in.
 * @param {{title: string, summary?: string}[]} papers @param {import("../search/engine.js").Engine} engine @param {number} most of each
 */
export async function compareTerms(papers, engine, most) {
  /** @type {Map<string, Term>} */
  const terms = new Map();
  papers.forEach(({ title, summary = "" }, place) => {
    const inTitle = new Set(split(fold(title)).map(({ word }) => stem(word)));
    for (const { word } of split(fold(`${title}. ${summary}`))) {
      if (word.length < SHORTEST || STOP_WORDS.has(word) || /^\d+$/.test(word)) continue;
      const key = stem(word);
      const term = terms.get(key) ?? { word, places: new Set(), titles: 0, weight: 0 };
      if (!term.places.has(place) && inTitle.has(key)) term.titles += 1;
      term.places.add(place);
      terms.set(key, term);
    }
  });
  await Promise.all([...terms].map(async ([key, term]) => (term.weight = weigh(term, await engine.store.term(key), engine.manifest.papers))));
  const best = [...terms.values()].filter(({ weight }) => weight).sort((a, b) => b.weight - a.weight || (a.word < b.word ? -1 : 1));
  const words = (/** @type {Term[]} */ some) => some.slice(0, most).map(({ word }) => word);
  return {
    shared: words(best.filter(({ places }) => places.size > 1)),
    own: papers.map((_, place) => words(best.filter(({ places }) => places.size === 1 && places.has(place)))),
  };
}

/** @param {Term} term @param {{documents: number} | undefined} known @param {number} papers */
function weigh({ places, titles }, known, papers) {
  return known ? Math.log(papers / known.documents) * (1 + 2 * titles) * places.size : 0;
}
