"""Checking a bibliography in a real browser: what goes in, what is said of it, and what can be taken away."""

from pathlib import Path

import pytest
from browsing import reading, serve, wait_for
from support import ROOT, copy_index, list_pages, mkdocs

RECORDS = {
    "owls-at-night": "title: 'Owls at Night: A $\\alpha$-Study'\nauthors: [Jane Möwe, Team Mouse]\npublished: '2024-05-01'\nvenue: Conference on Owls\nvenue_type: conference\nlinks: {arxiv: '2401.00042', doi: 10.1000/owl-1}\n",
    "wrens": "title: Wrens by Day\nauthors: [Ann Wren]\npublished: '2020'\nlinks: {page: 'https://example.org/wrens/'}\n",
    "mice": "title: Mice that Hear Owls\npublished: '2023'\nlinks: {doi: 10.1000/mice}\nstatus: withdrawn\nstatus_note: The mice left.\n",
    "old-cats": "title: Cats in the Dark\npublished: '2021'\nlinks: {openreview: aB3_d-Efgh}\nstatus: superseded\nsuperseded_by: new-cats\n",
    "new-cats": "title: Cats in the Dark and in the Light\npublished: '2023'\nvenue: Journal of Cats\nvenue_type: journal\n",
    "img": "title: '<img src=x onerror=document.title=1> and <b>Tags</b>'\npublished: '2023'\n",
}  # fmt: skip
BIB = r"""
Comments stand here, jane@example.org wrote them.
@string{owlconf = {Owl Conference}}
@article{my:owls, title = {Owls at Night: {A} $\alpha$-Study}, author = {M{\"o}we, Jane and others}, journal = {arXiv preprint arXiv:2401.00042v2}, year = 2024}
@inproceedings{Wrens2020,
  title = "Wrens by " # day, author = {Ann Wren}, booktitle = owlconf, year = {2020}, url = {http://www.example.org/wrens}
}
@string{day = {Day}}
@inproceedings{wrens_too, title = {{WRENS BY DAY}}, author = {Wren, Ann}, year = {2021}, note = {costs $5}}
@article{othertime, title = {Wrens by Day}, author = {Wren, Ann}, year = {1999}}
@article{otherauthor, title = {Wrens by Day}, author = {Bo Finch}, year = {2020}}
@article{mice-key, title = {Mice that Hear Owls}, doi = {https://doi.org/10.1000/MICE}, year = {2023}}
@misc{cats, title = {Cats in the Dark}, url = {https://openreview.net/forum?id=aB3_d-Efgh}, year = 2021}
@article{wrongdoi, title = {Something Else Entirely}, doi = {10.1000/owl-1}}
@book{nowhere, title = {Birds of <b>No</b> Shelf}, author = {A. Nobody}, year = {1980}}
@article{broken, title = {This one is {never closed, year = {2020}}
@misc{empty, year = {2020}}
@article{img, title = {<img src=x onerror=document.title=1> and <b>Tags</b>}}
""".lstrip()
STATES = {
    "my:owls": "newer", "Wrens2020": "here", "wrens_too": "here", "othertime": "perhaps", "otherauthor": "perhaps", "mice-key": "withdrawn",
    "cats": "newer", "wrongdoi": "perhaps", "nowhere": "missing", "img": "here",
}  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("check")
    content = folder / "parts"
    for page in list_pages():
        target = content / page.relative_to(ROOT / "content")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(page.read_bytes())
    for key, text in RECORDS.items():
        (content / "papers").mkdir(parents=True, exist_ok=True)
        (content / "papers" / f"{key}.yml").write_text(text, encoding="utf-8")
    index = copy_index(folder / "index", content=content, site_name="Birds by Ear")
    result = mkdocs("build", "--strict", cwd=index)
    assert result.returncode == 0, result.stdout + result.stderr
    return index / "site"


@pytest.fixture(scope="module")
def base(site):
    with serve(site) as address:
        yield address


@pytest.fixture
def page(browser, base):
    with reading(browser, base, permissions=["clipboard-read", "clipboard-write"]) as opened:
        opened.goto(f"{base}desk/check/")
        yield opened


def paste(page, text):
    page.get_by_text("Paste BibTeX instead").click()
    page.get_by_label("BibTeX", exact=True).fill(text)
    page.get_by_role("button", name="Check this text").click()


def status(page):
    return page.locator("#ps-check [role=status]")


def wait(page):
    page.wait_for_function("/[.]$/.test(document.querySelector('#ps-check [role=status]').textContent)")
    return status(page).inner_text()


def states(page):
    """Return the state of each key, as the list shows them."""
    read = "items => items.map(item => [item.querySelector('.ps-facts code')?.textContent, item.className.split('--')[1]])"
    return dict(page.locator(".ps-check-item:not(.ps-check-item--faulty)").evaluate_all(read))


def wait_for_states(page, wanted):
    """Wait until the list, which comes after the sentence on it, shows these keys with their states."""
    wait_for(page, lambda: states(page) == wanted, wanted)


def item(page, key):
    return page.locator(".ps-check-item", has=page.locator(".ps-facts code", has_text=key))


def copied(page):
    return page.evaluate("navigator.clipboard.readText()")


def test_each_reference_is_told_where_it_stands(page):
    paste(page, BIB)
    assert wait(page) == (
        "6 of 10 references are on this shelf, 2 have a newer version, 1 was withdrawn, 3 may be here, 2 entries could not be read."
    )
    wait_for_states(page, STATES)
    assert "The mice left." in item(page, "mice-key").inner_text()
    assert "Conference on Owls, 2024" in item(page, "my:owls").inner_text()
    assert "In its place: Cats in the Dark and in the Light" in item(page, "cats").inner_text()
    for key, reason in (
        ("my:owls", "same arXiv number"), ("Wrens2020", "same address"), ("wrens_too", "same title"), ("mice-key", "same DOI"),
        ("cats", "same OpenReview page"), ("othertime", "same title, but 2020 here, 1999 in yours"),
        ("otherauthor", "same title, but by Ann Wren here"), ("wrongdoi", "same DOI, but another title"),
    ):  # fmt: skip
        assert reason in item(page, key).inner_text(), key


def test_text_of_a_file_is_only_text(page):
    paste(page, BIB)
    wait(page)
    wait_for_states(page, STATES)
    assert "Birds of <b>No</b> Shelf" in item(page, "nowhere").inner_text()
    assert page.locator(".ps-checked :is(b, img)").count() == 0
    assert page.title() == "Check my bibliography · Birds by Ear"


def test_a_link_leads_to_the_paper(page, base):
    paste(page, BIB)
    wait(page)
    item(page, "Wrens2020").locator("a").first.click()
    page.wait_for_url(f"{base}papers/wrens/")


def test_faulty_entries_are_named_with_their_lines(page):
    paste(page, BIB)
    wait(page)
    faults = page.locator(".ps-check-item--faulty")
    faults.nth(1).wait_for()
    said = faults.locator(".ps-said").all_inner_texts()
    lines = BIB.splitlines()
    broken, empty = (
        next(n for n, line in enumerate(lines, 1) if f"{{{key}," in line) for key in ("broken", "empty")
    )
    assert said == [
        f"Line {broken}: A brace is opened and never closed.",
        f"Line {empty}: It has neither a title nor an identifier.",
    ]
    assert "@article{broken, title" in faults.first.inner_text()


def test_a_filter_shows_one_state_and_says_so(page):
    paste(page, BIB)
    wait(page)
    page.get_by_role("button", name="Possibly here 3").click()
    wait_for_states(page, dict.fromkeys(("othertime", "otherauthor", "wrongdoi"), "perhaps"))
    assert status(page).inner_text() == "3 shown: Possibly here"
    assert page.get_by_role("button", name="Possibly here 3").get_attribute("aria-pressed") == "true"
    page.get_by_role("button", name="All 12").click()
    wait_for_states(page, STATES)


def test_updated_entries_keep_the_keys_of_the_reader(page):
    paste(page, BIB)
    wait(page)
    item(page, "my:owls").get_by_role("button", name="Copy BibTeX").click()
    page.wait_for_function("document.querySelector('#ps-check [role=status]').textContent.endsWith('copied')")
    one = copied(page)
    assert one.startswith("@inproceedings{my:owls,\n")
    assert "booktitle = {Conference on Owls}" in one
    page.get_by_role("button", name="Copy 2 updated entries").click()
    page.wait_for_function(
        "document.querySelector('#ps-check [role=status]').textContent === '2 updated entries copied'"
    )
    both = copied(page)
    assert one in both
    assert "@article{cats,\n" in both
    assert "Cats in the Dark and in the Light" in both


def test_what_is_missing_can_be_copied_and_saved_as_it_was(page):
    paste(page, BIB)
    wait(page)
    page.get_by_role("button", name="Copy 1 missing reference").click()
    page.wait_for_function("document.querySelector('#ps-check [role=status]').textContent.endsWith('copied')")
    entry = next(line for line in BIB.splitlines() if line.startswith("@book{nowhere"))
    assert copied(page) == f"{entry}\n"
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save as missing.bib").click()
    assert Path(waiting.value.path()).read_text(encoding="utf-8") == f"{entry}\n"


def test_a_file_can_be_chosen(page):
    page.locator("input[type=file]").set_input_files(
        {"name": "mine.bib", "mimeType": "text/plain", "buffer": BIB.encode()}
    )
    assert "6 of 10" in wait(page)


def test_a_file_of_older_programs_is_read(page):
    text = "@article{x, title = {Öwls ät Night}}\n@article{y, title = {Wrens by Day}}"
    page.locator("input[type=file]").set_input_files(
        {"name": "old.bib", "mimeType": "text/plain", "buffer": text.encode("windows-1252")}
    )
    assert "1 of 2" in wait(page)
    assert "Öwls ät Night" in item(page, "x").inner_text()


def drop(page, text):
    page.evaluate(
        """text => {
          const data = new DataTransfer();
          data.items.add(new File([text], "dropped.bib"));
          for (const type of ["dragover", "drop"]) document.body.dispatchEvent(new DragEvent(type, {dataTransfer: data, bubbles: true, cancelable: true}));
        }""",
        text,
    )


def test_a_file_can_be_dropped_and_another_after_it(page, base):
    drop(page, BIB)
    assert "6 of 10" in wait(page)
    drop(page, "@article{one, title={Wrens by Day}}")
    page.wait_for_function(
        "document.querySelector('#ps-check [role=status]').textContent === '1 of 1 reference is on this shelf.'"
    )
    assert page.url == f"{base}desk/check/"
    wait_for_states(page, {"one": "here"})


def test_everything_works_with_the_keyboard_alone(page):
    page.locator("input[type=file]").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.insert_text(BIB)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    wait(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Withdrawn 1"
    page.keyboard.press("Space")
    wait_for_states(page, {"mice-key": "withdrawn"})
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"


@pytest.mark.parametrize("width", [320, 360, 768])
def test_nothing_is_wider_than_a_small_screen(page, width):
    page.set_viewport_size({"width": width, "height": 700})
    paste(page, BIB + "@misc{" + "long" * 60 + ", title = {" + "x" * 400 + "}}")
    wait(page)
    page.locator(".ps-check-item").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("no entries at all", "There is no BibTeX entry in the text."),
        ("", "There is no BibTeX entry in the text."),
    ],
)
def test_a_text_without_entries_is_said_to_have_none(page, text, said):
    paste(page, text)
    assert wait(page) == said


def test_a_file_that_is_too_large_is_refused_with_its_size(page):
    page.evaluate(
        """() => {
          const data = new DataTransfer();
          data.items.add(new File([new Uint8Array(20_000_001)], "huge.bib"));
          document.body.dispatchEvent(new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true}));
        }"""
    )
    assert wait(page).startswith("huge.bib has 20.0 MB; up to 20 MB are read.")


def many(number):
    words = "Owls hunt mice at night. " * 40
    entry = "@article{{k{0}, title = {{Birds number {0} of many}}, abstract = {{{1}}}, year = 2020}}"
    return "\n".join(entry.format(n, words) for n in range(number))


def test_five_thousand_references_leave_the_page_usable(page):
    seen = "document.querySelector('#ps-check progress').getAttribute('aria-valuetext')"
    page.evaluate(f"() => {{ window.seen = new Set(); setInterval(() => seen.add({seen}), 1); }}")
    drop(page, f"{many(4999)}\n@article{{w, title = {{Wrens by Day}}}}")
    assert wait(page) == "1 of 5,000 references is on this shelf."
    said = page.evaluate("[...seen].filter(Boolean)")
    for stage in ("read", "compared"):  # other work had its turn in the middle of both
        assert len([text for text in said if text.endswith(stage)]) > 1, said
    page.wait_for_function("document.querySelectorAll('.ps-check-item').length === 100")
    page.get_by_role("button", name="100 more of 4,900").click()
    page.wait_for_function("document.querySelectorAll('.ps-check-item').length === 200")
    page.wait_for_function("document.activeElement === document.querySelectorAll('.ps-check-item')[100]")


def test_what_is_dropped_later_takes_the_place_of_what_is_still_read(page):
    drop(page, many(2000))
    page.wait_for_function("document.querySelector('#ps-check progress').hasAttribute('aria-valuetext')")
    drop(page, "@article{one, title={Wrens by Day}}")
    assert wait(page) == "1 of 1 reference is on this shelf."
    wait_for_states(page, {"one": "here"})
    page.wait_for_timeout(3000)  # until the first one would have been ready
    assert states(page) == {"one": "here"}


def test_a_missing_index_file_can_be_tried_again(browser, base):
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    page.route("**/search/index/t-*", lambda route: route.abort())
    page.goto(f"{base}desk/check/")
    paste(page, BIB)
    page.get_by_role("button", name="Try again").wait_for()
    assert "could not load t-" in status(page).inner_text()
    page.unroute("**/search/index/t-*")
    page.get_by_role("button", name="Try again").click()
    page.locator(".ps-check-item").first.wait_for()
    context.close()


def test_without_scripts_the_page_says_what_to_do(browser, base):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{base}desk/check/")
    assert "papershelf import bibtex FILE.bib --dry-run" in page.locator(".ps-without-script").inner_text()
    page.locator(".ps-without-script a").first.click()
    page.wait_for_url(f"{base}search/")
    context.close()


def test_the_data_page_leads_here(page, base):
    page.goto(f"{base}data/")
    page.get_by_role("link", name="Check a bibliography of your own").click()
    page.wait_for_url(f"{base}desk/check/")
