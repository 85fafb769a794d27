"""What screen readers are told: names that stay, headings in order, and changes, once and not with every key."""

import datetime as dt
import itertools
import json
import re

import pytest
from browsing import reading, wait_until
from scenes import BIB, DESK, ONE, TWO
from selectolax.lexbor import LexborHTMLParser

LISTEN = """
window.heard = [];
window.late = [];
const known = new Set();
const live = (node) => (node.nodeType === 1 ? node : node.parentElement)?.closest("[role=status], [role=alert]");
new MutationObserver((changes) => {
    for (const place of new Set(changes.map(({ target }) => live(target)).filter(Boolean))) {
        const text = place.textContent.trim();
        if (text && window.heard.at(-1) !== text) window.heard.push(text);
    }
    for (const place of document.querySelectorAll("[role=status]")) {
        if (!known.has(place) && place.textContent.trim()) window.late.push(place.outerHTML);
        known.add(place);
    }
}).observe(document, { childList: true, subtree: true, characterData: true });
"""
"""Note what live regions say, and regions that came with their text, which screen readers do not read."""


@pytest.fixture
def listening(browser, base):
    with reading(browser, base) as page:
        page.context.add_init_script(LISTEN)
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.reload()
        yield page
        assert page.evaluate("window.late") == []


def wait_heard(page, text):
    wait_until(page, "text => window.heard.some((said) => said.includes(text))", text)


def heard(page):
    return page.evaluate("window.heard")


def stop_clock(page):
    """Let no time pass on a page but by `clock.run_for`, and forget what was said; its clock goes with the machine's until then."""
    page.clock.pause_at(dt.datetime.now(tz=dt.UTC) + dt.timedelta(minutes=5))
    page.evaluate("window.heard.length = 0")


def test_typing_is_not_interrupted_and_then_the_count_is_said(listening, base):
    listening.clock.install()
    listening.goto(base + "search/?q=captioning")
    wait_heard(listening, " found")
    before = listening.locator(".ps-status-line").inner_text()
    stop_clock(listening)
    listening.locator(".ps-box input").fill("")
    listening.locator(".ps-box input").press_sequentially("video mem")
    wait_until(
        listening, "before => document.querySelector('.ps-status-line').textContent !== before", before
    )
    assert heard(listening) == []
    listening.clock.run_for(1000)
    wait_heard(listening, " found")
    assert len(heard(listening)) == 1
    visible = listening.locator(".ps-status-line").inner_text()
    assert heard(listening)[0].startswith(visible)


def test_filters_and_their_removal_are_said_with_what_may_help(listening, base):
    listening.goto(base + "search/?q=video")
    wait_heard(listening, " found")
    listening.evaluate("window.heard.length = 0")
    listening.locator(".ps-facets input").first.check()
    wait_heard(listening, " found")
    listening.evaluate("window.heard.length = 0")
    listening.get_by_label("Sort by").select_option("title")
    wait_heard(listening, "Sorted by title")
    listening.evaluate("window.heard.length = 0")
    listening.get_by_role("button", name="Remove the filter").click()
    wait_heard(listening, " found")
    listening.goto(base + "search/?q=%22owls+mice%22")
    wait_heard(listening, "No results")


def test_suggestions_are_said_once_the_typing_pauses(listening, base):
    listening.clock.install()
    listening.goto(base)
    stop_clock(listening)
    box = listening.locator(".ps-box input")
    box.fill("vide")
    listening.locator("[role=option]").first.wait_for()
    listening.evaluate(
        "for (const one of document.querySelectorAll('[role=option]')) one.dataset.before = ''"
    )
    box.press_sequentially("o")
    listening.locator("[role=option]:not([data-before])").first.wait_for()
    assert heard(listening) == []
    listening.clock.run_for(1000)
    wait_heard(listening, " suggested")
    assert len(heard(listening)) == 1


def test_the_map_says_how_many_papers_lit_up_and_not_with_every_key(listening, base):
    listening.clock.install()
    listening.goto(base + "map/")
    listening.get_by_label("Highlight papers").wait_for()
    stop_clock(listening)
    listening.get_by_label("Highlight papers").press_sequentially("video")
    listening.locator(".ps-map__status", has_text=re.compile(" highlighted$")).wait_for()
    assert heard(listening) == []
    listening.clock.run_for(1000)
    wait_heard(listening, " highlighted")
    assert len(heard(listening)) == 1


def test_marks_are_said_and_the_name_of_a_button_stays(listening, base):
    listening.goto(base + "topics/benchmarks/")
    button = listening.locator("li [data-do=saved]").first
    title = listening.locator(".ps-page li:has(.ps-facts) a").first.inner_text()
    name = button.get_attribute("aria-label")
    button.click()
    assert (button.get_attribute("aria-label"), button.get_attribute("aria-pressed")) == (name, "true")
    wait_heard(listening, f"Saved: {title}")
    button.click()
    assert (button.get_attribute("aria-label"), button.get_attribute("aria-pressed")) == (name, "false")
    wait_heard(listening, f"No longer saved: {title}")


def test_a_dialog_speaks_itself_since_what_is_behind_it_is_silent(listening, base):
    listening.goto(base + "topics/benchmarks/")
    listening.locator("li [data-do=more]").first.click()
    dialog = listening.get_by_role("dialog")
    read = dialog.get_by_role("button", name="Mark as read", exact=True)
    read.click()
    assert read.get_attribute("aria-pressed") == "true"
    dialog.get_by_label("Name of a new list").fill("Owls")
    dialog.get_by_role("button", name="Add to it").click()
    assert dialog.locator("[role=status]").text_content() == "Added to the list “Owls”"
    listening.keyboard.press("Escape")
    dialog.wait_for(state="detached")
    listening.locator("body > [role=status]").wait_for(state="attached")


def test_the_desk_says_what_became_of_lists_and_imports(listening, base, tmp_path):
    listening.evaluate("text => localStorage.setItem('/index/.desk', text)", json.dumps(DESK))
    listening.goto(base + "desk/")
    listening.get_by_role("button", name="Owls 2").click()
    wait_heard(listening, "Owls: 2 papers")
    listening.once("dialog", lambda dialog: dialog.accept("Birds"))
    listening.get_by_role("button", name="Rename").click()
    wait_heard(listening, "Renamed to “Birds”")
    listening.once("dialog", lambda dialog: dialog.accept())
    listening.get_by_role("button", name="Delete").click()
    wait_heard(listening, "Deleted the list “Birds”")
    listening.get_by_role("button", name="Remove it").click()
    wait_heard(listening, "Removed")
    listening.get_by_text("Backup and settings").click()
    file = tmp_path / "desk.json"
    file.write_text(json.dumps(DESK))
    listening.get_by_label("Desk to import").set_input_files(file)
    wait_heard(listening, "Papers read: 3, new on this desk: 1")
    listening.once("dialog", lambda dialog: dialog.accept())
    listening.get_by_role("button", name="Empty the desk").click()
    wait_heard(listening, "The desk is empty")


def test_a_check_says_where_it_begins_and_ends_and_a_comparison_what_it_has(listening, base):
    listening.goto(base + "desk/check/")
    listening.get_by_text("Paste BibTeX instead").click()
    listening.get_by_label("BibTeX", exact=True).fill(BIB * 200)
    listening.get_by_role("button", name="Check this text").click()
    wait_heard(listening, "references are on this shelf")
    assert len(heard(listening)) == 2, heard(listening)
    listening.goto(base + f"desk/compare/?papers={ONE},{TWO}")
    wait_heard(listening, "2 papers side by side")


def test_copying_is_said(listening, base):
    listening.goto(base + f"papers/{ONE}/")
    listening.get_by_role("button", name="Cite").click()
    listening.locator(".ps-copy").first.click()
    wait_heard(listening, "copied")


def test_headings_are_in_order_titles_differ_and_each_page_says_its_language(own_site, full_site):
    for site in (own_site, full_site):
        titles = {}
        for path in sorted(site.rglob("*.html")):
            tree = LexborHTMLParser(path.read_text(encoding="utf-8"))
            if tree.css_first("meta[http-equiv=refresh]"):
                continue
            levels = [int(node.tag[1]) for node in tree.css("h1, h2, h3, h4, h5, h6")]
            assert levels[:1] == [1], path
            assert levels.count(1) == 1, path
            assert all(after - before <= 1 for before, after in itertools.pairwise(levels)), path
            assert tree.css_first("html").attributes.get("lang") == "en", path
            assert len(tree.css("main")) == 1, path
            assert all(tree.css_first(landmark) for landmark in ("header", "nav", "footer")), path
            title = tree.css_first("title").text()
            assert title not in titles, (path, titles.get(title))
            titles[title] = path
