"""`enrich.yml`: proposed values for papers, each with its source and whether a curator accepted it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, get_args

import msgspec

from generator.identifiers import parse_identifier
from generator.limits import DATA_BYTES
from generator.model import Author, LinkKind, VenueType
from generator.problems import Place, Problem, error
from generator.records.check import is_date
from generator.storage.conflict_markers import load_merged
from generator.storage.strict_yaml import Lines, parse_yaml, render_yaml
from generator.storage.text_file import load_exact, make_plain
from generator.storage.yaml_edit import edit_yaml

FILE = "enrich.yml"
LINKS: Mapping[str, LinkKind] = {"doi": "doi", "arxiv": "arxiv"}
"""The fields of proposals that are links of a record."""
FIELDS = (
    "doi", "arxiv", "authors", "published", "venue", "venue_type", "volume", "issue", "pages", "status",
)  # fmt: skip
"""The fields for which values may be proposed."""
_HEAD = (
    "# Proposals of `papershelf enrich`. Set `accept: true` on correct ones, delete wrong ones,\n"
    "# and run `papershelf enrich --accept`.\n"
)
ProposedValue = str | list[str | dict[str, str | bool]]


class _Lines(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A proposal as written in the file."""

    field: str
    value: ProposedValue
    source: str
    url: str = ""
    accept: bool = False


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """A value for a field of a record, its source with URL, and whether a curator accepted it."""

    paper: str
    field: str
    value: ProposedValue
    source: str
    """The service and its identifier of the paper, separated by a space."""
    url: str = ""
    accept: bool = False
    line: int = 0


def load_proposals(path: Path) -> tuple[tuple[Proposal, ...], tuple[Problem, ...]]:
    """Return the proposals in a file (none if it does not exist) and every error."""
    if not path.exists():
        return (), ()
    text, faults = load_merged(path, name=path.name, inside=path.parent, limit=DATA_BYTES)
    if faults:
        return (), faults
    value, lines, more = parse_yaml(text, file=path.name)
    problems = list(more)
    if value is None:
        return (), tuple(problems)
    if not isinstance(value, dict):
        place = Place(file=path.name, line=1)
        return (), (error("bad-field", "proposals must be listed under the id of their paper", place),)
    found = []
    for paper, items in value.items():
        if not isinstance(items, list):
            # A curator may have deleted all lines below an id.
            if items != "":
                place = Place(file=path.name, line=lines.get((paper,), 0))
                problems.append(error("bad-field", f"{paper}: expected a list of proposals", place))
            continue
        for number, item in enumerate(items):
            proposal = _read(paper, item, lines, (paper, number), path.name, problems)
            if proposal:
                found.append(proposal)
    return tuple(found), tuple(problems)


def _read(  # noqa: PLR0913, PLR0917 (what is read, and where)
    paper: str, item: object, lines: Lines, where: tuple[str, int], file: str, problems: list[Problem]
) -> Proposal | None:
    line = lines.get(where, 0)
    place = Place(file=file, line=line)
    try:
        read = msgspec.convert(item, _Lines, strict=False)
    except msgspec.ValidationError as fault:
        problems.append(error("bad-field", f"{paper}: {fault}", place, "write `accept: true` or `false`"))
        return None
    if not _is_sound(read):
        message = f"{paper}: {read.value!r} is not a valid value of {read.field!r}"
        problems.append(error("bad-field", message[:500], place, "correct or delete the proposal"))
        return None
    return Proposal(paper=paper, **msgspec.structs.asdict(read), line=line)


def _is_sound(read: _Lines) -> bool:
    value = read.value
    if read.field not in FIELDS or not value or not read.source.strip():
        return False
    if read.field == "authors":
        try:
            return all(author.name.strip() for author in build_authors(value))
        except msgspec.ValidationError:
            return False
    return isinstance(value, str) and _is_accepted(read.field, value)


def _is_accepted(field: str, value: str) -> bool:
    """Return whether a text is a valid value of a record's field."""
    if kind := LINKS.get(field):
        return parse_identifier(kind, value) is not None
    if field == "venue_type":
        return value in get_args(VenueType)
    if field == "published":
        return is_date(value)
    return field != "status" or value == "withdrawn"


def build_authors(value: ProposedValue) -> tuple[Author, ...]:
    """Return the authors in a proposal's value."""
    items = [value] if isinstance(value, str) else value
    whole = ({"name": item} if isinstance(item, str) else item for item in items)
    return tuple(msgspec.convert(item, Author, strict=False) for item in whole)


def add_proposals(known: Sequence[Proposal], new: Iterable[Proposal]) -> tuple[Proposal, ...]:
    """Return all proposals without duplicate values of a field; edited proposals stay unchanged."""
    said = {(p.paper, p.field, str(p.value)) for p in known}
    result = list(known)
    for proposal in new:
        if (key := (proposal.paper, proposal.field, str(proposal.value))) not in said:
            said.add(key)
            result.append(proposal)
    return tuple(result)


def render_proposals(path: Path, proposals: Sequence[Proposal]) -> str | None:
    """Return the text of a file with these proposals; None if neither proposals nor comments remain.

    Existing proposals keep their characters, and comments are kept.

    Raises:
        FormError: if the text of the file cannot be edited.
    """
    text = load_exact(path) if path.exists() else ""
    raw, _, _ = parse_yaml(make_plain(text), file=path.name)
    known, _ = load_proposals(path)
    wanted = _arrange(raw if isinstance(raw, dict) else {}, known, proposals)
    if raw is None:
        made = f"{text or _HEAD}{render_yaml(wanted)}" if wanted else text
    else:
        made = edit_yaml(text, wanted)
    return made if make_plain(made).replace(_HEAD, "").strip() else None


def _arrange(
    raw: Mapping[str, Any], known: Sequence[Proposal], proposals: Sequence[Proposal]
) -> dict[str, Any]:
    """Return the value of the file: existing proposals as written, and new ones below their papers, in order."""
    kept = set(map(_name, proposals))
    in_file = iter(known)
    papers: dict[str, Any] = {}
    for paper, items in raw.items():
        left = [item for item in items if _name(next(in_file)) in kept] if isinstance(items, list) else items
        if left or not items:
            papers[paper] = left
    written = set(map(_name, known))
    for p in proposals:
        if _name(p) not in written:
            new = {"field": p.field, "value": p.value, "source": p.source, "url": p.url, "accept": p.accept}
            papers[p.paper] = [*(papers.get(p.paper) or ()), new]
    return dict(sorted(papers.items())) if list(raw) == sorted(raw) else papers


def _name(proposal: Proposal) -> tuple[str, ...]:
    """Return the key that identifies a proposal in a file."""
    return tuple(map(str, msgspec.structs.astuple(proposal)))
