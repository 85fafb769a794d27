"""Files at former URLs: redirects, copies of files, and tombstones.

They need no script and no theme. Pages redirect at once. Other files cannot redirect, so they are written at both URLs
or replaced by an explanation.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from urllib.parse import quote, urljoin
from xml.etree import ElementTree as ET

import msgspec
from markupsafe import Markup
from msgspec.structs import replace

from generator.identifiers import IDENTITY, parse_identifier
from generator.identifiers import build_link_url as build_address
from generator.labels.labels import Labels, load_labels
from generator.model import Asset, Published, Site
from generator.pages.paper import copy_link
from generator.pages.parts.content_security_policy import PLAIN, build_tag
from generator.pages.parts.templates import render_template
from generator.pages.parts.views import TypedLink
from generator.settings import Settings
from generator.text.escaping import escape_plain_markdown
from generator.urls.files import copy_path
from generator.urls.ledger import is_feed
from generator.urls.redirects import Redirect, Routes
from generator.urls.routes import SEARCH, build_page_url

_ATOM = "http://www.w3.org/2005/Atom"


def repeat_files(
    assets: Iterable[Asset], redirects: Iterable[Redirect], routes: Routes, *, pretty: bool
) -> Iterator[Asset]:
    """Yield each file, followed by copies of it for its former URLs; this includes Markdown copies of papers."""
    former: dict[str, list[str]] = {}
    for redirect in redirects:
        if redirect.target is not None and _is_copy(redirect.file, redirect.target):
            former.setdefault(redirect.target, []).append(redirect.file)
    for alias, key in routes.papers.items():
        former.setdefault(copy_path(key, pretty=pretty), []).append(copy_path(alias, pretty=pretty))
    for asset in assets:
        yield asset
        for path in former.get(asset.path, ()):
            yield Asset(path=path, body=asset.body)


def build_redirect_files(site: Site, settings: Settings, redirects: Iterable[Redirect]) -> Iterator[Asset]:
    """Yield a file for every former URL that has no copy of its content."""
    for redirect in redirects:
        file, target = redirect.file, redirect.target
        if file.endswith(".html"):
            yield Asset(path=file, body=_render_page(site.labels, redirect, settings).encode())
            if target is None and (copy := _render_copy(site, settings, redirect)):
                yield copy
        elif (target is None or not _is_copy(file, target)) and (settings.site_url or not is_feed(file)):
            yield Asset(path=file, body=_render_file(redirect, settings))


def _is_copy(file: str, target: str) -> bool:
    return not file.endswith(".html") and file.endswith(".gz") == target.endswith(".gz")


def _render_page(labels: Labels, redirect: Redirect, settings: Settings) -> str:
    up = "../" * redirect.file.count("/")
    link = None if redirect.target is None else f"{up}{quote(redirect.target)}" or "./"
    search, home = (
        f"{up}{build_page_url(path, pretty=settings.pretty_urls)}" for path in (SEARCH, "index.md")
    )
    values = {
        "policy": Markup(build_tag(PLAIN)),  # noqa: S704 (our own tag)
        "title": redirect.what.title,
        "site": settings.site_name,
        "up": up,
        "target": link,
        "canonical": urljoin(settings.site_url, quote(redirect.target or "")) if settings.site_url else link,
        "said": _say(labels, redirect.what),
        "links": _list_links(labels, redirect.what),
        "search": search,
        "home": home or "./",
    }
    return render_template(labels, "former", values)


def _say(labels: Labels, what: Published) -> str:
    """Return the explanation of what happened to the content, with the curators' reason if there is one."""
    if not what.removed:
        return labels("removed.gone")
    if what.note:
        return labels("removed.was_removed_because", note=what.note)
    return labels("removed.was_removed")


def _list_links(labels: Labels, what: Published) -> list[TypedLink]:
    """Return links to a paper elsewhere, from its identifiers in the ledger."""
    links = []
    for name in what.names:
        kind, _, value = name.partition(":")
        if kind in IDENTITY and parse_identifier(kind, value) == value:
            links.append(TypedLink(labels(f"link.{kind}"), value, build_address(kind, value)))
    return links


def _render_copy(site: Site, settings: Settings, redirect: Redirect) -> Asset | None:
    """Return the tombstone of a paper as Markdown, or None if papers have no Markdown copies."""
    page = redirect.file.removesuffix("/index.html" if settings.pretty_urls else ".html")
    folder, _, key = page.rpartition("/")
    if folder != "papers" or not copy_link(site, settings, key):
        return None
    links = "".join(f"\n- {link.kind}: <{link.link}>" for link in _list_links(load_labels(), redirect.what))
    said = _say(load_labels(), replace(redirect.what, note=escape_plain_markdown(redirect.what.note)))
    text = f"# {redirect.what.title}\n\n{said}\n{links}\n".rstrip() + "\n"
    return Asset(path=copy_path(key, pretty=settings.pretty_urls), body=text.encode())


def _render_file(redirect: Redirect, settings: Settings) -> bytes:
    """Return the content of a feed or export that no longer exists or has another form now."""
    name = redirect.file.rpartition("/")[2]
    if name == "feed.xml":
        return _end_atom(redirect, settings)
    if name == "feed.json":
        return _end_json(redirect, settings)
    where = f" It is here now: {urljoin(settings.site_url, redirect.target)}" if redirect.target else ""
    text = f"{redirect.what.title}: {_say(load_labels(), redirect.what) if not where else 'this file has another name now.'}{where}\n"
    if redirect.file.endswith(".gz"):
        packer = zlib.compressobj(9, zlib.DEFLATED, 31)
        return packer.compress(text.encode()) + packer.flush()
    return text.encode()


def _end_atom(redirect: Redirect, settings: Settings) -> bytes:
    """Return an Atom feed without entries (RFC 4287 requires none) whose text says that it has ended."""
    address = urljoin(settings.site_url, redirect.file)
    feed = ET.Element("feed", xmlns=_ATOM)
    facts = {
        "id": address,
        "title": redirect.what.title,
        "subtitle": _say(load_labels(), redirect.what),
        "updated": "1970-01-01T00:00:00Z",
    }
    for name, text in facts.items():
        ET.SubElement(feed, name).text = text
    ET.SubElement(feed, "link", rel="self", type="application/atom+xml", href=address)
    ET.SubElement(ET.SubElement(feed, "author"), "name").text = settings.site_name
    ET.indent(feed)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(feed, encoding="unicode")}\n'.encode()


def _end_json(redirect: Redirect, settings: Settings) -> bytes:
    """Return a JSON feed that will never be updated again (JSON Feed 1.1, `expired`)."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": redirect.what.title,
        "description": _say(load_labels(), redirect.what),
        "feed_url": urljoin(settings.site_url, redirect.file),
        "expired": True,
        "items": [],
    }
    return msgspec.json.format(msgspec.json.encode(feed), indent=1)
