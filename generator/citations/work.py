"""The state of a paper while a style writes its reference, and the functions of a compiled style."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct

from generator.citations.facts import Facts
from generator.formats.shared.work_facts import split_pages

NAMES = frozenset({"author", "editor"})
DATE = "issued"


class Shape(Struct, frozen=True):
    """What two works must have in common to be written by the same functions: their type, and which facts are known."""

    type: str
    known: frozenset[str]


class Work:
    """One paper on its way through a style: its facts, and which of them were asked for, found, and already said."""

    __slots__ = ("calls", "facts", "hidden", "hits", "number", "used")

    def __init__(self, facts: Facts, number: int = 0) -> None:
        """Begin; `number` is the number of the reference in a list, 0 where it has none."""
        self.facts, self.number = facts, number
        self.calls = self.hits = 0
        self.hidden: set[str] = set()
        self.used: list[str] = []

    def ask(self, name: str, *, known: bool) -> bool:
        """Return whether a fact is known and not said yet, and take note that it was asked for."""
        self.calls += 1
        if not known or name in self.hidden:
            return False
        self.hits += 1
        self.used.append(name)
        return True

    def find(self, name: str) -> str:
        """Return what is known of a variable and not said yet, and take note that it was asked for."""
        if name == "citation-number":
            value = str(self.number or "")
        elif name == "page-first":
            value = split_pages(self.facts.texts.get("page", ""))[0]
        else:
            value = self.facts.texts.get(name, "")
        return value if self.ask(name, known=bool(value)) else ""

    def substitute(self, part: Part, out: list[str]) -> None:
        """Write something in the place of names; what it says is not said again."""
        used, self.used = self.used, []
        part.write(self, out)
        if out:
            self.hidden.update(self.used)
        self.used = used


Write = Callable[[Work, list[str]], None]


class Part(Struct, frozen=True):
    """An element as a function that adds texts to a list."""

    write: Write
    asks: bool = False
    """Whether it asks for facts."""
    finds: bool = False
    """Whether it can find one."""
    is_one: bool = False
    """Whether it adds one text at most, which is not empty."""


def _ask(work: Work, _: list[str]) -> None:
    work.calls += 1


NOTHING = Part(_ask, asks=True, is_one=True)
"""What asks for a fact that no record has."""


def bundle(parts: Sequence[Part]) -> Part:
    """Return parts as one."""
    if len(parts) == 1:
        return parts[0]

    def write(work: Work, out: list[str]) -> None:
        for part in parts:
            part.write(work, out)

    return Part(write, asks=any(part.asks for part in parts), finds=any(part.finds for part in parts))
