/** The page that checks a bibliography: the reader gives a file or text, and the page shows which of its papers are on the shelf. Nothing leaves the browser. */

import { closeEngine, need, openEngine } from "../search/open.js";
import { make } from "../shared/show.js";
import { sayNumber } from "../shared/site.js";
import { Report } from "./report.js";

const MB = 1e6;
const MOST_MB = 20;
const MOST_BYTES = MOST_MB * MB;
const MOST_REFERENCES = 50_000;
const MOST_FAULTS = 1_000;
const SLICE = 12; // milliseconds of work between two looks at what the reader does

const root = /** @type {HTMLElement} */ (document.querySelector("#ps-check"));
const file = /** @type {HTMLInputElement} */ (make("input", { type: "file", class: "ps-unseen", accept: ".bib,.bibtex,.txt,application/x-bibtex,text/plain" }));
const drop = make(
  "div",
  { class: "ps-drop" },
  make("p", {}, make("label", { class: "ps-choose" }, file, label("report.choose")), make("span", {}, ` ${label("report.drop")}`)),
  make("p", {}, make("small", {}, label("report.limits", { size: MOST_MB, references: label("count.references", { count: sayNumber(MOST_REFERENCES) }) }))),
);
const text = /** @type {HTMLTextAreaElement} */ (make("textarea", { "aria-label": "BibTeX", rows: "8", spellcheck: "false", autocomplete: "off", placeholder: "@article{…}" }));
const go = make("button", { type: "button", class: "ps-button" }, label("report.check"));
const status = make("p", { role: "status", class: "ps-status-line", tabindex: "-1" });
const bar = make("progress", { max: "1", "aria-label": label("report.progress") });
const place = make("div", {});
bar.hidden = true;
root.replaceChildren(drop, make("details", { class: "ps-paste" }, make("summary", {}, label("report.paste")), text, make("p", {}, go)), status, bar, place);

let turn = 0;
let worked = 0;

/** Let the browser handle events after each slice of work; return whether the reader has started something else. @param {number} mine */
async function isOver(mine) {
  if (performance.now() - worked > SLICE) {
    await new Promise((resolve) => setTimeout(resolve));
    worked = performance.now();
  }
  return mine !== turn;
}

/** Check a text and show the result. @param {string} source @param {string} name what the text is called @param {number} mine */
async function check(source, name, mine) {
  const [{ readBibtex }, { readReference }, { matchReferences }, engine] = await need(Promise.all([import("./bibtex.js"), import("./reference.js"), import("./match.js"), openEngine()]));
  const references = [];
  const faults = [];
  for (const part of readBibtex(source)) {
    references.push(...part.entries.map(readReference));
    faults.push(...part.faults);
    show(label("report.read", { references: label("count.references", { count: sayNumber(references.length) }) }), part.read / 2);
    if (await isOver(mine)) return;
    if (faults.length > MOST_FAULTS) return end(label("report.too_many_faults", { name, entries: label("count.entries", { count: sayNumber(MOST_FAULTS) }) }));
    if (references.length > MOST_REFERENCES) return end(label("report.too_many", { name, references: label("count.references", { count: sayNumber(MOST_REFERENCES) }) }));
  }
  const known = references.filter(isKnown);
  const blank = references.filter((reference) => !isKnown(reference)).map(({ entry }) => ({ line: entry.line, start: `@${entry.type}{${entry.key}`, what: label("bibtex.no_name") }));
  if (!references.length && !faults.length) return end(label("report.nothing", { name }));
  const verdicts = [];
  for await (const some of matchReferences(engine, known)) {
    verdicts.push(...some);
    show(label("report.compared", { number: sayNumber(verdicts.length), references: label("count.references", { count: sayNumber(known.length) }) }), 0.5 + verdicts.length / known.length / 2);
    if (await isOver(mine)) return;
  }
  const report = new Report(
    engine,
    verdicts,
    [...faults, ...blank].sort((a, b) => a.line - b.line),
    (said) => (status.textContent = said),
  );
  end(report.summary);
  place.replaceChildren(...report.nodes);
}

/** Return whether a reference identifies a work. @param {import("./reference.js").Reference} reference */
function isKnown({ titles, names }) {
  return Boolean(titles.length || names.length);
}

/** @param {string} said @param {number} share of the work that is done */
function show(said, share) {
  bar.hidden = false;
  bar.setAttribute("value", share.toFixed(3));
  bar.setAttribute("aria-valuetext", said);
}

/** @param {string} said */
function end(said) {
  bar.hidden = true;
  status.textContent = said;
}

/** Check the reader's input, replacing the previous check. @param {() => Promise<string>} read @param {string} name */
async function start(read, name) {
  const mine = ++turn;
  worked = performance.now();
  place.replaceChildren();
  status.textContent = label("report.reading", { name });
  try {
    await check(await read(), name, mine);
  } catch (fault) {
    if (mine !== turn) return;
    end(label("shared.sentence", { text: fault instanceof Error ? fault.message : fault }));
    const again = make("button", { type: "button", class: "ps-button" }, label("shared.again"));
    again.addEventListener("click", () => {
      closeEngine();
      status.focus();
      void start(read, name);
    });
    place.replaceChildren(again);
  }
}

/** @param {File} chosen */
function take(chosen) {
  if (chosen.size > MOST_BYTES) {
    turn += 1;
    place.replaceChildren();
    const size = (chosen.size / MB).toFixed(1).replace(".", label("number.decimal"));
    end(label("report.too_large", { name: chosen.name, size, most: MOST_MB }));
  } else void start(() => decode(chosen), chosen.name);
}

/** Return the text of a file in UTF-8 or an older encoding. @param {File} chosen */
async function decode(chosen) {
  const bytes = await chosen.arrayBuffer();
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

file.addEventListener("change", () => {
  if (file.files?.length) take(file.files[0]);
  file.value = "";
});
go.addEventListener("click", () => {
  if (text.value.length > MOST_BYTES) end(label("report.too_long", { most: MOST_MB }));
  else void start(async () => text.value, label("report.the_text"));
});
document.addEventListener("dragover", (event) => {
  if (!event.dataTransfer?.types.includes("Files")) return;
  event.preventDefault();
  drop.classList.add("ps-drop--over");
});
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) drop.classList.remove("ps-drop--over");
});
document.addEventListener("drop", (event) => {
  const [dropped] = event.dataTransfer?.files ?? [];
  drop.classList.remove("ps-drop--over");
  if (!dropped) return;
  event.preventDefault();
  take(dropped);
});
