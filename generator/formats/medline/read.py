"""Reads MEDLINE, PubMed's format for citation managers (`.nbib`), into drafts.

Tags: https://www.nlm.nih.gov/bsd/mms/medlineelements.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from generator.formats.naming import name_files
from generator.formats.shared.entry import EntryBuilder
from generator.formats.shared.facts import clean_value, note_empty, read_html
from generator.formats.shared.name_lists import gather_names, read_ris_name
from generator.formats.values import Batch, TextFile
from generator.model import Draft, Paper, Source
from generator.problems import Place, Problem, error

_TAG = re.compile(r"([A-Z]{2,4}) *- ?(.*)")
_START = "PMID"
_IDENTIFIER = re.compile(r"(?P<value>\S+)\s+\[(?P<kind>doi|pii)\]")
_GROUPS: Mapping[str, str] = {"OT": "keywords", "MH": "subjects"}
_VERBATIM = frozenset({"LID", "AID", _START})
# Tags about the database entry instead of the paper.
_LEFT = frozenset(
    "OWN STAT DCOM LR IS PMC PMCR JID SB EDAT MHDA CRDT PHST PST PL IR FIR CI AUID SO CTDT DRDT OID OCI RIN UOF DEP DA LA PT CRI".split()  # noqa: SIM905 (a list of words reads best as words)
)


class _Entry(Struct, frozen=True):
    """The first line of an entry, and its values by tag."""

    line: int
    values: dict[str, list[str]]


def import_medline(files: Sequence[TextFile], captured: str) -> Batch:
    """Return a draft for every entry in the files; an entry without a title is a problem.

    `captured` is the date on which the files were written, or empty.
    """
    drafts: list[Draft] = []
    problems: list[Problem] = []
    names = name_files(files)
    count = 0
    for file in files:
        entries = list(_split(file.text))
        count += len(entries)
        if not entries:
            problems.append(note_empty(file.name))
        elif not file.text.endswith("\n"):
            place = Place(file=file.name, line=file.text.count("\n") + 1)
            hint = "export the file again, or complete its last line"
            problems.append(error("cut-off", "the file ends inside an unfinished line", place, hint))
        for number, entry in enumerate(entries, start=1):
            key = entry.values[_START][0] or str(number)
            source = Source(name=names[file.name], entry=key, date=captured)
            sheet = EntryBuilder(source, Place(file=file.name, line=entry.line), problems)
            if draft := _build_draft(entry.values, sheet):
                drafts.append(draft)
    return Batch(drafts=tuple(drafts), entries=count, problems=tuple(problems))


def _split(text: str) -> Iterator[_Entry]:
    """Yield the entries of a text: each begins with its number; indented lines are continuations."""
    entry: _Entry | None = None
    tag = ""
    for number, line in enumerate(text.lstrip("\ufeff").split("\n"), start=1):
        match = _TAG.match(line)
        if match and match[1] == _START:
            if entry:
                yield entry
            entry = _Entry(number, {})
        if entry is None:
            continue
        if match:
            tag = match[1]
            entry.values.setdefault(tag, []).append(match[2].strip())
        elif line.strip() and tag:
            entry.values[tag][-1] += f" {line.strip()}"
    if entry:
        yield entry


def _build_draft(values: Mapping[str, list[str]], sheet: EntryBuilder) -> Draft | None:
    left = {
        tag: [clean_value(value) if tag in _VERBATIM else read_html(value) for value in said if value]
        for tag, said in values.items()
    }

    def take(*tags: str) -> str:
        """Return the first value of the first tag with a value; other values are kept."""
        found = [value for tag in tags for value in left.pop(tag, [])[:1] if value]
        return found[0] if found else ""

    number = take(_START)
    sheet.keep("pmid", number)
    if number.isdecimal():
        sheet.add_addresses(f"https://pubmed.ncbi.nlm.nih.gov/{number}/")
    for value in (*left.pop("LID", []), *left.pop("AID", [])):
        match = _IDENTIFIER.fullmatch(value)
        if match and match["kind"] == "doi":
            sheet.add_doi(match["value"])
    full, short = left.pop("FAU", []), left.pop("AU", [])
    bodies = left.pop("CN", [])
    authors = gather_names([*map(read_ris_name, full or map(_part_initials, short)), *bodies], bodies)
    if authors.more:
        sheet.keep("others", "authors")
    paper = Paper(
        title=take("TI", "BTI").removesuffix("."),
        abstract=take("AB"),
        authors=authors.as_authors(),
        published=sheet.date(take("DP")),
        venue=take("JT", "TA"),
        volume=take("VI"),
        issue=take("IP"),
        pages=take("PG"),
        editors=gather_names(map(read_ris_name, left.pop("FED", left.pop("ED", [])))).as_editors(),
        groups={
            name: tuple(dict.fromkeys(said)) for tag, name in _GROUPS.items() if (said := left.pop(tag, []))
        },
    )
    for tag, said in left.items():
        for value in said if tag not in _LEFT else ():
            sheet.keep(tag, value)
    return sheet.finish(paper)


def _part_initials(name: str) -> str:
    """Return a short name with a comma before its initials: `Doe, J` for `Doe J`."""
    family, _, initials = name.rpartition(" ")
    return f"{family}, {initials}" if family and initials.isupper() else name
