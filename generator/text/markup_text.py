"""A text of a record as a value: its source, and what it is in each language, rendered once."""

from __future__ import annotations

from functools import cached_property

from markupsafe import Markup
from msgspec import Struct

from generator.text.escaping import escape_bibtex, escape_markup, escape_rich
from generator.text.maths import plain


class MarkupText(Struct, frozen=True, dict=True):
    r"""A text with mathematics. Each rendering is made when it is first read, and is kept with the text.

    Renderings are no fields: they are neither compared, nor pickled, nor written to a file.

    >>> title = MarkupText("Owls & $x^2$")
    >>> title.plain, title.html, title.bibtex
    ('Owls & x²', Markup('Owls &amp; x²'), 'Owls \\& $x^2$')
    """

    source: str
    """The text as the record has it, with TeX between dollar signs."""

    @cached_property
    def plain(self) -> str:
        """The text with its mathematics in plain characters, for words, tables and other programs."""
        return plain(self.source)

    @cached_property
    def html(self) -> Markup:
        """The plain text for the head of a page: an element or a quoted attribute of HTML."""
        return Markup(escape_markup(self.plain))  # noqa: S704 (this is the escaping)

    @cached_property
    def rich(self) -> Markup:
        """The text for Markdown, with its mathematics as MathML."""
        return escape_rich(self.source)

    @cached_property
    def bibtex(self) -> str:
        """The text for a field of BibTeX, with its mathematics as TeX."""
        return escape_bibtex(self.source)
