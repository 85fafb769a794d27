"""Detects formulas in text, between dollar signs or TeX's brackets.

1. The delimiters form a pair; a dollar after a backslash is a dollar sign. Between them are at most 500 characters
   without a blank line and with balanced braces. No space follows the opening `$` or precedes the closing `$`, and no
   digit follows the closing one (as in Pandoc).
2. The text between them is a formula: outside of braces, it has only characters of formulas, not only punctuation, and no
   words. A word has at least three letters and is not the name of a function; next to a relation or command, it is a
   variable (`loss = 3`).
3. A dollar next to a letter or digit outside may belong to a name or price. Then the formula must be simple: `Align$^2$`,
   `SU$(3)$` and `$k$NN` are mathematics, `A$AP`, `US$` and `Micro$oft` are not.

All other text keeps its dollars. The theme's `check/formulas.js` has the same rule; both are tested with
`tests/golden/formulas.yml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from generator.limits import TEX_DEPTH

LONGEST = 500
"""The maximum number of characters between two delimiters."""
_LETTER = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
_OPENING = re.compile(r"\\[\s\S]|\$+")
_INSIDE = re.compile(r"\\[\s\S]|[{}]|\$\$?|\n[ \t\r]*\n")
_CLOSING = {"$": "$", "$$": "$$", r"\(": r"\)", r"\[": r"\]"}
_COMMAND = re.compile(
    r"\\(?:rm|bf|it|sf|tt|cal)(?![A-Za-z])[ \t\n\r]*[A-Za-z]*|\\(?:[A-Za-z]+\*?|[ -~\t\n\r])"
)
_TEXT = re.compile(r"\\(?:text[a-z]*|[mh]box)[ \t\n\r]*\{[^{}]*\}")
_GROUP = re.compile(r"\{[^{}]*\}")
_STRANGE = re.compile(
    r"[^\t\n\r -~\u00a0-\u03ff\u1d00-\u1fff\u2000-\u25ff\u27c0-\u2bff\U0001d400-\U0001d7ff]"
)
_SUBSTANCE = re.compile(r"\\[A-Za-z]|[^ \t\n\r.,;:!?'\"`()\[\]{}\\@#%&~]")
_CUT = re.compile(r"[,;:!?)\]/]|\.(?![0-9])")  # no formula begins with these
_TEX = re.compile(r"\\[A-Za-z]|[_^]")
_BLANKS = " \t\n\r"
_EDGES = ".,;:!?'\"()[]"
_WORD = re.compile(rf"[{_LETTER}]+(?:[-'\u2019][{_LETTER}]+)*")
_SMALL = re.compile(r"[a-z\u00df-\u00f6\u00f8-\u00ff]{2}")
_RELATION = re.compile(r"[<=>~\\\u2190-\u21ff\u2208-\u220d\u223c-\u22ff]")
_LITTLE = frozenset("an as at by if in is it of on or to vs".split())  # noqa: SIM905 (a list of words reads best as words)
_FUNCTIONS = frozenset(
    """arccos arcsin arctan arg argmax argmin cos cosh cot coth cov csc deg det diag dim dist div erf exp gcd grad hom inf
    ker lcm lim liminf limsup log max min mod poly polylog rank sec sgn sign sin sinh span sup supp tan tanh tr var
    """.split()  # noqa: SIM905 (as above)
)
_FEWEST, _FEWEST_ALONE = 3, 4
_AFTER_LETTER = re.compile(rf"[\\^_=<>]|\([\s\S]*\)$|\[[\s\S]*\]$|[^{_LETTER}0-9]*$")
_AFTER_DIGIT = re.compile(rf"[\\^_]|[{_LETTER}]$")
_NAME = re.compile(rf"[{_LETTER}]{{2}}")
_IS_LETTER = re.compile(rf"[{_LETTER}]")
_ESCAPED = re.compile(r"\\([\s\S])")


class FormulaPart(NamedTuple):
    """A part of a text: its source, and the formula without delimiters, which is empty for text."""

    source: str
    tex: str = ""


def split_maths(text: str) -> Iterator[FormulaPart]:
    """Yield the parts of a text in order; their joined sources are the text."""
    if "$" not in text and "\\" not in text:  # most texts
        if text:
            yield FormulaPart(text)
        return
    words = at = 0
    while match := _OPENING.search(text, at):
        at = match.end()
        closing = _CLOSING.get(match[0])
        end = _find_end(text, at, closing) if closing else -1
        if end >= 0 and _is_maths(text, match.start(), at, end, match[0]):
            if match.start() > words:
                yield FormulaPart(text[words : match.start()])
            words = end + len(match[0])
            yield FormulaPart(text[match.start() : words], text[at:end].strip(_BLANKS))
            at = words
    if words < len(text):
        yield FormulaPart(text[words:])


def show_words(source: str) -> str:
    """Return text outside of formulas with escaped dollars unescaped."""
    return (
        _ESCAPED.sub(lambda match: "$" if match[1] == "$" else match[0], source)
        if "\\$" in source
        else source
    )


def bare_dollars(text: str) -> str:
    """Return a text without backslashes before dollars, unless the dollars would then delimit a formula."""
    bare = show_words(text)
    return bare if bare == text or _list_formulas(bare) == _list_formulas(text) else text


def simplify_delimiters(text: str) -> str:
    """Return a text with single dollars around its formulas, if the formulas stay the same."""
    simple = "".join(f"${part.tex}$" if part.tex else part.source for part in split_maths(text))
    return simple if simple == text or _list_formulas(simple) == _list_formulas(text) else text


def _list_formulas(text: str) -> list[str]:
    return [part.tex for part in split_maths(text) if part.tex]


def _find_end(text: str, at: int, closing: str) -> int:
    """Return the position of the closing delimiter of a formula that begins at `at`, or -1."""
    depth = 0
    for match in _INSIDE.finditer(text, at, at + LONGEST + len(closing)):
        found = match[0]
        if found == "{":
            depth += 1
            if depth > TEX_DEPTH:
                return -1
        elif found == "}":
            depth -= 1
            if depth < 0:
                return -1
        elif found[0] == "\n":
            return -1
        elif depth == 0 and (found == closing or (found == "$$" and closing == "$")):
            return match.start()
        elif depth == 0 and (found[0] == "$" or found in _CLOSING):
            return -1
    return -1


def _is_maths(text: str, start: int, at: int, end: int, opening: str) -> bool:
    tex = text[at:end]
    trimmed = tex.strip(_BLANKS)
    if (opening == "$" and trimmed != tex) or not is_formula(trimmed):
        return False
    tex = trimmed
    if opening[0] == "\\":
        return opening == r"\(" or bool(_TEX.search(tex))  # Markdown escapes brackets so
    before, after = text[start - 1 : start], text[end + len(opening) : end + len(opening) + 1]
    if "0" <= after <= "9":
        return False
    if _IS_LETTER.match(before) and not _AFTER_LETTER.match(tex):
        return False
    if "0" <= before <= "9" and not _AFTER_DIGIT.match(tex):
        return False
    return not (_IS_LETTER.match(after) and _NAME.search(tex) and not _TEX.search(tex))


def is_formula(tex: str) -> bool:
    """Return whether a text between delimiters looks like a formula instead of prose or a price."""
    if not _SUBSTANCE.search(tex) or _CUT.match(tex):
        return False
    outside = _COMMAND.sub(r"\\", _TEXT.sub(r"\\", tex))
    if "$" in outside:
        return False
    for _ in range(TEX_DEPTH):
        outside = _GROUP.sub("", outside)
    if _STRANGE.search(outside):
        return False
    tokens = outside.split()
    return not any(_is_word(tokens, at) for at in range(len(tokens)))


def _is_word(tokens: list[str], at: int) -> bool:
    token = tokens[at].strip(_EDGES)
    if not _WORD.fullmatch(token):
        return False
    if token in _LITTLE:
        return len(tokens) > 1
    if len(token) < (_FEWEST if len(tokens) > 1 else _FEWEST_ALONE) or token.lower() in _FUNCTIONS:
        return False
    beside = (tokens[at - 1][-1] if at else "", tokens[at + 1][0] if at + 1 < len(tokens) else "")
    return bool(_SMALL.search(token)) and not any(map(_RELATION.match, beside))
