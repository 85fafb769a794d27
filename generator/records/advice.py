"""Advice on records that are valid: links of a doubtful kind, dashes, and quotations that quote nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.identifiers import is_mirror, is_repository
from generator.model import LinkKind, Paper, Shelf
from generator.problems import Place, Problem, note

_DASH = re.compile(r"(?<!\w)([^\W\d_]{1,40}[–—]([^\W\d_])\w{0,40})")
"""A dash between letters. Names are joined by one, as in Bose–Einstein; words of a compound have a hyphen."""
_OTHER_KINDS: tuple[LinkKind, ...] = ("project", "model")
"""Kinds that a repository of code is mistaken for; one of data alone is `data`."""


def advise(shelf: Shelf) -> Iterator[Problem]:
    """Yield a note for everything of a shelf's records that is allowed and probably not meant."""
    for key, paper in shelf.papers.items():
        yield from _advise_on_links(paper, shelf.places[key])
        yield from _advise_on_dashes(paper, shelf.places[key])


def _advise_on_links(paper: Paper, place: Place) -> Iterator[Problem]:
    for kind, values in paper.links.items():
        for value in values:
            if kind in _OTHER_KINDS and is_repository(value):
                message = f"links.{kind}: {value} is a repository of code"
                yield note(
                    "repository-kind",
                    message,
                    place,
                    "write it as `code`, or as `data` if it holds nothing else",
                )
            if is_mirror(value):
                message = f"links.{kind}: {value} is a mirror, and not the authors' address"
                yield note("mirror", message, place, "write the address of the original, or remove it")


def _advise_on_dashes(paper: Paper, place: Place) -> Iterator[Problem]:
    for field in ("summary", "note"):
        for match in _DASH.finditer(getattr(paper, field)):
            if match[2].islower():
                message = f"{field}: “{match[1]}” has a dash for a hyphen"
                yield note(
                    "dash-for-hyphen",
                    message,
                    place,
                    "write a hyphen, so that the compound is found and copied as it is typed",
                )
