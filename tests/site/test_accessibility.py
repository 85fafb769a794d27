"""Every kind of page keeps WCAG 2.2 AA and the good practice that axe-core knows, in light and dark, on phones and wide screens."""

import pytest
from browsing import AXE, COLOUR, RUN_AXE, reading, serve, shade
from scenes import SCENES, shorten

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
KNOWN = [
    (
        "landmark-unique",
        '<nav class="md-code__nav">',
    ),  # Material's own, round its button on each block of code
]
"""Findings on hand-written pages that are not ours to correct: the rule, and how what is there begins."""


@pytest.fixture(scope="module")
def invented(full_site):
    with serve(full_site) as address:
        yield address


def examine(page, tags=TAGS, but=()):
    """Return what axe finds on a page as it is, by rules with some tags or names but for some others."""
    page.evaluate("scrollTo(0, 0)")
    found = page.evaluate(RUN_AXE, [tags, list(but)])
    return [
        f"{rule}: {html[:200]}\n      {' '.join(why.split())[:300]}"
        for rule, html, why in found
        if not any(rule == known and html.startswith(start) for known, start in KNOWN)
    ]


ON_SCREENS = [(360, "light", TAGS, COLOUR), (1280, "light", TAGS, ()), (1280, "dark", COLOUR, ())]
"""Widths and schemes with the rules for them, and those that are left out: colours are the same at any width."""
WHOLE = {"all papers", "map with a topic", "search with filters open", "topic with a figure"}
"""Kinds of pages with every entry of their lists; of others, two entries of each make-up are examined."""


def test_axe_finds_nothing_on_any_kind_of_page(browser, base, invented):
    found = {}
    for address in (base, invented):
        with reading(
            browser, address, viewport={"width": 360, "height": 900}, reduced_motion="reduce"
        ) as page:
            page.context.add_init_script(path=AXE)
            for scene in SCENES:
                if scene.invented == (address == invented):
                    page.set_viewport_size({"width": 360, "height": 900})
                    scene.open(page, address)
                    if scene.name not in WHOLE:
                        shorten(page)
                    for width, scheme, tags, but in ON_SCREENS:
                        page.set_viewport_size({"width": width, "height": 900})
                        shade(page, scheme)
                        found[scene.name, scheme, width] = examine(page, tags, but)
    faults = [f"{', '.join(map(str, place))}\n    {fault}" for place, many in found.items() for fault in many]
    assert faults == [], "\n".join(["", *faults])
    assert {name for name, *_ in found} == {scene.name for scene in SCENES}


def test_a_table_takes_the_keys_while_it_is_wider_than_its_frame(page, base):
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"{base}docs/meaning/")
    wide = page.get_by_role("group", name="Table, scrolls sideways")
    wide.first.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("node => node.scrollLeft > 0", arg=wide.first.element_handle())
    assert wide.first.get_attribute("tabindex") == "0"
    page.set_viewport_size({"width": 1600, "height": 800})
    page.wait_for_function("() => !document.querySelector('.md-typeset__scrollwrap[tabindex]')")


def test_what_cannot_be_read_in_the_dark_is_found(page, base):
    page.context.add_init_script(path=AXE)
    page.goto(base)
    shade(page, "dark")
    page.evaluate("document.querySelector('article p').style.color = '#333'")
    assert {fault.split(":")[0] for fault in examine(page, COLOUR)} == {"color-contrast"}


def test_a_fault_is_found(page, base):
    page.context.add_init_script(path=AXE)
    page.goto(base)
    page.evaluate("document.querySelector('.ps-box input').removeAttribute('aria-label')")
    page.evaluate("document.querySelector('.ps-box input').removeAttribute('placeholder')")
    assert [fault.split(":")[0] for fault in examine(page)] == ["label"]
