"""The field of the home page is a real one: it takes what is typed, and sends it to the search, with scripts and without."""

import pytest
from browsing import reading, results, serve, touching

SITES = [{}, {"use_directory_urls": False, "site_url": None, "repo_url": None}]


@pytest.mark.parametrize("config", SITES, ids=["folders", "files"])
@pytest.mark.parametrize("scripts", [True, False])
def test_what_is_typed_is_searched_for(browser, small_site, config, scripts):
    with (
        serve(small_site(**config)) as base,
        reading(browser, base, java_script_enabled=scripts) as page,
    ):
        page.goto(base)
        field = page.get_by_role("main").get_by_role("searchbox", name="Search 3 papers")
        field.fill("owls & mice")
        field.press("Enter")
        page.wait_for_url(f"{base}search{'/' if not config else '.html'}?q=owls+%26+mice")
        if scripts:
            assert page.locator(".ps-box input").input_value() == "owls & mice"
            assert results(page)
        else:
            assert page.locator(".ps-without-script").is_visible()


def test_a_finger_finds_it_and_it_says_what_it_is_for(page, base):
    page.goto(base)
    assert page.locator("main form").get_attribute("role") == "search"
    with touching(page):
        field = page.locator("main form input")
        assert field.bounding_box()["height"] >= 44
        assert field.evaluate("field => parseFloat(getComputedStyle(field).fontSize)") >= 16


def test_both_fields_have_one_icon(page, base):
    page.goto(base)
    of = "(selector) => { const { maskImage, backgroundColor, inlineSize } = getComputedStyle(document.querySelector(selector), '::before'); return [maskImage, backgroundColor, inlineSize]; }"
    icon = page.evaluate(of, ".ps-ask")
    assert icon == page.evaluate(of, ".ps-box")
    assert icon[0].startswith('url("data:image/svg+xml')
