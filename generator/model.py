"""The immutable values that stages pass on: papers and their parts, topics, pages, the site."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, Literal, get_args

from msgspec import Struct, field

from generator.directory import Directory, Name
from generator.editorial import FactTable, Glossary, NameEntry, Overview, ReadingPath, Step
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
"""The width and height of the map."""


class Author(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A person or organization that a source names as an author or editor."""

    name: str
    orcid: str = ""
    literal: bool = False
    """Whether a source marks the name as one unit, such as an organization: commas do not split it and styles do not abbreviate it."""

    @property
    def parts(self) -> NameParts | None:
        """The parts of the name, or None if it has none."""
        return None if self.literal else split_name(self.name)

    @property
    def shown(self) -> str:
        """The name for display.

        >>> Author(name="Owl, Jane").shown, Author(name="Owls, Wrens and Nests", literal=True).shown
        ('Jane Owl', 'Owls, Wrens and Nests')
        """
        return self.name if self.literal else show_name(self.name)


class Pin(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A topic in a record, set by a curator or (with `why`) by a rule during an import."""

    id: str
    why: str = ""
    """The phrase and field that decided; empty if a curator decided."""


class Source(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A source of a record's facts."""

    name: str
    entry: str = ""
    """The entry in the source: its number on the page, or its key."""
    date: str = ""
    """The date of the page, `YYYY-MM-DD`; empty if unknown."""
    kind: SourceKind = ""
    """The kind of source if its format identifies it; `daily-papers` is a page of a daily-papers site."""
    organisation: str = ""
    discussion: int | None = None
    """The number of comments at the source; None if unknown."""
    gone: str = ""
    """The date on which the entry was first missing from the source, `YYYY-MM-DD`; empty if it is not missing."""
    claims: Mapping[str, str] = {}
    """Values of this source that differ from the record, by field."""


class Image(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A picture that curators show with a paper."""

    file: str
    """The path of the file below the content folder."""
    alt: str
    """What the picture shows, for readers who do not see it."""
    licence: str = ""
    source: str = ""
    """Where it is from: a text or a URL."""


class ImageSize(Struct, frozen=True):
    """The width and height of a picture in pixels."""

    width: int
    height: int


class SmallPicture(Struct, frozen=True):
    """A smaller version of a picture: its path in the site, and its width in pixels."""

    path: str
    width: int


class Paper(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, dict=True):
    """A curated record. Unknown facts have an empty default and are shown as unknown."""

    title: str
    id: str = ""
    """The id, which never changes; in a draft empty, or the id of an exported record."""
    key: str = ""
    """The citation key in BibTeX and similar formats; empty to use the id."""
    summary: str = ""
    abstract: str = ""
    authors: tuple[Author, ...] = ()
    author_count: int | None = None
    published: str = ""
    """The publication date: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, as precise as in the source."""
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
    """Canonical identifiers and URLs by kind."""
    kind: Kind = "paper"
    topics: tuple[Pin, ...] = ()
    not_topics: tuple[str, ...] = ()
    groups: Mapping[str, tuple[str, ...]] = {}
    """Sections, keywords, tags and similar groups from sources; a section is a path: `Owls > Night`."""
    added: str = ""
    status: Status = "active"
    status_note: str = ""
    superseded_by: str = ""
    aliases: tuple[str, ...] = ()
    featured: bool = False
    note: str = ""
    image: Image | None = None
    sources: tuple[Source, ...] = ()
    extra: Mapping[str, str] = {}

    @property
    def citation_key(self) -> str:
        """The citation key for bibliographies."""
        return self.key or self.id

    def list_editors(self) -> tuple[Author, ...]:
        """Return the editors as `Author` values."""
        return tuple(Author(name=name) if isinstance(name, str) else name for name in self.editors)

    @cached_property
    def title_text(self) -> MarkupText:
        """The title as a text with renderings."""
        return MarkupText(self.title)

    @cached_property
    def summary_text(self) -> MarkupText:
        """The summary as a text with renderings."""
        return MarkupText(self.summary)

    @cached_property
    def abstract_text(self) -> MarkupText:
        """The abstract as a text with renderings."""
        return MarkupText(self.abstract)


class Draft(Struct, frozen=True, kw_only=True):
    """A paper as read by an importer, before it has an id, with its place in the input."""

    paper: Paper
    place: Place


class MapPosition(Struct, frozen=True):
    """The position of a paper on the map: integers from 0 to `MAP_SIDE`, x to the right and y downwards."""

    x: int
    y: int


class Published(Struct, frozen=True, kw_only=True):
    """The current or former content of a URL of the site."""

    title: str
    names: tuple[str, ...] = ()
    """A paper's identifiers, as `kind:value`."""
    is_paper: bool = False
    """Whether it is known to be a paper's page; the ledger does not store this."""
    removed: bool = False
    """Whether it was removed on purpose."""
    note: str = ""
    """The curators' reason for the removal, shown on the tombstone."""
    line: int = 0
    """The line in the ledger; 0 if it is not from the ledger."""


OwnFieldType = Literal["text", "number", "choice", "flag", "link", "list"]
OwnFieldPlace = Literal["facet", "compare", "sort", "cards"]


class OwnField(Struct, frozen=True, kw_only=True):
    """A field that a shelf declares; its values are texts under `extra`, by its id."""

    id: str
    label: str
    type: OwnFieldType = "text"
    unit: str = ""
    """The unit of numbers, such as `B`."""
    choices: tuple[str, ...] = ()
    """The allowed values of a choice; empty for all values that occur."""
    headers: tuple[str, ...] = ()
    """Table headers that mean the field, in addition to its id and label."""
    show: frozenset[OwnFieldPlace] = frozenset()
    """Where the field is shown, in addition to the page of a paper."""


class Shelf(Struct, frozen=True, kw_only=True):
    """All records, sorted by id, each with its file and line."""

    papers: Mapping[str, Paper]
    places: Mapping[str, Place]
    map_positions: Mapping[str, MapPosition] = {}
    """The positions in `map.csv` by paper."""
    removed: Mapping[str, Paper] = {}
    """Records with the status `removed`, if they were separated from the others."""
    ledger: Mapping[str, Published] = {}
    """The published pages and files in `urls.txt`, by URL."""
    own_fields: Mapping[str, OwnField] = {}
    """The fields declared in `shelf.yml`, by id."""
    overviews: Mapping[str, Overview] = {}
    """What `overviews/` says about topics, by their ids."""
    digests: Mapping[str, Overview] = {}
    """What `digests/` says about the papers of an intake, by a day of their week (`YYYY-MM-DD`), oldest first."""
    glossary: Glossary = ()
    reading_paths: Mapping[str, ReadingPath] = {}
    """The ways in `paths.yml` through papers of several topics, by their ids."""
    fact_tables: Mapping[str, FactTable] = {}
    """The tables in `tables.yml`, by their ids."""
    names: tuple[NameEntry, ...] = ()
    """What `names.yml` says about names of authors and venues."""
    images: Mapping[str, ImageSize] = {}
    """The sizes of the pictures of papers, by the path of the file."""
    embeddings: Mapping[str, bytes] = {}
    """The vectors in `embeddings.txt` by paper."""
    settled: frozenset[str] = frozenset()
    """Ids of records with a written status (including `active`), which no import changes."""


class Rule(Struct, frozen=True, kw_only=True):
    """Phrases that put a paper under a topic: any of `any`, all of `all`, none of `none`, in the fields `fields`.

    A field is one of `TEXT_FIELDS`, a name in `groups` (`section` means `sections`), or a name in `extra`.
    """

    any: tuple[str, ...] = ()
    all: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    fields: tuple[str, ...] = TEXT_FIELDS
    times: int = 1
    """The minimum total number of occurrences of phrases of `any` in the fields."""


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
        """Return the topics directly below `parent` (for an empty text, the top-level topics)."""
        return self._by_parent.get(parent, ())

    @cached_property
    def _by_parent(self) -> Mapping[str, tuple[Topic, ...]]:
        groups: dict[str, list[Topic]] = {}
        for topic in self.topics.values():
            groups.setdefault(topic.parent, []).append(topic)
        return {parent: tuple(topics) for parent, topics in groups.items()}


class Placement(Struct, frozen=True, kw_only=True):
    """A paper's topic, and the reason shown to readers."""

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


class NamedPapers(Struct, frozen=True, kw_only=True):
    """The name of a venue or an author, and the ids of its papers, newest first."""

    name: str
    """The name that is shown; with words behind it, where several people have it."""
    papers: Sequence[str]
    orcid: str = ""
    is_one: bool = False
    """Whether it is known that all papers are of one person."""
    aliases: tuple[str, ...] = ()
    """Other names by which readers may look for it."""


class Resource(Struct, frozen=True, kw_only=True):
    """A model, a data set or a benchmark, and the ids of the papers that name it, newest first."""

    entry: NameEntry
    papers: Sequence[str]


class Catalogue(Struct, frozen=True, kw_only=True):
    """Ids of papers, newest first, in total and by topic, year, venue and author; and in the order of addition to the shelf."""

    newest: Sequence[str]
    arrivals: Sequence[str]
    picks: Sequence[str] = ()
    """The papers that the curators recommend (`featured`)."""
    by_topic: Mapping[str, Sequence[str]]
    by_year: Mapping[str, Sequence[str]]
    venues: Mapping[str, NamedPapers] = {}
    """The venues with at least two papers by their slug, the largest first, and no more than 1,000."""
    authors: Mapping[str, NamedPapers] = {}
    """Authors in the same way: people who are told apart, and otherwise names, which different people can have."""
    resources: Mapping[str, Resource] = {}
    """The models, data sets and benchmarks of `names.yml` that at least three papers name, by their slug, the most named first."""
    tables: Mapping[str, Sequence[str]] = {}
    """The papers that are rows of each fact table, by its id: those with a value in its first column."""
    directory: Directory = Directory()
    """Who is meant by the names in records."""

    def show_authors(self, paper: Paper) -> list[str]:
        """Return the names of a paper's authors for display."""
        return [self.directory.show_author(author.shown, author.orcid, paper.id) for author in paper.authors]

    def find_author(self, author: Author, paper: Paper) -> Name:
        """Return who is meant by an author of a paper."""
        return self.directory.find_person(author.shown, author.orcid, paper.id)


class Page(Struct, frozen=True, kw_only=True):
    """A generated page: its path in the tree of Markdown files, its front matter (safe for HTML), and its content as a view.

    The view is a template and the values that it shows. `generator/pages/parts/templates.py` renders it as HTML or Markdown.
    """

    path: str
    head: Mapping[str, object]
    template: str
    values: Mapping[str, object]
    labels: Labels
    edit: str = ""
    """The file that an editor opens."""


class Plan(Struct, frozen=True, kw_only=True):
    """A page that is not made yet: its path, title and layout, the file to edit, and the function that makes it.

    `depends` has all values of the shelf that affect the page; while they are equal, the page stays the same.
    """

    path: str
    title: str
    layout: str
    edit: str = ""
    depends: tuple[object, ...] = ()
    make: Callable[[], Page]


class Asset(Struct, frozen=True, kw_only=True):
    """A generated file other than a page: its path in the tree and its bytes."""

    path: str
    body: bytes


class Site(Struct, frozen=True, kw_only=True):
    """Everything that is needed to render the pages."""

    shelf: Shelf
    taxonomy: Taxonomy
    placements: Mapping[str, tuple[Placement, ...]]
    related: Mapping[str, tuple[Related, ...]]
    catalogue: Catalogue
    labels: Labels = field(default_factory=load_labels)
    """The texts of the pages in the site's language."""
    pretty_urls: bool = True
    """Whether pages have directory URLs."""
    small_pictures: Mapping[str, tuple[SmallPicture, ...]] = {}
    """The smaller versions of pictures, by the path of the file; empty if they are not drawn."""
    map_positions: Mapping[str, MapPosition] = {}
    """The positions of papers on the map: those in the shelf's file, and others near their related papers."""
    mentions: Mapping[str, Mentions] = {}
    """What papers mention and are mentioned by, of those that do or are."""
    cards: dict[str, Any] = {}
    """What all cards of a paper have in common, kept for the next page with a card of it (`pages/parts/views.py`)."""
