"""Reads `glossary.yml` into terms, and reports all errors with their lines."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec
from msgspec.structs import fields

from generator.editorial import Glossary, Term
from generator.limits import MEANING, RECORD_BYTES, TERM
from generator.model import Taxonomy
from generator.problems import Place, Problem, error
from generator.records.parse import find_faults
from generator.storage.conflict_markers import load_merged
from generator.storage.strict_yaml import Lines, parse_yaml
from generator.topics.taxonomy import name_topics

FILE = "glossary.yml"
_GAPS = re.compile(r"[\W_]+")


class _TermRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A term as the file writes it."""

    term: str
    meaning: str
    aliases: list[str] = []
    topic: str = ""


_FIELDS = {field.name: field for field in fields(_TermRecord)}
_HINT = f"an entry has {', '.join(_FIELDS)}; term and meaning are required"


def load_glossary(content: Path, taxonomy: Taxonomy) -> tuple[Glossary, tuple[Problem, ...]]:
    """Return the terms of `content/glossary.yml` and every error of the file; a missing file is an empty glossary."""
    path = content / FILE
    if not os.path.lexists(path):
        return (), ()
    text, faults = load_merged(path, name=FILE, inside=content, limit=RECORD_BYTES)
    if faults:
        return (), faults
    value, lines, problems = parse_yaml(text, file=FILE)
    if not value:
        return (), problems
    if not isinstance(value, list):
        hint = "start each entry with `- term: …`"
        return (), (error("bad-field", "the file is a list of entries", Place(file=FILE, line=1), hint),)
    terms: list[Term] = []
    found = list(problems)
    for number, item in enumerate(value):
        wrong = list(_check_entry(item, number, lines))
        found += wrong
        if not wrong:
            terms.append(_build_term(msgspec.convert(item, _TermRecord), _find_place(lines, number)))
    return tuple(terms), (*found, *_check_terms(terms, taxonomy))


def name_anchor(term: str) -> str:
    """Return the anchor of a term on the page of the glossary.

    >>> name_anchor("KV cache"), name_anchor("3D (scenes)"), name_anchor("多模态")
    ('kv-cache', '3d-scenes', '多模态')
    """
    return _GAPS.sub("-", term.casefold()).strip("-")


def _build_term(entry: _TermRecord, place: Place) -> Term:
    term = " ".join(entry.term.split())
    return Term(
        id=name_anchor(term),
        term=term,
        aliases=tuple(" ".join(alias.split()) for alias in entry.aliases),
        meaning=" ".join(entry.meaning.split()),
        topic=entry.topic,
        place=place,
    )


def _check_entry(item: object, number: int, lines: Lines) -> Iterator[Problem]:
    place, name = _find_place(lines, number), f"entry {number + 1}"
    if not isinstance(item, Mapping):
        yield error("bad-field", f"{name} is not a mapping of fields", place, _HINT)
        return
    for key, field in _FIELDS.items():
        if field.required and not item.get(key):
            yield error("missing-field", f"{name}: no {key}", place, _HINT)
    for key, value in item.items():
        at = _find_place(lines, number, key)
        if key not in _FIELDS:
            yield error("unknown-field", f"there is no field {key!r} in the glossary", at, _HINT)
            continue
        for what in find_faults(key, value, _FIELDS[key].type):
            yield error("bad-field", f"{name}, {key}: {what}", at, _HINT)
        limit = MEANING if key == "meaning" else TERM
        for text in [value] if isinstance(value, str) else value if isinstance(value, list) else []:
            if isinstance(text, str) and len(text) > limit:
                yield error(
                    "too-long", f"{name}, {key}: more than {limit:,} characters", at, "write it shorter"
                )
            if key in {"term", "aliases"} and isinstance(text, str) and text and not name_anchor(text):
                hint = "write a word with letters or digits"
                yield error("bad-field", f"{name}, {key}: {text!r} has no letter", at, hint)


def _find_place(lines: Lines, number: int, *path: str) -> Place:
    """Return the place of a part of an entry, or of the entry where the part has none."""
    return Place(file=FILE, line=lines.get((number, *path), lines.get((number,), 0)))


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
