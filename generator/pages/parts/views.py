"""Records as flat views: the texts of a paper for templates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup
from msgspec import Struct

from generator.identifiers import build_link_url
from generator.labels.labels import Labels
from generator.model import LinkKind, OwnField, Paper, Site
from generator.pages.parts import sizes
from generator.pages.parts.coins import build_coins
from generator.pages.parts.pictures import build_thumbnail
from generator.records.own_fields import find_value, read_values, say_values
from generator.text.escaping import escape_markup
from generator.text.markup_text import MarkupText
from generator.urls.routes import build_link, paper_path, topic_path

_AUTHORS_IN_LISTS = 3
_TOPICS_IN_LISTS = 3
_EXCERPT = 320
_KEPT = 20_000  # facts of cards, about 1 KB each


class Named(Struct, frozen=True):
    """A name and its link."""

    name: str
    link: str


class CardFacts(Struct, frozen=True, kw_only=True):
    """What all cards of a paper have in common."""

    paper: Paper
    """The record, for fields that are shown as they are written."""
    teaser: MarkupText
    date: str
    authors: str
    kind: str
    status: str
    has: tuple[str, ...]
    own: tuple[str, ...]
    """Its values of the shelf's own fields."""
    note: str
    coins: Markup
    rendered: dict[object, Markup] = {}
    """The markup, by the language of the page and whether it has the note (`templates.py`)."""


class Card(Struct, frozen=True, kw_only=True):
    """A paper in a list."""

    title: MarkupText
    link: str
    facts: CardFacts
    topics: tuple[Named, ...]
    picture: Markup
    """Its picture as HTML; empty if it has none."""

    @property
    def is_bare(self) -> bool:
        """Whether the card has neither facts nor topics, apart from the shelf's own fields."""
        facts = self.facts
        return not (
            self.topics or facts.paper.venue or facts.date or facts.authors or facts.kind or facts.has
        )


def excerpt(paper: Paper, *, abstracts: bool) -> str:
    """Return the beginning of a paper's text for search results, cut at a word."""
    shown = paper.abstract_text if abstracts and not paper.summary else paper.summary_text
    text = shown.plain
    return text if len(text) <= _EXCERPT else text[:_EXCERPT].rsplit(" ", 1)[0] + " …"


def name_authors(labels: Labels, names: Sequence[str], count: int | None) -> str:
    """Return the authors for a list: up to three names, otherwise the first and “et al.”; only their number if no names are known."""
    if len(names) > _AUTHORS_IN_LISTS:
        return labels("authors.et_al", name=names[0])
    if names:
        return labels("list.comma").join(names)
    return labels.count("count.authors", count) if count else ""


def build_card(site: Site, key: str, *, page: str, skip_topic: str = "") -> Card:
    """Return the view of a paper for a list on the given page; `skip_topic` is the list's own topic."""
    shown = 0 if sizes.is_very_large(len(site.shelf.papers)) else _TOPICS_IN_LISTS
    topics = [p.topic for p in site.placements.get(key, ()) if p.topic != skip_topic][:shown]
    return Card(
        title=site.shelf.papers[key].title_text,
        link=build_link(page, paper_path(key)),
        facts=_find_facts(site, key),
        topics=tuple(Named(site.taxonomy.topics[t].name, build_link(page, topic_path(t))) for t in topics),
        picture=build_thumbnail(site, site.shelf.papers[key], page),
    )


def _find_facts(site: Site, key: str) -> CardFacts:
    """Return the facts of a paper's cards, which the site keeps for the next one."""
    facts: CardFacts | None = site.cards.get(key)
    if facts is None:
        if len(site.cards) == _KEPT:
            site.cards.clear()
        facts = site.cards[key] = _build_facts(site, key)
    return facts


def _build_facts(site: Site, key: str) -> CardFacts:
    paper, labels = site.shelf.papers[key], site.labels
    return CardFacts(
        paper=paper,
        teaser=paper.summary_text.first_sentence,
        date=labels.date(paper.published),
        authors=name_authors(labels, site.catalogue.show_authors(paper), paper.author_count),
        kind="" if paper.kind == "paper" else labels(f"kind.{paper.kind}"),
        status=name_status(labels, paper),
        has=tuple(
            labels(f"link.{kind}") for kind in ("code", "data", "model", "demo") if paper.links.get(kind)
        ),
        own=list_short_facts(site.shelf.own_fields, paper),
        note=paper.note if paper.featured else "",
        coins=build_coins(paper) if len(site.shelf.papers) <= sizes.LARGE else Markup(),
    )


def name_status(labels: Labels, paper: Paper) -> str:
    """Return the label of a paper's status; empty if it is active."""
    return "" if paper.status == "active" else labels(f"status.{paper.status}")


class TypedLink(Struct, frozen=True):
    """A link of a paper: the name of its kind, a short form of its target, and the URL."""

    kind: str
    name: str
    link: str


def list_paper_links(labels: Labels, paper: Paper, kinds: Sequence[LinkKind]) -> tuple[TypedLink, ...]:
    """Return the paper's links of some kinds, most trusted kinds first."""
    named = []
    for kind in kinds:
        for value in paper.links.get(kind, ()):
            url = build_link_url(kind, value)
            named.append(TypedLink(labels(f"link.{kind}"), shorten_url(url) if url == value else value, url))
    return tuple(named)


class OwnFact(Struct, frozen=True, kw_only=True):
    """A paper's value of one of the shelf's own fields or of a group: label, value, and link."""

    label: str
    value: str
    link: str = ""


def list_own_facts(labels: Labels, fields: Mapping[str, OwnField], paper: Paper) -> tuple[OwnFact, ...]:
    """Return a paper's values of the shelf's own fields, in order."""
    return tuple(fact for field in fields.values() if (fact := show_own_value(labels, field, paper)))


def show_own_value(labels: Labels, field: OwnField, paper: Paper) -> OwnFact | None:
    """Return a paper's value of one of the shelf's own fields; None if it has none."""
    said = find_value(paper, field.id)
    if not said:
        return None
    values = read_values(field, said)
    link = said if field.type == "link" and values else ""
    is_flag = field.type == "flag" and values
    value = labels(f"own.{values[0]}") if is_flag and values else say_values(field, values or (said,))
    return OwnFact(label=field.label, value=value, link=link)


def list_short_facts(fields: Mapping[str, OwnField], paper: Paper) -> tuple[str, ...]:
    """Return the facts of a card: values without labels; for a flag, its label if it is set."""
    facts = []
    for name, field in fields.items():
        values = read_values(field, find_value(paper, name)) if "cards" in field.show else None
        if values and field.type == "flag":
            facts += [field.label] if values[0] == "yes" else []
        elif values and values[0]:
            facts.append(say_values(field, values))
    return tuple(facts)


def shorten_url(url: str) -> str:
    """Return a URL for display: without scheme, `www.` and final slash."""
    return url.removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")


def describe(text: MarkupText, *, limit: int = 200) -> Markup:
    """Return the beginning of a text as HTML for a page's description, cut at a word."""
    said = text.plain
    if len(said) > limit:
        said = said[:limit].rsplit(" ", 1)[0].rstrip(".,;: ") + " …"
    return Markup(escape_markup(said))  # noqa: S704 (this is the escaping)
