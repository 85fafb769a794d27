"""Pictures of papers: with a size before they come, from the own site only, late in lists, and with what is said of them."""

import hashlib
import io
import json

import invented
import pytest
from browsing import reading, serve
from mkdocs.config import load_config
from PIL import Image
from support import mkdocs, read_page

from generator.mkdocs_plugin.options import read_settings
from generator.pages.parts import sizes
from generator.pages.parts.pictures import build_thumbnail
from generator.pictures.files import build_small_pictures
from generator.pipeline import build_site
from generator.problems import PapershelfError
from generator.settings import Settings

RECORD = """
title: Pictured Owls
published: '2024-05-01'
added: '2025-01-02'
topics: [birds]
image: {file: figures/Owls & mice.png, alt: 'An owl above "mice".', licence: CC BY 4.0, source: https://a.example/owls?a=1&b=2}
"""


PICTURE = invented.draw_png(900, 600)
SMALL = f"pictures/owls-mice-{hashlib.sha256(PICTURE).hexdigest()[:8]}-320.webp"


@pytest.fixture(scope="module")
def site(build_once, make_small_index):
    def make(place):
        folder = make_small_index(place)
        (folder / "content" / "papers" / "pictured.yml").write_text(RECORD)
        (folder / "content" / "figures").mkdir()
        (folder / "content" / "figures" / "Owls & mice.png").write_bytes(PICTURE)
        return folder

    return build_once("pictured", make)


def test_the_page_of_a_paper_shows_it_with_its_size_and_source(site):
    page = read_page(site, "papers/pictured/index.html")
    image = page.css_first("article .ps-picture img")
    assert image.attributes == {
        "alt": 'An owl above "mice".',
        "src": "../../figures/Owls%20%26%20mice.png",
        "srcset": f"../../{SMALL} 320w, ../../figures/Owls%20%26%20mice.png 900w",
        "sizes": "(min-width: 60em) 40rem, 100vw",
        "width": "900",
        "height": "600",
        "decoding": "async",
    }  # nothing makes it late
    caption = page.css_first(".ps-picture figcaption")
    assert caption.text() == "Source: https://a.example/owls?a=1&b=2 · Licence: CC BY 4.0"
    assert caption.css_first("a").attributes["href"] == "https://a.example/owls?a=1&b=2"
    assert page.css_first('[property="og:image"]').attributes["content"] == "https://example.org/index/figures/Owls%20%26%20mice.png"  # fmt: skip
    assert page.css_first('[property="og:image:alt"]').attributes["content"] == 'An owl above "mice".'
    data = json.loads(page.css_first('[type="application/ld+json"]').text())
    assert data["image"] == "https://example.org/index/figures/Owls%20%26%20mice.png"
    assert len(page.css('[property="og:image"]')) == 1
    other = read_page(site, "papers/owls/index.html")
    assert other.css("article img, figure") == []
    assert "image" not in json.loads(other.css_first('[type="application/ld+json"]').text())


@pytest.mark.parametrize(
    ("file", "src"), [("index.html", ""), ("papers/index.html", "../"), ("topics/birds/index.html", "../../"), ("years/2024/index.html", "../../"), ("new/index.html", "../")]
)  # fmt: skip
def test_lists_show_it_small_and_late(site, file, src):
    (image,) = read_page(site, file).css("article li img")
    assert image.attributes == {
        "class": "ps-thumb",
        "alt": "",
        "loading": "lazy",
        "src": f"{src}figures/Owls%20%26%20mice.png",
        "srcset": f"{src}{SMALL} 320w, {src}figures/Owls%20%26%20mice.png 900w",
        "sizes": "8rem",
        "width": "900",
        "height": "600",
        "decoding": "async",
    }


def test_feeds_and_data_name_it(site):
    items = json.loads((site / "feed.json").read_text())["items"]
    assert [item.get("image") for item in items if item["title"] == "Pictured Owls"] == [
        "https://example.org/index/figures/Owls%20%26%20mice.png"
    ]
    assert all("image" not in item for item in items if item["title"] != "Pictured Owls")


def test_a_smaller_version_is_drawn_where_it_is_worth_it(site):
    assert [path.name for path in (site / "pictures").iterdir()] == [SMALL.partition("/")[2]]
    with Image.open(site / SMALL) as small:
        assert (small.format, small.size) == ("WEBP", (320, 213))
        assert small.convert("RGB").getpixel((160, 100))[0] in range(0x7C, 0x85)


def shelve(content, **pictures):
    """Write a shelf with a paper for each picture."""
    (content / "papers").mkdir(parents=True)
    for name, body in pictures.items():
        file = name.replace("_", ".")
        (content / file).write_bytes(body)
        (content / "papers" / f"{name.partition('_')[0]}.yml").write_text(
            f"title: {name}\nimage: {{file: {file}, alt: A}}\n"
        )
    return Settings(content=content, small_pictures=True)


def save(picture, form, **more):
    body = io.BytesIO()
    picture.save(body, form, **more)
    return body.getvalue()


def list_drawn(settings):
    return {a.path: a.body for a in build_small_pictures(build_site(settings)[0], settings)}


def test_versions_have_no_metadata_stand_upright_and_keep_what_is_transparent(tmp_path):
    wide, exif = Image.new("RGB", (2000, 1000), (200, 0, 0)), Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "secret"  # turned by a quarter
    clear = Image.new("RGBA", (500, 500), (0, 200, 0, 0))
    settings = shelve(
        tmp_path / "content", photo_jpg=save(wide, "JPEG", exif=exif), clear_png=save(clear, "PNG"),
        small_png=save(clear.resize((399, 399)), "PNG"), moving_gif=save(wide, "GIF"), new_webp=save(wide, "WEBP"),
    )  # fmt: skip
    drawn = list_drawn(settings)
    assert sorted(path.partition("-")[0] + path[-8:] for path in drawn) == ["pictures/clear320.webp", "pictures/photo320.webp", "pictures/photo960.webp"]  # fmt: skip
    for path, body in drawn.items():
        with Image.open(io.BytesIO(body)) as picture:
            if "photo" in path:
                assert picture.height == 2 * picture.width
                assert not picture.getexif()
                assert b"secret" not in body
            else:
                assert picture.convert("RGBA").getpixel((9, 9))[3] == 0
    assert list_drawn(settings) == drawn


def test_without_pillow_and_in_a_preview_there_are_only_originals(small_index, monkeypatch, tmp_path):
    shelve(tmp_path / "content", owls_png=PICTURE)
    settings = Settings(content=tmp_path / "content")
    site, _ = build_site(settings)
    assert list(build_small_pictures(site, settings)) == []
    assert "srcset" not in build_thumbnail(site, site.shelf.papers["owls"], "index.md")
    config = load_config(str(small_index() / "mkdocs.yml"))
    options = config.plugins["papershelf"].config
    assert read_settings(config, options).small_pictures
    monkeypatch.setattr("generator.mkdocs_plugin.options.find_spec", lambda _: None)
    assert not read_settings(config, options).small_pictures


def test_a_damaged_picture_is_named_with_its_record(tmp_path):
    settings = shelve(tmp_path / "content", owls_png=PICTURE[:60] + b"x" * 20 + PICTURE[80:])
    site, _ = build_site(settings)
    with pytest.raises(PapershelfError, match=r"papers/owls.yml:1: error \[bad-image\] image.file: 'owls.png' cannot be decoded"):  # fmt: skip
        list(build_small_pictures(site, settings))


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_moves_when_it_comes(browser, site, width):
    with serve(site) as base, reading(browser, base, viewport={"width": width, "height": 800}) as page:
        boxes = []
        for blocked in (True, False):
            if blocked:
                page.route("**/*.{png,webp}", lambda route: route.fulfill(status=200, body=b""))
            else:
                page.unroute("**/*.{png,webp}")
            for path, name in (("papers/pictured/", ".ps-picture"), ("papers/", "li:has(.ps-thumb)")):
                page.goto(base + path)
                box = page.locator(name).bounding_box()
                assert box["x"] + box["width"] <= width
                boxes.append(box)
                loaded = page.locator(f"{name} img").evaluate("async (image) => { image.loading = 'eager'; await image.decode().catch(() => 0); return image.naturalWidth; }")  # fmt: skip
                assert bool(loaded) == (not blocked)
        for before, after in zip(boxes[:2], boxes[2:], strict=True):
            assert after == pytest.approx(before, abs=1)  # a smaller version has whole pixels


def test_a_very_large_shelf_has_none_in_lists(tmp_path, monkeypatch):
    content = tmp_path / "content"
    (content / "papers").mkdir(parents=True)
    (content / "papers" / "owls.yml").write_text("title: Owls\nimage: {file: a.png, alt: A}\n")
    (content / "a.png").write_bytes(invented.PNG)
    site, _ = build_site(Settings(content=content))
    paper = site.shelf.papers["owls"]
    assert build_thumbnail(site, paper, "index.md")
    monkeypatch.setattr(sizes, "VERY_LARGE", 0)
    assert not build_thumbnail(site, paper, "index.md")


def test_a_build_stops_at_a_picture_that_is_not_there(small_index):
    folder = small_index()
    (folder / "content" / "papers" / "pictured.yml").write_text(RECORD)
    result = mkdocs("build", cwd=folder)
    assert result.returncode == 1
    assert "papers/pictured.yml:2: error [bad-image] image.file: 'figures/Owls & mice.png' cannot be read: No such file" in result.stderr + result.stdout  # fmt: skip
    assert not (folder / "site").exists()
