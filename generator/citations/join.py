"""Joins parts of a reference and removes punctuation that must not follow other punctuation (CSL 1.0.2, “Appendix: punctuation”)."""

from __future__ import annotations

import re
from collections.abc import Sequence

OPEN, CLOSE = "\ue000", "\ue001"
"""Marks of where a quotation begins and ends, until `settle_quotes` writes the marks of the language."""
MARKS = str.maketrans("", "", OPEN + CLOSE)
"""What takes them out of a text from a record."""
_CLASHES = frozenset(
    {"..", ",,", "::", ";;", "?.", "?,", "?:", "?;", "!.", "!,", "!:", "!;", ":.", ";.", ";,", ":,"}
)
"""Two marks of which only the first is written."""
_QUOTED = re.compile(r'“([^“”]*)”|(?<![^\s(\[/–—-])"([^"]+)"(?!\w)')


def join(left: str, right: str) -> str:
    """Return two texts as one: of marks that clash one is left, and of spaces that meet as well.

    A full stop or comma after a quotation stays outside until `settle_quotes`.

    >>> join("Owl Nest, Inc.", ". 2020"), join("Who hoots?", ", in"), join("Owls ", " Wrens")
    ('Owl Nest, Inc. 2020', 'Who hoots? in', 'Owls Wrens')
    """
    if not left or not right:
        return left or right
    first = right[0]
    if first == " ":
        return left + right.lstrip(" ") if left[-1] == " " else left + right
    if first in ".,:;" and _clashes(left, first):
        return join(left, right[1:])
    if first == "." and left[-1] == ",":
        return left[:-1] + right
    return left + right


def _clashes(left: str, mark: str) -> bool:
    """Return whether a mark has no place behind a text; what a quotation ends with counts."""
    return left.rstrip(CLOSE)[-1:] + mark in _CLASHES if left[-1] == CLOSE else left[-1] + mark in _CLASHES


def join_all(parts: Sequence[str], between: str = "") -> str:
    """Return texts as one, with a text between each two."""
    said = ""
    if len(parts) == 1:
        return parts[0]
    for part in parts:
        said = join(join(said, between), part) if said and between else join(said, part)
    return said


def enclose(prefix: str, text: str, suffix: str) -> str:
    """Return a text with what stands before and after it; nothing where there is no text."""
    return join(join(prefix, text), suffix) if text else ""


def mark_quotes(text: str) -> str:
    """Return a text in which marks stand for its pairs of quotation marks."""
    if '"' not in text and "“" not in text:
        return text
    return _QUOTED.sub(lambda match: f"{OPEN}{match[1] or match[2] or ''}{CLOSE}", text)


def settle_quotes(text: str, quotes: tuple[str, str, str, str], *, inside: bool) -> str:
    """Return a text with the quotation marks of a language: outer ones, and inner ones in a quotation.

    `quotes` are the opening, closing, inner opening and inner closing mark; `inside` says whether a full stop or comma
    goes before the closing mark.

    >>> settle_quotes("\ue000Owls\ue001, 2020", ("“", "”", "‘", "’"), inside=True)
    '“Owls,” 2020'
    """
    if OPEN not in text and CLOSE not in text:
        return text
    if inside:
        text = re.sub(rf"({CLOSE}+)([.,])", r"\2\1", text)
    depth, said = 0, list[str]()
    for sign in text:
        if sign == OPEN:
            said.append(quotes[0] if depth % 2 == 0 else quotes[2])
            depth += 1
        elif sign == CLOSE:
            depth -= 1
            said.append(quotes[1] if depth % 2 == 0 else quotes[3])
        else:
            said.append(sign)
    return "".join(said)
