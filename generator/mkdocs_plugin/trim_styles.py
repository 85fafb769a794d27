"""Trimming of style sheets: no comments, and of Material's only the rules that generated pages can use.

Generated pages have a few of Material's elements and none of its components, so that two thirds of its rules are never
used there. Hand-written pages have the whole of it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from functools import cache
from pathlib import PurePath

import lightningcss

MATERIAL = re.compile(r"assets/stylesheets/(main|palette)\.\w+\.min\.css")
"""The addresses of Material's own style sheets."""
_CLASS = re.compile(r"[.#](-?[A-Za-z_][\w-]*)")
_DEFINED = re.compile(r"(--[\w-]+)\s*:")
_READ = re.compile(r"var\(\s*(--[\w-]+)")
_WORDS = {".css": re.compile(r"(?:(?<=[.#])|--)-?[A-Za-z_][\w-]*")}
_ANY_WORD = re.compile(r"[\w-]+")
_MARKDOWN = frozenset({"highlight", "headerlink"})
"""Classes that Markdown extensions write into generated pages."""


def pack_style(text: str) -> str:
    """Return a style sheet without comments and needless spaces."""
    return lightningcss.process_stylesheet(text, minify=True)


def list_words(name: str, text: str) -> frozenset[str]:
    """Return what a template, script or style sheet may mean by a class, an id or a custom property."""
    return frozenset(_WORDS.get(PurePath(name).suffix, _ANY_WORD).findall(text))


@cache
def trim_styles(css: str, words: frozenset[str]) -> str:
    """Return a style sheet without the rules for classes and ids, and the custom properties, that are none of the words."""
    known = words | _MARKDOWN
    unused = set(_CLASS.findall(css)) - known
    while True:
        kept = lightningcss.process_stylesheet(css, unused_symbols=unused, minify=True)
        never_read = set(_DEFINED.findall(kept)) - set(_READ.findall(kept)) - known - unused
        if not never_read:
            return kept
        unused |= never_read


def name_trimmed(styles: Iterable[str]) -> str:
    """Return the address for a trimmed style sheet, by its content, so that it can be kept for ever."""
    digest = hashlib.sha256("".join(styles).encode()).hexdigest()
    return f"assets/stylesheets/generated.{digest[:8]}.min.css"
