"""Converts inline markup of the ACL Anthology's XML to text: formulas between dollar signs, without other markup."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from generator.formats.shared.facts import clean_value, read_text
from generator.text.formula_text import formula_to_text
from generator.text.formulas import is_formula


def flatten(element: Element | None) -> str:
    """Return the text of an element without markup, single-spaced; empty for None."""
    return "" if element is None else clean_value("".join(element.itertext()))


def read_markup(element: Element | None) -> str:
    """Return the text of a title or abstract, single-spaced, with formulas between dollars."""
    return "" if element is None else read_text("".join(_walk(element)))


def _walk(element: Element) -> Iterator[str]:
    """Yield the pieces of text in order; everything outside of formulas is plain text."""
    yield element.text or ""
    for child in element:
        if child.tag == "tex-math":
            yield _enclose(flatten(child))
        else:
            yield from _walk(child)
        yield child.tail or ""


def _enclose(tex: str) -> str:
    tex = tex.strip("$").strip()
    return rf"\({tex}\)" if is_formula(tex) else formula_to_text(tex) or tex
