"""CSL-JSON to drafts (the variables of docs.citationstyles.org, CSL 1.0.2)."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from generator.formats.shared.entry import EntryBuilder
from generator.formats.shared.facts import as_list, as_object, clean
from generator.formats.shared.issued import build_date, share_date
from generator.formats.shared.json_answers import import_answers
from generator.formats.shared.name_lists import Names, gather_names, is_csl_body, read_csl_name
from generator.formats.shared.work_types import CSL_VENUES, WHOLE_BOOKS, part_body
from generator.formats.values import Batch, TextFile
from generator.model import Author, Draft, Paper, Source
from generator.problems import Place, Problem
from generator.text.maths import plain

_SCRIPT = re.compile(r"<(su[bp])>([^<>]*)</\1>", re.IGNORECASE)
_ATTRIBUTES = r"(?:\s+[\w:-]+\s*=\s*[\"'][^<>\"']*[\"'])*\s*/?>"
_RICH = "i|b|sc|span|em|strong|sub|sup"
_MARKUP = re.compile(rf"</?(?:{_RICH}){_ATTRIBUTES}", re.IGNORECASE)
"""The markup of rich text in CSL, and what is written for it."""
_ABSTRACT_MARKUP = re.compile(rf"</?(?:{_RICH}|p|jats:[a-z-]+){_ATTRIBUTES}", re.IGNORECASE)
"""What abstracts of Crossref have besides; in a title it is text."""
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|#\d{1,6}|#x[0-9a-f]{1,5});", re.IGNORECASE)
_ORCID = re.compile(r"(?:https?://orcid\.org/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])", re.ASCII)
_KEYS = ("id", "citation-key")
_PEOPLE = frozenset(
    """chair collection-editor compiler composer container-author contributor curator director editorial-director
    executive-producer guest host illustrator interviewer narrator organizer original-author performer producer
    recipient reviewed-author script-writer series-creator translator""".split()  # noqa: SIM905 (a list of words reads best as words)
)


def import_csl_json(files: Sequence[TextFile], captured: str) -> Batch:
    """Return a draft for every item of the files; an item without a title, or one that is no JSON, is a problem.

    `captured` is the day that the files were written, or empty.
    """
    return import_answers(files, captured, _build_draft)


def _text(value: object) -> str:
    """Return a text or number on one line; of a list its texts; the empty string for anything else."""
    if isinstance(value, list):
        return "; ".join(filter(None, map(_text, value)))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return clean(value)


def _rich(value: object, markup: re.Pattern[str] = _MARKUP) -> str:
    """Return a text without the markup of rich text; raised and lowered figures become characters of their own."""
    said = _text(value)
    if "<" in said:
        said = markup.sub("", _SCRIPT.sub(_raise, said))
    return clean(_ENTITY.sub(lambda m: html.unescape(m[0]), said)) if "&" in said else clean(said)


def _raise(match: re.Match[str]) -> str:
    said = plain(f"${'^' if match[1].lower() == 'sup' else '_'}{{{match[2]}}}$")
    return match[2] if said.startswith(("^", "_", "$")) else said


class _Item:
    """The variables of an item, each taken once; what nobody takes is left at the end."""

    def __init__(self, left: dict[str, object], sheet: EntryBuilder) -> None:
        self.left, self.sheet = left, sheet

    def take(self, name: str, markup: re.Pattern[str] = _MARKUP) -> str:
        value = self.left.get(name)
        said = _rich(value, markup)
        if said or value is None:
            self.left.pop(name, None)
        else:
            self.sheet.warn("bad-field", f"{name} is not text", "it is kept under `extra`")
        return said

    def take_names(self, name: str) -> tuple[Names, tuple[Author, ...]]:
        values = self.left.pop(name, [])
        values = values if isinstance(values, list) else [values]
        said = [read_csl_name(value) for value in values]
        bodies = [name for name, value in zip(said, values, strict=True) if is_csl_body(value)]
        names = gather_names(said, bodies)
        if names.more:
            self.sheet.keep("others", f"{name}s")
        if not all(said):
            self.sheet.keep(
                name, _dump([value for value, known in zip(values, said, strict=True) if not known])
            )
            self.sheet.warn("bad-name", f"a name under {name} is not a name", "it is kept under `extra`")
        orcids = {known: _find_orcid(value) for value, known in zip(values, said, strict=True)}
        return names, tuple(replace(author, orcid=orcids[author.name]) for author in names.as_authors())


def _find_orcid(value: object) -> str:
    match = _ORCID.fullmatch(clean(as_object(value).get("ORCID")))
    return match[1] if match else ""


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _build_draft(
    value: Mapping[str, object], source: Source, place: Place, problems: list[Problem]
) -> Draft | None:
    left = {name: said for name, said in value.items() if said not in (None, "", [], {})}
    key = next((said for name in _KEYS if (said := _text(left.get(name)))), source.entry)
    sheet = EntryBuilder(replace(source, entry=key), place, problems)
    item = _Item(left, sheet)
    for name in _KEYS:
        if _text(left.get(name)) == sheet.source.entry:
            left.pop(name)
    kind = item.take("type")
    if kind not in CSL_VENUES and kind != "article":
        sheet.keep("type", kind)
    _, authors = item.take_names("author")
    editors, _ = item.take_names("editor")
    sheet.add_doi(item.take("DOI"))
    sheet.keep("URL", sheet.add_addresses(item.take("URL")))
    number = item.take("number")
    if not (number.casefold().startswith("arxiv:") and sheet.add_arxiv(number)):
        sheet.keep("number", number)
    venue, publisher = part_body(item.take("container-title"), item.take("publisher"), CSL_VENUES.get(kind))
    if kind in WHOLE_BOOKS:
        sheet.keep("series", venue)
        venue = ""
    paper = Paper(
        title=item.take("title"),
        abstract=item.take("abstract", _ABSTRACT_MARKUP),
        authors=authors,
        published=_read_date(left, sheet),
        venue=venue,
        venue_type=CSL_VENUES.get(kind),
        volume=item.take("volume"),
        issue=item.take("issue"),
        pages=item.take("page"),
        editors=editors.as_editors(),
        publisher=publisher,
        isbn=item.take("ISBN"),
        language=item.take("language"),
    )
    sheet.keep("keywords", item.take("keyword"))
    if isinstance(note := left.get("note"), str):
        sheet.read_note(note)
    for name, rest in left.items():
        sheet.keep(name, _describe(name, rest))
    return sheet.finish(paper)


def _describe(name: str, value: object) -> str:
    """Return a variable that there is no field for as text: names and dates as such, other structures as JSON."""
    if name in _PEOPLE and isinstance(value, list):
        return "; ".join(filter(None, map(read_csl_name, value))) or _dump(value)
    if isinstance(value, dict) and (dates := _list_dates(value)):
        return "/".join(dates)
    return _rich(value) or _dump(value)


def _list_dates(value: Mapping[str, object]) -> list[str]:
    """Return the dates that `date-parts` holds: one, or the two ends of a range."""
    dates = []
    for parts in as_list(value.get("date-parts")):
        numbers = [
            int(said) if (said := _text(part)).isdecimal() and len(said) <= len("2024") else 0
            for part in as_list(parts)
        ]
        if numbers and (date := build_date(*numbers[:3])):
            dates.append(date)
    return dates


def _read_date(left: dict[str, object], sheet: EntryBuilder) -> str:
    """Return when an item was issued, as far as it is certain."""
    value = left.pop("issued", None)
    if not isinstance(value, dict):
        return sheet.date(_text(value))
    dates = _list_dates(value)
    if value.get("circa"):
        return sheet.date(
            f"circa {'/'.join(dates) or _text(value.get('raw')) or _text(value.get('literal'))}"
        )
    if len(dates) > 1:
        sheet.claims["published"] = "/".join(dates)
        return share_date(dates[0], dates[-1])
    return dates[0] if dates else sheet.date(_text(value.get("raw")), _text(value.get("literal")))
