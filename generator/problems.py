"""Problems of content as values, collected and reported together, and the exception that carries them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from generator.limits import MESSAGE

CODES: Mapping[str, str] = MappingProxyType(
    {
        "bad-address": "A line of urls.txt that does not consist of a URL of the site, a title and optional identifiers.",
        "bad-date": "A date that does not exist, or that does not have the form YYYY, YYYY-MM or YYYY-MM-DD; a digest is named by a whole date.",
        "bad-embedding": "A line of embeddings.txt that is not the hash of a text with its vector.",
        "bad-field": "A field whose value has the wrong type or is not one of the accepted values.",
        "bad-id": "An id with characters other than lower-case ASCII letters, digits and single hyphens.",
        "bad-image": "A picture of a paper without a file or alternative text, or whose file is missing, not served, too large, or no PNG, JPEG, GIF or WebP.",
        "bad-json": "Invalid JSON, or an item that is not an object or repeats a key.",
        "bad-link": "A link of an unknown kind, or one that is neither an identifier nor an http(s) URL.",
        "bad-name": "A name with more commas than its format allows.",
        "bad-overview": "An overview or a digest that contains anything other than paragraphs, lists, emphasis, and links to papers and topics.",
        "bad-position": "A line of map.csv that does not consist of a paper's id and two integers, or that repeats an id.",
        "bad-rule": "A topic rule without a phrase, or with an unknown part.",
        "bad-value": "A value of a field declared in shelf.yml that does not have the declared type.",
        "bad-xml": "A file that is not well-formed XML, is not XML of the expected format, or declares a document type.",
        "bad-yaml": "A file that is not valid YAML, or uses YAML features that Papershelf does not accept.",
        "broken-entry": "An entry of a bibliography, or a part of an entry, that breaks the rules of its format.",
        "broken-link": "A dead link: its page does not exist, or its host was unreachable on two different days.",
        "conflict": "An entry that looks like a record on the shelf but contradicts it; a person must decide.",
        "cut-off": "An input that ends in the middle of an entry or a list.",
        "cut-short": "A command that was killed while it wrote the shelf; the next command finishes its work or reports why it cannot.",
        "dash-for-hyphen": "A dash used instead of a hyphen in a compound word, in a summary or note.",
        "date-after-page": "An entry with a later date than the page that lists it; its date is left unknown.",
        "different-file-name": "A record file that is not named after the id of its record.",
        "duplicate-column": "A column that a fact table has twice.",
        "duplicate-id": "Two records, topics, reading paths or fact tables with the same id, two records with the same citation key, or an alias that is another record's id.",
        "duplicate-key": "Two entries of a bibliography with the same key; both are imported.",
        "duplicate-name": "Two entries of names.yml with the same name, alias or address, of which nothing says who is meant.",
        "duplicate-paper": "Two records with the same identifier.",
        "duplicate-step": "A paper that stands twice in a reading path.",
        "duplicate-term": "Two entries of the glossary with the same term or alias.",
        "empty-table": "A fact table without rows: no paper has a value of its first column.",
        "empty-shelf": "A shelf without records.",
        "id-is-reserved": "An id that is reserved for a page of the site or by an operating system.",
        "known-paper": "A paper to be added that is already on the shelf; its record stays unchanged.",
        "left-out": "Items of a reading list that name no paper and were not imported.",
        "left-source": "A record whose entry has disappeared from its source.",
        "lost-address": "A published URL that would be missing from the next build.",
        "merge-conflict": "A file with an unresolved merge: it contains Git's conflict markers.",
        "mirror": "A link to a host that mirrors another host.",
        "missing-field": "A record, a topic, a term, a reading path, a fact table or a name without a required field.",
        "name-chain": "A name in names.yml that is an alias in another entry.",
        "newer-format": "A shelf in a newer record format than this version of Papershelf supports.",
        "no-abstract": "An entry that has only a title.",
        "no-added": "Records without a date of addition, which therefore never appear as new.",
        "no-answer": "A service on the network that could not be reached or gave no usable answer.",
        "no-entries": "An input without entries.",
        "no-ledger": "A shelf without urls.txt, the list of published URLs.",
        "no-name": "A word or line that should be the identifier or URL of a paper but contains none.",
        "no-intake": "A digest of a week in which no paper was added.",
        "no-page-date": "A saved listing page without a date.",
        "no-quotation": "A reason for a topic that quotes words which do not occur in the quoted field.",
        "not-found": "An identifier that no service knows.",
        "not-kept": "A value of an entry that differs from its record and is not stored as a claim of its source.",
        "not-the-form": "The body of an issue that was not written with the project's form.",
        "not-an-entry": "Text in a file that is not part of an entry.",
        "not-ours": "A hidden file or folder with a name that Papershelf uses but that this machine did not create; it is ignored.",
        "other-reading": "A file that matches several formats; the message names the one that was used.",
        "readme-differs": "A part of a README that is missing from its generated list, or that would be read back differently.",
        "remark": "Text after a name in a list of names; a new record keeps it under `extra`.",
        "repository-kind": "A code repository that is linked as another kind.",
        "reused-id": "An id that was published for one paper and now belongs to another paper.",
        "same-title": "Two papers with the same title that are certainly different works; both are kept.",
        "short-path": "A reading path with fewer than two papers.",
        "source-differs": "A source whose entry now differs from its record or from what the source said before; the record stays unchanged.",
        "source-error": "An answer in which a service reports an error instead of papers.",
        "stale-embeddings": "Papers whose text has no vector in embeddings.txt, or vectors of texts that no paper has.",
        "status-changed": "An imported entry or a merged record that is marked as withdrawn, superseded or removed; the record now has this status.",
        "status-disputed": "An imported entry that is marked as withdrawn, superseded or removed, or a merged record that is withdrawn; the record has another status, which stays.",
        "stray-file": "A file among the records that is not a record.",
        "too-long": "A text, list or number that exceeds a limit of records or entries.",
        "too-many": "More entries in one file, more values in one YAML file, or more reading paths, papers of one, fact tables or columns of one than the limit allows.",
        "topic-loop": "A topic that is its own ancestor.",
        "unclear-authors": "A cell of names in which it is unclear where each name ends; the authors stay unknown.",
        "unfounded-figure": "A number in an overview or a digest that does not occur in any paper linked in its sentence, or one in a reading path that its paper does not have.",
        "unknown-entry": "A reference to an entry that is not in the imported files.",
        "unknown-field": "A field that does not exist in records, topics, terms, reading paths, fact tables or names.",
        "unknown-format": "A file or a line of sources.txt with an unknown format.",
        "unknown-name": "A name in names.yml that no record has, or that a paper of the entry does not have.",
        "unknown-paper": "A reference to a paper that is not on the shelf.",
        "unknown-topic": "A reference to a topic that topics.yml does not define.",
        "unlinked-passage": "A passage of an overview or a digest, other than the first, with several sentences but without a link to a paper.",
        "unreadable-file": "A file that cannot be read, is not UTF-8 text, is too large or is outside of the content folder.",
        "unseen-characters": "Invisible characters or characters that change the direction of text; they are removed.",
        "wrong-cells": "A table row with a different number of cells from the header.",
        "wrong-format": "A file that is clearly not in the format that was specified.",
        "year-assumed": "Dates without a year; the message names the years that were inferred.",
    }
)
"""Every problem code with its meaning; the reference page is generated from this table."""


def make_safe(text: str) -> str:
    """Return a text that is safe in a report: one line, limited length, no control characters."""
    if len(text) > MESSAGE:
        text = f"{text[:MESSAGE]} …"
    return (
        text
        if text.isprintable()
        else "".join(c if c.isprintable() else " " if c.isspace() else "\ufffd" for c in text)
    )


class Severity(StrEnum):
    """How serious a problem is: errors stop every build, warnings stop a strict build, notes only inform."""

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
    """One error, warning or note: what is wrong, where, and what to do about it."""

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
    """Return a problem that a person should know about but that needs no action."""
    return Problem(severity=Severity.NOTE, code=code, message=message, place=place, hint=hint)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems sorted by file and line, without duplicates; the order is the same in every run."""
    by_place = lambda p: (p.place.file if p.place else "", p.place.line if p.place else 0, p.code, p.message)  # noqa: E731 (one use, one line)
    return tuple(dict.fromkeys(sorted(problems, key=by_place)))


def errors_of(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return only the problems that stop every build."""
    return tuple(p for p in problems if p.severity is Severity.ERROR)


class PapershelfError(Exception):
    """Raised when a run cannot continue; has every problem that was found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = in_order(problems)
        super().__init__("\n".join(str(p) for p in self.problems))


def amount(number: int, one: str, more: str = "") -> str:
    """Return a number with the word for one thing, or for several (`more`; without it, the word with an `s`).

    >>> amount(1, "paper"), amount(2000, "paper"), amount(0, "entry", "entries")
    ('1 paper', '2,000 papers', '0 entries')
    """
    return f"{number:,} {one if number == 1 else more or f'{one}s'}"
