"""Writes accepted proposals into records, with their sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from generator.identifiers import parse_identifier
from generator.model import Paper, Shelf, Source
from generator.network.proposals import LINKS, Proposal, build_authors
from generator.problems import Place, Problem, error, errors_of
from generator.records.check import check_papers, check_record
from generator.records.merge import name_source
from generator.records.parse import RecordPlace


def accept_proposals(
    shelf: Shelf, proposals: Sequence[Proposal], *, file: str
) -> tuple[Mapping[str, Paper], tuple[Problem, ...]]:
    """Return the papers with the accepted values, and problems; if there are any, nothing should be written."""
    papers = dict(shelf.papers)
    problems: list[Problem] = []
    said: dict[tuple[str, str], object] = {}
    for proposal in (p for p in proposals if p.accept):
        place = Place(file=file, line=proposal.line)
        if proposal.paper not in papers:
            message = f"no record has the id {proposal.paper!r}"
            problems.append(error("unknown-paper", message, place, "delete its proposals"))
            continue
        key = (proposal.paper, proposal.field)
        if proposal.field not in LINKS and said.setdefault(key, proposal.value) != proposal.value:
            message = f"{proposal.paper}: two different values of {proposal.field} are accepted"
            problems.append(error("conflict", message, place, "accept only one of them"))
            continue
        papers[proposal.paper] = _write(papers[proposal.paper], proposal)
    problems += _check(shelf, papers)
    return papers, tuple(problems)


def _write(paper: Paper, proposal: Proposal) -> Paper:
    """Return the record with the value of a proposal; a link is added to existing links."""
    field, value = proposal.field, proposal.value
    name, _, entry = proposal.source.partition(" ")
    source = Source(name=name, entry=entry.strip())
    if name_source(source) not in set(map(name_source, paper.sources)):
        paper = replace(paper, sources=(*paper.sources, source))
    if kind := LINKS.get(field):
        link = parse_identifier(kind, str(value)) or ""
        links = dict(paper.links)
        links[kind] = tuple(dict.fromkeys((*links.get(kind, ()), link)))
        return replace(paper, links=links)
    if field == "authors":
        return replace(paper, authors=build_authors(value))
    return replace(paper, **{field: value})


def _check(shelf: Shelf, papers: Mapping[str, Paper]) -> list[Problem]:
    """Return the new errors that the shelf would have."""
    places = {key: RecordPlace(place.file, place.line) for key, place in shelf.places.items()}
    changed = [paper for key, paper in papers.items() if paper != shelf.papers[key]]
    found = [problem for paper in changed for problem in check_record(paper, places[paper.id])[1]]
    if not changed:
        return []
    before = set(check_papers(shelf.papers, places.__getitem__))
    found += [p for p in check_papers(papers, places.__getitem__) if p not in before]
    return list(errors_of(found))
