"""Pagination of long lists: the papers of each page, and links to the other pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from generator.labels.labels import Labels
from generator.model import Site
from generator.pages.parts import sizes
from generator.pages.parts.views import Named
from generator.settings import Settings
from generator.urls.files import feed_path
from generator.urls.routes import build_file_link, build_link

_NEAR = 2


class Pager(Struct, frozen=True, kw_only=True):
    """Links around one page of a list; `links` has the first, the last and nearby pages, with gaps between them."""

    number: int
    pages: int
    previous: str
    next: str
    links: tuple[Named, ...]


class ListPage(Struct, frozen=True, kw_only=True):
    """One page of a list: its path, the papers on it, and the pager."""

    path: str
    keys: Sequence[str]
    pager: Pager
    ends_after: int = 0
    """On the last page of a list that leaves papers out, the number of papers in the list; otherwise 0."""


def find_most(site: Site) -> int | None:
    """Return the number of papers with which a list ends if the search can show the others; None if every list is whole."""
    return sizes.MOST_IN_LIST if sizes.is_very_large(len(site.shelf.papers)) else None


def cut_list(
    keys: Sequence[str], *, size: int, path: Callable[[int], str], most: int | None = None
) -> Iterator[ListPage]:
    """Yield the pages of a list of at most `most` papers, at least one page.

    `path` returns the path of a page by its number, counted from 1.
    """
    is_whole = most is None or len(keys) <= most
    keys = keys[:most]
    pages = max(1, -(-len(keys) // size))
    for number in range(1, pages + 1):
        here = path(number)
        near = sorted({1, pages, *range(max(1, number - _NEAR), min(pages, number + _NEAR) + 1)})
        links: list[Named] = []
        for before, page in zip([0, *near], near, strict=False):
            if page - before > 1:
                links.append(Named("…", ""))
            links.append(Named(str(page), "" if page == number else build_link(here, path(page))))
        pager = Pager(
            number=number,
            pages=pages,
            previous=build_link(here, path(number - 1)) if number > 1 else "",
            next=build_link(here, path(number + 1)) if number < pages else "",
            links=tuple(links),
        )
        yield ListPage(
            path=here,
            keys=keys[(number - 1) * size : number * size],
            pager=pager,
            ends_after=0 if is_whole or number < pages else len(keys),
        )


def name_end(labels: Labels, part: ListPage, papers: int) -> str:
    """Return what the end of a list says if its `papers` are not all in it, otherwise an empty text."""
    if not part.ends_after:
        return ""
    shown, whole = labels.number(part.ends_after), labels.count("count.papers", papers)
    return labels("page.ended", shown=shown, papers=whole)


def name_page(labels: Labels, name: str, number: int) -> str:
    """Return the title of a page of a list."""
    return name if number == 1 else labels("page.number", title=name, number=number)


def link_feeds(settings: Settings, page: str, topic: str = "") -> tuple[Named, ...]:
    """Return the feeds of a topic or of all papers, with links from a page; none without `site_url`."""
    if not settings.site_url:
        return ()
    names = {"xml": "Atom", "json": "JSON Feed"}
    pretty = settings.pretty_urls
    return tuple(
        Named(name, build_file_link(page, feed_path(topic, ending), pretty=pretty))
        for ending, name in names.items()
    )


def list_depends(site: Site, part: ListPage, number: int) -> tuple[object, ...]:
    """Return the values that a page of a list with `number` papers depends on."""
    papers = tuple(site.shelf.papers[key] for key in part.keys)
    topics = tuple(site.placements.get(key) for key in part.keys)
    pictures = tuple(site.shelf.images.get(paper.image.file) for paper in papers if paper.image)
    return (part, number, site.taxonomy, papers, topics, pictures, site.catalogue.directory.digest)
