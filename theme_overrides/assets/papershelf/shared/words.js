/**
 * Texts to index words, exactly as generator/text/words.py does it; both pass the same golden file.
 */

import porter2 from "./vendor/porter2.js";

export const STOP_WORDS = new Set(
  (
    "a about across after all also although among an and any are as at be because been being both but by can could do " +
    "does each either etc few for from further given had has have having how however i if in into is it its just less " +
    "let many may more most much must nor not of on one only or other our out over own per same shall she should show " +
    "since so some still such than that the their them then there these they this those though three through thus to " +
    "too toward towards two under up upon us use used uses using very via was we well were what when where whether " +
    "which while who whose why will with within without would yet you your"
  ).split(" "),
);
const CJK = "\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7af";
const WORD = new RegExp(`[${CJK}]+|(?:(?![${CJK}])[\\p{L}\\p{N}])+`, "gu");
const IS_CJK = new RegExp(`^[${CJK}]`, "u");

/** Return the text in lower case and compatibility form, without marks and possessive endings. @param {string} text */
export function fold(text) {
  // eslint-disable-next-line no-control-regex
  const ascii = /^[\x00-\x7f]*$/.test(text);
  const plain = ascii ? text : text.normalize("NFKD").replace(/\p{M}/gu, "").normalize("NFC");
  return plain.toLowerCase().replace(/['’]s(?![\p{L}\p{N}_])/gu, "");
}

// Porter2 keeps the s of a plural without vowels: LLMs, VLMs.
const ACRONYMS = /^([b-df-hj-np-tv-xz]{2,}[b-df-hj-np-rtvwxz])s$/;
/** @type {Map<string, string>} */
const STEMS = new Map();
const MOST_STEMS = 20_000;

/** Return the Porter2 stem of a word of ASCII letters; other words stay unchanged. @param {string} word @returns {string} */
export function stem(word) {
  let known = STEMS.get(word);
  if (known === undefined) {
    known = /^[a-z]+$/.test(word) ? /** @type {string} */ (porter2(word)).replace(ACRONYMS, "$1") : word;
    if (STEMS.size > MOST_STEMS) STEMS.clear();
    STEMS.set(word, known);
  }
  return known;
}

/**
 * Return the words of a folded text, each with whether only a hyphen or a space stands before it.
 * @param {string} text
 * @returns {{word: string, near: boolean}[]}
 */
export function split(text) {
  const found = [];
  let end = 0;
  for (const match of text.matchAll(WORD)) {
    const word = match[0];
    const near = match.index - end === 1 && (text[end] === "-" || text[end] === " ");
    end = match.index + word.length;
    const signs = [...word];
    if (IS_CJK.test(word) && signs.length > 2) {
      for (let at = 0; at < signs.length - 1; at += 1) found.push({ word: signs[at] + signs[at + 1], near: false });
    } else {
      found.push({ word, near });
    }
  }
  return found;
}

/** Return whether a word may be part of a compound such as `multi-modal`. @param {string} word */
export function isPart(word) {
  return word.length >= 2 && !STOP_WORDS.has(word);
}

/** Return only the folded letters and digits of a text. @param {string} text */
export function squeeze(text) {
  return (fold(text).match(WORD) ?? []).join("");
}

/** Return eight hexadecimal digits of a squeezed title (FNV-1a, 32 bits, over UTF-8). @param {string} text */
export function hashName(text) {
  let value = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) value = Math.imul(value ^ byte, 0x01000193) >>> 0;
  return value.toString(16).padStart(8, "0");
}
