/** Saves a list of papers as a file. */

import { make } from "./show.js";

/** The formats that the exporter has (`generator/exports/texts.py`), and what readers call them. */
export const FORMATS = { bibtex: "BibTeX", ris: "RIS", "csl-json": "CSL-JSON", csv: "CSV", jsonl: "JSON Lines", markdown: "Markdown" };
const KEPT = 10_000; // milliseconds in which a browser has begun to save

/** @typedef {{exportAs: (documents: number[], format: string) => Promise<{text: string, ending: string, media: string}>}} Exporter what the engine of the search does here */

/** Give the reader a file. @param {string} text @param {string} name @param {string} media */
export function saveFile(text, name, media) {
  const link = /** @type {HTMLAnchorElement} */ (make("a", { href: URL.createObjectURL(new Blob([text], { type: media })), download: name }));
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT);
}

/** Save these papers in the given order, and return the name of the file. @param {Exporter} engine @param {number[]} documents @param {string} format */
export async function saveAs(engine, documents, format) {
  const { text, ending, media } = await engine.exportAs(documents, format);
  const name = `papers.${ending}`;
  saveFile(text, name, media);
  return name;
}
