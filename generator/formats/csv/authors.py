"""Author names in a table cell: split if the separators are clear, otherwise kept as text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from generator.formats.shared.name_lists import split_pairs, split_people
from generator.formats.shared.nothing import names_nobody
from generator.text.titles import fold_title
from generator.text.written_lists import read_list

_CLEAR = re.compile(r"[|；﹔、\t\n]| [•·/] ")
"""Separators that are as clear as a semicolon. A dot without spaces occurs inside transcribed names."""
_AND = re.compile(r",? (?:and|&) ")
_OTHERS = re.compile(r"(?:\bet\.? al\b\.?|\bothers\b|等人?|…|\.\.\.)$", re.IGNORECASE)
_SUFFIX = re.compile(r",\s*(?=(?:Jr|Sr|I{2,3}|IV)\b\.?)")
_EASTERN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\s,·・]+")
"""Chinese, Japanese and Korean names contain no commas."""
_NUMBER = re.compile(r"\s*\(\d+\)$")
"""An author's number in Scopus."""


def shows_family_first(cells: Iterable[str]) -> bool:
    """Return whether a column has a name like `Owl, Jane`, so that commas in it may be inside names."""
    return any(_is_family_first(cell) for cell in cells)


def split_authors(cell: str, *, family_first: bool) -> tuple[str, ...] | None:
    """Return the names in a cell, or None if it is unclear where names end.

    `|`, `;`, `、`, line breaks and ` and ` always separate names; commas are then inside names. Otherwise, commas
    separate names if every part has at least two words, as in `Jane Owl, Bob Wren`; with a single comma only if no
    other name in the column is written like `Owl, Jane` (`family_first`), which is one person. In `Owl, J., Wren, B.`,
    family names and initials alternate. Other cells with commas are unclear, and so is a list that ends with `et al.`,
    because names are missing. A list written by a program, such as `['Jane Owl', 'Bob Wren']`, has a name in each pair
    of quotes.
    """
    cell = cell.strip()
    if listed := read_list(cell):
        return _clean(listed)
    if cell.startswith("[") and cell.endswith("]") and cell.count("[") == 1:
        cell = cell[1:-1].strip()
    cell = cell.replace("，", ", ")
    if _OTHERS.search(cell):
        return None
    cell = _CLEAR.sub(";", cell)
    names = (
        split_people(cell) if ";" in cell else _split_line(" ".join(cell.split()), family_first=family_first)
    )
    return None if names is None else _clean(names)


def _split_line(cell: str, *, family_first: bool) -> Sequence[str] | None:
    """Return the names separated by commas and `and`, or None if it is unclear where names end."""
    if _EASTERN.fullmatch(cell):
        return cell.split(",")
    if len(pairs := split_pairs(_AND.sub(", ", cell))) > 1:
        return pairs
    names: list[str] = []
    parts = _AND.split(cell)
    if any("," not in part and " " in part for part in parts[1:]):
        family_first = False  # the last name shows in which order the others are
    for part in parts:
        found = _split_commas(part, family_first=family_first)
        if found is None:
            return None
        names += found
    return names


def are_same_people(names: Sequence[str], others: Sequence[str]) -> bool:
    """Return whether two lists name the same people in the same order; one of them may have initials.

    >>> are_same_people(["Owl J.", "Wren B.A."], ["Owl, Jane", "Wren, Bob A."])
    True
    """
    return len(names) == len(others) and all(
        _first_words(mine) & _first_words(yours) for mine, yours in zip(names, others, strict=True)
    )


def _first_words(name: str) -> set[str]:
    """Return the words of a name that are not initials."""
    words = set(re.findall(r"\w{2,}", fold_title(name)))
    return words or set(re.findall(r"\w+", fold_title(name)))


def split_own(cell: str) -> tuple[str, ...]:
    """Return the names in a cell of our own export, in which only semicolons separate names."""
    return tuple(name for raw in cell.split(";") if (name := " ".join(raw.split())))


def _split_commas(part: str, *, family_first: bool) -> list[str] | None:
    part = _SUFFIX.sub(" ", part)
    if "," not in part or _is_family_first(part):
        return [part]
    pieces = [piece.strip() for piece in part.split(",") if piece.strip()]
    if any(len(piece.split()) == 1 or piece[0].islower() for piece in pieces):
        return None
    return None if len(pieces) <= 2 and family_first else pieces  # noqa: PLR2004 (one comma)


def _is_family_first(text: str) -> bool:
    """Return whether a text is a name with one comma after a single word, optionally with a particle: `Owl, Jane`, `van Owl, Jane`."""
    parts = [part.split() for part in text.split(",")]
    if len(parts) != 2 or not all(parts):  # noqa: PLR2004 (one comma)
        return False
    return len(parts[0]) == 1 or len(parts[1]) == 1 or parts[0][0][0].islower()


def _clean(names: Iterable[str]) -> tuple[str, ...]:
    found = (_NUMBER.sub("", " ".join(raw.split())) for raw in names)
    return tuple(name for name in found if name and not names_nobody(name))
