"""A text of a record as a value, with its source and its renderings, each rendered once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from markupsafe import Markup

from generator.text.escaping import escape_bibtex_title, escape_markup, escape_rich, escape_rich_html
from generator.text.maths import plain

# The end of a sentence, except after an abbreviation or a single letter.
_SENTENCE = re.compile(
    r"(?<!\be\.g)(?<!\bi\.e)(?<!\bvs)(?<!\bet al)(?<!\b[A-Z])[.!?][”\"')]*(?=\s+[A-Z0-9“\"(μ])"
)


def split_sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each sentence of a text begins and ends, with the blanks before it.

    >>> [("Owls, e.g. barn owls, hunt. Mice run."[a:b]) for a, b in split_sentences("Owls, e.g. barn owls, hunt. Mice run.")]
    ['Owls, e.g. barn owls, hunt.', ' Mice run.']
    """
    start = 0
    for end in (match.end() for match in _SENTENCE.finditer(text)):
        yield start, end
        start = end
    if start < len(text):
        yield start, len(text)


Rendered = TypeVar("Rendered")


class _Rendering(Generic[Rendered]):
    """Like `functools.cached_property`, but with the value in a slot, because a dict for each text would double the memory."""

    def __init__(self, render: Callable[[MarkupText], Rendered]) -> None:
        self._render, self._slot = render, f"_{render.__name__}"
        self.__doc__ = render.__doc__

    def __get__(self, text: MarkupText, owner: type[MarkupText]) -> Rendered:
        kept: Rendered | None = getattr(text, self._slot, None)
        if kept is None:
            kept = self._render(text)
            object.__setattr__(text, self._slot, kept)
        return kept


@dataclass(frozen=True)
class MarkupText:
    r"""A text with formulas. Each rendering is computed at first use and cached.

    Renderings are not fields: they are not compared, pickled or written to files.

    >>> title = MarkupText("Owls & $x^2$")
    >>> title.plain, title.bibtex
    ('Owls & x²', 'Owls \\& {$x^2$}')
    """

    __slots__ = ("_bibtex", "_first_sentence", "_html", "_markdown", "_plain", "_rich", "source")

    source: str
    """The text as in the record, with TeX between dollar signs."""

    @_Rendering
    def plain(self) -> str:
        """The text with formulas in plain characters, for words, tables and other programs."""
        return plain(self.source)

    @_Rendering
    def html(self) -> Markup:
        """The plain text escaped for an HTML element or quoted attribute in a page's head."""
        return Markup(escape_markup(self.plain))  # noqa: S704 (this is the escaping)

    @_Rendering
    def rich(self) -> Markup:
        """The text for an HTML element, with formulas as MathML."""
        return escape_rich_html(self.source)

    @_Rendering
    def markdown(self) -> Markup:
        """The text for Markdown, with formulas as MathML."""
        return escape_rich(self.source)

    @_Rendering
    def first_sentence(self) -> MarkupText:
        """The first sentence, or the text itself if it has no other."""
        end = _SENTENCE.search(self.source)
        sentence = self.source[: end.end()] if end else self.source
        return self if sentence == self.source else MarkupText(sentence)

    @_Rendering
    def bibtex(self) -> str:
        """The text as a BibTeX title, with formulas as TeX."""
        return escape_bibtex_title(self.source)

    def __reduce__(self) -> tuple[type[MarkupText], tuple[str]]:
        return MarkupText, (self.source,)
