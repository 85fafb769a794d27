"""The input and output values of importers."""

from __future__ import annotations

from msgspec import Struct

from generator.model import Draft
from generator.problems import Problem


class TextFile(Struct, frozen=True, kw_only=True):
    """A file's name for messages, and its text."""

    name: str
    text: str


class Heading(Struct, frozen=True, kw_only=True):
    """A heading of a list."""

    path: str
    """The heading with its parent headings, joined by ` > `, as in `groups` of papers."""
    file: str
    line: int
    text: str = ""
    """The paragraphs between the heading and its first paper, as plain text."""


class Batch(Struct, frozen=True, kw_only=True):
    """The drafts that were read, in the order of their entries, and the problems of the input."""

    drafts: tuple[Draft, ...]
    entries: int
    """The number of entries in the input; each is a draft or reported in a problem."""
    problems: tuple[Problem, ...]
    headings: tuple[Heading, ...] = ()
    """The headings of lists, in order."""
