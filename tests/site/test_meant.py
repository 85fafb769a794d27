"""What a reader sees of papers that are related by meaning: before their files are there, then, and without them."""

import contextlib

import pytest
from browsing import results
from scenes import show_all

VECTORS = "**/search/index/c-*"


@contextlib.contextmanager
def holding(browser, answer=lambda _: None):
    """Open a page on which the files of meaning wait until their route is taken away, or get another answer."""
    with browser.new_context(service_workers="block") as context:
        page = context.new_page()
        page.route(VECTORS, answer)
        yield page


def test_papers_found_by_meaning_say_so_and_can_be_left_out(page, base):
    page.goto(base + "search/?q=radiology")
    results(page)
    show_all(page)
    both = results(page)
    marked = page.locator(".ps-result:has(.ps-facts > span:text-is('Related by meaning'))")
    assert 0 < marked.count() < len(both) + 1
    assert f"{marked.count()} are related by meaning." in page.locator(".ps-meaning").inner_text()
    counted = page.locator("[data-facet='topic'] small").first.inner_text()
    page.get_by_role("button", name="Leave them out").click()
    page.wait_for_url(base + "search/?q=radiology&meaning=off")
    results(page)
    show_all(page)
    own = results(page)
    assert set(own) < set(both)
    assert marked.count() == 0
    assert page.locator("[data-facet='topic'] small").first.inner_text() != counted
    page.reload()
    assert own[:6] == results(page)[:6]
    page.get_by_role("button", name="Add papers related by meaning").click()
    page.wait_for_url(base + "search/?q=radiology")
    assert results(page)[:6] == both[:6]


def test_a_reader_in_the_list_stays_at_a_paper_when_meaning_answers(browser, base):
    with holding(browser) as page:
        page.goto(base + "search/?q=robots+video")
        page.locator(".ps-result").nth(4).wait_for()
        before = page.locator(".ps-result > p:first-child > a").all_inner_texts()
        page.locator(".ps-result > p:first-child > a").nth(4).focus()
        page.unroute(VECTORS)  # what was asked for goes on now
        after = results(page)
        assert after.index(before[4]) not in {0, 4}, "it is among the first still, and at another place"
        assert page.evaluate("document.activeElement.textContent") == before[4]


def test_a_reader_down_the_list_keeps_the_paper_in_sight_when_meaning_answers(browser, base):
    with holding(browser) as page:
        page.goto(base + "search/?q=video+retrieval+models")
        page.locator(".ps-result").nth(5).wait_for()
        page.locator(".ps-more").scroll_into_view_if_needed()
        page.locator(".ps-result").nth(25).wait_for()
        one = page.locator(".ps-result").nth(12)
        title = one.locator("a").first.inner_text()
        before = one.evaluate("one => (scrollBy(0, one.getBoundingClientRect().top - 50), one.getBoundingClientRect().top)")  # fmt: skip
        shown = page.locator(".ps-result").count()
        page.unroute(VECTORS)
        page.wait_for_function(
            "document.querySelector('.ps-meaning')?.textContent.includes('Looking') === false"
        )
        after = page.locator(".ps-result", has=page.get_by_role("link", name=title, exact=True))
        assert abs(after.bounding_box()["y"] - before) < 2
        assert page.locator(".ps-result").count() >= shown


def test_who_asks_for_more_while_meaning_answers_gets_no_paper_twice(browser, base):
    with holding(browser) as page:
        page.goto(base + "search/?q=video+retrieval+models")
        page.locator(".ps-result").nth(5).wait_for()
        page.locator(".ps-more").scroll_into_view_if_needed()
        page.locator(".ps-result").nth(25).wait_for()
        page.evaluate("() => { window.held = []; scheduler.yield = () => new Promise((done) => held.push(done)); }")  # fmt: skip
        page.unroute(VECTORS)
        page.wait_for_function("held.length > 0")  # the list may have grown as well
        page.evaluate("document.querySelector('.ps-more button').click()")
        page.wait_for_timeout(200)  # in which it would be answered
        page.evaluate("() => { scheduler.yield = undefined; for (const done of held.reverse()) done(); }")
        titles = results(page)
        assert len(titles) == len(set(titles)) > 25


def test_while_meaning_is_looked_up_nobody_is_told_that_nothing_fits(browser, base):
    with holding(browser) as page:
        page.goto(base + "search/?q=physician")
        page.get_by_text("Looking for papers related by meaning").wait_for()
        assert "No results" not in page.locator("main").inner_text()
        page.unroute(VECTORS)
        assert results(page)
        page.goto(base + "search/?q=monarchy")
        page.locator(".ps-notes").get_by_text("No results").wait_for()


@pytest.mark.parametrize("query", ["year:2024", "%22long+video%22", "arxiv:2405.09818"])
def test_where_meaning_has_no_say_nothing_is_said_of_it(page, base, query):
    for more in ("", "&meaning=off"):
        page.goto(f"{base}search/?q={query}{more}")
        page.wait_for_function("document.querySelector('.ps-results')?.getAttribute('aria-busy') === null")
        page.get_by_text(" found").first.wait_for()
        assert page.locator(".ps-meaning").count() == 0


def test_a_filter_that_only_related_papers_have_keeps_the_focus(page, base):
    page.goto(base + "search/?q=physician")
    assert results(page)
    boxes = page.locator(".ps-facets input")
    name = boxes.nth(boxes.count() - 1).get_attribute("id")
    for _ in range(2):
        page.locator(f"[id='{name}']").focus()
        page.keyboard.press("Space")
        results(page)
        page.wait_for_function("name => document.activeElement.id === name", arg=name)


def test_without_the_files_of_meaning_the_words_are_found(browser, base):
    with holding(browser, lambda route: route.abort()) as page:
        page.goto(base + "search/?q=radiology")
        assert results(page)
        assert "could not be loaded" in page.locator(".ps-meaning").inner_text()
        page.unroute(VECTORS)
        page.locator(".ps-meaning").get_by_role("button", name="Try again").click()
        page.wait_for_function(
            "document.querySelector('.ps-meaning')?.textContent.includes('related by meaning. ')"
        )
