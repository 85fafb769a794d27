"""Names as one string, and their parts: `Family, Given` or `Family, Given, Suffix` if a source separates them."""

from __future__ import annotations

import re

from msgspec import Struct

_SUFFIX = re.compile(r"(?:jr|sr|[ivx]+|\d(?:st|nd|rd|th)|esq|ph\.? ?d|m\.? ?d)\.?", re.IGNORECASE)
_GLUED = ("-", "‐", "‑", "'", "’", "ʼ", "‘", "`")
_COMPANY = re.compile(r"(?:inc|ltd|llc|llp|plc|co|corp|gmbh|s\.a|b\.v)\b\.?", re.IGNORECASE)


class NameParts(Struct, frozen=True, kw_only=True):
    """The parts of a person's name that a source told apart."""

    family: str
    given: str
    suffix: str = ""


def split_name(name: str) -> NameParts | None:
    """Return the parts of a name that is written with commas; None for a name without parts, as that of a group."""
    parts = name.split(", ")
    if not all(parts) or "," in "".join(parts) or any(_COMPANY.match(part) for part in parts[1:]):
        return None
    match parts:
        case [family, given]:
            return NameParts(family=family, given=given)
        case [family, given, suffix] if _SUFFIX.fullmatch(suffix):
            return NameParts(family=family, given=given, suffix=suffix)
        case _:
            return None


def join_family(*parts: str) -> str:
    """Return a family name with its particles: a space parts them, unless one ends in a hyphen or an apostrophe.

    >>> join_family("van", "Uhu"), join_family("al-", "Bum"), join_family("d'", "Eule")
    ('van Uhu', 'al-Bum', "d'Eule")
    """
    said = ""
    for part in filter(None, map(str.strip, parts)):
        said += part if not said or said.endswith(_GLUED) else f" {part}"
    return said


def join_name(family: str, given: str, suffix: str = "") -> str:
    """Return a name as one string; the inverse of `split_name` where all parts are known."""
    return ", ".join(filter(None, (family, given, suffix)))


def show_name(name: str) -> str:
    """Return a name as people read it: `Jane Möwe` for `Möwe, Jane`; one without parts stays as it is."""
    parts = split_name(name)
    return " ".join(filter(None, (parts.given, parts.family, parts.suffix))) if parts else name
