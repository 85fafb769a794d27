/** Renders results as nodes; texts are only inserted as text nodes. */

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

// biome-ignore format: a table
export const KINDS = /** @type {Record<string, string>} */ ({
  paper: label("kind.paper"), survey: label("kind.survey"), benchmark: label("kind.benchmark"), dataset: label("kind.dataset"), system: label("kind.system"),
});
const HAS = /** @type {Record<string, string>} */ ({ code: label("link.code"), data: label("link.data"), model: label("link.model") });
// biome-ignore format: a table
export const STATUSES = /** @type {Record<string, string>} */ ({
  active: label("filters.active"), withdrawn: label("status.withdrawn"), superseded: label("status.superseded"), removed: label("status.removed"),
});
const MONTHS = label("date.months").split(" ");

/** Return a date in the site's language. @param {string} date */
export function sayDate(date) {
  const [year, ...rest] = date.split("-");
  const [month, day] = rest.map(Number);
  const name = MONTHS[month - 1];
  if (day) return label("date.day", { day, month, name, year });
  if (month) return label("date.month", { month, name, year });
  return year && label("date.year", { year });
}

/** Return the authors for a list: up to three names, else the first; only their number if no names are known. @param {any} card */
export function sayAuthors({ authors, authorCount }) {
  if (authors.length) return authors.length > 3 || authorCount > authors.length ? label("authors.et_al", { name: authors[0] }) : authors.join(label("list.comma"));
  return authorCount ? label("count.authors", { count: sayNumber(authorCount) }) : "";
}

/** Return a paper as an item of a list of results. @param {any} card @param {string[]} marks @param {boolean} [related] whether only meaning found it */
export function showCard(card, marks, related = false) {
  const kind = card.kind === "paper" ? "" : KINDS[card.kind];
  /** @type {[string, string?][]} */
  const tags = [kind, ...card.has.map((/** @type {string} */ h) => HAS[h])].map((tag) => [tag, "ps-tag"]);
  const own = (card.own ?? []).map((/** @type {string} */ fact) => [fact]);
  /** @type {[string, string?][]} */
  const facts = [[related ? label("results.related") : ""], [card.venue, "ps-venue"], [sayDate(card.published)], [sayAuthors(card)], ...tags, ...own];
  const title = make("a", { href: pageUrl(`papers/${card.id}`).href }, markWords(card.title, marks));
  const head = make("p", {}, title);
  if (card.status !== "active") head.append(" ", make("span", { class: "ps-status" }, STATUSES[card.status]));
  const line = make("small", { class: "ps-facts" }, ...facts.filter(([fact]) => fact).map(([fact, name]) => make("span", name ? { class: name } : {}, fact)));
  for (const [id, name] of card.topics.slice(0, 3)) {
    line.append(make("span", { class: "ps-topic" }, make("a", { href: pageUrl(`topics/${id}`).href }, name)));
  }
  const text = card.text ? [make("span", { class: "ps-teaser" }, markWords(card.text, marks))] : [];
  head.append(...text);
  return make("li", { class: "ps-result" }, head, make("p", {}, line));
}
