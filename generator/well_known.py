"""Files at fixed paths: robots.txt, llms.txt, OpenSearch, and Markdown copies of papers."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urljoin

from generator.formats.bibtex.write import render_bibtex
from generator.formats.shared.status import say_status
from generator.identifiers import IDENTITY
from generator.identifiers import build_link_url as build_address
from generator.labels.labels import load_labels
from generator.model import Asset, Paper, Site
from generator.pages.paper import copy_link
from generator.pages.parts.ways import list_searches, list_ways
from generator.settings import Settings
from generator.text.escaping import clean_line, escape_link, escape_markup, escape_plain_markdown
from generator.text.maths import plain
from generator.urls.files import copy_path
from generator.urls.routes import (
    DATA,
    SEARCH,
    build_page_url,
    fact_table_page,
    papers_path,
    reading_path_page,
    topic_path,
)

_ENGLISH = load_labels()  # what programs read is in English, whatever the language of the pages
_SHORT = 16  # what OpenSearch allows for a short name


def build_well_known_files(site: Site, settings: Settings) -> Iterator[Asset]:
    """Yield the files; those that need `site_url` are left out without it."""
    yield Asset(path="llms.txt", body=_render_llms(site, settings).encode())
    if settings.site_url:
        sitemap = urljoin(settings.site_url, "sitemap.xml")
        yield Asset(path="robots.txt", body=f"User-agent: *\nAllow: /\nSitemap: {sitemap}\n".encode())
        yield Asset(path="opensearch.xml", body=_render_opensearch(settings).encode())
    for key, paper in (*site.shelf.papers.items(), *site.shelf.removed.items()):
        if copy_link(site, settings, key):
            path = copy_path(key, pretty=settings.pretty_urls)
            yield Asset(path=path, body=_render_copy(site, settings, paper).encode("utf-8", "replace"))


def _render_llms(site: Site, settings: Settings) -> str:
    """Return llms.txt: a description of the site and links to its parts (llmstxt.org)."""

    def link(name: str, path: str, more: str = "") -> str:
        address = urljoin(settings.site_url, build_page_url(path, pretty=settings.pretty_urls))
        return (
            f"- [{escape_plain_markdown(name)}]({escape_link(address or './')}){f': {more}' if more else ''}"
        )

    data = [("BibTeX", "papers.bib"), ("CSV", "papers.csv"), ("JSON Lines", "papers.jsonl")]
    return "\n".join(
        [
            f"# {escape_plain_markdown(settings.site_name)}",
            "",
            f"> {escape_plain_markdown(settings.site_description) or 'An index of papers.'}",
            "",
            f"{_ENGLISH.count('count.papers', len(site.shelf.papers))}. What no source gives is left out, never guessed.",
            "",
            "## Papers",
            "",
            link("All papers", papers_path()),
            link("Data", DATA, ", ".join(name for name, _ in data)),
            "",
            *(["## Topics", ""] if site.taxonomy.topics else []),
            *(
                link(
                    t.name,
                    topic_path(t.id),
                    _ENGLISH.count("count.papers", len(site.catalogue.by_topic.get(t.id, ()))),
                )
                for t in site.taxonomy.topics.values()
            ),
            *([""] if site.taxonomy.topics else []),
            *(["## Reading paths", ""] if site.shelf.reading_paths else []),
            *(
                link(p.name, reading_path_page(p.id), escape_plain_markdown(plain(p.lead)))
                for p in site.shelf.reading_paths.values()
            ),
            *([""] if site.shelf.reading_paths else []),
            *(["## Tables", ""] if site.shelf.fact_tables else []),
            *(
                link(t.name, fact_table_page(t.id), escape_plain_markdown(plain(t.lead)))
                for t in site.shelf.fact_tables.values()
            ),
            *([""] if site.shelf.fact_tables else []),
        ]
    )


def _shorten(name: str) -> str:
    """Return as many whole words of a name as OpenSearch allows for a short one; of a longer word its beginning.

    >>> _shorten("Multimodal Papers of the Year")
    'Multimodal'
    """
    return name if len(name) <= _SHORT else name[: _SHORT + 1].rpartition(" ")[0].strip() or name[:_SHORT]


def _render_opensearch(settings: Settings) -> str:
    """Return the description by which browsers offer the site's search (OpenSearch 1.1)."""
    search = urljoin(settings.site_url, build_page_url(SEARCH, pretty=settings.pretty_urls))
    name = clean_line(settings.site_name).strip()
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n'
        f"  <ShortName>{escape_markup(_shorten(name))}</ShortName>\n  <Description>Search {escape_markup(name)}</Description>\n"
        f'  <Url type="text/html" template="{escape_markup(search)}?q={{searchTerms}}"/>\n'
        "  <InputEncoding>UTF-8</InputEncoding>\n</OpenSearchDescription>\n"
    )


def _render_copy(site: Site, settings: Settings, paper: Paper) -> str:
    """Return a paper as plain Markdown: facts, summary, abstract (if shown), links, topics, BibTeX.

    For a removed paper, it has only the title, the identifiers and the reason.
    """
    title, said = (
        escape_plain_markdown(paper.title_text.plain),
        escape_plain_markdown(plain(say_status(paper))),
    )
    if paper.status == "removed":
        given = ((kind, value) for kind in IDENTITY for value in paper.links.get(kind, ()))
        names = "\n".join(f"- {_ENGLISH(f'link.{k}')}: <{build_address(k, v)}>" for k, v in given)
        return "\n\n".join(filter(None, (f"# {title}", said, names))) + "\n"
    authors = ", ".join(escape_plain_markdown(author.shown) for author in paper.authors) or (
        f"{_ENGLISH.count('count.authors', paper.author_count)}, not named"
        if paper.author_count
        else "unknown"
    )
    links = [
        f"- {escape_plain_markdown(way.name)}: <{escape_link(way.link)}>"
        for way in list_ways(_ENGLISH, paper)
    ]
    links += [
        f"- {_ENGLISH('paper.find')} {way.name}, <{escape_link(way.link)}>" for way in list_searches(paper)
    ]
    topics = [
        escape_plain_markdown(site.taxonomy.topics[place.topic].name)
        for place in site.placements.get(paper.id, ())
    ]
    abstract = paper.abstract_text.plain if settings.abstracts == "show" else ""
    parts = [
        f"# {title}",
        escape_plain_markdown(paper.summary_text.plain),
        f"- Authors: {authors}\n- Published: {paper.published or 'unknown'}\n- Kind: {paper.kind}"
        + (f"\n- Status: {said}" if said else "")
        + (f"\n- Venue: {escape_plain_markdown(paper.venue)}" if paper.venue else "")
        + (f"\n- Topics: {', '.join(topics)}" if topics else ""),
        "\n".join(links),
        "## Abstract" if abstract else "",
        *map(escape_plain_markdown, abstract.split("\n\n")),
        f"## Cite\n\n```bibtex\n{render_bibtex(paper)}\n```",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"
