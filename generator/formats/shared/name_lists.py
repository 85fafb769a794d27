"""Reads lists of names in bibliographic notations, each name as one string (`generator.text.names`)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

from generator.formats.shared.facts import clean_value, read_html, read_latex
from generator.formats.shared.nothing import names_nobody
from generator.model import Author, Paper
from generator.records.claims import OTHERS
from generator.text.names import can_be_torn, join_family, join_name

_OTHERS = re.compile(r"(?:and\s+)?(?:others|et\.? al\.?)", re.IGNORECASE)
# For texts on one line with single spaces.
_AND = re.compile(r" and(?= )", re.IGNORECASE)
_COMMA = re.compile(r" ?, ?")
# biblatex's extended form of a name: `family=Owl, given=Jane, prefix=van, useprefix=true`.
_KEYED = re.compile(r" ?\"?([a-z][a-z-]*) ?= ?(.*?)\"? ?", re.IGNORECASE)
_OPTION = re.compile(r".*-i|useprefix|id|hash|hashid|nosort|gender|.*template.*|sorting.*")
"""Keys of biblatex and biber that are not part of a name: initials, and options for printing and sorting."""
_SEMICOLON = re.compile(r" ?; ?")
_PERSON = re.compile(
    r"[^\W\d_a-z][\w.'’-]*(?: (?:(?:van|von|der|den|de|di|da|del|la|le|ten|ter|al|bin|ibn) )?[^\W\d_a-z][\w.'’-]*){1,3}"
)
_BOTH = re.compile(r",? (?:and|&) ")
_INITIALS = re.compile(r"[^\W\d_]\.(?:[ -]?[^\W\d_]\.)*|[A-Z]{1,3}")
_BRACE = re.compile(r"\\.|[{}]")
_MOST_PARTS = 3


class NameList(Struct, frozen=True, kw_only=True):
    """The names in a list, whether it indicates that there are more, and its invalid names."""

    names: tuple[str, ...] = ()
    bodies: frozenset[str] = frozenset()
    """The names that the source marks as indivisible, such as organizations."""
    more: bool = False
    faults: tuple[str, ...] = ()

    def as_authors(self) -> tuple[Author, ...]:
        """Return the names as authors."""
        return tuple(Author(name=name, literal=name in self.bodies) for name in self.names)

    def as_editors(self) -> tuple[str | Author, ...]:
        """Return the names as editors: plain names, unless they are marked as indivisible."""
        return tuple(author if author.literal else author.name for author in self.as_authors())


def gather_names(said: Iterable[str], bodies: Iterable[str] = ()) -> NameList:
    """Return the names in a list without words for further or unknown names.

    Names in `bodies`, which the source marks as indivisible, keep no mark if they are recognisable or could not be
    split anyway.
    """
    names = [name for name in said if name and not names_nobody(name)]
    known = tuple(name for name in names if not _OTHERS.fullmatch(name))
    marked = frozenset(filter(can_be_torn, bodies))
    return NameList(names=known, bodies=marked, more=len(known) < len(names))


def read_bibtex_names(text: str) -> NameList:
    """Return the names in a BibTeX field, separated by ` and `, each as written or as `Family, Jr, Given`.

    The forms are those of section 4 of “Tame the BeaST”; a name in braces is not split. Some programs separate names by
    semicolons, which do not occur in names.
    """
    if not text:
        return NameList()
    said: list[str] = []
    bodies: list[str] = []
    faults: list[str] = []
    said_by = (
        name
        for part in _split(read_html(text.replace(r"\&", "&")), _AND)
        for name in _split(part, _SEMICOLON)
    )
    listed = gather_names(name.strip() for name in said_by)
    for raw in listed.names:
        parts = _split(raw, _COMMA)
        if keyed := _read_keyed(parts):
            parts = keyed
        elif len(parts) > _MOST_PARTS:
            faults.append(read_latex(raw))
        said.append(_join(parts))
        if _is_one_group(raw):
            bodies.append(said[-1])
    marked = frozenset(filter(can_be_torn, bodies))
    return NameList(names=tuple(filter(None, said)), bodies=marked, more=listed.more, faults=tuple(faults))


def _is_one_group(raw: str) -> bool:
    """Return whether a name is enclosed in one pair of braces, which makes it indivisible in BibTeX."""
    if not raw.startswith("{"):
        return False
    inside = 0
    for match in _BRACE.finditer(raw):
        inside += {"{": 1, "}": -1}.get(match[0], 0)
        if not inside:
            return match.end() == len(raw)
    return False


def _split(text: str, mark: re.Pattern[str]) -> list[str]:
    """Return the parts of a text between separators outside of braces."""
    if "{" not in text:
        return mark.split(text)
    inside, parts, start = 0, list[str](), 0
    for match in re.compile(
        rf"(?P<escaped>\\[^A-Za-z\s])|(?P<brace>[{{}}])|{mark.pattern}", mark.flags
    ).finditer(text):
        if match["brace"]:
            inside = max(0, inside + (1 if match["brace"] == "{" else -1))
        elif not match["escaped"] and not inside:
            parts.append(text[start : match.start()])
            start = match.end()
    return [*parts, text[start:]]


def _read_keyed(parts: list[str]) -> list[str]:
    """Return family name, suffix and given name of a name with keys; empty for other names.

    A part with a key unknown to biblatex, such as `middle` or `patronymic`, is a further given name.
    """
    if not all("=" in part for part in parts):
        return []
    matches = list(map(_KEYED.fullmatch, parts))
    keyed = {m[1].lower(): m[2].strip('"') for m in matches if m}
    if not all(matches) or not keyed.keys() & {"family", "given"}:
        return []
    family = join_family(keyed.pop("prefix", ""), keyed.pop("family", ""))
    suffix = keyed.pop("suffix", "")
    given = [keyed.pop("given", ""), *(said for key, said in keyed.items() if not _OPTION.fullmatch(key))]
    return [family, suffix, " ".join(filter(None, given))]


def _join(parts: list[str]) -> str:
    said = [read_latex(part) for part in parts]
    if len(said) == _MOST_PARTS:
        family, suffix, given = said
        return join_name(family, given, suffix)
    return ", ".join(filter(None, said))


def read_ris_name(text: str) -> str:
    """Return a name of a RIS tag, `Family, Given, Suffix`, with a space after every comma."""
    return ", ".join(filter(None, _COMMA.split(read_html(text))))


def read_ris_names(text: str) -> tuple[str, ...]:
    """Return the names in a RIS tag: one, as in the specification, or several, as written by some programs.

    >>> read_ris_names("Owl, Jane; Wren, Bob"), read_ris_names("Owl,J., Wren,B."), read_ris_names("Owl, Jane")
    (('Owl, Jane', 'Wren, Bob'), ('Owl, J.', 'Wren, B.'), ('Owl, Jane',))
    """
    parts = (name for part in split_people(read_html(text)) for name in split_pairs(part))
    return tuple(filter(None, map(read_ris_name, parts)))


def split_people(text: str) -> tuple[str, ...]:
    """Return the people in a list separated by semicolons; the last two may be separated by `and`.

    Semicolons in brackets do not separate names. `and` separates names if both look like people's names, with a comma
    in each or with two to four capitalised words.
    """
    people: list[str] = []
    for part in _split_outside(text):
        whole = part.strip().removeprefix("and ").removeprefix("& ")
        both = _BOTH.split(whole)
        is_several = len(both) > 1 and (all("," in one for one in both) or all(map(_PERSON.fullmatch, both)))
        people += both if is_several else [whole]
    return tuple(person for raw in people if (person := raw.strip()))


def _split_outside(text: str) -> list[str]:
    """Return the parts of a text between semicolons outside of brackets."""
    if "(" not in text:
        return text.split(";")
    inside, start, parts = 0, 0, list[str]()
    for at, sign in enumerate(text):
        if sign in "()":
            inside = max(0, inside + (1 if sign == "(" else -1))
        elif sign == ";" and not inside:
            parts.append(text[start:at])
            start = at + 1
    return [*parts, text[start:]]


def split_pairs(text: str) -> list[str]:
    """Return the names in a text with alternating family names and initials; other texts are returned unchanged.

    >>> split_pairs("Owl, J., Wren, B. A."), split_pairs("Owl, Jane, Jr.")
    (['Owl, J.', 'Wren, B. A.'], ['Owl, Jane, Jr.'])
    """
    parts = [part for part in _COMMA.split(text) if part]
    if len(parts) <= _MOST_PARTS or len(parts) % 2 or not all(map(_INITIALS.fullmatch, parts[1::2])):
        return [text]
    return [f"{family}, {given}" for family, given in zip(parts[::2], parts[1::2], strict=True)]


def read_csl_name(value: object) -> str:
    """Return the name of a CSL name variable with particles before the family name; empty if it is not a name."""
    if isinstance(value, str):
        return read_html(value)
    if not isinstance(value, dict):
        return ""
    parts = {name: read_html(part) for name, part in value.items()}
    if literal := parts.get("literal") or parts.get("name"):
        return literal
    particles = (parts.get("dropping-particle", ""), parts.get("non-dropping-particle", ""))
    return join_name(
        join_family(*particles, parts.get("family", "")), parts.get("given", ""), parts.get("suffix", "")
    )


def is_csl_body(value: object) -> bool:
    """Return whether a CSL name is marked as indivisible: `literal`, or Crossref's `name`."""
    return isinstance(value, dict) and bool(
        clean_value(value.get("literal")) or clean_value(value.get("name"))
    )


def has_more_authors(paper: Paper) -> bool:
    """Return whether a paper has more authors than its record names."""
    return "authors" in _list_others(paper) or (paper.author_count or 0) > len(paper.authors)


def has_more_editors(paper: Paper) -> bool:
    """Return whether a paper has more editors than its record names."""
    return "editors" in _list_others(paper)


def _list_others(paper: Paper) -> list[str]:
    return paper.extra.get(OTHERS, "").split("; ")
