"""Overviews and terms as readers meet them: with and without scripts, by keys, by touch, and copied."""

import pytest
from browsing import serve
from selectolax.lexbor import LexborHTMLParser

CARD = ".ps-term-card:popover-open"


@pytest.fixture
def address(full_site):
    with serve(full_site) as base:
        yield base + "topics/birds/"


@pytest.fixture
def plain(browser):
    """Return a page of a browser that runs no scripts and is touched."""
    context = browser.new_context(
        java_script_enabled=False, has_touch=True, viewport={"width": 320, "height": 640}
    )
    yield context.new_page()
    context.close()


def test_only_the_first_page_of_a_topic_has_its_overview(full_site):
    first = (full_site / "topics" / "birds" / "index.html").read_text()
    second = (full_site / "topics" / "birds" / "page" / "2" / "index.html").read_text()
    assert "ps-overview" in first
    assert "ps-overview" not in second
    assert "ps-term" not in second


def test_the_first_paragraph_is_shown_and_the_rest_opens_without_scripts(plain, address):
    plain.goto(address)
    overview = plain.locator(".ps-overview")
    assert overview.get_by_text("Birds hunt at night").is_visible()
    assert not overview.get_by_text("No paper asks").is_visible()
    overview.locator("summary").tap()
    overview.get_by_text("No paper asks").wait_for()
    assert overview.get_by_role("link", name="Owls", exact=True).get_attribute("href") == "../../papers/owls/"


def test_a_touched_term_shows_its_card_without_scripts(plain, address):
    plain.goto(address)
    plain.get_by_role("button", name="nest").tap()
    card = plain.locator(CARD)
    assert "The place in which birds raise" in card.inner_text()
    box = card.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
    card.get_by_role("link", name="Glossary").tap()
    plain.wait_for_url("**/glossary/#nest")
    assert plain.locator("b#nest").inner_text() == "nest"


def test_a_card_opens_and_closes_by_keys(browser, address):
    page = browser.new_page()
    page.goto(address)
    page.get_by_role("button", name="nest").focus()
    page.keyboard.press("Enter")
    page.locator(CARD).wait_for()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Glossary"
    page.keyboard.press("Escape")
    page.locator(CARD).wait_for(state="detached")
    assert page.evaluate("document.activeElement.textContent") == "nest"
    page.close()


def test_terms_are_part_of_what_is_copied(browser, address):
    page = browser.new_page()
    page.goto(address)
    copied = page.evaluate(
        "const range = document.createRange(); range.selectNodeContents(document.querySelector('.ps-overview > p'));"
        "getSelection().addRange(range); getSelection().toString()"
    )
    assert copied.strip().endswith("as wrens do; a nest is home.")
    page.close()


def test_the_glossary_names_other_words_and_the_topic(full_site):
    page = LexborHTMLParser((full_site / "glossary" / "index.html").read_text())
    entries = {node.css_first("b").text(): node.text() for node in page.css(".ps-page--glossary > ul > li")}
    assert list(entries) == ["mouse", "nest"]
    assert "eyrie, hollow" in entries["nest"]
    assert "Papers: Birds." in entries["nest"]
    assert "A small animal & the prey of owls." in entries["mouse"]
