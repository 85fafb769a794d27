"""How readers cite: on the page of a paper, in the menu of a list, and a whole list on the desk; copied, by keyboard, without scripts."""

import datetime as dt

import pytest
from browsing import reading, serve
from scenes import ONE, TWO

FORMS = ["APA", "IEEE", "Chicago", "Nature", "BibTeX", "RIS"]
COPIED = "navigator.clipboard.readText()"


@pytest.fixture
def reader(browser, base):
    """Give a page that may read what was copied."""
    with reading(browser, base, permissions=["clipboard-read", "clipboard-write"]) as page:
        yield page


def texts(page):
    """Return each text of the paper's page by its name."""
    return page.locator(".ps-cite dd").evaluate_all(
        "all => Object.fromEntries(all.map((dd) => [dd.previousElementSibling.textContent, dd.querySelector('code').textContent]))"
    )


def test_every_form_is_copied_in_one_press(reader, base):
    reader.goto(f"{base}papers/{ONE}/")
    reader.get_by_role("button", name="Cite").click()
    given = texts(reader)
    assert list(given) == FORMS
    for name, text in given.items():
        button = reader.get_by_role("button", name=f"Copy {name}", exact=True)
        button.click()
        reader.get_by_role("status").filter(has_text=f"{name} copied").wait_for(state="attached")
        assert reader.evaluate(COPIED) == text
    assert given["APA"].startswith("Mizrahi, D., Bachmann, R.")
    assert given["RIS"].startswith("TY  - ")


def test_the_keyboard_opens_copies_and_closes(reader, base):
    reader.goto(f"{base}papers/{ONE}/")
    cite = reader.get_by_role("button", name="Cite")
    assert cite.get_attribute("aria-expanded") == "false"
    cite.focus()
    reader.keyboard.press("Enter")
    reader.locator(".ps-copy").first.wait_for()
    assert cite.get_attribute("aria-expanded") == "true"
    reader.keyboard.press("Tab")
    reader.keyboard.press("Tab")
    reader.keyboard.press("Enter")
    reader.get_by_role("status").filter(has_text="APA copied").wait_for(state="attached")
    assert reader.evaluate(COPIED) == texts(reader)["APA"]
    cite.focus()
    reader.keyboard.press("Space")
    reader.locator(".ps-cite dl").wait_for(state="hidden")
    assert cite.get_attribute("aria-expanded") == "false"


def test_what_may_not_be_copied_is_selected(browser, base):
    with reading(browser, base) as page:
        page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error())")
        page.goto(f"{base}papers/{ONE}/")
        page.get_by_role("button", name="Cite").click()
        page.get_by_role("button", name="Copy IEEE", exact=True).click()
        page.get_by_role("status").filter(has_text="Selected").wait_for(state="attached")
        assert page.evaluate("getSelection().toString()") == texts(page)["IEEE"]


def test_without_scripts_the_texts_are_there(browser, base):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{base}papers/{ONE}/")
    assert not page.locator(".ps-cite dl").is_visible()
    page.locator(".ps-cite > summary").click()
    assert page.locator(".ps-cite dt").all_inner_texts() == FORMS
    assert page.locator(".ps-cite dd").first.is_visible()
    context.close()


def test_the_menu_of_a_list_copies_what_the_page_of_the_paper_says(reader, base):
    reader.clock.install()
    reader.goto(base + "topics/benchmarks/")
    card = reader.locator(".ps-page li:has(.ps-facts)").first
    card.locator("[data-do=more]").click()
    forms = reader.get_by_role("group", name="Copy as")
    forms.get_by_role("button").first.wait_for()
    assert forms.get_by_role("button").all_inner_texts() == [*FORMS, "Text for a chat"]
    reader.clock.pause_at(dt.datetime.now(tz=dt.UTC) + dt.timedelta(minutes=5))
    forms.get_by_role("button", name="Chicago").click()
    forms.get_by_role("button", name="Copied").wait_for()
    reader.clock.run_for(2000)
    forms.get_by_role("button", name="Chicago").wait_for()
    copied = reader.evaluate(COPIED)
    reader.keyboard.press("Escape")
    card.locator("a").first.click()
    reader.wait_for_url("**/papers/*/")
    assert copied == texts(reader)["Chicago"]


def test_a_text_for_a_chat_is_the_paper_in_markdown(browser, full_site):
    with (
        serve(full_site) as base,
        reading(browser, base, permissions=["clipboard-read", "clipboard-write"]) as page,
    ):
        page.goto(f"{base}papers/all-facts/")
        page.locator("[data-do=more]").first.click()
        page.get_by_role("button", name="Text for a chat").click()
        page.get_by_role("status").filter(has_text="Text for a chat copied").wait_for(state="attached")
        assert page.evaluate(COPIED).split("\n\n") == [
            '# Owls & <b>"Mice"</b>: $x^2$ nights at $\\frac{a}{b}$',
            "Owls hunt $\\mathbb{R}^n$ mice. They <hear> them.",
            "## Abstract",
            "One $\\alpha$ paragraph.",
            "Another & more.",
            "[arXiv](https://arxiv.org/abs/2301.00010)",
        ]


def test_nothing_more_is_loaded_before_somebody_asks(reader, base):
    asked = []
    reader.on("request", lambda request: asked.append(request.url))
    reader.goto(f"{base}papers/{ONE}/")
    reader.wait_for_load_state("networkidle")
    assert not [url for url in asked if url.endswith("/help.js")]
    reader.get_by_role("button", name="Cite").click()
    reader.locator(".ps-copy").first.wait_for()
    assert [url for url in asked if url.endswith("/help.js")]


@pytest.mark.parametrize(
    ("style", "starts"),
    [
        ("apa", ["Bachmann, R.", "Mizrahi, D."]),
        ("chicago", ["Bachmann, Roman", "Mizrahi, David"]),
        ("ieee", ["[1] D. Mizrahi", "[2] R. Bachmann"]),
        ("nature", ["1. Mizrahi, D.", "2. Bachmann, R."]),
    ],
)
def test_a_list_is_copied_as_references_in_the_order_of_the_style(reader, base, style, starts):
    reader.evaluate(
        "ids => localStorage.setItem('/index/.desk', JSON.stringify({format: 1, papers: {}, lists: {Owls: ids}, compare: []}))",
        [ONE, TWO, "not-on-this-shelf"],
    )
    reader.goto(f"{base}desk/")
    reader.get_by_role("button", name="Owls 3").click()
    reader.get_by_label("Copy this list as references").select_option(style)
    reader.get_by_text("2 papers copied as references").filter(has_text="1 not on this shelf").wait_for()
    lines = reader.evaluate(COPIED).splitlines()
    assert [line[: len(start)] for line, start in zip(lines, starts, strict=True)] == starts


def test_a_site_without_styles_offers_its_entries_alone(browser, small_site):
    site = small_site(plugins=[{"papershelf": {"citations": []}}])
    with serve(site) as base, reading(browser, base) as page:
        page.goto(base + "papers/owls/")
        page.get_by_role("button", name="Cite").click()
        assert list(texts(page)) == ["BibTeX", "RIS"]
        page.evaluate(
            "localStorage['/index/.desk'] = JSON.stringify({format: 1, papers: {}, lists: {Owls: ['owls']}, compare: []})"
        )
        page.goto(base + "desk/")
        page.get_by_role("button", name="Owls 1").click()
        page.get_by_role("button", name="Rename").wait_for()
        assert page.get_by_label("Copy this list as references").count() == 0
