"""Keywords, tags and other groups of a paper: on its page and in the search."""

import pytest

from generator.model import Paper
from generator.pages.parts.templates import render_markdown
from generator.pipeline import build_site, plan_pages
from generator.search.entries import TEXT, read_fields
from generator.settings import Settings

RECORD = "title: Owls at Night\nadded: 2024-01-02\ngroups:\n  keywords: [echolocation, talons]\n  sections: Birds > Night\n  colour: [grey]\nsources:\n- {name: list, entry: owls, gone: 2024-05-06}\n"


@pytest.fixture
def build(tmp_path):
    def make(topics="", language="en"):
        (tmp_path / "papers").mkdir(exist_ok=True)
        (tmp_path / "papers" / "owls.yml").write_text(RECORD)
        (tmp_path / "topics.yml").write_text(topics)
        settings = Settings(content=tmp_path, language=language)
        site, problems = build_site(settings)
        assert not problems
        (plan,) = (plan for plan in plan_pages(site, settings) if plan.path == "papers/owls.md")
        return render_markdown(plan.make())

    return make


def test_the_page_of_a_paper_shows_its_groups(build):
    text = build()
    for line in ("- **Keywords** echolocation, talons", "- **Section** Birds", "- **Colour** grey"):
        assert line in text
    assert "- **Schlagwörter** echolocation, talons" in build(language="de")


def test_sections_are_shown_where_no_topic_says_the_same(build):
    text = build("- {id: birds, name: Birds, rules: [owls]}\n")
    assert "- **Keywords**" in text
    assert "- **Section**" not in text


def test_the_search_knows_keywords_and_no_sections():
    paper = Paper(
        title="Owls", groups={"keywords": ("Echolocation", "talons"), "sections": ("Birds > Night",)}
    )
    assert read_fields(paper, [], abstracts=True)[TEXT].split() == ["echolocation.", "talons"]


def test_a_source_that_a_paper_left_says_since_when(build):
    assert "no longer there since 6 May 2024" in build()
