"""Feeds of new papers: Atom (RFC 4287) and JSON Feed 1.1, for all papers and for each topic.

Papers without `added` are in no feed, because feeds need dates and dates are never invented.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

import msgspec

from generator.formats.shared.status import STATUS_NAMES
from generator.model import Asset, Paper, Site
from generator.settings import Settings
from generator.text.escaping import clean_line
from generator.urls.files import feed_path
from generator.urls.routes import HOME, build_page_url, paper_path, topic_path

MOST = 100
"""Maximum number of entries in a feed."""
_ATOM = "http://www.w3.org/2005/Atom"


def build_feeds(site: Site, settings: Settings) -> Iterator[Asset]:
    """Yield the feeds; none without `site_url`, which they need."""
    if not settings.site_url:
        return
    newest = [p for p in map(site.shelf.papers.__getitem__, site.catalogue.arrivals) if p.added]
    by_topic: dict[str, list[Paper]] = {}
    for paper in newest:
        for placement in site.placements.get(paper.id, ()):
            by_topic.setdefault(placement.topic, []).append(paper)
    yield from _build("", HOME, settings.site_name, newest[:MOST], settings)
    for key, topic in site.taxonomy.topics.items():
        chosen = by_topic.get(key, [])[:MOST]
        yield from _build(key, topic_path(key), f"{topic.name} · {settings.site_name}", chosen, settings)


def _build(topic: str, page: str, title: str, papers: Sequence[Paper], settings: Settings) -> Iterator[Asset]:
    home = _address(page, settings)
    atom, json = (urljoin(settings.site_url, feed_path(topic, ending)) for ending in ("xml", "json"))
    yield Asset(path=feed_path(topic, "xml"), body=_render_atom(home, atom, title, papers, settings))
    items = [
        {
            "id": _address(paper_path(paper.id), settings),
            "url": _address(paper_path(paper.id), settings),
            "title": clean_line(_name(paper)),
            "content_text": clean_line(paper.summary_text.plain) or clean_line(paper.title_text.plain),
            "date_published": _day(paper.added),
            **({"tags": [paper.status]} if paper.status != "active" else {}),
            **(
                {"authors": [{"name": clean_line(author.shown)} for author in paper.authors]}
                if paper.authors
                else {}
            ),
        }
        for paper in papers
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": clean_line(title),
        "home_page_url": home,
        "feed_url": json,
        "items": items,
    }
    yield Asset(path=feed_path(topic, "json"), body=msgspec.json.format(msgspec.json.encode(feed), indent=1))


def _render_atom(home: str, own: str, title: str, papers: Sequence[Paper], settings: Settings) -> bytes:
    feed = ET.Element("feed", xmlns=_ATOM)
    _add(feed, "id", own)
    _add(feed, "title", title)
    _add(feed, "updated", _day(max((paper.added for paper in papers), default="1970-01-01")))
    _add(feed, "link", rel="self", type="application/atom+xml", href=own)
    _add(feed, "link", rel="alternate", type="text/html", href=home)
    _add(_add(feed, "author"), "name", settings.site_name)
    for paper in papers:
        entry = _add(feed, "entry")
        address = _address(paper_path(paper.id), settings)
        _add(entry, "id", address)
        _add(entry, "title", _name(paper))
        _add(entry, "updated", _day(paper.added))
        _add(entry, "published", _day(paper.added))
        _add(entry, "link", rel="alternate", type="text/html", href=address)
        if paper.status != "active":
            _add(entry, "category", term=paper.status)
        for author in paper.authors:
            _add(_add(entry, "author"), "name", author.shown)
        if paper.summary:
            _add(entry, "summary", paper.summary_text.plain)
    ET.indent(feed)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(feed, encoding="unicode")}\n'.encode()


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, name, attributes)
    element.text = clean_line(text) or None
    return element


def _address(path: str, settings: Settings) -> str:
    return urljoin(settings.site_url, build_page_url(path, pretty=settings.pretty_urls))


def _name(paper: Paper) -> str:
    """Return the title of an entry; a status other than active comes first, so that readers see it."""
    status, title = STATUS_NAMES[paper.status], paper.title_text.plain
    return f"{status}: {title}" if status else title


def _day(date: str) -> str:
    """Return the start of a day, month or year as an RFC 3339 timestamp."""
    return f"{date}{'-01-01'[(len(date) - 4) :]}T00:00:00Z"
