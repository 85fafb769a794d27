"""What curators write beside the records, as values: overviews of topics, digests of intakes, terms of the glossary, reading paths, fact tables, and names."""

from __future__ import annotations

from typing import Literal, get_args

from msgspec import Struct

from generator.problems import Place
from generator.text.slugs import slug_name


class Span(Struct, frozen=True, kw_only=True):
    """A stretch of the text of an overview or a digest, all of one kind."""

    text: str
    line: int = 0
    paper: str = ""
    """The paper that it links to."""
    topic: str = ""
    """The topic that it links to."""
    strong: bool = False
    emphasis: bool = False


class Passage(Struct, frozen=True, kw_only=True):
    """A paragraph of an overview, or an item of a list in it."""

    spans: tuple[Span, ...]
    is_item: bool = False


class Overview(Struct, frozen=True, kw_only=True):
    """What curators write about the papers of a topic, or in a digest about those of an intake: at least one passage."""

    passages: tuple[Passage, ...]
    place: Place


class Term(Struct, frozen=True, kw_only=True):
    """An entry of the glossary."""

    id: str
    """Made from the term; the entry's anchor on the page of the glossary."""
    term: str
    aliases: tuple[str, ...] = ()
    """Other words for the same thing."""
    meaning: str
    topic: str = ""
    """The topic whose papers are about it."""
    place: Place


Glossary = tuple[Term, ...]
"""The entries in the order of the file."""


class Step(Struct, frozen=True, kw_only=True):
    """A paper that readers are led to, in `start_here` of a topic or in a reading path, with the reason."""

    paper: str
    why: str = ""
    place: Place


class ReadingPath(Struct, frozen=True, kw_only=True):
    """A way through papers of several topics: each step says what its paper adds to the one before."""

    id: str
    name: str
    lead: str
    """What the path is about, in one or two sentences."""
    introduction: tuple[str, ...] = ()
    """The paragraphs that stand before the first step."""
    steps: tuple[Step, ...]
    """At least two, each of another paper."""
    place: Place


class FactTable(Struct, frozen=True, kw_only=True):
    """A table with papers as rows and fields of the shelf as columns."""

    id: str
    name: str
    lead: str
    """What the table shows, in one or two sentences."""
    introduction: tuple[str, ...] = ()
    """The paragraphs that stand before the table."""
    columns: tuple[str, ...]
    """The ids of the fields, at least one. A paper with a value of the first one is a row."""
    place: Place


NameKind = Literal["author", "venue", "model", "dataset", "benchmark"]
ResourceKind = Literal["model", "dataset", "benchmark"]
RESOURCES: tuple[ResourceKind, ...] = get_args(ResourceKind)
"""The kinds of names that are found in the texts of papers."""


class NameEntry(Struct, frozen=True, kw_only=True):
    """An author, a venue, a model, a data set or a benchmark, with all names by which texts and readers know it."""

    name: str
    """The name that is shown."""
    kind: NameKind
    aliases: tuple[str, ...] = ()
    id: str = ""
    """The end of the address of the list; empty for the slug of the name."""
    orcid: str = ""
    papers: tuple[str, ...] = ()
    """The only papers whose author of this name is meant; empty for all."""
    note: str = ""
    """Words that tell this person from others with the same name."""
    paper: str = ""
    """The paper that introduces this model, data set or benchmark."""
    place: Place

    @property
    def slug(self) -> str:
        """The end of the address of the list."""
        return self.id or slug_name(self.name)

    @property
    def forms(self) -> tuple[str, ...]:
        """The name and its aliases."""
        return (self.name, *self.aliases)
