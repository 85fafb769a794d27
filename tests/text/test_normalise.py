"""What a text loses and what it keeps, character by character; SECURITY.md and the reference say the same."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import ROOT

from generator.text.escaping import clean_line, escape_markdown, escape_markup, escape_plain_markdown
from generator.text.normalise import is_normalised, normalise

TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Embeddings, overrides and isolates of direction, with what ends them."""
MARKS = "\u061c\u200e\u200f"
"""Marks of direction: they turn no word around."""
JOINERS = "\u200c\u200d"


@pytest.mark.parametrize("text", ["abc {}def{} ghi", "שלום {}abc{} עולם", "{}{}", "{}"])
@pytest.mark.parametrize("sign", TURNING, ids=[f"{ord(sign):04x}" for sign in TURNING])
def test_what_turns_words_around_is_left_out(text, sign):
    written = text.replace("{}", sign)
    assert not is_normalised(written)
    assert normalise(written) == text.replace("{}", "")
    for escape in (clean_line, escape_markdown, escape_markup, escape_plain_markdown):
        assert sign not in escape(written)


@pytest.mark.parametrize("sign", MARKS + JOINERS, ids=[f"{ord(sign):04x}" for sign in MARKS + JOINERS])
def test_marks_that_titles_are_written_with_stay(sign):
    for text in (f"שלום (C++{sign})", f"عام 2024{sign}", f"نمی{sign}خواهم", f"👩{sign}👧"):
        assert normalise(text) == text
        assert sign in escape_markup(text)
        assert sign in escape_markdown(text)


def test_no_character_turns_words_around_but_those_that_are_left_out():
    turning = {c for c in map(chr, range(0x110000)) if unicodedata.bidirectional(c) in {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}}  # fmt: skip
    assert turning == set(TURNING)


@given(st.text(st.sampled_from(f"aש1 .(){TURNING}{MARKS}{JOINERS}\u200b\u00ad\ufeff\u0301")))
def test_tidy_text_is_the_text_without_what_is_left_out(text):
    assert normalise(normalise(text)) == normalise(text)
    left = str.maketrans(dict.fromkeys(f"{TURNING}\u200b\u00ad\ufeff"))
    assert normalise(text).replace("\u0301", "") == text.translate(left).replace("\u0301", "")


def test_the_documents_say_which_marks_stay():
    security = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    for sign in MARKS + JOINERS:
        assert f"U+{ord(sign):04X}" in security
    assert "(U+202A to U+202E, U+2066 to U+2069) is left out" in security
