"""The services that are queried: their URLs, their limits of speed, and the readers of their answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from urllib.parse import quote, urlencode

from msgspec import Struct

from generator.extensions import Extended
from generator.formats.arxiv.read import import_arxiv
from generator.formats.openalex.read import import_openalex
from generator.formats.registry import Batch, TextFile
from generator.model import Paper
from generator.network.crossref import import_crossref
from generator.text.maths import plain

_FOUND = 5  # how many results of a search are looked at
_WORDS = 40
_WORD = re.compile(r"[^\W_]+")


class Service(Struct, frozen=True, kw_only=True):
    """A service: what it is called, where it is, the seconds between two requests, and its addresses for a paper."""

    name: str
    title: str
    base: str
    pause: float
    by_identifier: Callable[[Paper], Iterator[str]]
    by_title: Callable[[str], str]
    read: Callable[[Sequence[TextFile], str], Batch]


def list_words(title: str) -> str:
    """Return the words of a title without characters, which searches take for operators."""
    return " ".join(_WORD.findall(plain(title))[:_WORDS])


def _find_arxiv(paper: Paper) -> Iterator[str]:
    for value in paper.links.get("arxiv", ()):
        yield "/api/query?" + urlencode({"id_list": value, "max_results": 1})


def _find_openalex(paper: Paper) -> Iterator[str]:
    names = (
        *paper.links.get("doi", ()),
        *(f"10.48550/arxiv.{value}" for value in paper.links.get("arxiv", ())),
    )
    for value in names:
        yield f"/works/doi:{quote(value, safe='/')}"


def _find_crossref(paper: Paper) -> Iterator[str]:
    for value in paper.links.get("doi", ()):
        yield f"/works/{quote(value, safe='')}"


_OWN: Mapping[str, Service] = MappingProxyType(
    {
        "arxiv": Service(
            name="arxiv",
            title="arXiv",
            base="https://export.arxiv.org",
            pause=3,
            by_identifier=_find_arxiv,
            by_title=lambda words: (
                "/api/query?" + urlencode({"search_query": f'ti:"{words}"', "max_results": _FOUND})
            ),
            read=import_arxiv,
        ),
        "openalex": Service(
            name="openalex",
            title="OpenAlex",
            base="https://api.openalex.org",
            pause=1,
            by_identifier=_find_openalex,
            by_title=lambda words: (
                "/works?" + urlencode({"filter": f"title.search:{words}", "per-page": _FOUND})
            ),
            read=import_openalex,
        ),
        "crossref": Service(
            name="crossref",
            title="Crossref",
            base="https://api.crossref.org",
            pause=1,
            by_identifier=_find_crossref,
            by_title=lambda words: "/works?" + urlencode({"query.bibliographic": words, "rows": _FOUND}),
            read=import_crossref,
        ),
    }
)
SERVICES: Mapping[str, Service] = Extended(_OWN, "papershelf.services", Service)
"""The services in the order in which they are queried: our own, and those of installed packages."""
