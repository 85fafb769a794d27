"""Digests: a few sentences by hand on the papers of an intake, `digests/DATE.md`, which are shown where these papers are new."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from generator.editorial import Overview
from generator.labels.labels import Labels
from generator.model import Shelf, Site
from generator.pages.parts.overview import build_runs
from generator.problems import Place, Problem, error, warning
from generator.topics.overviews import OF_INTAKES, load_overviews
from generator.urls.routes import build_link

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def find_monday(day: str) -> dt.date | None:
    """Return the first day of the week of a date; None for a month, a year or anything else.

    >>> find_monday("2025-01-01"), find_monday("2025-01")
    (datetime.date(2024, 12, 30), None)
    """
    try:
        date = dt.date.fromisoformat(day) if _DAY.fullmatch(day) else None
    except ValueError:
        date = None
    return date and date - dt.timedelta(days=date.weekday())


def load_digests(content: Path) -> tuple[Mapping[str, Overview], tuple[Problem, ...]]:
    """Return the digests of a shelf by their dates, oldest first, and every error of their files."""
    found, problems = load_overviews(content, OF_INTAKES)
    digests = {day: digest for day, digest in found.items() if find_monday(day)}
    undated = (
        error("bad-date", f"{day!r} is no date", Place(file=digest.place.file), f"name it {OF_INTAKES.named}")
        for day, digest in found.items()
        if day not in digests
    )
    return digests, (*problems, *undated)


def check_digests(shelf: Shelf) -> Iterator[Problem]:
    """Yield a warning for each digest of a week in which no paper was added."""
    weeks = {find_monday(paper.added) for paper in shelf.papers.values()}
    for day, digest in shelf.digests.items():
        if find_monday(day) not in weeks:
            message = f"no paper was added in the week of {day}"
            hint = "name the file after a day of the week of `added` of the papers that it is about"
            yield warning("no-intake", message, Place(file=digest.place.file), hint)


def group_digests(shelf: Shelf) -> Mapping[dt.date, list[str]]:
    """Return the dates of the digests by the first day of their week, both newest first."""
    weeks: dict[dt.date, list[str]] = {}
    for day in sorted(shelf.digests, reverse=True):
        if monday := find_monday(day):
            weeks.setdefault(monday, []).append(day)
    return weeks


def view_digests(site: Site, days: Sequence[str], here: str) -> list[Mapping[str, object]]:
    """Return the views of the digests of a week for a page: the runs of text of each passage, and the date of each if there are several."""
    link = partial(build_link, here)
    return [
        {
            "anchor": name_anchor(day),
            "date": site.labels.date(day) if len(days) > 1 else "",
            "passages": [build_runs(passage, link) for passage in site.shelf.digests[day].passages],
        }
        for day in days
    ]


def name_week(labels: Labels, monday: dt.date) -> str:
    """Return the name of a week by its first day."""
    return labels("new.week", date=labels.date(monday.isoformat()))


def name_anchor(day: str) -> str:
    """Return the anchor of a digest on the page of new papers."""
    return f"digest-{day}"
