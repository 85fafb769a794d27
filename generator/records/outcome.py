"""Further results of an import: claims, statuses, successors, and values that are not kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from generator.fields import FIELDS
from generator.model import Draft, Paper
from generator.problems import Place, Problem, note, warning
from generator.records.check import list_circles
from generator.records.claims import attach_claims, find_dropped_values
from generator.records.merge import name_source

_SHOWN = 200
"""Maximum number of characters of a lost text in a report."""


class Unkept(Struct, frozen=True, kw_only=True):
    """A value of an entry that is kept neither in its record nor as a claim of a source."""

    place: Place
    into: str
    field: str
    text: str

    def tell(self) -> Problem:
        """Return a note about the value."""
        text = self.text if len(self.text) <= _SHOWN else f"{self.text[:_SHOWN]}…"
        message = f"{self.field} of {self.into} stays unchanged, and “{text}” is not kept"
        return note("not-kept", message, self.place, "if this value is correct, write it into the record")


def keep_claims(paper: Paper, draft: Draft, *, is_known: bool = False) -> tuple[Paper, list[Unkept]]:
    """Return a paper with the differing values of an entry as claims of its sources, and the values that cannot be claims.

    With `is_known`, the paper already had this entry, so its current values replace its earlier claims.
    """
    lost = find_dropped_values(draft.paper, paper)
    named = draft.paper.id
    if named and named not in {paper.id, *paper.aliases, *(s.entry for s in draft.paper.sources)}:
        lost["id"] = named
    if not lost:
        return paper, []
    names = {name_source(source) for source in draft.paper.sources[:1]}
    sources = list(paper.sources)
    for number, source in enumerate(sources):
        if name_source(source) in names:
            former = {name: text for name, text in source.claims.items() if not (is_known and name in lost)}
            (sources[number],), lost = attach_claims([replace(source, claims=former)], lost)
    unkept = [Unkept(place=draft.place, into=paper.id, field=name, text=text) for name, text in lost.items()]
    return replace(paper, sources=tuple(sources)), unkept


def note_differences(before: Paper, paper: Paper, drafts: Sequence[Draft]) -> Iterator[Problem]:
    """Yield notes about known entries whose values now differ from the record and from earlier claims."""
    known = {name_source(source): source.claims for source in before.sources}
    for draft in drafts:
        names = {name_source(source) for source in draft.paper.sources}
        for source in paper.sources:
            if name_source(source) not in names:
                continue
            for field, text in source.claims.items():
                if field in FIELDS and known.get(name_source(source), {}).get(field) != text:
                    said = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
                    message = (
                        f"{field} of {paper.id}: {source.name} now says “{said}”; the record stays unchanged"
                    )
                    hint = "if this value is correct, write it into the record"
                    yield note("source-differs", message, draft.place, hint)


def note_status(before: Paper | None, paper: Paper, drafts: Sequence[Draft]) -> Iterator[Problem]:
    """Yield notes about entries whose status differs from that of the record before the import."""
    known = before.status if before else "active"
    for draft in drafts:
        status = draft.paper.status
        if status not in {"active", paper.status}:
            message = (
                f"this entry reports {paper.id} as {status}, but its record has the status {paper.status}"
            )
            hint = "the record stays unchanged and the claim is stored with the source; if the record is wrong, correct it"
            yield warning("status-disputed", message, draft.place, hint)
        elif status != known:
            known = status
            why = f": {paper.status_note}" if paper.status_note else ""
            hint = "its page shows the status; if it is wrong, write `status: active` into the record"
            yield note(
                "status-changed", f"{paper.id} is now {status}, as this entry reports{why}", draft.place, hint
            )


def resolve_successors(
    papers: Mapping[str, Paper], before: Mapping[str, Paper], entries: Mapping[str, Sequence[Draft]]
) -> tuple[dict[str, Paper], tuple[Problem, ...]]:
    """Return the papers with the ids of successors on the shelf, and notes about successors that are missing.

    `entries` has the drafts of each imported paper. Drafts refer to others by the ids in their records, or
    by their keys in the source.
    """
    result = dict(papers)
    problems: list[Problem] = []
    open_ends = [key for key in entries if (papers[key].superseded_by or key) not in papers]
    now = _name_papers(papers, entries) if open_ends else {}

    def leave_out(key: str, why: str) -> None:
        message = f"superseded_by of {key}: {why}, so it is left out"
        hint = "import that record, too, and write its id into this record"
        problems.append(warning("unknown-paper", message, entries[key][0].place, hint))
        result[key] = replace(result[key], superseded_by="")

    for key in open_ends:
        successor = papers[key].superseded_by
        result[key] = replace(papers[key], superseded_by=now.get(successor, ""))
        if successor not in now:
            leave_out(key, f"no record has the id {successor!r}")
    for key in list(list_circles(result)):
        if key in entries and result[key].superseded_by != (
            before[key].superseded_by if key in before else ""
        ):
            leave_out(key, "it leads back to this paper")
    return result, tuple(problems)


def _name_papers(papers: Mapping[str, Paper], entries: Mapping[str, Sequence[Draft]]) -> dict[str, str]:
    """Return the ids of papers by what entries may call them: other ids that these bring along, and names of entries."""
    now = {alias: key for key, paper in papers.items() for alias in paper.aliases}
    for key, drafts in entries.items():
        for draft in drafts:
            now |= {s.entry: key for s in draft.paper.sources[:1] if s.entry not in now}
    return now | {
        draft.paper.id: key for key, drafts in entries.items() for draft in drafts if draft.paper.id
    }
