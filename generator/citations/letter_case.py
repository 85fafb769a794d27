"""The letter case of titles in references (CSL 1.0.2, “Text-case”)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

# The stop words of the specification.
_SMALL = frozenset(
    "a an and as at but by down for from in into nor of on onto or over so the till to up via with yet".split()  # noqa: SIM905 (a list of words reads best as words)
)
_WORD = re.compile(r"[^\s–—]+")
_ENDS = (":", "?", "!", "—", "–", ".")
_SIGNS = "“”‘’\"'()[],;:\ue000\ue001"
_LATIN = "\u0250"
"""The first letter behind the alphabets of Latin scripts."""
_FIRST = re.compile(r"([^\w]*)([^\W\d_])")


def capitalise_first(text: str) -> str:
    """Return a text whose first letter is a capital, unless its first word has one somewhere.

    >>> capitalise_first("edited by"), capitalise_first("“owls”"), capitalise_first("7th")
    ('Edited by', '“Owls”', '7th')
    """
    first = text.split(" ", 1)[0]
    match = _FIRST.match(text)
    return (
        text if first != first.lower() or not match else f"{match[1]}{match[2].upper()}{text[match.end() :]}"
    )


def capitalise_title(text: str) -> str:
    """Return an English title with capitals, but for small words in its middle; words with a capital stay as they are.

    >>> capitalise_title("owls in the night: a study of self-aware mRNA")
    'Owls in the Night: A Study of Self-Aware mRNA'
    """
    words = list(_WORD.finditer(text))
    said, end = list[str](), 0
    for number, match in enumerate(words):
        before = text[end : match.start()]
        is_edge = (
            number in {0, len(words) - 1} or said[-1].endswith(_ENDS[:3]) or before.strip() in _ENDS[3:-1]
        )
        said += (
            [before, _capitalise_word(match[0], is_edge=is_edge)]
            if before
            else [_capitalise_word(match[0], is_edge=is_edge)]
        )
        end = match.end()
    return "".join([*said, text[end:]])


def _capitalise_word(word: str, *, is_edge: bool) -> str:
    first, *rest = word.split("-")
    if not is_edge and (first.strip(_SIGNS) in _SMALL if not rest else len(first) == 1):
        said = first  # also the letter of a word such as r-plane
    else:
        said = _capitalise_part(first)
    return "-".join(
        [said, *(part if part.strip(_SIGNS) in _SMALL else _capitalise_part(part) for part in rest)]
    )


def _capitalise_part(part: str) -> str:
    """Return a word with a capital; letters of other scripts than the Latin one stay as they are."""
    match = _FIRST.match(part)
    return capitalise_first(part) if match and match[2] < _LATIN else part


CASES: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {
        "lowercase": str.lower,
        "uppercase": str.upper,
        "capitalize-first": capitalise_first,
        "capitalize-all": lambda text: " ".join(map(capitalise_first, text.split(" "))),
        "sentence": lambda text: capitalise_first(text.lower() if text.isupper() else text),
        "title": capitalise_title,
    }
)
"""What each value of the attribute `text-case` does."""
