/** A list of results that grows while a reader scrolls and never holds thousands of nodes. */

import { make, showCard } from "../shared/show.js";
import { sayNumber } from "../shared/site.js";

const FIRST = 6; // results that come at once: what a screen shows
const BATCH = 20;
const MOST_NODES = 200;

/** The list, and below it the way to more. */
export class ResultList {
  /** @param {(fault: unknown) => void} onFault */
  constructor(onFault) {
    this.onFault = onFault;
    this.list = make("ul", { class: "ps-results" });
    this.more = make("div", { class: "ps-more" });
    this.from = 0;
    this.to = 0;
    this.turn = 0;
    /** @type {import("./engine.js").Results | undefined} */
    this.found = undefined;
    /** @type {import("./engine.js").Engine | undefined} */
    this.engine = undefined;
    const ahead = { rootMargin: "0px 0px 50% 0px" }; // who goes down the list does not wait at its end
    this.observer = new IntersectionObserver((entries) => {
      if (entries.at(-1)?.isIntersecting) this.#grow(); // a busy browser tells of several moments at once
    }, ahead);
  }

  /**
   * Show the first results of an answer in place of what stands there; or, of a better answer to the same question, as many
   * as stand there, with the paper that the reader is looking at in its place. Those from `from` to `shown` are shown where a reader comes back to them.
   * @param {import("./engine.js").Engine} engine @param {import("./engine.js").Results} found @param {boolean} [better] @param {{from?: number, shown?: number}} [before]
   */
  async show(engine, found, better = false, { from = 0, shown = FIRST } = {}) {
    const seen = better ? this.#findSeen() : undefined;
    const place = seen ? found.documents.indexOf(seen.document) : -1;
    const number = better ? Math.min(MOST_NODES, Math.max(FIRST, this.to, place < 0 ? 0 : place + BATCH)) : Math.min(MOST_NODES, shown - from);
    this.engine = engine;
    this.found = found;
    this.from = from;
    this.to = from;
    this.turn += 1;
    await this.#add(true, number);
    const same = this.found === found && seen && this.list.children[place];
    if (same) scrollBy({ top: same.getBoundingClientRect().top - seen.top, behavior: "instant" });
  }

  /** Return the document at the top of the screen, where a reader has gone down the list, and where it stands. */
  #findSeen() {
    const at = [...this.list.children].findIndex((one) => one.getBoundingClientRect().top >= 0);
    if (at < 1 || !this.found) return undefined;
    return { document: this.found.documents[this.from + at], top: this.list.children[at].getBoundingClientRect().top };
  }

  /** Go on from the first results of an answer, which stand in the list already. @param {import("./engine.js").Engine} engine @param {import("./engine.js").Results} found */
  adopt(engine, found) {
    this.engine = engine;
    this.found = found;
    this.to = this.list.children.length;
    this.turn += 1;
    for (const one of this.list.children) one.className = "ps-result";
    this.#showWays(found);
    this.observer.observe(this.more);
  }

  #grow() {
    if (!this.to) return; // others are on their way in the place of these
    this.#add(false).catch(this.onFault);
  }

  /** Add the next results, in place of all others or behind them; past two hundred nodes the first ones go, and nothing moves. @param {boolean} afresh @param {number} [number] */
  async #add(afresh, number = BATCH) {
    const { engine, found, turn, to, list } = this;
    if (!engine || !found) return;
    const next = found.documents.slice(to, to + number);
    const cards = await engine.cards(next);
    await /** @type {any} */ (globalThis).scheduler?.yield?.(); // a slow phone reads in one turn and draws in another
    if (turn !== this.turn || to !== this.to) return;
    const held = afresh ? addressIn(list) : "";
    if (afresh) list.replaceChildren();
    const shown = cards.map((card, n) => showCard(card, found.marks, found.related.includes(next[n])));
    const goesOn = this.more.contains(document.activeElement); // its button is about to be replaced
    list.append(...shown);
    list.dispatchEvent(new Event("papershelf:cards", { bubbles: true }));
    this.to = to + next.length;
    const kept = list.children[list.children.length - MOST_NODES];
    if (kept) {
      const before = kept.getBoundingClientRect().top;
      while (list.firstElementChild && list.firstElementChild !== kept) {
        list.firstElementChild.remove();
        this.from += 1;
      }
      scrollBy(0, kept.getBoundingClientRect().top - before);
    }
    this.#showWays(found);
    const reached = shown.find((one) => held && addressOf(one) === held) ?? (goesOn || held ? shown[0] : undefined);
    reached?.querySelector("a")?.focus({ preventScroll: !goesOn });
    this.observer.unobserve(this.more);
    this.observer.observe(this.more);
  }

  /** @param {import("./engine.js").Results} found */
  #showWays(found) {
    const ways = [];
    if (this.to < found.documents.length) {
      const more = make("button", { type: "button", class: "ps-button" }, label("results.more", { papers: label("count.papers", { count: sayNumber(found.total) }) }));
      more.addEventListener("click", () => this.#grow());
      ways.push(more);
    }
    if (this.from && this.engine) {
      const top = make("button", { type: "button", class: "ps-button" }, label("results.first"));
      const { engine } = this;
      top.addEventListener("click", () => this.show(engine, found).catch(this.onFault));
      ways.push(" ", top);
    }
    this.more.replaceChildren(...ways);
  }
}

/** Return the address of the paper of a list that has the focus, or nothing. @param {Element} list */
function addressIn(list) {
  const active = document.activeElement;
  return (list.contains(active) && addressOf(active?.closest("li"))) || "";
}

/** @param {Element | null | undefined} result */
function addressOf(result) {
  return result?.querySelector("a")?.href ?? "";
}
