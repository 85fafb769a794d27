/** The report of a bibliography check as nodes: filters, downloads, and one item for each reference. */

import { make } from "../shared/show.js";
import { pageUrl, sayNumber } from "../shared/site.js";
import { renderEntry } from "./match.js";

/**
 * @typedef {import("./match.js").Verdict} Verdict
 * @typedef {import("./bibtex.js").Fault} Fault
 */

const BATCH = 100;
const STATES = /** @type {Record<string, string>} */ ({
  withdrawn: label("status.withdrawn"),
  newer: label("report.newer"),
  perhaps: label("report.perhaps"),
  here: label("report.here"),
  missing: label("report.missing"),
  faulty: label("report.faulty"),
});

/** A report of the verdicts on references and of unreadable entries. */
export class Report {
  /** @param {import("../search/engine.js").Engine} engine @param {Verdict[]} verdicts @param {Fault[]} faults @param {(said: string) => void} say */
  constructor(engine, verdicts, faults, say) {
    this.engine = engine;
    this.say = say;
    const order = Object.keys(STATES);
    this.verdicts = [...verdicts].sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
    this.faults = faults;
    this.list = make("ul", { class: "ps-checked" });
    this.more = make("button", { type: "button", class: "ps-button" });
    this.more.addEventListener("click", () => void this.#grow(true));
    this.filters = make("div", { class: "ps-chips", role: "group", "aria-label": label("report.only") });
    this.nodes = [this.filters, this.#makeTakeaways(), this.list, make("p", {}, this.more)];
    this.#fillFilters();
    this.#show("");
  }

  /** @param {string} state */
  #count(state) {
    return state === "faulty" ? this.faults.length : this.verdicts.filter((verdict) => verdict.state === state).length;
  }

  /** Announce in one sentence how many of the references are on the shelf. */
  get summary() {
    const [withdrawn, newer, perhaps, missing, faulty] = ["withdrawn", "newer", "perhaps", "missing", "faulty"].map((state) => this.#count(state));
    const total = this.verdicts.length;
    const here = total - missing - perhaps;
    const parts = [
      label("report.count_here", { count: sayNumber(here), references: label("count.references", { count: sayNumber(total) }) }),
      newer && label("report.count_newer", { count: newer }),
      withdrawn && label("report.count_withdrawn", { count: withdrawn }),
      perhaps && label("report.count_perhaps", { number: perhaps }),
      faulty && label("report.count_faulty", { entries: label("count.entries", { count: sayNumber(faulty) }) }),
    ];
    return label("shared.sentence", { text: parts.filter(Boolean).join(label("shared.comma")) });
  }

  #fillFilters() {
    const all = ["", ...Object.keys(STATES).filter((state) => this.#count(state))];
    for (const state of all) {
      const number = state ? this.#count(state) : this.verdicts.length + this.faults.length;
      const button = make("button", { type: "button", class: "ps-only", "aria-pressed": String(!state) }, `${STATES[state] ?? label("report.all")} `, make("small", {}, sayNumber(number)));
      button.addEventListener("click", () => {
        for (const other of this.filters.children) other.setAttribute("aria-pressed", String(other === button));
        this.#show(state);
        this.say(state ? label("report.shown", { number: sayNumber(number), state: STATES[state] }) : label("report.shown_all", { number: sayNumber(number) }));
      });
      this.filters.append(button);
    }
  }

  #makeTakeaways() {
    const newer = this.verdicts.filter(({ update }) => update >= 0);
    const missing = this.verdicts.filter(({ state }) => state === "missing");
    const line = make("p", { class: "ps-take" });
    if (newer.length) line.append(...this.#makeCopies(label("report.updated", { count: sayNumber(newer.length) }), "updated.bib", () => this.#renderAll(newer)));
    if (missing.length)
      line.append(...this.#makeCopies(label("report.lacking", { count: sayNumber(missing.length) }), "missing.bib", async () => missing.map(({ reference }) => `${reference.entry.raw}\n`).join("\n")));
    return line;
  }

  /** @param {Verdict[]} verdicts */
  async #renderAll(verdicts) {
    const entries = [];
    for (const { update, reference } of verdicts) entries.push(await renderEntry(this.engine, update, reference.entry.key));
    return entries.join("\n");
  }

  /** Return two buttons, which copy and save a text. @param {string} what @param {string} name @param {() => Promise<string>} render */
  #makeCopies(what, name, render) {
    const save = make("button", { type: "button", class: "ps-button" }, label("report.save", { name }));
    save.addEventListener(
      "click",
      () =>
        void this.#do(async () => {
          const link = /** @type {HTMLAnchorElement} */ (make("a", { href: URL.createObjectURL(new Blob([await render()], { type: "application/x-bibtex" })), download: name }));
          link.click();
          setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
          return label("report.saved", { what, name });
        }),
    );
    return [this.#makeCopy(label("report.copy", { what }), what, render), save];
  }

  /** @param {string} text @param {string} what @param {() => Promise<string>} render */
  #makeCopy(text, what, render) {
    const copy = make("button", { type: "button", class: "ps-button", "aria-label": label("report.copy", { what }) }, text);
    copy.addEventListener(
      "click",
      () =>
        void this.#do(async () => {
          await navigator.clipboard.writeText(await render());
          return label("report.copied", { what });
        }),
    );
    return copy;
  }

  /** @param {() => Promise<string>} act and return what was done */
  async #do(act) {
    try {
      this.say(await act());
    } catch (fault) {
      this.say(label("report.failed", { fault: fault instanceof Error ? fault.message : fault }));
    }
  }

  /** @param {string} state the only one that is shown, or all */
  #show(state) {
    const verdicts = this.verdicts.filter((verdict) => !state || verdict.state === state).map((verdict) => () => this.#showVerdict(verdict));
    const faults = this.faults.filter(() => !state || state === "faulty").map((fault) => async () => showFault(fault));
    this.shown = [...verdicts, ...faults];
    this.list.replaceChildren();
    void this.#grow();
  }

  /** Add the next items, and move the focus to the first if the reader requested them. @param {boolean} [asked] */
  async #grow(asked = false) {
    const { shown = [] } = this;
    const at = this.list.children.length;
    const items = await Promise.all(shown.slice(at, at + BATCH).map((item) => item()));
    if (shown !== this.shown || at !== this.list.children.length) return;
    this.list.append(...items);
    if (asked) {
      items[0].tabIndex = -1;
      items[0].focus();
    }
    const left = shown.length - at - items.length;
    this.more.hidden = left <= 0;
    this.more.textContent = label("report.more", { number: Math.min(BATCH, left), total: sayNumber(left) });
  }

  /** @param {Verdict} verdict */
  async #showVerdict({ reference, state, card, reason, said, document, update }) {
    const { entry, title } = reference;
    const name = title || entry.key;
    const head = make(
      "p",
      { class: "ps-head" },
      make("span", { class: "ps-state" }, STATES[state]),
      " ",
      card ? make("a", { href: pageUrl(`papers/${card.id}`).href }, card.title) : make("span", { class: "ps-absent" }, name),
    );
    const item = make("li", { class: `ps-check-item ps-check-item--${state}` }, head);
    if (said) item.append(make("p", { class: "ps-said" }, said, ...(await this.#linkNewer(document, update))));
    if (state === "perhaps") item.append(make("p", {}, make("small", {}, label("report.yours", { name }))));
    const facts = make("small", { class: "ps-facts" }, make("code", {}, entry.key || label("report.no_key")), make("span", {}, label("report.line", { number: sayNumber(entry.line) })));
    if (reason) facts.append(make("span", {}, reason));
    const best = update >= 0 ? update : document;
    if (best >= 0 && state !== "withdrawn") facts.append(this.#makeCopy(label("report.copy_bibtex"), label("report.bibtex", { key: entry.key }), () => renderEntry(this.engine, best, entry.key)));
    item.append(make("p", {}, facts));
    return item;
  }

  /** Return a link to the paper that replaces another. @param {number} document @param {number} update */
  async #linkNewer(document, update) {
    if (update < 0 || update === document) return [];
    const [card] = await this.engine.cards([update]);
    return [` ${label("report.in_place")} `, make("a", { href: pageUrl(`papers/${card.id}`).href }, card.title)];
  }
}

/** @param {Fault} fault */
function showFault({ line, start, what }) {
  const head = make("p", { class: "ps-head" }, make("span", { class: "ps-state" }, STATES.faulty), " ", make("code", {}, start.split("\n")[0]));
  return make("li", { class: "ps-check-item ps-check-item--faulty" }, head, make("p", { class: "ps-said" }, label("report.fault", { number: sayNumber(line), fault: what })));
}
