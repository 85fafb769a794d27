"""The page for a URL without a page helps on: with the words of the URL in a search field, and links to where to begin."""

import re

import pytest


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("papers/owls-that-hum/", "owls that hum"),
        ("papers/caf%C3%A9-owls.html", "café owls"),
        ("%ff/%E0%A4%A", "%E0%A4%A"),
    ],
)
def test_the_words_of_the_url_are_in_the_field(page, base, own_site, path, words):
    text = (own_site / "404.html").read_text()
    page.route(f"{base}{path}", lambda route: route.fulfill(body=text, content_type="text/html"))
    page.goto(f"{base}{path}")
    field = page.locator(".ps-lost input")
    page.wait_for_function("field => field.value", arg=field.element_handle())
    assert field.input_value() == words
    field.press("Enter")
    page.wait_for_url(f"{base}search/?q=*")
    assert page.locator(".ps-box input").first.input_value() == words


def test_it_leads_to_the_pages_of_the_navigation(page, base):
    page.goto(f"{base}404.html")
    assert page.locator(".ps-lost input").input_value() == ""
    assert {"Home", "Papers", "Topics", "Search"} <= set(page.locator(".ps-lost-ways a").all_inner_texts())
    page.locator(".ps-lost-ways a").get_by_text("Topics").click()
    page.wait_for_url(f"{base}topics/")


def test_its_pictures_are_small_where_its_style_sheets_are_not_found(page, base, own_site):
    """A site without `site_url` does not know below which path it is served, and its addresses there lead to nothing."""
    text = re.sub(r"<link[^>]*stylesheet[^>]*>|<script.*?</script>", "", (own_site / "404.html").read_text(), flags=re.DOTALL)  # fmt: skip
    page.route(f"{base}papers/gone/", lambda route: route.fulfill(body=text, content_type="text/html"))
    page.goto(f"{base}papers/gone/")
    sizes = page.evaluate(
        "[...document.querySelectorAll('svg')].map((one) => one.getBoundingClientRect().width)"
    )
    assert max(sizes) == 24
