"""Fact tables as readers meet them: sorted, filtered, shared, copied and saved, and former addresses."""

import pytest
from browsing import reading, serve
from support import mkdocs, papershelf


@pytest.fixture
def table(browser, full_site):
    """Return the page of a table of three papers."""
    with serve(full_site) as base, reading(browser, base) as page:
        page.goto(base + "tables/hearing/")
        page.locator("th button").first.wait_for()
        yield page


def names(page):
    cells = "rows => rows.filter((row) => !row.hidden).map((row) => row.cells[0].textContent.slice(0, 5))"
    return page.locator("tbody tr").evaluate_all(cells)


def sort(page, column):
    page.locator("thead").get_by_role("button", name=column, exact=True).click()


def test_a_column_sorts_the_rows_and_those_without_a_value_are_last(table):
    assert sorted(names(table)) == ["Owls ", "Owls ", "Wrens"]
    sort(table, "Nests")
    assert table.locator("td[data-number]").evaluate_all("cells => cells.map((c) => c.dataset.number)") == ["700", "1.2"]  # fmt: skip
    assert names(table)[-1] == "Wrens"
    assert table.url.endswith("?sort=-3")
    sort(table, "Nests")
    assert table.locator("td[data-number]").evaluate_all("cells => cells.map((c) => c.dataset.number)") == ["1.2", "700"]  # fmt: skip
    assert names(table)[-1] == "Wrens"
    assert table.locator("th[aria-sort=ascending]").inner_text() == "Nests"
    sort(table, "What is heard")
    heard = table.locator("tbody td:nth-child(3)").all_inner_texts()
    assert heard == ["Mice & <voles>, =2", "Rain", "Wind"]


def test_the_url_has_the_filter_and_the_order(table):
    table.get_by_role("searchbox", name="Filter the table").fill("owls wind")
    assert len(names(table)) == 1
    assert table.locator(".ps-fact-tools").get_by_text("1 of 3").is_visible()
    sort(table, "Year")
    assert "q=owls+wind" in table.url
    table.reload()
    table.locator("th[aria-sort=descending]").wait_for()
    assert len(names(table)) == 1
    assert table.get_by_role("searchbox", name="Filter the table").input_value() == "owls wind"
    table.get_by_role("searchbox", name="Filter the table").fill("nothing like it")
    assert names(table) == []


def test_what_is_shown_is_saved_and_copied(table):
    sort(table, "What is heard")
    table.get_by_role("searchbox", name="Filter the table").fill("owls")
    with table.expect_download() as saved:
        table.get_by_role("button", name="Save as CSV").click()
    assert saved.value.suggested_filename == "hearing.csv"
    head, first, second, end = saved.value.path().read_bytes().decode().split("\n")
    assert head == "Paper,Year,What is heard,Nests\r"
    assert first.endswith(',"Mice & <voles>, =2",1.2K\r')
    assert second == "Owls at Night,2024,Wind,700 K\r"
    assert end == ""
    table.context.grant_permissions(["clipboard-read", "clipboard-write"])
    table.get_by_role("button", name="Copy as a table").click()
    table.get_by_text("Copied as a table.").wait_for()
    copied = table.evaluate("navigator.clipboard.readText()").splitlines()
    assert copied[0] == "| Paper | Year | What is heard | Nests |"
    assert copied[-1] == "| Owls at Night | 2024 | Wind | 700 K |"
    assert len(copied) == 4


def test_without_scripts_the_table_is_whole(browser, full_site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    with serve(full_site) as base:
        page.goto(base + "tables/hearing/")
        assert page.locator("tbody tr").count() == 3
        assert page.locator("thead th").all_inner_texts() == ["Paper", "Year", "What is heard", "Nests"]
        assert page.get_by_text("# Most of the nests are not <known>.").is_visible()
        page.get_by_role("link", name="Owls at Night").click()
        page.wait_for_url("**/papers/owls/")
    context.close()


def test_a_table_that_is_no_more_leads_to_the_list(small_index):
    folder = small_index()
    tables = folder / "content" / "tables.yml"
    text = "- {id: %s, name: Sizes, lead: L., columns: [size]}\n"
    (folder / "content" / "shelf.yml").write_text("format: 1\nfields: {size: {label: Size}}\n")
    owls = folder / "content" / "papers" / "owls.yml"
    owls.write_text(f"{owls.read_text()}extra: {{size: large}}\n")
    tables.write_text(text % "old")
    assert papershelf("check", "--update-ledger", cwd=folder).returncode == 0
    tables.write_text(text % "new")
    assert papershelf("check", "--strict", cwd=folder).returncode == 0
    built = mkdocs("build", "--strict", cwd=folder)
    assert built.returncode == 0, built.stderr
    assert 'href="../../tables/"' in (folder / "site" / "tables" / "old" / "index.html").read_text()
    assert (folder / "site" / "tables" / "new" / "index.html").is_file()
    assert not (folder / "site" / "tables.yml").exists()
