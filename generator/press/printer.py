"""Pages through the press: Markdown to HTML by cmark, anchors and links as MkDocs makes them, words into the plate."""

from __future__ import annotations

import re
from collections.abc import Callable

import cmarkgfm
from cmarkgfm.cmark import Options
from markdown.extensions.toc import unique
from markupsafe import Markup, escape

from generator.model import Page
from generator.press.plate import Plate

_HEADING = re.compile(r"<h([1-6])>(.*?)</h\1>", re.DOTALL)
_LINK = re.compile(r'(<a href=")([^":#?]+\.md)')
_CODE = re.compile(r"<pre><code>(.*?)</code></pre>", re.DOTALL)
_TAGS = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)
_HTML = Options.CMARK_OPT_UNSAFE  # raw HTML passes: pages/markdown has written all of it


class Printer:
    """Prints the pages of one plate; `to_url` gives the address of a Markdown file as these pages link to it, `slugify` anchors."""

    def __init__(
        self, plate: Plate, to_url: Callable[[str], str], slugify: Callable[[str, str], str]
    ) -> None:
        self._plate = plate
        self._to_url = to_url
        self._slugify = slugify
        self._urls: dict[str, str] = {}

    def print_page(self, page: Page, address: str) -> str:
        """Return a whole page of HTML; `address` is what stands in the place of the plate's."""
        content, anchor = self.render(page.body)
        words = {
            "title": str(escape(Markup(str(page.head["title"])).striptags())),  # noqa: S704 (a head is escaped)
            "description": str(page.head.get("description", "")),
            "edit": page.edit,
            "anchor": anchor,
            "address": address,
            "content": content,
            "": "",
        }
        return "".join([f"{text}{words[slot]}" for text, slot in self._plate.pieces])

    def render(self, body: str) -> tuple[str, str]:
        """Return the HTML of a Markdown text, and the anchor of its first heading."""
        html = str(cmarkgfm.markdown_to_html(body, _HTML))
        html = _LINK.sub(self._link, html)
        used: set[str] = set()
        anchors: list[str] = []

        def name(match: re.Match[str]) -> str:
            anchors.append(unique(self._slugify(_read(match[2]), "-"), used))
            tail = self._plate.heading_tail.replace("{}", anchors[-1])
            return f'<h{match[1]} id="{anchors[-1]}">{match[2]}{tail}</h{match[1]}>'

        html = _HEADING.sub(name, html)
        before, after = self._plate.code
        html = _CODE.sub(lambda match: f"{before}{match[1].rstrip()}{after}", html)
        return html, anchors[0] if anchors else ""

    def _link(self, match: re.Match[str]) -> str:
        path = match[2]
        url = self._urls.get(path)
        if url is None:
            url = self._urls[path] = self._to_url(path)
        return f"{match[1]}{url}"


def _read(html: str) -> str:
    """Return what a heading says, as Python-Markdown reads it for its anchor."""
    return str(Markup(_TAGS.sub("", html)).unescape())  # noqa: S704 (only read)
