"""The version of the record format: what is newer is refused by every verb, and `upgrade` moves a shelf on."""

import json
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner
from support import mkdocs

from generator.cli import VERBS as COMMANDS
from generator.cli import main
from generator.records import format_version as version
from generator.records.format_version import FORMAT, TEXT, load_version
from generator.records.read import load_shelf

OWLS = "title: Owls\nsummary: Owls hunt mice.\n"
NEWER = "shelf.yml:2: error [newer-format] the records have format 99"
VERBS = {
    "add": ["2401.00001", "--offline"], "import": ["jsonl", "new.jsonl"], "sync": [], "export": ["csv"], "enrich": [], "rename": ["owls", "x"], "merge": ["owls", "mice"],
    "remove": ["owls"], "upgrade": [], "check": [], "stats": ["--format", "json"], "topics": [], "map": [], "embed": ["--model", "."],
    "generate": ["out"], "build": [], "changes": ["HEAD"],
}  # fmt: skip
"""Every verb that reads a shelf; `serve` does what `build` does, and shows the error."""
NO_SHELF = {"init", "serve", "snapshot", "propose", "tell"}


@pytest.fixture
def project(tmp_path, monkeypatch):
    content = tmp_path / "content"
    (content / "papers").mkdir(parents=True)
    (content / "papers" / "owls.yml").write_text(OWLS)
    (content / "shelf.yml").write_text("# Theirs.\nformat: 99\n")
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: x\ndocs_dir: content\ntheme: material\nplugins: [papershelf]\n"
    )
    (tmp_path / "new.jsonl").write_text(json.dumps({"title": "Mice"}))
    monkeypatch.chdir(tmp_path)
    return content


def read(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_verbs_are_all_there():
    assert set(COMMANDS) == set(VERBS) | NO_SHELF


@pytest.mark.parametrize("verb", VERBS)
def test_a_shelf_of_a_newer_format_is_refused(project, verb):
    if verb == "changes":
        commit(project.parent)
    if verb == "build":
        result = mkdocs("build", cwd=project.parent)
        assert (result.returncode, NEWER in result.stderr) == (1, True), result.stderr
        assert not (project.parent / "site").exists()
        return
    before = read(project.parent)
    result = CliRunner().invoke(main, [verb, *VERBS[verb]])
    assert result.exit_code == 1, result.output
    assert NEWER in result.output
    assert "install a newer version" in result.output
    assert read(project.parent) == before


def commit(folder):
    who = ["-c", "user.name=Owl", "-c", "user.email=owl@example.org"]
    for arguments in (["init", "--quiet"], ["add", "."], [*who, "commit", "--quiet", "--message", "First"]):
        subprocess.run(["git", *arguments], cwd=folder, check=True)


def test_changes_since_a_newer_format_are_refused(project):
    commit(project.parent)
    (project / "shelf.yml").write_text(TEXT)
    result = CliRunner().invoke(main, ["changes", "HEAD"])
    assert (result.exit_code, "newer-format" in result.output) == (1, True)


@pytest.mark.parametrize(
    ("text", "found", "said"),
    [
        (None, 1, []),
        ("format: 1\n", 1, []),
        ("# Older than all.\nformat: 0\n", 0, []),
        ("format: '1'\n", 1, []),
        ("format: 2\n", 1, [("newer-format", 1)]),
        ("\n\nformat: 100000000000000000000\n", 1, [("newer-format", 3)]),
        ("", 1, [("missing-field", 1)]),
        ("version: 1\n", 1, [("missing-field", 1)]),
        ("format: one\n", 1, [("bad-field", 1)]),
        ("format: [1]\n", 1, [("bad-field", 1)]),
        ("format: ²\n", 1, [("bad-field", 1)]),
        ("format: 1\nname: x\n", 1, [("unknown-field", 2)]),
        ("format: 1\nformat: 2\n", 1, [("bad-yaml", 2)]),
        ("format: [\n", 1, [("bad-yaml", 2)]),
        (b"\xff", 1, [("unreadable-file", 1)]),
    ],
)
def test_what_the_file_says(shelf_on_disk, text, found, said):
    content = shelf_on_disk({"papers/owls.yml": OWLS} | ({} if text is None else {"shelf.yml": text}))
    number, problems = load_version(content)
    assert (number, [(p.code, p.place.line) for p in problems]) == (found, said)
    assert all(p.severity == "error" and p.place.file == "shelf.yml" for p in problems)
    shelf, problems = load_shelf(content)
    assert bool(shelf.papers) == (("newer-format", "error") not in {(p.code, p.severity) for p in problems})
    assert bool(problems) == bool(said)


def upgrade(content):
    return CliRunner().invoke(main, ["upgrade", "--content", str(content)])


def test_an_upgrade_of_today_has_nothing_to_do_but_to_write_the_file(shelf_on_disk):
    content = shelf_on_disk({"papers/owls.yml": OWLS})
    result = upgrade(content)
    assert (result.exit_code, result.output) == (0, "format 1: wrote shelf.yml\n")
    assert (content / "shelf.yml").read_text() == TEXT
    again = upgrade(content)
    assert (again.exit_code, "has the current format" in again.output) == (0, True)
    (content / "shelf.yml").write_bytes(b"# Mine.\r\nformat: 0   # old\r\n")
    assert upgrade(content).output == "format 1: wrote shelf.yml\n"
    assert (content / "shelf.yml").read_bytes() == b"# Mine.\r\nformat: 1   # old\r\n"


def test_an_upgrade_goes_step_by_step(shelf_on_disk, monkeypatch):
    def first(content):
        text = (content / "papers" / "owls.yml").read_text()
        return {"papers/owls.yml": text.replace("summary", "note"), "papers/old.yml": None}

    def second(content):
        return {"papers/owls.yml": (content / "papers" / "owls.yml").read_text() + "venue: Birds\n"}

    monkeypatch.setattr(version, "STEPS", {1: first, 2: second})
    monkeypatch.setattr(version, "FORMAT", 3)
    content = shelf_on_disk(
        {"papers/owls.yml": OWLS, "papers/old.yml": OWLS, "shelf.yml": "format: 1 # mine\n"}
    )
    result = upgrade(content)
    assert result.output.splitlines() == [
        "format 2: wrote papers/old.yml, papers/owls.yml, shelf.yml",
        "format 3: wrote papers/owls.yml, shelf.yml",
    ]
    assert (content / "shelf.yml").read_text() == "format: 3 # mine\n"
    assert (
        content / "papers" / "owls.yml"
    ).read_text() == "title: Owls\nnote: Owls hunt mice.\nvenue: Birds\n"
    assert not (content / "papers" / "old.yml").exists()


def test_new_shelves_have_the_file(tmp_path):
    scaffold = Path(version.__file__).parent.parent / "scaffold" / "content" / "shelf.yml"
    assert scaffold.read_text() == TEXT, "what `papershelf init` writes"
    (tmp_path / "new.jsonl").write_text(json.dumps({"title": "Mice"}))
    content = tmp_path / "new"
    result = CliRunner().invoke(
        main, ["import", "jsonl", str(tmp_path / "new.jsonl"), "--content", str(content)]
    )
    assert result.exit_code == 0, result.output
    assert (content / "shelf.yml").read_text() == TEXT
    assert f"format: {FORMAT}" in TEXT
