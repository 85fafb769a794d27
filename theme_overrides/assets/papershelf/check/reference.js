/** Reduces a bibliography entry to the facts that are compared: identifiers, title, year and first author. */

import { nameIdentifier } from "../shared/identifiers.js";
import { findNames } from "../shared/names.js";
import { squeeze } from "../shared/words.js";
import { readAddress, readTex } from "./tex.js";

const VENUES = ["journaltitle", "journal", "booktitle", "howpublished", "publisher", "institution", "school"];
export const PREPRINT = /^\W*(?:arxiv|corr\b|biorxiv|medrxiv|openreview|ssrn|research square|hal\b)|preprint/i;
const LOOSE = ["misc", "unpublished", "online", "electronic", "article", "techreport", "report"];
const ADDRESSES = ["url", "ee", "pdf", "howpublished", "note", "bdsk-url-1", "bdsk-url-2"];
const IN_TEXT = /(?:https?:\/\/|arxiv:|(?<![\w/])abs\/|(?<![\w@.:/-])(?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,10}\/)[^\s,;}]{1,500}/gi;
const LONGEST = 4000;

/**
 * @typedef {import("./bibtex.js").Entry} Entry
 * @typedef {{entry: Entry, title: string, titles: string[], names: string[], year: number, author: string, preprint: boolean}} Reference
 */

/** Return the facts of an entry about its work; `names` has its identities in the form of the search, most trusted first. @param {Entry} entry @returns {Reference} */
export function readReference(entry) {
  const field = (/** @type {string} */ name) => (Object.hasOwn(entry.fields, name) ? entry.fields[name].slice(0, LONGEST) : "");
  const subtitle = readTex(field("subtitle"));
  const title = readTex(field("title") || field("booktitle"));
  const whole = subtitle ? `${title}: ${subtitle}` : title;
  const names = listNames(field);
  const venue = readTex(VENUES.map(field).find((text) => text.trim() && !/^\W*(?:\\url|https?:)/.test(text)) ?? "");
  const preprint = venue ? PREPRINT.test(venue) : LOOSE.includes(entry.type) && names.some((name) => /^(?:arxiv|openreview):/.test(name));
  const doi = names.some((name) => name.startsWith("doi:") && !name.startsWith("doi:10.48550/"));
  return {
    entry,
    names,
    title: whole,
    titles: [...new Set([whole, title].map(squeeze))].filter(Boolean),
    preprint: preprint && !doi,
    year: Number((/\d{4}/.exec(field("year") || field("date")) ?? [0])[0]),
    author: squeeze(familyOf(readTex(field("author").split(/\sand\s/)[0]))),
  };
}

/** @param {(name: string) => string} field */
function listNames(field) {
  const archive = field("archiveprefix") || field("eprinttype");
  const eprint = /^(?:arxiv)?$/i.test(readAddress(archive)) ? nameArxiv(readAddress(field("eprint"))) : [];
  const texts = [...ADDRESSES, "journal", "volume"].map((name) => readAddress(field(name)));
  const written = texts.flatMap((text) => (/^https?:\S+$/i.test(text) ? [text] : (text.match(IN_TEXT) ?? [])).map(trim));
  const found = [...nameIdentifier("doi", readAddress(field("doi"))), ...eprint, ...written.flatMap((text) => findNames(text).names)];
  const order = ["doi", "arxiv", "openreview", "url"];
  const rank = (/** @type {string} */ name) => order.indexOf(name.split(":", 1)[0]);
  return [...new Set(found)].sort((a, b) => rank(a) - rank(b));
}

/** Return the names of a number of arXiv, also one with its class: `2401.00042v1 [cs.CL]`. @param {string} text */
function nameArxiv(text) {
  const found = nameIdentifier("arxiv", text);
  return found.length ? found : findNames(text).names.filter((name) => name.startsWith("arxiv:"));
}

/** Return a URL or number without the sentence's punctuation at its end. @param {string} text */
function trim(text) {
  return text.replace(/[.)\]]{1,9}$/, "").replace(/^abs\//i, "arxiv:");
}

/** Return the family name in a name of either order. @param {string} name */
function familyOf(name) {
  return name.includes(",") ? name.split(",", 1)[0] : name.slice(name.lastIndexOf(" ") + 1);
}
