"""Problems of content as values, collected and reported together, and the exception that carries them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from generator.limits import MESSAGE

CODES: Mapping[str, str] = MappingProxyType(
    {
        "bad-address": "A line of urls.txt that is not a URL of the site, a title and optional identifiers.",
        "bad-date": "A date that is not a calendar date of the form YYYY, YYYY-MM or YYYY-MM-DD.",
        "bad-field": "A field whose value has the wrong type or is not one of the accepted values.",
        "bad-id": "An id that is not made of lower-case ASCII letters, digits and single hyphens.",
        "bad-json": "JSON that cannot be read, or an item that is not an object or has a key twice.",
        "bad-link": "A link of an unknown kind, or one that is neither an identifier nor an http(s) URL.",
        "bad-name": "A name with more commas than the names of its format may have.",
        "bad-overview": "An overview with more than paragraphs, lists, emphasis and links to papers and topics.",
        "bad-rule": "A topic rule without a phrase, or with an unknown part.",
        "bad-spot": "A line of map.csv that is not one paper's id and two whole numbers.",
        "bad-value": "A value of one of the shelf's own fields that is none of the declared type.",
        "bad-xml": "A file that is not well-formed XML of its format, or that has a document type.",
        "bad-yaml": "A file that is not the strict YAML that records are written in.",
        "broken-entry": "An entry of a bibliography, or a part of one, that breaks the rules of its format.",
        "broken-link": "A link that leads nowhere: nothing is there, or its host could not be reached on two days.",
        "conflict": "An entry that looks like a record of the shelf but disagrees with it; a person must decide.",
        "cut-off": "An input that ends in the middle of an entry or a list.",
        "cut-short": "A command that was killed while it wrote the shelf; the next one finishes it, or reports why it cannot.",
        "dash-for-hyphen": "A dash between the words of a compound in a summary or note, where a hyphen is meant.",
        "date-after-page": "An entry dated after the page that lists it; its date is left unknown.",
        "different-file-name": "A record file that is not named after the id of its record.",
        "duplicate-id": "Two records with the same id or citation key, or an alias that is another record's id.",
        "duplicate-key": "Two entries of a bibliography with the same key; both are imported.",
        "duplicate-paper": "Two records that carry the same identifier.",
        "duplicate-term": "Two entries of the glossary with the same term or alias.",
        "empty-shelf": "A shelf without a single record.",
        "id-is-reserved": "An id that is reserved for a page of the site or by an operating system.",
        "known-paper": "A paper that was named for the shelf and is on it already; its record stays unchanged.",
        "left-out": "Items of a reading list that name no paper, and so became no entries.",
        "left-source": "An entry of a source that a record came from, and that is no longer there.",
        "lost-address": "A URL that was published and that the next build would lose.",
        "merge-conflict": "A file with an unresolved merge: it contains Git's conflict markers.",
        "mirror": "A link to a host that copies another one.",
        "missing-field": "A record or topic without a field that it must have.",
        "newer-format": "A shelf whose records have a format that this version of Papershelf does not know.",
        "no-abstract": "An entry that has only a title.",
        "no-added": "Records that do not say when they were added, so that they never appear as new.",
        "no-answer": "A service on the network that could not be reached, or gave no answer that can be used.",
        "no-entries": "An input without a single entry.",
        "no-ledger": "A shelf without urls.txt, the list of what was published.",
        "no-name": "A word or a line that should name a paper by an identifier or an address, and does not.",
        "no-page-date": "A listing page without a date.",
        "no-quotation": "A reason of a topic that quotes words which its text does not have.",
        "not-found": "An identifier of a paper that no service knows.",
        "not-kept": "A value of an entry that differs from its record and is not kept as a claim of its source either.",
        "not-the-form": "The body of an issue that was not made with the project's form.",
        "not-an-entry": "Text in a file that cannot be an entry.",
        "not-ours": "A hidden file or folder with a name that Papershelf uses, which this machine did not make; it is ignored.",
        "other-reading": "A file that could be in another format, too; the report says which was taken.",
        "readme-differs": "A part of a README that its generated list does not hold, or that would be read back differently.",
        "remark": "What stands behind a name in a list of names; a new record keeps it under `extra`.",
        "repository-kind": "A repository of code whose link is of another kind.",
        "reused-id": "An id that was published for one paper and now belongs to another.",
        "same-title": "Two papers with one title, which are certainly two works; both are kept.",
        "source-differs": "A source says something else of an entry than its record, or than it said before; the record stays unchanged.",
        "source-error": "An answer in which a service reports an error and gives no papers.",
        "status-changed": "An import reports a paper as withdrawn, superseded or removed, and its record has this status now.",
        "status-disputed": "An import reports a paper as withdrawn, superseded or removed, but its record has another status and stays unchanged.",
        "stray-file": "A file among the records that is not a record.",
        "too-long": "A text, list or number above the limit of a record or entry.",
        "too-many": "More entries in one file, or values in one YAML file, than the limit allows.",
        "topic-loop": "A topic that is its own ancestor.",
        "unclear-authors": "A cell of names in which it is unclear where one name ends; the authors stay unknown.",
        "unfounded-figure": "A number in an overview that no paper linked in its sentence has.",
        "unknown-entry": "A reference to an entry that is not in the imported files.",
        "unknown-field": "A field that records or topics do not have.",
        "unknown-format": "A file, or a line of sources.txt, whose format is not known.",
        "unknown-paper": "A reference to a paper that is not on the shelf.",
        "unknown-topic": "A reference to a topic that topics.yml does not define.",
        "unlinked-sentence": "Sentences of an overview without a link to a paper.",
        "unreadable-file": "A file that is not plain text in UTF-8, cannot be read, is too large or is outside of the content.",
        "unseen-characters": "Invisible characters, or characters that change the direction of text; they are left out.",
        "wrong-cells": "A row of a table whose number of cells differs from the header.",
        "wrong-format": "A file that is clearly in another format than the named one.",
        "year-assumed": "Dates without a year, whose year was inferred and is reported.",
    }
)
"""Every code that a Problem may carry, with what it means; the reference page is made from it."""


def make_safe(text: str) -> str:
    """Return a text for a report: one line, not too long, and nothing that a terminal or another program obeys."""
    if len(text) > MESSAGE:
        text = f"{text[:MESSAGE]} …"
    return (
        text
        if text.isprintable()
        else "".join(c if c.isprintable() else " " if c.isspace() else "\ufffd" for c in text)
    )


class Severity(StrEnum):
    """How much a problem matters: errors stop a build, warnings stop a strict one, notes only inform."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A file, relative to the folder that was read, and a line in it, counted from 1 (0: the whole file)."""

    file: str
    line: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "file", make_safe(self.file))

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One error: what it is, where it is, and what to do about it."""

    severity: Severity
    code: str
    message: str
    place: Place | None = None
    hint: str = ""

    def __post_init__(self) -> None:
        if self.code not in CODES:
            raise ValueError(f"problem code {self.code!r} is not listed in CODES")
        object.__setattr__(self, "message", make_safe(self.message))
        object.__setattr__(self, "hint", make_safe(self.hint))

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        hint = f"\n    → {self.hint}" if self.hint else ""
        return f"{where}{self.severity} [{self.code}] {self.message}{hint}"


def error(code: str, message: str, place: Place | None = None, hint: str = "") -> Problem:
    """Return a problem that stops every build."""
    return Problem(severity=Severity.ERROR, code=code, message=message, place=place, hint=hint)


def warning(code: str, message: str, place: Place | None = None, hint: str = "") -> Problem:
    """Return a problem that stops a strict build."""
    return Problem(severity=Severity.WARNING, code=code, message=message, place=place, hint=hint)


def note(code: str, message: str, place: Place | None = None, hint: str = "") -> Problem:
    """Return something that a person should know and need not act on."""
    return Problem(severity=Severity.NOTE, code=code, message=message, place=place, hint=hint)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems by file and line, without repetitions, so that every run reports them alike."""
    by_place = lambda p: (p.place.file if p.place else "", p.place.line if p.place else 0, p.code, p.message)  # noqa: E731 (one use, one line)
    return tuple(dict.fromkeys(sorted(problems, key=by_place)))


def errors_of(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return only the problems that stop every build."""
    return tuple(p for p in problems if p.severity is Severity.ERROR)


class PapershelfError(Exception):
    """A run that cannot go on; carries every problem that was found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = in_order(problems)
        super().__init__("\n".join(str(p) for p in self.problems))
