"""Reads arXiv's feeds of new papers into drafts, in RSS and Atom (https://info.arxiv.org/help/rss_specifications.html)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from email.utils import parsedate_to_datetime
from xml.etree.ElementTree import Element

from msgspec.structs import replace

from generator.formats.shared.facts import Links, clean_value, read_day, read_text
from generator.formats.shared.strict_xml import FoundElement
from generator.formats.shared.xml_entries import import_elements
from generator.formats.values import Batch, TextFile
from generator.identifiers import parse_identifier
from generator.model import Author, Draft, Paper, Source
from generator.problems import Place, Problem, error

_ATOM = "{http://www.w3.org/2005/Atom}"
_ARXIV = "{http://arxiv.org/schemas/atom}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_NUMBER = re.compile(r"oai:arxiv\.org:(.+)", re.IGNORECASE)
_ABOVE = re.compile(r"arXiv:\S+\s+(?:Announce Type:\s*\S+\s+)?Abstract:\s*", re.IGNORECASE)
"""The text before the abstract in the description of a paper."""
_NAMES = re.compile(r",\s+(?!(?:Jr|Sr|II|III|IV)\b)")


def import_arxiv_rss(files: Sequence[TextFile], captured: str) -> Batch:
    """Return a draft for every paper in the feeds.

    The date of an entry is that of its announcement, possibly of a new version. It is kept, but is not the date of the
    paper.
    """
    return import_elements(
        files, captured, _build_draft, roots={"rss", f"{_ATOM}feed"}, wanted={"item", f"{_ATOM}entry"}
    )


def _build_draft(found: FoundElement, source: Source, place: Place, problems: list[Problem]) -> Draft | None:
    """Return the draft of an entry; None, with a problem, if it has no arXiv number or no title."""
    entry = found.element if found.element is not None else Element("item")
    said = _find(entry, "guid") or _find(entry, f"{_ATOM}id")
    match = _NUMBER.fullmatch(said)
    title = _find(entry, "title") or _find(entry, f"{_ATOM}title")
    if match is None or not parse_identifier("arxiv", match[1]):
        message = f"{said!r} is not an entry of arXiv's feeds of new papers"
        problems.append(error("bad-link", message, place, "the entry was left out"))
        return None
    if not title:
        problems.append(error("missing-field", f"{match[1]} has no title", place, "the entry was left out"))
        return None
    links = Links(place, problems)
    links.add("arxiv", match[1])
    for doi in _find(entry, f"{_ARXIV}DOI").split():
        links.add("doi", doi)
    abstract = _ABOVE.sub("", _find(entry, "description") or _find(entry, f"{_ATOM}summary"), count=1)
    links.add_named(abstract)
    day = _read_day(entry)
    names = _NAMES.split(_find(entry, f"{_DC}creator"))
    paper = Paper(
        title=title,
        abstract=abstract,
        authors=tuple(Author(name=name) for name in map(str.strip, names) if name),
        links=links.build(),
        added=day or source.date,
        sources=(replace(source, entry=match[1], date=day or source.date),),
        extra=_gather_extra(entry, day),
    )
    return Draft(paper=paper, place=place)


def _find(entry: Element, name: str) -> str:
    return read_text(entry.findtext(name))


def _read_day(entry: Element) -> str:
    """Return the date on which an entry was announced, in the feed's time zone."""
    if day := read_day(entry.findtext(f"{_ATOM}published")):
        return day
    try:
        return parsedate_to_datetime(_find(entry, "pubDate")).date().isoformat()
    except ValueError:
        return ""


def _gather_extra(entry: Element, day: str) -> dict[str, str]:
    categories = [clean_value(one.text) for one in entry.iterfind("category")]
    categories += [clean_value(one.get("term")) for one in entry.iterfind(f"{_ATOM}category")]
    extra = {
        "announced": " ".join(filter(None, (day, _find(entry, f"{_ARXIV}announce_type")))),
        "journal_ref": _find(entry, f"{_ARXIV}journal_reference"),
        "license": _find(entry, f"{_DC}rights"),
        "categories": " ".join(dict.fromkeys(filter(None, categories))),
    }
    return {name: value for name, value in extra.items() if value}
