"""Records whose entries have disappeared from a source."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from generator.model import Draft, Paper, Source
from generator.problems import Place, Problem, note
from generator.records.merge import has_key, name_source

GoneRule = Literal["report", "mark", "remove"]
"""What to do with such a record: only report it, mark the source with a date, or set the status `removed`."""


class Gone(Struct, frozen=True, kw_only=True):
    """The records after the rule was applied, and the report."""

    papers: Mapping[str, Paper]
    problems: tuple[Problem, ...]


def handle_gone(  # noqa: PLR0913 (what was read, and what is to become of the rest)
    papers: Mapping[str, Paper],
    drafts: Sequence[Draft],
    touched: Collection[str],
    broken: Collection[str],
    *,
    rule: GoneRule,
    day: str,
) -> Gone:
    """Apply `rule` to the records whose entries have disappeared from the sources of `drafts`, and return them.

    Args:
        papers: all records after the import.
        drafts: all entries that were read, including rejected ones.
        touched: ids of the records that entries were merged into or created.
        broken: files with errors; it is unknown whether entries have disappeared from them.
        rule: what to do with the records.
        day: the date to mark them with, YYYY-MM-DD.
    """
    sources = {draft.paper.sources[0].name: draft.place.file for draft in drafts if draft.paper.sources}
    present = {name_source(source) for draft in drafts for source in draft.paper.sources}
    found = dict(papers)
    problems: list[Problem] = []
    for key, paper in papers.items():
        left = [s for s in _list_left(paper, sources, present) if key not in touched]
        for source in left:
            file = sources[source.name]
            if file in broken:
                continue
            problems.append(_tell(paper, source, file, rule))
        left = [source for source in left if sources[source.name] not in broken]
        if left and rule != "report":
            found[key] = _change(paper, left, rule, day)
    skipped = sorted(file for file in set(sources.values()) & set(broken))
    problems += [_tell_skipped(file) for file in skipped]
    return Gone(papers=found, problems=tuple(problems))


def _list_left(
    paper: Paper, sources: Mapping[str, str], present: Collection[tuple[str, str, str]]
) -> Iterator[Source]:
    """Yield the sources of a record whose entry has disappeared and that are not marked yet."""
    if paper.status == "removed":
        return
    for source in paper.sources:
        if (
            source.name in sources
            and has_key(source)
            and not source.gone
            and name_source(source) not in present
        ):
            yield source


def _change(paper: Paper, left: Iterable[Source], rule: GoneRule, day: str) -> Paper:
    names = set(map(name_source, left))
    sources = tuple(replace(s, gone=day) if name_source(s) in names else s for s in paper.sources)
    if rule == "remove" and all(source.gone for source in sources):
        said = paper.status_note or f"It is no longer in {sources[0].name}."
        return replace(paper, sources=sources, status="removed", status_note=said)
    return replace(paper, sources=sources)


def _tell(paper: Paper, source: Source, file: str, rule: GoneRule) -> Problem:
    done = {"report": "the record stays unchanged", "mark": "its source is now marked", "remove": "its source is now marked, and the record is removed if no other source has it"}  # fmt: skip
    message = f"{paper.id} came from {source.name}, entry {source.entry}, which has disappeared: {done[rule]}"
    hint = "use --gone mark or --gone remove, or edit the record" if rule == "report" else ""
    return note("left-source", message, Place(file=file), hint)


def _tell_skipped(file: str) -> Problem:
    message = "the file has errors, so it was not checked for entries that have disappeared"
    return note("left-source", message, Place(file=file), "correct the errors and import the file again")
