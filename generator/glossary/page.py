"""The page of the glossary: every term with its other names, its meaning, and the papers about it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from generator.glossary.load import FILE
from generator.model import Page, Plan, Site
from generator.pages.parts.optional import is_made
from generator.pages.parts.templates import build_page
from generator.pages.parts.views import Named
from generator.urls.routes import GLOSSARY, build_link, topic_path


def plan_glossary(site: Site) -> Iterator[Plan]:
    """Yield the plan of the page, where the shelf has a glossary or the page was published."""
    if is_made(site, GLOSSARY):
        title = site.labels("glossary.title")
        yield Plan(path=GLOSSARY, title=title, layout="glossary", edit=FILE, make=partial(_build, site))


def _build(site: Site) -> Page:
    labels, topics = site.labels, site.taxonomy.topics
    head = {
        "title": labels("glossary.title"),
        "description": labels("glossary.description"),
        "layout": "glossary",
        "hide": ["navigation", "toc"],
        "edit": FILE,
    }
    terms = [
        {
            "id": term.id,
            "term": term.term,
            "also": labels("list.comma").join(term.aliases),
            "meaning": term.meaning,
            "topic": Named(topics[term.topic].name, build_link(GLOSSARY, topic_path(term.topic)))
            if term.topic
            else None,
        }
        for term in sorted(site.shelf.glossary, key=lambda term: (term.term.casefold(), term.term))
    ]
    return build_page(labels, GLOSSARY, "glossary", head=head, edit=FILE, terms=terms)
