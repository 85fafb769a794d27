"""The overview of topics, and the list of each topic."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from generator.exports.page import name_topic_file
from generator.fact_tables.rows import find_tables_of_topics
from generator.glossary.mark import TermMarker
from generator.model import Page, Plan, Site, Topic
from generator.pages.parts.lists import (
    ListPage,
    cut_list,
    find_most,
    link_feeds,
    list_depends,
    name_end,
    name_page,
)
from generator.pages.parts.optional import is_made
from generator.pages.parts.overview import build_overview
from generator.pages.parts.templates import build_page
from generator.pages.parts.views import build_card, describe, name_status
from generator.reading_paths.links import find_paths_of_topics
from generator.settings import Settings
from generator.social.images import SocialImages, SocialImageTags, find_social_image
from generator.stats.cooccurrence import CoOccurrence
from generator.stats.counts import Statistics
from generator.stats.trends import TopicStatistics, build_topic_statistics
from generator.text.markup_text import MarkupText
from generator.topics.curated_lists import CuratedList
from generator.topics.taxonomy import FILE
from generator.urls.files import data_path
from generator.urls.routes import (
    build_file_link,
    build_link,
    fact_table_page,
    paper_path,
    reading_path_page,
    search_link,
    topic_path,
    topics_path,
)

_MEETINGS = 4


def plan_topics(
    site: Site, settings: Settings, images: SocialImages, statistics: Statistics, marker: TermMarker
) -> Iterator[Plan]:
    """Yield the plans of the overview of topics and of the lists of each topic."""
    if is_made(site, topics_path()):
        yield Plan(
            path=topics_path(),
            title=site.labels("topics.title"),
            layout="topics",
            edit=FILE,
            make=partial(_build_overview, site),
        )
    cooccurrences, paths = _group_meetings(statistics), find_paths_of_topics(site)
    tables = find_tables_of_topics(site)
    for topic in site.taxonomy.topics.values():
        keys = site.catalogue.by_topic.get(topic.id, ())
        shown = (topic.parent, *topic.neighbours, *(child.id for child in site.taxonomy.children(topic.id)))
        counts = tuple(len(site.catalogue.by_topic.get(other, ())) for other in shown)
        steps = tuple(site.shelf.papers.get(step.paper) for step in topic.start_here)
        met = tuple(sorted(cooccurrences.get(topic.id, ()), key=lambda m: (-m.papers, m.topics)))
        over_time = build_topic_statistics(
            site.labels, topic.name, statistics.by_topic[topic.id], statistics.published
        )
        for part in cut_list(
            keys, size=settings.per_page, path=partial(topic_path, topic.id), most=find_most(site)
        ):
            card = find_social_image(images, topic.id)
            is_first = part.pager.number == 1
            through = (paths.get(topic.id, ()), tables.get(topic.id, ())) if is_first else ((), ())
            about = (over_time, met) if is_first else (None, ())
            make = partial(_build_topic, site, settings, topic, part, card, about, through, marker)
            written = (site.shelf.overviews.get(topic.id), site.shelf.glossary)
            depends = (*list_depends(site, part, len(keys)), counts, steps, about, through, written)
            title = name_page(site.labels, topic.name, part.pager.number)
            yield Plan(path=part.path, title=title, layout="list", edit=FILE, depends=depends, make=make)


def _group_meetings(statistics: Statistics) -> Mapping[str, list[CoOccurrence]]:
    """Return the strongest co-occurrences of each topic."""
    groups: dict[str, list[CoOccurrence]] = {}
    for meeting in statistics.cooccurrences:
        for topic in meeting.topics:
            group = groups.setdefault(topic, [])
            if len(group) < _MEETINGS:
                group.append(meeting)
    return groups


def list_topics(site: Site, here: str, parent: str | None = None) -> list[Mapping[str, object]]:
    """Return the views of the topics below `parent` (None: all of them), with counts and links from a page."""
    topics = site.taxonomy.topics.values() if parent is None else site.taxonomy.children(parent)
    return [_view(site, topic, here) for topic in topics]


def _view(site: Site, topic: Topic, here: str) -> Mapping[str, object]:
    return {
        "name": topic.name,
        "link": build_link(here, topic_path(topic.id)),
        "count": site.labels.count("count.papers", len(site.catalogue.by_topic.get(topic.id, ()))),
        "teaser": MarkupText(topic.description).first_sentence,
    }


def _build_overview(site: Site) -> Page:
    here, labels = topics_path(), site.labels
    number = labels.count("count.topics", len(site.taxonomy.topics))
    groups = [
        {"topic": _view(site, topic, here), "children": list_topics(site, here, topic.id)}
        for topic in site.taxonomy.children("")
    ]
    head = {
        "title": labels("topics.title"),
        "description": labels("topics.description", topics=number),
        "layout": "topics",
        "hide": ["navigation", "toc"],
        "edit": FILE,
    }
    return build_page(labels, here, "topics", head=head, edit=FILE, groups=groups, number=number)


def _build_topic(  # noqa: PLR0913, PLR0917 (what one page of a topic shows)
    site: Site,
    settings: Settings,
    topic: Topic,
    part: ListPage,
    card: SocialImageTags,
    about: tuple[TopicStatistics | None, tuple[CoOccurrence, ...]],
    through: tuple[tuple[CuratedList, ...], tuple[CuratedList, ...]],
    marker: TermMarker,
) -> Page:
    here = part.path
    first = part.pager.number == 1
    overview = site.shelf.overviews.get(topic.id) if first else None
    title = name_page(site.labels, topic.name, part.pager.number)
    return build_page(
        site.labels,
        here,
        "topic",
        edit=FILE,
        head={
            "title": title,
            "description": describe(
                MarkupText(topic.description or site.labels("topics.papers_on", topic=topic.name))
            ),
            "layout": "list",
            "hide": ["navigation", "toc"],
            "edit": FILE,
            "card_tags": card.full,
        },
        title=title,
        topic=topic,
        first=first,
        description=MarkupText(topic.description) if first and topic.description else None,
        overview=build_overview(overview, here, settings),
        marker=marker,
        here=here,
        count=site.labels.count("count.papers", len(site.catalogue.by_topic.get(topic.id, ()))),
        parent=_view(site, site.taxonomy.topics[topic.parent], here) if topic.parent else None,
        children=list_topics(site, here, topic.id),
        neighbours=[_view(site, site.taxonomy.topics[other], here) for other in topic.neighbours],
        over_time=about[0],
        paths=[
            {"name": p.name, "link": build_link(here, reading_path_page(p.id)), "papers": p.papers}
            for p in through[0]
        ],
        tables=[
            {"name": t.name, "link": build_link(here, fact_table_page(t.id)), "papers": t.papers}
            for t in through[1]
        ],
        met=[_meet(site, topic, meeting, here) for meeting in about[1]],
        steps=[
            {
                "title": site.shelf.papers[s.paper].title_text,
                "link": build_link(here, paper_path(s.paper)),
                "why": s.why,
                "status": name_status(site.labels, site.shelf.papers[s.paper]),
            }
            for s in topic.start_here
            if s.paper in site.shelf.papers
        ],
        cards=[build_card(site, key, page=here, skip_topic=topic.id) for key in part.keys],
        pager=part.pager,
        ended=name_end(site.labels, part, len(site.catalogue.by_topic.get(topic.id, ()))),
        search=search_link(here, topic=topic.id),
        feeds=link_feeds(settings, here, topic.id),
        bibtex=build_file_link(
            here, data_path(name_topic_file(topic.id, len(site.shelf.papers))), pretty=settings.pretty_urls
        ),
    )


def _meet(site: Site, topic: Topic, meeting: CoOccurrence, here: str) -> Mapping[str, object]:
    """Return the view of the other topic of a co-occurrence, with the number of papers in both."""
    one, other = meeting.topics
    key = other if one == topic.id else one
    name = site.taxonomy.topics[key].name
    return {"name": name, "link": build_link(here, topic_path(key)), "papers": meeting.papers}
