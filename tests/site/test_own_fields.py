"""Fields of one's own for readers: on pages and cards, as filters, orders, queries and rows of a comparison."""

import pytest
from browsing import reading, serve

FIELDS = """\
format: 1
fields:
  params: {label: Parameters, type: number, unit: B, show: [facet, compare, sort, cards]}
  licence: {label: Licence, type: choice, choices: [MIT, GPL-3.0], show: [facet, compare]}
  open: {label: Open weights, type: flag, show: [facet, cards]}
  modality: {label: Modality, type: list, show: facet}
  card: {label: Model card, type: link}
"""
PAPERS = {
    "owls": "{params: 7B, licence: mit, open: yes, modality: 'image, sound', card: https://example.org/card}",
    "wrens": "{params: 700M, licence: GPL-3.0, open: no, modality: sound}",
    "larks": "{params: 70B, open: yes}",
    "mice": "{colour: grey}",
}


@pytest.fixture(scope="module")
def models(build_once, make_small_index, browser):
    """Return the address of an index of models, and a page before it."""

    def make(folder):
        index = make_small_index(folder)
        (index / "content" / "shelf.yml").write_text(FIELDS)
        for path in (index / "content" / "papers").iterdir():
            path.unlink()
        for key, extra in PAPERS.items():
            text = f"title: {key.capitalize()} of the Wood\nadded: 2024-01-02\npublished: '2024'\nextra: {extra}\n"
            (index / "content" / "papers" / f"{key}.yml").write_text(text)
        return index

    with serve(build_once("models", make)) as base, reading(browser, base) as page:
        yield base, page


def found(page, query):
    """Return the names of the papers that a search shows, in their order."""
    page.goto(query)
    page.locator(".ps-status-line").filter(has_text="found").or_(
        page.locator(".ps-status-line").filter(has_text="All")
    ).or_(page.locator(".ps-status-line").filter(has_text="Nothing")).wait_for()
    page.locator("[aria-busy]").wait_for(state="detached")
    return [
        name.split()[0].lower()
        for name in page.locator(".ps-results li > p:first-child > a").all_inner_texts()
    ]


@pytest.mark.parametrize(
    ("query", "papers"),
    [
        ("q=params:<7B", {"wrens"}),
        ("q=params:<=7", {"wrens", "owls"}),
        ("q=params:1..100", {"owls", "larks"}),
        ("q=params:700M", {"wrens"}),
        ("q=-params:>1 wood", {"wrens", "mice"}),
        ("q=licence:MIT", {"owls"}),
        ("q=open:yes", {"owls", "larks"}),
        ("q=modality:sound", {"owls", "wrens"}),
        ("q=modality:im wood", {"owls"}),
        ("f.licence=GPL-3.0", {"wrens"}),
    ],
)
def test_queries_and_filters_know_the_fields(models, query, papers):
    base, page = models
    assert set(found(page, f"{base}search/?{query}")) == papers


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("params:many", "“many” is not a number: write params:7, params:<7 or params:1..7."),
        ("licence:BSD", "No paper has licence:bsd; there are GPL-3.0, MIT."),
        (
            "colour:grey",
            "There is no field “colour”: use title, author, venue, topic, year, kind, has, status, params, licence",
        ),
    ],
)
def test_what_is_no_value_is_explained(models, query, said):
    base, page = models
    found(page, f"{base}search/?q={query}")
    assert said in page.locator(".ps-notes").inner_text()


def test_the_panel_counts_and_the_order_is_offered(models):
    base, page = models
    found(page, f"{base}search/?q=wood")
    assert page.locator("fieldset[data-facet=params] label span").all_inner_texts() == [
        "0.7 B",
        "7 B",
        "70 B",
    ]
    assert page.locator("fieldset[data-facet=open] label span").all_inner_texts() == ["Yes", "No"]
    page.locator("[id='ps-params-0.7']").click()
    page.locator(".ps-chip").wait_for()
    assert page.url.endswith("f.params=0.7")
    assert page.locator(".ps-chip").get_attribute("aria-label") == "Remove the filter Parameters: 0.7 B"
    page.goto(f"{base}search/?q=wood")
    page.get_by_label("Sort by").select_option(label="Parameters")
    page.wait_for_url("**sort=f.params")
    assert found(page, page.url)[:3] == ["larks", "owls", "wrens"]


def test_pages_cards_and_the_comparison_show_them(models):
    base, page = models
    page.goto(f"{base}papers/owls/")
    text = page.locator("article").inner_text()
    for said in ("Parameters 7B", "Licence MIT", "Open weights Yes", "Modality image, sound"):
        assert said in " ".join(text.split())
    assert (
        page.get_by_role("link", name="https://example.org/card").get_attribute("href")
        == "https://example.org/card"
    )
    page.goto(f"{base}papers/")
    facts = page.locator(".ps-facts").all_inner_texts()
    assert any("7B" in fact and "Open weights" in fact for fact in facts)
    assert not any("700M" in fact and "Open weights" in fact for fact in facts)
    page.goto(f"{base}desk/compare/?papers=owls,wrens")
    page.locator(".ps-compared").wait_for()
    rows = [" ".join(row.split()) for row in page.locator(".ps-compared tbody tr").all_inner_texts()]
    assert "Parameters 7B 700M" in rows
    assert "Licence MIT GPL-3.0" in rows
