"""Marks glossary terms in the texts of a page: the first occurrence of a term opens a card with its meaning."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import NamedTuple

from markupsafe import Markup
from msgspec import Struct

from generator.editorial import Glossary
from generator.labels.labels import Labels
from generator.pages.parts.markup_language import MarkupLanguage
from generator.text.escaping import clean_line, escape_link
from generator.text.markup_text import MarkupText
from generator.text.patterns import build_pattern
from generator.urls.routes import GLOSSARY, build_link

# Writing without blanks between words (CJK): there a term ends anywhere.
_DENSE = "\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef"
_BEFORE, _AFTER = rf"(?<![^\W{_DENSE}])(?<!\w-)", rf"(?![^\W{_DENSE}]|-\w)"
_CARD = "term-"
_IS_DENSE = re.compile(f"[{_DENSE}]")


class TermCard(NamedTuple):
    """What the card of a term shows."""

    term: str
    meaning: MarkupText


class TermMarker(Struct, frozen=True):
    """All words of a glossary as one pattern, the id of the term of each word, and the cards by these ids."""

    pattern: re.Pattern[str] | None = None
    """None where the glossary is empty."""
    words: Mapping[str, str] = {}
    cards: Mapping[str, TermCard] = {}
    title: str = ""
    """The title of the page of the glossary."""

    def start_page(self) -> PageTerms:
        """Return the terms of a new page: none is used yet."""
        return PageTerms(self)


def build_marker(glossary: Glossary, labels: Labels) -> TermMarker:
    """Return what finds the terms of a glossary in texts, the longest first and only as whole words.

    A word with a capital letter is found as it is written. Any other may begin with one. A plural in `s` is found too.
    """
    words = {
        written: term.id
        for term in reversed(glossary)
        for form in (term.term, *term.aliases)
        for written in _list_written(clean_line(form))
    }
    if not words:
        return TermMarker()
    dense = [form for form in words if _IS_DENSE.match(form)]
    spaced = [form for form in words if not _IS_DENSE.match(form)]
    parts = [f"{_BEFORE}{build_pattern(spaced)}{_AFTER}"] if spaced else []
    parts += [build_pattern(dense)] if dense else []
    cards = {term.id: TermCard(term.term, MarkupText(term.meaning)) for term in glossary}
    return TermMarker(re.compile("|".join(parts)), words, cards, labels("glossary.title"))


def _list_written(form: str) -> Iterator[str]:
    forms = [form] if form != form.lower() else [form, form[:1].upper() + form[1:]]
    for written in forms:
        yield written
        if written[-1].isascii() and written[-1].isalpha() and written[-1] != "s":
            yield f"{written}s"


class PageTerms:
    """The terms that the texts of one page use, in the order of their first use."""

    def __init__(self, marker: TermMarker) -> None:
        self._marker = marker
        self._used: dict[str, None] = {}

    def mark(self, text: MarkupText, language: MarkupLanguage) -> Markup:
        """Return a text with formulas in which a term that the page has not used before is a button for its card."""
        return language.render(text, partial(self._cut, language) if self._marker.pattern else None)

    def _cut(self, language: MarkupLanguage, text: str) -> Iterator[str]:
        at = 0
        for match in self._marker.pattern.finditer(text) if self._marker.pattern else ():
            term = self._marker.words[match[0]]
            if term not in self._used:
                self._used[term] = None
                yield text[at : match.start()]
                yield Markup(  # noqa: S704 (both are escaped)
                    f'<button class="ps-term" type="button" popovertarget="{escape_link(_CARD + term)}">{language.escape(match[0])}</button>'
                )
                at = match.end()
        yield text[at:]

    def render_cards(self, here: str, language: MarkupLanguage) -> Markup:
        """Return the cards of a page, with links from it. Without popovers they stand as notes at its end."""
        cards = " ".join(self._render_card(term, here, language) for term in self._used)
        return Markup(f'<small class="ps-terms">{cards}</small>' if cards else "")  # noqa: S704 (escaped part by part)

    def _render_card(self, term: str, here: str, language: MarkupLanguage) -> str:
        card = self._marker.cards[term]
        words = f"<b>{language.escape(card.term)}</b> {language.render(card.meaning)}"
        link = language.link(self._marker.title, f"{build_link(here, GLOSSARY)}#{term}")
        return f'<span id="{escape_link(_CARD + term)}" class="ps-term-card" popover>{words} {link}</span>'
