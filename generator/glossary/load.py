"""Reads `glossary.yml` into terms, and reports all errors with their lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from generator.editorial import Glossary, Term
from generator.limits import MEANING, RECORD_BYTES, TERM
from generator.model import Taxonomy
from generator.problems import Place, Problem, error
from generator.records.entries import EntryFile, describe_entries, join_lines, list_texts, load_entries
from generator.topics.taxonomy import name_topics

FILE = "glossary.yml"
_GAPS = re.compile(r"[\W_]+")


class _TermRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A term as the file writes it."""

    term: str
    meaning: str
    aliases: list[str] = []
    topic: str = ""


_ENTRY = describe_entries(_TermRecord, {"term": TERM, "meaning": MEANING, "aliases": TERM, "topic": TERM})


def load_glossary(content: Path, taxonomy: Taxonomy) -> tuple[Glossary, tuple[Problem, ...]]:
    """Return the terms of `content/glossary.yml` and every error of the file; a missing file is an empty glossary."""
    file = load_entries(content, FILE, _ENTRY, limit=RECORD_BYTES)
    terms: list[Term] = []
    found = list(file.problems)
    for number, item in enumerate(file.items):
        wrong = list(_check_entry(file, number))
        found += wrong
        if not wrong:
            terms.append(_build_term(msgspec.convert(item, _TermRecord), file.find_place(number)))
    return tuple(terms), (*found, *_check_terms(terms, taxonomy))


def name_anchor(term: str) -> str:
    """Return the anchor of a term on the page of the glossary.

    >>> name_anchor("KV cache"), name_anchor("3D (scenes)"), name_anchor("多模态")
    ('kv-cache', '3d-scenes', '多模态')
    """
    return _GAPS.sub("-", term.casefold()).strip("-")


def _build_term(entry: _TermRecord, place: Place) -> Term:
    term = join_lines(entry.term)
    return Term(
        id=name_anchor(term),
        term=term,
        aliases=tuple(map(join_lines, entry.aliases)),
        meaning=join_lines(entry.meaning),
        topic=entry.topic,
        place=place,
    )


def _check_entry(file: EntryFile, number: int) -> Iterator[Problem]:
    name = f"entry {number + 1}"
    wrong = list(file.check_fields(_ENTRY, name, number))
    yield from wrong
    if wrong:
        return
    for key in ("term", "aliases"):
        for text in list_texts(file.items[number].get(key)):
            if text and not name_anchor(text):
                message, hint = (
                    f"{name}, {key}: {text!r} has no letter",
                    "write a word with letters or digits",
                )
                yield error("bad-field", message, file.find_place(number, key), hint)


def _check_terms(terms: list[Term], taxonomy: Taxonomy) -> Iterator[Problem]:
    owners: dict[str, Term] = {}
    for term in terms:
        for form in dict.fromkeys([term.term, *term.aliases]):
            other = owners.setdefault(name_anchor(form), term)
            if other is not term:
                message = (
                    f"{form!r} is in two entries, also in that of {other.term!r} in line {other.place.line}"
                )
                yield error("duplicate-term", message, term.place, "take it out of one of the two")
        if term.topic and term.topic not in taxonomy.topics:
            message = f"{term.term!r} names the topic {term.topic!r}, which topics.yml does not define"
            yield error("unknown-topic", message, term.place, name_topics(taxonomy.topics))
