/** Identifiers and URLs in canonical form, as in generator/identifiers.py; both are tested with the same golden file. */

const FORMS = {
  doi: /^10\.\d{4,9}(?:\.\d+)*\/\S+$/,
  arxiv: /^(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?\/\d{7})(?=(?:v\d+)?$)/,
  openreview: /^[A-Za-z0-9_-]{8,}$/,
};
const PREFIXES = {
  doi: /^(?:https?:\/\/(?:dx\.|www\.)?doi\.org\/|doi:\s*)/i,
  arxiv: /^(?:https?:\/\/(?:www\.|export\.)?arxiv\.org\/(?:abs|pdf|html)\/|arxiv:)/i,
  openreview: /^https?:\/\/openreview\.net\/(?:forum|pdf)\?id=/i,
};
const ENDS = { doi: /[?#]/, arxiv: /[?#]/, openreview: /[&#]/ }; // of an identifier in an address
const ADDRESS = /^(https?):\/\/([^/?#\s]+)([^?#\s]*)(?:\?([^#\s]*))?(?:#(\S*))?$/i;
const UNSAFE = /[^\w~%/:=&?#+!$,;'@()*[\].-]+/g;
const ARXIV_DOI = "10.48550/arxiv.";
const CLASS = /\.[A-Z]{2}\//; // in old numbers of arXiv, which have it in some places and not in others
const UNSEEN = /[\p{C}\p{Z}]/u;
const LONGEST = 2000;
const MIXED = /[a-z0-9][A-Z]/; // a bare word that is an identifier of OpenReview and no word of a language
const ENCODER = new TextEncoder();
const DECODER = new TextDecoder("utf-8", { ignoreBOM: true });

/** @typedef {keyof typeof FORMS} Kind */
export const IDENTITY = /** @type {Kind[]} */ (Object.keys(FORMS));

/** Return the canonical form of an identifier or its URL, or an empty text. @param {Kind} kind @param {string} text */
export function parseIdentifier(kind, text) {
  const plain = text.trim();
  const [prefix = ""] = PREFIXES[kind].exec(plain) ?? [];
  const rest = plain.slice(prefix.length);
  const bare = (/^http/i.test(prefix) ? decode(rest.split(ENDS[kind])[0]) : rest).replace(/\/+$/, "");
  if (bare.length > LONGEST || UNSEEN.test(bare)) return "";
  const [found = ""] = FORMS[kind].exec(kind === "arxiv" ? bare.replace(/\.pdf$/, "") : bare) ?? [];
  return kind === "doi" ? found.toLowerCase() : found;
}

/** Return a URL without scheme, `www.` and final slash, for comparing pages, or an empty text. @param {string} text */
export function shortenUrl(text) {
  const [, , host = "", path = "", query, fragment] = ADDRESS.exec(text.trim()) ?? [];
  if (!host.includes(".") || host.includes("@")) return "";
  const name = host.toLowerCase();
  const file = name === "github.com" ? path.replace(/\.git$/, "") : path;
  const whole = quote(file) + (query ? `?${quote(query)}` : "") + (fragment ? `#${quote(fragment)}` : "");
  return `${name}${whole}`.replace(/^www\./, "").replace(/\/+$/, "");
}

/** Return the meaning of an identifier or URL as `kind:value`; for a plain word, its possible meanings. @param {string} text */
export function identify(text) {
  const plain = text.trim();
  const certain = IDENTITY.filter((kind) => PREFIXES[kind].test(plain));
  const kinds = certain.length ? certain : IDENTITY.filter((kind) => kind !== "openreview" || MIXED.test(plain));
  const found = kinds.flatMap((kind) => nameIdentifier(kind, plain));
  const url = found.length ? "" : shortenUrl(plain);
  return url ? [`url:${url}`] : found;
}

/** Return the search keys of an identifier as `kind:value`; an arXiv DOI is also searched by its number. @param {Kind} kind @param {string} text */
export function nameIdentifier(kind, text) {
  const value = parseIdentifier(kind, text);
  const ofDoi = kind === "doi" && value.startsWith(ARXIV_DOI) ? parseIdentifier("arxiv", value.slice(ARXIV_DOI.length)) : "";
  const number = kind === "arxiv" ? value : ofDoi;
  const names = [value && `${kind}:${value}`, number && `arxiv:${number}`, number && `arxiv:${number.replace(CLASS, "/")}`];
  return [...new Set(names.filter(Boolean))];
}

/** Return a text with percent-encoded UTF-8 decoded; invalid bytes become the replacement character. @param {string} text */
function decode(text) {
  const bytes = (/** @type {string} */ run) => Uint8Array.from(run.slice(1).split("%"), (pair) => parseInt(pair, 16));
  return text.replace(/(?:%[\da-f]{2})+/gi, (run) => DECODER.decode(bytes(run)));
}

/** Return a part of a URL with unsafe characters percent-encoded as UTF-8. @param {string} part */
function quote(part) {
  return part.replace(UNSAFE, (run) => [...ENCODER.encode(run)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`).join(""));
}
