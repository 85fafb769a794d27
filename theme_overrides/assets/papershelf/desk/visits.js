/** Shows papers added since the reader's last visit: counts on the home page and topics, marks in lists. */

import { sayNumber, siteUrl } from "../shared/site.js";
import { CARD, paperOf } from "./cards.js";

/**
 * @typedef {{day: string, ids: string[]}} Seen the newest day that a reader has seen, and the papers of it
 * @typedef {{base: Seen, seen: Seen, at: number}} Visit
 * @typedef {{topics: string[], days: [string, [string, number[]][]][], more: number}} Arrivals
 */

const KEY = `${siteUrl("").pathname}.visit`;
const PAUSE = 30 * 60_000; // a visit ends after half an hour without a page

/** @returns {Visit | null} */
function load() {
  try {
    const visit = JSON.parse(localStorage.getItem(KEY) ?? "null");
    const whole = [visit?.base, visit?.seen].every((seen) => typeof seen?.day === "string" && Array.isArray(seen.ids)) && typeof visit.at === "number";
    return whole ? visit : null;
  } catch {
    return null;
  }
}

/** Return the papers added after those that the reader has seen. @param {Arrivals} arrivals @param {Seen} seen */
export function listNew({ days }, seen) {
  return days.flatMap(([day, papers]) => (day < seen.day ? [] : day > seen.day ? papers : papers.filter(([id]) => !seen.ids.includes(id))));
}

/** @param {Arrivals} arrivals @param {[string, number[]][]} papers @param {boolean} all whether the file reaches back to the last visit */
function show(arrivals, papers, all) {
  const line = document.querySelector(".ps-since");
  const many = label("count.papers", { count: sayNumber(papers.length) });
  const some = all ? label("since.new", { papers: many }) : label("since.many", { papers: many });
  const text = papers.length ? some : label("since.none");
  if (line) (line.querySelector("a") ?? line).textContent = text;
  const ids = new Set(papers.map(([id]) => id));
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const [, topics] of papers) for (const topic of topics) counts.set(arrivals.topics[topic], (counts.get(arrivals.topics[topic]) ?? 0) + 1);
  for (const count of document.querySelectorAll(".ps-page--home .ps-count, .ps-page--topics .ps-count")) {
    const link = count.parentElement?.querySelector("a");
    const number = counts.get(/\/topics\/([^/]+?)(?:\.html|\/)?$/.exec(new URL(link?.href ?? location.href).pathname)?.[1] ?? "");
    if (number) count.append(label("since.count", { number }));
  }
  const mark = () => {
    for (const card of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(`${CARD}:not([data-new])`))) {
      if (!ids.has(paperOf(card)?.id ?? "")) continue;
      card.dataset.new = "";
      const unseen = document.createElement("span");
      unseen.className = "ps-unseen";
      unseen.textContent = `${label("since.mark")} `;
      card.querySelector("p")?.prepend(unseen);
    }
  };
  mark();
  document.addEventListener("papershelf:cards", mark);
}

/** Compare the shelf with the papers seen before, and store those seen now. */
async function visit() {
  const answer = await fetch(siteUrl("new/arrivals.json"), { cache: "no-cache" });
  if (!answer.ok) return;
  /** @type {Arrivals} */
  const arrivals = await answer.json();
  const [day = "", papers = []] = arrivals.days[0] ?? [];
  const seen = { day, ids: papers.map(([id]) => id) };
  const known = load();
  const now = Date.now();
  const base = !known ? seen : now - known.at > PAUSE ? known.seen : known.base;
  try {
    localStorage.setItem(KEY, JSON.stringify({ base, seen, at: now }));
  } catch {
    return; // without a memory there is no last visit
  }
  const oldest = arrivals.days.at(-1)?.[0] ?? "";
  if (known) show(arrivals, listNew(arrivals, base), !arrivals.more || base.day > oldest);
}

if (document.querySelector(".ps-page--home, .ps-page--topics, .ps-page--new, .ps-page--list")) void visit().catch(() => {});
