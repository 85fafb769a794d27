/** The words of a BibTeX field, near enough to compare them and to show them: accents, letters, no braces and commands. */

const ACCENTS = /** @type {Record<string, string>} */ ({
  "'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307", H: "\u030b", c: "\u0327",
  d: "\u0323", b: "\u0331", k: "\u0328", r: "\u030a", u: "\u0306", v: "\u030c", t: "\u0361",
});
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

/** Return the words of a field on one line. @param {string} tex */
export function readTex(tex) {
  if (!/[\\{}~$-]/.test(tex)) return squash(tex);
  const plain = tex
    .replace(new RegExp(`\\\\(?:${SWITCHES.join("|")})\\{[^{}]{0,200}\\}`, "g"), "")
    .replace(ACCENTED, (_, sign, letter, group, bare) => ((group ?? bare).replace("\\", "") + ACCENTS[sign ?? letter]).normalize("NFC"))
    .replace(COMMAND, (_, name) => (Object.hasOwn(NAMES, name) ? NAMES[name] : ""))
    .replace(/\\[\\,;: ]|~/g, " ")
    .replace(/\\([%&_#${}])/g, "$1")
    .replace(/[\\{}$]/g, "")
    .replace(/---?/g, "–");
  return squash(plain);
}

/** Return an address or identifier without what protects its signs from TeX. @param {string} tex */
export function readAddress(tex) {
  return tex.replace(/\\url\b|[{}]/g, "").replace(/\\([%&_#$~])/g, "$1").trim();
}

/** @param {string} text */
function squash(text) {
  return text.replace(/\s+/g, " ").trim();
}
