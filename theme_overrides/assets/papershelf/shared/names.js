/** Finds the identifiers of papers in any form: in URLs, references and BibTeX entries. */

import { identify, nameIdentifier, shortenUrl } from "./identifiers.js";

// Addresses that end in a number of arXiv, also those of other sites that show its papers.
const ARXIV =
  /(?:\b(?:arxiv\.org|ar5iv\.org|alphaxiv\.org)\/(?:[a-z]+\/)?|\bhuggingface\.co\/papers\/|\barxiv(?::\s*|[./]|\s+)|(?<![\w/])(?:abs|pdf)\/)((?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?\/\d{7}))(?!\d)(?:v\d+)?(?:\.pdf)?\/?/gi;
const NUMBER = /(?<![\w./-])\d\d(?:0[1-9]|1[0-2])\.\d{4,5}(?:v\d+)?(?![\w-]|\.\d)/g; // of arXiv, in other words
const DOI = /\b10\.\d{4,9}(?:\.\d+)*\/[^\s"<>{}|\\^`]+/g;
const OPENREVIEW = /\b[Oo]pen[Rr]eview(?:\.net\/[a-z]+\?(?:[^\s#]*&)?id=|:\s*(?=[a-z_-]*[A-Z0-9]))([\w-]{8,})(?:[&#][^\s]*)?/g;
const ACL = /\b(?:aclanthology\.org|aclweb\.org\/anthology)\/([\w.-]+?)(?:\.(?:pdf|bib))?\/?(?=$|[\s?#,;)])/gi;
const ACL_DOI = "10.18653/v1/";
const BARE = /^(\d{4}\.\d{4,5})(?:v\d+)?\s*\[[\w.-]+\]$/;
const UNSCHEMED = /^(?:[a-z0-9-]+\.)+[a-z]{2,}\/\S+$/i;
const REPOSITORY = /^url:((?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org|huggingface\.co(?:\/(?:datasets|spaces))?)\/[^/?#]+\/[^/?#]+)[/?#]/;
const GIT = /^git@([\w.-]+):/;
const BIBTEX = /^\s*@\w+\s*[{(]/;
const TITLE = /[\s,{]title\s*=\s*(?:\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}|"([^"]*)")/i;
// Words that stand around an identifier and say nothing more.
const AROUND =
  /https?:\/\/(?:dx\.|www\.|export\.)?(?:doi\.org\/)?|\b(?:www\.|dx\.)?doi\.org\/|\barxiv(?:\s+preprint)?\b|\bcorr\b|\babs\b|\bdoi:?|\bavailable(?: at)?:?|\bin press\b|\((?:19|20)\d\d\)|\b(?:19|20)\d\d\b|\[[\w.-]+\]|[^\p{L}\p{N}]+/giu;

/**
 * Return the names in a text as `kind:value`, whether the text says nothing else, and the title of an entry of BibTeX.
 * @param {string} text @returns {{names: string[], alone: boolean, title: string}}
 */
export function findNames(text) {
  const plain = text.trim().replace(GIT, "https://$1/");
  const title = BIBTEX.test(plain) ? readTitle(plain) : "";
  const numbered = BARE.exec(plain);
  const whole = identify(numbered ? numbered[1] : UNSCHEMED.test(plain) ? `https://${plain}` : plain);
  const found = [
    ...collect(plain, ARXIV, (match) => nameIdentifier("arxiv", match[1])),
    ...collect(plain, NUMBER, (match) => nameIdentifier("arxiv", match[0])),
    ...collect(plain, DOI, (match) => nameIdentifier("doi", trim(match[0]))),
    ...collect(plain, OPENREVIEW, (match) => nameIdentifier("openreview", match[1])),
    ...collect(plain, ACL, (match) => nameAcl(match[1])),
  ];
  const [, root] = REPOSITORY.exec(whole[0] ?? "") ?? [];
  if (root) whole.push(`url:${root}`);
  const names = [...new Set([...found.flatMap(({ names: each }) => each), ...(found.length ? [] : whole)])];
  found.sort((one, two) => two.match.length - one.match.length); // one may be a part of another
  const rest = found.reduce((left, { match }) => left.replace(match, " "), plain).replace(AROUND, "");
  const certain = found.length > 0 || numbered !== null || whole.some((name) => !name.startsWith("openreview:"));
  return { names, alone: certain && (!rest || whole.length > 0), title };
}

/** @param {string} text @param {RegExp} form @param {(match: RegExpMatchArray) => string[]} read */
function collect(text, form, read) {
  return [...text.matchAll(form)].map((match) => ({ match: match[0], names: read(match) })).filter(({ names }) => names.length);
}

/** Return the identities of a paper in the ACL Anthology: its page, its file, and its DOI. @param {string} id */
function nameAcl(id) {
  const page = `https://aclanthology.org/${id}`;
  return [...[page, `${page}.pdf`].map((url) => `url:${shortenUrl(url)}`), ...nameIdentifier("doi", `${ACL_DOI}${id}`)];
}

/** Return a DOI without the sentence's punctuation or a closing bracket at its end. @param {string} text */
function trim(text) {
  let said = text.replace(/[.,;:'’]+$/, "");
  while (said.endsWith(")") && said.split("(").length < said.split(")").length) said = said.slice(0, -1).replace(/[.,;:]+$/, "");
  return said;
}

/** Return the title of a BibTeX entry as text. @param {string} entry */
function readTitle(entry) {
  const [, braced, quoted] = TITLE.exec(entry) ?? [];
  return (braced ?? quoted ?? "")
    .replace(/\\[a-z]+\s?|[{}$\\]/gi, "")
    .replace(/\s+/g, " ")
    .trim();
}
