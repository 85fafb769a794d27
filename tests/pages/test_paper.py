"""A paper's page: every fact on a line of its own, whatever is known."""

import pytest
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

from generator.pipeline import build_site, plan_pages
from generator.settings import Settings

RECORDS = {
    "owls": "title: Owls\nsources:\n- {name: one, entry: '1'}\n- {name: two, entry: '2'}\n",
    "mice": "title: Mice\npublished: '2024'\nauthors: [\"Möwe, Jane\", B]\nlinks: {code: https://a.example/}\n",
}


@pytest.fixture
def site(tmp_path):
    (tmp_path / "papers").mkdir()
    for key, text in RECORDS.items():
        (tmp_path / "papers" / f"{key}.yml").write_text(text)
    settings = Settings(content=tmp_path)
    return build_site(settings)[0], settings


def lines(site, key):
    (page,) = (plan.make() for plan in plan_pages(*site) if plan.path == f"papers/{key}.md")
    tree = LexborHTMLParser(MarkdownIt("commonmark").render(page.body))
    return [" ".join(item.text().split()) for item in tree.css("li")]


def test_what_is_unknown_is_said_fact_by_fact(site):
    assert lines(site, "owls") == ["Published date unknown", "Authors unknown", "Kind Paper", "one: entry 1", "two: entry 2"]  # fmt: skip


def test_what_is_known_is_said_fact_by_fact(site):
    assert lines(site, "mice") == ["Published 2024", "Authors Jane Möwe, B", "Kind Paper", "Code a.example"]
