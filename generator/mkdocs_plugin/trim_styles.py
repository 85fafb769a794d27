"""Trims style sheets: removes comments and those rules of Material's that generated pages cannot use.

Generated pages use few of Material's elements and none of its components, so that they never need two thirds of its
rules. Hand-written pages load the complete style sheet.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from functools import cache
from pathlib import PurePath

import lightningcss

MATERIAL = re.compile(r"assets/stylesheets/(main|palette)\.\w+\.min\.css")
"""The paths of Material's style sheets."""
_CLASS = re.compile(r"[.#](-?[A-Za-z_][\w-]*)")
_DEFINED = re.compile(r"(--[\w-]+)\s*:")
_READ = re.compile(r"var\(\s*(--[\w-]+)")
_WORDS = {".css": re.compile(r"(?:(?<=[.#])|--)-?[A-Za-z_][\w-]*")}
_ANY_WORD = re.compile(r"[\w-]+")
_MARKDOWN = frozenset({"highlight", "headerlink"})
"""Classes that Markdown extensions write into generated pages."""


def pack_style(text: str) -> str:
    """Return a style sheet without comments and unnecessary spaces."""
    return lightningcss.process_stylesheet(text, minify=True)


def list_symbols(name: str, text: str) -> frozenset[str]:
    """Return all words in a template, script or style sheet that may be names of classes, ids or custom properties."""
    return frozenset(_WORDS.get(PurePath(name).suffix, _ANY_WORD).findall(text))


@cache
def trim_styles(css: str, words: frozenset[str]) -> str:
    """Return a style sheet without the rules for classes and ids, and the custom properties, that are not among the words."""
    known = words | _MARKDOWN
    unused = set(_CLASS.findall(css)) - known
    while True:
        kept = lightningcss.process_stylesheet(css, unused_symbols=unused, minify=True)
        never_read = set(_DEFINED.findall(kept)) - set(_READ.findall(kept)) - known - unused
        if not never_read:
            return kept
        unused |= never_read


def name_trimmed(styles: Iterable[str]) -> str:
    """Return the path of a trimmed style sheet, named by a hash of its content so that it can be cached indefinitely."""
    digest = hashlib.sha256("".join(styles).encode()).hexdigest()
    return f"assets/stylesheets/generated.{digest[:8]}.min.css"
