"""The plate: one page that MkDocs renders through the whole theme, cut where the words of each paper go in."""

from __future__ import annotations

import re

from msgspec import Struct

from generator.model import Page
from generator.pages.routes import paper_path

ID = "papershelf-plate"
"""The id of a paper that cannot exist: ids of records are checked against it."""
_MARK = "papershelfplate"
_TITLE, _DESCRIPTION, _EDIT, _HEADING, _CONTENT, _CODE, _END = (
    f"{_MARK}{name}" for name in ("title", "description", "edit", "heading", "content", "code", "end")
)
_SLOTS = {_TITLE: "title", _DESCRIPTION: "description", _EDIT: "edit", _HEADING: "anchor"}
_INDENT = re.compile(r"\n\s+")
_BODY = re.compile(
    rf'<h1 id="{_HEADING}">{_HEADING}(?P<tail>.*?)</h1>\s*<p>{_CONTENT}</p>\s*'
    rf"(?P<before>.*?){_CODE}\n?(?P<after></code>.*?)<p>{_END}</p>",
    re.DOTALL,
)


class PlateError(Exception):
    """The rendered plate does not have the parts that the press fills in."""


class Plate(Struct, frozen=True):
    """A rendered page in pieces: literal text, each followed by the slot whose words come next (the last has none)."""

    pieces: tuple[tuple[str, str], ...]
    heading_tail: str
    """What the theme adds to a heading, with the heading's anchor as `{}`."""
    code: tuple[str, str]
    """What stands around the text of a block of code."""


def build_plate_page() -> Page:
    """Return the page that MkDocs is given to render."""
    body = f"# {_HEADING}\n\n{_CONTENT}\n\n    {_CODE}\n\n{_END}\n"
    head = {
        "title": _TITLE,
        "description": _DESCRIPTION,
        "layout": "paper",
        "hide": ["navigation", "toc"],
        "edit": _EDIT,
    }
    return Page(path=paper_path(ID), head=head, body=body, edit=_EDIT)


def cut_plate(html: str, address: str) -> Plate:
    """Return the plate in pieces; `address` is the part of its URL that each paper has otherwise.

    Raises:
        PlateError: when the content is not there as it was given, which a plugin that rewrites it can cause.
    """
    html = _INDENT.sub("\n", html)
    match = _BODY.search(html)
    if match is None:
        raise PlateError("the content of the plate was rewritten by a plugin or a Markdown extension")
    slots = {**_SLOTS, address: "address"}
    pattern = re.compile("|".join(map(re.escape, sorted(slots, key=len, reverse=True))))
    pieces: list[tuple[str, str]] = []
    for part, last in ((html[: match.start()], "content"), (html[match.end() :], "")):
        at = 0
        for found in pattern.finditer(part):
            pieces.append((part[at : found.start()], slots[found[0]]))
            at = found.end()
        pieces.append((part[at:], last))
    tail = match["tail"].replace(_HEADING, "{}")
    return Plate(tuple(pieces), tail, (match["before"], match["after"].strip()))
