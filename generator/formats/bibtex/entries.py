"""BibTeX files as entries: macros expanded, inherited fields added, errors reported with their line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from bibtexparser.model import Block, Entry, Field, ImplicitComment, ParsingFailedBlock, String
from msgspec import Struct

from generator.formats.bibtex.blocks import list_blocks, restore
from generator.formats.bibtex.values import Macros, read_value
from generator.formats.values import TextFile
from generator.problems import Place, Problem, error, warning

_FIELDS_OUTSIDE = re.compile(r"[\s,}]*[A-Za-z][\w-]*\s*=\s*[{\"\w]")
_STARTS = re.compile(r"^[ \t]*@[ \t]*[A-Za-z]+[ \t]*[{(]", re.MULTILINE)
_MACRO = re.compile(r"@[ \t]*string\b", re.IGNORECASE)
_TORN = re.compile(r"[ \t]*@[ \t]*\w*")
"""A last line that is only the beginning of an entry."""
_LOST = "correct it and import the file again; entries that are already on the shelf are recognised"


class RawEntry(Struct, kw_only=True):
    """An entry with its fields as TeX, their names in lower case, in the order of the file."""

    kind: str
    key: str
    fields: dict[str, str]
    place: Place


class Reading(Struct, frozen=True, kw_only=True):
    """The entries of one file, in their order, and how many there are with those that are broken."""

    entries: tuple[RawEntry, ...]
    count: int


def parse_entries(files: Sequence[TextFile]) -> tuple[tuple[Reading, ...], tuple[Problem, ...]]:
    """Return the entries of every file and what is wrong with them.

    Macros hold in the files after them too, as BibTeX has it. `@string`, `@preamble`, `@comment` and `@xdata` are no
    entries: they only serve others.
    """
    problems: list[Problem] = []
    macros = Macros()
    readings: list[Reading] = []
    for file in files:
        blocks = list_blocks(file.text)
        macros.left += 2 * len(file.text)
        if _MACRO.search(file.text):
            _gather_macros(blocks, file.name, macros, problems)
        entries: list[RawEntry] = []
        broken = sum(
            _read_block(block, _Piece(file.name, above), macros, entries, problems) for block, above in blocks
        )
        _find_twins(entries, problems)
        text = file.text.rstrip()
        if _TORN.fullmatch(text, text.rfind("\n") + 1):
            place = Place(file=file.name, line=text.count("\n") + 1)
            problems.append(error("cut-off", "the file ends inside an unfinished entry", place, _LOST))
            broken += 1
        readings.append(Reading(entries=tuple(entries), count=len(entries) + broken))
    return tuple(readings), tuple(problems)


class _Piece(Struct, frozen=True):
    """The part of a file that a block is in: the name of the file, and how many lines are above."""

    file: str
    above: int

    def place(self, part: Block | Field) -> Place:
        return Place(file=self.file, line=(part.start_line or 0) + self.above + 1)


def _unwrap(block: Block) -> Block:
    """Return the entry or macro inside a block that the parser marks because its key or a field's name comes twice."""
    while isinstance(block, ParsingFailedBlock) and block.ignore_error_block is not None:
        block = block.ignore_error_block
    return block


def _gather_macros(
    blocks: Iterable[tuple[Block, int]], file: str, macros: Macros, problems: list[Problem]
) -> None:
    for wrapped, above in blocks:
        block = _unwrap(wrapped)
        if isinstance(block, String):
            value, faults = read_value(restore(block.value), macros)
            macros.texts[block.key.lower()] = value.text
            place = _Piece(file, above).place(block)
            problems += (
                warning("broken-entry", f"@string {block.key}: {fault}", place, _LOST) for fault in faults
            )


def _read_block(
    block: Block, piece: _Piece, macros: Macros, entries: list[RawEntry], problems: list[Problem]
) -> int:
    """Put the entry of a block to the others; return how many entries it holds that cannot be read."""
    block = _unwrap(block)
    place = piece.place(block)
    if isinstance(block, Entry):
        if not block.entry_type:
            problems.append(
                error("broken-entry", f"{block.key[:80]!r} has no type after the @", place, _LOST)
            )
            return 1
        entries.append(_read_entry(block, piece, macros, problems))
    elif isinstance(block, ParsingFailedBlock):
        raw = block.raw or ""
        start = " ".join(restore(raw).split())[:60]
        reason = " ".join(str(getattr(block.error, "abort_reason", block.error)).split())
        problems.append(
            error("broken-entry", f"{start} … cannot be read: {restore(reason)[:200]}", place, _LOST)
        )
        return (
            0
            if re.match(r"@\s*(?:string|preamble|comment)\b", raw, re.IGNORECASE)
            else max(1, len(_STARTS.findall(raw)))
        )
    elif isinstance(block, ImplicitComment) and _FIELDS_OUTSIDE.match(block.comment):
        start = " ".join(restore(block.comment).split())[:60]
        message = f"fields outside of an entry: {start} … (perhaps there is an extra brace above)"
        problems.append(warning("broken-entry", message, place, _LOST))
    return 0


def _read_entry(block: Entry, piece: _Piece, macros: Macros, problems: list[Problem]) -> RawEntry:
    fields: dict[str, str] = {}
    for name, text, field in _read_fields(block, piece, macros, problems):
        if name in fields and fields[name] != text:
            message = f"{block.key}: a second field {name!r}"
            hint = "the first one is used, the other is kept under `extra`"
            problems.append(warning("broken-entry", message, piece.place(field), hint))
        fields.setdefault(f"{name}-2" if fields.get(name, text) != text else name, text)
    return RawEntry(
        kind=block.entry_type.lower(), key=restore(block.key), fields=fields, place=piece.place(block)
    )


def _read_fields(
    block: Entry, piece: _Piece, macros: Macros, problems: list[Problem]
) -> Iterator[tuple[str, str, Field]]:
    """Yield the names and texts of an entry's fields, each with the field that it is written in."""
    for field in block.fields:
        name = field.key.rsplit("\n", 1)[-1].strip().lower()  # what is above it is a comment
        value, faults = read_value(restore(str(field.value)), macros)
        for fault in faults:
            message = f"{block.key}: {name}: {fault}"
            problems.append(warning("broken-entry", message, piece.place(field), "check what was imported"))
        yield restore(name), value.text, field
        yield from ((more, text, field) for more, text in value.fields)


def _find_twins(entries: Iterable[RawEntry], problems: list[Problem]) -> None:
    seen: dict[str, Place] = {}
    for entry in entries:
        first = seen.setdefault(entry.key.lower(), entry.place)
        if entry.key and first is not entry.place:
            message = f"the key {entry.key!r} is also used by the entry in line {first.line}"
            problems.append(
                warning("duplicate-key", message, entry.place, "both were imported: change one of the keys")
            )
