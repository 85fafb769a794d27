"""Options that mean nothing beside each other are refused: nobody is left to think that they did something."""

import importlib

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.mkdocs_plugin import options


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["import", "csv", "{papers.csv}", "--captured", "2025-01-01"], "--captured applies to saved pages"),
        (
            ["import", "auto", "{papers.jsonl}", "--captured", "2025-01-01"],
            "--captured applies to saved pages",
        ),
        (["import", "jsonl", "{papers.jsonl}", "--map", "a=title"], "--map applies to tables"),
        (["import", "csv"], "name the files to import after the format"),
        (["import", "markdown", "{papers.csv}"], "markdown is neither a format nor a file"),
        (["enrich", "--accept", "--mailto", "owl@example.org"], "--accept sends no requests"),
        (["remove", "topics/old/", "--delete"], "--delete deletes a record"),
        (["remove", "owls", "--note", "x" * 1001], "1,001 characters; at most 1,000 are allowed"),
        (["tell", "{papers.csv}", "--issue", "1", "--label", "x"], "with --issue"),
        (["tell", "{papers.csv}", "--issue", "1", "--title", "x"], "with --issue"),
        (["tell", "{papers.csv}", "--issue", "1", "--state", "closed"], "with --issue"),
    ],
)
def test_useless_options_are_refused(shelf_on_disk, tmp_path, arguments, said):
    content = shelf_on_disk({"papers/owls.yml": "title: Owls\n"})
    files = {
        "papers.csv": "title\nMice\n",
        "papers.jsonl": '{"title": "Mice", "venue": "Birds", "links": {}}\n',
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    given = [str(tmp_path / a[1:-1]) if a.startswith("{") else a for a in arguments]
    own = [] if arguments[0] == "tell" else ["--content", str(content)]
    result = CliRunner().invoke(main, [*given, *own])
    assert (result.exit_code, said in result.output) == (2, True), result.output
    assert sorted(path.name for path in content.rglob("*.*")) == ["owls.yml"]


def test_a_check_with_errors_says_that_it_compared_nothing(shelf_on_disk):
    content = shelf_on_disk({"papers/owls.yml": "title: Owls\npublished: soon\n"})
    result = CliRunner().invoke(main, ["check", "--update-ledger", "--content", str(content)])
    assert result.exit_code == 1
    assert "URLs were not compared and urls.txt was not changed" in result.output
    assert not (content / "urls.txt").exists()


@pytest.mark.parametrize("verb", [["stats"], ["stats", "--missing", "venue"], ["topics"]])
def test_a_report_in_json_says_why_it_ends_with_a_fault(shelf_on_disk, verb):
    content = shelf_on_disk({"papers/owls.yml": "title: Owls\n", "papers/bad.yml": "title: [\n"})
    result = CliRunner().invoke(main, [*verb, "--format", "json", "--content", str(content)])
    assert result.exit_code == 1
    assert "papers/bad.yml:2: error [bad-yaml]" in result.stderr


def read_options(**given):
    read = options.PapershelfOptions()
    read.load_dict(given)
    return read, [str(fault) for _, fault in read.validate()[0]]


def test_pictures_of_shared_links_are_drawn_where_they_can_be(monkeypatch, tmp_path):
    assert options.can_draw()
    found = importlib.util.find_spec
    monkeypatch.setattr(options, "find_spec", lambda name: None if name == "PIL" else found(name))
    assert not options.can_draw()
    assert read_options()[1] == read_options(cards=False)[1] == []
    for given in ({"cards": True}, {"card_font": str(tmp_path)}):
        (fault,) = read_options(**given)[1]
        assert "pip install 'papershelf[cards]'" in fault
