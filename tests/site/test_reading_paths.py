"""Reading paths as readers meet them: their progress, which is that of the marks on the desk, and former addresses."""

import json

import pytest
from browsing import reading, serve, wait_for
from support import mkdocs, papershelf

STORED = "localStorage['/index/.desk']"


@pytest.fixture
def night(browser, full_site):
    """Return the page of a path of three papers, on which nothing has been read."""
    with serve(full_site) as base, reading(browser, base) as page:
        page.goto(base + "paths/night/")
        yield page


def progress(page):
    return page.locator(".ps-progress").inner_text()


def mark(page, number):
    page.get_by_role("button", name="Mark as read").nth(number).click()


def test_marking_steps_as_read_moves_the_progress_and_the_next_step(night):
    bar = "bar => [bar.value, bar.max]"
    assert progress(night) == "3 papers"
    assert night.locator("progress").count() == 0
    mark(night, 1)
    assert progress(night).split("\n") == ["1 of 3 read", "Continue with step 1"]
    mark(night, 0)
    assert progress(night).split("\n") == ["2 of 3 read", "Continue with step 3"]
    assert night.locator("progress").evaluate(bar) == [2, 3]
    assert night.get_by_role("status").inner_text() == "Read: Owls at Night"
    night.get_by_role("link", name="Continue with step 3").click()
    assert night.url.endswith("#step-3")
    pressed = "buttons => buttons.map((button) => button.getAttribute('aria-pressed'))"
    assert night.locator("li > .ps-button").evaluate_all(pressed) == ["true", "true", "false"]
    stored = json.loads(night.evaluate(STORED))
    assert stored.keys() == {"format", "papers", "lists", "compare"}
    assert {key: sorted(entry) for key, entry in stored["papers"].items()} == {
        "owls": ["read", "title"],
        "all-facts": ["read", "title"],
    }
    mark(night, 2)
    assert progress(night) == "3 of 3 read"
    assert night.locator("progress").evaluate(bar) == [3, 3]
    for number in range(3):
        mark(night, number)
    assert progress(night) == "3 papers"


def test_what_was_read_elsewhere_counts(night):
    night.goto(night.url.replace("paths/night/", "papers/wrens/"))
    night.keyboard.press("r")
    wait_for(night, lambda: "wrens" in (night.evaluate(STORED) or ""))
    night.get_by_role("link", name="Into the night").click()
    night.locator("progress").wait_for()
    assert progress(night).startswith("1 of 3 read")
    marked = "heading => getComputedStyle(heading, '::before').backgroundColor"
    first, _, third = [heading.evaluate(marked) for heading in night.locator("h2").all()]
    assert first != third
    night.get_by_role("link", name="All reading paths").click()
    night.get_by_text("1 of 3 read").wait_for()
    night.goto(night.url.replace("paths/", "desk/"))
    night.get_by_role("navigation", name="Reading paths").get_by_role("link").click()
    night.wait_for_url("**/paths/night/")


def test_nothing_moves_when_the_buttons_come(browser, full_site):
    """Cards have the height that they have without scripts, so that a reader who has begun to read loses no line."""
    with serve(full_site) as base:
        heights = {}
        for late in (True, False):
            with reading(browser, base) as page:
                if late:
                    page.route("**/progress.js", lambda route: route.fulfill(body="", content_type="text/javascript"))  # fmt: skip
                page.goto(base + "paths/night/")
                page.locator("li [data-do=more]").nth(2).wait_for()
                if not late:
                    page.locator("li > .ps-button").nth(2).wait_for()
                heights[late] = page.locator("article").evaluate("article => article.offsetHeight")
        assert heights[True] == heights[False]


def test_without_scripts_a_path_is_read_all_the_same(browser, full_site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    with serve(full_site) as base:
        page.goto(base + "paths/night/")
        assert page.locator("h2").all_inner_texts() == ["Step 1", "Step 2", "Step 3"]
        assert page.get_by_text("They <hear> the mouse.").is_visible()
        assert page.get_by_text("# Two papers of birds").is_visible()
    context.close()


def test_a_path_that_is_no_more_leads_to_the_list(small_index):
    folder = small_index()
    paths = folder / "content" / "paths.yml"
    text = "- {id: %s, name: Way, lead: L., steps: [{paper: owls, why: A.}, {paper: wrens, why: B.}]}\n"
    paths.write_text(text % "old")
    assert papershelf("check", "--update-ledger", cwd=folder).returncode == 0
    paths.write_text(text % "new")
    assert papershelf("check", "--strict", cwd=folder).returncode == 0
    built = mkdocs("build", "--strict", cwd=folder)
    assert built.returncode == 0, built.stderr
    assert 'href="../../paths/"' in (folder / "site" / "paths" / "old" / "index.html").read_text()
    assert (folder / "site" / "paths" / "new" / "index.html").is_file()
    assert not (folder / "site" / "paths.yml").exists()
