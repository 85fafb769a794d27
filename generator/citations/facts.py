"""The input of a style: the CSL-JSON item of a paper, with names split into parts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from generator.citations.join import MARKS, mark_quotes
from generator.citations.names import Person, read_person
from generator.formats.csl_json.write import build_csl
from generator.formats.shared.name_lists import has_more_authors, has_more_editors
from generator.model import Paper

_NAMES = ("author", "editor")
_UNSAID = ("id", "type", "note", "keyword", "language", *_NAMES, "issued")
_UNKNOWN = "article"
"""The type of CSL-JSON for preprints, and for works of which nobody says what they are."""


class CitedNames(Struct, frozen=True):
    """A list of names, and whether there are others that nobody named."""

    people: tuple[Person, ...]
    more: bool


class Facts(Struct, frozen=True, kw_only=True):
    """What is known of a paper, by the variables of CSL."""

    type: str
    texts: Mapping[str, str]
    names: Mapping[str, CitedNames]
    issued: tuple[int, ...]
    """Year, month and day, as far as they are known."""
    is_english: bool
    """Whether titles may get capitals as English ones do."""


def build_facts(paper: Paper) -> Facts:
    """Return what a style asks of a paper.

    All comes from the item of CSL-JSON, and three things are put as styles expect them. A preprint has its server as the
    publisher, and its number there as its number. A work of which nobody says what it is is written as an article in
    what its venue names, else as a document: styles call any other a preprint. Names are in parts (`read_person`).
    """
    item: dict[str, Any] = build_csl(paper)
    texts = {
        name: " ".join(str(value).translate(MARKS).split())
        for name, value in item.items()
        if name not in _UNSAID
    }
    kind = item["type"]
    if kind == _UNKNOWN and _is_preprint(paper):
        _name_server(texts, paper)
    elif kind == _UNKNOWN:
        kind = "article-journal" if "container-title" in texts else "document"
    texts["title"] = mark_quotes(texts.get("title", ""))
    lists = {
        "author": CitedNames(tuple(map(read_person, paper.authors)), has_more_authors(paper)),
        "editor": CitedNames(tuple(map(read_person, paper.list_editors())), has_more_editors(paper)),
    }
    issued = item.get("issued")
    language = str(item.get("language", "")).lower()
    return Facts(
        type=kind,
        texts=texts,
        names={name: names for name, names in lists.items() if names.people},
        issued=tuple(issued["date-parts"][0]) if issued else (),
        is_english=not language or language.startswith("en"),
    )


def _is_preprint(paper: Paper) -> bool:
    """Return whether a work is a preprint: its record says so, or has a number of arXiv and no other venue."""
    return paper.venue_type == "preprint" or (
        "arxiv" in paper.links and paper.venue.lower() in {"", "arxiv", "corr"}
    )


def _name_server(texts: dict[str, str], paper: Paper) -> None:
    """Say where a preprint is: its server publishes it and contains nothing."""
    server = texts.pop("container-title", "")
    numbers = paper.links.get("arxiv", ())
    if numbers:
        server = server or "arXiv"
        texts.setdefault("number", f"arXiv:{numbers[0]}")
    if server:
        texts.setdefault("publisher", server)
