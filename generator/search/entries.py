"""What is searched of a paper: the texts of its fields, and the names by which it is found as a whole."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Sequence

from generator.identifiers import list_identities, shorten_url
from generator.model import LinkKind, Paper
from generator.records.groups import find_group
from generator.text.words import fold, squeeze

FIELDS = ("title", "topics", "authors", "venue", "text")
TITLE, TOPICS, AUTHORS, VENUE, TEXT = range(5)
_LONGEST_NAME = 30
_SHARED: tuple[LinkKind, ...] = ("code", "data", "model", "demo", "video")


def number_documents(papers: Iterable[Paper]) -> Sequence[Paper]:
    """Return the papers in the order of their numbers: by the day they were added, then by id."""
    return sorted(papers, key=lambda paper: (paper.added, paper.id))


def name_content(body: bytes) -> str:
    """Return six characters that stand for some bytes: 36 bits of their SHA-256, safe in an address."""
    return base64.urlsafe_b64encode(hashlib.sha256(body).digest())[:6].decode()


def name_numbers(numbered: Iterable[Paper]) -> str:
    """Return the name of an order of papers; other files that count on it hold it too."""
    return name_content("\n".join(paper.id for paper in numbered).encode())


def read_fields(paper: Paper, topics: Iterable[str], *, abstracts: bool) -> tuple[str, ...]:
    """Return the folded text of each field, on one line; `topics` are the names of the paper's topics."""
    said = [paper.summary_text.plain, paper.abstract_text.plain if abstracts else ""]
    said += [". ".join(values) for name, values in paper.groups.items() if find_group(name) != "sections"]
    text = " ".join(said)
    fields = (
        paper.title_text.plain,
        ". ".join(topics),
        ". ".join(author.name for author in paper.authors),
        paper.venue,
        text.strip(),
    )
    return tuple(map(fold, fields))


def list_names(paper: Paper) -> Iterator[str]:
    """Yield the terms by which a paper is found as a whole: the name before a colon, and hashes of what names it.

    These are its title, its id, former ids, identifiers and pages; as `at:`, also the addresses of its code, data and the like,
    which several papers may share.
    """
    title = paper.title_text.plain
    names = map(squeeze, (title, paper.id, *paper.aliases))
    places = (f"at:{shorten_url(url)}" for kind in _SHARED for url in paper.links.get(kind, ()))
    wholes = dict.fromkeys([*names, *list_identities(paper.links), *places])
    yield from (f"=#{hash_name(whole)}" for whole in wholes)
    head, colon, _ = title.partition(":")
    name = squeeze(head)
    if name and len(name) <= _LONGEST_NAME and (colon or name == squeeze(title)):
        yield f"={name}"


def hash_name(text: str) -> str:
    """Return eight hexadecimal digits of a squeezed title or an identifier (FNV-1a, 32 bits, over UTF-8)."""
    value = 0x811C9DC5
    for byte in text.encode():
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return f"{value:08x}"
