"""The pages of fact tables, their rows, and the links to them from papers, topics and the home page."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.fact_tables import page as fact_page
from generator.pages.parts.templates import render_markdown
from generator.pipeline import build_site, load_content, plan_pages
from generator.settings import Settings

SHELF = """\
format: 1
fields:
  tests: {label: What it tests}
  params: {label: Size, type: number, unit: B}
  open: {label: Open, type: flag}
  site: {label: Site, type: link}
"""
TABLES = """\
- {id: benchmarks, name: 'What <they> test', lead: Tests of $n$ birds., columns: [tests, params, open, site]}
- {id: sizes, name: Sizes, lead: How large., columns: [params]}
"""
RECORDS = {
    "owls": "title: Owls\npublished: '2024'\nextra: {tests: 'Hearing & <sight>', params: 700M, open: ✓, site: 'https://a.example/?a=1&b=2'}\n",
    "wrens": "title: Wrens $x^2$\npublished: '2025'\nextra: {tests: Songs}\n",
    "mice": "title: Mice\nextra: {params: '7'}\n",
    "gone": "title: Gone\nstatus: removed\nextra: {tests: Silence}\n",
    "larks": "title: Larks\nextra: {tests: Songs}\n",
}
TOPICS = "- {id: birds, name: Birds, rules: [owls, wrens, larks]}\n- {id: mice, name: Mice, rules: [mice]}\n"


@pytest.fixture
def content(shelf_on_disk):
    files = {f"papers/{key}.yml": text for key, text in RECORDS.items()}
    return shelf_on_disk(files | {"shelf.yml": SHELF, "tables.yml": TABLES, "topics.yml": TOPICS})


@pytest.fixture
def read(content):
    """Return a function that returns the text of a page and its table as rows of cells."""

    def read(path):
        site, problems = build_site(Settings(content=content))
        assert [p for p in problems if p.place.file == "tables.yml"] == []
        (page,) = (p.make() for p in plan_pages(site, Settings(content=content)) if p.path == path)
        text = render_markdown(page)
        rows = LexborHTMLParser(text).css("table tr")
        return text, [[cell.text() for cell in row.css("th, td")] for row in rows]

    return read


def test_papers_with_a_value_of_the_first_column_are_rows(read):
    text, rows = read("tables/benchmarks.md")
    assert rows == [
        ["Paper", "Year", "What it tests", "Size", "Open", "Site"],
        ["Wrens x²", "2025", "Songs", "", "", ""],
        ["Owls", "2024", "Hearing & <sight>", "700M", "Yes", "https://a.example/?a=1&b=2"],
        ["Larks", "", "Songs", "", "", ""],
    ]
    tree = LexborHTMLParser(text)
    assert [link.attributes["href"] for link in tree.css("th a")] == [
        f"../../papers/{key}/" for key in ("wrens", "owls", "larks")
    ]
    assert tree.css_first("td a").attributes["href"] == "https://a.example/?a=1&b=2"
    assert [cell.attributes["data-number"] for cell in tree.css("td[data-number]")] == ["0.7"]
    assert "3 papers" in text


def test_a_long_table_ends_with_the_newest(read, monkeypatch):
    monkeypatch.setattr(fact_page, "MOST_ROWS", 2)
    text, rows = read("tables/benchmarks.md")
    assert [row[0] for row in rows[1:]] == ["Wrens x²", "Owls"]
    assert "The newest 2 of 3 papers" in text


def test_other_pages_lead_to_the_tables(read):
    assert "tables/benchmarks.md" in read("index.md")[0]
    assert "benchmarks.md" in read("tables/index.md")[0]
    assert "2 papers" in read("tables/index.md")[0]
    assert "../tables/benchmarks.md" in read("papers/owls.md")[0]
    assert "../tables/sizes.md" in read("papers/owls.md")[0]
    assert "tables/benchmarks.md" not in read("papers/mice.md")[0]
    assert "tables/benchmarks.md" in read("topics/birds.md")[0]
    assert "tables/" not in read("topics/mice.md")[0]


def test_without_tables_there_is_no_page(content):
    (content / "tables.yml").unlink()
    site, _ = build_site(Settings(content=content))
    assert [p.path for p in plan_pages(site, Settings(content=content)) if "tables" in p.path] == []


def test_a_table_without_rows_is_reported(content):
    (content / "papers" / "owls.yml").write_text("title: Owls\n")
    (content / "papers" / "mice.yml").unlink()
    _, _, problems = load_content(content)
    assert [(p.severity, p.code, str(p.place)) for p in problems if p.code == "empty-table"] == [
        ("warning", "empty-table", "tables.yml:2")
    ]
