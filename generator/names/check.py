"""Checks entries of `names.yml` against the records: each is about a name or a paper that a record has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.directory import build_directory
from generator.editorial import RESOURCES, NameEntry
from generator.model import Paper, Shelf
from generator.names.mentions import find_mentions_of_names
from generator.problems import Problem, error, note
from generator.text.slugs import slug_name


def check_names(shelf: Shelf) -> Iterator[Problem]:
    """Yield the papers of entries that are not there or have no such author, and the ids that are other names' addresses."""
    if not shelf.names:
        return
    former = {alias: key for key, paper in shelf.papers.items() for alias in paper.aliases}
    authors = _list_author_slugs(shelf)
    for entry in shelf.names:
        slugs = {slug_name(form) for form in entry.forms}
        if entry.id and entry.id in authors - slugs and entry.kind == "author":
            message = f"the id {entry.id!r} of {entry.name!r} is the address of another author's list"
            yield error("duplicate-name", message, entry.place, "choose another id")
        yield from _check_papers(entry, slugs, shelf.papers, former)


def note_unknown_names(shelf: Shelf) -> Iterator[Problem]:
    """Yield a note for each entry whose name and aliases no record has."""
    if not shelf.names:
        return
    papers = shelf.papers.values()
    directory = build_directory(shelf.names, list)
    authors, orcids = _list_author_slugs(shelf), {a.orcid.upper() for paper in papers for a in paper.authors}
    venues = {directory.find_venue(venue).name for venue in {paper.venue for paper in papers}}
    named = find_mentions_of_names(shelf.names, papers)
    for entry in shelf.names:
        if entry.kind == "venue":
            is_known = any(name == entry.name or _is_of_year(name, entry.name) for name in venues)
        elif entry.kind in RESOURCES:
            is_known = entry.slug in named
        else:
            is_known = entry.orcid in orcids - {""} or any(slug_name(form) in authors for form in entry.forms)
        if not is_known:
            message = f"no record names the {entry.kind} {entry.name!r} or an alias of it"
            yield note("unknown-name", message, entry.place, "correct the name, or take the entry out")


def _list_author_slugs(shelf: Shelf) -> set[str]:
    return {slug_name(author.shown) for paper in shelf.papers.values() for author in paper.authors}


def _is_of_year(name: str, venue: str) -> bool:
    return name.startswith(f"{venue} ") and name[len(venue) + 1 :].isdigit()


def _check_papers(
    entry: NameEntry, slugs: set[str], papers: Mapping[str, Paper], former: Mapping[str, str]
) -> Iterator[Problem]:
    """Yield the papers of an entry that are not on the shelf, or whose authors do not have its name."""
    for key in (*entry.papers, *([entry.paper] if entry.paper else [])):
        paper = papers.get(key)
        if paper is None:
            hint = f"its id is {former[key]} now" if key in former else "write the id of a record"
            message = f"{entry.name!r} names the paper {key!r}, which is not on the shelf"
            yield error("unknown-paper", message, entry.place, hint)
        elif entry.papers and slugs.isdisjoint(slug_name(author.shown) for author in paper.authors):
            message = f"no author of {key} has the name {entry.name!r} or an alias of it"
            hint = "add the name in the record to `aliases`, or take the paper out"
            yield error("unknown-name", message, entry.place, hint)
