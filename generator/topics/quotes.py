"""Quotations in the reasons for topics: phrases as a paper writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from generator.labels.labels import load_labels
from generator.model import TEXT_FIELDS, Field, Paper, Shelf
from generator.problems import Problem, note
from generator.text.words import fold, split, stem

Stems = tuple[str, ...]
_POSSESSIVE = r"(?:['’]s\b)?"
_TOKEN = re.compile(rf"[^\W_]+{_POSSESSIVE}")
_LETTER = re.compile(r"\w")
_COMPOUND_BEFORE = re.compile(r"(?<!\w)(?:\w{1,40}-){1,3}$")
_COMPOUND_AFTER = re.compile(r"(?:-\w{1,40}){1,3}")
_LONGEST = 150
_MARK = "\0"


@lru_cache(maxsize=10_000)
def split_phrase(phrase: str) -> Stems:
    """Return the stems of a phrase; case, accents, hyphens and endings are ignored."""
    return tuple(stem(word) for word in split(fold(phrase))[0])


def quote_phrase(text: str, phrase: str) -> str:
    """Return a rule's phrase as written in a text; empty if it does not occur.

    A phrase that differs from the text only in case is returned unchanged.

    >>> quote_phrase("Evaluating owls by cross-modal hearing", "evaluate"), quote_phrase("Owls", "mice")
    ('Evaluating', '')
    """
    if _occurs_exactly(text, phrase) or _build_literal_pattern(phrase).search(text):
        return phrase
    wanted = split_phrase(phrase)
    roots: list[str] = []
    spans: list[tuple[int, int]] = []
    tokens = _TOKEN if len(wanted) > 1 or not text.isascii() else _build_token_pattern(wanted[0][:1])
    for token in tokens.finditer(text):
        for root in split_phrase(token[0]):
            roots.append(root)
            spans.append(token.span())
    for at, root in enumerate(roots):
        if root == wanted[0] and tuple(roots[at : at + len(wanted)]) == wanted:
            return _take_compound(text, spans[at][0], spans[at + len(wanted) - 1][1])
    return ""


@lru_cache(maxsize=10_000)
def _build_token_pattern(letter: str) -> re.Pattern[str]:
    """Return the pattern of the tokens of an ASCII text that begin with a letter or digit; stems begin as their words do."""
    cases = f"{letter}{letter.upper()}" if letter.isascii() else letter
    return re.compile(rf"(?<![^\W_])(?!(?<=[^\W_]['’])s\b)[{cases}][^\W_]*{_POSSESSIVE}")


def _occurs_exactly(text: str, phrase: str) -> bool:
    """Return whether the first occurrence of a phrase in the same case is a whole phrase; a quick test for most texts."""
    at = text.find(phrase)
    return at >= 0 and not _LETTER.match(text[at - 1 : at]) and not _LETTER.match(text, at + len(phrase))


def _take_compound(text: str, start: int, end: int) -> str:
    """Return a part of a text, extended to whole compounds at its start and end."""
    before = _COMPOUND_BEFORE.search(text[max(0, start - _LONGEST) : start])
    after = _COMPOUND_AFTER.match(text[end : end + _LONGEST])
    return (before[0] if before else "") + text[start:end] + (after[0] if after else "")


@lru_cache(maxsize=10_000)
def _build_literal_pattern(phrase: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(phrase)}(?!\w)", re.IGNORECASE)


def find_text(paper: Paper, field: Field) -> str:
    """Return a text of a paper in the form that rules search."""
    texts = {"title": paper.title_text, "summary": paper.summary_text, "abstract": paper.abstract_text}
    return texts[field].plain


def list_quotations(why: str) -> Iterator[tuple[str, Field]]:
    """Yield the phrases quoted in an English reason, each with its field.

    >>> list(list_quotations("“owl” in the title and “mice” in the abstract"))
    [('owl', 'title'), ('mice', 'abstract')]
    """
    for match in _build_form().finditer(why):
        yield next((said, field) for field in TEXT_FIELDS if (said := match[field]))


@lru_cache(maxsize=1)
def _build_form() -> re.Pattern[str]:
    """Return a pattern that finds quotations, built from the labels that create them."""
    forms = ((field, load_labels()(f"reason.phrase_{field}", phrase=_MARK)) for field in TEXT_FIELDS)
    parts = (
        re.escape(form).replace(re.escape(_MARK), f"(?P<{field}>[^“”]{{1,200}})") for field, form in forms
    )
    return re.compile("|".join(parts))


def check_quotations(shelf: Shelf) -> Iterator[Problem]:
    """Yield a note for each reason with a quotation that does not occur in its text; missing abstracts are not checked."""
    for key, paper in shelf.papers.items():
        for pin in paper.topics:
            for phrase, field in list_quotations(pin.why):
                text = find_text(paper, field)
                if text and not _build_literal_pattern(phrase).search(text):
                    written = quote_phrase(text, phrase)
                    message = f"the reason for topic {pin.id} quotes “{phrase}”, which does not occur in the {field}"
                    hint = f"write “{written}”" if written else "quote the text exactly, or remove `why`"
                    yield note("no-quotation", message, shelf.places[key], hint)
