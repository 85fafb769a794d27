"""Feeds of new papers: Atom (RFC 4287) and JSON Feed 1.1, for all papers and for each topic. The one of all papers has the digests.

Papers without `added` are in no feed, because feeds need dates and dates are never invented.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

import msgspec
from msgspec import Struct

from generator.editorial import Overview
from generator.formats.shared.status import STATUS_NAMES
from generator.model import Asset, Paper, Site, Status
from generator.pages.parts.overview import Part, Run, build_runs
from generator.pages.parts.pictures import find_picture_url
from generator.settings import Settings
from generator.text.escaping import clean_line, escape_href, escape_html
from generator.urls.files import feed_path
from generator.urls.routes import HOME, NEW, build_page_url, paper_path, topic_path
from generator.whats_new.digests import name_anchor

MOST = 100
"""Maximum number of entries in a feed."""
_ATOM = "http://www.w3.org/2005/Atom"


class _Entry(Struct, frozen=True, kw_only=True):
    """What feeds say of a paper, or of the papers of an intake by its digest."""

    url: str
    title: str
    day: str
    text: str = ""
    html: str = ""
    """The text with its links, if it has any."""
    authors: tuple[str, ...] = ()
    status: Status = "active"
    picture: str = ""
    """The URL of its picture."""


def build_feeds(site: Site, settings: Settings) -> Iterator[Asset]:
    """Yield the feeds; none without `site_url`, which they need."""
    if not settings.site_url:
        return
    newest = [p for p in map(site.shelf.papers.__getitem__, site.catalogue.arrivals) if p.added]
    by_topic: dict[str, list[Paper]] = {}
    for paper in newest:
        for placement in site.placements.get(paper.id, ()):
            by_topic.setdefault(placement.topic, []).append(paper)
    entries = [_enter_paper(paper, settings) for paper in newest[:MOST]]
    yield from _build("", HOME, settings.site_name, _put_in_digests(entries, site, settings), settings)
    for key, topic in site.taxonomy.topics.items():
        chosen = [_enter_paper(paper, settings) for paper in by_topic.get(key, [])[:MOST]]
        yield from _build(key, topic_path(key), f"{topic.name} · {settings.site_name}", chosen, settings)


def _enter_paper(paper: Paper, settings: Settings) -> _Entry:
    """Return the entry of a paper. A status other than active comes first in its title, so that readers see it."""
    status, title = STATUS_NAMES[paper.status], paper.title_text.plain
    return _Entry(
        url=_address(paper_path(paper.id), settings),
        title=f"{status}: {title}" if status else title,
        day=paper.added,
        text=paper.summary_text.plain,
        authors=tuple(author.shown for author in paper.authors),
        status=paper.status,
        picture=find_picture_url(paper, settings),
    )


def _put_in_digests(entries: Sequence[_Entry], site: Site, settings: Settings) -> Sequence[_Entry]:
    """Return the entries of papers, newest first, with those of digests before the papers of their day."""
    digests = [
        _enter_digest(digest, day, site, settings)
        for day, digest in sorted(site.shelf.digests.items(), reverse=True)[:MOST]
    ]
    merged = sorted([*digests, *entries], key=lambda entry: entry.day, reverse=True)  # stable
    return merged[:MOST]


def _enter_digest(digest: Overview, day: str, site: Site, settings: Settings) -> _Entry:
    passages = [build_runs(passage, partial(_address, settings=settings)) for passage in digest.passages]
    return _Entry(
        url=f"{_address(NEW, settings)}#{name_anchor(day)}",
        title=site.labels("new.digest", date=site.labels.date(day)),
        day=day,
        text=" ".join(part.text.plain for runs in passages for run in runs for part in run.parts),
        html="".join(f"<p>{''.join(map(_render_run, runs))}</p>" for runs in passages),
    )


def _render_run(run: Run) -> str:
    words = "".join(_render_part(part) for part in run.parts)
    return f'<a href="{escape_href(run.link)}">{words}</a>' if run.link else words


def _render_part(part: Part) -> str:
    words: str = escape_html(part.text.plain)
    words = f"<em>{words}</em>" if part.emphasis else words
    return f"<strong>{words}</strong>" if part.strong else words


def _build(
    topic: str, page: str, title: str, entries: Sequence[_Entry], settings: Settings
) -> Iterator[Asset]:
    home = _address(page, settings)
    atom, json = (urljoin(settings.site_url, feed_path(topic, ending)) for ending in ("xml", "json"))
    yield Asset(path=feed_path(topic, "xml"), body=_render_atom(home, atom, title, entries, settings))
    items = [
        {
            "id": entry.url,
            "url": entry.url,
            "title": clean_line(entry.title),
            "content_text": clean_line(entry.text) or clean_line(entry.title),
            **({"content_html": clean_line(entry.html)} if entry.html else {}),
            "date_published": _day(entry.day),
            **({"image": entry.picture} if entry.picture else {}),
            **({"tags": [entry.status]} if entry.status != "active" else {}),
            **({"authors": [{"name": clean_line(name)} for name in entry.authors]} if entry.authors else {}),
        }
        for entry in entries
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": clean_line(title),
        "home_page_url": home,
        "feed_url": json,
        "items": items,
    }
    yield Asset(path=feed_path(topic, "json"), body=msgspec.json.format(msgspec.json.encode(feed), indent=1))


def _render_atom(home: str, own: str, title: str, entries: Sequence[_Entry], settings: Settings) -> bytes:
    feed = ET.Element("feed", xmlns=_ATOM)
    _add(feed, "id", own)
    _add(feed, "title", title)
    _add(feed, "updated", _day(max((entry.day for entry in entries), default="1970-01-01")))
    _add(feed, "link", rel="self", type="application/atom+xml", href=own)
    _add(feed, "link", rel="alternate", type="text/html", href=home)
    _add(_add(feed, "author"), "name", settings.site_name)
    for entry in entries:
        element = _add(feed, "entry")
        _add(element, "id", entry.url)
        _add(element, "title", entry.title)
        _add(element, "updated", _day(entry.day))
        _add(element, "published", _day(entry.day))
        _add(element, "link", rel="alternate", type="text/html", href=entry.url)
        if entry.status != "active":
            _add(element, "category", term=entry.status)
        for name in entry.authors:
            _add(_add(element, "author"), "name", name)
        if entry.text:
            _add(element, "summary", entry.text)
        if entry.html:
            _add(element, "content", entry.html, type="html")
    ET.indent(feed)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(feed, encoding="unicode")}\n'.encode()


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, name, attributes)
    element.text = clean_line(text) or None
    return element


def _address(path: str, settings: Settings) -> str:
    return urljoin(settings.site_url, build_page_url(path, pretty=settings.pretty_urls))


def _day(date: str) -> str:
    """Return the start of a day, month or year as an RFC 3339 timestamp."""
    return f"{date}{'-01-01'[(len(date) - 4) :]}T00:00:00Z"
