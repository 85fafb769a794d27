/** Matches references with papers on the shelf, first by identifier, then by title, and gives the reason. Independent of the page. */

import { nameIdentifier, shortenUrl } from "../shared/identifiers.js";
import { STOP_WORDS, fold, split, squeeze, stem } from "../shared/words.js";
import { PREPRINT } from "./reference.js";

/**
 * @typedef {import("../search/engine.js").Engine} Engine
 * @typedef {import("./reference.js").Reference} Reference
 * @typedef {"withdrawn" | "newer" | "perhaps" | "here" | "missing"} State
 * @typedef {{reference: Reference, state: State, reason: string, document: number, card: any, said: string, update: number}} Verdict
 * `said` is what a reader has to know of the paper, `update` the document whose entry is better than the reader's, or -1.
 */

const AT_ONCE = 100;
const REASONS = /** @type {Record<string, string>} */ ({ doi: label("match.doi"), arxiv: label("match.arxiv"), openreview: label("match.openreview"), url: label("match.address") });
const YEARS_APART = 2;
const SHORTEST_BEGINNING = 8;
const ALIKE = 0.6;
const NEAR = 0.7; // share of common words
const FEWEST_FIRST = 3; // words with which a longer title may begin
const SUBTITLE = /[:?!–—]\s|\s-\s/;
const WHERE_IT_LIVES = ["page", "pdf", "project"];

/** Yield the verdicts on references, several at a time, in order. @param {Engine} engine @param {Reference[]} references @returns {AsyncGenerator<Verdict[]>} */
export async function* matchReferences(engine, references) {
  for (let at = 0; at < references.length; at += AT_ONCE) {
    const some = references.slice(at, at + AT_ONCE);
    const found = await engine.find(some.flatMap(({ names, titles }) => [...names, ...titles]));
    yield Promise.all(some.map((reference) => judge(engine, reference, found)));
  }
}

/** @param {Engine} engine @param {Reference} reference @param {Map<string, number[]>} found @returns {Promise<Verdict>} */
async function judge(engine, reference, found) {
  const match = (await matchNames(engine, reference, found)) ?? (await matchTitle(engine, reference, found)) ?? (await matchAlike(engine, reference));
  if (!match) return { reference, state: "missing", reason: "", document: -1, card: null, said: "", update: -1 };
  const { document, card, reason, sure } = match;
  const verdict = { reference, document, card, reason, said: "", update: -1 };
  const { state, said, update } = await compare(engine, reference, document, card);
  return sure ? { ...verdict, state, said, update } : { ...verdict, state: "perhaps", said };
}

/**
 * Return the paper that an identifier of a reference names. Hashes of 32 bits found it, so the title must agree as well;
 * where it does not, the record must really have the identifier, and a person decides.
 * @param {Engine} engine @param {Reference} reference @param {Map<string, number[]>} found
 */
async function matchNames(engine, reference, found) {
  const hits = reference.names.flatMap((name) => (found.get(name) ?? []).map((document) => ({ name, document })));
  const cards = await engine.cards(hits.map(({ document }) => document));
  const at = cards.findIndex((card) => reference.title && isAlike(reference.title, card.title));
  if (at >= 0) return { ...hits[at], card: cards[at], reason: REASONS[kindOf(hits[at].name)], sure: true };
  for (const [n, { name, document }] of hits.entries()) {
    const [{ links = {} }] = await engine.records([document]);
    if (!listNames(links).includes(name)) continue;
    const reason = REASONS[kindOf(name)];
    return { document, card: cards[n], reason: reference.title ? label("match.other_title", { reason }) : reason, sure: !reference.title };
  }
  return null;
}

/** @param {string} name */
function kindOf(name) {
  return name.split(":", 1)[0];
}

/** Return the identities of a record in the form of the index. @param {Record<string, string | string[]>} links */
function listNames(links) {
  const identifiers = /** @type {const} */ (["doi", "arxiv", "openreview"]).flatMap((kind) => [links[kind] ?? []].flat().flatMap((value) => nameIdentifier(kind, value)));
  return [...identifiers, ...WHERE_IT_LIVES.flatMap((kind) => links[kind] ?? []).map((url) => `url:${shortenUrl(url)}`)];
}

/** Return the paper with the same title; with another year or first author, it may be a different one. @param {Engine} engine @param {Reference} reference @param {Map<string, number[]>} found */
async function matchTitle(engine, reference, found) {
  const documents = [...new Set(reference.titles.flatMap((title) => found.get(title) ?? []))];
  const cards = await engine.cards(documents);
  const same = documents
    .map((document, n) => ({ document, card: cards[n] }))
    .filter(({ card }) => reference.titles.includes(squeeze(card.title)))
    .map((match) => ({ ...match, doubt: findDoubt(reference, match.card) }));
  const best = same.find(({ doubt }) => !doubt) ?? same[0];
  return best && { ...best, reason: best.doubt ? label("match.doubt", { doubt: best.doubt }) : label("match.title"), sure: !best.doubt };
}

/** Return a paper whose title is longer than that of a reference, or a word apart; a person decides. @param {Engine} engine @param {Reference} reference */
async function matchAlike(engine, reference) {
  if (!reference.title) return null;
  const documents = await engine.titled(reference.title);
  const cards = await engine.cards(documents);
  const at = cards.findIndex((card) => isNear(reference.title, card.title) && !isOther(reference, card));
  return at < 0 ? null : { document: documents[at], card: cards[at], reason: label("match.similar"), sure: false };
}

/** Return whether two titles share most of their words, or one is the other up to its subtitle, or its first words. @param {string} one @param {string} two */
function isNear(one, two) {
  const [short, long] = [one, two].map(listWords).sort((a, b) => a.join("").length - b.join("").length);
  const begins = squeeze(long.join(" ")).startsWith(squeeze(short.join(" ")));
  if (begins && short.length >= FEWEST_FIRST) return true;
  if ([one, two].some((title, n) => squeeze(title.split(SUBTITLE, 1)[0]) === squeeze(n ? one : two))) return true;
  const [a, b] = [short, long].map((words) => new Set(words.map(stem)));
  const shared = [...a].filter((word) => b.has(word)).length;
  return shared / Math.max(1, a.size + b.size - shared) >= NEAR;
}

/** Return the words of a title that are more than an article or a preposition. @param {string} title */
function listWords(title) {
  return split(fold(title)).flatMap(({ word }) => (STOP_WORDS.has(word) ? [] : [word]));
}

/** Return whether the year or the first author says that a paper with a similar title is another one. @param {Reference} reference @param {any} card */
function isOther({ year, author }, card) {
  const published = Number(card.published.slice(0, 4));
  if (year && published && Math.abs(year - published) > YEARS_APART) return true;
  return Boolean(author && card.authors.length && !squeeze(card.authors[0]).includes(author));
}

/** Return the reason why a paper with the same title may be a different one, or an empty text. @param {Reference} reference @param {any} card */
function findDoubt({ title, year, author }, card) {
  if (listSigns(title) !== listSigns(card.title)) return label("match.sign");
  const published = Number(card.published.slice(0, 4));
  if (year && published && Math.abs(year - published) > YEARS_APART) return label("match.years", { here: published, yours: year });
  return author && card.authors.length && !squeeze(card.authors[0]).includes(author) ? label("match.author", { author: card.authors[0] }) : "";
}

/** Return the characters of a title that are part of a name, as in 1.5, C++ and C#; generator/text/titles.py has the same rule. @param {string} title */
function listSigns(title) {
  return (title.normalize("NFKC").match(/(?<=\p{Nd})\.(?=\p{Nd})|(?<=[\p{L}\p{N}])[+#]+(?![\p{L}\p{N}+#])/gu) ?? []).join(" ");
}

/** Return whether two titles are equal, one begins with the other, or they share most of their words. @param {string} one @param {string} two */
function isAlike(one, two) {
  const [short, long] = [squeeze(one), squeeze(two)].sort((a, b) => a.length - b.length);
  if (short === long || (short.length >= SHORTEST_BEGINNING && long.startsWith(short))) return true;
  const [a, b] = [one, two].map((title) => new Set(split(fold(title)).map(({ word }) => word)));
  const shared = [...a].filter((word) => b.has(word)).length;
  return shared / Math.max(1, a.size + b.size - shared) >= ALIKE;
}

/**
 * Return whether the shelf knows more than a reference says, and what a reader has to know of it.
 * @param {Engine} engine @param {Reference} reference @param {number} document @param {any} card
 * @returns {Promise<{state: State, said: string, update: number}>}
 */
async function compare(engine, reference, document, card) {
  const gone = ["withdrawn", "removed"].includes(card.status);
  if (card.status === "active" && !reference.preprint) return { state: "here", said: "", update: -1 };
  const [record] = await engine.records([document]);
  if (gone) return { state: "withdrawn", said: sayGone(card.status, record.status_note), update: -1 };
  if (card.status === "superseded") return replaced(engine, record);
  const where = isPublished(record) ? [record.venue, card.published.slice(0, 4)].filter(Boolean).join(label("shared.comma")) : "";
  const said = where ? label("match.published", { where }) : "";
  return said ? { state: "newer", said, update: document } : { state: "here", said: "", update: -1 };
}

/** Return the status of a paper. @param {string} status withdrawn or removed @param {string} [note] the reason */
function sayGone(status, note) {
  if (status === "removed") return note ? label("match.removed_because", { note }) : label("match.removed");
  return note ? label("paper.was_withdrawn_because", { note }) : label("paper.was_withdrawn");
}

/** @param {Engine} engine @param {{superseded_by?: string, status_note?: string}} record @returns {Promise<{state: State, said: string, update: number}>} */
async function replaced(engine, { superseded_by: id, status_note: note }) {
  const update = id ? ((await engine.documentsOf([id])).get(id) ?? -1) : -1;
  return { state: "newer", said: note ? label("paper.was_superseded_because", { note }) : label("paper.was_superseded"), update };
}

/** Return whether a record has a venue other than a preprint archive. @param {any} record */
function isPublished({ venue = "", venue_type: type = "" }) {
  return Boolean(venue) && type !== "preprint" && !PREPRINT.test(venue);
}

/** Return the shelf's BibTeX entry of a document with the given key. @param {Engine} engine @param {number} document @param {string} key */
export async function renderEntry(engine, document, key) {
  const { text } = await engine.exportAs([document], "bibtex");
  return `${text.trim().replace(/^(@\w+\{)[^,]*/, (_, head) => head + key)}\n`;
}
