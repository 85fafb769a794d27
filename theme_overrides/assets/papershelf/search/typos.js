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
 * Return the known words nearest to a mistyped one, the nearest and most frequent first, at most three.
 * @param {string[]} forms the word as typed and its stem
 * @param {[string, number][]} words
 */
export function mend(forms, words) {
  const most = allowed(forms[0]);
  if (!most) return [];
  /** @type {{word: string, edits: number, documents: number}[]} */
  const found = [];
  for (const [word, documents] of words) {
    const edits = Math.min(...forms.map((form) => distance(form, word, most)));
    if (edits <= most && word.length > 2) found.push({ word, edits, documents });
  }
  found.sort((a, b) => a.edits - b.edits || b.documents - a.documents || (a.word < b.word ? -1 : 1));
  return found.filter(({ edits }) => edits === found[0].edits).slice(0, 3);
}
