"""Every kind of page by the keyboard alone: what can be used is reached, is seen when it is, and nothing holds a reader."""

import pytest
from browsing import reading, serve, wait_until
from font_sets import EACH_FONT_SET
from scenes import ONE, SCENES, shorten

LONG = {"all papers", "the list of all papers, filtered in its place", "new", "year", "topic with a figure", "topics", "documentation"}  # fmt: skip
"""Pages whose lists and controls are those of others, only longer."""
COVERED = {"what to do with a paper", "keys", "menu of the documentation"}
"""Pages that something lies over."""
WALKED = [scene for scene in SCENES if scene.name not in LONG | COVERED]
LARGE, PHONE = (1280, 800), (360, 640)
ROWS = {"home", "paper with marks and the tray", "search with filters open", "desk", "comparison", "map with a topic", "figures", "suggestions"}  # fmt: skip
"""Pages whose controls are in rows that fonts make longer or higher."""
WALKS = [
    *(("wide", (PHONE, LARGE), scene) for scene in WALKED),
    *((fonts, (PHONE,), scene) for fonts in ("narrow", "tall") for scene in WALKED if scene.name in ROWS),
]
ANEW = {"suggestions", "the card of a term", "search with nothing found"}
"""Pages that a walk, or another width, leaves in another state."""
WHOLE = {"home"}
"""Pages that are walked with all entries of their lists."""
TAB_IN_VIEW = """() => {
    const { left, right } = document.querySelector(".ps-tabs [aria-current]").getBoundingClientRect();
    return left >= 0 && right <= innerWidth;
}"""
TAB = {"type": "rawKeyDown", "key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9}
START = """() => {
    const isOver = (seen, x, y) => { const top = document.elementFromPoint(x, y); return top && (seen.contains(top) || top.contains(seen) && !top.matches("header, aside")); };
    const shares = [0.5, 0.25, 0.75, 0.05, 0.95];
    const holds = {
        isMarked: (_, { outlineStyle, outlineWidth }) => outlineStyle !== "none" && parseFloat(outlineWidth) > 0,
        isSeen: (seen) => [...seen.getClientRects()].some((box) => shares.some((x) => shares.some((y) => isOver(seen, box.left + x * box.width, box.top + y * box.height)))),
        isWhole: (seen) => { const { left, right, width } = seen.getBoundingClientRect(); return width > innerWidth || (left > -1 && right < innerWidth + 1); },
    };
    const all = document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]");
    const missed = new Set([...all].filter((one) => one.tabIndex >= 0 && !one.disabled && !one.hidden && one.checkVisibility({ visibilityProperty: true })));
    const faults = new Set(), patience = 5000;
    let left = missed.size * 2 + 40, since = 0;
    const look = () => {
        const one = document.activeElement, seen = one.closest("label.ps-choose") ?? one, style = getComputedStyle(seen);
        const isGone = one === document.body || one === document.documentElement || one.hidden; // what hides while it has the focus gives it back to the body
        const broken = isGone ? [] : Object.keys(holds).filter((claim) => !holds[claim](seen, style));
        if (broken.length && performance.now() - since < patience) return false; // Material's sidebars follow some frames later what is scrolled
        for (const claim of broken) faults.add(`${claim}: ${one.outerHTML.slice(0, 160)}`);
        missed.delete(one);
        return true;
    };
    const press = (event) => {
        if ((!since || look()) && left && missed.size) [since, left] = [performance.now(), left - 1];
        else event.preventDefault(), event.stopImmediatePropagation();
    };
    window.walk = {
        more: () => left && missed.size && missed.size + 1,
        end: () => (removeEventListener("keydown", press, true), [[...faults].sort(), [...missed].map((one) => one.outerHTML.slice(0, 120))]),
    };
    document.activeElement.blur();
    scrollTo(0, 0);
    addEventListener("keydown", press, true);
}"""
"""With each Tab, look at the stop where the one before has led; as long as that is not as it should be, no Tab leads on."""


@pytest.fixture(scope="module")
def invented(full_site):
    with serve(full_site) as address:
        yield address


@pytest.fixture(scope="module")
def pages(browser, base, invented):
    """Return a page of the own site and one of the invented index on a phone, each with its address and the tools that press its keys."""
    width, height = PHONE
    viewport = {"width": width, "height": height}
    with (
        reading(browser, base, viewport=viewport) as own,
        reading(browser, invented, viewport=viewport) as other,
    ):
        yield {
            is_invented: (page, address, page.context.new_cdp_session(page))
            for is_invented, page, address in ((False, own, base), (True, other, invented))
        }


def walk(page, tools):
    """Press Tab until all that can be used had the focus; return what was wrong with a stop, and what was not reached."""
    page.evaluate(START)
    while more := page.evaluate("walk.more()"):
        for _ in range(more):
            tools.send("Input.dispatchKeyEvent", TAB)
    return page.evaluate("walk.end()")


@pytest.mark.parametrize(
    ("fonts", "sizes", "scene"),
    WALKS,
    ids=[f"{fonts}-{scene.name}" for fonts, _, scene in WALKS],
    indirect=["fonts"],
    scope="session",  # else the pages, which need the fonts, would be opened anew for each scene
)
def test_tab_reaches_everything_and_shows_where_it_is(pages, sizes, scene):
    page, address, tools = pages[scene.invented]
    for width, height in sizes:
        page.set_viewport_size({"width": width, "height": height})
        if (width, height) == sizes[0] or scene.name in ANEW:
            scene.open(page, address)
            if scene.name not in WHOLE:
                shorten(page)
        assert walk(page, tools) == [[], []], f"{width} pixels"


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
