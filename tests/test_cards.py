"""Pictures for shared links: there, named by the pages, small, the same everywhere, and unharmed by any name."""

import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFont
from support import mkdocs, share

from generator.outputs.drawing import draw_poster
from generator.outputs.lettering import SEMIBOLD, SERIF, choose_font, load_font
from generator.pages.cards import HEIGHT, WIDTH, Poster

BASE = "https://example.org/index/"
YEARS = tuple((str(year), year % 7) for year in range(1986, 2026))
NAMED = re.compile(r'<meta property="og:image" content="([^"]+)">')


def poster(title, name="Owls", count="12,345 papers", years=YEARS):
    return Poster(title=title, name=name, count=count, years=years)


def draw(*arguments, **values):
    return Image.open(io.BytesIO(draw_poster(poster(*arguments, **values))))


FINCHES = "title: Finches\n"  # of no topic


def build(folder):
    result = mkdocs("build", "--strict", cwd=folder)
    assert result.returncode == 0, result.stderr
    pages = {
        path.parent.relative_to(folder / "site").as_posix(): path.read_text()
        for path in (folder / "site").rglob("index.html")
    }
    return folder / "site", {name: NAMED.findall(html) for name, html in pages.items()}


def test_every_page_names_a_picture_and_every_picture_is_named(own_site):
    named = set()
    for path in own_site.rglob("index.html"):
        html = path.read_text(encoding="utf-8")
        (address,) = NAMED.findall(html)
        assert re.search(r'<meta name="?twitter:card"? content="?summary_large_image"?>', html), path
        named.add(address.removeprefix(BASE))
    drawn = {path.relative_to(own_site).as_posix() for path in own_site.glob("cards/*")}
    assert named == drawn
    assert len(drawn) == 26
    for name in drawn:
        body = (own_site / name).read_bytes()
        picture = Image.open(io.BytesIO(body))
        assert (picture.size, picture.mode, picture.format) == ((WIDTH, HEIGHT), "P", "PNG")
        assert len(body) < 15_000, name


def test_a_paper_has_the_picture_of_its_first_topic_else_of_the_site(small_index):
    folder = small_index()
    (folder / "content" / "papers" / "finches.yml").write_text(FINCHES)
    _, named = build(folder)
    assert named["papers/owls"] == named["topics/birds"]
    assert named["papers/finches"] == named["about"] == named["."]
    assert named["papers/owls"] != named["."]


def test_another_count_gives_another_address(small_index):
    folder = small_index()
    _, before = build(folder)
    (folder / "content" / "papers" / "finches.yml").write_text(FINCHES)
    _, after = build(folder)
    assert before["."] != after["."]
    assert before["topics/birds"] == after["topics/birds"]


def test_an_index_may_bring_its_own_picture(small_index):
    folder = small_index()
    Image.new("RGB", (600, 315)).save(folder / "content" / "card.png")
    (folder / "content" / "papers" / "finches.yml").write_text(FINCHES)
    site, named = build(folder)
    assert named["papers/finches"] == named["."] == [f"{BASE}card.png"]
    assert "og:image:width" not in (site / "index.html").read_text()
    assert named["papers/owls"][0].startswith(f"{BASE}cards/birds-")
    assert [path.name[:6] for path in site.glob("cards/*")] == ["birds-"]


@pytest.mark.parametrize(
    "config", [{"site_url": None}, {"plugins": [{"papershelf": {"cards": False}}]}], ids=["no address", "off"]
)
def test_without_pictures_no_page_names_one(small_index, config):
    folder = small_index(**config)
    assert mkdocs("build", "--strict", cwd=folder).returncode == 0
    assert not (folder / "site" / "cards").exists()
    for path in (folder / "site").rglob("*.html"):
        assert "og:image" not in path.read_text(), path
        assert "twitter:card" not in path.read_text(), path


def test_a_file_that_is_no_font_is_refused(small_index):
    folder = small_index(plugins=[{"papershelf": {"card_font": "mkdocs.yml"}}])
    result = mkdocs("build", cwd=folder)
    assert result.returncode == 1
    assert "cannot be read as a font" in result.stderr


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
    assert draw_poster(poster(name)) == draw_poster(poster(""))


def test_a_symbol_that_the_font_has_not_is_left_out_of_its_name():
    assert draw_poster(poster("Owls 👁 at \u202enight")) == draw_poster(poster("Owls at night"))


def test_another_font_is_tried_where_letters_are_missing():
    latin = SERIF / "SourceSerifPro-It.ttf"
    assert choose_font("Совы", (latin,)) == ("", None)
    assert choose_font("Совы", (latin, SEMIBOLD)) == ("Совы", SEMIBOLD)


def test_no_library_of_the_system_sets_the_type():
    assert load_font(SEMIBOLD, 40).layout_engine == ImageFont.Layout.BASIC
