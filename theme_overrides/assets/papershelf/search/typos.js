/** Words near a mistyped one: one edit from four letters, two from eight, a swap of neighbours counting as one. */

/** Return how many edits a word of this length may be away. @param {string} word */
export function allowed(word) {
  return word.length < 4 ? 0 : word.length < 8 ? 1 : 2;
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

/**
 * @typedef {{word: string, term: string, number: number}} Known a word, its stem, and how often it occurs
 * Return the known words nearest to a mistyped one, the nearest and most frequent first, at most three stems.
 * @param {string} typed
 * @param {Known[]} words
 */
export function mend(typed, words) {
  const most = allowed(typed);
  let least = most;
  /** @type {Known[]} */
  let found = [];
  for (const known of most ? words : []) {
    if (known.word.length < 3) continue;
    const edits = distance(typed, known.word, least);
    if (edits < least) [least, found] = [edits, []];
    if (edits === least) found.push(known);
  }
  found.sort((a, b) => b.number - a.number || (a.word < b.word ? -1 : 1));
  return found.filter(({ term }, n) => found.findIndex((other) => other.term === term) === n).slice(0, 3);
}
