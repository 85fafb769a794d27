"""The frozen values that stages hand to each other: papers and their parts, topics, pages, the site."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Literal, get_args

from msgspec import Struct, field

from generator.editorial import Glossary, Overview
from generator.labels.labels import Labels, load_labels
from generator.problems import Place
from generator.text.markup_text import MarkupText
from generator.text.names import NameParts, show_name, split_name

Kind = Literal["paper", "survey", "benchmark", "dataset", "system"]
Status = Literal["active", "withdrawn", "superseded", "removed"]
VenueType = Literal["journal", "conference", "workshop", "preprint", "report", "book", "thesis"]
LinkKind = Literal[
    "arxiv", "doi", "openreview", "pdf", "code", "data", "model", "demo", "project", "video", "page"
]
Field = Literal["title", "summary", "abstract"]
SourceKind = Literal["", "daily-papers"]

KINDS: tuple[Kind, ...] = get_args(Kind)
TEXT_FIELDS: tuple[Field, ...] = get_args(Field)
MAP_SIDE = 10_000
"""The length of the map's sides."""


class Author(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A person or body that a source names as an author or editor."""

    name: str
    orcid: str = ""
    literal: bool = False
    """Whether a source marks it as one name, as that of a body: no comma parts it, and no style abbreviates it."""

    @property
    def parts(self) -> NameParts | None:
        """The parts of the name; None where it has none."""
        return None if self.literal else split_name(self.name)

    @property
    def shown(self) -> str:
        """The name as people read it.

        >>> Author(name="Owl, Jane").shown, Author(name="Owls, Wrens and Nests", literal=True).shown
        ('Jane Owl', 'Owls, Wrens and Nests')
        """
        return self.name if self.literal else show_name(self.name)


class Pin(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A topic written into a record: by a curator, or (with `why`) by a rule at the time of an import."""

    id: str
    why: str = ""
    """The phrase and the field that decided; empty when a curator decided."""


class Source(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One place that a record's facts came from."""

    name: str
    entry: str = ""
    """Which entry of the source: its number on the page, or its key."""
    date: str = ""
    """The day of the page, `YYYY-MM-DD`; empty when unknown."""
    kind: SourceKind = ""
    """What the source is, where its format says so; `daily-papers` is a page of a daily-papers site."""
    organisation: str = ""
    discussion: int | None = None
    """Size of the discussion at the source; None when the source does not say."""
    gone: str = ""
    """The day on which the entry was first missing in the source, `YYYY-MM-DD`; empty while it is there."""
    claims: Mapping[str, str] = {}
    """What this source said where it is not what the record says, by field."""


class Paper(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, dict=True):
    """A curated record. Unknown facts keep their empty default and are shown as unknown."""

    title: str
    id: str = ""
    """Fixed for ever; in a draft empty, or the id that a record of this project brings along."""
    key: str = ""
    """What the paper is cited by in BibTeX and the like; empty for the id."""
    summary: str = ""
    abstract: str = ""
    authors: tuple[Author, ...] = ()
    author_count: int | None = None
    published: str = ""
    """`YYYY`, `YYYY-MM` or `YYYY-MM-DD`, as precise as the source is."""
    venue: str = ""
    venue_type: VenueType | None = None
    volume: str = ""
    issue: str = ""
    pages: str = ""
    editors: tuple[str | Author, ...] = ()
    publisher: str = ""
    isbn: str = ""
    language: str = ""
    links: Mapping[LinkKind, tuple[str, ...]] = {}
    """Canonical identifiers and addresses, by kind."""
    kind: Kind = "paper"
    topics: tuple[Pin, ...] = ()
    not_topics: tuple[str, ...] = ()
    groups: Mapping[str, tuple[str, ...]] = {}
    """Sections, keywords, tags and the like, as sources give them; a section is a path: `Owls > Night`."""
    added: str = ""
    status: Status = "active"
    status_note: str = ""
    superseded_by: str = ""
    aliases: tuple[str, ...] = ()
    featured: bool = False
    note: str = ""
    sources: tuple[Source, ...] = ()
    extra: Mapping[str, str] = {}

    @property
    def citation_key(self) -> str:
        """The key by which bibliographies cite the paper."""
        return self.key or self.id

    def list_editors(self) -> tuple[Author, ...]:
        """Return the editors, each in the form of an author."""
        return tuple(Author(name=name) if isinstance(name, str) else name for name in self.editors)

    @cached_property
    def title_text(self) -> MarkupText:
        """The title with its renderings."""
        return MarkupText(self.title)

    @cached_property
    def summary_text(self) -> MarkupText:
        """The summary with its renderings."""
        return MarkupText(self.summary)

    @cached_property
    def abstract_text(self) -> MarkupText:
        """The abstract with its renderings."""
        return MarkupText(self.abstract)


class Draft(Struct, frozen=True, kw_only=True):
    """A paper as an importer read it, before it has an id, and the place that it was read from."""

    paper: Paper
    place: Place


class MapPosition(Struct, frozen=True):
    """Where a paper is on the map: whole numbers from 0 to `MAP_SIDE`, x to the right and y downwards."""

    x: int
    y: int


class Published(Struct, frozen=True, kw_only=True):
    """What stands, or once stood, at an address of the site."""

    title: str
    names: tuple[str, ...] = ()
    """A paper's identifiers, as `kind:value`."""
    is_paper: bool = False
    """Whether it is known to be a paper's page; the ledger does not say it."""
    removed: bool = False
    """Whether it was taken away on purpose."""
    note: str = ""
    """Why, in the words of its curators; readers of the tombstone see it."""
    line: int = 0
    """The line of the ledger; 0 where it is not from there."""


OwnFieldType = Literal["text", "number", "choice", "flag", "link", "list"]
OwnFieldPlace = Literal["facet", "compare", "sort", "cards"]


class OwnField(Struct, frozen=True, kw_only=True):
    """A field that a shelf declares for itself; its values are texts under `extra`, by its id."""

    id: str
    label: str
    type: OwnFieldType = "text"
    unit: str = ""
    """What the numbers count, such as `B`."""
    choices: tuple[str, ...] = ()
    """The values that a choice may have; all that occur, where there are none."""
    headers: tuple[str, ...] = ()
    """Headers of tables that mean the field, besides its id and its label."""
    show: frozenset[OwnFieldPlace] = frozenset()
    """Where readers meet it, besides the page of a paper."""


class Shelf(Struct, frozen=True, kw_only=True):
    """All records, by id in order, and the file and line that each is in."""

    papers: Mapping[str, Paper]
    places: Mapping[str, Place]
    map_positions: Mapping[str, MapPosition] = {}
    """Where `map.csv` says that papers are on the map."""
    removed: Mapping[str, Paper] = {}
    """Records that say of themselves that they were removed, where they are kept apart from the others."""
    ledger: Mapping[str, Published] = {}
    """What `urls.txt` says was published, by address."""
    own_fields: Mapping[str, OwnField] = {}
    """The fields that `shelf.yml` declares, by their ids."""
    overviews: Mapping[str, Overview] = {}
    """What `overviews/` says about topics, by their ids."""
    glossary: Glossary = ()
    settled: frozenset[str] = frozenset()
    """Records into which somebody wrote a status, `active` included: no import changes it."""


class Rule(Struct, frozen=True, kw_only=True):
    """Phrases that put a paper under a topic: any of `any`, all of `all`, none of `none`, in the fields `fields`.

    A field is one of `TEXT_FIELDS`, a name under `groups` (`section` is `sections`), or a name under `extra`.
    """

    any: tuple[str, ...] = ()
    all: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    fields: tuple[str, ...] = TEXT_FIELDS
    times: int = 1
    """How often phrases of `any` must occur together in the fields."""


class Step(Struct, frozen=True, kw_only=True):
    """A paper of a topic's reading path, and half a sentence why it is there."""

    paper: str
    why: str = ""
    place: Place


class Topic(Struct, frozen=True, kw_only=True):
    """A node of the taxonomy."""

    id: str
    name: str
    description: str = ""
    parent: str = ""
    neighbours: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    start_here: tuple[Step, ...] = ()
    rules: tuple[Rule, ...] = ()
    place: Place


class Taxonomy(Struct, frozen=True, kw_only=True, dict=True):
    """The topics by id, in the order of the file."""

    topics: Mapping[str, Topic] = field(default_factory=dict)

    def children(self, parent: str) -> tuple[Topic, ...]:
        """Return the topics directly below `parent` (the empty string: the topmost ones)."""
        return self._by_parent.get(parent, ())

    @cached_property
    def _by_parent(self) -> Mapping[str, tuple[Topic, ...]]:
        groups: dict[str, list[Topic]] = {}
        for topic in self.topics.values():
            groups.setdefault(topic.parent, []).append(topic)
        return {parent: tuple(topics) for parent, topics in groups.items()}


class Placement(Struct, frozen=True, kw_only=True):
    """A paper's place under a topic, and the reason that readers are shown."""

    topic: str
    why: str


class Related(Struct, frozen=True, kw_only=True):
    """A related paper with the reason: topics and rare terms that both have, and how near it is.

    A paper and itself would have a weight of about a million.
    """

    paper: str
    terms: tuple[str, ...]
    weight: int
    topics: tuple[str, ...] = ()
    """The ids of shared topics, the rarest first."""


class Mentions(Struct, frozen=True, kw_only=True):
    """Papers whose model, data set or method a paper mentions by its name, and papers that mention its own."""

    mentions: tuple[tuple[str, str], ...] = ()
    """The ids of papers, each with the name."""
    mentioned_by: tuple[str, ...] = ()
    """The ids of the newest papers that mention it."""
    times: int = 0
    """How many papers mention it in all."""


class Catalogue(Struct, frozen=True, kw_only=True):
    """Ids of papers, newest first, as a whole and by topic, year and venue; and in the order that they came to the shelf."""

    newest: Sequence[str]
    arrivals: Sequence[str]
    by_topic: Mapping[str, Sequence[str]]
    by_year: Mapping[str, Sequence[str]]
    by_venue: Mapping[str, Sequence[str]]


class Page(Struct, frozen=True, kw_only=True):
    """A generated page: its path in the tree of Markdown files, what its head says (safe for HTML), and its Markdown.

    `edit` is the file that an editor opens.
    """

    path: str
    head: Mapping[str, object]
    body: str
    edit: str = ""


class Plan(Struct, frozen=True, kw_only=True):
    """A page that is known and not yet made: its path, title and layout, the file that an editor opens, and what makes it.

    `depends` has all values of the shelf that show on the page; while they are equal, the page is the same.
    """

    path: str
    title: str
    layout: str
    edit: str = ""
    depends: tuple[object, ...] = ()
    make: Callable[[], Page]


class Asset(Struct, frozen=True, kw_only=True):
    """A generated file that is no page: its path in the tree and its bytes."""

    path: str
    body: bytes


class Site(Struct, frozen=True, kw_only=True):
    """Everything that is known before a page is written."""

    shelf: Shelf
    taxonomy: Taxonomy
    placements: Mapping[str, tuple[Placement, ...]]
    related: Mapping[str, tuple[Related, ...]]
    catalogue: Catalogue
    labels: Labels = field(default_factory=load_labels)
    """The words of the pages."""
    map_positions: Mapping[str, MapPosition] = {}
    """Where papers are on the map: those of the shelf's file, and others beside their related papers."""
    mentions: Mapping[str, Mentions] = {}
    """What papers mention and are mentioned by, of those that do or are."""
