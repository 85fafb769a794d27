"""Cleans facts from external data: text, dates and links. Nothing is guessed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence

from generator.identifiers import find_links, parse_identifier
from generator.model import LinkKind
from generator.problems import Place, Problem, note, warning
from generator.text.html_text import html_to_text
from generator.text.latex import latex_to_text

# Control characters and halves of surrogate pairs, which are not text but are possible in JSON.
_NO_TEXT = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_MARKED = re.compile(r"[\\{}~$<&]|--|``|''")
"""What a text in LaTeX or HTML must have, so that it says anything else than its characters."""
_DASHES = re.compile(r"\s*[-–—]+\s*")
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ].*)?", re.ASCII)


def clean_value(value: object) -> str:
    """Return a text on one line, single-spaced and without control characters; empty for other values."""
    if not isinstance(value, str):
        return ""
    if value.isprintable() and "  " not in value:  # then its only blanks are single spaces
        return value.strip(" ")
    return " ".join(_NO_TEXT.sub(" ", value).split())


def read_text(value: object) -> str:
    """Return clean text with remains of LaTeX made readable."""
    return clean_value(latex_to_text(clean_value(value)))


def read_html(value: object) -> str:
    """Return clean text with remains of HTML made readable: `<i>Strix</i> at a caf&eacute;` is `Strix at a café`."""
    said = clean_value(value)
    return clean_value(html_to_text(said)) if "<" in said or "&" in said else said


def read_marked(value: object) -> str:
    """Return clean text with the markup of publishers made readable: HTML, JATS, MathML, and remains of LaTeX."""
    return read_text(html_to_text(clean_value(value)))


def read_latex(value: object) -> str:
    r"""Return the clean text of a field that is LaTeX as a whole: `Jos\'e~Owl at a <i>caf&eacute;</i>` is `José Owl at a café`."""
    said = clean_value(value)
    return read_html(latex_to_text(said, whole=True)) if _MARKED.search(said) else said


def join_pages(text: str) -> str:
    """Return pages with a hyphen between them, whichever dash a bibliography has.

    >>> join_pages("11 – 19"), join_pages("11--19")
    ('11-19', '11-19')
    """
    return _DASHES.sub("-", text)


def as_object(value: object) -> Mapping[str, object]:
    """Return a JSON object unchanged, and an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def as_list(value: object) -> Sequence[object]:
    """Return a JSON list unchanged, and an empty one for anything else."""
    return value if isinstance(value, list) else ()


def as_count(value: object) -> int | None:
    """Return a non-negative integer; None for anything else, including `true`."""
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def read_day(value: object) -> str:
    """Return the date of an ISO 8601 date or time as `YYYY-MM-DD`, without time zone conversion; empty if it is invalid."""
    match = _DAY.fullmatch(clean_value(value))
    try:
        return dt.date.fromisoformat(match[1]).isoformat() if match else ""
    except ValueError:
        return ""


def date_entry(
    value: object, place: Place, claims: dict[str, str], problems: list[Problem], *, field: str = "published"
) -> str:
    """Return the date of an entry; text that is not a date is reported and kept as a claim."""
    day = read_day(value)
    if not day and (said := clean_value(value)):
        claims[field] = said
        problems.append(warning("bad-date", f"{said!r} is not a date", place, "the date is left unknown"))
    return day


def note_empty(file: str) -> Problem:
    """Return a note that a file has no entries."""
    return note("no-entries", "this file has no entries", Place(file=file), "nothing was imported from it")


class Links:
    """An entry's links by kind in canonical form, without duplicates; invalid links are reported."""

    def __init__(self, place: Place, problems: list[Problem]) -> None:
        """Start without links."""
        self._place, self._problems = place, problems
        self._found: dict[LinkKind, dict[str, None]] = {}

    def add(self, kind: LinkKind, value: object) -> None:
        """Add a link of this kind; empty values are ignored."""
        said = clean_value(value)
        if not said:
            return
        canonical = parse_identifier(kind, said)
        if canonical is None:
            message = f"{said[:200]!r} is not a link of the kind {kind}, so it is left out"
            self._problems.append(
                warning("bad-link", message, self._place, "add the correct link to the record")
            )
            return
        self._found.setdefault(kind, {})[canonical] = None

    def add_named(self, text: str, kinds: Iterable[LinkKind] = ()) -> None:
        """Add the links in a text that have one of the kinds (any kind if empty)."""
        allowed = set(kinds)
        for kind, value in find_links(text):
            if not allowed or kind in allowed:
                self._found.setdefault(kind, {})[value] = None

    def build(self) -> dict[LinkKind, tuple[str, ...]]:
        """Return the links by kind."""
        return {kind: tuple(values) for kind, values in sorted(self._found.items())}

    def __contains__(self, kind: LinkKind) -> bool:
        return kind in self._found
