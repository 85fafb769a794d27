"""Turns facts of a draft that a record lacks into proposals; nothing is proposed if it may be another paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import to_builtins

from generator.identifiers import build_link_url
from generator.model import Author, Draft, LinkKind, Paper
from generator.network.proposals import LINKS, Proposal, ProposedValue
from generator.problems import Problem, warning
from generator.records.candidates import find_disagreement, list_identifiers
from generator.text.titles import build_fingerprint, fold_title

_PUBLICATION = ("volume", "issue", "pages")


def find_same(record: Paper, drafts: Sequence[Draft]) -> tuple[Draft | None, Problem | None]:
    """Return the draft of the record's paper or None, and a problem if a person should decide.

    A draft with an identifier of the record must also have its title. Other drafts must have its title and must not
    conflict with the record's identifiers, authors or year, or with another such draft.
    """
    names = set(list_identifiers(record))
    for draft in drafts:
        if shared := names & set(list_identifiers(draft.paper)):
            if _same_title(record, draft):
                return draft, None
            kind, value = min(shared)
            message = (
                f"{record.id}: {draft.place.file} has {kind} {value} with the title “{draft.paper.title}”"
            )
            return None, warning("conflict", message, hint="compare the titles and correct the record")
    alike = [d for d in drafts if _same_title(record, d) and not find_disagreement(record, d.paper)]
    for other in alike[1:]:
        if why := find_disagreement(alike[0].paper, other.paper):
            message = f"{record.id}: {other.place.file} has more than one paper of this title: {why}"
            return None, warning(
                "conflict", message, hint="add the identifier of the correct paper to the record"
            )
    return (alike[0] if alike else None), None


def _same_title(record: Paper, draft: Draft) -> bool:
    return build_fingerprint(record.title) == build_fingerprint(draft.paper.title)


def list_proposed_values(record: Paper, draft: Draft, service: str) -> Iterator[Proposal]:
    """Yield the missing values that the draft has, and a withdrawal."""
    entry = draft.paper.sources[0].entry
    source, url = f"{service} {entry}", _build_page(draft.paper, service, entry)
    for field, value in _list_news(record, draft.paper):
        yield Proposal(paper=record.id, field=field, value=value, source=source, url=url)


def _build_page(paper: Paper, service: str, entry: str) -> str:
    """Return the URL of a page where a person can check the answer."""
    if service == "openalex":
        return f"https://openalex.org/{entry}"
    kind: LinkKind = "arxiv" if service == "arxiv" else "doi"
    return build_link_url(kind, next(iter(paper.links.get(kind, ())), entry))


def _list_news(record: Paper, found: Paper) -> Iterator[tuple[str, ProposedValue]]:
    for field, kind in LINKS.items():
        if not record.links.get(kind):
            for value in found.links.get(kind, ()):
                yield field, value
    # A list that the service truncated is not a complete list of authors.
    if not record.authors and found.authors and found.author_count is None:
        yield "authors", list_authors(found.authors)
    if found.published != record.published and found.published.startswith(record.published):
        yield "published", found.published
    yield from _list_publication(record, found)
    if record.status == "active" and found.status == "withdrawn":
        yield "status", "withdrawn"


def _list_publication(record: Paper, found: Paper) -> Iterator[tuple[str, ProposedValue]]:
    """Yield the values about the publication, without repositories; volume and page numbers belong to one venue only."""
    if not found.venue or found.venue_type == "preprint":
        return
    if record.venue and fold_title(record.venue) != fold_title(found.venue):
        return
    if not record.venue:
        yield "venue", found.venue
    if not record.venue_type and found.venue_type:
        yield "venue_type", found.venue_type
    for field in _PUBLICATION:
        if (value := getattr(found, field)) and not getattr(record, field):
            yield field, value


def list_authors(authors: Sequence[Author]) -> list[str | dict[str, str | bool]]:
    """Return authors as written in a record: a name, or a mapping with further facts."""
    return [a.name if a == Author(name=a.name) else to_builtins(a) for a in authors]
