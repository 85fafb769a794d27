"""What comes out of a reader's printer: the words of a page and the addresses that paper needs, nothing to press."""

import unicodedata

import pytest
from browsing import SETTLED, serve, wait_until
from pypdf import PdfReader
from support import ROOT, mkdocs

SITE = "https://example.org/index/"
RECORD = """
title: Owls on Paper
summary: Owls hunt mice.
published: '2024-05-01'
venue: Nights of $x^2$ owls
links:
  doi: 10.1000/owls
  arxiv: '2301.00010'
  code: https://github.com/owner/owls-on-paper
"""
HAND = (
    "# By hand\n\nSee <https://a.example/said-once>, [a page](https://a.example/behind), [ours](about.md).\n"
)
PATHS = ["", "papers/page/4/", "topics/", "topics/video/", "years/", "years/2024/", "new/", "data/", "about/", "search/?q=video"]  # fmt: skip
FURNITURE = ["Search papers", "Light or dark", "Made with", "Edit this", "Filter and sort", "Previous page", "Next page", "Follow:", "Skip to", "Download as", "Search tips", "More of", "Read the whole"]  # fmt: skip


def squeeze(text):
    return "".join(unicodedata.normalize("NFKC", text).split())


@pytest.fixture
def reader(browser):
    """Return a page of a reader who has chosen the dark scheme."""
    context = browser.new_context(color_scheme="dark")
    yield context.new_page()
    context.close()


@pytest.fixture
def sheets(reader, tmp_path):
    """Return a function that prints a page and returns the text of each sheet, without spaces."""

    def text(address):
        reader.goto(address)
        if "?" in address:
            reader.locator(".ps-result, .ps-compared").first.wait_for()
            wait_until(reader, SETTLED)
        reader.pdf(path=tmp_path / "page.pdf", format="A4")
        return [
            squeeze(sheet.extract_text(extraction_mode="layout"))
            for sheet in PdfReader(tmp_path / "page.pdf").pages
        ]

    return text


@pytest.mark.parametrize("path", PATHS)
def test_a_sheet_begins_with_the_heading_and_ends_with_the_address(sheets, reader, base, path):
    text = "".join(sheets(base + path))
    assert text.startswith(squeeze(reader.locator("h1").text_content()))
    address = SITE + path.partition("?")[0]
    assert text.endswith(address)
    assert text.count("https://") == text.count(address) == 1
    assert [words for words in FURNITURE if squeeze(words) in text] == []


@pytest.mark.parametrize("path", ["papers/", "topics/"])
def test_no_entry_of_a_list_is_torn_apart(sheets, reader, base, path):
    pages = sheets(base + path)
    entries = reader.locator("article > ul > li").evaluate_all(
        "all => all.map((one) => { const bare = one.cloneNode(true); bare.querySelector('.ps-bar-do')?.remove(); return bare.textContent; })"
    )
    assert len(pages) > 1
    assert [entry for entry in entries if not any(squeeze(entry) in page for page in pages)] == []


def test_addresses_behind_links_are_written_out_once(sheets, small_index):
    folder = small_index()
    (folder / "content" / "papers" / "paper-owls.yml").write_text(RECORD)
    (folder / "content" / "hand.md").write_text(HAND)
    assert mkdocs("build", cwd=folder).returncode == 0
    with serve(folder / "site") as base:
        paper, hand = "".join(sheets(f"{base}papers/paper-owls/")), "".join(sheets(f"{base}hand/"))
    facts, _, rest = paper.partition("Relatedpapers")
    assert "DOI(https://doi.org/10.1000/owls)" in facts
    assert "arXiv(https://arxiv.org/abs/2301.00010)" in facts
    assert facts.count("github.com/owner/owls-on-paper") == 1
    assert facts.count("https://") == 4
    assert rest.endswith(f"{SITE}papers/paper-owls/")
    assert hand.count("https://a.example/said-once") == 1
    assert "apage(https://a.example/behind),ours." in hand


@pytest.mark.parametrize("path", ["", "topics/video/", "about/", "search/?q=video"])
def test_it_is_black_on_white_in_the_dark_scheme(reader, base, path):
    reader.goto(base + path)
    reader.emulate_media(media="print", color_scheme="dark")
    shown = "node => [getComputedStyle(node).color, getComputedStyle(node).backgroundColor]"
    assert reader.locator("body").evaluate(shown) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    assert reader.locator("h1").evaluate(shown)[0] == "rgb(0, 0, 0)"
    dark = """article => [...article.querySelectorAll("*")].filter((node) => node.checkVisibility())
        .map((node) => getComputedStyle(node).backgroundColor)
        .filter((colour) => !/^rgba\\(0, 0, 0, 0\\)$|255, 255, 255/.test(colour))"""  # at one moment: the search replaces its results
    assert reader.locator("article").evaluate(dark) == []
    changing = """article => [...article.querySelectorAll("*")]
        .filter((node) => getComputedStyle(node).transitionProperty !== "none").map((node) => node.outerHTML.slice(0, 80))"""
    assert reader.locator("article").evaluate(changing) == []  # a sheet shows one moment


def test_an_overview_that_is_closed_is_printed_whole(sheets, base):
    text = "".join(sheets(base + "topics/video/"))
    overview = (ROOT / "content" / "overviews" / "video.md").read_text()
    last = overview.rstrip().rpartition("\n\n")[2]
    assert squeeze(last) in text


def test_the_map_is_drawn_on_paper(reader, base, tmp_path):
    reader.goto(base + "map/")
    reader.locator(".ps-map__board canvas").first.wait_for()
    wait_until(
        reader, "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))"
    )
    reader.pdf(path=tmp_path / "map.pdf", format="A4")
    [sheet] = PdfReader(tmp_path / "map.pdf").pages
    pictures = [image.image.convert("RGB") for image in sheet.images if min(image.image.size) > 200]
    assert max(len(picture.resize((200, 100)).getcolors(20_000)) for picture in pictures) > 100


def test_a_comparison_has_nothing_to_press(sheets, base, own_site):
    one, two = sorted(
        path.name for path in (own_site / "papers").iterdir() if (path / "index.html").is_file()
    )[:2]
    [text] = sheets(f"{base}desk/compare/#")[:1]
    assert "Nopapersarechosen" in text
    text = "".join(sheets(f"{base}desk/compare/?papers={one},{two}"))
    assert "Onlyhere" in text
    assert not {word for word in ("Takeaway", "Copyasatable", "Findanotherpaper") if word in text}
