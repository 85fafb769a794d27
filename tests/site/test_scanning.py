"""Lists can be scanned: a window shows several papers, each with two lines of its summary; paper has all of it."""

import pytest

CARDS = "[...document.querySelectorAll('.ps-page li:has(> p > .ps-facts)')]"
SEEN = f"""() => {{
    const cards = {CARDS};
    cards[0].scrollIntoView();
    const top = document.querySelector(".md-header").getBoundingClientRect().bottom;
    return cards.map((card) => card.getBoundingClientRect()).filter((box) => box.top >= top - 1 && box.bottom <= innerHeight).length;
}}"""
LINES = """(words) => {
    const teaser = document.querySelector(".ps-page li > p > .ps-teaser");
    teaser.textContent = words;
    const { lineHeight } = getComputedStyle(teaser);
    return [teaser.clientHeight / parseFloat(lineHeight), teaser.scrollHeight / parseFloat(lineHeight)];
}"""


@pytest.mark.parametrize(("size", "least"), [((1280, 900), 6), ((390, 844), 3)])
def test_a_window_shows_several_papers(page, base, size, least):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"{base}topics/benchmarks/")
    page.locator("li > .ps-bar-do").first.wait_for()
    assert page.evaluate(SEEN) >= least


def test_a_list_shows_two_lines_of_a_summary_and_prints_all(page, base):
    page.goto(f"{base}topics/benchmarks/")
    shown, whole = page.evaluate(LINES, "owls " * 200)
    assert shown == pytest.approx(2, abs=0.1)
    assert whole > 5
    page.emulate_media(media="print")
    shown, whole = page.evaluate(LINES, "owls " * 200)
    assert shown == pytest.approx(whole)
    assert whole > 5


def test_descriptions_of_topics_are_whole(page, base):
    page.goto(f"{base}topics/")
    shown, whole = page.evaluate(LINES, "owls " * 200)
    assert shown == pytest.approx(whole)
