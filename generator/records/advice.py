"""Advice on valid records: links of a doubtful kind, dashes, and quotations that do not occur in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.identifiers import is_mirror, is_repository
from generator.model import LinkKind, Paper, Shelf
from generator.problems import Place, Problem, note

_DASH = re.compile(r"(?<!\w)([^\W\d_]{1,40}[–—]([^\W\d_])\w{0,40})")
"""A dash between letters. Names are joined with a dash, as in Bose–Einstein; compound words have a hyphen."""
_OTHER_KINDS: tuple[LinkKind, ...] = ("project", "model")
"""Link kinds under which code repositories are often listed by mistake. A repository with only data is `data`."""


def advise(shelf: Shelf) -> Iterator[Problem]:
    """Yield a note for everything in a shelf's records that is valid but probably a mistake."""
    for key, paper in shelf.papers.items():
        yield from _advise_on_links(paper, shelf.places[key])
        yield from _advise_on_dashes(paper, shelf.places[key])


def _advise_on_links(paper: Paper, place: Place) -> Iterator[Problem]:
    for kind, values in paper.links.items():
        for value in values:
            if kind in _OTHER_KINDS and is_repository(value):
                message = f"links.{kind}: {value} is a code repository"
                yield note(
                    "repository-kind",
                    message,
                    place,
                    "list it under `code`, or under `data` if it contains only data",
                )
            if is_mirror(value):
                message = f"links.{kind}: {value} is a mirror, not the authors' own URL"
                yield note("mirror", message, place, "replace it with the original URL, or remove it")


def _advise_on_dashes(paper: Paper, place: Place) -> Iterator[Problem]:
    for field in ("summary", "note"):
        for match in _DASH.finditer(getattr(paper, field)):
            if match[2].islower():
                message = f"{field}: “{match[1]}” has a dash instead of a hyphen"
                yield note(
                    "dash-for-hyphen",
                    message,
                    place,
                    "write a hyphen, so that searches find the word",
                )
