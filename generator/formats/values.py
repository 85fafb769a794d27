"""Values that an importer takes and returns."""

from __future__ import annotations

from msgspec import Struct

from generator.model import Draft
from generator.problems import Problem


class TextFile(Struct, frozen=True, kw_only=True):
    """A file's name, as messages call it, and its text."""

    name: str
    text: str


class Heading(Struct, frozen=True, kw_only=True):
    """A heading of a list."""

    path: str
    """The headings that it is in and itself, joined by ` > `, as in `groups` of papers."""
    file: str
    line: int
    text: str = ""
    """The paragraphs between the heading and its first paper, in plain words."""


class Batch(Struct, frozen=True, kw_only=True):
    """The drafts that an import read, in the order of their entries, and what was wrong with the input."""

    drafts: tuple[Draft, ...]
    entries: int
    """How many entries the input holds; each is a draft or named in a problem."""
    problems: tuple[Problem, ...]
    headings: tuple[Heading, ...] = ()
    """The headings of lists, in their order."""
