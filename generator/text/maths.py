"""Text with mathematics: formulas as MathML, or as plain characters."""

from __future__ import annotations

import re
from functools import lru_cache
from xml.etree import ElementTree as ET

from latex2mathml.converter import convert

from generator.text.formula_text import formula_to_text, is_sound, space_operators
from generator.text.formulas import show_words, split_maths

_MATHML = "http://www.w3.org/1998/Math/MathML"
# The allowed part of MathML Core (w3.org/TR/mathml-core): without links, styles and scripts.
_ELEMENTS = frozenset(
    """math mrow mi mn mo ms mtext mspace msup msub msubsup mfrac msqrt mroot munder mover munderover mtable mtr mtd
    mmultiscripts mprescripts mphantom mpadded mstyle""".split()  # noqa: SIM905 (a list of words reads best as words)
)
_ATTRIBUTES = frozenset(
    """display mathvariant stretchy accent accentunder fence separator linethickness columnalign columnspan rowspan
    lspace rspace minsize maxsize symmetric movablelimits form width height depth displaystyle
    scriptlevel""".split()  # noqa: SIM905 (as above)
)
ET.register_namespace("", _MATHML)
_NAME = re.compile(r"[A-Za-z]{2}")


def plain(text: str) -> str:
    """Return the text with formulas in plain Unicode characters, for titles, tabs and search.

    A formula that cannot be read keeps its delimiters.
    """
    if "$" not in text and "\\" not in text:
        return text
    return "".join(
        (part.tex and formula_to_text(part.tex)) or show_words(part.source) for part in split_maths(text)
    )


@lru_cache(maxsize=4096)
def render_mathml(tex: str) -> str | None:
    """Return a formula as one line of MathML Core, or None if it cannot be read."""
    if not is_sound(tex):
        return None
    try:
        tree = ET.fromstring(convert(space_operators(tex)))  # noqa: S314 (our own output, made one line above)
    except Exception:  # noqa: BLE001 (the converter raises a dozen kinds of errors and documents none)
        return None
    for element in tree.iter():
        if element.tag.removeprefix(f"{{{_MATHML}}}") not in _ELEMENTS:
            return None
        if _NAME.match(element.text or ""):
            _name_operator(element)
        for name in [name for name in element.attrib if name not in _ATTRIBUTES]:
            del element.attrib[name]
    return ET.tostring(tree, encoding="unicode").replace("\n", " ")


def _name_operator(element: ET.Element) -> None:
    """Turn the name of a function from an operator, which has wide spaces on both sides, into an identifier."""
    if element.tag == f"{{{_MATHML}}}mo":
        element.tag = f"{{{_MATHML}}}mi"
        element.attrib.clear()
