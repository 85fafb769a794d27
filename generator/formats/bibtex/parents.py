"""Fields that a BibTeX entry inherits through `crossref` and `xdata`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice

from generator.formats.bibtex.entries import RawEntry
from generator.limits import BIBTEX_PARENTS, NOTE
from generator.problems import Problem, warning

# Facts that apply to every part of a volume, without the identifiers and URLs of the volume.
_SHARED = (
    "booktitle", "booksubtitle", "editor", "editortype", "publisher", "series", "volume", "isbn", "address", "location",
    "organization", "edition", "journal", "journaltitle", "number", "issue", "school", "institution", "language",
    "langid",
)  # fmt: skip
_DATE = ("date", "year", "month", "day")
_TITLES = {"title": "booktitle", "subtitle": "booksubtitle"}
_JOURNAL_TITLES = {"title": "journaltitle"}
_MOST_FIELDS = 50
"""Maximum number of inherited fields, so that a few bytes naming a parent cannot cost more."""


def inherit_fields(entries: Iterable[RawEntry], known: Iterable[RawEntry]) -> tuple[Problem, ...]:
    """Add the fields that entries inherit from `known` (the first entry with a key wins); return problems for missing parents."""
    by_key: dict[str, RawEntry] = {}
    for entry in known:
        by_key.setdefault(entry.key.lower(), entry)
    problems: list[Problem] = []
    done: set[int] = set()
    for entry in entries:
        _fill(entry, by_key, done, problems, BIBTEX_PARENTS)
    return tuple(problems)


def _fill(
    entry: RawEntry, by_key: Mapping[str, RawEntry], done: set[int], problems: list[Problem], deeper: int
) -> None:
    """Add the inherited fields of an entry, after those of its parents; an entry never inherits from itself."""
    if id(entry) in done:
        return
    if not deeper:
        message = f"{entry.key}: a chain of more than {BIBTEX_PARENTS} entries that inherit from each other"
        problems.append(warning("unknown-entry", message, entry.place, "nothing was inherited"))
        return
    done.add(id(entry))
    for link in ("xdata", "crossref"):
        for name in filter(None, map(str.strip, entry.fields.get(link, "").split(","))):
            parent = by_key.get(name.lower())
            if parent is None:
                message = f"{entry.key}: {link} names {name!r}, which no entry has as its key"
                problems.append(warning("unknown-entry", message, entry.place, "nothing was inherited"))
                continue
            _fill(parent, by_key, done, problems, deeper - 1)
            _inherit(entry, parent, everything=link == "xdata")


def _inherit(entry: RawEntry, parent: RawEntry, *, everything: bool) -> None:
    if entry is parent:
        return
    has_date = any(entry.fields.get(name) for name in _DATE)
    for name, value in islice(parent.fields.items(), _MOST_FIELDS):
        if len(value) > NOTE or name in {"crossref", "xdata"} or (name in _DATE and has_date):
            continue
        if everything or name in _SHARED or name in _DATE:
            entry.fields.setdefault(name, value)
    if everything or entry.kind == parent.kind:
        return
    titles = _JOURNAL_TITLES if entry.kind == "article" else _TITLES
    for name, own in titles.items():
        if name in parent.fields and not (own == "journaltitle" and "journal" in entry.fields):
            entry.fields.setdefault(own, parent.fields[name])
