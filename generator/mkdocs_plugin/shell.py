"""Page shells: pages that MkDocs renders with the full theme, split at the slots for the content of each page."""

from __future__ import annotations

import logging
import posixpath
import re

from msgspec import Struct

from generator.labels.labels import load_labels
from generator.model import Page, Plan

ID = "papershelf-shell"
"""The id of the shell page. It is reserved, so no record or topic can have it."""
_MARK = "papershelfshell"
_TITLE, _DESCRIPTION, _TAGS, _CARD, _EDIT, _HEADING, _CONTENT = (
    f"{_MARK}{name}" for name in ("title", "description", "tags", "card", "edit", "heading", "content")
)
_SLOTS = {
    _TITLE: "title", _DESCRIPTION: "description", _TAGS: "tags", _CARD: "card", _EDIT: "edit", _HEADING: "anchor",
}  # fmt: skip
_INDENT = re.compile(r"\n\s+")
_TAG = re.compile(
    r"(<(?:script|style)\b[^>]*>)(.*?</)|<[a-z](?:[^<>\"']|\"[^\"]*\")*>", re.DOTALL | re.IGNORECASE
)
_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.DOTALL | re.IGNORECASE)
_QUOTED = re.compile(rf'="(?![^"]*(?:{ID}|{_MARK}))([^\s"\'=<>`]+)"(?=[\s>])')
_BODY = re.compile(rf'<h1 id="{_HEADING}">{_HEADING}(?P<tail>.*?)</h1>\s*<p>{_CONTENT}</p>', re.DOTALL)


class PageShellError(Exception):
    """Raised when a rendered page shell lacks a slot."""


class ShellKind(Struct, frozen=True):
    """The common properties of pages with the same shell: layout, depth in the tree, and whether they have edit links."""

    layout: str
    depth: int
    editable: bool


class PageShell(Struct, frozen=True):
    """A rendered page in pieces: literal texts, each followed by a slot (except the last)."""

    pieces: tuple[tuple[str, str], ...]
    heading_tail: str
    """The HTML that the theme adds to a heading, with `{}` for the heading's anchor."""


def keep_shells_unsaid() -> None:
    """Leave out MkDocs's message that it skipped a page, where the page is a shell and not a page of the site."""
    logging.getLogger("mkdocs.commands.build").addFilter(_is_to_be_said)


def _is_to_be_said(record: logging.LogRecord) -> bool:
    message = record.getMessage()
    return not (message.startswith("Page skipped: ") and f"/{ID}" in message)


def find_shell_kind(plan: Plan) -> ShellKind:
    """Return the kind of page shell for a page."""
    return ShellKind(plan.layout, plan.path.count("/"), bool(plan.edit))


def build_shell_page(plan: Plan) -> Page:
    """Return the page that MkDocs renders as the shell for pages like this one; it is in the same folder."""
    edit = _EDIT if plan.edit else ""
    head = {
        "title": _TITLE,
        "description": _DESCRIPTION,
        "layout": plan.layout,
        "hide": ["navigation", "toc"],
        "edit": edit,
        "tags": _TAGS if plan.layout == "paper" else "",
        "card_tags": _CARD if plan.layout == "list" else "",
    }
    name = f"{ID}-editable" if edit else ID
    return Page(
        path=posixpath.join(posixpath.dirname(plan.path), f"{name}.md"),
        head=head,
        template="shell",
        values={"heading": _HEADING, "content": _CONTENT},
        labels=load_labels(),
        edit=edit,
    )


def remove_indentation(html: str) -> str:
    """Return a page without indentation. Hashes of scripts are computed after this."""
    return _INDENT.sub("\n", html)


def _unquote(html: str) -> str:
    """Return HTML without unnecessary quotes around attributes (HTML, 13.1.2.3); attributes with slots keep them."""
    return _TAG.sub(lambda tag: _QUOTED.sub(r"=\1", tag[1] or tag[0]) + (tag[2] or ""), html)


def cut_shell(html: str, address: str) -> PageShell:
    """Return the page shell in pieces; `address` is the URL of the shell, which each page replaces by its own.

    Raises:
        PageShellError: if the content was changed, for example by a plugin.
    """
    match = _BODY.search(html)
    if match is None:
        raise PageShellError(
            "the content of the page shell was rewritten by a plugin or a Markdown extension"
        )
    slots = {**_SLOTS, address: "address"}
    if any(
        "json" not in script[1] and any(slot in script[2] for slot in slots)
        for script in _SCRIPT.finditer(html)
    ):
        raise PageShellError(
            "an inline script contains the page's URL, so its hash would be different for each page"
        )
    pattern = re.compile("|".join(map(re.escape, sorted(slots, key=len, reverse=True))))
    pieces: list[tuple[str, str]] = []
    for part, last in ((_unquote(html[: match.start()]), "content"), (_unquote(html[match.end() :]), "")):
        at = 0
        for found in pattern.finditer(part):
            pieces.append((part[at : found.start()], slots[found[0]]))
            at = found.end()
        pieces.append((part[at:], last))
    tail = match["tail"].replace(_HEADING, "{}")
    return PageShell(tuple(pieces), tail)
