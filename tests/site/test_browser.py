"""A reader's way through the site in a real browser."""

import csv
import io
import time
from pathlib import Path

import pytest
from browsing import PATIENCE, results


def follow(page, link):
    """Go where a link leads, and return the heading of the page, once it is there as a whole."""
    with page.expect_navigation():
        link.click()
    return heading(page)


def heading(page):
    return page.locator("article h1").inner_text()


def test_from_home_to_a_topic_to_a_paper_to_a_related_one_and_back(page, base):
    page.goto(base)
    topic = page.locator("article a[href^='topics/']").first
    name = topic.inner_text()
    assert follow(page, topic) == name
    card = page.locator("article li:has(.ps-facts) > p > a").first
    title = card.inner_text()
    assert follow(page, card) == title
    assert page.locator("#topics + ul > li > a").filter(has_text=name).count() == 1
    related = page.locator("#related-papers + ul > li > a")
    assert 1 <= related.count() <= 5
    other = related.first.inner_text()
    assert "both " in page.locator("#related-papers + ul > li").first.inner_text()
    assert follow(page, related.first) == other
    page.go_back()
    assert heading(page) == title
    page.go_back()
    assert heading(page) == name
    page.go_back()
    assert page.url == base


def test_dark_is_dark_and_is_kept(page, base):
    page.goto(base)

    def background():
        return page.evaluate("getComputedStyle(document.body).backgroundColor")

    light = background()
    page.get_by_role("button", name="Light or dark").click()
    dark = background()
    assert dark != light
    page.goto(base + "topics/")
    assert background() == dark


@pytest.mark.parametrize("width", [320, 360, 768, 1280, 1920])
@pytest.mark.parametrize(
    "path", ["", "papers/", "topics/", "topics/video/", "years/", "about/", "contribute/"]
)
def test_no_page_is_wider_than_its_window(page, base, path, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(base + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_no_paper_is_wider_than_a_phone(page, base):
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(base + "papers/")
    papers = page.locator("article li:has(.ps-facts) > p > a").evaluate_all(
        "nodes => nodes.slice(0, 20).map(a => a.href)"
    )
    assert len(papers) == 20
    for url in papers:
        page.goto(url)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, url


def wait_for_first(page, name):
    """Wait for the suggestions of the whole word: those of its first letters come and go."""
    page.wait_for_function(
        "name => document.querySelector('[role=option]')?.textContent.startsWith(name)", arg=name
    )


def test_suggestions_follow_the_keys(page, base):
    page.goto(base)
    page.keyboard.press("/")
    page.keyboard.type("mm-embed")
    wait_for_first(page, "MM-Embed")
    page.keyboard.press("ArrowDown")
    assert page.locator(".ps-box input").get_attribute("aria-activedescendant") == "ps-option-0"
    page.keyboard.press("Escape")
    assert page.locator("[role=option]").count() == 0
    assert page.locator(".ps-box input").input_value() == "mm-embed"
    page.keyboard.press("Control+k")
    page.keyboard.type("mm-embed")
    wait_for_first(page, "MM-Embed")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(base + "papers/mm-embed*/")


def test_a_suggestion_stays_chosen_when_a_late_answer_comes_and_not_when_more_is_typed(page, base):
    page.goto(base)
    box = page.locator(".ps-box input")
    chosen = page.locator("[role=option][aria-selected=true]")
    box.fill("mm-embe")
    wait_for_first(page, "MM-Embed")
    mark = "() => { for (const one of document.querySelectorAll('[role=option]')) one.dataset.before = ''; }"
    page.evaluate(mark)
    box.evaluate(
        """box => {
            box.value = "mm-embed";
            box.dispatchEvent(new Event("input"));
            box.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown" }));
        }"""
    )
    page.locator("[role=option]:not([data-before])").first.wait_for()
    assert chosen.inner_text().startswith("MM-Embed")
    assert box.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    page.evaluate(mark)
    page.keyboard.press("Backspace")
    page.locator("[role=option]:not([data-before])").first.wait_for()
    assert chosen.count() == 0
    assert box.get_attribute("aria-activedescendant") is None


def test_a_search_can_be_narrowed_shared_and_undone(page, base):
    page.goto(base)
    page.locator(".ps-box input").fill("video question answering")
    page.locator(".ps-box input").press("Enter")
    page.wait_for_url(base + "search/?q=video+question+answering")
    everything = results(page)
    assert everything
    found = page.locator(".ps-status-line").inner_text()
    page.locator("label:has-text('Video understanding') input").check()
    page.wait_for_url(base + "search/?q=video+question+answering&topic=video")
    page.wait_for_function(
        "document.title.startsWith('video question answering · Video understanding · Search · ')"
    )
    narrowed = results(page)
    assert 0 < int(page.locator(".ps-status-line").inner_text().split()[0]) < int(found.split()[0])
    shared = page.url
    page.locator(".ps-chip").click()
    page.wait_for_url(base + "search/?q=video+question+answering")
    assert results(page) == everything
    page.go_back()
    page.wait_for_function("document.querySelectorAll('.ps-chip').length === 1")
    assert results(page) == narrowed
    page.goto(shared)
    assert results(page) == narrowed


def read_checked(page, facet):
    """Return which values of a facet are checked, in view and out of it."""
    return page.locator(f"fieldset[data-facet={facet}] label:not(.ps-every):has(input:checked) span").all_inner_texts()  # fmt: skip


@pytest.mark.parametrize("query", ["-hallucination", "has:code", "%25"])
def test_a_query_that_ranks_nothing_says_that_the_newest_come_first(page, base, query):
    page.goto(f"{base}search/?q={query}")
    found = results(page)
    assert page.locator(".ps-bar-line select").nth(1).input_value() == "newest"
    page.goto(f"{base}search/?q={query}&sort=newest")
    assert results(page) == found
    page.goto(f"{base}search/?q=hallucination")
    results(page)
    assert page.locator(".ps-bar-line select").nth(1).input_value() == "relevance"


def test_two_topics_are_alternatives_until_both_are_asked_for(page, base):
    page.goto(base + "search/?topic=video&topic=benchmarks")
    either = int(results_total(page))
    counts = page.locator("fieldset[data-facet=topic] small").all_inner_texts()
    page.get_by_label("Only papers with all of them").check()
    page.wait_for_url(base + "search/?topic=video&topic=benchmarks&every=topic")
    both = int(results_total(page))
    assert 0 < both < either
    assert page.get_by_label("Only papers with all of them").is_checked()
    assert len(read_checked(page, "topic")) == 2
    assert page.locator("fieldset[data-facet=topic] small").all_inner_texts() != counts
    page.reload()
    assert int(results_total(page)) == both
    page.get_by_label("Only papers with all of them").uncheck()
    page.wait_for_url(base + "search/?topic=video&topic=benchmarks")
    assert int(results_total(page)) == either


def results_total(page):
    """Return how many papers are found, once the search has ended."""
    results(page)
    return page.locator(".ps-status-line").inner_text().split()[0]


def test_what_is_chosen_is_in_view_however_few_papers_it_has(page, base):
    page.goto(base + "search/")
    results(page)
    *years, no_year = page.locator("fieldset[data-facet=year] label span").all_inner_texts()
    assert (years, no_year) == (sorted(years, reverse=True), "Date unknown")
    page.locator("fieldset[data-facet=topic] button").click()
    last = page.locator("fieldset[data-facet=topic] label").last
    name, topic = last.locator("span").inner_text(), last.locator("input").get_attribute("id")
    page.goto(base + f"search/?topic={topic.removeprefix('ps-topic-')}")
    results(page)
    assert page.locator("fieldset[data-facet=topic] label").count() == 9
    assert read_checked(page, "topic") == [name]
    left = page.locator("fieldset[data-facet=topic] button")
    rest = int(left.inner_text().split()[0])
    left.click()
    assert page.locator("fieldset[data-facet=topic] label").count() == 9 + rest


def test_the_words_of_a_query_and_that_it_is_looked_for_are_there_before_the_engine(browser, base):
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    page.route("**/search/*.js", lambda route: route.abort())
    page.goto(base + "search/?q=owls+%26+mice", wait_until="load")
    assert page.locator(".ps-box input").input_value() == "owls & mice"
    said = page.locator("#ps-search").evaluate("one => getComputedStyle(one, '::before').content")
    assert said == '"Searching …"'
    page.goto(base + "papers/?q=owls", wait_until="load")
    assert page.locator(".ps-box input").input_value() == "", "which searches for something else"
    context.close()


def test_a_topic_is_filtered_and_sorted_in_its_place(page, base):
    page.goto(base + "topics/video/")
    listed = page.locator("article li:has(.ps-facts) > p > a").first.inner_text()
    page.get_by_role("link", name="Filter and sort these papers").click()
    everything = results(page)
    assert everything[0] == listed
    total = int(page.locator(".ps-status-line").inner_text().split()[1])
    page.locator("label:has-text('Audio') input").check()
    page.wait_for_function("document.querySelector('.ps-status-line').textContent.endsWith('found')")
    assert 0 < int(page.locator(".ps-status-line").inner_text().split()[0]) < total
    assert page.url.startswith(base + "topics/video/?topic=audio")
    narrowed = results(page)
    page.reload()
    assert results(page)[: len(narrowed)] == narrowed, (
        "and perhaps more, since the list is at the top of the window"
    )
    page.get_by_label("Search in this list").fill("zzzzzz")
    page.wait_for_function("document.querySelector('.ps-status-line').textContent.startsWith('0 ')")


def test_nothing_found_says_what_may_help(page, base):
    page.goto(base + 'search/?q="owls+that+sing"&topic=video')
    page.locator(".ps-notes li").first.wait_for()
    assert page.locator(".ps-status-line").inner_text() == "0 papers found"
    assert "Remove a filter." in page.locator(".ps-notes").inner_text()


def test_more_results_come_while_scrolling_and_nodes_stay_few(page, base):
    page.goto(base + "search/")
    assert len(results(page)) >= 10
    total = int(page.locator(".ps-status-line").inner_text().split()[1])
    seen = {}
    end = time.monotonic() + PATIENCE
    while len(seen) < total and time.monotonic() < end:
        links = page.locator(".ps-result > p:first-child > a")
        inside = "nodes => nodes.filter(a => { const b = a.getBoundingClientRect(); return b.bottom > 0 && b.top < innerHeight }).map(a => a.href)"
        seen |= dict.fromkeys(links.evaluate_all(inside))
        page.evaluate("scrollBy(0, 600); new Promise((done) => requestAnimationFrame(done))")
        assert links.count() <= 220
    assert len(seen) == total, "some papers were skipped while scrolling"


def test_a_missing_index_file_is_named_and_can_be_tried_again(browser, base):
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    page.route("**/search/index/t-*", lambda route: route.abort())
    page.goto(base + "search/?q=video")
    page.get_by_role("button", name="Try again").wait_for()
    assert "t-" in page.locator(".ps-status-line").inner_text()
    page.unroute("**/search/index/t-*")
    page.get_by_role("button", name="Try again").click()
    assert results(page)
    context.close()


def test_without_scripts_the_search_page_leads_elsewhere(browser, base):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(base + "search/")
    assert page.locator(".ps-without-script").is_visible()
    page.locator(".ps-without-script a").first.click()
    page.wait_for_url(base + "topics/")
    context.close()


@pytest.mark.parametrize(
    ("name", "ending", "start"),
    [("bibtex", "bib", "@misc{"), ("csv", "csv", "id,title"), ("csl-json", "json", "[{")],
)
def test_exactly_this_list_can_be_taken_away(page, base, name, ending, start):
    page.goto(base + "search/?q=hallucination&sort=title")
    titles = results(page)
    total = int(page.locator(".ps-status-line").inner_text().split()[0])
    with page.expect_download() as waiting:
        page.get_by_label("Download this list").select_option(name)
    text = Path(waiting.value.path()).read_text(encoding="utf-8")
    assert waiting.value.suggested_filename == f"papers.{ending}"
    assert text.startswith(start)
    if name == "csv":
        rows = list(csv.DictReader(io.StringIO(text)))
        assert len(rows) == total
        assert [row["title"] for row in rows[: len(titles)]] == titles


def test_a_formula_is_copied_as_the_tex_that_it_came_from(page, base, own_site):
    (folder,) = (own_site / "papers").glob("align2llava*")
    page.goto(f"{base}papers/{folder.name}/")
    copied = page.evaluate(
        """() => {
          getSelection().selectAllChildren(document.querySelector("h1"));
          const event = new ClipboardEvent("copy", {clipboardData: new DataTransfer(), cancelable: true, bubbles: true});
          document.dispatchEvent(event);
          return event.clipboardData.getData("text/plain");
        }"""
    )
    assert copied.startswith("Align$^2$LLaVA")
