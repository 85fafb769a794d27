"""Escaping of texts with formulas, for HTML and for Markdown: the formulas become MathML, everything else is escaped."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable

from markupsafe import Markup

from generator.text.escaping.lines import clean_line
from generator.text.formulas import show_words, split_maths
from generator.text.maths import render_mathml

Escape = Callable[[str], str]
Cut = Callable[[str], Iterable[str]]
_IN_TAGS = re.compile(r">([^<]+)<")


def render_rich(text: str, escape: Escape, cut: Cut | None = None) -> Markup:
    """Return a text with its formulas as MathML and the rest escaped; an unreadable formula shows its source.

    `escape` escapes one line for the language of the page. `cut` may split the words between formulas, and insert markup,
    which stays unchanged.
    """
    parts: list[str] = []
    for part in split_maths(clean_line(text)):
        mathml = render_mathml(part.tex) if part.tex else None
        if mathml:
            parts.append(_protect(mathml, part.tex, escape))
        elif part.tex or cut is None:
            parts.append(escape(part.source if part.tex else show_words(part.source)))
        else:
            parts += (p if type(p) is Markup else escape(p) for p in cut(show_words(part.source)))
    return Markup("".join(parts))  # noqa: S704 (escaped part by part)


def _protect(mathml: str, tex: str, escape: Escape) -> str:
    """Return MathML with its texts escaped, and with its TeX source for copying."""
    inner = _IN_TAGS.sub(lambda match: f">{escape(html.unescape(match[1]))}<", mathml)
    source = "".join(c if c.isalnum() and c.isascii() else f"&#{ord(c)};" for c in tex)
    return f'<span class="ps-maths" data-tex="{source}">{inner}</span>'  # in Markdown, a line that begins with <math> would be a block of HTML
