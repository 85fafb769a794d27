"""Who is meant by a name in a record: one name is shown for all spellings, and people with the same name are told apart.

A name of a record belongs to an entry of `names.yml`, by the entry's ORCID, papers, name or aliases. Otherwise an ORCID
decides: names with the same one are one person, if they share a word, and people with different ones are two, even with
the same name. Any other name stands for itself, by its slug.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from msgspec import Struct

from generator.editorial import NameEntry
from generator.text.names import is_orcid
from generator.text.slugs import slug_name
from generator.text.words import fold, split

_List = Callable[[], Iterable[tuple[str, str]]]
_YEAR = re.compile(r"(?P<name>.*\S)[ ,]+(?P<year>(?:19|20)\d\d)", re.DOTALL)


class Name(Struct, frozen=True, kw_only=True):
    """An author or a venue: the name that is shown, and what is known of it beside the name."""

    name: str
    slug: str
    """The end of the address of the list."""
    orcid: str = ""
    note: str = ""
    """Words that tell a person from others with the same name."""
    aliases: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    """The only papers on which a name means this person; empty for all."""


class Directory(Struct, frozen=True, kw_only=True, dict=True):
    """The people and venues whose names in records are not all that there is to know."""

    by_orcid: Mapping[str, Name] = {}
    by_slug: Mapping[str, tuple[Name, ...]] = {}
    """Who may be meant by a name without an ORCID, by the slug of the name as written."""
    venues: Mapping[str, NameEntry] = {}
    """The entries of venues by the slugs of their names and aliases."""

    @cached_property
    def digest(self) -> str:
        """A digest of everything in the directory."""
        known = (sorted(self.by_orcid.items()), sorted(self.by_slug.items()), sorted(self.venues.items()))
        return hashlib.sha256(repr(known).encode("utf-8", "replace")).hexdigest()

    def find_person(self, name: str, orcid: str, paper: str) -> Name:
        """Return who is meant by the name and the ORCID, if any, of an author of a paper."""
        if not (self.by_orcid or self.by_slug):
            return Name(name=name, slug=slug_name(name))
        orcid = orcid.upper()
        if person := self.by_orcid.get(orcid):
            return person
        slug = slug_name(name)
        people = self.by_slug.get(slug, ())
        known = [person for person in people if not (person.orcid and is_orcid(orcid))]
        chosen = [person for person in known if paper in person.papers] or [
            person for person in known if not person.papers
        ]
        if len(chosen) == 1:
            return chosen[0]
        return Name(name=name, slug=f"{slug}-{orcid.lower()}" if len(known) < len(people) else slug)

    def show_author(self, name: str, orcid: str, paper: str) -> str:
        """Return the name of an author of a paper for display."""
        known = self.by_orcid or self.by_slug
        return self.find_person(name, orcid, paper).name if known else name

    def list_forms(self, name: str, orcid: str, paper: str) -> tuple[str, ...]:
        """Return the names by which readers may look for an author of a paper, as written first."""
        if not (self.by_orcid or self.by_slug):
            return (name,)
        person = self.find_person(name, orcid, paper)
        return tuple(dict.fromkeys([name, person.name, *person.aliases]))

    def find_venue(self, written: str) -> Name:
        """Return the venue that is meant by a name.

        A year at the end of a name stays at the end: with the alias `Owls` of `Journal of Owls`, `Owls 2024` is
        `Journal of Owls 2024`.
        """
        if not self.venues:
            return Name(name=written, slug=slug_name(written))
        if entry := self.venues.get(slug_name(written)):
            return Name(name=entry.name, slug=entry.slug, aliases=entry.aliases)
        match = _YEAR.fullmatch(written)
        if match and (entry := self.venues.get(slug_name(match["name"]))):
            name, *aliases = (f"{form} {match['year']}" for form in (entry.name, *entry.aliases))
            slug = f"{entry.slug}-{match['year']}"
            return Name(name=name, slug=slug, aliases=tuple(aliases))
        return Name(name=written, slug=slug_name(written))

    def list_author_slugs(self) -> Iterator[tuple[str, str]]:
        """Yield the slugs of names with the slug of the person's list, where these differ."""
        for slug, people in self.by_slug.items():
            if len(people) == 1 and not people[0].papers and people[0].slug != slug:
                yield slug, people[0].slug

    def list_venue_slugs(self, lists: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Yield the slugs of names with the slug of the venue's list, of those in `lists`, where these differ."""
        known = {entry.slug: entry.forms for entry in self.venues.values()}
        for there in lists:
            name, _, year = there.rpartition("-")
            forms = [*known.get(there, ()), *(f"{form} {year}" for form in known.get(name, ()))]
            yield from ((slug, there) for form in forms if (slug := slug_name(form)) != there)


def build_directory(entries: Sequence[NameEntry], list_authors: _List) -> Directory:
    """Return the directory of a shelf from the entries of its `names.yml` and the ORCIDs in its records.

    `list_authors` returns the name and the ORCID, if any, of all authors of all papers; it may be called twice.
    """
    by_slug: dict[str, list[Name]] = {}
    by_orcid: dict[str, Name] = {}
    for entry in entries:
        if entry.kind != "author":
            continue
        person = _build_person(entry)
        if entry.orcid:
            by_orcid[entry.orcid] = person
        for slug in {slug_name(form) for form in entry.forms}:
            by_slug.setdefault(slug, []).append(person)
    _add_by_orcid(by_slug, by_orcid, lambda: _list_orcids(list_authors()))
    venues = {slug_name(form): entry for entry in entries if entry.kind == "venue" for form in entry.forms}
    return Directory(
        by_orcid=by_orcid, by_slug={slug: tuple(people) for slug, people in by_slug.items()}, venues=venues
    )


def _build_person(entry: NameEntry) -> Name:
    return Name(
        name=entry.name,
        slug=entry.slug,
        orcid=entry.orcid,
        note=entry.note,
        aliases=entry.aliases,
        papers=entry.papers,
    )


def _add_by_orcid(by_slug: dict[str, list[Name]], by_orcid: dict[str, Name], list_orcids: _List) -> None:
    """Add the people whom ORCIDs in records join or tell apart, and who have no entry."""
    names, orcids = _collect_orcids(list_orcids, by_slug)
    taken = frozenset(by_slug)
    for orcid, written in names.items():
        slugs = {slug_name(name) for name in written}
        known = {person.slug: person for slug in slugs & taken for person in by_slug[slug]}
        open_ones = [person for person in known.values() if not (person.papers or person.orcid)]
        if len(open_ones) == 1:  # an entry that names no ORCID means everybody with its names
            by_orcid[orcid] = open_ones[0]
            continue
        clear = [
            name for name in written if len(orcids[slug_name(name)]) == 1 and slug_name(name) not in taken
        ]
        name, *_ = often = sorted(written, key=lambda name: (-written[name], -len(name), name))
        if not all(_share_a_word(name, other) for other in written):
            continue  # one of the records is wrong
        own = [slug_name(other) for other in often if other in clear]
        slug = own[0] if own else f"{slug_name(name)}-{orcid.lower()}"
        aliases = tuple(sorted(other for other in written if slug_name(other) != slug_name(name)))
        person = by_orcid[orcid] = Name(name=name, slug=slug, orcid=orcid, aliases=aliases)
        for other in {slug_name(one) for one in clear}:
            by_slug.setdefault(other, []).append(person)


def _collect_orcids(
    list_orcids: _List, known: Mapping[str, Sequence[Name]]
) -> tuple[Mapping[str, Counter[str]], Mapping[str, set[str]]]:
    """Return the names with each ORCID, and the ORCIDs with each name's slug, where one has several of the other.

    ORCIDs of entries are not among the first, but among the second.
    """
    orcids = {slug: {person.orcid for person in people if person.orcid} for slug, people in known.items()}
    of_entries = set[str]().union(*orcids.values())
    slug_of: dict[str, str] = {}
    orcid_of = {slug: next(iter(those)) for slug, those in orcids.items() if those}
    several: set[str] = set()
    for name, orcid in list_orcids():
        slug = slug_name(name)
        if slug_of.setdefault(orcid, slug) != slug:
            several.add(orcid)
        if (other := orcid_of.setdefault(slug, orcid)) != orcid:
            several |= {orcid, other}
    names: dict[str, Counter[str]] = {}
    for name, orcid in list_orcids() if several else ():
        orcids.setdefault(slug_name(name), set()).add(orcid)
        if orcid in several and orcid not in of_entries:
            names.setdefault(orcid, Counter())[name] += 1
    return dict(sorted(names.items())), orcids


def _list_orcids(authors: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    return ((name, orcid.upper()) for name, orcid in authors if orcid and is_orcid(orcid.upper()))


def _share_a_word(one: str, other: str) -> bool:
    return not set(split(fold(one))[0]).isdisjoint(split(fold(other))[0])
