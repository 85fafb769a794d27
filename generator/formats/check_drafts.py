"""Checks drafts of all formats against the limits of a record, before they reach the shelf."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from msgspec.structs import replace

from generator.fields import FIELDS
from generator.formats.values import Batch
from generator.limits import AUTHORS, EXTRA, ITEMS, SHORT
from generator.model import Author, Draft, Paper
from generator.problems import Place, Problem, errors_of, in_order, warning
from generator.records.check import check_record
from generator.records.normalise import is_small
from generator.records.parse import RecordPlace

Item = TypeVar("Item")


def check_drafts(batch: Batch) -> Batch:
    """Return the batch with its drafts checked like records; drafts with errors are left out and reported.

    Values that exceed a limit, other than titles, are left out with a warning, and the paper is imported.
    """
    drafts: list[Draft] = []
    problems = list(batch.problems)
    for draft in batch.drafts:
        place = RecordPlace(draft.place.file, draft.place.line)
        paper, long = leave_out_long(draft.paper, draft.place)
        problems += long
        clean, found = check_record(paper, place, is_draft=True)
        problems += found
        if not errors_of(found):
            drafts.append(draft if clean is draft.paper else Draft(paper=clean, place=draft.place))
    return replace(batch, drafts=tuple(drafts), problems=in_order(problems))


def leave_out_long(paper: Paper, place: Place) -> tuple[Paper, list[Problem]]:
    """Return a paper without values that exceed a limit (other than the title), and a warning for each."""
    if is_small(paper):
        return paper, []
    left = _Left(place)
    texts = {
        field: left.take(field, value, row.limit)
        for field, row in FIELDS.items()
        if isinstance(value := getattr(paper, field), str) and field != "title" and row.limit
    }
    authors = left.take_people("authors", paper.authors)
    editors = left.take_people("editors", paper.editors)
    groups = {
        name: left.take_first(f"groups.{name}", [v for v in items if left.take(f"groups.{name}", v, SHORT)])
        for name, items in paper.groups.items()
        if left.take("groups", name, SHORT)
    }
    links = {kind: left.take_first(f"links.{kind}", values) for kind, values in paper.links.items()}
    extra = left.take_texts("extra", paper.extra)
    sources = tuple(
        replace(
            source,
            entry=left.take("entry", source.entry, SHORT),
            claims=left.take_texts("claims", source.claims),
        )
        for source in paper.sources
    )
    if not left.problems:
        return paper, []
    counted = (
        len(paper.authors)
        if len(authors) < len(paper.authors) and not paper.author_count
        else paper.author_count
    )
    whole = replace(
        paper, **texts, authors=authors, editors=editors, groups={n: v for n, v in groups.items() if v}, links=links,
        extra=extra, sources=sources, author_count=counted,
    )  # fmt: skip
    return whole, left.problems


class _Left:
    """Collects a warning for each value of a draft that is left out."""

    def __init__(self, place: Place) -> None:
        self.place, self.problems = place, list[Problem]()

    def take(self, name: str, text: str, limit: int) -> str:
        """Return the text, or an empty text if it is too long."""
        if len(text) <= limit:
            return text
        self._tell(f"{name}: {len(text):,} characters, more than the {limit:,} allowed, so it is left out")
        return ""

    def take_first(self, name: str, items: Sequence[Item], limit: int = ITEMS) -> tuple[Item, ...]:
        """Return the items up to the limit."""
        if len(items) > limit:
            self._tell(
                f"{name}: {len(items):,} items, more than the {limit:,} allowed, so the others are left out"
            )
        return tuple(items[:limit])

    def take_people(self, field: str, people: Sequence[Item]) -> tuple[Item, ...]:
        """Return the people without those whose names are too long."""
        names = [one.name if isinstance(one, Author) else str(one) for one in people]
        sound = [
            one for one, name in zip(people, names, strict=True) if not name or self.take(field, name, SHORT)
        ]
        return self.take_first(field, sound, AUTHORS)

    def take_texts(self, field: str, texts: Mapping[str, str]) -> dict[str, str]:
        """Return the texts by name, without those that are too long."""
        sound = [
            (name, text)
            for name, text in texts.items()
            if self.take(field, name, SHORT) and (not text or self.take(f"{field}.{name}", text, EXTRA))
        ]
        return dict(self.take_first(field, sound))

    def _tell(self, message: str) -> None:
        self.problems.append(warning("too-long", message, self.place))
