/** The list next to the map: the selected papers or those in view, with actions for all of them. */

import { ResultList } from "../search/results.js";
import { FORMATS, saveAs } from "../shared/save.js";
import { make } from "../shared/show.js";
import { pageUrl } from "../shared/site.js";

const LISTED = 200;

/** @typedef {{documents: number[], what: string, name: string, search: Record<string, string> | null}} Shown */

/** @type {Shown} */
const NONE = { documents: [], what: "", name: "", search: null };

export class Panel {
  /** @param {() => Promise<import("../search/engine.js").Engine>} open @param {(fault: unknown) => void} onFault @param {() => void} onClose */
  constructor(open, onFault, onClose) {
    this.open = open;
    this.onFault = onFault;
    /** @type {Shown} */
    this.shown = NONE;
    this.title = make("h2", { tabindex: "-1" });
    this.cut = make("p", { class: "ps-map__cut" });
    const options = Object.entries({ "": label("shared.download"), ...FORMATS }).map(([value, name]) => make("option", { value }, name));
    this.take = /** @type {HTMLSelectElement} */ (make("select", { "aria-label": label("shared.download_list") }, ...options));
    this.keep = /** @type {HTMLButtonElement} */ (make("button", { type: "button" }, label("map_view.save")));
    this.search = /** @type {HTMLAnchorElement} */ (make("a", {}, label("map_view.open")));
    const close = make("button", { type: "button", "aria-label": label("map_view.close") }, "×");
    this.results = new ResultList(onFault);
    this.root = make(
      "section",
      { class: "ps-map__panel", "aria-label": label("map_view.papers"), hidden: "" },
      make("div", { class: "ps-map__head" }, this.title, close),
      this.cut,
      make("div", { class: "ps-map__ways" }, this.take, this.keep, this.search),
      this.results.list,
      this.results.more,
    );
    this.take.addEventListener("change", () => this.#save().catch(onFault));
    this.keep.addEventListener("click", () => this.#keep().catch(onFault));
    close.addEventListener("click", onClose);
  }

  /** Show papers, or nothing; a list that stands already stays, with the place and the focus a reader has in it. @param {Shown | null} shown */
  async show(shown) {
    this.root.hidden = !shown;
    const same = shown?.what === this.shown.what && String(shown.documents) === String(this.shown.documents);
    this.shown = shown ?? NONE;
    if (!shown || same) return;
    const { documents, what, search } = shown;
    this.title.textContent = what;
    this.cut.textContent = documents.length > LISTED ? label("map_view.cut", { number: LISTED }) : "";
    this.take.hidden = !documents.length;
    this.keep.hidden = !documents.length || document.documentElement.dataset.desk === undefined;
    this.search.hidden = !search;
    if (search) this.search.href = `${pageUrl("search").href}?${new URLSearchParams(search)}`;
    const listed = documents.slice(0, LISTED);
    try {
      await this.results.show(await this.open(), {
        documents: listed,
        total: listed.length,
        counts: null,
        facets: new Map(),
        problems: [],
        mended: [],
        marks: [],
        meant: false,
        related: [],
        full: -1,
        sort: "newest",
      });
    } catch (fault) {
      this.shown = NONE;
      throw fault;
    }
  }

  async #save() {
    const format = this.take.value;
    this.take.value = "";
    if (format) await saveAs(await this.open(), this.shown.documents, format);
  }

  /** Hand the whole list to the reader's desk. */
  async #keep() {
    const { text } = await (await this.open()).exportAs(this.shown.documents, "jsonl");
    const ids = text
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line).id);
    this.keep.dispatchEvent(new CustomEvent("papershelf:list", { detail: { ids, name: this.shown.name }, bubbles: true }));
  }
}
