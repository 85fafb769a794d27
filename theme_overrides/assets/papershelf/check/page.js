/** The page that checks a bibliography: a file or a text goes in, what the shelf has of it comes out; nothing leaves the browser. */

import { closeEngine, need, openEngine } from "../search/open.js";
import { countOf, make } from "../shared/show.js";
import { sayNumber } from "../shared/site.js";
import { Report } from "./report.js";

const MOST_BYTES = 20_000_000;
const MOST_REFERENCES = 50_000;
const MOST_FAULTS = 1_000;
const SLICE = 12; // milliseconds of work between two looks at what the reader does

const root = /** @type {HTMLElement} */ (document.querySelector("#ps-check"));
const file = /** @type {HTMLInputElement} */ (make("input", { type: "file", class: "ps-unseen", accept: ".bib,.bibtex,.txt,application/x-bibtex,text/plain" }));
const drop = make(
  "div",
  { class: "ps-drop" },
  make("p", {}, make("label", { class: "ps-choose" }, file, "Choose a .bib file"), make("span", {}, " or drop it anywhere on this page")),
  make("p", {}, make("small", {}, `BibTeX or BibLaTeX, up to ${MOST_BYTES / 1e6} MB and ${countOf(MOST_REFERENCES, "reference")}`)),
);
const text = /** @type {HTMLTextAreaElement} */ (make("textarea", { "aria-label": "BibTeX", rows: "8", spellcheck: "false", autocomplete: "off", placeholder: "@article{…}" }));
const go = make("button", { type: "button", class: "ps-button" }, "Check this text");
const status = make("p", { role: "status", class: "ps-status-line", tabindex: "-1" });
const bar = make("progress", { max: "1", "aria-label": "Progress" });
const place = make("div", {});
bar.hidden = true;
root.replaceChildren(drop, make("details", { class: "ps-paste" }, make("summary", {}, "Paste BibTeX instead"), text, make("p", {}, go)), status, bar, place);

let turn = 0;
let worked = 0;

/** Let the page breathe after each slice of work; return whether the reader has asked for something else. @param {number} mine */
async function isOver(mine) {
  if (performance.now() - worked > SLICE) {
    await new Promise((resolve) => setTimeout(resolve));
    worked = performance.now();
  }
  return mine !== turn;
}

/** Check a text and show what came of it. @param {string} source @param {string} name what the text is called @param {number} mine */
async function check(source, name, mine) {
  const [{ readBibtex }, { readReference }, { matchReferences }, engine] = await need(Promise.all([import("./bibtex.js"), import("./reference.js"), import("./match.js"), openEngine()]));
  const references = [];
  const faults = [];
  for (const part of readBibtex(source)) {
    references.push(...part.entries.map(readReference));
    faults.push(...part.faults);
    show(`${countOf(references.length, "reference")} read`, part.read / 2);
    if (await isOver(mine)) return;
    if (faults.length > MOST_FAULTS) return end(`More than ${countOf(MOST_FAULTS, "entry").replace("entrys", "entries")} of ${name} cannot be read: is it BibTeX?`);
    if (references.length > MOST_REFERENCES) return end(`${name} has more than ${countOf(MOST_REFERENCES, "reference")}. Divide it, and check the parts one by one.`);
  }
  const known = references.filter(isKnown);
  const blank = references
    .filter((reference) => !isKnown(reference))
    .map(({ entry }) => ({ line: entry.line, start: `@${entry.type}{${entry.key}`, what: "It has neither a title nor an identifier" }));
  if (!references.length && !faults.length) return end(`There is no BibTeX entry in ${name}.`);
  const verdicts = [];
  for await (const some of matchReferences(engine, known)) {
    verdicts.push(...some);
    show(`${sayNumber(verdicts.length)} of ${countOf(known.length, "reference")} compared`, 0.5 + verdicts.length / known.length / 2);
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

/** Return whether a reference says what work it stands for. @param {import("./reference.js").Reference} reference */
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

/** Check what the reader gave, in place of what was checked before. @param {() => Promise<string>} read @param {string} name */
async function start(read, name) {
  const mine = ++turn;
  worked = performance.now();
  place.replaceChildren();
  status.textContent = `Reading ${name} …`;
  try {
    await check(await read(), name, mine);
  } catch (fault) {
    if (mine !== turn) return;
    end(`${fault instanceof Error ? fault.message : fault}.`);
    const again = make("button", { type: "button", class: "ps-button" }, "Try again");
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
    end(`${chosen.name} has ${(chosen.size / 1e6).toFixed(1)} MB; up to ${MOST_BYTES / 1e6} MB are read. Divide it, and check the parts one by one.`);
  } else void start(() => decode(chosen), chosen.name);
}

/** Return the text of a file: UTF-8, or what older programs wrote instead. @param {File} chosen */
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
  if (text.value.length > MOST_BYTES) end(`The text is too long; up to ${MOST_BYTES / 1e6} million signs are read.`);
  else void start(async () => text.value, "the text");
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
