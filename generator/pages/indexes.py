"""The lists of all papers, of picks and of each year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from generator.catalogue import UNKNOWN_YEAR
from generator.labels.labels import Labels
from generator.model import Page, Plan, Site
from generator.pages.parts.list_page import build_list_page
from generator.pages.parts.lists import cut_list, find_most, list_depends, name_page
from generator.pages.parts.optional import is_made
from generator.pages.parts.templates import build_page
from generator.settings import Settings
from generator.social.images import SocialImages, find_social_image
from generator.urls.routes import build_link, papers_path, picks_path, search_link, year_path, years_path


def plan_indexes(site: Site, settings: Settings, images: SocialImages) -> Iterator[Plan]:
    """Yield the plans of the lists of all papers and of picks, the overview of years, and the list of each year."""
    card = find_social_image(images).full
    labels = site.labels
    lists = (
        (papers_path, site.catalogue.newest, labels("indexes.all"), labels("indexes.all_lead"), False),
        (picks_path, site.catalogue.picks, labels("home.picks"), labels("indexes.picks_lead"), True),
    )
    for path, keys, name, lead, notes in lists:
        most = None if notes else find_most(site)
        for part in (
            cut_list(keys, size=settings.per_page, path=path, most=most) if is_made(site, path()) else ()
        ):
            search = "" if notes else search_link(part.path)
            make = partial(
                build_list_page, site, part, name, keys, lead, card=card, search=search, notes=notes
            )
            title = name_page(labels, name, part.pager.number)
            depends = list_depends(site, part, len(keys))
            yield Plan(path=part.path, title=title, layout="list", depends=depends, make=make)
    yield Plan(
        path=years_path(), title=labels("indexes.years"), layout="years", make=partial(_build_years, site)
    )
    for year, keys in site.catalogue.by_year.items():
        for part in cut_list(keys, size=settings.per_page, path=partial(year_path, year)):
            name, text = _name_year(labels, year), _introduce(labels, year)
            search = search_link(part.path, year=year)
            make = partial(build_list_page, site, part, name, keys, text, card=card, search=search)
            depends = list_depends(site, part, len(keys))
            title = name_page(labels, name, part.pager.number)
            yield Plan(path=part.path, title=title, layout="list", depends=depends, make=make)


def _name_year(labels: Labels, year: str) -> str:
    return (
        labels("date.unknown") if year == UNKNOWN_YEAR else labels("indexes.of_year", year=labels.date(year))
    )


def _introduce(labels: Labels, year: str) -> str:
    if year == UNKNOWN_YEAR:
        return labels("indexes.unknown_lead")
    return labels("indexes.of_year_lead", year=labels.date(year))


def list_years(site: Site, here: str) -> list[Mapping[str, object]]:
    """Return the years with their counts, links from a page, and percentages of the largest year."""
    most = max(map(len, site.catalogue.by_year.values()), default=1)
    return [
        {
            "name": site.labels("date.unknown") if year == UNKNOWN_YEAR else site.labels.date(year),
            "link": build_link(here, year_path(year)),
            "count": site.labels.count("count.papers", len(keys)),
            "share": max(1, round(100 * len(keys) / most)),
        }
        for year, keys in site.catalogue.by_year.items()
    ]


def _build_years(site: Site) -> Page:
    here = years_path()
    description = site.labels("indexes.years_description")
    head = {
        "title": site.labels("indexes.years"),
        "description": description,
        "layout": "years",
        "hide": ["navigation", "toc"],
    }
    return build_page(site.labels, here, "years", head=head, years=list_years(site, here))
