"""Browser tests see the fonts that they bring along, and none of the machine's."""

import pytest
from browsing import reading
from font_sets import EACH_FONT_SET, FONT_SETS, write_fontconfig
from scenes import ONE

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
    return {font["familyName"].removesuffix(" SemiBold") for font in fonts}


def measure(page, family):
    """Return the width of some letters, and the height of a line of them, in em."""
    return page.evaluate(
        """([letters, family]) => {
            const one = document.createElement("span");
            Object.assign(one.style, { font: `100px/normal ${family}`, display: "inline-block", whiteSpace: "nowrap" });
            one.textContent = letters;
            document.body.append(one);
            const { width, height } = one.getBoundingClientRect();
            one.remove();
            return [width / 100, height / 100];
        }""",
        [LETTERS, family],
    )


@EACH_FONT_SET
def test_pages_are_shown_in_the_fonts_of_the_set(browser, base, fonts):
    one = FONT_SETS[fonts]
    with reading(browser, base) as page:
        page.goto(f"{base}papers/{ONE}/")
        assert families(page, "h1") == {one.serif}
        assert families(page, ".ps-lead") == {one.sans}
        page.get_by_role("button", name="Cite").click()
        page.locator(".ps-copy").first.wait_for()
        assert families(page, "[data-form=apa] code") == {one.sans}
        assert families(page, "[data-form=bibtex] code") == {one.mono}
        assert families(page, "header, button") <= {one.serif, one.sans}


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
