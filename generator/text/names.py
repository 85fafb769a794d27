"""Names of people and their parts: `Family, Given` or `Family, Given, Suffix` if a source separates them."""

from __future__ import annotations

import re
from functools import lru_cache
from operator import mul

from msgspec import Struct

_SUFFIX = re.compile(r"(?:jr|sr|[ivx]+|\d(?:st|nd|rd|th)|esq|ph\.? ?d|m\.? ?d)\.?", re.IGNORECASE)
_ORCID = re.compile(r"(?:\d{4}-){3}\d{3}[\dX]", re.ASCII)
_WEIGHTS = tuple(2**place for place in range(15, -1, -1))
_KEPT = 16_384  # a name is read for each export
_GLUED = ("-", "‐", "‑", "'", "’", "ʼ", "‘", "`")
_COMPANY = re.compile(r"(?:inc|ltd|llc|llp|plc|co|corp|gmbh|s\.a|b\.v)\b\.?", re.IGNORECASE)

# The name of a group, or a name with a word that BibTeX reads as the end of a name or list.
_BODY = re.compile(
    r"\b(?:team|group|consortium|collaboration|project|community)\b|(?<!\S)and(?!\S)|^others$", re.IGNORECASE
)


class NameParts(Struct, frozen=True, kw_only=True):
    """The parts of a person's name, if a source separates them."""

    family: str
    given: str
    suffix: str = ""


@lru_cache(maxsize=_KEPT)
def split_name(name: str) -> NameParts | None:
    """Return the parts of a name with commas; None for a name without parts, such as that of a group."""
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
    """Return a family name with its particles, joined by spaces except after a hyphen or apostrophe.

    >>> join_family("van", "Uhu"), join_family("al-", "Bum"), join_family("d'", "Eule")
    ('van Uhu', 'al-Bum', "d'Eule")
    """
    said = ""
    for part in filter(None, map(str.strip, parts)):
        said += part if not said or said.endswith(_GLUED) else f" {part}"
    return said


@lru_cache(maxsize=_KEPT)
def shows_body(name: str) -> bool:
    """Return whether a name is recognisable as that of a group, company or firm.

    >>> shows_body("Owl Team"), shows_body("Owl Nest, Inc."), shows_body("World Bird Organization")
    (True, True, False)
    """
    return bool(_BODY.search(name)) or ("," in name and split_name(name) is None)


def can_be_torn(name: str) -> bool:
    """Return whether an unmarked name of a group would be split into parts."""
    return split_name(name) is not None or (" " in name and not shows_body(name))


def is_suffix(word: str) -> bool:
    """Return whether a word is a suffix of names, such as `Jr.` or `III`."""
    return bool(_SUFFIX.fullmatch(word))


def join_name(family: str, given: str, suffix: str = "") -> str:
    """Return a name as one string; the inverse of `split_name` if all parts are known."""
    return ", ".join(filter(None, (family, given, suffix)))


@lru_cache(maxsize=_KEPT)
def show_name(name: str) -> str:
    """Return a name for display: `Jane Möwe` for `Möwe, Jane`; a name without parts stays unchanged."""
    parts = split_name(name)
    return " ".join(filter(None, (parts.given, parts.family, parts.suffix))) if parts else name


def is_orcid(text: str) -> bool:
    """Return whether a text is an ORCID with the right check digit (ISO 7064, MOD 11-2).

    >>> is_orcid("0000-0002-1825-0097"), is_orcid("0000-0002-1825-0098"), is_orcid("0000-0002-9079-593X")
    (True, False, True)
    """
    if not _ORCID.fullmatch(text):
        return False
    digits = [10 if sign == "X" else int(sign) for sign in text if sign != "-"]
    total: int = sum(map(mul, digits, _WEIGHTS))
    return total % 11 == 1
