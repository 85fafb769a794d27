/** A list of results that grows while a reader scrolls and never holds thousands of nodes. */

import { countOf, make, showCard } from "./show.js";

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
    new IntersectionObserver(([entry]) => {
      if (entry.isIntersecting && this.to) this.#grow();
    }).observe(this.more);
  }

  /** Show the first results of an answer in place of what stands there. @param {import("./engine.js").Engine} engine @param {import("./engine.js").Results} found */
  async show(engine, found) {
    this.engine = engine;
    this.found = found;
    this.from = 0;
    this.to = 0;
    this.turn += 1;
    await this.#add([]);
  }

  #grow() {
    this.#add([...this.list.children]).catch(this.onFault);
  }

  /** Add the next results behind the nodes that stay; past two hundred, the first ones go. @param {Element[]} kept */
  async #add(kept) {
    const { engine, found, turn, to } = this;
    if (!engine || !found) return;
    const next = found.documents.slice(to, to + BATCH);
    const cards = await engine.cards(next);
    if (turn !== this.turn || to !== this.to) return;
    const nodes = [...kept, ...cards.map((card) => showCard(card, found.marks))];
    this.to = to + next.length;
    const surplus = Math.max(0, nodes.length - MOST_NODES);
    this.from += surplus;
    if (kept.length && !surplus) this.list.append(...nodes.slice(kept.length));
    else this.list.replaceChildren(...nodes.slice(surplus));
    this.#showWays(found);
  }

  /** @param {import("./engine.js").Results} found */
  #showWays(found) {
    const ways = [];
    if (this.to < found.documents.length) {
      const more = make("button", { type: "button", class: "md-button" }, `More of ${countOf(found.total, "paper")}`);
      more.addEventListener("click", () => this.#grow());
      ways.push(more);
    }
    if (this.from && this.engine) {
      const top = make("button", { type: "button", class: "md-button" }, "Back to the first results");
      const { engine } = this;
      top.addEventListener("click", () => this.show(engine, found).catch(this.onFault));
      ways.push(" ", top);
    }
    this.more.replaceChildren(...ways);
  }
}
