"""Identifiers and links of a paper in the ACL Anthology (URLs: https://aclanthology.org/info/development/)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element

from generator.formats.acl_xml.markup import flatten, read_markup
from generator.formats.shared.facts import Links, clean_value
from generator.model import LinkKind

_SITE = "https://aclanthology.org/"
# `2020.acl-main.1`, and `P19-1001` before 2020.
_ID = re.compile(r"(?:\d{4}\.[a-z0-9_]+-[a-z0-9_]+\.\d+|[A-Z]\d{2}-\d{4,5})", re.ASCII)
_ATTACHED: Mapping[str, LinkKind] = {
    "software": "code",
    "source": "code",
    "code": "code",
    "dataset": "data",
    "data": "data",
    "video": "video",
    "presentation": "video",
}


def find_key(entry: Element, around: Sequence[Element]) -> str:
    """Return the Anthology's id of a paper, or otherwise the names of collection, volume and paper."""
    given = flatten(entry.find("url"))
    if _ID.fullmatch(given):
        return given
    within = "-".join(name for element in around if (name := clean_value(element.get("id"))))
    return f"{within}.{clean_value(entry.get('id'))}".strip(".")


def gather_links(entry: Element, links: Links) -> dict[LinkKind, tuple[str, ...]]:
    """Return the links of a paper, without attached files that have no URL and without data sets that it uses."""
    links.add("doi", flatten(entry.find("doi")))
    url = flatten(entry.find("url"))
    if _ID.fullmatch(url):
        links.add("page", f"{_SITE}{url}/")
        links.add("pdf", f"{_SITE}{url}.pdf")
    else:
        links.add("pdf" if url.lower().endswith(".pdf") else "page", url)
    for attachment in entry.iterfind("attachment"):
        kind = _ATTACHED.get(attachment.get("type", "").lower())
        if kind:
            _add_address(links, kind, flatten(attachment))
    for name in ("software", "dataset", "presentation"):
        _add_address(links, _ATTACHED[name], flatten(entry.find(name)))
    for video in entry.iterfind("video"):
        _add_address(links, "video", clean_value(video.get("href")))
    for code in entry.iterfind("pwccode"):
        _add_address(links, "code", clean_value(code.get("url")))
    links.add_named(read_markup(entry.find("abstract")))
    return links.build()


def _add_address(links: Links, kind: LinkKind, value: str) -> None:
    """Add a link if the value is a URL and not the name of a file on the Anthology's server."""
    if value.lower().startswith(("http://", "https://")):
        links.add(kind, value)
