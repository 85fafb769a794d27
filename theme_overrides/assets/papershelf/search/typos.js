/** Words near a mistyped one: one edit from three letters, two from eight, a swap of neighbours counting as one. */

const SHORTEST = 3;
const LONG = 8;
const FEW = 4; // letters of which no half would say enough

/** Return how many edits a word of this length may be away. @param {string} word */
export function allowed(word) {
  return word.length < SHORTEST ? 0 : word.length < LONG ? 1 : 2;
}

/**
 * Return the edits between two words (optimal string alignment), or more than `most` as soon as that is certain.
 * @param {string} one @param {string} two @param {number} most
 */
export function distance(one, two, most) {
  if (Math.abs(one.length - two.length) > most) return most + 1;
  let older = new Array(two.length + 1).fill(0);
  let old = Array.from({ length: two.length + 1 }, (_, n) => n);
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i];
    let best = i;
    for (let j = 1; j <= two.length; j += 1) {
      let cost = Math.min(old[j] + 1, row[j - 1] + 1, old[j - 1] + (one[i - 1] === two[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === two[j - 2] && one[i - 2] === two[j - 1]) cost = Math.min(cost, older[j - 2] + 1);
      row.push(cost);
      if (cost < best) best = cost;
    }
    if (best > most) return most + 1;
    older = old;
    old = row;
  }
  return old[two.length];
}

/** @typedef {import("./codec.js").Known} Known */

/**
 * Return the known words nearest to a mistyped one, the nearest and most frequent first, at most three stems.
 * @param {string} typed @param {Known[]} words @param {number} [most] edits
 */
export function mend(typed, words, most = allowed(typed)) {
  let least = most;
  /** @type {Map<string, Known>} */
  let found = new Map();
  for (const known of most ? words : []) {
    if (known.word.length < SHORTEST) continue;
    const edits = distance(typed, known.word, least);
    if (edits < least) [least, found] = [edits, new Map()];
    if (edits === least) found.set(known.word, known);
  }
  const sorted = [...found.values()].sort((a, b) => b.number - a.number || (a.word < b.word ? -1 : 1));
  return sorted.filter(({ term }, n) => sorted.findIndex((other) => other.term === term) === n).slice(0, 3);
}

/**
 * Return the words of an index that a mistyped one may stand for. One edit leaves the first half or the second half as it is, but for a
 * swap in the middle, so the first half is one letter short; two edits mostly leave the first third or the last.
 * @param {string} typed @param {Pick<import("./store.js").Store, "shortWords" | "wordsFrom" | "wordsTo">} store
 */
export async function mendFrom(typed, store) {
  const most = allowed(typed);
  if (!most) return [];
  if (typed.length <= FEW) return mend(typed, await store.shortWords(), most);
  for (const edits of most > 1 ? [1, most] : [most]) {
    const part = Math.floor(typed.length / (edits + 1));
    const words = await Promise.all([store.wordsFrom(typed.slice(0, edits > 1 ? part : part - 1)), store.wordsTo(typed.slice(edits > 1 ? -part : part))]);
    const found = mend(typed, words.flat(), edits);
    if (found.length) return found;
  }
  return [];
}
