"""Checks of a shelf: the form of ids, dates and links, duplicates, and references."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache

from msgspec.structs import replace

from generator.identifiers import IDENTITY, list_work_identifiers, parse_identifier
from generator.limits import CITATION_KEY
from generator.model import Author, Image, LinkKind, Paper
from generator.problems import Problem, error, warning
from generator.records.ids import MAX_LENGTH, RESERVED, is_id
from generator.records.keys import is_key
from generator.records.normalise import check_limits, normalise_paper
from generator.records.parse import RecordPlace, parse_record
from generator.text.titles import build_fingerprint

_STAND_IN = "untitled"
_BLANKS = dict.fromkeys(map(ord, "\u115f\u1160\u2800\u3164\uffa0"))
"""Invisible letters and symbols: the Hangul fillers and the Braille pattern without dots."""
_DATE = re.compile(r"\d{4}(?:-\d\d){0,2}", re.ASCII)


def read_record(value: object, place: RecordPlace) -> tuple[Paper | None, list[Problem]]:
    """Return the checked paper for a mapping of fields, and every error; the paper is None without a title."""
    paper, wrong = parse_record(value, place)
    if paper is not None:
        clean, problems = check_record(paper, place)
        return clean, [*wrong, *problems]
    if not isinstance(value, Mapping):
        return None, list(wrong)
    # A placeholder for the title or id makes it possible to report the other errors of the record, too.
    whole, _ = parse_record({**value, "title": _STAND_IN, "id": value.get("id") or _STAND_IN}, place)
    return None, [*wrong, *(check_record(whole, place)[1] if whole else ())]


_LINES = ("id", "title", "summary", "note", "venue")
"""Texts that are one line."""


def check_record(paper: Paper, place: RecordPlace, *, is_draft: bool = False) -> tuple[Paper, list[Problem]]:
    """Return the paper with canonical links and tidy, single-spaced texts, and every error of its values.

    A draft (`is_draft`) may be without an id: the shelf gives it one later.
    """
    paper, problems = normalise_paper(paper, place)
    problems += _check_ids(paper, place, is_draft=is_draft)
    problems += [*_check_dates(paper, place), *check_limits(paper, place), *_check_image(paper, place)]
    if not _shows_something(paper.title):
        problems.append(
            error(
                "missing-field",
                "the title has no visible characters",
                place.of("title"),
                "write the paper's title",
            )
        )
    links: dict[LinkKind, tuple[str, ...]] = {}
    for kind, values in paper.links.items():
        if kept := tuple([value for v in values if (value := _check_link(kind, v, place, problems))]):
            links[kind] = kept
    changed: dict[str, object] = {} if links == paper.links else {"links": links}
    for name in _LINES:
        if (text := getattr(paper, name)) and (said := _one_line(text)) != text:
            changed[name] = said
    for author in paper.authors:
        if not author.name or _one_line(author.name) != author.name:
            changed["authors"] = _tidy_authors(paper.authors)
    if paper.image:
        changed["image"] = _tidy_image(paper.image)
    if paper.groups:
        changed["groups"] = _tidy_groups(paper.groups)
    return (replace(paper, **changed) if changed else paper), problems


def _tidy_authors(authors: Iterable[Author]) -> tuple[Author, ...]:
    return tuple(replace(a, name=_one_line(a.name)) for a in authors if a.name.strip())


def _tidy_image(image: Image) -> Image:
    file, alt, licence, source = map(_one_line, (image.file, image.alt, image.licence, image.source))
    return Image(file=file, alt=alt, licence=licence, source=source)


def _tidy_groups(groups: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    tidy = {
        _one_line(name): tuple(dict.fromkeys(filter(None, map(_one_line, items))))
        for name, items in groups.items()
    }
    return {name: items for name, items in tidy.items() if name and items}


def has_sound_forms(paper: Paper) -> bool:
    """Return whether ids, dates and links are valid, as in a checked record, so that paths and URLs can be built from them."""
    place = RecordPlace("", 0)
    wrong = [*_check_ids(paper, place), *_check_dates(paper, place)]
    links = ((kind, value) for kind, values in paper.links.items() for value in values)
    return not wrong and all(parse_identifier(kind, value) == value for kind, value in links)


def _shows_something(title: str) -> bool:
    if title.isascii() and any(map(str.isalnum, title)):
        return True
    shown = title.translate(_BLANKS)
    return any(map(str.isalnum, shown)) or bool(build_fingerprint(shown))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _check_ids(paper: Paper, place: RecordPlace, *, is_draft: bool = False) -> Iterator[Problem]:
    if paper.key and not is_key(paper.key):
        hint = f"use at most {CITATION_KEY} characters: ASCII letters and digits, with single characters of -_:.+ between them"
        yield error("bad-id", f"invalid citation key {paper.key!r}", place.of("key"), hint)
    ids = [("id", paper.id)] if paper.id or not is_draft else []
    if paper.aliases:
        ids += [("aliases", alias) for alias in paper.aliases]
    for field, value in ids:
        if not is_id(value):
            hint = f"use a-z, 0-9 and single hyphens, at most {MAX_LENGTH} characters and not only digits"
            yield error("bad-id", f"invalid id {value!r}", place.of(field), hint)
        elif value in RESERVED:
            message = f"{value!r} is kept for the site itself"
            yield error("id-is-reserved", message, place.of(field), "add a word to it")


@lru_cache(maxsize=10_000)
def is_date(text: str) -> bool:
    """Return whether a text is a calendar date of the form `YYYY`, `YYYY-MM` or `YYYY-MM-DD`."""
    if not _DATE.fullmatch(text):
        return False
    try:
        dt.date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        return False
    return True


def _check_image(paper: Paper, place: RecordPlace) -> Iterator[Problem]:
    image = paper.image
    for name, text in (("file", image.file), ("alt", image.alt)) if image else ():
        if not text.strip():
            hint = "write what the picture shows" if name == "alt" else "write the path of the file"
            yield error("bad-image", f"image.{name}: is empty", place.of("image"), hint)


def _check_dates(paper: Paper, place: RecordPlace) -> Iterator[Problem]:
    dates = [("published", paper.published), ("added", paper.added)]
    dates += [("sources", date) for source in paper.sources for date in (source.date, source.gone)]
    for field, value in dates:
        if value and not is_date(value):
            hint = "write YYYY, YYYY-MM or YYYY-MM-DD, as precise as the source"
            yield error("bad-date", f"{field}: {value!r} is not a date", place.of(field), hint)


def _check_link(kind: LinkKind, value: str, place: RecordPlace, problems: list[Problem]) -> str | None:
    canonical = parse_identifier(kind, value)
    if canonical is None:
        form = f"an identifier of the kind {kind} or its URL" if kind in IDENTITY else "an http(s) URL"
        message = f"links.{kind}: {value!r} is not {form}, so pages do not show it"
        problems.append(warning("bad-link", message, place.of("links"), "correct or remove it"))
    return canonical


def check_papers(papers: Mapping[str, Paper], place_of: Callable[[str], RecordPlace]) -> Iterator[Problem]:
    """Yield the errors that need all records to detect: duplicates, and references to missing records."""
    owner = {key: key for key in papers}
    cited: dict[str, str] = {}
    named: dict[tuple[LinkKind, str], str] = {}
    for paper in papers.values():
        place = place_of(paper.id)
        for alias in paper.aliases:
            if owner.setdefault(alias, paper.id) != paper.id:
                message = f"the alias {alias!r} already belongs to another record"
                yield error(
                    "duplicate-id", message, place.of("aliases"), "ids are never reused: remove this alias"
                )
        if (first := cited.setdefault(paper.citation_key.lower(), paper.id)) != paper.id:
            message = f"the citation key {paper.citation_key!r} is also used by {first!r}"
            yield warning("duplicate-id", message, place.of("key"), "change one of the two keys")
        if paper.superseded_by and paper.superseded_by not in papers:
            message = f"superseded_by: no record has the id {paper.superseded_by!r}"
            yield error(
                "unknown-paper", message, place.of("superseded_by"), "write the id of a record on this shelf"
            )
        twins: dict[str, tuple[LinkKind, str]] = {}
        for name in list_work_identifiers(paper.links):
            if (first := named.setdefault(name, paper.id)) != paper.id:
                twins.setdefault(first, name)
        for first, (kind, value) in twins.items():
            message = f"{kind} {value} is also in {place_of(first).file}"
            yield error("duplicate-paper", message, place.of("links"), "merge the two records")
    for key in list_circles(papers):
        message = "`superseded_by` forms a loop: following it leads back to this record"
        hint = "write the id of the paper that replaces it"
        yield error("bad-field", message, place_of(key).of("superseded_by"), hint)


def list_circles(papers: Mapping[str, Paper]) -> Iterator[str]:
    """Yield the ids of papers whose `superseded_by` leads back to them."""
    seen: set[str] = set()
    for first, paper in papers.items():
        if not paper.superseded_by:
            continue
        way: dict[str, int] = {}
        key = first
        while key and key in papers and key not in seen:
            seen.add(key)
            way[key] = len(way)
            key = papers[key].superseded_by
        if key in way:
            yield from list(way)[way[key] :]
