"""What a reader keeps: marks, notes, lists, files of them, comparisons; with storage blocked as well."""

import json
from pathlib import Path

import pytest
import yaml
from browsing import reading, results
from support import ROOT

BLOCKED = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });"

OWN_FIELDS = {
    field["label"]
    for field in yaml.safe_load((ROOT / "content" / "shelf.yml").read_text()).get("fields", {}).values()
}


def save_first(page, base, number, path="topics/benchmarks/"):
    """Save the first papers of a list, and return their titles."""
    page.goto(base + path)
    cards = page.locator(".ps-page li:has(.ps-facts)")
    titles = [cards.nth(n).locator("a").first.inner_text() for n in range(number)]
    for n in range(number):
        cards.nth(n).locator("[data-do=saved]").click()
    return titles


def shown(page):
    return page.locator(".ps-results > li > p:first-child").locator("a, span:only-child").all_inner_texts()


def open_desk(page, base, more=""):
    page.goto(base + "desk/" + more)
    page.locator("#ps-desk h2").wait_for()


def stored(page):
    return json.loads(page.evaluate("localStorage['/index/.desk']"))


def test_what_is_saved_read_hidden_and_noted_is_there_on_the_next_visit(page, base):
    titles = save_first(page, base, 2)
    card = page.locator(".ps-page li:has(.ps-facts)").nth(2)
    title = card.locator("a").first.inner_text()
    card.locator("[data-do=more]").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Mark as read").click()
    dialog.get_by_role("button", name="Hide").click()
    dialog.get_by_label("Note, kept in this browser only").fill("Nice <b>owl</b> & mouse")
    dialog.get_by_role("button", name="Done").click()
    page.reload()
    assert page.locator("[data-do=saved][aria-pressed=true]").count() == 2
    assert not card.locator(".ps-teaser").is_visible()
    open_desk(page, base)
    page.locator(".ps-results li").nth(1).wait_for()
    assert set(shown(page)) == set(titles)
    page.get_by_role("button", name="Notes").click()
    page.locator(".ps-own-note").wait_for()
    assert page.locator(".ps-own-note").inner_text() == "Nice <b>owl</b> & mouse"
    assert shown(page) == [title]
    for tab in ("Read 1", "Hidden 1"):
        page.get_by_role("button", name=tab).click()
        page.wait_for_function("t => document.querySelector('.ps-results a')?.textContent === t", arg=title)


def test_a_paper_is_marked_on_its_own_page_and_in_results(page, base):
    [title] = save_first(page, base, 1)
    page.locator(".ps-page li:has(.ps-facts) a").first.click()
    assert (
        page.locator(".ps-page--paper > .ps-bar-do [data-do=saved]").get_attribute("aria-pressed") == "true"
    )
    page.goto(base + "search/?q=" + title.split(":")[0].replace(" ", "+"))
    results(page)
    button = page.locator(".ps-result", has_text=title).locator("[data-do=saved]")
    assert button.get_attribute("aria-pressed") == "true"
    button.click()
    assert "papers" not in stored(page) or not stored(page)["papers"]


def test_lists_are_made_renamed_downloaded_and_deleted(page, base):
    page.goto(base + "topics/benchmarks/")
    page.locator("li [data-do=more]").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name of a new list").fill("Seminar: owls/mice")
    dialog.get_by_label("Name of a new list").press("Enter")
    assert dialog.get_by_label("Seminar: owls/mice").is_checked()
    dialog.get_by_role("button", name="Done").click()
    open_desk(page, base)
    page.get_by_role("button", name="Seminar: owls/mice").click()
    for value, ending, start in (
        ("bibtex", "bib", "@"),
        ("ris", "ris", "TY  - "),
        ("csv", "csv", "id,title"),
        ("markdown", "md", ""),
    ):
        with page.expect_download() as waiting:
            page.get_by_label("Download this list").select_option(value)
        assert waiting.value.suggested_filename == f"Seminar-owls-mice.{ending}"
        assert Path(waiting.value.path()).read_text(encoding="utf-8").startswith(start)
    page.once("dialog", lambda dialog: dialog.accept("Birds"))
    page.get_by_role("button", name="Rename").click()
    page.get_by_role("button", name="Birds 1").wait_for()
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("button", name="Saved 0").wait_for()
    assert stored(page) == {"format": 1, "papers": {}, "lists": {}, "compare": []}


def test_the_desk_goes_into_a_file_and_is_merged_from_one(page, base, browser, tmp_path):
    titles = save_first(page, base, 2)
    open_desk(page, base)
    page.get_by_text("Backup and settings").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Export the desk").click()
    file = tmp_path / "desk.json"
    waiting.value.save_as(file)
    with reading(browser, base) as other:
        more = save_first(other, base, 1, "topics/captioning/")
        open_desk(other, base)
        other.get_by_label("Desk to import").set_input_files(file)
        other.get_by_text("Papers read: 2, new on this desk: 2").wait_for(state="attached")
        other.locator(".ps-results li").nth(2).wait_for()
        assert set(shown(other)) == {*titles, *more}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("no json", "is not a JSON file"),
        ('{"format": 9}', "newer version"),
        ("[]", "not a desk"),
        ('{"format": 1, "papers": {"../x": {"title": "a"}, "constructor-x": 3, "__proto__": {"saved": "x"}}, "lists": {"a": 1}}', "Papers read: 0, new on this desk: 0. Left out, because neither papers nor lists: 4"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_desk_changes_nothing_and_is_named(page, base, tmp_path, text, said):
    save_first(page, base, 1)
    open_desk(page, base)
    before = stored(page)
    file = tmp_path / "x.json"
    file.write_text(text)
    page.get_by_label("Desk to import").set_input_files(file)
    page.get_by_text(said).wait_for(state="attached")
    assert stored(page)["papers"] == before["papers"]


def test_two_notes_on_one_paper_are_both_kept(page, base, tmp_path):
    save_first(page, base, 1)
    [key] = stored(page)["papers"]
    file = tmp_path / "desk.json"
    for note in ("first", "second", "second"):
        file.write_text(json.dumps({"format": 1, "papers": {key: {"title": "t", "note": note}}}))
        open_desk(page, base)
        page.get_by_label("Desk to import").set_input_files(file)
        page.get_by_text("Papers read: 1").wait_for(state="attached")
    assert stored(page)["papers"][key]["note"] == "first\n\nsecond"


def test_a_link_carries_a_list_to_another_person_who_may_keep_it(page, base, browser):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    titles = save_first(page, base, 2)
    open_desk(page, base)
    page.get_by_role("button", name="Copy a link to this list").click()
    page.get_by_text("Copied.").wait_for()
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.startswith(base + "desk/#list=Saved&papers=")
    with reading(browser, base) as other:
        other.goto(link)
        other.locator(".ps-results li").nth(1).wait_for()
        assert set(shown(other)) == set(titles)
        assert other.evaluate("localStorage['/index/.desk']") is None
        assert other.locator(".ps-tab[aria-current]").inner_text().startswith("Shared list: Saved")
        assert other.title().startswith("Shared list: Saved · ")
        other.get_by_role("button", name="Keep this list").click()
        other.get_by_role("button", name="Saved 2").wait_for()
        assert len(stored(other)["lists"]["Saved"]) == 2


def test_a_paper_that_left_the_shelf_is_shown_by_its_title(page, base):
    state = {"format": 1, "papers": {"gone-with-it": {"title": "Gone with It", "saved": "2025-01-01"}}}
    page.evaluate("text => localStorage.setItem('/index/.desk', text)", json.dumps(state))
    open_desk(page, base)
    page.get_by_text("Not on this shelf").wait_for()
    assert page.locator(".ps-gone > p").first.inner_text() == "Gone with It"
    page.get_by_role("button", name="Remove it").click()
    page.get_by_role("button", name="Saved 0").wait_for()


def test_marks_of_one_tab_show_in_another_and_neither_overwrites_the_other(page, base):
    page.goto(base + "topics/benchmarks/")
    other = page.context.new_page()
    other.goto(base + "topics/benchmarks/")
    page.locator("li [data-do=saved]").nth(0).click()
    other.locator("li [data-do=saved][aria-pressed=true]").wait_for()
    other.locator("li [data-do=saved]").nth(1).click()
    page.wait_for_function("document.querySelectorAll('[data-do=saved][aria-pressed=true]').length === 2")


def test_without_storage_everything_works_for_the_page_and_says_so(browser, base):
    with reading(browser, base) as page:
        page.context.add_init_script(BLOCKED)
        page.goto(base + "topics/benchmarks/")
        page.locator("li [data-do=saved]").first.click()
        assert page.locator("li [data-do=saved]").first.get_attribute("aria-pressed") == "true"
        assert "stores nothing" in page.get_by_role("alert").inner_text()
        page.get_by_role("button", name="OK").click()
        page.locator("li [data-do=more]").first.click()
        assert "stores nothing" in page.get_by_role("dialog").get_by_role("alert").inner_text()
        page.keyboard.press("Escape")
        page.locator(".ps-scheme").click()
        page.keyboard.press("j")
        open_desk(page, base)
        assert "stores nothing" in page.get_by_role("alert").inner_text()
        page.goto(base)
        page.goto(base + "search/?q=video")
        page.locator(".ps-result").first.wait_for()


def test_a_full_storage_is_said_and_loses_nothing(page, base):
    page.evaluate("""() => {
        let text = "x".repeat(1 << 20);
        for (let n = 0; text.length; n += 1) try { localStorage.setItem(`other-${n}`, text); } catch { text = text.slice(0, text.length >> 1); }
    }""")
    page.goto(base + "topics/benchmarks/")
    page.locator("li [data-do=saved]").first.click()
    page.locator("li [data-do=saved]").nth(1).click()
    assert page.locator("[data-do=saved][aria-pressed=true]").count() == 2
    assert "stores nothing" in page.get_by_role("alert").inner_text()


def test_what_cannot_be_read_is_set_aside(page, base):
    page.evaluate("localStorage.setItem('/index/.desk', '{broken')")
    save_first(page, base, 1)
    assert page.evaluate("localStorage['/index/.desk.unread']") == "{broken"
    assert len(stored(page)["papers"]) == 1


def test_papers_stand_side_by_side_and_can_be_copied(page, base):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(base + "topics/benchmarks/")
    for n in range(3):
        page.locator("li [data-do=more]").nth(n).click()
        page.get_by_role("dialog").get_by_role("button", name="Compare").click()
        page.keyboard.press("Escape")
    titles = [page.locator(".ps-page li:has(.ps-facts) a:first-child").nth(n).inner_text() for n in range(1)]
    page.get_by_role("link", name="Compare 3 papers").click()
    table = page.locator(".ps-compared")
    table.wait_for()
    assert table.locator("thead a").count() == 3
    assert table.locator("thead a").first.inner_text() == titles[0]
    rows = [row.locator("th, td").all_inner_texts() for row in table.locator("tbody tr").all()]
    own = {row[0]: row[1:] for row in rows if row[0] in OWN_FIELDS}
    assert [row[0] for row in rows if row[0] not in own] == [
        "Published",
        "Authors",
        "Venue",
        "Kind",
        "Summary",
        "Has",
        "Topics",
        "Only here",
    ]
    assert all(set(values) != {"unknown"} for values in own.values())
    assert "Benchmarks and evaluation" in table.locator(".ps-common").all_inner_texts()
    assert page.title().startswith(f"{titles[0]} / ")
    assert page.url.count("%2C") == 2, "the URL can be shared"
    with page.expect_download() as taken:
        page.get_by_label("Download this list").select_option("ris")
    assert Path(taken.value.path()).read_text().count("TY  - ") == 3
    page.get_by_text("3 papers saved as papers.ris").wait_for()
    page.get_by_role("button", name="Copy as a table").click()
    page.get_by_text("Copied as a table.").wait_for()
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.startswith(f"|  | {titles[0]} |")
    assert "Remove" not in text
    assert all(line.count(" | ") >= 3 for line in text.strip().split("\n"))
    page.get_by_text("Remove", exact=True).first.click()
    page.wait_for_function("document.querySelectorAll('.ps-compared thead a').length === 2")
    page.reload()
    table.wait_for()
    assert table.locator("thead a").count() == 2
    page.goto(f"{base}desk/compare/")
    page.wait_for_url("**/desk/compare/?papers=*,*")
    table.wait_for()


def test_a_sixth_paper_is_refused(page, base):
    page.goto(base + "topics/benchmarks/")
    for _ in range(6):
        page.keyboard.press("j")
        page.keyboard.press("c")
    page.locator(".ps-tray").get_by_text("No more than 5 papers can be compared").wait_for()
    assert len(stored(page)["compare"]) == 5
    page.get_by_role("button", name="Clear", exact=True).click()
    page.locator(".ps-tray").wait_for(state="hidden")
    last = page.evaluate("document.activeElement.closest('[data-paper]').dataset.paper")
    assert page.locator("[data-paper]:has([data-do])").nth(4).get_attribute("data-paper") == last


@pytest.mark.parametrize("path", ["desk/", "desk/compare/"])
def test_without_scripts_the_pages_lead_elsewhere(browser, base, path):
    with reading(browser, base, java_script_enabled=False) as page:
        page.goto(base + path)
        assert page.locator(".ps-without-script a").count() >= 1
        assert page.locator(".ps-without-script").is_visible()


@pytest.mark.parametrize("path", ["desk/", "desk/compare/?papers=4m-massively-multimodal-masked-modeling,4m-21-an-any-to-any-vision-model-for-tens-of-tasks-and-modalities"])  # fmt: skip
def test_nothing_is_wider_than_a_small_phone(page, base, path):
    page.set_viewport_size({"width": 320, "height": 640})
    save_first(page, base, 2)
    page.goto(base + path)
    page.locator("#ps-desk .ps-result, .ps-compared").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
