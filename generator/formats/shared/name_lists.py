"""Lists of names in the notations of bibliographies, each name as one string (`generator.text.names`)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

from generator.formats.shared.facts import clean, read_latex
from generator.model import Author, Paper
from generator.records.claims import OTHERS
from generator.text.names import can_be_torn, join_name

_OTHERS = re.compile(r"(?:and\s+)?(?:others|et\.? al\.?)", re.IGNORECASE)
# Of texts on one line with single spaces.
_AND = re.compile(r" and(?= )", re.IGNORECASE)
_COMMA = re.compile(r" ?, ?")
# biblatex's other form of a name: `family=Owl, given=Jane, prefix=van`.
_KEYED = re.compile(r" ?(family|given|prefix|suffix) ?= ?(.*?) ?", re.IGNORECASE)
_BRACE = re.compile(r"\\.|[{}]")
_MOST_PARTS = 3


class Names(Struct, frozen=True, kw_only=True):
    """The names that a list gives, whether it says that there are more, and what in it is no sound name."""

    names: tuple[str, ...] = ()
    bodies: frozenset[str] = frozenset()
    """The names that the source marks as one, as those of bodies are."""
    more: bool = False
    faults: tuple[str, ...] = ()

    def as_authors(self) -> tuple[Author, ...]:
        """Return the names as authors."""
        return tuple(Author(name=name, literal=name in self.bodies) for name in self.names)

    def as_editors(self) -> tuple[str | Author, ...]:
        """Return the names as editors, which are bare names unless they are marked as one."""
        return tuple(author if author.literal else author.name for author in self.as_authors())


def gather_names(said: Iterable[str], bodies: Iterable[str] = ()) -> Names:
    """Return the list of names without the words that stand for more of them.

    Of `bodies`, whose names the source marks as one, those need no mark that say so themselves or that nothing could part.
    """
    names = [name for name in said if name]
    known = tuple(name for name in names if not _OTHERS.fullmatch(name))
    marked = frozenset(filter(can_be_torn, bodies))
    return Names(names=known, bodies=marked, more=len(known) < len(names))


def read_bibtex_names(text: str) -> Names:
    """Return the names of a BibTeX field: separated by ` and `, each as written or as `Family, Jr, Given`.

    The forms are those of section 4 of “Tame the BeaST”; a name in braces is not taken apart.
    """
    said: list[str] = []
    bodies: list[str] = []
    faults: list[str] = []
    listed = gather_names(name.strip() for name in _split(clean(text), _AND))
    for raw in listed.names:
        parts = _split(raw, _COMMA)
        if len(parts) > _MOST_PARTS and not _KEYED.fullmatch(parts[0]):
            faults.append(read_latex(raw))
        said.append(_join(parts))
        if _is_one_group(raw):
            bodies.append(said[-1])
    marked = gather_names(said, bodies).bodies
    return Names(names=tuple(filter(None, said)), bodies=marked, more=listed.more, faults=tuple(faults))


def _is_one_group(raw: str) -> bool:
    """Return whether a name is in one pair of braces as a whole, by which BibTeX takes it for one."""
    inside = 0
    for match in _BRACE.finditer(raw):
        inside += {"{": 1, "}": -1}.get(match[0], 0)
        if not inside:
            return raw[0] == "{" and match.end() == len(raw)
    return False


def _split(text: str, mark: re.Pattern[str]) -> list[str]:
    """Return the parts of a text between marks that stand outside of braces."""
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


def _join(parts: list[str]) -> str:
    if all(map(_KEYED.fullmatch, parts)):
        keyed = {m[1].lower(): m[2].strip('"') for part in parts if (m := _KEYED.fullmatch(part))}
        parts = [
            f"{keyed.get('prefix', '')} {keyed.get('family', '')}",
            keyed.get("suffix", ""),
            keyed.get("given", ""),
        ]
    said = [read_latex(part) for part in parts]
    if len(said) == _MOST_PARTS:
        family, suffix, given = said
        return join_name(family, given, suffix)
    return ", ".join(filter(None, said))


def read_ris_name(text: str) -> str:
    """Return a name of a RIS tag, `Family, Given, Suffix`, with a space after every comma."""
    return ", ".join(filter(None, _COMMA.split(clean(text))))


def read_csl_name(value: object) -> str:
    """Return the name of a CSL name variable, particles before the family name; empty for what is no name."""
    if isinstance(value, str):
        return clean(value)
    if not isinstance(value, dict):
        return ""
    parts = {name: clean(part) for name, part in value.items()}
    if literal := parts.get("literal") or parts.get("name"):
        return literal
    particles = (parts.get("dropping-particle", ""), parts.get("non-dropping-particle", ""))
    family = " ".join(filter(None, (*particles, parts.get("family", ""))))
    return join_name(family, parts.get("given", ""), parts.get("suffix", ""))


def is_csl_body(value: object) -> bool:
    """Return whether a CSL name is marked as one: `literal`, or Crossref's `name`."""
    return isinstance(value, dict) and bool(clean(value.get("literal")) or clean(value.get("name")))


def has_more_authors(paper: Paper) -> bool:
    """Return whether a paper has more authors than its record names."""
    return "authors" in _list_others(paper) or (paper.author_count or 0) > len(paper.authors)


def has_more_editors(paper: Paper) -> bool:
    """Return whether a paper has more editors than its record names."""
    return "editors" in _list_others(paper)


def _list_others(paper: Paper) -> list[str]:
    return paper.extra.get(OTHERS, "").split("; ")
