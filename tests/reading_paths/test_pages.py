"""Pages of reading paths, in Markdown and HTML, and the lines that lead to them from papers, topics, home and the desk."""

import json
import re

import pytest
import yaml

from generator.pages.parts.templates import render_html, render_markdown
from generator.pipeline import build_site, plan_pages
from generator.problems import errors_of
from generator.settings import Settings
from generator.well_known import build_well_known_files

PAPERS = {
    "owls": {"title": "Owls", "summary": "Owls hunt. They hear.", "topics": ["birds"]},
    "mice": {"title": "Mice", "status": "removed"},
    "wrens": {"title": "Wrens", "topics": ["birds"]},
    "voles": {"title": "Voles", "topics": ["small"]},
}
TOPICS = [{"id": "birds", "name": "Birds"}, {"id": "small", "name": "Small"}]
PATHS = [
    {"id": "night", "name": "Into *the* night", "lead": "How owls hunt.", "introduction": "One.\n\n# Two.",
     "steps": [{"paper": "owls", "why": "- They hear."}, {"paper": "mice", "why": "They hide."}, {"paper": "wrens", "why": "They <sing> $n$ songs."}]},
    {"id": "small", "name": "Small ones", "lead": "What is small.", "steps": [{"paper": "voles", "why": "Voles dig."}, {"paper": "owls", "why": "Owls wait."}]},
]  # fmt: skip
SHOWN = "Into &#x2a;the&#x2a; night"
"""A name as Markdown that no engine reads as emphasis."""


@pytest.fixture
def plans(tmp_path):
    """Return a function that gives the plans of the pages with some paths by path."""
    (tmp_path / "papers").mkdir()
    for key, facts in PAPERS.items():
        (tmp_path / "papers" / f"{key}.yml").write_text(yaml.safe_dump(facts))
    (tmp_path / "topics.yml").write_text(yaml.safe_dump(TOPICS))

    def make(paths=PATHS, **files):
        (tmp_path / "paths.yml").unlink(missing_ok=True)
        if paths is not None:
            (tmp_path / "paths.yml").write_text(yaml.safe_dump(paths))
        for name, text in files.items():
            (tmp_path / name.replace("_", ".")).write_text(text)
        settings = Settings(content=tmp_path)
        site, problems = build_site(settings)
        assert not errors_of(problems)
        return {plan.path: plan for plan in plan_pages(site, settings)}

    return make


def markdown(plan):
    return render_markdown(plan.make())


def test_a_path_shows_its_steps_in_order_without_removed_papers(plans):
    page = markdown(plans()["paths/night.md"])
    assert page.startswith(f"# {SHOWN}\n")
    assert re.findall(r"^## (.*)", page, re.MULTILINE) == ["Step 1", "Step 2"]
    assert re.findall(r"\[(\w+)\]\(\.\./papers/", page) == ["Owls", "Wrens"]
    assert (
        page.index("They hear.</span>") < page.index("[Owls]") < page.index("songs") < page.index("[Wrens]")
    )
    assert 'data-steps="owls wrens">2 papers</span>' in page
    assert re.findall(r'<span class="ps-introduction">(.*?)</span>', page) == ["One.", "&#x23; Two."]
    assert "<sing>" not in page
    assert "hide" not in page
    assert "[Birds](../topics/birds.md)" in page
    assert "[All reading paths](index.md)" in page


def test_the_list_has_each_path_with_its_lead_and_its_number_of_papers(plans):
    page = markdown(plans()["paths/index.md"])
    assert re.findall(r"^- \[(.*?)\]\((.*?)\).*?>(\d papers)<.*?lead\">(.*?)<", page, re.MULTILINE) == [
        (SHOWN, "night.md", "2 papers", "How owls hunt."),
        ("Small ones", "small.md", "2 papers", "What is small."),
    ]


def test_a_paper_says_in_which_paths_it_stands(plans):
    pages = plans()
    owls = "Step 1 of 2 in the reading path {}Into", "Step 2 of 2 in the reading path {}Small ones"
    for text, link in (
        (render_html(pages["papers/owls.md"].make(), pretty=True), '<a href="../../paths/{}/">'),
        (markdown(pages["papers/owls.md"]), "["),
    ):
        assert [words.format(link.format(key)) in text for words, key in zip(owls, ("night", "small"), strict=True)] == [True, True]  # fmt: skip
    assert "reading path" not in markdown(pages["papers/mice.md"])


def test_a_paper_is_rendered_again_when_its_place_changes(plans):
    before = plans()
    after = plans([PATHS[0] | {"name": "Other"}, PATHS[1]])
    changed = {path for path in before if before[path].depends != after[path].depends}
    assert changed == {"papers/owls.md", "papers/wrens.md", "topics/birds.md"}


def test_a_topic_names_paths_with_two_of_its_papers(plans):
    pages = plans()
    assert f"Reading paths: [{SHOWN}](../paths/night.md) (2)" in markdown(pages["topics/birds.md"])
    assert "Small ones" not in markdown(pages["topics/birds.md"])
    assert "Reading paths" not in markdown(pages["topics/small.md"])


def test_home_and_the_desk_know_the_paths(plans):
    pages = plans()
    assert '- [Small ones](paths/small.md) <small class="ps-count">2 papers</small>' in markdown(
        pages["index.md"]
    )
    paths = pages["desk.md"].make().values["paths"].unescape()
    assert json.loads(paths) == [
        ["Into *the* night", "../paths/night/", ["owls", "wrens"]],
        ["Small ones", "../paths/small/", ["voles", "owls"]],
    ]


def test_programs_find_the_paths(tmp_path, plans):
    plans()
    settings = Settings(content=tmp_path, site_url="https://example.org/x/")
    files = {
        asset.path: asset.body.decode() for asset in build_well_known_files(build_site(settings)[0], settings)
    }
    assert (
        "## Reading paths\n\n- [Into \\*the\\* night](https://example.org/x/paths/night/): How owls hunt.\n"
        in files["llms.txt"]
    )


def test_a_shelf_without_the_file_has_nothing_of_it(tmp_path, plans):
    pages = plans(None)
    assert not [path for path in pages if path.startswith("paths/")]
    for path in ("index.md", "desk.md", "papers/owls.md", "topics/birds.md"):
        assert "paths" not in markdown(pages[path])
    settings = Settings(content=tmp_path)
    assert "paths" not in next(build_well_known_files(build_site(settings)[0], settings)).body.decode()


def test_the_list_stays_where_it_was_published(plans):
    pages = plans(None, urls_txt="paths/\tReading paths\npaths/night/\tInto the night\n")
    assert "](night.md)" not in markdown(pages["paths/index.md"])
