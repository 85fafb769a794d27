"""LaTeX as text: what remains of it in running text, and fields that are LaTeX as a whole. Mathematics stays TeX between dollar signs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from pylatexenc.latex2text import LatexNodes2Text, get_default_latex_context_db
from pylatexenc.latexencode import get_builtin_uni2latex_dict

from generator.limits import TEX_CHARACTERS
from generator.text.escaping.bibtex import MADE_MARKS
from generator.text.formula_text import run_reader
from generator.text.formulas import bare_dollars, simplify_delimiters, split_maths
from generator.text.maths import plain

_TO_TEXT = LatexNodes2Text(math_mode="text")
_KNOWN = get_default_latex_context_db()
# Stand in for characters that a command printed, until the bare ones have done their work.
_PRINTED = dict(zip("\\{}$~-`'", "\ufdd0\ufdd1\ufdd2\ufdd3\ufdd4\ufdd5\ufdd6\ufdd7", strict=True))
_PRINT = str.maketrans(_PRINTED)
_SHOW = str.maketrans({stand_in: r"\$" if sign == "$" else sign for sign, stand_in in _PRINTED.items()})
_ASIDE = "\ufdd9"  # stands for a formula while the words around it are read
_STAND_INS = re.compile("[\ufdd0-\ufdef]")
_MARKUP = re.compile(r"[\\{}~$]|--|``|''")
_DOLLARS = re.compile(r"(?<!\\)\$([^$]+?)(?<!\\)\$")
_TEX_SIGN = re.compile(r"[\\^_{]")
_GROUP = r"\s*\{((?:[^{}]|\{[^{}]{0,500}\}){0,1000})\}"
_FORMULA = re.compile(rf"\\\((.{{1,500}}?)\\\)|\\\[(.{{1,500}}?)\\\]|\\ensuremath{_GROUP}")
_ENSURED = re.compile(rf"\\ensuremath{_GROUP}")
_LONE_SIGN = re.compile(r"[^\\^_{}]*|\\[A-Za-z]+|[_^].")
# In running text: mathematics without dollars, and brackets of TeX around anything.
_BARE_FORMULA = re.compile(
    r"(?:\\(?:mathcal|mathbb|mathbf|mathrm|sqrt|frac|hat|bar|tilde|vec)\s*(?:\{[^{}]*\}){1,2})"
)
_INLINE = re.compile(r"\\\(((?:(?!\\[()]).){1,300})\\\)")
# What TeX escapes in an address is part of it; a tilde with a letter in braces is an accent.
_ADDRESS = re.compile(
    r"((?:https?|ftp)://(?:[^\s{}\\]|\\[%&_#$]|\\(?:[~/-]|(?:textasciitilde|sim|textunderscore|string)(?![A-Za-z]))(?:\{\}|(?!\s*\{)))+)"
)
_LINK = re.compile(r"\\(?:url|(?:href|textcolor)\s*\{[^{}]{0,500}\})\s*\{([^{}]{0,500})\}")
# In the order in which they are applied: commands whose argument decides what is shown.
_WITH_ARGUMENT = (
    (re.compile(r"\\(?:hspace|vspace|noopsort|label|color|fontsize)\*?\s*\{[^{}]{0,500}\}"), ""),
    (re.compile(r"\\footnote" + _GROUP), r" (\1)"),
    (re.compile(r"~?\\(?:cite[a-z]*|ref)\s*\{([^{}]{0,500})\}"), r" [\1]"),
    (re.compile(r"\\(?:enquote|mkbibquote)\*?" + _GROUP), r"“\1”"),
)
_STYLED = re.compile(
    r"\\(?:textbf|textit|emph|mkbibemph|texttt|textsc|textrm|text|underline)(?![A-Za-z])" + _GROUP
)
_SCRIPT = re.compile(r"\\text(super|sub)script\s*\{(?:\s*\{([^{}]*)\}\s*|([^{}]*))\}")
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
_BARE_COMMAND = re.compile(r"\\([A-Za-z]+)(?:\{\})?")
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
_SPACE = re.compile(r"\\\\(?:\[[^\]]*\])?|\\[,;: ]")
_NO_SPACE = re.compile(r"\\[!/-]")
# What bare characters mean where all of a text is LaTeX.
_SIGNS = (
    (re.compile("~"), " "),
    (re.compile("---"), "—"),
    (re.compile("--"), "–"),
    (re.compile("``"), "“"),
    (re.compile("''"), "”"),
    (re.compile(r"[{}]"), ""),
)
# What they mean in running text, whose authors write `~9%`, `a -- b` and `{a, b}` as well.
_TIE = re.compile(r"(?<=[^\W\d_]|\.)~(?=\w)")
_SINGLE = re.compile(r"\{([^{}\s,]+)\}")
_DEEPEST_GROUP = 5
_QUOTES = ((re.compile(r"``|(?<![^\s(\[])''(?=\w)"), "“"), (re.compile("''"), "”"))
# Some pages drop the backslash of a character beside a figure: "by sim75%", "20times larger".
_BARE = (
    (re.compile(r"(?<![A-Za-z])sim ?(?=\d[\d.,]*(?:\\?%|times\b|×|[xkKMB]\b|\s|$))"), "∼"),
    (re.compile(r"(?<=\d)times\b"), "×"),
)
_ESCAPED = re.compile(r"\\([%&_#${}])")
_COMMA_BELOW = re.compile(r"\\textcommabelow\s*\{(\w)\}")
_LONGEST_SIGN = 2
_STACKED = 2
"""Accents on one letter."""


def latex_to_text(text: str, *, whole: bool = False) -> str:
    r"""Return the text with commands, accents, quotes and groups of LaTeX turned into the characters they stand for.

    In running text, only what must be LaTeX is read, and `~`, `--` and braces around several words stay. `whole` says
    that all of the text is LaTeX, as a field of BibTeX is: then `~` is a space, `--` a dash, and braces only group.
    A text that is too long to be read stays as it is.

    >>> latex_to_text(r"Caf\'e {A, B} -- \emph{about} ~5\%")
    'Café {A, B} -- about ~5%'
    >>> latex_to_text(r"Caf\'e {A, B} -- \emph{about}~5\%", whole=True)
    'Café A, B – about 5%'
    """
    if len(text) > TEX_CHARACTERS or (whole and not _MARKUP.search(text)):
        return text
    text = _STAND_INS.sub("", text)
    return _read_field(text) if whole else _read_running(text)


def read_address(text: str) -> str:
    r"""Return an address or identifier: escaped signs as they are meant, without `\url` and braces.

    >>> read_address(r"\url{https://example.org/a\_b}")
    'https://example.org/a_b'
    """
    if "\\" in text or "{" in text:
        text = re.sub(r"\\(?:url\s*(?=\{)|string(?![A-Za-z])\s*|[/-])", "", text)
        text = re.sub(r"\\textunderscore(?![A-Za-z])(?:\s*\{\})?", "_", text)
        text = re.sub(r"\\(?:textasciitilde|~|sim)(?:\s*\{\})?", "~", text)
        text = text.replace(r"\textbackslash{}", "\\").replace(r"\_", "_")
        text = re.sub(r"(?<!\\)[{}]", "", text)
        text = _ESCAPED.sub(r"\1", text)
    return text


def _read_running(text: str) -> str:
    parts = (
        part.source if part.tex else _BARE_FORMULA.sub(r"$\g<0>$", _ENSURED.sub(_mark_ensured, part.source))
        for part in split_maths(text)
    )
    said = (
        part.source if part.tex else _read_words(part.source, _read_remains)
        for part in split_maths("".join(parts))
    )
    return bare_dollars(simplify_delimiters("".join(said).translate(_SHOW)))


def _read_field(text: str) -> str:
    text = text.replace(r"\textbackslash", "\\textbackslash{}").replace("\\\\", "\\\\ ")
    text = _FORMULA.sub(_mark_formula, text)
    formulas: list[str] = []
    text = _DOLLARS.sub(lambda m: _set_aside(m, formulas), text)
    said = _read_words(text, _read_prose)
    if formulas:
        rest = iter(formulas)
        said = re.sub(_ASIDE, lambda m: next(rest, m[0]), said)
    return bare_dollars(said.translate(_SHOW))


def _read_words(text: str, read: Callable[[str], str]) -> str:
    """Return words read by a function, and the addresses among them as they are meant."""
    parts = _ADDRESS.split(_LINK.sub(r"\1", text))
    return "".join(read_address(part) if n % 2 else read(part) for n, part in enumerate(parts))


def _set_aside(match: re.Match[str], formulas: list[str]) -> str:
    """Return what stands for a formula while the words around it are read; the dollars of money stay."""
    formula = _read_formula(match)
    if not formula:
        return match[0]
    formulas.append(formula)
    return _ASIDE


def _mark_formula(match: re.Match[str]) -> str:
    """Return mathematics between dollars, however it is marked; a lone character is said at once."""
    if match[3] is not None:
        return _mark_ensured(match, 3)
    tex = next(filter(None, match.groups()), "").strip()
    return f"${tex}$" if tex else ""


def _mark_ensured(match: re.Match[str], group: int = 1) -> str:
    tex = match[group].strip()
    if not tex or _LONE_SIGN.fullmatch(tex):
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


def _read_arguments(text: str) -> str:
    for pattern, kept in _WITH_ARGUMENT:
        text = pattern.sub(kept, text)
    return _SCRIPT.sub(_read_script, text)


def _read_prose(text: str) -> str:
    """Return words that are LaTeX."""
    if "\\" in text:
        text = _read_arguments(text)
        text = _ESCAPED.sub(lambda m: _PRINTED.get(m[1], m[1]), text)
        text = _COMMA_BELOW.sub("\\1\u0326", text)
        for mark, tex in MADE_MARKS.items():
            text = text.replace(tex, mark)
        for _ in range(_STACKED):
            text = _ACCENT.sub(_read_accent, text)
        text = unicodedata.normalize("NFC", text)
        text = _COMMAND.sub(_read_command, _SWITCH.sub("", text))
        text = _NO_SPACE.sub("", _SPACE.sub(" ", text))
    for pattern, sign in _SIGNS:
        text = pattern.sub(sign, text)
    return text


def _read_remains(text: str) -> str:
    """Return words in which LaTeX remains."""
    text = _INLINE.sub(lambda m: f"${m[1]}$" if re.search(r"[\\^_]", _ESCAPED.sub("", m[1])) else m[1], text)
    if "\\" in text:
        text = _read_arguments(text)
        text = _ACCENT.sub(_read_accent_of_letter, _SWITCH.sub("", text))
        text = _STYLED.sub(r"\1", text)
        text = _ESCAPED.sub(lambda m: m[0] if m[1] == "$" else _PRINTED.get(m[1], m[1]), text)
        text = _BARE_COMMAND.sub(lambda m: _say(m[1]) or m[1], text)
    return _read_bare(text)


def _read_bare(text: str) -> str:
    text = _TIE.sub(" ", text)
    for tex, sign in (*_BARE, *_QUOTES):
        text = tex.sub(sign, text)
    return _open_groups(text) if "{" in text or "}" in text else text


def _open_groups(text: str) -> str:
    """Return the text without the braces that only group one word, and without braces that lack a partner."""
    for _ in range(_DEEPEST_GROUP):
        before, text = text, _SINGLE.sub(r"\1", text)
        if before == text:
            break
    if text.count("{") != text.count("}"):
        text = text.replace("{", "").replace("}", "")
    return text


def _read_script(match: re.Match[str]) -> str:
    inner = match[3] if match[2] is None else match[2]
    said = plain(f"${'^' if match[1] == 'super' else '_'}{{{inner}}}$")
    return inner if said.startswith(("^", "_", "$")) else said


def _read_accent(match: re.Match[str]) -> str:
    base = match["group"] if match["bare"] is None else match["bare"]
    return _accent(match["sign"] or match["letter"], base)


def _read_accent_of_letter(match: re.Match[str]) -> str:
    r"""Return an accent with its letter; anything else stays, as in `x\^2`, where a backslash came from Markdown."""
    base = match["group"] if match["bare"] is None else match["bare"]
    return _read_accent(match) if base.removeprefix("\\").isalpha() else match[0]


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
    said = run_reader(_TO_TEXT, rf"\{name}{{}}")
    return said.translate(_PRINT) if len(said) <= _LONGEST_SIGN and "<>" not in said else ""
