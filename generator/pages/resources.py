"""The lists of papers that name a model, a data set or a benchmark, and the overview of these."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from generator.model import Page, Plan, Resource, Site
from generator.pages.parts.list_page import build_list_page
from generator.pages.parts.lists import cut_list, list_depends, name_page
from generator.pages.parts.optional import is_made
from generator.pages.parts.templates import build_page
from generator.pages.parts.years import count_years
from generator.settings import Settings
from generator.social.images import SocialImages, find_social_image
from generator.urls.routes import build_link, paper_path, resource_path, resources_path


def plan_resources(site: Site, settings: Settings, images: SocialImages) -> Iterator[Plan]:
    """Yield the plans of the overview of models, data sets and benchmarks, and of the list of each."""
    if is_made(site, resources_path()):
        title = site.labels("resources.title")
        yield Plan(path=resources_path(), title=title, layout="names", make=partial(_build_overview, site))
    card = find_social_image(images).full
    for slug, resource in site.catalogue.resources.items():
        name = resource.entry.name
        kind = site.labels(f"resources.{resource.entry.kind}")
        lead = site.labels("resources.of", kind=kind, name=name)
        for part in cut_list(resource.papers, size=settings.per_page, path=partial(resource_path, slug)):
            is_first = part.pager.number == 1
            about = (resource.entry, _introduce(site, resource, part.path), tuple(resource.papers))
            make = partial(
                build_list_page,
                site,
                part,
                name,
                resource.papers,
                lead,
                card=card,
                search="",
                years=_list_years(site, resource) if is_first else (),
                aliases=resource.entry.aliases if is_first else (),
                introduced=_introduce(site, resource, part.path) if is_first else None,
            )
            title = name_page(site.labels, name, part.pager.number)
            depends = (lead, about if is_first else (), *list_depends(site, part, len(resource.papers)))
            yield Plan(path=part.path, title=title, layout="list", depends=depends, make=make)


def _list_years(site: Site, resource: Resource) -> list[Mapping[str, object]]:
    """Return the years of the papers that name a resource; no filter of the search finds just these papers."""
    years = count_years(site, resource.papers)
    return [{"name": year, "link": "", "papers": papers} for year, papers in years]


def _introduce(site: Site, resource: Resource, here: str) -> Mapping[str, object] | None:
    """Return the link to the paper that introduces a resource, if the shelf has it."""
    paper = site.shelf.papers.get(resource.entry.paper)
    if paper is None:
        return None
    return {"name": paper.title_text.plain, "link": build_link(here, paper_path(paper.id))}


def _build_overview(site: Site) -> Page:
    labels, here = site.labels, resources_path()
    head = {
        "title": labels("resources.title"),
        "description": labels("resources.description"),
        "layout": "names",
        "hide": ["navigation", "toc"],
    }
    views = [
        {
            "name": resource.entry.name,
            "link": build_link(here, resource_path(slug)),
            "count": labels("list.comma").join(
                (
                    labels(f"resources.{resource.entry.kind}"),
                    labels.count("count.papers", len(resource.papers)),
                )
            ),
        }
        for slug, resource in site.catalogue.resources.items()
    ]
    lead = labels("resources.lead")
    return build_page(labels, here, "names", head=head, title=head["title"], lead=lead, names=views)
