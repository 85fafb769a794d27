"""Fills page shells: converts Markdown to HTML with cmark, creates anchors and links like MkDocs, and inserts the texts."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable

import cmarkgfm
from cmarkgfm.cmark import Options
from markdown.extensions.toc import unique

from generator.mkdocs_plugin.shell import PageShell
from generator.model import Page
from generator.text.escaping import shorten_markup, unescape_markup

_HEADING = re.compile(r"<h([1-6])>(.*?)</h\1>", re.DOTALL)
_LINK = re.compile(r'(<a href=")([^":#?]+\.md)')
_CODE = re.compile(r"<pre><code>(.*?)</code></pre>", re.DOTALL)
_TAGS = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)
_HTML = Options.CMARK_OPT_UNSAFE  # raw HTML passes: pages/markdown has written all of it


class PageFiller:
    """Fills page shells. `to_url` returns the relative URL between the pages of two Markdown files; `slugify` creates anchors."""

    def __init__(self, to_url: Callable[[str, str], str], slugify: Callable[[str, str], str]) -> None:
        self._to_url = to_url
        self._slugify = slugify
        self._urls: dict[tuple[str, str], str] = {}

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
        """Return the HTML of a page's Markdown, and the anchor of its first heading."""
        folder = posixpath.dirname(page.path)
        html = str(cmarkgfm.markdown_to_html(page.body, _HTML))
        html = _LINK.sub(lambda match: match[1] + self._link(page.path, folder, match[2]), html)
        used: set[str] = set()
        anchors: list[str] = []

        def name(match: re.Match[str]) -> str:
            anchors.append(unique(self._slugify(_read(match[2]), "-"), used))
            tail = shell.heading_tail.replace("{}", anchors[-1])
            return f'<h{match[1]} id="{anchors[-1]}">{match[2]}{tail}</h{match[1]}>'

        html = _HEADING.sub(name, html)
        html = html.replace("</li>\n", "\n")  # an end that HTML does not need (13.1.2.4)
        html = _CODE.sub(lambda match: f"<pre><code>{shorten_markup(match[1])}</code></pre>", html)
        return html, anchors[0] if anchors else ""

    def _link(self, source: str, folder: str, link: str) -> str:
        """Return the URL for a link. Links are cached by folder, because all pages in a folder need the same URLs."""
        url = self._urls.get((folder, link))
        if url is None:
            target = posixpath.normpath(posixpath.join(folder, link))
            url = self._to_url(source, target)
            below = source.removesuffix(".md")
            if target != source and not target.startswith(f"{below}/"):
                self._urls[folder, link] = url
        return url


def _read(html: str) -> str:
    """Return the text of a heading, as Python-Markdown reads it for the anchor."""
    return unescape_markup(_TAGS.sub("", html))
