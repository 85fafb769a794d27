"""Every kind of page by the keyboard alone: what can be used is reached, is seen when it is, and nothing holds a reader."""

import pytest
from browsing import reading, serve, wait_until
from font_sets import EACH_FONT_SET
from scenes import ONE, SCENES

LONG = {"all papers", "the list of all papers, filtered in its place", "new", "year", "topic with a figure", "topics", "documentation"}  # fmt: skip
"""Pages whose lists and controls are those of others, only longer."""
COVERED = {"what to do with a paper", "keys", "menu of the documentation"}
"""Pages that something lies over."""
WALKED = [scene for scene in SCENES if scene.name not in LONG | COVERED]
LARGE, PHONE = (1280, 800), (360, 640)
ROWS = {"home", "paper with marks and the tray", "search with filters open", "desk", "comparison", "map with a topic", "figures", "suggestions"}  # fmt: skip
"""Pages whose controls are in rows that fonts make longer or higher."""
WALKS = [
    *(("wide", size, scene) for size in (LARGE, PHONE) for scene in WALKED),
    *((fonts, PHONE, scene) for fonts in ("narrow", "tall") for scene in WALKED if scene.name in ROWS),
]
TAB_IN_VIEW = """() => {
    const { left, right } = document.querySelector(".ps-tabs [aria-current]").getBoundingClientRect();
    return left >= 0 && right <= innerWidth;
}"""
CLAIMS = ("isMarked", "isSeen", "isWhole")
USABLE = """() => {
    const all = document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]");
    window.usable = [...all].filter((one) => one.tabIndex >= 0 && !one.disabled && !one.hidden && one.checkVisibility({ visibilityProperty: true }));
    window.scrollTo(0, 0);
    return window.usable.map((one) => one.outerHTML.slice(0, 120));
}"""
STOP = """() => {
    const one = document.activeElement, seen = one.closest("label.ps-choose") ?? one, style = getComputedStyle(seen);
    const boxes = [...seen.getClientRects()];
    const isOver = (x, y) => { const top = document.elementFromPoint(x, y); return top && (seen.contains(top) || top.contains(seen) && !top.matches("header, aside")); };
    const { left, right, width } = seen.getBoundingClientRect();
    const shares = [0.05, 0.25, 0.5, 0.75, 0.95];
    return {
        number: window.usable.indexOf(one),
        what: one.outerHTML.slice(0, 160),
        isGone: one === document.body || one === document.documentElement || one.hidden, // what hides while it has the focus gives it back to the body
        isMarked: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0,
        isWhole: width > innerWidth || (left > -1 && right < innerWidth + 1),
        isSeen: boxes.some((box) => shares.some((x) => shares.some((y) => isOver(box.left + x * box.width, box.top + y * box.height)))),
    };
}"""


@pytest.fixture(scope="module")
def invented(full_site):
    with serve(full_site) as address:
        yield address


@pytest.fixture(scope="module")
def pages(request, browser, base, invented):
    """Return a page of the own site and one of the invented index, on a wide screen and on a phone."""
    width, height = request.param
    viewport = {"width": width, "height": height}
    with (
        reading(browser, base, viewport=viewport) as own,
        reading(browser, invented, viewport=viewport) as other,
    ):
        yield {False: (own, base), True: (other, invented)}


@pytest.mark.parametrize(
    ("fonts", "pages", "scene"),
    WALKS,
    ids=[f"{size[0]} {fonts}-{scene.name}" for fonts, size, scene in WALKS],
    indirect=["fonts", "pages"],
)
def test_tab_reaches_everything_and_shows_where_it_is(pages, scene):
    page, address = pages[scene.invented]
    scene.open(page, address)
    page.evaluate("document.activeElement.blur()")
    usable = page.evaluate(USABLE)
    reached, faults = set(), []
    for _ in range(len(usable) * 2 + 40):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        for _ in range(50):  # Material's sidebars follow some frames later what is scrolled
            if stop["isGone"] or all(stop[claim] for claim in CLAIMS):
                break
            page.wait_for_timeout(100)
            stop = page.evaluate(STOP)
        if not stop["isGone"]:
            faults += [f"{claim}: {stop['what']}" for claim in CLAIMS if not stop[claim]]
        reached.add(stop["number"])
        if reached >= set(range(len(usable))):
            break
    missed = [what for number, what in enumerate(usable) if number not in reached]
    assert (sorted(set(faults)), missed) == ([], [])


@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
@pytest.mark.parametrize(
    ("path", "opener"), [("topics/benchmarks/", "li [data-do=more]"), (f"papers/{ONE}/", "[data-do=more]")]
)
def test_a_dialog_keeps_the_focus_inside_and_gives_it_back(page, base, path, opener, key):
    page.goto(base + path)
    page.locator(opener).nth(0).focus()
    page.keyboard.press("Enter")
    page.get_by_role("dialog").get_by_role("group").get_by_role("button").first.wait_for()
    for _ in range(20):
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement === document.body || document.activeElement.closest('dialog') !== null")  # fmt: skip
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="detached")
    assert page.locator(opener).nth(0).evaluate("opener => opener === document.activeElement")


def test_who_presses_twice_before_a_dialog_is_loaded_gets_one(page, base):
    page.goto(base + "topics/benchmarks/")
    page.locator("li [data-do=more]").nth(0).evaluate("more => { more.click(); more.click(); }")
    page.get_by_role("dialog").get_by_role("group").get_by_role("button").first.wait_for()
    assert page.locator("dialog").count() == 1
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="detached")
    page.evaluate("for (const _ of [1, 2]) document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '?', bubbles: true }))")  # fmt: skip
    page.get_by_role("dialog").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="detached")


def test_a_dialog_gives_the_focus_back_to_a_paper_whose_list_was_made_anew(page, base):
    page.goto(base + "topics/benchmarks/")
    for number in range(2):
        page.locator("li [data-do=saved]").nth(number).click()
    page.goto(base + "desk/")
    more = page.locator(".ps-results [data-do=more]")
    more.nth(1).focus()
    page.keyboard.press("Enter")
    old = more.nth(1).element_handle()
    page.get_by_role("dialog").get_by_role("button", name="Mark as read").click()
    wait_until(page, "() => document.querySelector('.ps-results li[data-read]') !== null")
    page.wait_for_function("old => !old.isConnected", arg=old)
    more.nth(1).wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="detached")
    wait_until(
        page, "() => document.querySelectorAll('.ps-results [data-do=more]')[1] === document.activeElement"
    )


def test_the_skip_link_leads_to_the_text(page, base):
    for path in ("", f"papers/{ONE}/", "stats/", "about/"):
        page.goto(base + path)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.classList[0]") == "md-skip"
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('main') !== null"), path


def test_more_results_take_the_focus_along(browser, base):
    with reading(browser, base, viewport={"width": 1280, "height": 400}) as page:
        page.goto(base + "papers/?q=video")
        page.locator(".ps-result").nth(5).wait_for()
        wait_until(page, "document.querySelector('[aria-busy]') === null")
        before = page.locator(".ps-result").count()
        page.get_by_role("button", name="More of").focus()  # comes into view, so that more is loaded
        wait_until(page, "before => document.querySelectorAll('.ps-result').length > before", before)
        wait_until(page, "() => document.activeElement.closest('.ps-result') !== null")
        assert page.evaluate("[...document.querySelectorAll('.ps-result')].findIndex(one => one.contains(document.activeElement))") >= before  # fmt: skip


@EACH_FONT_SET
def test_the_current_tab_is_in_view_on_a_phone(browser, base):
    with reading(browser, base, viewport={"width": 360, "height": 640}) as page:
        for path in ("", "papers/", "map/", "search/", "desk/", "about/"):
            page.goto(base + path)
            wait_until(page, "document.documentElement.dataset.desk !== undefined")
            wait_until(page, TAB_IN_VIEW)
            assert page.evaluate("scrollY") == 0
