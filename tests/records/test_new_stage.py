"""A new stage that changes papers is a module and a call: in a copy of the generator, everything else sees the change."""

import json

import pytest
from recipes import Copy

STAGE = '''"""Dates the papers under a topic: they are of 1999."""

from msgspec.structs import replace


def date_papers(shelf, placements):
    """Return the shelf with the date of papers that are under a topic."""
    dated = {key: replace(paper, published="1999") for key, paper in shelf.papers.items() if placements[key]}
    return replace(shelf, papers={**shelf.papers, **dated})
'''
END = "        return shelf\n\n    def relate("
CALL = "        shelf = date_papers(shelf, find_placements())\n"
IMPORT = "from generator.topics.classify import build_classifier, check_topics\n"


TREE = "tree"
CHOICES = ((), ("--year", "1999"), ("--ids", "owls"), ("--topic", "birds"))


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """Return a copy of the generator that dates papers under topics, with one such paper and another one."""
    copy = Copy(tmp_path_factory.mktemp("stage"))
    (copy.folder / "generator" / "topics" / "dating.py").write_text(STAGE)
    copy.insert("pipeline.py", END, CALL)
    copy.insert("pipeline.py", IMPORT, "from generator.topics.dating import date_papers\n")
    for name in ("owls", "mice"):
        (copy.content / "papers" / f"{name}.yml").write_text(f"title: {name}\npublished: '2024'\n")
    (copy.content / "topics.yml").write_text("- {id: birds, name: Birds, rules: [owls]}\n")
    return copy


@pytest.fixture(scope="module")
def said(copy):
    """Return what each verb printed, by its arguments."""
    verbs = (
        ("generate", str(copy.folder / TREE)),
        *(("export", "jsonl", *choice) for choice in CHOICES),
        ("export", "readme", "--template", "years"),
        ("stats", "--format", "json"),
        ("check", "--update-ledger"),
        ("check",),
    )
    results = copy.run_all(*verbs)
    assert [code for code, _ in results] == [0] * len(verbs), results
    return {verb: text for verb, (_, text) in zip(verbs, results, strict=True)}


@pytest.mark.usefixtures("said")
def test_the_site_shows_it(copy):
    docs = copy.folder / TREE / "docs"
    assert "1999" in (docs / "papers" / "owls.md").read_text()
    assert (docs / "years" / "1999.md").exists()


@pytest.mark.parametrize("choice", CHOICES)
def test_exports_have_it(said, choice):
    records = map(json.loads, said["export", "jsonl", *choice].splitlines())
    dates = {record["id"]: record["published"] for record in records}
    assert dates == {"owls": "1999"} | ({} if choice else {"mice": "2024"})


def test_a_list_in_a_readme_has_it(said):
    assert "1999" in said["export", "readme", "--template", "years"]


def test_statistics_count_it(said):
    assert "2023" in json.loads(said["stats", "--format", "json"])["empty_periods"]


def test_a_check_knows_its_urls(copy, said):
    assert "years/1999/" in (copy.content / "urls.txt").read_text()
    assert "years/" not in said["check",]
