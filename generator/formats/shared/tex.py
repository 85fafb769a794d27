"""The text of a BibTeX field as readers see it. Mathematics stays TeX between dollar signs."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from pylatexenc.latex2text import LatexNodes2Text, get_default_latex_context_db
from pylatexenc.latexencode import get_builtin_uni2latex_dict

from generator.formats.shared.facts import clean
from generator.limits import TEX_CHARACTERS
from generator.text.formulas import bare_dollars, split_maths
from generator.text.maths import plain
from generator.text.tex_text import read_latex

_TO_TEXT = LatexNodes2Text(math_mode="text")
_KNOWN = get_default_latex_context_db()
# Stand in for characters that a command printed, until the bare ones have done their work.
_PRINTED = dict(zip("\\{}$~-`'", "\ufdd0\ufdd1\ufdd2\ufdd3\ufdd4\ufdd5\ufdd6\ufdd7", strict=True))
_PRINT = str.maketrans(_PRINTED)
_SHOW = str.maketrans({stand_in: r"\$" if sign == "$" else sign for sign, stand_in in _PRINTED.items()})
_ASIDE = re.compile("\ufdd9")
_MARKUP = re.compile(r"[\\{}~$]|--|``|''")
_DOLLARS = re.compile(r"(?<!\\)\$([^$]+?)(?<!\\)\$")
_TEX_SIGN = re.compile(r"[\\^_{]")
_GROUP = r"\s*\{((?:[^{}]|\{[^{}]{0,500}\}){0,1000})\}"
_FORMULA = re.compile(rf"\\\((.{{1,500}}?)\\\)|\\\[(.{{1,500}}?)\\\]|\\ensuremath{_GROUP}")
_LONE_SIGN = re.compile(r"[^\\^_{}]*|\\[A-Za-z]+|[_^].")
# What TeX escapes in an address is part of it; a tilde with a letter in braces is an accent.
_ADDRESS = re.compile(
    r"((?:https?|ftp)://(?:[^\s{}\\]|\\[%&_#$]|\\(?:[~/-]|(?:textasciitilde|sim|textunderscore|string)(?![A-Za-z]))(?:\{\}|(?!\s*\{)))+)"
)
# In the order in which they are applied: commands whose argument decides what is shown.
_WITH_ARGUMENT = (
    (re.compile(r"\\(?:href|textcolor)\s*\{[^{}]{0,500}\}\s*\{([^{}]{0,500})\}"), r"\1"),
    (re.compile(r"\\(?:hspace|vspace|noopsort|label|color|fontsize)\*?\s*\{[^{}]{0,500}\}"), ""),
    (re.compile(r"\\footnote" + _GROUP), r" (\1)"),
    (re.compile(r"~?\\(?:cite[a-z]*|ref)\s*\{([^{}]{0,500})\}"), r" [\1]"),
    (re.compile(r"\\(?:enquote|mkbibquote)\*?" + _GROUP), r"“\1”"),
)
_SCRIPT = re.compile(r"\\text(super|sub)script\s*\{\s*\{?([^{}]*)\}?\s*\}")
_ACCENT = re.compile(
    r"""\\(?:(?P<sign>['"`^~=.])|(?P<letter>[Hcdbkruvt])(?![A-Za-z]))\s*"""
    r"""(?:\{\s*(?P<group>\\[ij]|\w{0,2})\s*\}|(?P<bare>\\[ij](?![A-Za-z])|\w))"""
)
# TeX's accents and Unicode's combining characters of the same shape.
_ACCENTS = dict(
    zip(
        "'`^\"~=.Hcdbkruvt",
        "\u0301\u0300\u0302\u0308\u0303\u0304\u0307\u030b\u0327\u0323\u0331\u0328\u030a\u0306\u030c\u0361",
        strict=True,
    )
)
_SWITCH = re.compile(
    r"\\(?:bf|it|em|tt|sc|rm|sf|sl|bfseries|itshape|scshape|upshape|small|large|relax|protect|xspace)(?![A-Za-z])\s*"
)
_COMMAND = re.compile(r"\\([A-Za-z]+)\*?(\s*)(\{\}|(?=\{))?")
_LETTERS = frozenset("o O l L ae AE oe OE ss aa AA i j dh DH th TH dj DJ ng NG".split())  # noqa: SIM905 (as a list of words)
_NAMES = {
    **{
        tex[1:]: chr(code)
        for code, tex in sorted(get_builtin_uni2latex_dict().items(), reverse=True)
        if re.fullmatch(r"\\[A-Za-z]+", tex)
    },
    "LaTeX": "LaTeX", "TeX": "TeX", "BibTeX": "BibTeX", "today": "today",
    "textbraceleft": "{", "textbraceright": "}",
}  # fmt: skip
_SIGNS = (
    (re.compile(r"\\\\(?:\[[^\]]*\])?|\\[,;: ]|~"), " "),
    (re.compile(r"\\[!/-]"), ""),
    (re.compile("---"), "—"),
    (re.compile("--"), "–"),
    (re.compile("``"), "“"),
    (re.compile("''"), "”"),
    (re.compile(r"[{}]"), ""),
)
_ESCAPED = re.compile(r"\\([%&_#${}])")
_LONGEST_SIGN = 2


def read_tex(text: str) -> str:
    """Return a field's text on one line: accents, characters and commands read, braces gone, mathematics kept."""
    text = clean(text)
    if not _MARKUP.search(text) or len(text) > TEX_CHARACTERS:
        return text
    text = _ASIDE.sub("", text)
    text = text.replace(r"\textbackslash", "\\textbackslash{}").replace("\\\\", "\\\\ ")
    text = _FORMULA.sub(_mark_formula, text)
    formulas: list[str] = []
    text = _DOLLARS.sub(lambda m: _set_aside(m, formulas), text)
    said = _read_words(text)
    if formulas:
        rest = iter(formulas)
        said = _ASIDE.sub(lambda m: next(rest, m[0]), said)
    return clean(bare_dollars(said.translate(_SHOW)))


def _set_aside(match: re.Match[str], formulas: list[str]) -> str:
    """Return what stands for a formula while the words around it are read; the dollars of money stay."""
    formula = _read_formula(match)
    if not formula:
        return match[0]
    formulas.append(formula)
    return _ASIDE.pattern


def _mark_formula(match: re.Match[str]) -> str:
    """Return mathematics between dollars, however it is marked; a lone character is said at once."""
    tex = next(filter(None, match.groups()), "").strip()
    if not tex or (match[3] is not None and _LONE_SIGN.fullmatch(tex)):
        return plain(f"${tex}$").translate(_PRINT) if tex else ""
    return f"${tex}$"


def _read_formula(match: re.Match[str]) -> str:
    """Return mathematics as records write it, in plain characters where they cannot; empty where dollars are money."""
    tex = match[1].strip()
    around = match.string[match.start() - 1 : match.start()], match.string[match.end() : match.end() + 1]
    stands = f"${tex}$"
    is_kept = any(part.tex == tex for part in split_maths(f"{around[0]}{stands}{around[1]}"))
    if tex != match[1] and not _TEX_SIGN.search(tex):
        return ""
    if is_kept:
        return stands
    return plain(stands).translate(_PRINT) if _TEX_SIGN.search(tex) else ""


def _read_words(text: str) -> str:
    if not _MARKUP.search(text):
        return text
    parts = _ADDRESS.split(text)
    return "".join(read_address(part) if n % 2 else _read_prose(part) for n, part in enumerate(parts))


def read_address(text: str) -> str:
    r"""Return an address or identifier: escaped signs as they are meant, without `\url` and braces."""
    if "\\" in text or "{" in text:
        text = re.sub(r"\\(?:url\s*(?=\{)|string(?![A-Za-z])\s*|[/-])", "", text)
        text = re.sub(r"\\textunderscore(?![A-Za-z])(?:\s*\{\})?", "_", text)
        text = re.sub(r"\\(?:textasciitilde|~|sim)(?:\s*\{\})?", "~", text)
        text = text.replace(r"\textbackslash{}", "\\").replace(r"\_", "_")
        text = re.sub(r"(?<!\\)[{}]", "", text)
        text = _ESCAPED.sub(r"\1", text)
    return text


def _read_prose(text: str) -> str:
    if "\\" in text:
        for pattern, kept in _WITH_ARGUMENT:
            text = pattern.sub(kept, text)
        text = _SCRIPT.sub(_read_script, text)
        text = _ESCAPED.sub(lambda m: _PRINTED.get(m[1], m[1]), text)
        text = _ACCENT.sub(_read_accent, text)
        text = _COMMAND.sub(_read_command, _SWITCH.sub("", text))
    for pattern, sign in _SIGNS:
        text = pattern.sub(sign, text)
    return text


def _read_script(match: re.Match[str]) -> str:
    said = plain(f"${'^' if match[1] == 'super' else '_'}{{{match[2]}}}$")
    return match[2] if said.startswith(("^", "_", "$")) else said


def _read_accent(match: re.Match[str]) -> str:
    base = match["group"] if match["bare"] is None else match["bare"]
    return _accent(match["sign"] or match["letter"], base)


@lru_cache(maxsize=4096)
def _accent(sign: str, base: str) -> str:
    if not base:
        return {"~": _PRINTED["~"], "`": _PRINTED["`"], "'": _PRINTED["'"]}.get(sign, sign)
    letter = base.removeprefix("\\")  # an accent takes the place of the dot of `\i` and `\j`
    return unicodedata.normalize("NFC", letter[:1] + _ACCENTS[sign] + letter[1:])


def _read_command(match: re.Match[str]) -> str:
    name, space, group = match[1], match[2], match[3]
    if group is None:
        said = _say(name)
        return (said or name) + ("" if said and name in _LETTERS else space)
    said = _say(name)
    if group:
        return said or name
    return said + space if said else ""


@lru_cache(maxsize=4096)
def _say(name: str) -> str:
    """Return the characters that a command without arguments prints; empty for one that prints none or is unknown."""
    if name in _NAMES:
        return _NAMES[name].translate(_PRINT)
    if _KNOWN.get_macro_spec(name) is None:
        return ""
    said = read_latex(_TO_TEXT, rf"\{name}{{}}")
    return said.translate(_PRINT) if len(said) <= _LONGEST_SIGN and "<>" not in said else ""
