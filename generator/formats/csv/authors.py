"""Names of authors in one cell of a table: split if the separators are clear, kept as text if not."""

from __future__ import annotations

import re
from collections.abc import Iterable

_CLEAR = re.compile(r"[|;\n]")
_AND = re.compile(r",? (?:and|&) ")
_OTHERS = re.compile(r"(?:\bet\.? al\b\.?|\bothers\b|…|\.\.\.)$", re.IGNORECASE)
_SUFFIX = re.compile(r",\s*(?=(?:Jr|Sr|I{2,3}|IV)\b\.?)")


def shows_family_first(cells: Iterable[str]) -> bool:
    """Return whether a column of names has one like `Owl, Jane`: then a comma in it may stand inside a name."""
    return any(_is_family_first(cell) for cell in cells)


def split_authors(cell: str, *, family_first: bool) -> tuple[str, ...] | None:
    """Return the names in a cell, or None when it cannot be told where one ends.

    `|`, `;` and line ends always separate, and then a comma stands inside a name. So does ` and `. Commas separate
    when every part between them has two words or more, as `Jane Owl, Bob Wren` has; with a single comma only when no
    other name of the column is written like `Owl, Jane` (`family_first`), which is one person. Everything else with
    commas is unclear, and so is a list that ends in `et al.`: the names are not all of them.
    """
    cell = cell.strip()
    if _OTHERS.search(cell):
        return None
    if _CLEAR.search(cell):
        return _clean(_CLEAR.split(cell))
    names: list[str] = []
    parts = _AND.split(" ".join(cell.split()))
    for part in parts:
        found = _split_commas(part, family_first=family_first)
        if found is None:
            return None
        names += found
    return _clean(names)


def split_own(cell: str) -> tuple[str, ...]:
    """Return the names in a cell that our own export wrote: semicolons separate, and nothing else does."""
    return _clean(cell.split(";"))


def _split_commas(part: str, *, family_first: bool) -> list[str] | None:
    part = _SUFFIX.sub(" ", part)
    if "," not in part or _is_family_first(part):
        return [part]
    pieces = [piece.strip() for piece in part.split(",") if piece.strip()]
    if any(len(piece.split()) == 1 or piece[0].islower() for piece in pieces):
        return None
    return None if len(pieces) <= 2 and family_first else pieces  # noqa: PLR2004 (one comma)


def _is_family_first(text: str) -> bool:
    """Return whether a text is one name with one comma, a lone word or a particle beside it: `Owl, Jane`, `van Owl, Jane`."""
    parts = [part.split() for part in text.split(",")]
    if len(parts) != 2 or not all(parts):  # noqa: PLR2004 (one comma)
        return False
    return len(parts[0]) == 1 or len(parts[1]) == 1 or parts[0][0][0].islower()


def _clean(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(name for raw in names if (name := " ".join(raw.split())))
