"""The fields of the form that edits a record: what they show, and the record that a filled form gives."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, get_args

from msgspec import Struct, structs

from generator.fields import FIELDS
from generator.labels.labels import Labels
from generator.limits import TITLE
from generator.model import Author, Image, LinkKind, OwnField, Paper, Taxonomy
from generator.problems import Problem
from generator.records.check import read_record
from generator.records.own_fields import read_values
from generator.records.parse import RecordPlace, build_record, list_words

Control = Literal["line", "text", "lines", "choice", "flag", "boxes"]
FormValue = str | bool | tuple[str, ...]
"""A text (with a line for each value of `lines`), a flag, or the chosen options of `boxes`."""
_MAIN = ("title", "summary", "topics", "links", "extra")
_BY_COMMANDS = frozenset({"id", "aliases", "groups", "sources"})
"""The fields that commands and imports write, and no form."""
_ORCID = re.compile(r"(?P<name>.+?)\s+(?:https?://orcid\.org/)?(?P<orcid>(?:\d{4}-){3}\d{3}[\dX])", re.ASCII)


class FormField(Struct, frozen=True, kw_only=True):
    """A field of the form."""

    name: str
    """The name of the field of the record; `links.KIND` and `extra.NAME` for parts of a mapping."""
    label: str
    control: Control
    value: FormValue
    options: tuple[tuple[str, str], ...] = ()
    """The values of a choice or of boxes, each with its display name."""
    is_main: bool = False
    """Whether the form shows the field without being asked for more."""


class FormProblem(Struct, frozen=True, kw_only=True):
    """A problem of a filled form, and the name of its field; empty if it is of none."""

    field: str
    problem: Problem


class BadFormError(ValueError):
    """Raised for values that the form cannot have sent."""


def list_fields(
    paper: Paper, taxonomy: Taxonomy, own_fields: Mapping[str, OwnField], labels: Labels
) -> tuple[FormField, ...]:
    """Return the fields of the form with the values of a paper, those that are edited most at the beginning.

    >>> from generator.labels.labels import load_labels
    >>> [f.value for f in list_fields(Paper(title="Owls"), Taxonomy(), {}, load_labels()) if f.name == "title"]
    ['Owls']
    """
    names = (*_MAIN, *(name for name in FIELDS if name not in {*_MAIN, *_BY_COMMANDS}))
    return tuple(f for name in names for f in _list_parts(name, paper, taxonomy, own_fields, labels))


def _list_parts(
    name: str, paper: Paper, taxonomy: Taxonomy, own_fields: Mapping[str, OwnField], labels: Labels
) -> Iterator[FormField]:
    is_main = name in _MAIN
    if name == "links":
        for kind in get_args(LinkKind):
            text = "\n".join(paper.links.get(kind, ()))
            yield FormField(
                name=f"links.{kind}", label=labels(f"link.{kind}"), control="lines", value=text, is_main=True
            )
    elif name == "image":
        for part in structs.fields(Image):
            text = getattr(paper.image, part.name) if paper.image else ""
            label = labels(f"record.image_{part.name}")
            yield FormField(name=f"image.{part.name}", label=label, control="line", value=text)
    elif name == "extra":
        yield from (
            _build_own(own, paper.extra.get(own.id, ""), labels)
            for own in own_fields.values()
            if own.id not in FIELDS
        )
    else:
        control, value, options = _choose(name, paper, taxonomy, labels)
        label = name_field(name, labels)
        yield FormField(
            name=name, label=label, control=control, value=value, options=options, is_main=is_main
        )


def name_field(name: str, labels: Labels) -> str:
    """Return what the form calls a field of the record: its label, otherwise that of its row, otherwise its name."""
    row = FIELDS[name].shown
    known = labels.list_group("record")
    return str(known[name]) if name in known else row.label if row else name.replace("_", " ").capitalize()


def _choose(
    name: str, paper: Paper, taxonomy: Taxonomy, labels: Labels
) -> tuple[Control, FormValue, tuple[tuple[str, str], ...]]:
    """Return how a field is edited, its value, and its options, by the type of the field."""
    value = getattr(paper, name)
    if name in {"topics", "not_topics"}:
        chosen = tuple(getattr(pin, "id", pin) for pin in value)
        known = {topic.id: topic.name for topic in taxonomy.topics.values()}
        return "boxes", chosen, tuple((known | {key: key for key in chosen if key not in known}).items())
    if name in {"authors", "editors"}:
        return "lines", "\n".join(map(_say_name, _list_people(name, paper))), ()
    if words := list_words(name):
        said = labels.list_group(name)
        options = tuple((word, str(said.get(word, word))) for word in words)
        return "choice", value or "", options if value else (("", labels("editor.none")), *options)
    if isinstance(value, bool):
        return "flag", value, ()
    if isinstance(value, tuple):
        return "lines", "\n".join(value), ()
    return "text" if FIELDS[name].limit >= TITLE else "line", "" if value is None else str(value), ()


def _build_own(own: OwnField, text: str, labels: Labels) -> FormField:
    """Return the form's field for a field that the shelf declares; a value that is none of its options is one more option."""
    options = {choice: choice for choice in own.choices}
    if own.type == "flag":
        options = {"yes": labels("own.yes"), "no": labels("own.no")}
    read = read_values(own, text) if text else None
    value = read[0] if read and options else text
    label = f"{own.label} ({own.unit})" if own.unit else own.label
    if not options:
        return FormField(name=f"extra.{own.id}", label=label, control="line", value=text, is_main=True)
    options |= {value: value} if value and value not in options else {}
    return FormField(
        name=f"extra.{own.id}",
        label=label,
        control="choice",
        value=value,
        options=(("", labels("editor.none")), *options.items()),
        is_main=True,
    )


def read_form(
    paper: Paper, fields: Sequence[FormField], values: Mapping[str, FormValue]
) -> tuple[Paper | None, list[FormProblem]]:
    """Return the paper with the values of a filled form, and what is wrong with them.

    Fields whose value is missing or as the form showed it stay unchanged. The paper is None without a title.

    Raises:
        BadFormError: if a value is not one that its field can have.
    """
    _check_values(fields, values)
    record = build_record(paper)
    for field in fields:
        value = values.get(field.name, field.value)
        if value != field.value:
            _put(record, paper, field.name, value)
    if image := record.get("image"):
        record["image"] = {
            "file": "",
            "alt": "",
        } | image  # an empty one has a place in the form, a missing one has none
    read, problems = read_record(record, place_fields(""))
    return read, [FormProblem(field=find_field(problem, fields), problem=problem) for problem in problems]


def _check_values(fields: Iterable[FormField], values: Mapping[str, FormValue]) -> None:
    known = {field.name: field for field in fields}
    for name, value in values.items():
        field = known.get(name)
        if field is None or type(value) is not type(field.value):
            raise BadFormError(f"the form has no field {name!r} with such a value")
        chosen = value if isinstance(value, tuple) else (value,) if field.control == "choice" else ()
        if not {option for option, _ in field.options}.issuperset(map(str, chosen)):
            raise BadFormError(f"{name!r} has no option for one of these values")


def _put(record: dict[str, Any], paper: Paper, name: str, value: FormValue) -> None:
    """Put a value of the form into a record as it is written; an empty one removes the field."""
    base, _, part = name.partition(".")
    written: object
    if part:
        parts = dict(record.get(base, {}))
        inner = _list_lines(value) if base == "links" else str(value).strip()
        written = parts | {part: inner} if inner else {key: old for key, old in parts.items() if key != part}
    elif name == "topics" and isinstance(value, tuple):
        known = {pin.id: old for pin, old in zip(paper.topics, record.get(name, []), strict=True)}
        written = [known.get(key, key) for key in value]
    elif name in {"authors", "editors"}:
        people = zip(_list_people(name, paper), record.get(name, []), strict=True)
        same = {_say_name(person): old for person, old in people}
        written = [same.get(line) or _read_name(line) for line in _list_lines(value)]
    elif isinstance(getattr(paper, name), tuple):
        written = _list_lines(value)
    else:
        written = value.strip() if isinstance(value, str) else value
    record.pop(base, None)
    if written:
        record[base] = written


def _list_lines(value: FormValue) -> list[str]:
    if isinstance(value, tuple):
        return list(value)
    return [line for text in str(value).splitlines() if (line := " ".join(text.split()))]


def _list_people(name: str, paper: Paper) -> tuple[Author, ...]:
    return paper.authors if name == "authors" else paper.list_editors()


def _say_name(person: Author) -> str:
    return f"{person.name} {person.orcid}".strip()


def _read_name(line: str) -> object:
    match = _ORCID.fullmatch(line)
    return {"name": match["name"], "orcid": match["orcid"]} if match else line


def place_fields(file: str) -> RecordPlace:
    """Return a place in which each field has a negative line of its own, which no file has, to find the field of a problem."""
    return RecordPlace(file, 0, {name: -number for number, name in enumerate(FIELDS, start=1)})


def find_field(problem: Problem, fields: Iterable[FormField]) -> str:
    """Return the name of the form's field of a problem found at `place_fields`; empty if it is of none."""
    if problem.place is None or problem.place.line >= 0:
        return ""
    base = tuple(FIELDS)[-problem.place.line - 1]
    names = [field.name for field in fields]
    parts = [name for name in names if name.startswith(f"{base}.")]
    begins = {name: (f"{name}:", f"{name.partition('.')[2]} ") for name in parts}
    base = "image.file" if base == "image" else base
    return next(
        (name for name in parts if problem.message.startswith(begins[name])), base if base in names else ""
    )
