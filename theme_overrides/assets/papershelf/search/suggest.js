/** Suggestions under the search box, loaded when a reader enters it. */

import { say } from "../shared/say.js";
import { STATUSES, make, markWords } from "../shared/show.js";
import { pageUrl, sayNumber } from "../shared/site.js";
import { openEngine, withEngine } from "./open.js";

const form = /** @type {HTMLFormElement | null} */ (document.querySelector(".ps-box"));
const input = /** @type {HTMLInputElement | null} */ (form?.querySelector("input") ?? null);
const list = make("div", { class: "ps-suggestions", id: "ps-suggestions", role: "listbox", "aria-label": label("suggest.title") });
const onSearchPage = Boolean(document.querySelector("#ps-search"));
const SUGGESTED = 6;
const FEW = 2;
const PAUSE = 700;
let asked = 0;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let pause;

list.hidden = true;
form?.append(list);
for (const [name, value] of Object.entries({
  type: "text",
  enterkeyhint: "search",
  autocomplete: "off",
  spellcheck: "false",
  role: "combobox",
  "aria-expanded": "false",
  "aria-autocomplete": "list",
  "aria-controls": list.id,
}))
  input?.setAttribute(name, value);

/** @param {number} index */
function choose(index) {
  if (!input || !list) return;
  const options = [...list.children];
  const at = options.length ? (index + options.length) % options.length : -1;
  options.forEach((option, n) => option.setAttribute("aria-selected", String(n === at)));
  if (at >= 0) {
    input.setAttribute("aria-activedescendant", options[at].id);
    options[at].scrollIntoView({ block: "nearest" });
  } else input.removeAttribute("aria-activedescendant");
}

function chosen() {
  return list ? [...list.children].findIndex((option) => option.getAttribute("aria-selected") === "true") : -1;
}

/** Choose none: who types on means what is typed. */
function letGo() {
  for (const option of list.children) option.setAttribute("aria-selected", "false");
  input?.removeAttribute("aria-activedescendant");
}

function close() {
  asked += 1;
  clearTimeout(pause);
  if (!input || !list) return;
  list.hidden = true;
  list.replaceChildren();
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}

/** Return the address of a search. @param {string} query */
function searchFor(query) {
  const url = pageUrl("search");
  url.searchParams.set("q", query);
  return url.href;
}

/** @param {import("./engine.js").Engine} engine @param {string} text */
async function look(engine, text) {
  const results = await engine.search(text, { typing: true });
  const [cards, authors] = await Promise.all([engine.cards(results.documents.slice(0, SUGGESTED)), engine.authors(text, FEW)]);
  return { engine, results, cards, authors };
}

/** Tell screen readers once the typing pauses. @param {string} text */
function sayLater(text) {
  clearTimeout(pause);
  pause = setTimeout(() => say(text), PAUSE);
}

async function suggest() {
  if (!input || !list || onSearchPage) return;
  const text = input.value;
  const turn = ++asked;
  if (!text.trim()) return close();
  try {
    const { engine, results, cards, authors } = await withEngine((engine) => look(engine, text));
    if (turn !== asked) return;
    const word = text.trim().toLowerCase();
    const topics = engine.manifest.topics.filter((/** @type {string[]} */ [, name]) => name.toLowerCase().includes(word)).slice(0, FEW);
    const options = [
      ...topics.map((/** @type {string[]} */ [id, name]) => ({
        href: pageUrl(`topics/${id}`).href,
        parts: [make("span", {}, markWords(name, results.marks)), make("small", {}, label("facet.topic"))],
      })),
      ...authors.map(({ name, papers }) => ({
        href: searchFor(`author:"${name.replaceAll('"', "")}"`),
        parts: [make("span", {}, markWords(name, results.marks)), make("small", {}, label("suggest.author", { papers: label("count.papers", { count: sayNumber(papers) }) }))],
      })),
      ...cards.map((card) => ({
        href: pageUrl(`papers/${card.id}`).href,
        parts: [make("span", {}, markWords(card.title, results.marks)), ...(card.status === "active" ? [] : [make("small", {}, STATUSES[card.status])])],
      })),
    ];
    const held = /** @type {HTMLAnchorElement | undefined} */ (list.children[chosen()])?.href;
    input.removeAttribute("aria-activedescendant");
    list.replaceChildren(...options.map(({ href, parts }, n) => make("a", { role: "option", id: `ps-option-${n}`, href, tabindex: "-1", "aria-selected": "false" }, ...parts)));
    list.hidden = !options.length;
    const same = options.findIndex(({ href }) => href === held);
    if (same >= 0) choose(same);
    input.setAttribute("aria-expanded", String(Boolean(options.length)));
    sayLater(label("suggest.found", { papers: label("count.papers", { count: sayNumber(results.total) }), number: options.length }));
  } catch (fault) {
    if (turn === asked) {
      close();
      sayLater(label("suggest.failed", { fault: fault instanceof Error ? fault.message : fault }));
    }
  }
}

input?.addEventListener("input", () => {
  letGo();
  void suggest();
});
input?.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    choose(event.key === "ArrowDown" ? chosen() + 1 : Math.max(0, chosen()) - 1);
  } else if (event.key === "Enter" && chosen() >= 0) {
    event.preventDefault();
    /** @type {HTMLAnchorElement | undefined} */ (list?.children[chosen()])?.click();
  } else if (event.key === "Escape") {
    event.preventDefault();
    close();
    input.blur();
  }
});
form?.addEventListener("focusout", (event) => {
  if (!form.contains(/** @type {Node | null} */ (event.relatedTarget))) close();
});

void openEngine().catch(() => {});
if (input?.value && document.activeElement === input) void suggest();
