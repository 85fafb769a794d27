"""The values for README templates: topics with their papers, and papers with the facts of their lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import quote

from markupsafe import Markup
from msgspec import Struct

from generator.exports.readme.anchors import Anchors
from generator.exports.readme.order import Order
from generator.formats.bibtex.write import best_url
from generator.identifiers import build_link_url
from generator.model import LinkKind, OwnField, Paper, Placement, Taxonomy, Topic
from generator.records.own_fields import SHOWN_FIELDS, find_value
from generator.text.escaping import escape_in_list, escape_list_item, escape_list_link
from generator.text.formulas import show_words, split_maths
from generator.urls.routes import build_page_url, paper_path

_DEEPEST = 6
"""The lowest level of a heading."""
_NAMES = 10
"""If there are more authors, only the first five are named."""
_FIRST = 5
_LABELS: Mapping[LinkKind, str] = {"arxiv": "arXiv", "doi": "DOI", "openreview": "OpenReview", "page": "more"}
"""Labels of links that differ from the name of their kind; `formats/readme` reads these labels."""
_COLOURS: Mapping[LinkKind, str] = {"arxiv": "b31b1b", "code": "24292f", "pdf": "d93025", "data": "2e7d32"}
_COLOUR = "4a6fa5"
OTHERS = "Other papers"
"""The heading for papers without a topic; it does not become a topic when the list is imported."""


class Link(Struct, frozen=True, kw_only=True):
    """A link of a paper, except that of its title."""

    label: str
    url: Markup
    badge: Markup
    """The URL of an image with the label."""


class PaperView(Struct, frozen=True, kw_only=True):
    """A paper."""

    id: str
    title: Markup
    url: Markup
    """The link of the title; empty if there is none."""
    authors: str
    venue: str
    """The venue with the year if known: `ICML 2023`."""
    date: str
    """The date with the known precision; empty if the venue already includes it."""
    published: str
    links: tuple[Link, ...]
    page: Markup
    """The paper's page on the site; empty without `site_url`."""
    summary: str
    note: str
    kind: str
    groups: Mapping[str, tuple[str, ...]]
    extra: Mapping[str, str]


class Section(Struct, frozen=True, kw_only=True):
    """A topic with its papers and subtopics."""

    id: str
    name: str
    level: int
    """The level of the heading: 2 for `##`."""
    anchor: str
    """The anchor of the heading on GitHub."""
    text: Markup
    papers: tuple[PaperView, ...]
    sections: tuple[Section, ...]
    count: int
    """The number of papers in the topic and its subtopics, each counted once."""

    @property
    def hashes(self) -> Markup:
        """The `#` characters of the heading."""
        return Markup("#" * min(self.level, _DEEPEST))  # noqa: S704 (no text of others)


class ListView(Struct, frozen=True, kw_only=True):
    """The whole list."""

    sections: tuple[Section, ...]
    papers: tuple[PaperView, ...]
    """All papers, newest first."""
    years: tuple[tuple[str, tuple[PaperView, ...]], ...]
    """The papers by year, newest first; papers without a year are last."""
    fields: tuple[OwnField, ...]
    """The shelf's own fields; `entry.extra` has their values by `field.id`."""
    site_url: str
    level: int
    """The level of top-level headings: 2 for `##`."""
    has_contents: bool
    """Whether the list needs its own table of contents."""

    @property
    def hashes(self) -> Markup:
        """The `#` characters of a top-level heading."""
        return Markup("#" * min(self.level, _DEEPEST))  # noqa: S704 (no text of others)

    def walk(self) -> Iterator[Section]:
        """Yield all sections in order, each before its subsections."""
        waiting = list(reversed(self.sections))
        while waiting:
            section = waiting.pop()
            yield section
            waiting += reversed(section.sections)


def build_list(  # noqa: PLR0913 (what the list holds, and how its file is)
    papers: Sequence[Paper],
    taxonomy: Taxonomy,
    placements: Mapping[str, Sequence[Placement]],
    order: Order,
    *,
    fields: Iterable[OwnField] = (),
    site_url: str = "",
    level: int = 2,
    has_contents: bool = True,
) -> ListView:
    """Return papers, newest first, as the sections of a list; a paper under a topic and its subtopic is listed under the subtopic."""
    entries = {paper.id: _build_entry(paper, site_url) for paper in papers}
    by_topic: dict[str, list[Paper]] = {}
    for paper in papers:
        topics = {place.topic for place in placements.get(paper.id, ())}
        above = {up for topic in topics for up in _list_above(taxonomy, topic)}
        for topic in topics - above or {""}:
            by_topic.setdefault(topic, []).append(paper)
    anchors = Anchors()

    def build(topic: Topic, depth: int) -> Section | None:
        anchor = anchors.add(topic.name)
        below = [made for child in taxonomy.children(topic.id) if (made := build(child, depth + 1))]
        own = order.sort(by_topic.get(topic.id, ()))
        if not own and not below:
            anchors.drop(topic.name)
            return None
        ids = {paper.id for paper in own} | {key for section in below for key in _list_ids(section)}
        return Section(
            id=topic.id, name=topic.name, level=depth, anchor=anchor, text=Markup(escape_list_item(topic.description)),  # noqa: S704 (escaped)

            papers=tuple(entries[paper.id] for paper in own), sections=tuple(below), count=len(ids),
        )  # fmt: skip

    sections = [made for topic in taxonomy.children("") if (made := build(topic, level))]
    if others := order.sort(by_topic.get("", ())):
        sections.append(
            Section(
                id="", name=OTHERS, level=level, anchor=anchors.add(OTHERS), text=Markup(),
                papers=tuple(entries[paper.id] for paper in others), sections=(), count=len(others),
            )
        )  # fmt: skip
    years = sorted({paper.published[:4] for paper in papers}, reverse=True)
    return ListView(
        sections=tuple(sections),
        papers=tuple(entries.values()),
        years=tuple(
            (year, tuple(entries[p.id] for p in papers if p.published[:4] == year)) for year in years
        ),
        fields=tuple(fields),
        site_url=site_url,
        level=level,
        has_contents=has_contents,
    )


def _list_above(taxonomy: Taxonomy, topic: str) -> Iterator[str]:
    """Yield the ancestors of a topic."""
    seen = {topic}
    while (topic := taxonomy.topics[topic].parent if topic in taxonomy.topics else "") and topic not in seen:
        seen.add(topic)
        yield topic


def _list_ids(section: Section) -> Iterator[str]:
    yield from (entry.id for entry in section.papers)
    for below in section.sections:
        yield from _list_ids(below)


def _build_entry(paper: Paper, site_url: str) -> PaperView:
    url = best_url(paper)
    venue = _say_venue(paper)
    is_said = not paper.published or venue.endswith(paper.published)
    return PaperView(
        id=paper.id,
        title=render_title(paper.title),
        url=escape_list_link(url) if url else Markup(),
        authors=_name_authors(paper),
        venue=venue,
        date="" if is_said else paper.published,
        published=paper.published,
        links=tuple(_list_links(paper, url)),
        page=escape_list_link(
            f"{site_url}{build_page_url(paper_path(paper.id), pretty=True)}" if site_url else ""
        ),
        summary=paper.summary_text.plain,
        note=paper.note,
        kind=paper.kind,
        groups=paper.groups,
        extra={**paper.extra, **{name: find_value(paper, name) for name in SHOWN_FIELDS}},
    )


def render_title(title: str) -> Markup:
    r"""Return a title for a list, with escaped text and formulas between dollar signs, as supported by GitHub.

    >>> print(render_title("Owls_1 in $O(n)$"))
    Owls\_1 in $O(n)$
    """
    parts = (
        f"${part.tex}$" if part.tex else _render_words(show_words(part.source)) for part in split_maths(title)
    )
    return Markup("".join(parts))  # noqa: S704 (escaped part by part)


def _render_words(text: str) -> str:
    """Return escaped text between formulas, with its surrounding spaces."""
    before, after = (" " if text != stripped else "" for stripped in (text.lstrip(), text.rstrip()))
    return f"{before}{escape_in_list(text)}{after}" if text.strip() else before


def _name_authors(paper: Paper) -> str:
    names = [author.shown for author in paper.authors]
    if not names:
        return ""
    more = (
        len(names) > _NAMES
        or (paper.author_count or 0) > len(names)
        or paper.extra.get("others") == "authors"
    )
    said = ", ".join(names[: _FIRST if len(names) > _NAMES else None])
    return f"{said} et al." if more else said


def _say_venue(paper: Paper) -> str:
    """Return the venue with its year, or the longer text of a source that begins with it, such as `ICML 2023 Oral`."""
    said = [source.claims.get("venue", "") for source in paper.sources]
    words = next((text for text in said if paper.venue and text.startswith(paper.venue)), "")
    year = paper.published[:4]
    return words or (f"{paper.venue} {year}" if paper.venue and year else paper.venue)


def _list_links(paper: Paper, title_url: str) -> Iterable[Link]:
    for kind, values in paper.links.items():
        for value in values:
            url = build_link_url(kind, value)
            if url == title_url:
                continue
            label = _LABELS.get(kind, kind)
            said = f"{_badge(label)}-{_badge(value)}" if kind == "arxiv" else _badge(label)
            picture = f"https://img.shields.io/badge/{said}-{_COLOURS.get(kind, _COLOUR)}"
            yield Link(label=label, url=escape_list_link(url), badge=escape_list_link(picture))


def _badge(text: str) -> str:
    """Return a text for the URL of a badge (https://shields.io/badges)."""
    return quote(text.replace("-", "--").replace("_", "__").replace(" ", "_"), safe="")
