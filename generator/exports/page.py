"""The data page: links to the whole shelf in every format and to each topic as BibTeX."""

from __future__ import annotations

from functools import partial

from generator.exports.texts import EXPORTS
from generator.model import Page, Plan, Site
from generator.pages.parts import sizes
from generator.pages.parts.templates import build_page
from generator.urls.files import export_name, relations_name, topic_export_name
from generator.urls.routes import CHECK, DATA, build_link, topic_path


def name_export(form: str, papers: int) -> str:
    """Return the name of the export in a format for a shelf with this number of papers."""
    return export_name(EXPORTS[form].file_ending or EXPORTS[form].ending, packed=papers > sizes.LARGE)


def name_topic_file(topic: str, papers: int) -> str:
    """Return the name of a topic's BibTeX file for a shelf with this number of papers."""
    return topic_export_name(topic, packed=papers > sizes.LARGE)


def name_relations(papers: int) -> str:
    """Return the name of the file with the relations of a shelf with so many papers."""
    return relations_name(packed=papers > sizes.LARGE)


def plan_data(site: Site) -> Plan:
    """Return the plan of the data page."""
    return Plan(path=DATA, title=site.labels("data.title"), layout="data", make=partial(_build_data, site))


def _build_data(site: Site) -> Page:
    number, labels = len(site.shelf.papers), site.labels
    head = {
        "title": labels("data.title"),
        "description": labels("data.description", papers=labels.count("count.papers", number)),
        "layout": "data",
        "hide": ["navigation", "toc"],
    }
    topics = site.taxonomy.topics.values()
    return build_page(
        labels,
        DATA,
        "data",
        head=head,
        count=labels.count("count.papers", number),
        check=build_link(DATA, CHECK),
        packed=number > sizes.LARGE,
        short=sizes.is_very_large(number),
        files=[
            {
                "name": labels("data.jsonl") if form == "jsonl" else EXPORTS[form].label,
                "file": name_export(form, number),
            }
            for form in EXPORTS
        ],
        relations=name_relations(number),
        topics=[
            {
                "name": topic.name,
                "link": build_link(DATA, topic_path(topic.id)),
                "file": name_topic_file(topic.id, number),
                "count": labels.count("count.papers", len(site.catalogue.by_topic.get(topic.id, ()))),
            }
            for topic in topics
        ],
    )
