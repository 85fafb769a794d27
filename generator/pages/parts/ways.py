"""Links from a page to the paper: its known links, and searches if none leads to the paper itself."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote_plus

from generator.identifiers import build_link_url, build_pdf_url
from generator.labels.labels import Labels
from generator.model import LinkKind, Paper
from generator.pages.parts.views import Named, shorten_url

_WAYS: tuple[LinkKind, ...] = (
    "arxiv", "pdf", "doi", "openreview", "page", "project", "code", "data", "model", "demo", "video",
)  # fmt: skip
"""The kinds of links in the order of their buttons."""
_THE_PAPER: tuple[LinkKind, ...] = ("arxiv", "pdf", "doi", "openreview", "page")
"""The kinds that lead to the paper itself."""
_WIDEST = Named("Google Scholar", "https://scholar.google.com/scholar?q=")
_SEARCHES = (
    Named("arXiv", "https://arxiv.org/search/?searchtype=title&query="),
    _WIDEST,
    Named("Semantic Scholar", "https://www.semanticscholar.org/search?q="),
)
_QUERY = 300
"""The maximum number of characters of a title in a search."""


def list_ways(labels: Labels, paper: Paper) -> tuple[Named, ...]:
    """Return the buttons of a paper, one for each link; an identifier at a site with PDFs gives two.

    >>> from generator.labels.labels import load_labels
    >>> [way.name for way in list_ways(load_labels(), Paper(title="Owls", links={"arxiv": ("2310.00653",)}))]
    ['arXiv', 'PDF']
    """
    return tuple(way for kind in _WAYS for way in _list_kind(labels, kind, _list_urls(paper, kind)))


def _list_urls(paper: Paper, kind: LinkKind) -> list[str]:
    urls = [build_link_url(kind, value) for value in paper.links.get(kind, ())]
    return urls or ([url] if kind == "pdf" and (url := _find_pdf(paper)) else [])


def _find_pdf(paper: Paper) -> str:
    """Return the URL of the first PDF from the paper's identifiers."""
    found = (
        build_pdf_url(kind, value) for kind in ("arxiv", "openreview") for value in paper.links.get(kind, ())
    )
    return next(found, "")


def _list_kind(labels: Labels, kind: LinkKind, urls: list[str]) -> Iterator[Named]:
    """Yield the buttons of one kind; if there are several, each shows its target."""
    name = labels(f"link.{kind}")
    for url in urls:
        yield Named(labels("shared.named", name=name, text=shorten_url(url)) if len(urls) > 1 else name, url)


def list_searches(paper: Paper, *, is_short: bool = False) -> tuple[Named, ...]:
    """Return searches for the title of a paper, if no link leads to the paper itself.

    A search makes no claim about the paper: its query is the title as plain text. A short page has only the widest search.

    >>> [search.link for search in list_searches(Paper(title="Owls & Mice"))][0]
    'https://arxiv.org/search/?searchtype=title&query=Owls+%26+Mice'
    >>> [search.name for search in list_searches(Paper(title="Owls & Mice"), is_short=True)]
    ['Google Scholar']
    """
    if any(paper.links.get(kind) for kind in _THE_PAPER):
        return ()
    query = quote_plus(paper.title_text.plain[:_QUERY], errors="replace")
    searches = (_WIDEST,) if is_short else _SEARCHES
    return tuple(Named(search.name, search.link + query) for search in searches)


def list_missing(paper: Paper) -> tuple[str, ...]:
    """Return the label keys of important facts that are unknown."""
    known = {
        "date": paper.published,
        "authors": paper.authors,
        "identifier": any(paper.links.get(kind) for kind in _THE_PAPER),
    }
    return tuple(f"fact.{name}" for name, value in known.items() if not value)
