"""Two visits: what came to the shelf in between is counted and marked."""

import json
import re
import shutil

import pytest
from browsing import reading, serve

LATER = 31 * 60_000


@pytest.fixture
def site(own_site, tmp_path):
    return shutil.copytree(own_site, tmp_path / "site")


def add_days(site, days):
    """Let papers have come later than they did, as the next build would say it."""
    file = site / "new" / "arrivals.json"
    arrivals = json.loads(file.read_text())
    known = [paper for _, papers in arrivals["days"] for paper in papers]
    new = known[-days:]
    arrivals["days"].insert(0, ["2030-01-01", new])
    file.write_text(json.dumps(arrivals))
    return new, arrivals["topics"]


def go_later(page, base, path=""):
    """Come back after the pause that ends a visit."""
    page.evaluate(
        """(later) => {
        const visit = JSON.parse(localStorage["/index/.visit"]);
        localStorage["/index/.visit"] = JSON.stringify({ ...visit, at: visit.at - later });
    }""",
        LATER,
    )
    page.goto(base + path)


def since(page):
    """Return what the page says of the days since the last visit, once its script has said it."""
    told = page.locator(".ps-since", has_text=re.compile(r"new since your last visit$"))
    told.wait_for()
    return told.inner_text()


def test_what_came_between_two_visits_is_counted_and_marked(browser, site):
    with serve(site) as base, reading(browser, base) as page:
        page.goto(base)
        page.wait_for_function("localStorage['/index/.visit'] !== undefined")
        assert page.locator(".ps-since").inner_text() == "What is new"
        go_later(page, base)
        assert since(page) == "Nothing new since your last visit"
        new, topics = add_days(site, 3)
        go_later(page, base)
        assert since(page) == "3 papers new since your last visit"
        number = sum(topics.index("benchmarks") in numbers for _, numbers in new)
        told = page.locator(".ps-count", has_text=f", {number} new").count() if number else 0
        assert bool(told) == bool(number)
        page.goto(base + "topics/")
        page.locator(".ps-count", has_text=" new").first.wait_for()
        counted = [text for text in page.locator(".ps-count").all_inner_texts() if text.endswith("new")]
        assert len(counted) >= len({n for _, numbers in new for n in numbers})
        page.goto(base + f"topics/{topics[new[0][1][0]]}/")
        page.locator("li[data-new]").first.wait_for()
        assert "New: " in page.locator("li[data-new] p").first.text_content()
        page.goto(base)  # still the same visit
        assert since(page) == "3 papers new since your last visit"
        go_later(page, base)
        assert since(page) == "Nothing new since your last visit"


def test_a_paper_of_the_same_day_is_new_as_well(browser, site):
    with serve(site) as base, reading(browser, base) as page:
        page.goto(base)
        page.wait_for_function("localStorage['/index/.visit'] !== undefined")
        file = site / "new" / "arrivals.json"
        arrivals = json.loads(file.read_text())
        arrivals["days"][0][1].append(["another-paper", [0]])
        file.write_text(json.dumps(arrivals))
        go_later(page, base, "new/")
        assert since(page) == "1 paper new since your last visit"


def test_what_is_broken_or_missing_harms_nothing(browser, site):
    (site / "new" / "arrivals.json").unlink()
    with serve(site) as base:
        context = browser.new_context(service_workers="block")
        page = context.new_page()
        faults = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(base)
        page.evaluate("localStorage['/index/.visit'] = '{\"base\": 3}'")
        with page.expect_response("**/new/arrivals.json"):
            page.reload()
        page.wait_for_load_state("networkidle")
        assert page.locator(".ps-since").inner_text() == "What is new"
        assert faults == []
        context.close()
