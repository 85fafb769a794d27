"""The page of statistics: papers over time, topics over time and together, and known facts."""

from __future__ import annotations

from functools import partial

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
from generator.pages.parts.markdown import build_page
from generator.pages.parts.tables import Cell, Table, build_table, draw, say
from generator.pages.parts.views import KIND_NAMES, Named, count_of
from generator.settings import Settings
from generator.stats.counts import Statistics
from generator.stats.timeline import Timeline
from generator.stats.trends import build_trends
from generator.urls.routes import SEARCH, STATS, build_url, topic_path, year_path

_PAIRS = 12
_YEAR = 4
_FACT_NAMES = {
    "date": "Date of publication", "authors": "Names of the authors", "venue": "Venue", "identifier": "DOI or arXiv",
    "topic": "Topic", "summary": "Summary", "abstract": "Abstract", "code": "Code", "data": "Data", "model": "Model",
}  # fmt: skip
_FILTERS = {"code", "data", "model"}


def plan_stats(site: Site, settings: Settings, statistics: Statistics) -> Plan:
    """Return the plan of the page of figures."""
    return Plan(
        path=STATS, title="Figures", layout="stats", make=partial(_build_stats, site, settings, statistics)
    )


class _Links:
    """Addresses as they are in HTML on this page."""

    def __init__(self, settings: Settings) -> None:
        self._pretty = settings.pretty_urls

    def to(self, path: str, query: str = "") -> str:
        """Return the way to a page of the site."""
        return f"{'../' if self._pretty else ''}{build_url(path, pretty=self._pretty)}{query}"


def _build_stats(site: Site, settings: Settings, statistics: Statistics) -> Page:
    links = _Links(settings)
    topics = site.taxonomy.topics
    count = count_of(statistics.papers, "paper")
    names = {key: Named(topic.name, links.to(topic_path(key))) for key, topic in topics.items()}
    return build_page(
        STATS,
        "stats",
        head={
            "title": "Figures",
            "description": f"{count} of {settings.site_name} in figures: over time, by topic, and how much is known.",
            "layout": "stats",
            "hide": ["navigation", "toc"],
        },
        count=count,
        topics=count_of(len(topics), "topic"),
        published=_show_time(statistics.published, "published", links),
        added=_show_time(statistics.added, "added", links),
        trends=build_trends(statistics, names),
        cooccurrences=_list_meetings(statistics, names),
        kinds=_list_kinds(statistics, links),
        facts=_list_facts(statistics, links),
        without=_say_unknown(statistics.published, "a date of publication"),
        not_added=_say_unknown(statistics.added, "the day on which they came"),
    )


def _say_unknown(time: Timeline, what: str) -> str:
    if not time.unknown:
        return ""
    return f"For {time.unknown:,} of {count_of(time.known + time.unknown, 'paper')} no source gives {what}; no bar counts them."


def _show_time(time: Timeline, what: str, links: _Links) -> tuple[Chart, Table] | None:
    """Return the chart of papers over time and its table; nothing where no date is known."""
    if not time.known:
        return None
    is_published = what == "published"
    finding = find_most(time) if is_published else find_most(time).replace("are from", "came in")
    chart = build_chart(
        finding,
        time.counts,
        labels=label_periods(time.scale),
        texts=thin_texts(time.counts),
    )
    unit = "Year" if len(time.scale.periods[0]) == _YEAR else "Month"
    rows = []
    total = 0
    for number, (period, papers) in enumerate(zip(time.scale.periods, time.counts, strict=True)):
        total += papers
        is_linked = is_published and papers and not (time.scale.is_open and number == 0)
        link = links.to(year_path(period[:_YEAR])) if is_linked else ""
        rows.append([say(name_period(time.scale, number), link), say(papers), say(total)])
    if time.unknown:
        link = links.to(year_path("unknown")) if is_published else ""
        rows.append([say("Unknown", link), say(time.unknown), say("")])
    caption = "Papers by date of publication" if is_published else "Papers by the day they came to the shelf"
    return chart, build_table(caption, (unit, "Papers", "So far"), rows, "The numbers")


def _list_meetings(statistics: Statistics, names: dict[str, Named]) -> Table | None:
    """Return the pairs of topics that share most papers beyond chance."""
    shown = statistics.cooccurrences[:_PAIRS]
    if not shown:
        return None
    most = max(meeting.papers for meeting in shown)
    rows = []
    for meeting in shown:
        one, other = (names[topic] for topic in meeting.topics)
        pair = draw(Cell(parts=(one, Named(" and ", ""), other)), meeting.papers, most, meeting.chance)
        chance = f"{meeting.chance:,}" if meeting.chance else "under 0.1"
        rows.append([pair, say(meeting.papers), say(chance), say(f"{meeting.lift:,} ×")])
    return build_table(
        "Pairs of topics that share more papers than by chance", ("Topics", "Both", "Chance", "Lift"), rows
    )


def _list_kinds(statistics: Statistics, links: _Links) -> Table:
    most = max(statistics.kinds.values(), default=0)
    rows = [
        [
            draw(say(KIND_NAMES[kind], links.to(SEARCH, f"?kind={kind}")), papers, most),
            say(papers),
            say(share_of(papers, statistics.papers)),
        ]
        for kind, papers in sorted(statistics.kinds.items(), key=lambda item: -item[1])
    ]
    return build_table("Papers by kind", ("Kind", "Papers", "Share"), rows)


def _list_facts(statistics: Statistics, links: _Links) -> Table:
    """Return the gauges: of how many papers each fact is known."""
    rows = []
    for fact, name in _FACT_NAMES.items():
        papers = statistics.facts[fact]
        link = links.to(SEARCH, f"?has={fact}") if fact in _FILTERS and papers else ""
        gauge = draw(say(name, link), papers, statistics.papers)
        rows.append(
            [gauge, say(f"{papers:,} of {statistics.papers:,}"), say(share_of(papers, statistics.papers))]
        )
    return build_table("Papers of which each fact is known", ("Fact", "Papers", "Share"), rows)
