"""Slugs are those of python-slugify, whose tables say how letters become ASCII."""

from hypothesis import given
from hypothesis import strategies as st
from slugify import slugify

from generator.text.slugs import slug_text

TEXTS = st.text("aB1,-' .öß", max_size=120) | st.text(
    st.sampled_from([*map(chr, range(128)), *"ÄéжӜ漢’٣"]), max_size=120
)
LETTERS = [("ö", "oe"), ("Ä", "ae")]


@given(TEXTS, st.sampled_from([0, 1, 5, 20, 80]))
def test_a_slug_is_that_of_the_library(text, length):
    rules = {"entities": False, "decimal": False, "hexadecimal": False}
    whole = slugify(text, **rules, max_length=length, word_boundary=bool(length))
    assert slug_text(text, length=length) == whole
    assert slug_text(text, replacements=LETTERS) == slugify(text, **rules, replacements=LETTERS)
