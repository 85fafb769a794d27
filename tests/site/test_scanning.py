"""Lists can be scanned: a window shows several papers, each with two lines of its summary; paper has all of it. A compact view has titles and facts."""

import pytest
from browsing import reading, results, serve

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
    page.locator("li .ps-bar-do").first.wait_for()
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


def test_a_reader_sees_all_of_a_summary_on_demand(page, base):
    page.goto(f"{base}topics/benchmarks/")
    page.locator("li .ps-bar-do").first.wait_for()
    assert page.evaluate(LINES, "owls " * 200)[0] == pytest.approx(2, abs=0.1)
    teaser = page.locator(".ps-page li > p > .ps-teaser").first
    teaser.click()
    shown, whole = page.evaluate(LINES, "owls " * 200)
    assert shown == pytest.approx(whole)
    teaser.click()
    assert page.evaluate(LINES, "owls " * 200)[0] == pytest.approx(2, abs=0.1)


def test_on_a_phone_titles_and_summaries_have_the_whole_line(browser, base):
    with reading(browser, base, viewport={"width": 390, "height": 844}) as page:
        page.goto(f"{base}topics/benchmarks/")
        bar = page.locator("li .ps-bar-do").first
        bar.wait_for()
        card = page.locator("li:has(.ps-bar-do)").first
        for part in ("p:first-child", ".ps-teaser"):
            assert card.locator(part).bounding_box()["width"] > 0.99 * card.bounding_box()["width"]
        box, facts = bar.bounding_box(), card.locator(".ps-facts").bounding_box()
        assert facts["y"] - 1 <= box["y"] <= box["y"] + box["height"] <= facts["y"] + facts["height"] + 1


VENUE = "Journal of n Birds"
FACTS = "card => [...card.querySelectorAll('.ps-facts > span:not(.ps-bar-do, [title])')].map((one) => [one.textContent, one.className])"


def test_facts_begin_with_the_venue_and_the_date_and_tags_differ_from_topics(browser, full_site):
    with serve(full_site) as base, reading(browser, base) as page:
        page.goto(f"{base}topics/birds/")
        listed = page.locator("li:has(> p > a[href*='all-facts'])").first.evaluate(FACTS)
        page.goto(f"{base}search/?q=venue:journal")
        results(page)
        found = page.locator("li:has(> p > a[href*='all-facts'])").evaluate(FACTS)
        assert listed[0] == found[0] == [VENUE, "ps-venue"]
        assert listed[1] == found[1]
        for facts in (listed, found):
            names = [name for _, name in facts]
            assert "ps-tag" in names
            assert names.index("ps-tag") < names.index("ps-topic")
        look = "one => { const { backgroundColor, textDecorationLine } = getComputedStyle(one); return [backgroundColor, textDecorationLine]; }"
        tag, topic = (page.locator(which).first.evaluate(look) for which in (".ps-tag", ".ps-topic a"))
        assert tag[0] != topic[0]
        assert tag[1] != topic[1]


def test_the_compact_view_is_remembered_on_this_device(page, base):
    page.goto(f"{base}papers/")
    page.locator("li .ps-bar-do").first.wait_for()
    before = page.evaluate(SEEN)
    button = page.get_by_role("button", name="Compact")
    assert button.get_attribute("aria-pressed") == "false"
    button.click()
    assert button.get_attribute("aria-pressed") == "true"
    assert page.locator("li .ps-teaser:visible").count() == 0
    assert page.evaluate(SEEN) >= 1.5 * before
    page.goto(f"{base}search/?q=video")
    results(page)
    assert button.get_attribute("aria-pressed") == "true"
    assert page.locator("li .ps-teaser:visible").count() == 0
    page.goto(f"{base}")
    assert page.locator("li .ps-teaser:visible").count() > 0
    page.goto(f"{base}papers/")
    page.locator(".ps-view[aria-pressed=true]").wait_for()
    page.evaluate("dispatchEvent(new StorageEvent('storage', { key: '/index/.view', newValue: null }))")
    assert button.get_attribute("aria-pressed") == "false", "as in another tab"
    button.click()
    button.click()
    page.reload()
    assert page.locator("li .ps-teaser:visible").count() > 10
    assert page.evaluate("localStorage.getItem('/index/.view')") is None


def test_without_scripts_there_is_no_button_that_does_nothing(browser, base):
    with reading(browser, base, java_script_enabled=False) as page:
        page.goto(f"{base}papers/")
        assert page.locator(".ps-view").is_hidden()
