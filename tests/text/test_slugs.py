"""Slugs are those of python-slugify, whose tables say how letters become ASCII."""

from hypothesis import example, given
from hypothesis import strategies as st
from slugify import slugify

from generator.text.slugs import slug_text

ASCII = "".join(map(chr, range(128)))
TEXTS = st.one_of(st.text(letters, max_size=120) for letters in ("aB1,-' .", ASCII, f"{ASCII}öÄéжß漢’٣"))
LETTERS = [("ö", "oe"), ("Ä", "ae")]


@example("The 1,000 Owls", 80)
@example("Two Owls and One Wren", 12)
@given(TEXTS, st.sampled_from([0, 1, 5, 20, 80]))
def test_a_slug_is_that_of_the_library(text, length):
    rules = {"entities": False, "decimal": False, "hexadecimal": False}
    whole = slugify(text, **rules, max_length=length, word_boundary=bool(length))
    assert slug_text(text, length=length) == whole
    assert slug_text(text, replacements=LETTERS) == slugify(text, **rules, replacements=LETTERS)
