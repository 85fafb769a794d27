"""Fills page shells: renders pages as HTML, gives their headings anchors as MkDocs does, and inserts the texts."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from markdown.extensions.toc import unique

from generator.mkdocs_plugin.shell import PageShell
from generator.model import Page
from generator.pages.parts.templates import render_html
from generator.text.escaping import unescape_markup

_HEADING = re.compile(r"<h([12])>(.*?)</h\1>", re.DOTALL)
_TAGS = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)


class PageFiller:
    """Fills page shells. `slugify` creates anchors; `pretty` means directory URLs."""

    def __init__(self, slugify: Callable[[str, str], str], *, pretty: bool) -> None:
        self._pretty = pretty
        self._name = lru_cache(lambda heading: slugify(_read(heading), "-"))  # most headings are on all pages

    def fill_page(self, shell: PageShell, page: Page, address: str) -> str:
        """Return a complete HTML page; `address` replaces the URL of the shell."""
        content, anchor = self.render(shell, page)
        words = {
            "title": str(page.head["title"]),
            "description": str(page.head.get("description", "")),
            "tags": str(page.head.get("tags", "")),
            "card": str(page.head.get("card_tags", "")),
            "edit": page.edit,
            "anchor": anchor,
            "address": address,
            "content": content,
            "": "",
        }
        return "".join([f"{text}{words[slot]}" for text, slot in shell.pieces])

    def render(self, shell: PageShell, page: Page) -> tuple[str, str]:
        """Return the HTML of a page's content, and the anchor of its first heading."""
        used: set[str] = set()
        anchors: list[str] = []

        def name(match: re.Match[str]) -> str:
            anchors.append(unique(self._name(match[2]), used))
            tail = shell.heading_tail.replace("{}", anchors[-1])
            return f'<h{match[1]} id="{anchors[-1]}">{match[2]}{tail}</h{match[1]}>'

        html = _HEADING.sub(name, render_html(page, pretty=self._pretty))
        html = html.replace("</li>\n", "\n")  # an end that HTML does not need (13.1.2.4)
        return html, anchors[0] if anchors else ""


def _read(html: str) -> str:
    """Return the text of a heading, as Python-Markdown reads it for the anchor."""
    return unescape_markup(_TAGS.sub("", html))
