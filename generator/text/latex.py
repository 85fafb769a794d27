"""Converts LaTeX to text, both remains of it in running text and whole fields in LaTeX. Formulas stay TeX between dollar signs."""

from __future__ import annotations

import re
import unicodedata

from generator.limits import TEX_CHARACTERS
from generator.text.formulas import bare_dollars, simplify_delimiters, split_maths
from generator.text.latex_commands import MADE_ACCENTS
from generator.text.latex_reader import ASIDE, PRINT, PRINTED, read_commands
from generator.text.maths import plain

_SHOWN = {stand_in: r"\$" if sign == "$" else sign for sign, stand_in in PRINTED.items()}
_PRINTED = re.compile("[\ufdd0-\ufdd7]")
_ASIDE = re.compile(f"{ASIDE}([\U00100000-\U0010ffff])")
_FIRST_ASIDE = 0x100000
_STAND_INS = re.compile("[\ufdd0-\ufdef]")
_MARKUP = re.compile(r"[\\{}~$]|--|``|''")
_DOLLARS = re.compile(r"(?<!\\)\$([^$]+?)(?<!\\)\$")
_TEX_SIGN = re.compile(r"[\\^_{]")
_GROUP = r"\s*\{((?:[^{}]|\{[^{}]{0,500}\}){0,1000})\}"
_FORMULA = re.compile(rf"\\\((.{{1,500}}?)\\\)|\\\[(.{{1,500}}?)\\\]|\\ensuremath{_GROUP}")
_ENSURED = re.compile(rf"\\ensuremath{_GROUP}")
_LONE_SIGN = re.compile(r"[^\\^_{}]*|\\[A-Za-z]+|[_^].")
# In running text: formulas without dollars, and TeX brackets around anything.
_BARE_FORMULA = re.compile(
    r"(?:\\(?:mathcal|mathbb|mathbf|mathrm|sqrt|frac|hat|bar|tilde|vec)\s*(?:\{[^{}]*\}){1,2})"
)
_INLINE = re.compile(r"\\\(((?:(?!\\[()]).){1,300})\\\)")
_ESCAPED = re.compile(r"\\([%&_#${}])")
# Special characters in running text, where authors also write `~9%`, `a -- b` and `{a, b}`.
_ADDRESS = re.compile(r"((?:https?|ftp)://[^\s{}]+)")
_TIE = re.compile(r"(?<=[^\W\d_]|\.)~(?=\w)")
_SINGLE = re.compile(r"\{([^{}\s,]+)\}")
_DEEPEST_GROUP = 5
_QUOTES = ((re.compile(r"``|(?<![^\s(\[])''(?=\w)"), "“"), (re.compile("''"), "”"))
# Some pages drop the backslash of a command next to a digit: "by sim75%", "20times larger".
_BARE = (
    (re.compile(r"(?<![A-Za-z])sim ?(?=\d[\d.,]*(?:\\?%|times\b|×|[xkKMB]\b|\s|$))"), "∼"),
    (re.compile(r"(?<=\d)times\b"), "×"),
)


def latex_to_text(text: str, *, whole: bool = False) -> str:
    r"""Return the text with LaTeX commands, accents, quotes and groups replaced by the characters that they print.

    In running text, only unambiguous LaTeX is read, and `~`, `--` and braces around several words stay. With `whole`,
    all of the text is LaTeX, as in a BibTeX field: `~` is a space, `--` a dash, and braces only group. A text above the
    limit stays unchanged.

    >>> latex_to_text(r"Caf\'e {A, B} -- \emph{about} ~5\%")
    'Café {A, B} -- about ~5%'
    >>> latex_to_text(r"Caf\'e {A, B} -- \emph{about}~5\%", whole=True)
    'Café A, B – about 5%'
    """
    if len(text) > TEX_CHARACTERS or (whole and not _MARKUP.search(text)):
        return text
    if not text.isascii():
        text = _STAND_INS.sub("", text)
    return _read_field(text) if whole else _read_running(text)


def _read_running(text: str) -> str:
    parts = (
        part.source if part.tex else _BARE_FORMULA.sub(r"$\g<0>$", _ENSURED.sub(_mark_ensured, part.source))
        for part in split_maths(text)
    )
    formulas: list[str] = []
    words = "".join(
        _set_aside(part.source, formulas) if part.tex else part.source for part in split_maths("".join(parts))
    )
    said = _put_back(_read_remains(words), formulas)
    return bare_dollars(simplify_delimiters(_show(said)))


def _read_field(text: str) -> str:
    if "\\llap" in text:
        for tex, mark in MADE_ACCENTS.items():
            text = text.replace(tex, mark)
    text = _FORMULA.sub(_mark_formula, text)
    formulas: list[str] = []
    text = _DOLLARS.sub(lambda m: _take_formula(m, formulas), text)
    said = unicodedata.normalize("NFC", _put_back(read_commands(text), formulas))
    return bare_dollars(_show(said))


def _show(text: str) -> str:
    """Return a text with placeholders replaced by their characters."""
    return text if text.isascii() else _PRINTED.sub(lambda m: _SHOWN[m[0]], text)


def _take_formula(match: re.Match[str], formulas: list[str]) -> str:
    """Return a placeholder for a formula between dollars; dollars of amounts of money stay."""
    formula = _read_formula(match)
    return _set_aside(formula, formulas) if formula else match[0]


def _set_aside(formula: str, formulas: list[str]) -> str:
    """Return a placeholder for a formula while the text around it is read."""
    formulas.append(formula)
    return f"{ASIDE}{chr(_FIRST_ASIDE + len(formulas) - 1)}"


def _put_back(text: str, formulas: list[str]) -> str:
    return _ASIDE.sub(lambda m: formulas[ord(m[1]) - _FIRST_ASIDE], text) if formulas else text


def _mark_formula(match: re.Match[str]) -> str:
    """Return a formula between dollars, whatever its delimiters; a single character is returned as text."""
    if match[3] is not None:
        return _mark_ensured(match, 3)
    tex = next(filter(None, match.groups()), "").strip()
    return f"${tex}$" if tex else ""


def _mark_ensured(match: re.Match[str], group: int = 1) -> str:
    tex = match[group].strip()
    if not tex or _LONE_SIGN.fullmatch(tex):
        return plain(f"${tex}$").translate(PRINT) if tex else ""
    return f"${tex}$"


def _read_formula(match: re.Match[str]) -> str:
    """Return a formula in the form of records, otherwise as plain characters; empty if the dollars are amounts of money."""
    tex = match[1].strip()
    around = match.string[match.start() - 1 : match.start()], match.string[match.end() : match.end() + 1]
    stands = f"${tex}$"
    is_kept = any(part.tex == tex for part in split_maths(f"{around[0]}{stands}{around[1]}"))
    if tex != match[1] and not _TEX_SIGN.search(tex):
        return ""
    if is_kept:
        return stands
    return plain(stands).translate(PRINT) if _TEX_SIGN.search(tex) else ""


def _read_remains(text: str) -> str:
    """Return text with remains of LaTeX converted."""
    text = _INLINE.sub(lambda m: f"${m[1]}$" if re.search(r"[\\^_]", _ESCAPED.sub("", m[1])) else m[1], text)
    if "\\" in text:
        text = read_commands(text, running=True)
    return "".join(part if n % 2 else _read_bare(part) for n, part in enumerate(_ADDRESS.split(text)))


def _read_bare(text: str) -> str:
    text = _TIE.sub(" ", text)
    for tex, sign in (*_BARE, *_QUOTES):
        text = tex.sub(sign, text)
    return _open_groups(text) if "{" in text or "}" in text else text


def _open_groups(text: str) -> str:
    """Return the text without braces around single words and without unbalanced braces."""
    for _ in range(_DEEPEST_GROUP):
        before, text = text, _SINGLE.sub(r"\1", text)
        if before == text:
            break
    if text.count("{") != text.count("}"):
        text = text.replace("{", "").replace("}", "")
    return text
