/**
 * Search and filter in a place of a page: results, filters beside them, sorting and export. The search page has such a place
 * from the start: the box in its header searches, and everything that a reader chose is in the address.
 */

import { FORMATS, saveAs } from "../shared/save.js";
import { say } from "../shared/say.js";
import { make } from "../shared/show.js";
import { isCompact, pageUrl, sayNumber } from "../shared/site.js";
import { closeEngine, openEngine, withEngine } from "./open.js";
import { listOwn } from "./own.js";
import { fillPanel, makeChips, makeTips } from "./panel.js";
import { ResultList } from "./results.js";
import { SORTS, addressOf, listChosen, readState, toggle, toggleEvery } from "./state.js";

const PAUSE = 500;
// biome-ignore format: a table
const SORTED = /** @type {Record<string, string>} */ ({
  relevance: label("results.sorted_best"), newest: label("results.sorted_newest"), oldest: label("results.sorted_oldest"), title: label("results.sorted_title"),
});

/** @param {string} title @param {Record<string, string>} options */
function makeSelect(title, options) {
  const children = Object.entries(options).map(([value, name]) => make("option", { value }, name));
  return /** @type {HTMLSelectElement} */ (make("select", { "aria-label": title }, ...children));
}

/** Offer the orders of the shelf's own fields, too. @param {HTMLSelectElement} select @param {import("./engine.js").Engine} engine */
function offerOrders(select, engine) {
  for (const { id, name, show } of listOwn(engine.manifest)) {
    const value = `f.${id}`;
    if (!show.includes("sort") || SORTED[value]) continue;
    SORTED[value] = label("results.sorted_own", { name });
    select.append(make("option", { value }, name));
  }
}

/**
 * Make a place of the page a search; `box` is where the reader types, `scope` what all results belong to. `first` is the
 * list that stands there already: it stays until there are results, unless something else was asked for.
 * @param {HTMLElement} root @param {HTMLInputElement} box @param {Record<string, string[]>} [scope] @param {Element} [first]
 */
export function browse(root, box, scope = {}, first) {
  const status = make("p", { class: "ps-status-line", tabindex: "-1" }, location.search ? (root.dataset.wait ?? "") : "");
  const notes = make("div", { class: "ps-notes" });
  const meaning = make("div");
  const chips = make("div", { class: "ps-chips" });
  const sort = makeSelect(label("results.sort"), SORTS);
  const take = makeSelect(label("shared.download_list"), { "": label("shared.download"), ...FORMATS });
  const view = make("button", { type: "button", class: "ps-view", "aria-pressed": String(isCompact()) }, label("page.compact"));
  const panel = make("div", { class: "ps-facets" });
  const drawer = make("details", { class: "ps-drawer" }, make("summary", {}, label("filters.title")), panel, makeTips());
  const results = new ResultList((fault) => showFault(fault));
  let stands = Boolean(first && !location.search);
  if (first && stands) results.list.append(...first.children);
  first?.remove();
  const within = Object.keys(scope).length ? [box] : [];
  root.replaceChildren(
    ...within,
    make("div", { class: "ps-bar-line" }, status, take, sort, view),
    notes,
    chips,
    make("div", { class: "ps-columns" }, drawer, make("div", {}, meaning, results.list, results.more)),
  );
  if (matchMedia("(min-width: 60em)").matches) drawer.setAttribute("open", "");
  const title = document.title;
  let state = readState(location.search);
  /** From which to which results there were when the reader left the page by one of them, which one it was, and where on the screen. @type {{from: number, shown: number, at: number, top: number} | null} */
  let left = history.state?.shown ? history.state : null;
  results.list.addEventListener("click", ({ target }) => {
    const one = target instanceof Element && target.closest("a") && target.closest("li");
    if (one) history.replaceState({ from: results.from, shown: results.to, at: [...results.list.children].indexOf(one), top: one.getBoundingClientRect().top }, "");
  });
  /** @type {import("./engine.js").Results | undefined} */
  let found;
  let turn = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let pause;

  /** @param {import("./state.js").State} next @param {boolean} [typing] */
  function go(next, typing = false) {
    state = next;
    clearTimeout(pause);
    if (typing) pause = setTimeout(() => settle("replaceState"), PAUSE);
    else settle(addressOf(state) === location.pathname + location.search ? "replaceState" : "pushState");
    if (typing) void run(true);
  }

  /** Put the state into the address, and search without guessing how the last word goes on. @param {"pushState" | "replaceState"} how */
  function settle(how) {
    history[how](null, "", addressOf(state));
    void run();
  }

  /** @param {string} facet @param {string} value */
  const onToggle = (facet, value) => go(toggle(state, facet, value));
  /** @param {string} facet */
  const onEvery = (facet) => go(toggleEvery(state, facet));
  /** @param {string} facet @param {string} value */
  const onChip = (facet, value) => {
    onToggle(facet, value);
    status.focus();
  };

  /** @param {boolean} [typing] */
  async function run(typing = false) {
    const now = ++turn;
    if (document.activeElement !== box) box.value = state.q;
    if (!typing) document.title = [state.q, title].filter(Boolean).join(" · ");
    const order = state.q || state.sort !== "relevance" ? state.sort : "newest";
    sort.value = order;
    results.list.setAttribute("aria-busy", "true");
    try {
      const engine = await ask(now, { typing, sort: order, soon: state.meaning && !typing });
      if (typing || !engine) return;
      if (state.meaning && found?.meant) await ask(now, { sort: order, meaning: true }).catch(() => now === turn && offerAgain());
      const said = [status, ...notes.querySelectorAll("p"), ...meaning.children].map(({ textContent }) => textContent?.replace(/[.。]$/, ""));
      if (now === turn) say([...said, SORTED[sort.value]].join(label("shared.stop")));
    } catch (fault) {
      if (now === turn) showFault(fault);
    } finally {
      if (now === turn) results.list.removeAttribute("aria-busy");
    }
  }

  /** Show what the index answers, and return the engine, unless something else was asked meanwhile. @param {number} now @param {import("./engine.js").Options} how */
  async function ask(now, how) {
    const { engine, answer } = await withEngine(async (engine) => {
      offerOrders(sort, engine);
      sort.value = how.sort ?? "newest";
      const answer = await engine.search(state.q, { ...how, filters: state.filters, every: state.every, scope, facets: isOpen() });
      const shown = how.meaning && String(answer.documents) === String(found?.documents);
      if (now === turn && stands && !left && how.sort === "newest" && !isAsked()) results.adopt(engine, answer);
      else if (now === turn && !shown) {
        await results.show(engine, answer, how.meaning, left ?? {});
        const one = left && results.list.children[left.at];
        if (left && one) scrollBy({ top: one.getBoundingClientRect().top - left.top, behavior: "instant" });
        left = null;
      }
      stands &&= now !== turn;
      return { engine, answer };
    });
    if (now !== turn) return undefined;
    found = answer;
    sort.value = answer.sort;
    explain(engine, answer, Boolean(how.meaning));
    chips.replaceChildren(...makeChips(answer.facets, state, onChip));
    if (!how.typing) document.title = [state.q, ...listChosen(state).flatMap(([facet, value]) => answer.facets.get(facet)?.say(value) ?? []), title].filter(Boolean).join(" · ");
    if (!isOpen()) panel.replaceChildren();
    else if (answer.counts) fillPanel(panel, answer.facets, state, answer.counts, onToggle, onEvery);
    else void run();
    return engine;
  }

  /** Return whether the filters can be seen; on a phone they are counted when somebody opens them. */
  function isOpen() {
    return drawer.hasAttribute("open");
  }

  /** @param {unknown} fault @param {() => void} [again] */
  function showFault(fault, again = () => void run()) {
    status.textContent = label("shared.sentence", { text: fault instanceof Error ? fault.message : fault });
    say(status.textContent);
    const retry = make("button", { type: "button", class: "ps-button" }, label("shared.again"));
    retry.addEventListener("click", () => {
      status.focus();
      closeEngine();
      again();
    });
    notes.replaceChildren(retry);
  }

  /** Say that papers related by meaning did not come, with a way to try again. */
  function offerAgain() {
    const retry = make("button", { type: "button", class: "ps-button" }, label("shared.again"));
    retry.addEventListener("click", () => {
      status.focus();
      void run();
    });
    meaning.replaceChildren(make("p", { class: "ps-meaning" }, label("results.related_failed"), " ", retry));
  }

  /** Return whether the reader asked for less than everything. */
  function isAsked() {
    return Boolean(state.q || listChosen(state).length);
  }

  /** Say how many papers were found, what was mended, what was not understood, and what to do about nothing. @param {import("./engine.js").Engine} engine @param {import("./engine.js").Results} answer @param {boolean} whole whether papers by meaning are in it */
  function explain(engine, answer, whole) {
    const papers = label("count.papers", { count: sayNumber(answer.total) });
    const some = answer.full >= 0 && answer.full < answer.total - answer.related.length;
    status.textContent = !isAsked() ? label("results.all", { papers }) : some ? label("results.found_some", { papers, full: sayNumber(answer.full) }) : label("results.found", { papers });
    notes.replaceChildren(...answer.problems.map((problem) => make("p", {}, problem)));
    meaning.replaceChildren(...(answer.meant && (answer.total || !whole) ? [explainMeaning(answer.related.length, whole)] : []));
    for (const { from, to } of answer.mended) notes.append(make("p", {}, label("results.mended", { from, to })));
    if (answer.total || (answer.meant && state.meaning && !whole)) return; // there may be related ones
    const ways = make("ul", {});
    if (listChosen(state).length) ways.append(make("li", {}, label("results.way_filter")));
    if (/["“]/.test(state.q)) ways.append(make("li", {}, label("results.way_quotes")));
    ways.append(make("li", {}, label("results.way_words")));
    const topics = make("a", { href: pageUrl("topics").href }, label("count.topics", { count: sayNumber(engine.manifest.topics.length) }));
    ways.append(make("li", {}, ...labelParts("results.way_topics", { topics })));
    notes.append(make("p", {}, label("results.nothing")), ways);
  }

  /** Return the line on papers that only meaning found, with a way to leave them out or to have them; it stands before they come, so that nothing moves. @param {number} related @param {boolean} whole */
  function explainMeaning(related, whole) {
    if (state.meaning && !related) return make("p", { class: "ps-meaning" }, whole ? label("results.by_words") : label("results.looking"));
    const way = make("button", { type: "button", class: "ps-button" }, related ? label("results.leave_out") : label("results.add_related"));
    way.addEventListener("click", () => {
      go({ ...state, meaning: !state.meaning });
      status.focus();
    });
    const said = related ? `${label("results.count_related", { count: related })} ` : "";
    return make("p", { class: "ps-meaning" }, said, way);
  }

  /** Save exactly the papers that were found, in their order. */
  function download() {
    const format = take.value;
    take.value = "";
    if (format && found?.total) void save(format);
  }

  /** @param {string} format */
  async function save(format) {
    if (!found) return;
    try {
      const { documents, total } = found;
      const name = await saveAs(await openEngine(), documents, format);
      status.textContent = label("results.saved", { papers: label("count.papers", { count: sayNumber(total) }), name });
    } catch (fault) {
      showFault(fault, () => void run().then(() => save(format))); // numbers of papers are those of one index
    }
  }

  take.addEventListener("change", download);
  drawer.addEventListener("toggle", () => {
    if (found && isOpen() && !panel.firstElementChild) void run();
  });
  sort.addEventListener("change", () => go({ ...state, sort: sort.value }));
  box.addEventListener("input", () => go({ ...state, q: box.value }, true));
  box.form?.addEventListener("submit", (event) => {
    event.preventDefault();
    go({ ...state, q: box.value });
  });
  addEventListener("popstate", () => {
    state = readState(location.search);
    box.value = state.q;
    void run();
  });
  box.value = state.q;
  void run();
}

const place = /** @type {HTMLElement | null} */ (document.querySelector("#ps-search"));
if (place) {
  const box = /** @type {HTMLInputElement} */ (document.querySelector(".ps-box input"));
  browse(place, box, {}, place.nextElementSibling?.matches("ul") ? place.nextElementSibling : undefined);
  if (!location.search) requestAnimationFrame(() => box.focus()); // just before the browser lays the page out anyway
}
