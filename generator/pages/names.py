"""The lists of each venue and of each author's name, and the overviews of both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from msgspec import Struct

from generator.catalogue import FEWEST, MOST_NAMES
from generator.model import NamedPapers, Page, Plan, Site
from generator.pages.parts.list_page import build_list_page
from generator.pages.parts.lists import cut_list, find_most, list_depends, name_page
from generator.pages.parts.optional import is_made
from generator.pages.parts.templates import build_page
from generator.pages.parts.years import count_years
from generator.settings import Settings
from generator.social.images import SocialImages, find_social_image
from generator.text.markup_text import MarkupText
from generator.urls.routes import (
    author_path,
    authors_path,
    build_link,
    search_link,
    venue_path,
    venues_path,
)


class NameKind(Struct, frozen=True, kw_only=True):
    """A kind of names: the keys of its labels, its facet in the search, and the paths of its overview and of a page of a name."""

    labels: str
    facet: str
    overview: str
    path: Callable[[str, int], str]


_COAUTHORS = 6
"""The most co-authors that a list names."""
_MOST_AUTHORS = 100
"""The most authors of a paper that are counted as co-authors; people in larger collaborations need not know each other."""
VENUES = NameKind(labels="venue_lists", facet="venue", overview=venues_path(), path=venue_path)
AUTHORS = NameKind(labels="author_lists", facet="author", overview=authors_path(), path=author_path)


def plan_names(site: Site, settings: Settings, images: SocialImages) -> Iterator[Plan]:
    """Yield the plans of the overviews of venues and authors, and of the lists of each."""
    card = find_social_image(images).full
    for kind, names in ((VENUES, site.catalogue.venues), (AUTHORS, site.catalogue.authors)):
        if is_made(site, kind.overview):
            title = site.labels(f"{kind.labels}.title")
            make = partial(_build_overview, site, kind, names)
            yield Plan(path=kind.overview, title=title, layout="names", make=make)
        for slug, named in names.items():
            lead = site.labels(
                f"{kind.labels}.{'by' if named.is_one else 'of'}", name=MarkupText(named.name).plain
            )
            others = _find_coauthors(site, slug) if kind is AUTHORS else ()
            years = count_years(site, named.papers) if kind is AUTHORS else ()
            most = find_most(site)
            for part in cut_list(
                named.papers, size=settings.per_page, path=partial(kind.path, slug), most=most
            ):
                title = name_page(site.labels, named.name, part.pager.number)
                search = search_link(part.path, **{kind.facet: named.name})
                is_first = part.pager.number == 1
                about = (named.orcid, named.aliases, others, years) if is_first else ()
                depends = (named.name, lead, about, *list_depends(site, part, len(named.papers)))
                make = partial(
                    build_list_page,
                    site,
                    part,
                    named.name,
                    named.papers,
                    lead,
                    card=card,
                    search=search,
                    together=[_link_coauthor(part.path, *other) for other in others if is_first],
                    years=[_link_year(part.path, named.name, *year) for year in years if is_first],
                    orcid=named.orcid if is_first else "",
                    aliases=named.aliases if is_first else (),
                )
                yield Plan(path=part.path, title=title, layout="list", depends=depends, make=make)


def _find_coauthors(site: Site, slug: str) -> tuple[tuple[str, str, int], ...]:
    """Return the names and slugs of the authors with whom an author has written the most papers, and the number of these papers.

    At most six with at least two common papers, the most papers first and ties in the order of the slugs.
    """
    catalogue = site.catalogue
    authors = catalogue.authors
    papers = [site.shelf.papers[key] for key in authors[slug].papers]
    number = Counter(
        other
        for paper in papers
        if len(paper.authors) <= _MOST_AUTHORS
        for other in {catalogue.find_author(author, paper).slug for author in paper.authors}
        if other in authors and other != slug
    )
    often = sorted(
        (pair for pair in number.items() if pair[1] >= FEWEST), key=lambda pair: (-pair[1], pair[0])
    )
    return tuple((authors[other].name, other, times) for other, times in often[:_COAUTHORS])


def _link_year(here: str, author: str, year: str, papers: int) -> Mapping[str, object]:
    return {"name": year, "link": search_link(here, author=author, year=year), "papers": papers}


def _link_coauthor(here: str, name: str, slug: str, papers: int) -> Mapping[str, object]:
    return {"name": MarkupText(name).plain, "link": build_link(here, author_path(slug)), "papers": papers}


def _build_overview(site: Site, kind: NameKind, names: Mapping[str, NamedPapers]) -> Page:
    labels = site.labels
    head = {
        "title": labels(f"{kind.labels}.title"),
        "description": labels(f"{kind.labels}.description"),
        "layout": "names",
        "hide": ["navigation", "toc"],
    }
    views = [
        {
            "name": MarkupText(named.name),
            "link": build_link(kind.overview, kind.path(slug, 1)),
            "count": labels.count("count.papers", len(named.papers)),
        }
        for slug, named in names.items()
    ]
    lead = labels(f"{kind.labels}.lead")
    if len(views) == MOST_NAMES:
        most = labels(f"{kind.labels}.most", number=labels.number(MOST_NAMES))
        lead = f"{lead} {most}"
    return build_page(labels, kind.overview, "names", head=head, title=head["title"], lead=lead, names=views)
