"""Pagination of long lists: the papers of each page, and links to the other pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from generator.labels.labels import Labels
from generator.model import Site
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


def cut_list(keys: Sequence[str], *, size: int, path: Callable[[int], str]) -> Iterator[ListPage]:
    """Yield the pages of a list, at least one; `path` returns the path of a page by its number, counted from 1."""
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
        yield ListPage(path=here, keys=keys[(number - 1) * size : number * size], pager=pager)


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
    return (part, number, site.taxonomy, papers, tuple(site.placements.get(key) for key in part.keys))
