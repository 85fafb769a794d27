"""Problems as annotations of a pull request: on the right file and line, and no text is a command."""

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from generator.cli import main
from generator.text.escaping import clean_line, escape_command, escape_property
from generator.text.normalise import normalise


def read_command(line):
    """Read a line as the runner does (actions/runner, ActionCommand.TryParseV2)."""
    head, _, message = line[2:].partition("::")
    name, _, rest = head.partition(" ")
    pairs = dict(part.split("=", 1) for part in rest.split(",") if part)
    for sign, code in ((":", "%3A"), (",", "%2C"), ("\r", "%0D"), ("\n", "%0A"), ("%", "%25")):
        pairs = {key: value.replace(code, sign) for key, value in pairs.items()}
        message = message if sign in ":," else message.replace(code, sign)
    return name, pairs, message


@pytest.fixture
def repository(shelf_on_disk, monkeypatch):
    content = shelf_on_disk(
        {
            "papers/owls.yml": "title: Owls\npublished: 'soon'\n",
            "papers/a,b%3A.yml": "summary: '::set-env::'\n",
        }
    )
    monkeypatch.setenv("GITHUB_WORKSPACE", str(content.parent))
    return content


def test_each_problem_is_a_command_with_its_file_and_line(repository):
    result = CliRunner().invoke(main, ["check", "--format", "github", "--content", str(repository)])
    assert result.exit_code == 1
    lines = [line for line in result.stdout.splitlines() if line.startswith("::")]
    found = [read_command(line) for line in lines]
    assert ("error", "content/papers/owls.yml", "2") in [(n, p["file"], p["line"]) for n, p, _ in found]
    assert "content/papers/a,b%3A.yml" in {p["file"] for _, p, _ in found}
    assert all("→" in message for _, pairs, message in found if pairs["title"] == "bad-date")
    assert len(lines) == len(result.stdout.splitlines()) - 1


@given(st.text(), st.text())
def test_any_text_stays_in_its_place(message, value):
    line = f"::error title={escape_property(value)}::{escape_command(message)}"
    assert len(line.splitlines()) <= 1 or clean_line(line) != line
    name, pairs, said = read_command(line)
    assert (name, pairs, said) == ("error", {"title": normalise(value)}, normalise(message))
