"""The services for looking up papers: their URLs, their rate limits, and the readers of their answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from urllib.parse import quote, urlencode

from msgspec import Struct
from msgspec.structs import replace

from generator.extensions import Extended
from generator.formats.arxiv.read import import_arxiv
from generator.formats.bibtex.read import import_bibtex
from generator.formats.crossref.read import import_crossref
from generator.formats.openalex.read import import_openalex
from generator.formats.openreview.read import import_openreview
from generator.formats.registry import Batch, TextFile
from generator.model import Paper
from generator.text.maths import plain

_FOUND = 5  # how many results of a search are looked at
_WORDS = 40
_ANTHOLOGY = "https://aclanthology.org"
_WORD = re.compile(r"[^\W_]+")


class Service(Struct, frozen=True, kw_only=True):
    """A service: its name, its base URL, the seconds between two requests, and functions that return its URLs for a paper."""

    name: str
    title: str
    base: str
    pause: float
    by_identifier: Callable[[Paper], Iterator[str]]
    by_title: Callable[[str], str]
    read: Callable[[Sequence[TextFile], str], Batch]
    by_numbers: Callable[[Sequence[str]], str] | None = None
    """Returns the URL that describes several papers by their arXiv numbers; None if each request describes one paper."""


def list_query_words(title: str) -> str:
    """Return the words of a title without characters that searches treat as operators."""
    return " ".join(_WORD.findall(plain(title))[:_WORDS])


def _find_numbers(values: Sequence[str]) -> str:
    return "/api/query?" + urlencode({"id_list": ",".join(values), "max_results": len(values)})


def _find_arxiv(paper: Paper) -> Iterator[str]:
    for value in paper.links.get("arxiv", ()):
        yield _find_numbers([value])


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


def _find_openreview(paper: Paper) -> Iterator[str]:
    for value in paper.links.get("openreview", ()):
        yield "/notes?" + urlencode({"id": value})


def _find_anthology(paper: Paper) -> Iterator[str]:
    for value in paper.links.get("page", ()):
        if value.startswith(_ANTHOLOGY):
            yield f"{value.removeprefix(_ANTHOLOGY)}.bib"


def _read_openreview(files: Sequence[TextFile], captured: str) -> Batch:
    """Return the submissions in answers; both versions of the API count as the same source."""
    return import_openreview([replace(file, name="openreview") for file in files], captured)


def _find_nothing(_words: str) -> str:
    raise AssertionError("this service is never queried by title")


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
            by_numbers=_find_numbers,
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
"""The services in the order of querying: the built-in ones, then those of installed packages."""

_OPENREVIEW = Service(
    name="openreview",
    title="OpenReview",
    base="https://api2.openreview.net",
    pause=1,
    by_identifier=_find_openreview,
    by_title=_find_nothing,
    read=_read_openreview,
)
_BY_NAME = (
    _OPENREVIEW,
    replace(  # papers before 2023
        _OPENREVIEW,
        name="openreview-1",
        title="OpenReview (first version)",
        base="https://api.openreview.net",
    ),
    Service(
        name="acl",
        title="the ACL Anthology",
        base=_ANTHOLOGY,
        pause=1,
        by_identifier=_find_anthology,
        by_title=_find_nothing,
        read=import_bibtex,
    ),
)
_FIRST = ("arxiv", "crossref")


def list_describing() -> tuple[Service, ...]:
    """Return the services that describe a paper by identifier, starting with the registries of the identifiers.

    The others have papers of all kinds and are queried if the registries know nothing or have no abstract.
    """
    first = [SERVICES[name] for name in _FIRST]
    return (*first, *_BY_NAME, *(service for service in SERVICES.values() if service not in first))
