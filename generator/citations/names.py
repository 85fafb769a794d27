"""Names of people in references: inverted, abbreviated, and cut to “et al.” (CSL 1.0.2, “Name” and “Names”)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from msgspec import Struct

from generator.citations.join import MARKS, join, join_all
from generator.model import Author
from generator.text.names import is_suffix, shows_body

_GLUED = re.compile(r"[a-z]{1,4}['’-](?=[^\W\d_])")
"""A particle without a space behind it, as in d'Eule and al-Bum."""
_INITIAL = re.compile(r"^([^\W\d_])\.?$")
_WORD = re.compile(r"[^\s.‐-]+\.?|[‐-]")


class Person(Struct, frozen=True, kw_only=True):
    """A name in the parts that styles order; one without parts has only `literal`."""

    family: str = ""
    given: str = ""
    particle: str = ""
    """What stands before the family name and is not sorted by, such as `van der`, with the space behind it."""
    suffix: str = ""
    literal: str = ""


class NameForm(Struct, frozen=True, kw_only=True):
    """How a list of names is written: the attributes of `name` and `et-al`, with those that are inherited."""

    and_word: str = ""
    """What stands before the last name, `and` or `&`; empty for the delimiter alone."""
    delimiter: str = ", "
    before_last: str = "contextual"
    before_others: str = "contextual"
    most: int = 0
    """From how many names on the list is cut; 0 for never."""
    first: int = 1
    """How many names are left of a list that is cut."""
    shows_last: bool = False
    initials: str | None = None
    """What stands behind each initial; None where given names are written out."""
    abbreviates: bool = True
    hyphenates: bool = True
    inverts: str = ""
    """Which names begin with the family name: `first`, `all`, or none."""
    is_short: bool = False
    separator: str = ", "
    demotes: bool = True
    """Whether particles go behind the given name where a name is inverted."""
    others: str = "et al."


def read_person(author: Author) -> Person:
    """Return the parts of a name.

    A name without a comma that nobody marked as one is parted as BibTeX does it (btxdoc, section 4): the last word is the
    family name, with the words in small letters before it. Names of groups, of one word, and in scripts that
    write no spaces between words stay whole.

    >>> read_person(Author(name="Jane van der Owl")).particle, read_person(Author(name="Owl Team")).literal
    ('van der ', 'Owl Team')
    """
    whole = " ".join(author.name.translate(MARKS).split())
    if author.literal or shows_body(author.name):
        return Person(literal=whole)
    if parts := author.parts:
        return _build(parts.family, parts.given, parts.suffix)
    words = whole.split()
    if len(words) < 2:  # noqa: PLR2004 (given and family)
        return Person(literal=whole)
    suffix = words.pop() if len(words) > 2 and is_suffix(words[-1]) else ""  # noqa: PLR2004 (given, family, suffix)
    start = next((n for n, word in enumerate(words[1:-1], 1) if word[0].islower()), len(words) - 1)
    return _build(" ".join(words[start:]), " ".join(words[:start]), suffix.rstrip(","))


def _build(family: str, given: str, suffix: str) -> Person:
    words = family.split(" ")
    start = next((n for n, word in enumerate(words[:-1]) if not word[:1].islower()), len(words) - 1)
    particle = "".join(f"{word} " for word in words[:start])
    if (match := _GLUED.match(words[start])) and words[start][match.end()].isupper():
        particle += match[0]
    return Person(family=family.removeprefix(particle), given=given, particle=particle, suffix=suffix)


def write_names(people: Sequence[Person], form: NameForm, *, more: bool, sorting: bool = False) -> str:
    """Return a list of names; `more` says that there are others whose names nobody knows."""
    if sorting:
        return "\n".join(write_name(person, form, is_first=False, sorting=True) for person in people)
    number = len(people)
    is_cut = 0 < form.most <= number + more and form.first < number
    shown = people[: form.first] if is_cut else people
    said = [write_name(person, form, is_first=n == 0) for n, person in enumerate(shown)]
    inverted = form.inverts == "all" or (form.inverts == "first" and len(said) == 1)
    if is_cut and form.shows_last and not more and number - form.first >= 2:  # noqa: PLR2004 (the specification's)
        last = write_name(people[-1], form, is_first=False)
        return f"{join(join_all(said, form.delimiter), form.delimiter)}… {last}"
    if is_cut or more:
        between = form.delimiter if _wants(form.before_others, len(said), 2, inverted=inverted) else " "
        return join(join(join_all(said, form.delimiter), between), form.others)
    if len(said) < 2 or not form.and_word:  # noqa: PLR2004 (two names)
        return join_all(said, form.delimiter)
    inverted = form.inverts == "all" or (form.inverts == "first" and len(said) == 2)  # noqa: PLR2004 (two names)
    between = form.delimiter if _wants(form.before_last, len(said), 3, inverted=inverted) else " "
    return join(join(join_all(said[:-1], form.delimiter), between), f"{form.and_word} {said[-1]}")


def _wants(rule: str, names: int, fewest: int, *, inverted: bool) -> bool:
    """Return whether the delimiter stands before the last name, or before “et al.”."""
    return {"always": True, "never": False, "after-inverted-name": inverted}.get(rule, names >= fewest)


def write_name(person: Person, form: NameForm, *, is_first: bool, sorting: bool = False) -> str:
    """Return one name; in keys that references are sorted by, every one begins with the family name."""
    if not person.family:
        return person.literal
    if _has_no_case(person):  # not abbreviated, and in Chinese, Japanese and Korean without space or comma
        family, given = person.particle + person.family, person.given
        if _is_east_asian(family):
            return f"{family}{given}" if _is_east_asian(given) else f"{family} {given}"
        return (
            f"{family}{form.separator}{given}"
            if _inverts(form, is_first=is_first, sorting=sorting)
            else f"{given} {family}"
        )
    if form.is_short and not sorting:
        return person.particle + person.family
    given = _write_given(person.given, form)
    if not _inverts(form, is_first=is_first, sorting=sorting):
        return " ".join(filter(None, (given, person.particle + person.family, person.suffix)))
    if form.demotes:
        parts = (person.family, " ".join(filter(None, (given, person.particle.rstrip()))), person.suffix)
    else:
        parts = (person.particle + person.family, given, person.suffix)
    return form.separator.join(filter(None, parts))


def _inverts(form: NameForm, *, is_first: bool, sorting: bool) -> bool:
    return sorting or form.inverts == "all" or (form.inverts == "first" and is_first)


def _write_given(given: str, form: NameForm) -> str:
    """Return given names as the style abbreviates them; initials that the source writes get the style's spaces."""
    if form.initials is None:
        return given
    if not form.abbreviates:
        return " ".join(_INITIAL.sub(rf"\1{form.initials.rstrip()}", word) for word in given.split())
    said = ""
    for word in _WORD.findall(given):
        if word in "‐-":
            said = (said.rstrip() + word) if form.hyphenates else said
        elif not word[0].islower():
            said += _initial(word, form.initials)
        elif said.endswith(("-", "‐")):
            said = said[:-1] + " "  # the second part of a name such as Shen-yun
        else:
            said = f"{said.rstrip()} {word} "
    return " ".join(said.split())


def _initial(word: str, mark: str) -> str:
    bare = word.removesuffix(".")
    if 1 < len(bare) <= 3 and bare.isupper():  # noqa: PLR2004 (initials that are written together)
        return "".join(f"{letter}{mark}" for letter in bare)
    return f"{bare[0]}{mark}"


def _has_no_case(person: Person) -> bool:
    """Return whether a name is in a script without capitals, in which nothing is abbreviated."""
    return person.family.lower() == person.family.upper()


def _is_east_asian(text: str) -> bool:
    return any(unicodedata.name(letter, "").startswith(_EAST_ASIAN) for letter in text[:1])


_EAST_ASIAN = ("CJK ", "HIRAGANA", "KATAKANA", "HANGUL")


def build_form(
    options: Mapping[str, str], *, and_words: Mapping[str, str], others: str, demotes: bool
) -> NameForm:
    """Return the form that attributes of CSL describe; `and_words` are what `and` stands for, by its value."""
    return NameForm(
        and_word=and_words.get(options.get("and", ""), ""),
        delimiter=options.get("delimiter", ", "),
        before_last=options.get("delimiter-precedes-last", "contextual"),
        before_others=options.get("delimiter-precedes-et-al", "contextual"),
        most=int(options.get("et-al-min", "0")),
        first=int(options.get("et-al-use-first", "1")),
        shows_last=options.get("et-al-use-last") == "true",
        initials=options.get("initialize-with"),
        abbreviates=options.get("initialize") != "false",
        hyphenates=options.get("initialize-with-hyphen") != "false",
        inverts=options.get("name-as-sort-order", ""),
        is_short=options.get("form") == "short",
        separator=options.get("sort-separator", ", "),
        demotes=demotes,
        others=others,
    )
