"""Options that mean nothing beside each other are refused: nobody is left to think that they did something."""

import pytest
from click.testing import CliRunner

from generator.cli import main


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["import", "csv", "{papers.csv}", "--captured", "2025-01-01"], "--captured applies to saved pages"),
        (
            ["import", "auto", "{papers.jsonl}", "--captured", "2025-01-01"],
            "--captured applies to saved pages",
        ),
        (["import", "jsonl", "{papers.jsonl}", "--map", "a=title"], "--map applies to tables"),
        (["enrich", "--accept", "--mailto", "owl@example.org"], "--accept sends no requests"),
        (["remove", "topics/old/", "--delete"], "--delete deletes a record"),
        (["remove", "owls", "--note", "x" * 1001], "1,001 characters, more than 1,000"),
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
    assert "URLs were not compared and urls.txt is unchanged" in result.output
    assert not (content / "urls.txt").exists()


@pytest.mark.parametrize("verb", [["stats"], ["stats", "--missing", "venue"], ["topics"]])
def test_a_report_in_json_says_why_it_ends_with_a_fault(shelf_on_disk, verb):
    content = shelf_on_disk({"papers/owls.yml": "title: Owls\n", "papers/bad.yml": "title: [\n"})
    result = CliRunner().invoke(main, [*verb, "--format", "json", "--content", str(content)])
    assert result.exit_code == 1
    assert "papers/bad.yml:2: error [bad-yaml]" in result.stderr
