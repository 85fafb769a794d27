"""Reads XML from external sources, one element at a time with its line. Document types and entities are rejected.

Entity bombs and external entities need a document type, and the formats read here have none. The standard library's
expat reports the position of every element and allows rejecting a document type before it is read. defusedxml also does
this, but without line numbers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from xml.etree.ElementTree import Element
from xml.parsers import expat

from msgspec import Struct

from generator.limits import XML_DEPTH
from generator.problems import Place, Problem, error

_CHUNK = 1 << 16
_HINT = "download the file again; everything before this line was read"


class FoundElement(Struct, frozen=True, kw_only=True):
    """A wanted element with its content, its first line, and the elements around it.

    `element` is None if the file ends or breaks inside it. The elements around it, outermost first, have only
    attributes.
    """

    tag: str
    line: int
    element: Element | None
    around: tuple[Element, ...]


class _RefusedError(Exception):
    """Raised for a well-formed construct that is not accepted."""


def read_elements(
    text: str, *, file: str, roots: Collection[str], wanted: Collection[str], problems: list[Problem]
) -> Iterator[FoundElement]:
    """Yield the outermost elements with the wanted names (`{namespace}name`), in order.

    At the first XML error, a problem is added to `problems` and no more elements follow; the same applies to a root
    that is not one of `roots`.
    """
    reader = _Reader(roots, wanted)
    message = ""
    try:
        for start in range(0, len(text), _CHUNK):
            reader.parser.Parse(text[start : start + _CHUNK], False)  # noqa: FBT003 (expat takes no keywords)
            yield from reader.take()
        reader.parser.Parse("", True)  # noqa: FBT003 (as above)
    except expat.ExpatError as fault:
        message = f"not well-formed XML: {expat.ErrorString(fault.code)}"
    except _RefusedError as fault:
        message = str(fault)
    except UnicodeEncodeError:
        message = "half of a surrogate pair, which is not text"
    yield from reader.take()
    if message:
        line = reader.parser.CurrentLineNumber
        problems.append(error("bad-xml", message, Place(file=file, line=line), _HINT))
        yield from reader.cut_off()


class _Reader:
    """Builds elements from expat's events; only wanted elements are kept, so memory does not grow with the file."""

    def __init__(self, roots: Collection[str], wanted: Collection[str]) -> None:
        self.parser = expat.ParserCreate(namespace_separator="}")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._data
        self.parser.StartDoctypeDeclHandler = self._refuse_doctype
        self._roots, self._wanted = roots, wanted
        self._stack: list[Element] = []
        self._inside = 0  # how many open elements there are from the wanted one on
        self._line = 0
        self._done: list[FoundElement] = []

    def take(self) -> list[FoundElement]:
        """Return the elements completed since the last call."""
        done, self._done = self._done, []
        return done

    def cut_off(self) -> list[FoundElement]:
        """Return the wanted element that is still open, if any, as unreadable."""
        return [self._find(None)] if self._inside else []

    def _find(self, element: Element | None) -> FoundElement:
        depth = len(self._stack) - self._inside
        tag, around = self._stack[depth].tag, tuple(self._stack[:depth])
        return FoundElement(tag=tag, line=self._line, element=element, around=around)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = f"{{{name}" if "}" in name else name
        if not self._stack and tag not in self._roots:
            raise _RefusedError(
                f"the outermost element is <{tag.rpartition('}')[2]}>, which does not belong to this format"
            )
        if len(self._stack) == XML_DEPTH:
            raise _RefusedError(f"more than {XML_DEPTH} nested elements")
        element = Element(tag, attributes)
        if self._inside:
            self._stack[-1].append(element)
            self._inside += 1
        elif tag in self._wanted:
            self._inside, self._line = 1, self.parser.CurrentLineNumber
        self._stack.append(element)

    def _end(self, _name: str) -> None:
        if self._inside == 1:
            self._done.append(self._find(self._stack[-1]))
        self._inside = max(0, self._inside - 1)
        self._stack.pop()

    def _data(self, data: str) -> None:
        if not self._inside:
            return
        here = self._stack[-1]
        if len(here):
            here[-1].tail = (here[-1].tail or "") + data
        else:
            here.text = (here.text or "") + data

    @staticmethod
    def _refuse_doctype(*_declaration: object) -> None:
        raise _RefusedError("the file has a document type (<!DOCTYPE>), which could load external entities")
