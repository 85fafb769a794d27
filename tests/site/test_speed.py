"""What makes pages fast, without a clock: nothing moves while they load, and they load little."""

import gzip
import json
import re

import pytest
from browsing import SETTLED, wait_until
from font_sets import EACH_FONT_SET, FONT_SETS

from benchmarks.host import BELOW
from benchmarks.pages import list_pages, store_marks
from benchmarks.phone import SCREEN, WATCH

LARGEST = 150_000
MOST_SCRIPT = 8_192
MOST_SHIFT = 0.01
OWN = re.compile(r"assets/ps-[0-9a-f]{8}/|assets/papershelf/scheme\.js\?[0-9a-f]{8}$")
SCRIPTS = re.compile(r'<script[^>]* src="(?:\.\./)*([^"]+)"')
SHEETS = re.compile(r'<link rel="stylesheet" href="([^"]+)"')


PAINTED = """new Promise((done) => {
  const look = () => (performance.getEntriesByName("first-contentful-paint").length ? setTimeout(done, 100) : setTimeout(look, 20));
  look();
})"""
SHOWN = "!document.querySelector('#ps-search, #ps-map, #ps-desk') || document.querySelector('.ps-results > .ps-result, .ps-map__board canvas, #ps-desk .ps-notes') !== null"
"""Whether what the script of a page makes is there."""
TITLES = (
    "[...document.querySelectorAll('.ps-page li > p:first-child > a')].slice(0, 10).map((a) => a.textContent)"
)
PLACES = """[...document.querySelectorAll(".ps-page li:has(> p > .ps-facts)")].slice(0, 10).map((li) => {
  const { top, height } = li.getBoundingClientRect();
  return [Math.round(top + scrollY), height];
})"""
FIRST_CARD = "document.querySelector('.ps-facts')?.closest('li').scrollIntoView()"


@pytest.fixture
def visit(browser, base, arriving, fonts, own_site):
    """Return a function that opens a page on a phone whose modules come after the first paint, as a new reader or one who comes back,
    with marks of all kinds or with what the browser is given to keep.

    Our fonts, of a set that has them, come then, too, unless the page `waits` for them.
    """
    opened = []

    def go(path, *, back=False, scripts=True, screen=SCREEN, waits=True):
        context = browser.new_context(**screen, service_workers="block")
        opened.append(context)
        page = context.new_page()
        stored = store_marks(own_site) if back is True else back or {}
        for key, value in stored.items():
            page.add_init_script(f"localStorage.setItem({json.dumps(key)}, {json.dumps(value)})")
        page.add_init_script(WATCH)

        def come_late(route):
            page.evaluate(PAINTED)
            page.evaluate(FIRST_CARD)
            page.wait_for_timeout(100)
            route.continue_() if scripts else route.abort()

        def come_late_too(route):
            page.evaluate(PAINTED)
            page.wait_for_timeout(200)
            route.continue_()

        page.route(re.compile(r"/start\.js$"), come_late)
        address = base
        if FONT_SETS[fonts].bundled and not waits:
            page.route("**/*.woff2", come_late_too)
            address = arriving
        page.goto(address + path, wait_until="load")
        if scripts:
            wait_until(page, "document.documentElement.dataset.desk !== undefined")
            page.wait_for_load_state("networkidle")
            wait_until(page, SETTLED)
            wait_until(page, SHOWN)
        page.wait_for_timeout(200)
        return page

    yield go
    for context in opened:
        context.close()


@pytest.mark.parametrize(
    ("fonts", "back"),
    [
        ("bundled", False),
        *((fonts, True) for fonts in FONT_SETS),
    ],  # marks come on top of what a first visit shows
    ids=["first", *(f"back-{fonts}" for fonts in FONT_SETS)],
    indirect=["fonts"],
)
@pytest.mark.parametrize(
    "name", ["home", "topic", "paper", "list", "search", "results", "new", "desk", "map"]
)
def test_nothing_moves_while_a_page_loads(visit, own_site, name, back):
    page = visit(list_pages(own_site)[name], back=back, waits=False)
    seen = page.evaluate("seen")
    assert seen["shift"] <= MOST_SHIFT, seen["shifts"]


def test_marks_are_there_before_the_scripts_that_set_them(visit):
    page = visit("papers/", back=True, scripts=False)
    assert page.locator("html[data-desk]").count() == 0
    for mark in ("data-hidden", "data-read"):
        assert page.locator(f"li[{mark}]").count() > 10
    assert page.locator("li > .ps-own-note").count() > 10


def test_marks_stand_once_when_the_scripts_have_come(visit):
    page = visit("papers/", back=True)
    assert page.locator("li > .ps-own-note").count() == page.locator("li:has(> .ps-own-note)").count() > 10


@pytest.mark.parametrize("path", ["papers/", "search/"])
def test_a_compact_list_is_compact_before_its_scripts_come(visit, path):
    kept = {f"{BELOW}.view": "compact"}
    page = visit(path, back=kept, scripts=False)
    assert page.locator("li .ps-teaser").count() > 5
    assert page.locator("li .ps-teaser:visible").count() == 0
    assert visit(path, back=kept).evaluate("seen")["shift"] <= MOST_SHIFT


def test_a_new_paper_keeps_the_look_of_its_title(visit):
    look = "(({ fontFamily, fontSize, color }) => [fontFamily, fontSize, color])(getComputedStyle(document.querySelector('li%s > p > a')))"
    page = visit("new/", back=True)
    wait_until(page, "document.querySelector('li[data-new]') !== null")
    new = page.evaluate(look % "[data-new]:not([data-hidden])")
    assert new == visit("new/").evaluate(look % ":has(> p > .ps-facts)")


def place_papers(page, widths):
    """Return where the first papers stand and how high they are, on screens of some widths."""
    found = {}
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        found[width] = page.evaluate(PLACES)
    return found


@EACH_FONT_SET
@pytest.mark.parametrize(
    ("screen", "widths"), [(SCREEN, (320, 412, 600, 800)), ({}, (1000, 1280))], ids=["touched", "large"]
)
def test_the_search_page_begins_with_what_it_finds(visit, base, screen, widths):
    page = visit("search/?sort=newest", screen=screen)
    page.locator(".ps-more").scroll_into_view_if_needed()
    wait_until(page, "document.querySelectorAll('.ps-results > .ps-result').length > 10")
    page.evaluate("scrollTo(0, 0)")
    found, places = page.evaluate(TITLES), place_papers(page, widths)
    page.goto(f"{base}search/")
    wait_until(page, "document.querySelector('.ps-results > .ps-result')")
    assert page.evaluate(TITLES) == found
    page.route("**/search/browse.js", lambda route: route.abort())
    page.reload()
    assert page.evaluate(TITLES) == found
    for width, before in place_papers(page, widths).items():
        assert before == [pytest.approx(place, abs=1) for place in places[width]], width


@pytest.mark.parametrize("name", ["home", "topic", "paper", "list", "stats"])
def test_a_page_loads_little_script_and_all_of_it_is_ours(browser, base, own_site, name):
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    paths = []
    page.on(
        "request",
        lambda r: paths.append(r.url.removeprefix(base)) if r.resource_type == "script" else None,
    )
    page.goto(base + list_pages(own_site)[name])
    page.wait_for_load_state("networkidle")
    context.close()
    assert any(path.endswith("/start.js") for path in paths)
    assert all(OWN.match(path) for path in paths)
    sizes = [len(gzip.compress((own_site / path.partition("?")[0]).read_bytes())) for path in paths]
    assert sum(sizes) <= MOST_SCRIPT


MOST_REQUESTS, MOST_LOADED = 25, 70_000


def test_a_first_answer_with_meaning_takes_few_requests_and_bytes(browser, base, own_site):
    context = browser.new_context(**SCREEN, service_workers="block")
    page = context.new_page()
    paths = []
    page.on("request", lambda r: paths.append(r.url.removeprefix(base)) if r.url.startswith("http") else None)
    page.goto(f"{base}{list_pages(own_site)['results']}")
    wait_until(page, "document.querySelectorAll('.ps-result').length > 5")
    wait_until(page, SETTLED)
    page.wait_for_load_state("networkidle")
    context.close()
    assert len(paths) == len(set(paths)) <= MOST_REQUESTS
    assert any(path.startswith("search/index/c-") for path in paths), "which meaning needs"
    loaded = [path for path in paths if re.match(r"search/index/|assets/ps-.*\.js$", path)]
    assert sum(len(gzip.compress((own_site / path).read_bytes())) for path in loaded) <= MOST_LOADED


def test_generated_pages_load_no_script_and_no_style_of_the_theme(own_site):
    for name, path in list_pages(own_site).items():
        if name != "about":
            html = (own_site / path.split("?")[0] / "index.html").read_text()
            assert all(OWN.match(script) for script in SCRIPTS.findall(html)), name
            assert "stylesheets/main." not in html


def test_no_page_is_large(own_site):
    assert [path for path in own_site.rglob("*.html") if path.stat().st_size > LARGEST] == []


STYLES = """() => {
  const properties = [...getComputedStyle(document.body)].filter((name) => !/^--|^background-position$/.test(name));  // "0% 0%" and "0px 0px" are one place
  const elements = [...document.querySelectorAll("body, body *")];
  const values = elements.map((element) => {
    const style = getComputedStyle(element);
    return properties.map((name) => style.getPropertyValue(name));
  });
  const before = window.styles;
  window.styles = values;
  return before && before.length !== values.length ? ["other elements"] : before?.flatMap((old, n) => properties.flatMap((name, m) =>
    old[m] === values[n][m] ? [] : [`${elements[n].localName}.${elements[n].className} ${name}: ${old[m]}, then ${values[n][m]}`]));
}"""
"""What of the styles of all elements is not as when this was asked before."""


@pytest.mark.parametrize("name", ["topic", "results", "desk", "map"])
def test_generated_pages_look_as_with_all_of_the_themes_styles(visit, own_site, name):
    page = visit(list_pages(own_site)[name])
    page.add_style_tag(content="* { transition: none !important; animation: none !important; }")
    page.evaluate(STYLES)
    page.evaluate(
        """(names) => Promise.all(names.map((name) => new Promise((done) => {
          const own = document.querySelector('link[href*="generated."]');
          const whole = Object.assign(document.createElement("link"), { rel: "stylesheet", href: new URL(name, own.href).href, onload: done });
          own.before(whole);
        }))).then(() => document.querySelector('link[href*="generated."]').remove())""",
        sorted(path.name for path in (own_site / "assets" / "stylesheets").glob("[mp]a*.css")),
    )
    assert page.evaluate(STYLES) == []
