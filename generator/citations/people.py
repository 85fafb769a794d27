"""The form of a list of names in a style, and its labels, such as “Eds.”."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from msgspec import Struct

from generator.citations.join import enclose
from generator.citations.letter_case import CASES
from generator.citations.names import NameForm, build_form
from generator.citations.style import Style

_INHERITED = (
    "and", "delimiter-precedes-et-al", "delimiter-precedes-last", "et-al-min", "et-al-use-first", "et-al-use-last",
    "initialize", "initialize-with", "initialize-with-hyphen", "name-as-sort-order", "sort-separator",
)  # fmt: skip


class ListForm(Struct, frozen=True, kw_only=True):
    """The form of the names of a list, the label for one and for several, and whether it stands before them."""

    names: NameForm
    labels: tuple[str, str]
    begins_with_label: bool


def build_list_form(style: Style, element: Element, variable: str) -> ListForm:
    """Return how an element `names` writes the names of a variable, such as `editor`."""
    name, et_al, label = (element.find(tag) for tag in ("name", "et-al", "label"))
    options = {key: value for key, value in style.options.items() if key in _INHERITED}
    options["delimiter"] = style.options.get("name-delimiter", ", ")
    form = build_form(
        {**options, **(name.attrib if name is not None else {})},
        and_words={"text": style.find_term("and"), "symbol": style.find_term("and", "symbol")},
        others=style.find_term("et-al" if et_al is None else et_al.get("term", "et-al")),
        demotes=style.options.get("demote-non-dropping-particle", _ALWAYS) == _ALWAYS,
    )
    children = [child.tag for child in element]
    return ListForm(
        names=form,
        labels=(_write_label(style, label, variable), _write_label(style, label, variable, plural=True)),
        begins_with_label="label" in children[: children.index("name")] if "name" in children else False,
    )


_ALWAYS = "display-and-sort"


def _write_label(style: Style, label: Element | None, variable: str, *, plural: bool = False) -> str:
    if label is None:
        return ""
    said = style.find_term(variable, label.get("form", "long"), plural=plural)
    said = CASES[label.get("text-case", "")](said) if "text-case" in label.attrib else said
    return enclose(label.get("prefix", ""), said, label.get("suffix", ""))
