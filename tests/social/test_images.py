"""Pictures for shared links: the same everywhere, and unharmed by any name."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFont
from support import share

from generator.social.drawing import draw_social_image
from generator.social.images import HEIGHT, WIDTH, SocialImage
from generator.social.text_layout import SEMIBOLD, SERIF, choose_font, load_font

YEARS = tuple((str(year), year % 7) for year in range(1986, 2026))


def poster(title, name="Owls", count="12,345 papers", years=YEARS):
    return SocialImage(title=title, name=name, count=count, years=years)


def draw(*arguments, **values):
    return Image.open(io.BytesIO(draw_social_image(poster(*arguments, **values))))


HOSTILE = ["", " ", "\x00\x07", "\u202eowls", "W" * 1000, "a very long name " * 60, "a" * 70, "-", "<b>&amp;", "👁", "e\u0301" * 30, "\ud800"]  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_any_name_stays_within_the_margins(name):
    for picture in (draw(name), draw("Owls", name), draw(name, name, years=())):
        pixels = picture.point([0] + [255] * 255, "L")
        left, top, right, bottom = pixels.crop((26, 0, WIDTH, HEIGHT)).getbbox()
        assert 26 + left >= 80
        assert top >= 50
        assert 26 + right <= WIDTH - 80
        assert bottom <= HEIGHT - 40


@given(st.text(max_size=80))
@settings(max_examples=share(50))
def test_any_text_is_drawn(name):
    assert draw(name, name).size == (WIDTH, HEIGHT)


@pytest.mark.parametrize("name", ["论文", "שלום", "ورقة", "पत्र", "Owls 论文"])
def test_a_name_in_letters_that_the_font_has_not_is_left_out(name):
    assert draw_social_image(poster(name)) == draw_social_image(poster(""))


def test_a_symbol_that_the_font_has_not_is_left_out_of_its_name():
    assert draw_social_image(poster("Owls 👁 at \u202enight")) == draw_social_image(poster("Owls at night"))


def test_another_font_is_tried_where_letters_are_missing():
    latin = SERIF / "SourceSerifPro-It.ttf"
    assert choose_font("Совы", (latin,)) == ("", None)
    assert choose_font("Совы", (latin, SEMIBOLD)) == ("Совы", SEMIBOLD)


def test_no_library_of_the_system_sets_the_type():
    assert load_font(SEMIBOLD, 40).layout_engine == ImageFont.Layout.BASIC
