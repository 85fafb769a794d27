/** Converts a BibTeX field to text, well enough for comparing and showing it: accents and letters, without braces and commands. */

import { splitMaths } from "./formulas.js";

// biome-ignore format: a table
const ACCENTS = /** @type {Record<string, string>} */ ({
  "'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307", H: "\u030b", c: "\u0327",
  d: "\u0323", b: "\u0331", k: "\u0328", r: "\u030a", u: "\u0306", v: "\u030c", t: "\u0361",
});
// biome-ignore format: a table
const NAMES = /** @type {Record<string, string>} */ ({
  o: "ø", O: "Ø", l: "ł", L: "Ł", ae: "æ", AE: "Æ", oe: "œ", OE: "Œ", ss: "ß", aa: "å", AA: "Å", i: "ı", j: "ȷ", dh: "ð", DH: "Ð", th: "þ",
  TH: "Þ", dj: "đ", DJ: "Đ", ng: "ŋ", NG: "Ŋ", LaTeX: "LaTeX", TeX: "TeX", BibTeX: "BibTeX", textquoteright: "’", textquotesingle: "'", textmu: "μ", textonesuperior: "¹", texttwosuperior: "²", textthreesuperior: "³", infty: "∞", ell: "ℓ", times: "×",
  varepsilon: "ε", vartheta: "ϑ", varphi: "φ",
  ...Object.fromEntries(
    ["alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi", "pi rho sigma tau upsilon phi chi psi omega"]
      .flatMap((half, n) => half.split(" ").map((name, at) => [name, String.fromCodePoint([0x3b1, 0x3c0][n] + at + Number(n && at > 1))]))
      .flatMap(([name, sign]) => [[name, sign], [name[0].toUpperCase() + name.slice(1), sign.toUpperCase()]]),
  ),
});
const ACCENTED = /\\(?:(['"`^~=.])|([Hcdbkruvt])(?![A-Za-z]))\s{0,8}(?:\{\s{0,8}(\\[ij]|[\p{L}]?)\s{0,8}\}|(\\[ij](?![A-Za-z])|\p{L}))/gu;
const COMMAND = /\\([A-Za-z]+)\*?[ \t]{0,8}(?:\{\})?/g;
const SWITCHES = "label vspace hspace noopsort color".split(" ");

const OPERATOR =
  /([\w)\]}]?)\s{0,8}\\(?:operatorname\*?\s{0,8}\{([^{}]{0,100})\}|(arccos|arcsin|arctan|arg|cos|cosh|cot|coth|csc|deg|det|dim|exp|gcd|hom|inf|ker|lg|lim|liminf|limsup|ln|log|max|min|Pr|sec|sin|sinh|sup|tan|tanh|mod|bmod)(?![A-Za-z]))\s{0,8}(?=([\w{\\])?)/g;

/** Return the text of a field on one line; dollars that delimit no formula stay. @param {string} tex */
export function readTex(tex) {
  if (!/[\\{}~$-]/.test(tex)) return squash(tex);
  return squash(
    splitMaths(tex)
      .map((part) => readWords(part.tex ? part.tex.replace(OPERATOR, spaceOperator) : part.source))
      .join(""),
  );
}

/** Return the name of an operator with the spaces that TeX prints around it. @param {string} _ @param {string} before @param {string | undefined} own @param {string | undefined} name @param {string | undefined} after */
function spaceOperator(_, before, own, name, after) {
  return `${before}${before && " "}${(own ?? name ?? "").replace(/\\[,;: ]/g, " ").replace("bmod", "mod")}${after ? " " : ""}`;
}

/** @param {string} tex */
function readWords(tex) {
  return tex
    .replaceAll("\\llap{\\raise.3ex\\hbox{'}\\kern.1em}", "\u0309")
    .replaceAll("\\llap{'}", "\u031b")
    .replace(new RegExp(`\\\\(?:${SWITCHES.join("|")})\\{[^{}]{0,200}\\}`, "g"), "")
    .replace(ACCENTED, (_, sign, letter, group, bare) => ((group ?? bare).replace("\\", "") + ACCENTS[sign ?? letter]).normalize("NFC"))
    .replace(COMMAND, (_, name) => (Object.hasOwn(NAMES, name) ? NAMES[name] : ""))
    .replace(/\\[\\,;: ]|~/g, " ")
    .replace(/\\([%&_#${}])/g, "$1")
    .replace(/[\\{}]/g, "")
    .replace(/---?/g, "–")
    .normalize("NFC");
}

/** Return a URL or identifier without TeX escapes. @param {string} tex */
export function readAddress(tex) {
  return tex
    .replace(/\\url\b|[{}]/g, "")
    .replace(/\\([%&_#$~])/g, "$1")
    .trim();
}

/** @param {string} text */
function squash(text) {
  return text.replace(/\s+/g, " ").trim();
}
