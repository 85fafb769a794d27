"""Reads a Zotero library, exported as “BetterBibTeX JSON”, into drafts, with its collections."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import msgspec
from msgspec.structs import replace

from generator.formats.naming import name_files
from generator.formats.shared.entry import EntryBuilder
from generator.formats.shared.facts import as_list, as_object, clean_value, note_empty, read_html
from generator.formats.shared.name_lists import gather_names
from generator.formats.values import Batch, TextFile
from generator.model import Draft, Paper, Source, VenueType
from generator.problems import Place, Problem, note
from generator.records.groups import PATH
from generator.storage.json_items import read_items
from generator.text.names import join_name

_VENUE_TYPES: Mapping[str, VenueType] = {
    "journalArticle": "journal", "magazineArticle": "journal", "conferencePaper": "conference", "book": "book",
    "bookSection": "book", "thesis": "thesis", "report": "report", "preprint": "preprint",
}  # fmt: skip
_NO_PAPERS = frozenset({"attachment", "note", "annotation"})
_VENUES = (
    "publicationTitle",
    "proceedingsTitle",
    "bookTitle",
    "conferenceName",
    "university",
    "institution",
    "repository",
)
_OF_THE_LIBRARY = frozenset(
    """itemID itemKey key version libraryID uri relations seeAlso attachments notes collections dateAdded dateModified
    accessDate libraryCatalog creators tags itemType title select citekey citationKey inPublications""".split()  # noqa: SIM905 (a list of words reads best as words)
)
"""Fields about Zotero's own item, and fields that are read separately."""
_EXTRA_LINE = re.compile(r"([A-Za-z][\w .-]{0,40}?)\s*[:=]\s*(\S.*)")
_MOST_LEVELS = 20


def import_better_bibtex_json(files: Sequence[TextFile], captured: str) -> Batch:
    """Return a draft for every item in the libraries; standalone notes and attachments are skipped.

    The collections of an item are in `groups`, each with its parent collections: `Birds > Owls`. `captured` is the date
    on which the files were written, or empty.
    """
    drafts: list[Draft] = []
    problems: list[Problem] = []
    entries = 0
    names = name_files(files)
    for file in files:
        items, faults = read_items(file.text, file=file.name, wrapper="items")
        problems += faults
        if not items:
            problems.append(note_empty(file.name))
        collections = _list_collections(file.text)
        entries += len(items)
        for number, item in enumerate(items, start=1):
            place = Place(file=file.name, line=item.line)
            source = Source(name=names[file.name], entry=str(number), date=captured)
            if item.value is not None and (
                draft := _build_draft(item.value, source, place, problems, collections)
            ):
                drafts.append(draft)
    return Batch(drafts=tuple(drafts), entries=entries, problems=tuple(problems))


def _list_collections(text: str) -> Mapping[str, tuple[str, ...]]:
    """Return the paths of collections, by the id of each item in them and by the key of the collection."""
    try:
        library = msgspec.json.decode(text.lstrip("\ufeff"))
    except (msgspec.DecodeError, RecursionError):
        return {}
    listed = as_object(as_object(library).get("collections"))
    found: dict[str, dict[str, None]] = {}
    for key in listed:
        path = PATH.join(_climb(key, listed))
        for item in (*as_list(as_object(listed[key]).get("items")), key):
            if path:
                found.setdefault(str(item), {})[path] = None
    return {item: tuple(paths) for item, paths in found.items()}


def _climb(key: str, listed: Mapping[str, object]) -> list[str]:
    """Return the names of a collection and its parents, the outermost first."""
    names: list[str] = []
    while key in listed and len(names) < _MOST_LEVELS:
        collection = as_object(listed[key])
        names.insert(0, read_html(collection.get("name")))
        key = clean_value(collection.get("parent"))
    return list(filter(None, names))


def _build_draft(
    item: Mapping[str, object],
    source: Source,
    place: Place,
    problems: list[Problem],
    collections: Mapping[str, tuple[str, ...]],
) -> Draft | None:
    kind = clean_value(item.get("itemType"))
    if kind in _NO_PAPERS:
        problems.append(
            note("not-an-entry", f"standalone {kind}: it belongs to no item, so it was skipped", place)
        )
        return None
    key = next(
        filter(None, (clean_value(item.get(name)) for name in ("citationKey", "citekey", "key", "itemKey"))),
        "",
    )
    sheet = EntryBuilder(replace(source, entry=key or source.entry), place, problems)
    left = {name: said for name in item if name not in _OF_THE_LIBRARY and (said := _say(item[name]))}
    if kind not in _VENUE_TYPES:
        sheet.keep("itemType", kind)
    authors, editors = (gather_names(_list_people(item, role)) for role in ("author", "editor"))
    for role, name in _list_others(item):
        sheet.keep(role, name)
    sheet.add_doi(left.pop("DOI", ""))
    sheet.keep("url", sheet.add_addresses(left.pop("url", "")))
    for name in ("archiveID", "number"):
        if left.get(name, "").casefold().startswith("arxiv:") and sheet.add_arxiv(left[name]):
            del left[name]
    _read_extra(item.get("extra"), left, sheet)
    where = next((name for name in _VENUES if left.get(name)), "")
    paper = Paper(
        title=read_html(item.get("title")) or left.pop("caseName", "") or left.pop("nameOfAct", ""),
        abstract=left.pop("abstractNote", ""),
        authors=authors.as_authors(),
        published=sheet.date(left.pop("date", "")),
        venue=left.pop(where, ""),
        venue_type=_VENUE_TYPES.get(kind),
        volume=left.pop("volume", ""),
        issue=left.pop("issue", ""),
        pages=left.pop("pages", ""),
        editors=editors.names,
        publisher=left.pop("publisher", ""),
        isbn=left.pop("ISBN", ""),
        language=left.pop("language", ""),
        groups=_gather_groups(item, collections),
    )
    for name, text in left.items():
        sheet.keep(name, text)
    return sheet.finish(paper)


def _say(value: object) -> str:
    """Return a text or number as text; empty for anything else."""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else read_html(value)


def _list_people(item: Mapping[str, object], role: str) -> Iterator[str]:
    people = (as_object(person) for person in as_list(item.get("creators")))
    yield from (_name(person) for person in people if clean_value(person.get("creatorType")) == role)


def _list_others(item: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Yield the role and name of all other people, such as translators."""
    for person in map(as_object, as_list(item.get("creators"))):
        role = clean_value(person.get("creatorType"))
        if role not in {"author", "editor"}:
            yield role or "creator", _name(person)


def _name(person: Mapping[str, object]) -> str:
    family, given = (read_html(person.get(name)) for name in ("lastName", "firstName"))
    return read_html(person.get("name")) or join_name(family, given)


def _read_extra(value: object, left: dict[str, str], sheet: EntryBuilder) -> None:
    """Read the lines of Zotero's `extra` field, such as `DOI: …` and `arXiv: …`; other lines are kept."""
    left.pop("extra", None)
    lines = as_list(value) if isinstance(value, list) else str(value or "").split("\n")
    for line in filter(None, map(clean_value, lines)):
        match = _EXTRA_LINE.fullmatch(line)
        name = match[1].casefold() if match else ""
        if name == "citation key":
            continue
        if match and name == "doi":
            sheet.add_doi(match[2])
        elif not (match and name == "arxiv" and sheet.add_arxiv(match[2])):
            sheet.keep("extra", line)


def _gather_groups(
    item: Mapping[str, object], collections: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """Return the tags and collections of an item; older exports list the collections in the item."""
    tags = (read_html(as_object(tag).get("tag")) or read_html(tag) for tag in as_list(item.get("tags")))
    keys = [str(item.get("itemID", "")), *map(str, as_list(item.get("collections")))]
    paths = (path for key in keys for path in collections.get(key, ()))
    groups = {"tags": tuple(dict.fromkeys(filter(None, tags))), "collections": tuple(dict.fromkeys(paths))}
    return {name: values for name, values in groups.items() if values}
