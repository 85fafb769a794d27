"""Mathematics between dollars: found, shown as MathML, and said in plain characters."""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from xml.etree import ElementTree as ET

from latex2mathml.converter import convert
from pylatexenc.latex2text import LatexNodes2Text

from generator.limits import TEX_DEPTH

# A dollar opens mathematics when no space follows it, and closes it when no digit does ("$5 and $6" is money).
_MATHS = re.compile(r"(?<![\\$])\$(?! )([^$\n]{1,500}?)(?<![ \\])\$(?!\d)")
_PARENTHESIS = re.compile(r"\\(?:begin|end)(?![A-Za-z])|\\.|[{}\[\]]", re.DOTALL)
_OPTIONAL = re.compile(r"\\(?:[A-Za-z]+\*?|\\)\s*\[")  # a command that takes what follows in brackets
_SCRIPT = re.compile(r"([_^])(?:\{([^{}]*)\}|(\\[A-Za-z]+|.))")
_TO_TEXT = LatexNodes2Text(math_mode="text", keep_comments=True)
_MATHML = "http://www.w3.org/1998/Math/MathML"
# What of MathML Core (w3.org/TR/mathml-core) may stand on a page: nothing that links, styles or runs.
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
logging.getLogger("pylatexenc").setLevel(logging.ERROR)  # it warns of every sign that it does not know
_RAISED = {
    unicodedata.normalize("NFKD", chr(c)): chr(c)
    for c in (*range(0x2070, 0x2080), 0xB9, 0xB2, 0xB3)
    if unicodedata.decomposition(chr(c)).startswith("<super>")
}
_LOWERED = {
    unicodedata.normalize("NFKD", chr(c)): chr(c)
    for c in range(0x2080, 0x209D)
    if unicodedata.decomposition(chr(c)).startswith("<sub>")
}


def split_maths(text: str) -> Iterator[tuple[bool, str]]:
    """Yield the parts of a text in their order: (True, TeX between dollars) or (False, words around it)."""
    at = 0
    for match in _MATHS.finditer(text):
        if match.start() > at:
            yield False, text[at : match.start()]
        yield True, match[1]
        at = match.end()
    if at < len(text):
        yield False, text[at:]


def _script(match: re.Match[str]) -> str:
    """Return a raised or lowered group in Unicode's own characters where they exist, else as it stands."""
    small = _RAISED if match[1] == "^" else _LOWERED
    inner = match[2] if match[2] is not None else match[3]
    if inner and all(c in small for c in inner):
        return "".join(small[c] for c in inner)
    return match[0] if len(inner) == 1 else f"{match[1]}({inner})" if inner else ""


@lru_cache(maxsize=4096)
def _say(tex: str) -> str:
    return read_latex(_TO_TEXT, _SCRIPT.sub(_script, tex.replace("%", r"\%").replace(r"\\%", r"\%"))) or tex


def is_sound(tex: str) -> bool:
    """Return whether braces, brackets after commands, and environments close in their order and are not too deep.

    The readers try others again and again, which costs twice as much with every level.
    """
    found = _PARENTHESIS.findall(tex)
    strict = bool(_OPTIONAL.search(tex))
    closing = {"}": "{", "]": "[", r"\end": r"\begin"}
    opened: list[str] = []
    for sign in found:
        if sign.startswith("\\") and sign not in {r"\begin", r"\end"}:
            continue
        if sign in "[]" and not strict:
            continue
        if sign not in closing:
            opened.append(sign)
        elif not opened or opened.pop() != closing[sign]:
            return False
        if len(opened) > TEX_DEPTH:
            return False
    return not opened


def read_latex(reader: LatexNodes2Text, tex: str) -> str:
    """Return what a piece of LaTeX says on one line, or the empty string when it cannot be read."""
    if not is_sound(tex):
        return ""
    try:
        said = str(reader.latex_to_text(tex))
    except Exception:  # noqa: BLE001 (the reader fails in many ways on macros without their arguments)
        return ""
    return "" if "%s" in said else " ".join(said.split())


def plain(text: str) -> str:
    """Return the text with its mathematics said in plain Unicode characters, as titles, tabs and search need it."""
    if "$" not in text:
        return text
    return "".join(_say(part) if is_maths else part for is_maths, part in split_maths(text))


@lru_cache(maxsize=4096)
def render_mathml(tex: str) -> str | None:
    """Return one line of MathML Core for a formula, or None when it cannot be read as one."""
    if not is_sound(tex):
        return None
    try:
        tree = ET.fromstring(convert(tex))  # noqa: S314 (our own output, made one line above)
    except Exception:  # noqa: BLE001 (the converter raises a dozen kinds of errors and documents none)
        return None
    for element in tree.iter():
        if element.tag.removeprefix(f"{{{_MATHML}}}") not in _ELEMENTS:
            return None
        for name in [name for name in element.attrib if name not in _ATTRIBUTES]:
            del element.attrib[name]
    return ET.tostring(tree, encoding="unicode").replace("\n", " ")
