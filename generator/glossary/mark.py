"""Marks glossary terms in the texts of a page: the first occurrence of a term opens a card with its meaning."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup
from msgspec import Struct

from generator.editorial import Glossary, Term
from generator.labels.labels import Labels
from generator.text.escaping import clean_line, escape_link, escape_markdown, escape_rich
from generator.text.markup_text import MarkupText
from generator.urls.routes import GLOSSARY, build_link

# Writing without blanks between words (CJK): there a term ends anywhere.
_DENSE = "\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef"
_BEFORE, _AFTER = rf"(?<![^\W{_DENSE}])(?<!\w-)", rf"(?![^\W{_DENSE}]|-\w)"
_CARD = "term-"
_IS_DENSE = re.compile(f"[{_DENSE}]")


class MarkedWord(NamedTuple):
    """A word of the glossary as it may be written: the id of its term, and the button that takes its place."""

    term: str
    button: Markup


class TermCard(NamedTuple):
    """The card of a term in Markdown, before and after the address of the page of the glossary."""

    before: str
    after: str


class TermMarker(Struct, frozen=True):
    """All words of a glossary as one pattern, what stands for each, and the cards by the ids of the terms."""

    pattern: re.Pattern[str] | None = None
    """None where the glossary is empty."""
    words: Mapping[str, MarkedWord] = {}
    cards: Mapping[str, TermCard] = {}


def build_marker(glossary: Glossary, labels: Labels) -> TermMarker:
    """Return what finds the terms of a glossary in texts, the longest first and only as whole words.

    A word with a capital letter is found as it is written. Any other may begin with one. A plural in `s` is found too.
    Buttons and cards are rendered here, once for all pages.
    """
    words = {
        written: MarkedWord(term.id, _render_button(term, written))
        for term in reversed(glossary)
        for form in (term.term, *term.aliases)
        for written in _list_written(clean_line(form))
    }
    if not words:
        return TermMarker()
    dense = [form for form in words if _IS_DENSE.match(form)]
    spaced = [form for form in words if not _IS_DENSE.match(form)]
    parts = [f"{_BEFORE}{_build_pattern(spaced)}{_AFTER}"] if spaced else []
    parts += [_build_pattern(dense)] if dense else []
    cards = {term.id: _render_card(term, labels("glossary.title")) for term in glossary}
    return TermMarker(re.compile("|".join(parts)), words, cards)


def _render_button(term: Term, words: str) -> Markup:
    card = escape_link(f"{_CARD}{term.id}")
    return Markup(  # noqa: S704 (both are escaped)
        f'<button class="ps-term" type="button" popovertarget="{card}">{escape_markdown(words)}</button>'
    )


def _render_card(term: Term, glossary: str) -> TermCard:
    card = escape_link(f"{_CARD}{term.id}")
    words = f"<b>{escape_markdown(term.term)}</b> {escape_rich(term.meaning)}"
    return TermCard(
        f'<span id="{card}" class="ps-term-card" popover>{words} [{glossary}](',
        f"#{escape_link(term.id)})</span>",
    )


def _list_written(form: str) -> Iterator[str]:
    forms = [form] if form != form.lower() else [form, form[:1].upper() + form[1:]]
    for written in forms:
        yield written
        if written[-1].isascii() and written[-1].isalpha() and written[-1] != "s":
            yield f"{written}s"


def _build_pattern(words: Sequence[str]) -> str:
    """Return a pattern of words as a tree of their beginnings: it finds the longest, and more words take no more time.

    >>> _build_pattern(["owl", "owls", "mouse"])
    '(?:mouse|owl(?:s)?)'
    """
    rests: dict[str, list[str]] = {}
    for word in filter(None, words):
        rests.setdefault(word[0], []).append(word[1:])
    branches = [re.escape(letter) + _build_pattern(group) for letter, group in sorted(rests.items())]
    if "" not in words and len(branches) == 1:
        return branches[0]
    return f"(?:{'|'.join(branches)})" + "?" * ("" in words) if branches else ""


class PageTerms:
    """The terms that the texts of one page use, in the order of their first use."""

    def __init__(self, marker: TermMarker) -> None:
        self._marker = marker
        self._used: dict[str, None] = {}

    def mark(self, text: MarkupText) -> Markup:
        """Return a text as its `rich` is, in which a term that the page has not used before is a button for its card."""
        return escape_rich(text.source, self._cut) if self._marker.pattern else text.rich

    def _cut(self, text: str) -> Iterator[str]:
        at = 0
        for match in self._marker.pattern.finditer(text) if self._marker.pattern else ():
            term, button = self._marker.words[match[0]]
            if term not in self._used:
                self._used[term] = None
                yield text[at : match.start()]
                yield button
                at = match.end()
        yield text[at:]

    def render_cards(self, here: str) -> Markup:
        """Return the cards of a page in Markdown, with links from it. Without popovers they stand as notes at its end."""
        link = escape_link(build_link(here, GLOSSARY))
        cards = [
            f"{before}{link}{after}" for before, after in map(self._marker.cards.__getitem__, self._used)
        ]
        return Markup(f'<small class="ps-terms">{" ".join(cards)}</small>' if cards else "")  # noqa: S704 (escaped part by part)
