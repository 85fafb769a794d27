"""What a page does for scripts from right to left, for fingers, and in every engine."""

import pytest
from browsing import SETTLED, touching, wait_until
from scenes import SCENES

TURN = """([selector, text]) => {
    const node = document.querySelector(selector);
    node.textContent = text;
    const range = document.createRange();
    range.setStart(node.firstChild, text.length - 1);
    range.setEnd(node.firstChild, text.length);
    const stop = range.getBoundingClientRect();
    range.selectNodeContents(node);
    const all = range.getBoundingClientRect(), block = node.getBoundingClientRect(), style = getComputedStyle(node);
    return { last: Math.round(stop.left - all.left), right: Math.round(block.right - parseFloat(style.paddingRight) - all.right), left: Math.round(all.left - block.left) };
}"""
SMALL = """() => [...document.querySelectorAll("input:not([type=checkbox], [type=radio], [type=range]), select, textarea")]
    .filter((field) => field.checkVisibility() && parseFloat(getComputedStyle(field).fontSize) < 16)
    .map((field) => field.outerHTML.slice(0, 100))"""
FIXED = """() => [...new Set([...document.querySelectorAll("article *")].filter((node) => {
    const style = getComputedStyle(node), own = [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim());
    return own && style.display !== "inline" && style.unicodeBidi !== "plaintext" && node.checkVisibility() && !node.closest("svg, math, button, select, textarea, pre");
}).map((node) => `${node.parentElement.localName}.${node.parentElement.className} > ${node.localName}.${node.className}`))]"""
"""The boxes of text in which every line begins at the left, whatever its first letter."""
SHOWN = """() => [...document.querySelectorAll("[hidden]")].filter((node) => getComputedStyle(node).display !== "none")
    .map((node) => node.outerHTML.slice(0, 100))"""


@pytest.mark.parametrize(
    ("path", "selector"),
    [
        ("papers/4m-massively-multimodal-masked-modeling/", "h1"),
        ("papers/", "article li p"),
        ("topics/video/", ".ps-lead"),
    ],
)
def test_a_text_from_right_to_left_begins_at_the_right(page, base, path, selector):
    page.goto(f"{base}{path}")
    turned = page.evaluate(TURN, [selector, "ינשופים: לילה."])
    assert turned["last"] == 0, "the full stop is at the left end"
    assert turned["right"] <= 2 < turned["left"]
    straight = page.evaluate(TURN, [selector, "Owls: night."])
    assert straight["last"] > 2 >= straight["left"]


@pytest.mark.parametrize("selector", ["article li p > a", ".ps-facts > span", ".ps-topic > a"])
def test_a_part_of_a_line_from_right_to_left_ends_at_the_left(page, base, selector):
    page.goto(f"{base}papers/")
    assert page.evaluate(TURN, [selector, "ינשופים: לילה."])["last"] == 0, "the full stop is at the right end"
    assert page.evaluate(TURN, [selector, "Owls: night."])["last"] > 2


@pytest.mark.parametrize("part", ["a", ".ps-teaser", ".ps-facts > span"])
def test_a_long_word_in_a_list_is_broken(page, base, part):
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"{base}papers/")
    page.locator("article li:has(.ps-facts)").first.locator(part).first.evaluate("(node, word) => { node.textContent = word; }", "wren" * 30)  # fmt: skip
    assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.fixture(scope="module")
def fields(browser, base):
    """Return the small fields under a finger, what is hidden and shown, and boxes of one direction, of each scene of the repository's own site."""
    found = {}
    context = browser.new_context(viewport={"width": 390, "height": 800}, service_workers="block")
    page = context.new_page()
    page.goto(base)
    with touching(page):
        for scene in SCENES:
            if not scene.invented:
                scene.open(page, base)
                found[scene.name] = (page.evaluate(SMALL), page.evaluate(SHOWN), page.evaluate(FIXED))
    context.close()
    return found


def test_no_phone_enlarges_a_page_for_a_field(fields):
    assert {name: small for name, (small, *_) in fields.items() if small} == {}


def test_what_is_hidden_is_not_shown(fields):
    assert {name: shown for name, (_, shown, _) in fields.items() if shown} == {}


def test_every_box_of_text_has_the_direction_of_its_first_letter(fields):
    assert {name: fixed for name, (*_, fixed) in fields.items() if fixed} == {}


@pytest.mark.parametrize(
    ("path", "most"),
    [("search/?q=hallucination&meaning=off", 30), ("search/", 30), ("search/?sort=oldest", 30), ("papers/?sort=oldest", 200)],
)  # fmt: skip
def test_back_from_a_paper_the_results_are_as_they_were(page, base, path, most):
    page.goto(f"{base}{path}")
    wait_until(page, SETTLED)
    assert "q=" not in path or page.title().startswith("hallucination · ")
    page.wait_for_function(
        "most => { scrollTo(0, document.body.scrollHeight); return document.querySelectorAll('.ps-results > li').length >= most; }",
        arg=most,
    )
    if most == 200:  # the first ones go
        page.wait_for_function(
            "() => { scrollTo(0, document.body.scrollHeight); return document.querySelectorAll('.ps-more button').length > 1; }"
        )
    page.wait_for_timeout(500)  # more may be on their way
    link = page.locator(".ps-results > li > p > a").nth(25)
    link.scroll_into_view_if_needed()
    text, top = link.inner_text(), link.bounding_box()["y"]
    assert page.evaluate("scrollY") > 1000
    link.click()
    page.wait_for_url("**/papers/*/")
    page.go_back()
    page.wait_for_function(
        "([text, top]) => [...document.querySelectorAll('.ps-results > li > p > a')].some((one) => one.innerText === text && Math.abs(one.getBoundingClientRect().y - top) < 10)",
        arg=[text, top],
    )


BUSY = """globalThis.IntersectionObserver = class extends IntersectionObserver {
    constructor(tell, options) { super((entries, self) => tell([{ isIntersecting: false }, ...entries], self), options); }
};"""
"""Has a browser tell of two moments at once: the end of the list was not in the window before, and is now."""


def test_a_list_grows_in_a_busy_browser(page, base):
    page.add_init_script(BUSY)
    page.goto(f"{base}search/?q=video&meaning=off")
    page.locator(".ps-more button").first.wait_for()
    page.wait_for_function(
        "() => { scrollTo(0, document.body.scrollHeight); return document.querySelectorAll('.ps-results > li').length >= 30; }"
    )
