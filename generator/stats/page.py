"""The page of statistics: papers over time, topics over time and together, and known facts."""

from __future__ import annotations

from functools import partial

from generator.labels.labels import Labels
from generator.model import Page, Plan, Site
from generator.pages.parts.charts import (
    Chart,
    build_chart,
    find_most,
    label_periods,
    name_period,
    share_of,
    thin_texts,
)
from generator.pages.parts.tables import Cell, Table, build_table, build_text_cell, draw
from generator.pages.parts.templates import build_page
from generator.pages.parts.views import Named
from generator.settings import Settings
from generator.stats.counts import Statistics
from generator.stats.timeline import Timeline
from generator.stats.trends import build_trends
from generator.urls.routes import SEARCH, STATS, build_page_url, topic_path, year_path

_PAIRS = 12
_YEAR = 4
_FACTS = ("date", "authors", "venue", "identifier", "topic", "summary", "abstract", "code", "data", "model")
_FILTERS = {"code", "data", "model"}


def plan_stats(site: Site, settings: Settings, statistics: Statistics) -> Plan:
    """Return the plan of the statistics page."""
    return Plan(
        path=STATS,
        title=site.labels("stats.title"),
        layout="stats",
        make=partial(_build_stats, site, settings, statistics),
    )


class _Links:
    """URLs in the HTML of this page."""

    def __init__(self, settings: Settings) -> None:
        self._pretty = settings.pretty_urls

    def to(self, path: str, query: str = "") -> str:
        """Return the relative URL of a page of the site."""
        return f"{'../' if self._pretty else ''}{build_page_url(path, pretty=self._pretty)}{query}"


def _build_stats(site: Site, settings: Settings, statistics: Statistics) -> Page:
    links = _Links(settings)
    topics = site.taxonomy.topics
    labels = site.labels
    count = labels.count("count.papers", statistics.papers)
    names = {key: Named(topic.name, links.to(topic_path(key))) for key, topic in topics.items()}
    return build_page(
        labels,
        STATS,
        "stats",
        head={
            "title": labels("stats.title"),
            "description": labels("stats.description", papers=count, site=settings.site_name),
            "layout": "stats",
            "hide": ["navigation", "toc"],
        },
        count=count,
        has_topics=bool(topics),
        topics=labels.count("count.topics", len(topics)),
        published=_show_time(labels, statistics.published, "published", links),
        added=_show_time(labels, statistics.added, "added", links),
        trends=build_trends(labels, statistics, names),
        cooccurrences=_list_meetings(labels, statistics, names),
        together=_say_together(labels, statistics, names),
        kinds=_list_kinds(labels, statistics, links),
        most_common=_say_most_common(labels, statistics),
        facts=_list_facts(labels, statistics, links),
        known=_say_known(labels, statistics),
        without=_say_unknown(labels, statistics.published, "stats.no_date"),
        not_added=_say_unknown(labels, statistics.added, "stats.no_day"),
    )


def _say_unknown(labels: Labels, time: Timeline, key: str) -> str:
    if not time.unknown:
        return ""
    papers = labels.count("count.papers", time.known + time.unknown)
    return labels(key, number=labels.number(time.unknown), papers=papers)


def _show_time(labels: Labels, time: Timeline, what: str, links: _Links) -> tuple[Chart, Table] | None:
    """Return the chart of papers over time and its table; None if no date is known."""
    if not time.known:
        return None
    is_published = what == "published"
    chart = build_chart(
        find_most(labels, time, what),
        time.counts,
        labels=label_periods(labels, time.scale),
        texts=thin_texts(labels, time.counts),
    )
    unit = labels("stats.year" if len(time.scale.periods[0]) == _YEAR else "stats.month")
    rows = []
    total = 0
    for number, (period, papers) in enumerate(zip(time.scale.periods, time.counts, strict=True)):
        total += papers
        is_linked = is_published and papers and not (time.scale.is_open and number == 0)
        link = links.to(year_path(period[:_YEAR])) if is_linked else ""
        rows.append(
            [
                build_text_cell(name_period(labels, time.scale, number), link),
                build_text_cell(labels.number(papers)),
                build_text_cell(labels.number(total)),
            ]
        )
    if time.unknown:
        link = links.to(year_path("unknown")) if is_published else ""
        rows.append(
            [
                build_text_cell(labels("stats.unknown"), link),
                build_text_cell(labels.number(time.unknown)),
                build_text_cell(""),
            ]
        )
    caption = labels("stats.published" if is_published else "stats.added_table")
    head = (unit, labels("stats.papers"), labels("stats.so_far"))
    return chart, build_table(caption, head, rows, labels("stats.numbers"))


def _list_meetings(labels: Labels, statistics: Statistics, names: dict[str, Named]) -> Table | None:
    """Return the table of topics that share more papers than expected."""
    shown = statistics.cooccurrences[:_PAIRS]
    if not shown:
        return None
    most = max(meeting.papers for meeting in shown)
    rows = []
    for meeting in shown:
        one, other = (names[topic] for topic in meeting.topics)
        pair = draw(
            Cell(parts=(one, Named(labels("stats.pair"), ""), other)), meeting.papers, most, meeting.chance
        )
        chance = _name_chance(labels, meeting.chance)
        lift = labels("stats.lift_value", number=labels.number(meeting.lift))
        rows.append(
            [
                pair,
                build_text_cell(labels.number(meeting.papers)),
                build_text_cell(chance),
                build_text_cell(lift),
            ]
        )
    head = tuple(labels(f"stats.{name}") for name in ("topics", "both", "chance", "lift"))
    return build_table(labels("stats.together_table"), head, rows)


def _say_together(labels: Labels, statistics: Statistics, names: dict[str, Named]) -> str:
    if not statistics.cooccurrences:
        return ""
    first = statistics.cooccurrences[0]
    one, other = (names[topic].name for topic in first.topics)
    papers = labels.count("count.papers", first.papers)
    return labels(
        "stats.together_finding",
        one=one,
        other=other,
        papers=papers,
        chance=_name_chance(labels, first.chance),
    )


def _name_chance(labels: Labels, chance: float) -> str:
    return labels.number(chance) if chance else labels("stats.little_chance", number=labels.number(0.1))


def _say_most_common(labels: Labels, statistics: Statistics) -> str:
    most = max(statistics.kinds.values(), default=0)
    kinds = [labels(f"kind.{kind}") for kind, papers in sorted(statistics.kinds.items()) if papers == most]
    return labels(
        "stats.kinds_finding",
        kinds=labels("list.comma").join(kinds),
        papers=labels.count("count.papers", most),
        share=share_of(labels, most, statistics.papers),
    )


def _say_known(labels: Labels, statistics: Statistics) -> str:
    usual = sum(2 * statistics.facts[fact] > statistics.papers for fact in _FACTS)
    return labels("stats.known_finding", number=labels.number(usual), facts=labels.number(len(_FACTS)))


def _list_kinds(labels: Labels, statistics: Statistics, links: _Links) -> Table:
    most = max(statistics.kinds.values(), default=0)
    rows = [
        [
            draw(build_text_cell(labels(f"kind.{kind}"), links.to(SEARCH, f"?kind={kind}")), papers, most),
            build_text_cell(labels.number(papers)),
            build_text_cell(share_of(labels, papers, statistics.papers)),
        ]
        for kind, papers in sorted(statistics.kinds.items(), key=lambda item: -item[1])
    ]
    return build_table(
        labels("stats.kinds_table"),
        tuple(labels(f"stats.{name}") for name in ("kind", "papers", "share")),
        rows,
    )


def _list_facts(labels: Labels, statistics: Statistics, links: _Links) -> Table:
    """Return the table with the number of papers that have each fact."""
    rows = []
    for fact in _FACTS:
        papers = statistics.facts[fact]
        link = links.to(SEARCH, f"?has={fact}") if fact in _FILTERS and papers else ""
        gauge = draw(build_text_cell(labels(f"fact.{fact}"), link), papers, statistics.papers)
        known = labels(
            "stats.some_of_all", part=labels.number(papers), whole=labels.number(statistics.papers)
        )
        rows.append(
            [gauge, build_text_cell(known), build_text_cell(share_of(labels, papers, statistics.papers))]
        )
    head = tuple(labels(f"stats.{name}") for name in ("fact", "papers", "share"))
    return build_table(labels("stats.known_table"), head, rows)
