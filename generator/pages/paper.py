"""The page of a paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from urllib.parse import quote

from msgspec import Struct

from generator.citations.references import build_references
from generator.citations.style import STYLES
from generator.fact_tables.rows import find_tables
from generator.formats.bibtex.write import render_bibtex
from generator.formats.ris.write import render_ris
from generator.glossary.mark import TermMarker
from generator.labels.labels import Labels
from generator.model import Mentions, Page, Paper, Plan, Related, Resource, Site, Source
from generator.pages.parts import sizes
from generator.pages.parts.head_tags import build_tags
from generator.pages.parts.pictures import build_figure, build_picture_tags, find_picture_url
from generator.pages.parts.styles import choose_styles
from generator.pages.parts.templates import build_page
from generator.pages.parts.views import Named, OwnFact, describe, list_own_facts, name_status
from generator.pages.parts.ways import list_missing, list_searches, list_ways
from generator.reading_paths.links import PathPlace, find_places
from generator.records.arxiv_dates import SOURCE as ARXIV_NUMBER
from generator.records.groups import find_group
from generator.records.interest import count_pages, find_discussion
from generator.settings import Settings
from generator.social.images import SocialImages, SocialImageTags, find_social_image
from generator.text.markup_text import MarkupText
from generator.urls.files import copy_name
from generator.urls.routes import (
    author_path,
    build_link,
    build_page_url,
    fact_table_page,
    paper_path,
    reading_path_page,
    resource_path,
    topic_path,
    venue_path,
    year_path,
)

_NOTHING = Mentions()
_SHORT = 120
"""The maximum number of characters of the description on a short page."""


class Citation(Struct, frozen=True, kw_only=True):
    """A text by which a paper is cited, and what its form is called."""

    form: str
    name: str
    text: str
    language: str = ""
    """The language of a text in words."""


def plan_papers(site: Site, settings: Settings, images: SocialImages, marker: TermMarker) -> Iterator[Plan]:
    """Yield the plans of the pages of all papers."""
    papers, paths, tables = site.shelf.papers, find_places(site), find_tables(site)
    resources: dict[str, list[Resource]] = {}
    for resource in site.catalogue.resources.values():
        for key in resource.papers:
            resources.setdefault(key, []).append(resource)
    for key, paper in papers.items():
        edit = site.shelf.places[key].file
        related = site.related.get(key, ())
        mentions = site.mentions.get(key, _NOTHING)
        others = [other.paper for other in related]
        others += [other for other, _ in mentions.mentions] + list(mentions.mentioned_by)
        titles = tuple((papers[other].title, papers[other].status) for other in others)
        lists = (_name_venue(site, paper, ""), *_name_authors(site, paper, ""))
        named = tuple(resources.get(key, ()))
        successor = _find(site, paper.superseded_by).title if paper.superseded_by else ""
        depends = (
            paper,
            site.shelf.own_fields,
            site.shelf.glossary,
            site.placements.get(key),
            site.taxonomy,
            related,
            mentions,
            titles,
            successor,
            lists,
            paths.get(key),
            [site.shelf.fact_tables[table] for table in tables.get(key, ())],
            tuple(one.entry for one in named),
            site.shelf.images.get(paper.image.file) if paper.image else None,
        )
        card = find_social_image(images, *(place.topic for place in site.placements.get(key, ())))
        make = partial(
            _build_paper, site, settings, key, card, marker, paths.get(key, ()), tables.get(key, ()), named
        )
        yield Plan(
            path=paper_path(key), title=paper.title, layout="paper", edit=edit, depends=depends, make=make
        )


def _build_paper(  # noqa: PLR0913, PLR0917 (what one page of a paper shows)
    site: Site,
    settings: Settings,
    key: str,
    card: SocialImageTags,
    marker: TermMarker,
    paths: tuple[PathPlace, ...],
    tables: tuple[str, ...],
    resources: tuple[Resource, ...],
) -> Page:
    paper, labels = site.shelf.papers[key], site.labels
    here = paper_path(key)
    abstract = paper.abstract if settings.abstracts == "show" else ""
    said, is_short = _find_description(labels, paper, settings), _is_short(site)
    return build_page(
        labels,
        here,
        "paper",
        edit=quote(site.shelf.places[key].file),
        head={
            "title": paper.title_text.html,
            "description": describe(said, limit=_SHORT) if is_short else describe(said),
            "layout": "paper",
            "hide": ["navigation", "toc"],
            "edit": quote(site.shelf.places[key].file),
            "tags": build_tags(
                paper,
                settings.site_name,
                copy_link(site, settings, key),
                build_picture_tags(paper, settings) or card.short,
                picture=find_picture_url(paper, settings),
                is_short=is_short,
            ),
        },
        paper=paper,
        marker=marker,
        here=here,
        kind=labels(f"kind.{paper.kind}"),
        published=labels.date(paper.published),
        year=build_link(here, year_path(paper.published[:4])) if paper.published else "",
        added=labels.date(paper.added),
        interest=_name_interest(labels, paper),
        authors=list(_name_authors(site, paper, here)),
        venue=_name_venue(site, paper, here),
        author_count=labels.count("count.authors", paper.author_count) if paper.author_count else "",
        superseded_by=_successor(site, paper, here),
        groups=list(_list_groups(labels, paper, placed=bool(site.placements.get(key)))),
        resources=[
            Named(one.entry.name, build_link(here, resource_path(one.entry.slug))) for one in resources
        ],
        own=list_own_facts(labels, site.shelf.own_fields, paper),
        ways=list_ways(labels, paper),
        searches=list_searches(paper, is_short=is_short),
        missing=labels("list.comma").join(labels(name) for name in list_missing(paper)),
        form=build_form_link(settings, here),
        topics=[
            {
                "name": site.taxonomy.topics[p.topic].name,
                "link": build_link(here, topic_path(p.topic)),
                "why": p.why,
            }
            for p in site.placements.get(key, ())
        ],
        paths=[(Named(p.name, build_link(here, reading_path_page(p.path))), p) for p in paths],
        tables=[
            Named(site.shelf.fact_tables[table].name, build_link(here, fact_table_page(table)))
            for table in tables
        ],
        picture=build_figure(site, paper, here),
        abstract=[part for part in abstract.split("\n\n") if part.strip()],
        origin=_name_origin(labels, paper),
        related=[
            _show(site, here, other.paper, _explain(site, other)) for other in site.related.get(key, ())
        ],
        **_list_mentions(site, here, site.mentions.get(key, _NOTHING)),
        citations=list(_list_citations(site, settings, paper)),
        sources=[_describe_source(labels, source) for source in paper.sources],
    )


def _is_short(site: Site) -> bool:
    """Return whether pages leave out what they say elsewhere, so that a very large site is small enough for its host."""
    return sizes.is_very_large(len(site.shelf.papers))


def _list_citations(site: Site, settings: Settings, paper: Paper) -> Iterator[Citation]:
    """Yield the texts by which others cite a paper: its reference in each style, then its entries for programs."""
    styles = choose_styles(settings, len(site.shelf.papers))
    for form, text in build_references(paper, styles).items():
        yield Citation(form=form, name=STYLES[form], text=text, language="en")
    yield Citation(form="bibtex", name="BibTeX", text=render_bibtex(paper))
    if not _is_short(site):
        yield Citation(form="ris", name="RIS", text="\n".join(render_ris(paper).splitlines()))


def _list_groups(labels: Labels, paper: Paper, *, placed: bool) -> Iterator[OwnFact]:
    """Yield a paper's keywords, tags and other groups from sources; sections only if it has no topic."""
    for name, values in paper.groups.items():
        known = find_group(name)
        if not (placed and known == "sections"):
            label = labels(f"group.{known}") if known else name.capitalize()
            yield OwnFact(label=label, value=labels("list.comma").join(values))


def _find_description(labels: Labels, paper: Paper, settings: Settings) -> MarkupText:
    """Return the summary, otherwise the abstract if abstracts are shown, otherwise the title with the name of the site."""
    if paper.summary:
        return paper.summary_text
    if paper.abstract and settings.abstracts == "show":
        return paper.abstract_text
    return MarkupText(labels("paper.description", title=paper.title, site=settings.site_name))


def copy_link(site: Site, settings: Settings, key: str) -> str:
    """Return the relative link from a paper's page to its Markdown copy; empty if papers have no copies."""
    if settings.copies == "off" or (settings.copies == "auto" and len(site.shelf.papers) > sizes.MOST_COPIES):
        return ""
    return copy_name(key, pretty=settings.pretty_urls)


def build_form_link(settings: Settings, path: str) -> str:
    """Return the URL of the form for suggesting a fix of a page; empty without a GitHub repository."""
    if "github" not in settings.repo_url:
        return ""
    url = build_page_url(path, pretty=settings.pretty_urls)
    return f"{settings.repo_url.strip('/')}/issues/new?template=fix.yml&record={url}"


def _name_authors(site: Site, paper: Paper, here: str) -> Iterator[Named]:
    """Yield the names of a paper's authors for display, each with the link to the list of the author, if there is one."""
    for author in paper.authors:
        one = site.catalogue.find_author(author, paper)
        has_list = one.slug in site.catalogue.authors
        yield Named(one.name, build_link(here, author_path(one.slug)) if has_list else "")


def _name_venue(site: Site, paper: Paper, here: str) -> Named:
    """Return the name of a paper's venue for display, with the link to its list, if there is one."""
    venue = site.catalogue.directory.find_venue(paper.venue)
    has_list = venue.slug in site.catalogue.venues
    return Named(venue.name, build_link(here, venue_path(venue.slug)) if has_list else "")


def _successor(site: Site, paper: Paper, here: str) -> Named | None:
    if not paper.superseded_by:
        return None
    title = _find(site, paper.superseded_by).title
    return Named(title, build_link(here, paper_path(paper.superseded_by)))


def _find(site: Site, key: str) -> Paper:
    """Return a paper on the shelf or a removed one."""
    return site.shelf.papers.get(key) or site.shelf.removed[key]


def _show(site: Site, here: str, key: str, why: str = "") -> Mapping[str, object]:
    """Return what a page says of another paper, and why."""
    paper = site.shelf.papers[key]
    return {
        "title": paper.title_text,
        "link": build_link(here, paper_path(key)),
        "status": name_status(site.labels, paper),
        "why": why,
    }


def _explain(site: Site, related: Related) -> str:
    """Return why a paper is related: the topics and the terms that both have."""
    labels = site.labels
    topics = [site.taxonomy.topics[topic].name for topic in related.topics]
    terms = [labels("paper.term", phrase=term) for term in related.terms]
    reasons = [labels("paper.related_topics", topics=labels.join(topics))] if topics else []
    reasons += [labels("paper.related_why", terms=labels.join(terms))] if terms else []
    return labels("list.reasons").join(reasons)


def _list_mentions(site: Site, here: str, mentions: Mentions) -> Mapping[str, object]:
    """Return the papers that a page says are mentioned, and those that mention its paper."""
    labels, times = site.labels, mentions.times
    return {
        "mentions": [
            _show(site, here, key, labels("paper.mention_why", name=name)) for key, name in mentions.mentions
        ],
        "mentioned_by": [_show(site, here, key) for key in mentions.mentioned_by],
        "mentioned_all": labels("paper.mentioned_all", papers=labels.count("count.papers", times))
        if times > len(mentions.mentioned_by)
        else "",
    }


def _name_interest(labels: Labels, paper: Paper) -> str:
    """Return the signs of interest in a paper that its sources hold, in words."""
    pages, comments = count_pages(paper), find_discussion(paper)
    signs = [labels("paper.interest_pages", number=pages)] if pages else []
    signs += [labels("paper.source_discussion", number=comments)] if comments else []
    return labels("list.comma").join(signs)


def _name_origin(labels: Labels, paper: Paper) -> str:
    """Return the name of the abstract's source, as far as the record has it."""
    source = paper.sources[0] if paper.sources else None
    return (
        "" if source is None else f"{source.name}, {labels.date(source.date)}" if source.date else source.name
    )


def _describe_source(labels: Labels, source: Source) -> Mapping[str, object]:
    """Return the view of a source: its name, or a description by its kind, and its claims."""
    is_daily = source.kind == "daily-papers" and source.date
    is_number = source.name == ARXIV_NUMBER
    name = (
        labels("paper.source_daily", date=labels.date(source.date))
        if is_daily
        else labels("paper.source_number", number=source.entry)
        if is_number
        else source.name
    )
    facts = [
        labels("paper.source_entry", entry=source.entry) if source.entry and not is_number else "",
        labels("paper.source_page", date=labels.date(source.date)) if source.date and not is_daily else "",
        labels("paper.source_posted", organisation=source.organisation) if source.organisation else "",
        labels("paper.source_discussion", number=source.discussion) if source.discussion is not None else "",
        labels("paper.source_gone", date=labels.date(source.gone)) if source.gone else "",
        *(labels("paper.source_claim", field=field, value=value) for field, value in source.claims.items()),
    ]
    return {"name": name, "facts": [fact for fact in facts if fact]}
