"""A German site: what scripts show and say is German as well, from the search to the check of a bibliography."""

import json

import pytest
from browsing import reading, serve
from support import copy_index
from test_labels import only_english

DESK = {"format": 1, "papers": {"gone-with-it": {"title": "Weg", "saved": "2025-01-02"}}, "lists": {}, "compare": []}  # fmt: skip
FEWEST = 12  # letters; shorter words are in the records as well, which are English
BIB = "@article{a, title = {Eulen ohne Index}}\n@article{b, title = {Nie {geschlossen}\n"


@pytest.fixture(scope="module")
def german(build_once, browser):
    """Return the address of the repository's index in German, and a page before it."""
    theme = {"name": "material", "language": "de", "custom_dir": "theme_overrides", "font": False}
    site = build_once("german", lambda folder: copy_index(folder / "index", theme=theme))
    with serve(site) as base, reading(browser, base) as page:
        yield base, page


def listen(page):
    """Return what the page shows, and the names and hints that it has for screen readers."""
    return page.evaluate(
        """[document.body.innerText, ...[...document.querySelectorAll("[aria-label], [title], [placeholder]")].flatMap((element) =>
            ["aria-label", "title", "placeholder"].map((name) => element.getAttribute(name) ?? ""))].join("\\n")"""
    )


def check_german(page, *expected):
    """Check that each text is on the page, and no English one of the interface."""
    for text in expected:
        page.get_by_text(text, exact=False).first.wait_for()
    heard = listen(page)
    english = {words for words in only_english("de") if len(words) >= FEWEST}
    assert len(english) > 100
    assert {words for words in english if words in heard} == set()


def test_the_search_finds_filters_and_explains_in_german(german):
    base, page = german
    page.goto(base + "search/?q=video")
    check_german(page, " gefunden", "Filter", "Tipps zur Suche")
    assert "Thema" in page.locator(".ps-facets legend").all_inner_texts()
    assert page.get_by_label("Sortieren nach").locator("option").all_inner_texts()[:2] == ["Beste Treffer", "Neueste"]  # fmt: skip
    page.goto(base + "search/?q=colour:xqzw")
    check_german(page, "Ein Feld „colour“ gibt es nicht", "Keine Treffer. Was helfen kann:")


def test_the_desk_and_its_dialogs_are_german(german):
    base, page = german
    page.goto(base + "topics/benchmarks/")
    page.locator("[data-do=saved]").first.click()
    check_german(page, "Speichern")
    assert page.get_by_role("status").first.inner_text().startswith("Gespeichert: ")
    page.locator("[data-do=more]").first.click()
    check_german(page, "Notiz, nur in diesem Browser gespeichert", "Als gelesen markieren")
    page.get_by_role("button", name="Als gelesen markieren").click()
    mark = page.locator("[data-read] .ps-facts").first
    assert mark.evaluate("element => getComputedStyle(element, '::before').content") == '"Gelesen"'
    page.get_by_role("button", name="Vergleichen").click()
    page.get_by_role("button", name="Fertig").click()
    check_german(page, "1 Paper für den Vergleich; wählen Sie ein weiteres")
    page.goto(base + "desk/")
    check_german(page, "Gespeichert", "Notizen", "Neue Liste", "Sicherung und Einstellungen")
    page.evaluate("desk => (localStorage['/index/.desk'] = desk)", json.dumps(DESK))
    page.reload()
    check_german(page, "Nicht (mehr) in diesem Index.")
    page.goto(base + "desk/compare/")
    check_german(page, "Keine Papers ausgewählt.", "oder die Taste")


def test_the_map_the_check_and_the_keys_are_german(german):
    base, page = german
    page.goto(base + "map/")
    page.locator(".ps-map__board").wait_for()
    check_german(page, "Scrollen zum Zoomen")
    page.goto(base + "desk/check/")
    page.locator("summary").first.click()
    page.get_by_label("BibTeX").fill(BIB)
    page.get_by_role("button", name="Diesen Text prüfen").click()
    check_german(page, "0 von 1 Literaturangabe sind in diesem Index, 1 Eintrag nicht lesbar.", "Nicht lesbar", "Nicht hier")  # fmt: skip
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("?")
    check_german(page, "Tastenkürzel aus einem Buchstaben verwenden", "Nächstes Paper")
