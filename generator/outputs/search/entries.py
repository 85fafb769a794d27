"""The terms of every paper: words with fields, counts and positions, compounds, and names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from generator.model import Paper
from generator.outputs.search.words import (
    find_pairs,
    fold,
    hash_name,
    is_part,
    list_words,
    split,
    squeeze,
    stem,
)
from generator.text.maths import plain
from generator.text.words import STOP_WORDS

FIELDS = ("title", "topics", "authors", "venue", "text")
_GAP = 8
_LONGEST_WORD = 40
_LONGEST_NAME = 30
_SHORTEST_COMPOUND = 5


class Document(Struct, frozen=True):
    """A paper as the search sees it: the texts of its fields, readable and on one line."""

    id: str
    fields: Mapping[str, str]


class Entry(Struct):
    """A term in one document: how often in each field, and its positions in title and text."""

    counts: list[int]
    positions: list[int]


class Compounds(Struct, frozen=True):
    """Words that are written in one, with a hyphen or with a space: the joined form to its parts."""

    parts: Mapping[str, tuple[str, str]]


def build_document(paper: Paper, topics: Iterable[str], *, abstracts: bool) -> Document:
    """Return what of a paper is searched; `topics` are the names of its topics."""
    text = f"{paper.summary} {paper.abstract if abstracts else ''}"
    fields = {
        "title": plain(paper.title),
        "topics": ". ".join(topics),
        "authors": ". ".join(author.name for author in paper.authors),
        "venue": paper.venue,
        "text": plain(text).strip(),
    }
    return Document(paper.id, {name: fold(value) for name, value in fields.items()})


def find_compounds(documents: Iterable[Document]) -> Compounds:
    """Return the pairs of words that some text joins with a hyphen, or writes in one while another separates them."""
    words: set[str] = set()
    spaced: dict[str, tuple[str, str]] = {}
    joined: dict[str, tuple[str, str]] = {}
    for document in documents:
        for name in ("title", "text"):
            for one, two, hyphen in find_pairs(document.fields[name]):
                if len(one) + len(two) >= _SHORTEST_COMPOUND:
                    known = joined if hyphen else spaced
                    known[one + two] = min(known.get(one + two, (one, two)), (one, two))
            words.update(list_words(document.fields[name]))
    joined |= {key: parts for key, parts in spaced.items() if key in words and key not in joined}
    return Compounds(joined)


def find_entries(document: Document, compounds: Compounds) -> tuple[dict[str, Entry], dict[str, int]]:
    """Return the terms of a document, and the length of each field in words that count.

    Names (`=mmembed`) and whole titles (`=#…`) are terms of their own.
    """
    found: dict[str, Entry] = {}
    lengths = {}
    start = 0
    for number, name in enumerate(FIELDS):
        start, lengths[name] = _read_field(document.fields[name], number, start, compounds, found)
    for name in list_names(document.fields["title"]):
        found[name] = Entry([1, 0, 0, 0, 0], [])
    return found, lengths


def _read_field(
    text: str, number: int, start: int, compounds: Compounds, found: dict[str, Entry]
) -> tuple[int, int]:
    """Add the words of one field, and return the position after it and the number of words that count."""
    placed = FIELDS[number] in {"title", "text"}
    position, counted = start, 0
    before = ""
    for word, near in split(text):
        position += 1
        if near and before and before + word in compounds.parts and is_part(before) and is_part(word):
            _add(found, stem(before + word), number, position - 1 if placed else -1)
        before = word
        if word not in STOP_WORDS:
            counted += 1
            if len(word) <= _LONGEST_WORD:
                _add(found, stem(word), number, position if placed else -1)
    return position + _GAP, counted


def _add(found: dict[str, Entry], term: str, field: int, position: int) -> None:
    entry = found.get(term)
    if entry is None:
        entry = found[term] = Entry([0, 0, 0, 0, 0], [])
    entry.counts[field] += 1
    if position >= 0:
        entry.positions.append(position)


def list_names(title: str) -> Iterator[str]:
    """Yield the terms by which a title is found as a whole: its hash, and the name before its colon."""
    yield f"=#{hash_name(squeeze(title))}"
    head, colon, _ = title.partition(":")
    name = squeeze(head)
    if name and len(name) <= _LONGEST_NAME and (colon or name == squeeze(title)):
        yield f"={name}"


def number_documents(papers: Iterable[Paper]) -> Sequence[Paper]:
    """Return the papers in the order of their numbers: by the day they were added, then by id."""
    return sorted(papers, key=lambda paper: (paper.added, paper.id))
