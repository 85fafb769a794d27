"""`import papershelf`: load an index, query it, export it, import into it."""

import json
import re

import papershelf
import pytest
from support import ROOT

from generator.exports.texts import EXPORTS
from generator.formats.registry import FORMATS

OWLS = "title: Owls at Night\nsummary: Owls hunt mice.\npublished: '2024-05-01'\nkind: survey\nlinks: {code: https://a.example/owls}\n"
WRENS = "title: Wrens by Day\nsummary: Wrens hunt spiders.\npublished: '2023'\n"
GONE = "title: Gone Owls\nstatus: removed\nstatus_note: They left.\n"
TOPICS = "- {id: birds, name: Birds, rules: [owl]}\n"


@pytest.fixture
def content(shelf_on_disk):
    return shelf_on_disk(
        {"papers/owls.yml": OWLS, "papers/wrens.yml": WRENS, "papers/gone.yml": GONE, "topics.yml": TOPICS}
    )


@pytest.fixture
def index(content):
    return papershelf.load(content)


def test_an_index_is_read_and_queried(index):
    assert set(index.papers) == {"owls", "wrens"}
    assert index.problems == ()
    assert [place.topic for place in index.placements["owls"]] == ["birds"]
    for filters in ({"topics": ["birds"]}, {"years": ["2024"]}, {"kinds": ["survey"]}, {"has": ["code"]}):
        assert [paper.id for paper in index.select(**filters)] == ["owls"]
    assert [paper.id for paper in index.select(["wrens", "gone"])] == ["wrens", "gone"]
    assert index.select([]) == []
    assert index.statistics.papers == 2
    assert index.catalogue.newest[0] == "owls"


@pytest.mark.parametrize("wrong", [{"ids": ["lost"]}, {"topics": ["lost"]}])
def test_what_does_not_exist_is_a_key_error(index, wrong):
    with pytest.raises(KeyError, match="lost"):
        index.select(**wrong)


@pytest.mark.parametrize("form", list(papershelf.EXPORT_FORMATS))
def test_every_format_is_exported(index, form):
    assert "Owls at Night" in index.export(form)
    assert "Wrens" not in index.export(form, index.select(["owls"]))


def test_an_import_is_planned_and_then_written(index, content, tmp_path):
    new = tmp_path / "new.jsonl"
    new.write_text(json.dumps({"title": "Larks in the Morning"}) + "\n")
    plan = index.read(new)
    assert list(plan.report.added) == ["larks-in-the-morning"]
    assert not (content / "papers" / "larks-in-the-morning.yml").exists()
    assert "papers/larks-in-the-morning.yml" in index.save(plan)
    assert set(papershelf.load(content).papers) == {"owls", "wrens", "larks-in-the-morning"}


def test_a_shelf_that_has_changed_since_is_not_written_over(index, content, tmp_path):
    new = tmp_path / "new.jsonl"
    new.write_text(json.dumps({"title": "Larks in the Morning"}) + "\n")
    plan = index.read(new)
    other = content / "papers" / "larks-in-the-morning.yml"
    other.write_text("title: Larks in the Morning\nnote: Written by somebody else.\n")
    with pytest.raises(papershelf.EditError, match="has changed since it was loaded"):
        index.save(plan)
    assert "somebody else" in other.read_text()
    papershelf.load(content).save(papershelf.load(content).read(new))
    assert "somebody else" in other.read_text()


@pytest.mark.parametrize(("name", "text"), [("lost.bib", None), ("what.xyz", "no format at all")])
def test_a_file_that_cannot_be_read_is_an_error_with_its_name(index, tmp_path, name, text):
    if text:
        (tmp_path / name).write_text(text)
    with pytest.raises(papershelf.PapershelfError, match=name):
        index.read(tmp_path / name)


def test_a_shelf_with_errors_is_loaded_and_takes_no_import(content, tmp_path):
    (content / "papers" / "bad.yml").write_text("title: [\n")
    index = papershelf.load(content)
    assert [problem.place.file for problem in index.errors] == ["papers/bad.yml"]
    assert "owls" in index.papers
    (tmp_path / "new.jsonl").write_text('{"title": "Larks"}\n')
    with pytest.raises(papershelf.PapershelfError):
        index.read(tmp_path / "new.jsonl")


def test_a_folder_that_is_missing_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match="nowhere"):
        papershelf.load(tmp_path / "nowhere")


def test_the_public_names_exist_and_the_formats_are_all_of_them():
    assert all(hasattr(papershelf, name) for name in papershelf.__all__)
    assert set(EXPORTS) <= set(papershelf.EXPORT_FORMATS)
    assert set(FORMATS) == set(papershelf.IMPORT_FORMATS)


def test_the_example_of_the_documentation_runs(content, monkeypatch):
    (code,) = re.findall(r"```python\n(.*?)```", (ROOT / "content/docs/python.md").read_text(), re.DOTALL)
    monkeypatch.chdir(content.parent)
    (content.parent / "new.bib").write_text("@article{larks, title={Larks in the Morning}, year={2022}}\n")
    exec(code, {})  # noqa: S102 (our own example)
    assert "Owls at Night" in (content.parent / "birds.bib").read_text()
    assert len(papershelf.load(content).papers) == 3
