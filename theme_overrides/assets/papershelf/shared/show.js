/** Results to nodes; text only ever enters as text. */

import { pageUrl, sayNumber } from "./site.js";
import { fold, stem } from "./words.js";

/**
 * Return an element with attributes and children.
 * @param {string} name @param {Record<string, string>} [attributes] @param {(Node | string)[]} children
 */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** Return a text with the words that a query matched in `mark` elements. @param {string} text @param {string[]} marks */
export function markWords(text, marks) {
  const stems = new Set(marks.map(stem));
  const parts = document.createDocumentFragment();
  let between = "";
  for (const part of marks.length ? text.split(/([\p{L}\p{N}]+)/u) : [text]) {
    const word = marks.length ? fold(part) : "";
    const hit = word && (stems.has(stem(word)) || marks.some((mark) => mark.length > 2 && word.startsWith(mark)));
    if (!hit) {
      between += part;
      continue;
    }
    parts.append(between, make("mark", {}, part));
    between = "";
  }
  parts.append(between);
  return parts;
}

/** @param {number} number @param {string} one */
export function countOf(number, one) {
  return `${sayNumber(number)} ${one}${number === 1 ? "" : "s"}`;
}

const KINDS = /** @type {Record<string, string>} */ ({ survey: "Survey", benchmark: "Benchmark", dataset: "Dataset", system: "System" });
const HAS = /** @type {Record<string, string>} */ ({ code: "Code", data: "Data", model: "Model" });
const MONTHS = "January February March April May June July August September October November December".split(" ");

/** Return a date as people write it. @param {string} date */
export function sayDate(date) {
  const [year, month, day] = date.split("-");
  return [day && String(Number(day)), month && MONTHS[Number(month) - 1], year].filter(Boolean).join(" ");
}

/** Return the authors for a list: up to three names, else the first; only their number if no names are known. @param {any} card */
export function sayAuthors({ authors, authorCount }) {
  if (authors.length) return authors.length > 3 || authorCount > authors.length ? `${authors[0]} et al.` : authors.join(", ");
  return authorCount ? countOf(authorCount, "author") : "";
}

/** Return what became of a paper, as a word. @param {any} card */
export function sayStatus({ status }) {
  return status[0].toUpperCase() + status.slice(1);
}

/** Return a paper as it stands in a list of results. @param {any} card @param {string[]} marks @param {boolean} [related] whether only meaning found it */
export function showCard(card, marks, related = false) {
  const facts = [related ? "Related by meaning" : "", sayDate(card.published), sayAuthors(card), KINDS[card.kind] ?? "", ...card.has.map((/** @type {string} */ h) => HAS[h])];
  const title = make("a", { href: pageUrl(`papers/${card.id}`).href }, markWords(card.title, marks));
  const head = make("p", {}, title);
  if (card.status !== "active") head.append(" ", make("span", { class: "ps-status" }, sayStatus(card)));
  const line = make("small", { class: "ps-facts" }, ...facts.filter(Boolean).map((fact) => make("span", {}, fact)));
  for (const [id, name] of card.topics.slice(0, 3)) {
    line.append(make("span", { class: "ps-topic" }, make("a", { href: pageUrl(`topics/${id}`).href }, name)));
  }
  const text = card.text ? [make("span", { class: "ps-teaser" }, markWords(card.text, marks))] : [];
  head.append(...text);
  return make("li", { class: "ps-result" }, head, make("p", {}, line));
}
