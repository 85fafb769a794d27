"""What the search index contains of a paper: the texts of its fields, and terms that identify the whole paper."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence

from generator.directory import Directory
from generator.identifiers import build_url_key, list_identities
from generator.model import LinkKind, Paper
from generator.records.groups import find_group
from generator.text.words import fold, squeeze

FIELDS = ("title", "topics", "authors", "venue", "text")
TITLE, TOPICS, AUTHORS, VENUE, TEXT = range(5)
_LONGEST_NAME = 30
_EMPTY = Directory()
_YEAR = re.compile(r" \d{4}$", re.ASCII)
_SHARED: tuple[LinkKind, ...] = ("code", "data", "model", "demo", "video")


def number_documents(papers: Iterable[Paper]) -> Sequence[Paper]:
    """Return the papers in the order of the index, by the day when they were added and then by id. Numbers begin at 0."""
    return sorted(papers, key=lambda paper: (paper.added, paper.id))


def name_content(body: bytes) -> str:
    """Return the name of a file for its content: the first 36 bits of the SHA-256, as six characters of URL-safe Base64.

    >>> name_content(b"owls")
    'vtoUdj'
    """
    return base64.urlsafe_b64encode(hashlib.sha256(body).digest())[:6].decode()


def name_numbers(numbered: Iterable[Paper]) -> str:
    """Return six characters that identify an order of papers.

    The manifest contains them. Other files that refer to papers by number contain them too, so scripts can check that both
    belong to the same build.
    """
    return name_content("\n".join(paper.id for paper in numbered).encode())


def read_fields(
    paper: Paper, topics: Iterable[str], *, abstracts: bool, directory: Directory = _EMPTY
) -> tuple[str, ...]:
    """Return the case-folded text of each field, in the order of `FIELDS`.

    The last text contains the summary, the authors' abstract if `abstracts` is true, and the paper's groups except
    `sections`. `topics` are the names of the paper's topics. Authors and venues have all names by which `directory` knows
    them; aliases of venues with several words are identity terms, since these words say what many other papers are about.
    """
    said = [paper.summary_text.plain, paper.abstract_text.plain if abstracts else ""]
    said += [". ".join(values) for name, values in paper.groups.items() if find_group(name) != "sections"]
    text = " ".join(said)
    fields = (
        paper.title_text.plain,
        ". ".join(topics),
        ". ".join(
            form
            for author in paper.authors
            for form in (author.name, *directory.list_forms(author.shown, author.orcid, paper.id)[1:])
        ),
        ". ".join(_list_venue_forms(paper.venue, directory)),
        text.strip(),
    )
    return tuple(map(fold, fields))


def _list_venue_forms(written: str, directory: Directory) -> Iterator[str]:
    """Yield the name of a venue as written, the name that is shown, and its aliases of one word, apart from a year."""
    venue = directory.find_venue(written)
    yield from dict.fromkeys([written, venue.name])
    for alias in venue.aliases:
        _, *more = alias.split()
        if alias != written and (not more or (len(more) == 1 and more[0].isdigit())):
            yield alias


def list_identity_terms(paper: Paper, directory: Directory = _EMPTY) -> Iterator[str]:
    """Yield the terms that identify a paper as a whole.

    - `=#` and a hash (`hash_name`) for each of its title, id, former ids, identifiers and pages, and the names of its venue
      that `directory` knows, with and without the year. The URLs of its code, data,
      model, demo and video are hashed with the prefix `at:`, because several papers can share them.
    - `=` and the name before the colon of the title, or a short title without a colon, as `squeeze` returns it. It has at
      most 30 characters.

    >>> list(list_identity_terms(Paper(id="owlnet", title="OwlNet: Hearing Mice")))
    ['=#3dfb1b3a', '=#afcc4ff8', '=owlnet']
    """
    title = paper.title_text.plain
    names = map(squeeze, (title, paper.id, *paper.aliases))
    places = (f"at:{build_url_key(url)}" for kind in _SHARED for url in paper.links.get(kind, ()))
    venue = directory.find_venue(paper.venue)
    venues = [form for form in (venue.name, *venue.aliases) if venue.aliases]
    venues += [_YEAR.sub("", form) for form in venues]
    wholes = dict.fromkeys([*names, *list_identities(paper.links), *places, *map(squeeze, venues)])
    yield from (f"=#{hash_name(whole)}" for whole in wholes)
    head, colon, _ = title.partition(":")
    name = squeeze(head)
    if name and len(name) <= _LONGEST_NAME and (colon or name == squeeze(title)):
        yield f"={name}"


def hash_name(text: str) -> str:
    """Return the hash of a name as eight hexadecimal digits: 32-bit FNV-1a of its UTF-8 bytes (Fowler, Noll, Vo).

    Titles and ids are passed as `squeeze` returns them, identifiers as `kind:value`.

    >>> hash_name("arxiv:2401.00001")
    '54505c85'
    """
    value = 0x811C9DC5
    for byte in text.encode():
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return f"{value:08x}"
