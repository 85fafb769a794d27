"""Pictures for shared links in built sites: there, named by the pages, and small."""

import io
import re

import pytest
from PIL import Image
from support import mkdocs

from generator.social.images import HEIGHT, WIDTH

BASE = "https://example.org/index/"
NAMED = re.compile(r'<meta property="og:image" content="([^"]+)">')
FINCHES = "title: Finches\n"  # of no topic


def read_pictures(site):
    """Return the addresses of the pictures that each page of a site names."""
    pages = {path.parent.relative_to(site).as_posix(): path.read_text() for path in site.rglob("index.html")}
    return {name: NAMED.findall(html) for name, html in pages.items()}


def build(folder):
    result = mkdocs("build", "--strict", cwd=folder)
    assert result.returncode == 0, result.stderr
    return folder / "site"


@pytest.fixture(scope="module")
def with_finches(make_small_index, tmp_path_factory):
    """Return the pictures of the small index with one more paper, of no topic."""
    folder = make_small_index(tmp_path_factory.mktemp("finches"))
    (folder / "content" / "papers" / "finches.yml").write_text(FINCHES)
    return read_pictures(build(folder))


def test_every_page_names_a_picture_and_every_picture_is_named(own_site):
    named = set()
    for path in own_site.rglob("index.html"):
        html = path.read_text(encoding="utf-8")
        if 'http-equiv="refresh"' in html:
            continue  # a former page of a list
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


def test_a_paper_has_the_picture_of_its_first_topic_else_of_the_site(with_finches):
    assert with_finches["papers/owls"] == with_finches["topics/birds"]
    assert with_finches["papers/finches"] == with_finches["about"] == with_finches["."]
    assert with_finches["papers/owls"] != with_finches["."]


def test_another_count_gives_another_address(small_site, with_finches):
    before = read_pictures(small_site())
    assert before["."] != with_finches["."]
    assert before["topics/birds"] == with_finches["topics/birds"]


def test_an_index_may_bring_its_own_picture(small_index):
    folder = small_index()
    Image.new("RGB", (600, 315)).save(folder / "content" / "card.png")
    (folder / "content" / "papers" / "finches.yml").write_text(FINCHES)
    site = build(folder)
    named = read_pictures(site)
    assert named["papers/finches"] == named["."] == [f"{BASE}card.png"]
    assert "og:image:width" not in (site / "index.html").read_text()
    assert named["papers/owls"][0].startswith(f"{BASE}cards/birds-")
    assert [path.name[:6] for path in site.glob("cards/*")] == ["birds-"]


@pytest.mark.parametrize(
    "config",
    [
        {"use_directory_urls": False, "site_url": None, "repo_url": None},
        {"plugins": [{"papershelf": {"cards": False}}]},
    ],
    ids=["no address", "off"],
)
def test_without_pictures_no_page_names_one(small_site, config):
    site = small_site(**config)
    assert not (site / "cards").exists()
    for path in site.rglob("*.html"):
        assert "og:image" not in path.read_text(), path
        assert "twitter:card" not in path.read_text(), path


def test_a_file_that_is_no_font_is_refused(small_index):
    folder = small_index(plugins=[{"papershelf": {"card_font": "mkdocs.yml"}}])
    result = mkdocs("build", cwd=folder)
    assert result.returncode == 1
    assert "cannot be read as a font" in result.stderr
