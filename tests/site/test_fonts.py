"""Pages come with fonts of their own, which move nothing; browser tests see these or fonts that they bring along, and none of the machine's."""

import hashlib
import re

import pytest
from browsing import reading, serve
from font_sets import EACH_FONT_SET, FONT_SETS, PACKAGES, write_fontconfig
from scenes import ONE
from support import papershelf

from generator.mkdocs_plugin.fonts import list_first_fonts
from generator.mkdocs_plugin.theme import FONT_FOLDER, FONT_SHEET, find_theme

ASKED = ["system-ui", "sans-serif", "serif", "monospace", "Arial", "Times New Roman", "Courier New", "Liberation Sans", "Noto Sans CJK SC"]  # fmt: skip
LETTERS = "Hamburgefonstiv 0123456789"


def families(page, selector):
    """Return the families that the browser takes the characters of an element from, whatever their weight."""
    tools = page.context.new_cdp_session(page)
    for domain in ("DOM", "CSS"):
        tools.send(f"{domain}.enable")
    root = tools.send("DOM.getDocument")["root"]["nodeId"]
    node = tools.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
    fonts = tools.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    tools.detach()
    return {font["familyName"].removesuffix(" SemiBold").removesuffix(" ExtraLight") for font in fonts}


def measure(page, family, weight="400", letters=LETTERS):
    """Return the width of some letters, and the height of a line of them, in em."""
    return page.evaluate(
        """([letters, family, weight]) => {
            const one = document.createElement("span");
            Object.assign(one.style, { font: `${weight} 100px/normal ${family}`, position: "absolute", whiteSpace: "nowrap" });
            one.textContent = letters;
            document.body.append(one);
            const { width, height } = one.getBoundingClientRect();
            one.remove();
            return [width / 100, height / 100];
        }""",
        [letters, family, weight],
    )


@EACH_FONT_SET
def test_pages_are_shown_in_the_fonts_of_the_set(browser, base, fonts):
    one = FONT_SETS[fonts]
    with reading(browser, base) as page:
        page.goto(f"{base}papers/{ONE}/")
        serif, sans = one.shown
        assert families(page, "h1") == {serif}
        assert families(page, ".ps-lead") == {sans}
        page.get_by_role("button", name="Cite").click()
        page.locator(".ps-copy").first.wait_for()
        assert families(page, "[data-form=apa] code") == {sans}
        assert families(page, "[data-form=bibtex] code") == {one.mono}
        assert families(page, "header, button") <= {serif, sans}


@EACH_FONT_SET
def test_no_font_of_the_machine_is_used_whatever_is_asked_for(browser, fonts):
    one = FONT_SETS[fonts]
    page = browser.new_page()
    for asked in ASKED:
        page.set_content(f"<p style='font-family: \"{asked}\"'>Owls → ▸ 漢字 🦉</p>")
        assert families(page, "p") <= {one.sans, one.serif, one.mono, "DejaVu Sans"}, asked
    page.close()


def test_the_sets_are_quite_different(browsers):
    """One is narrow, one wide, and one has lines much taller than its letters."""
    found = {}
    for name in FONT_SETS:
        page = browsers(name).new_page()
        found[name] = measure(page, "sans-serif")
        page.close()
    assert found["narrow"][0] < 0.75 * found["wide"][0]
    assert found["tall"][1] > 1.6 > found["narrow"][1] > found["wide"][1]


def test_a_set_whose_package_is_missing_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr("font_sets.PACKAGES", tmp_path)
    with pytest.raises(FileNotFoundError, match=r"npm ci.*dejavu-fonts-ttf.*cairo"):
        write_fontconfig("tall", tmp_path)


FONTS = sorted((find_theme() / FONT_FOLDER).glob("*.woff2"))
MOST_BYTES = 60_000
OURS = {"Titles": (1, 1.036, 0.335), "Text": (1.07, 1.024, 0.4)}
"""By what the letters of our families are enlarged, how far they reach above the line and below it, in em before that (their table `hhea`)."""
FACE = re.compile(r'@font-face { font-family: "(Titles|Text) in ([^"]+)"; font-weight: (\d+); src: local(.*)')
TEXT = (
    "The models of this paper read a picture and its words together, and they are told what is asked of them."
)


def list_fonts(page, text):
    """Return the fonts that a page loads, once a text is on it, without the hashes."""
    page.evaluate("(text) => document.querySelector('article').append(text)", text)
    page.evaluate("document.fonts.ready.then(() => 1)")
    loaded = page.evaluate(
        "performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => name.endsWith('.woff2'))"
    )
    return sorted(name.rpartition("/")[2].partition(".")[0] for name in loaded)


def test_a_first_visit_loads_two_fonts_of_sixty_kilobytes(browser, arriving):
    first = ["source-sans-3-latin-wght-normal", "source-serif-4-latin-600-normal"]
    for viewport in ({"width": 390, "height": 800}, {"width": 1280, "height": 800}):
        with reading(browser, arriving, viewport=viewport) as page:
            for path in ("", "papers/", "search/", "topics/captioning/"):
                page.goto(arriving + path)
                assert list_fonts(page, " “Owls” — déjà vu, 漢字, Совы, بوم") == first, path
            assert list_fonts(page, " Łódź") == sorted([*first, "source-sans-3-latin-ext-400-normal"])
    paths = {f"{FONT_FOLDER}{file.name}": file for file in FONTS}
    assert sum(paths[path].stat().st_size for path in list_first_fonts(paths)) <= MOST_BYTES
    assert [path.rpartition("/")[2].partition(".")[0] for path in list_first_fonts(paths)] == first


def test_pages_after_the_first_are_in_our_fonts(browser, arriving):
    with reading(browser, arriving, viewport={"width": 390, "height": 800}) as page:
        page.goto(arriving)
        list_fonts(page, "")
        page.goto(f"{arriving}papers/")
        assert (families(page, "h1"), families(page, ".ps-lead")) == ({"Source Serif 4"}, {"Source Sans 3"})


def test_fonts_are_published_ones_named_by_their_content_with_their_licence():
    assert len(FONTS) == 5
    sheet = (find_theme() / FONT_SHEET).read_text()
    for file in FONTS:
        name, digest, _ = file.name.split(".")
        assert digest == hashlib.sha256(file.read_bytes()).hexdigest()[:8]
        published = list(PACKAGES.glob(f"@fontsource*/*/files/{name}.woff2"))
        assert [one.read_bytes() for one in published] == [file.read_bytes()], "run `make vendor`"
        assert f"fonts/{file.name}" in sheet
    assert "SIL OPEN FONT LICENSE Version 1.1" in (find_theme() / FONT_FOLDER / "OFL.txt").read_text()


def test_fonts_of_the_system_stand_as_high_as_ours():
    """Whatever size-adjust is, the product of both is the measure of ours (https://www.w3.org/TR/css-fonts-5/#size-adjust-desc)."""
    faces = FACE.findall((find_theme() / FONT_SHEET).read_text())
    assert len(faces) == 10
    for kind, name, _, rest in faces:
        size, above, below, gap = (float(value) / 100 for value in re.findall(r": ([\d.]+)%", rest))
        larger, ascent, descent = OURS[kind]
        assert gap == 0
        assert (size * above, size * below) == pytest.approx(
            (larger * ascent, larger * descent), abs=0.002
        ), name


@pytest.mark.parametrize("fonts", ["bundled"], indirect=True)
def test_a_line_is_as_long_until_our_fonts_come(browser, base):
    with reading(browser, base) as page:
        page.goto(base)
        for weight, ours, theirs in (
            ("600", '"Source Serif 4"', '"Titles in DejaVu"'),
            ("400", '"Source Sans 3"', '"Text in DejaVu"'),
            ("600", '"Source Sans 3"', '"Text in DejaVu"'),
        ):
            page.evaluate(
                "([weight, name]) => document.fonts.load(`${weight} 16px ${name}`).then(() => 1)",
                [weight, ours],
            )
            one, other = (measure(page, family, weight=weight, letters=TEXT) for family in (ours, theirs))
            assert other == pytest.approx(one, rel=0.03), (weight, ours)


def test_a_site_may_keep_the_fonts_of_the_system(browser, small_site):
    site = small_site(plugins=[{"papershelf": {"fonts": "system"}}])
    assert list(site.rglob("*.woff2")) == list(site.rglob("fonts*")) == []
    with serve(site, "as they come") as base, reading(browser, base) as page:
        page.goto(base)
        assert list_fonts(page, "") == []
        assert families(page, "h1") == {"DejaVu Serif"}
        assert page.locator("link[as=font]").count() == 0


def test_a_tree_for_other_engines_keeps_the_fonts_of_the_system_too(small_index):
    folder = small_index(plugins=[{"papershelf": {"fonts": "system"}}])
    result = papershelf("generate", folder / "tree", cwd=folder)
    assert result.returncode == 0, result.stderr
    assert list((folder / "tree").rglob("*.woff2")) == []
    assert not any("@font-face" in path.read_text() for path in (folder / "tree").rglob("*.css"))
