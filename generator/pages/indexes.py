"""The lists of all papers and of each year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from markupsafe import Markup

from generator.catalogue import UNKNOWN_YEAR
from generator.model import Page, Plan, Site
from generator.pages.parts.lists import ListPage, cut_list, list_depends, name_page
from generator.pages.parts.markdown import build_page
from generator.pages.parts.views import build_card, count_of
from generator.settings import Settings
from generator.social.images import SocialImages, find_social_image
from generator.urls.routes import build_link, papers_path, search_link, year_path, years_path

_ALL = "All papers"


def plan_indexes(site: Site, settings: Settings, images: SocialImages) -> Iterator[Plan]:
    """Yield the plans of the pages of the list of all papers, the overview of years, and the pages of every year."""
    newest, card = site.catalogue.newest, find_social_image(images).full
    lead = "Newest first; papers whose date no source gives stand at the end."
    for part in cut_list(newest, size=settings.per_page, path=papers_path):
        make = partial(_build_list, site, part, _ALL, newest, lead, card=card)
        title = name_page(_ALL, part.pager.number)
        depends = list_depends(site, part, len(newest))
        yield Plan(path=part.path, title=title, layout="list", depends=depends, make=make)
    yield Plan(path=years_path(), title="Years", layout="years", make=partial(_build_years, site))
    for year, keys in site.catalogue.by_year.items():
        for part in cut_list(keys, size=settings.per_page, path=partial(year_path, year)):
            name, text = _name_year(year), _introduce(year)
            make = partial(_build_list, site, part, name, keys, text, year=year, card=card)
            depends = list_depends(site, part, len(keys))
            title = name_page(name, part.pager.number)
            yield Plan(path=part.path, title=title, layout="list", depends=depends, make=make)


def _name_year(year: str) -> str:
    return "Date unknown" if year == UNKNOWN_YEAR else f"Papers of {year}"


def _introduce(year: str) -> str:
    if year == UNKNOWN_YEAR:
        return "No source of these papers says when they were published, and this index does not guess."
    return f"Published in {year}, newest first."


def _build_list(  # noqa: PLR0913 (what differs between the lists)
    site: Site, part: ListPage, name: str, keys: Sequence[str], lead: str, *, card: Markup, year: str = ""
) -> Page:
    title = name_page(name, part.pager.number)
    count = count_of(len(keys), "paper")
    head = {
        "title": title,
        "description": f"{count}. {lead}",
        "layout": "list",
        "hide": ["navigation", "toc"],
        "card_tags": card,
    }
    cards = [build_card(site, key, page=part.path) for key in part.keys]
    return build_page(
        part.path,
        "list",
        head=head,
        title=title,
        lead=lead,
        count=count,
        cards=cards,
        pager=part.pager,
        search=search_link(part.path, **({"year": year} if year else {})),
    )


def list_years(site: Site, here: str) -> list[Mapping[str, object]]:
    """Return the years with their counts, links from a page, and share of the fullest year in per cent."""
    most = max(map(len, site.catalogue.by_year.values()), default=1)
    return [
        {
            "name": "Date unknown" if year == UNKNOWN_YEAR else year,
            "link": build_link(here, year_path(year)),
            "count": count_of(len(keys), "paper"),
            "share": max(1, round(100 * len(keys) / most)),
        }
        for year, keys in site.catalogue.by_year.items()
    ]


def _build_years(site: Site) -> Page:
    here = years_path()
    description = "The papers of this index by the year of their publication."
    head = {"title": "Years", "description": description, "layout": "years", "hide": ["navigation", "toc"]}
    return build_page(here, "years", head=head, years=list_years(site, here))
