"""All kinds of pages are set on one grid: whoever goes from tab to tab sees names and headings begin where they did before."""

import pytest
from browsing import reading, serve
from scenes import SCENES

PLACES = """() => {
    const heading = document.querySelector("main h1, .md-main h1").getBoundingClientRect();
    const letters = (selector) => document.querySelector(selector).getBoundingClientRect().left + parseFloat(getComputedStyle(document.querySelector(selector)).paddingLeft);
    return { heading: [heading.left, heading.top + scrollY], name: letters(".ps-name"), tabs: letters(".ps-tabs a") + document.querySelector(".ps-tabs").scrollLeft, footer: letters(".ps-footer__inner") };
}"""
"""The heading's corner at the start of its first line, and where the name, the first tab and the footer begin, in CSS pixels of the page."""


WIDTHS = (1440, 1280)


@pytest.fixture(scope="module")
def places_by_width(browser, base, full_site):
    """Return where a page's parts begin in windows of some widths, by the name of its scene."""
    found = {width: {} for width in WIDTHS}
    with serve(full_site) as invented:
        for address in (base, invented):
            with reading(browser, address) as page:
                for scene in SCENES:
                    if scene.invented == (address == invented):
                        scene.open(page, address)
                        for width in WIDTHS:
                            page.set_viewport_size({"width": width, "height": 900})
                            found[width][scene.name] = page.evaluate(PLACES)
    return found


@pytest.fixture(params=WIDTHS)
def places(request, places_by_width):
    """Return where a page's parts begin in a window of a width, by the name of its scene."""
    return places_by_width[request.param]


def differ(places, part, axis=0):
    """Return the pages on which a part lies elsewhere than on the home page, by more than a pixel."""
    of = {name: found[part][axis] if part == "heading" else found[part] for name, found in places.items()}
    return {name: place for name, place in of.items() if abs(place - of["home"]) > 1}


def test_headings_begin_at_one_edge_and_at_one_height(places):
    assert differ(places, "heading", 0) == {}
    assert differ(places, "heading", 1) == {}


@pytest.mark.parametrize("part", ["name", "tabs", "footer"])
def test_the_frame_begins_where_the_headings_do(places, part):
    assert differ(places, part) == {}
    assert places["home"][part] == pytest.approx(places["home"]["heading"][0], abs=1)
