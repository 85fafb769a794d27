"""A new field is an attribute and a row: in a copy of the generator, everything else follows from the two."""

import json
import os
import shutil
import subprocess
import sys

import pytest
import yaml
from support import ROOT

ATTRIBUTE = '    venue: str = ""\n'
ROW = '        "venue": FieldRow(\n'
NEW_ROW = """        "patron": FieldRow(
            merge="first", meaning="Who paid.", example="Nest Fund", limit=20, headers="patron funder",
            shown=OwnField(id="patron", label="Paid by", show=frozenset({"facet", "cards", "compare"})),
        ),
"""


def insert(path, before, text):
    """Put a text before another one, which must be in the file once."""
    source = path.read_text()
    assert source.count(before) == 1
    path.write_text(source.replace(before, text + before))


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """Return a function that runs a verb of a generator whose papers have one field more."""
    folder = tmp_path_factory.mktemp("field")
    shutil.copytree(ROOT / "generator", folder / "generator", ignore=shutil.ignore_patterns("__pycache__"))
    insert(folder / "generator" / "model.py", ATTRIBUTE, '    patron: str = ""\n')
    insert(folder / "generator" / "fields.py", ROW, NEW_ROW)
    shutil.copytree(ROOT / "theme_overrides", folder / "theme_overrides")
    (folder / "mkdocs.yml").write_text(
        "site_name: Nests\ndocs_dir: content\ntheme: {name: material, custom_dir: theme_overrides}\nplugins: [papershelf]\n"
    )
    content = folder / "content"
    (content / "papers").mkdir(parents=True)
    (content / "papers" / "owls.yml").write_text("title: Owls\npatron: Nest Fund\n")

    def run(*arguments):
        command = [sys.executable, "-m", "generator", *arguments, "--content", str(content)]
        path = os.pathsep.join(sys.path)
        result = subprocess.run(
            command, cwd=folder, env={**os.environ, "PYTHONPATH": f"{folder}{os.pathsep}{path}"},
            capture_output=True, text=True, check=False, timeout=300,
        )  # fmt: skip
        return result.returncode, result.stdout + result.stderr

    run.folder, run.content = folder, content
    return run


def test_it_is_read_from_a_table_and_written_to_a_record(run):
    (run.folder / "list.csv").write_text("title,funder\nWrens,Hollow Trust\n")
    code, said = run("import", "csv", "list.csv")
    assert code == 0, said
    record = yaml.safe_load((run.content / "papers" / "wrens.yml").read_text())
    assert record["patron"] == "Hollow Trust"


def test_it_is_exported(run):
    code, said = run("export", "jsonl")
    assert code == 0, said
    assert json.loads(said.splitlines()[0])["patron"] == "Nest Fund"


def test_it_has_its_limit_and_a_wrong_name_is_still_found(run):
    (run.content / "papers" / "mice.yml").write_text(f"title: Mice\npatron: {'x' * 21}\n")
    (run.content / "papers" / "bats.yml").write_text("title: Bats\npatrom: x\n")
    code, said = run("check")
    for name in ("mice", "bats"):
        (run.content / "papers" / f"{name}.yml").unlink()
    assert code == 1
    assert "mice.yml:2" in said, said
    assert "[too-long]" in said, said
    assert "[unknown-field]" in said, said


def test_it_is_in_the_schema(run):
    program = (
        "from generator.exports.files import _build_schema as build; import json; print(json.dumps(build()))"
    )
    result = subprocess.run(
        [sys.executable, "-c", program], cwd=run.folder, env={**os.environ, "PYTHONPATH": os.pathsep.join([str(run.folder), *sys.path])},
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert '"description": "Who paid."' in result.stdout, result.stderr


def test_readers_meet_it_on_pages_in_filters_and_in_csv(run, tmp_path):
    code, said = run("generate", str(tmp_path / "tree"))
    assert code == 0, said
    page = (tmp_path / "tree" / "docs" / "papers" / "owls.md").read_text()
    assert "Paid by" in page
    assert "Nest Fund" in page
    manifest = json.loads(next((tmp_path / "tree").rglob("manifest.json")).read_text())
    assert ["patron", "Paid by", "text", "", ["cards", "compare", "facet"]] in manifest["fields"]
    code, said = run("export", "csv")
    assert code == 0, said
    assert said.splitlines()[0].endswith(",patron")
    assert "Nest Fund" in said


def test_only_texts_are_shown_by_their_row(run):
    path = run.folder / "generator" / "fields.py"
    text = path.read_text()
    path.write_text(text.replace(
        'merge="author_count",', 'merge="author_count", shown=OwnField(id="author_count", label="Authors"),'
    ))  # fmt: skip
    code, said = run("check")
    path.write_text(text)
    assert code != 0
    assert "`shown` is for texts: ['author_count']" in said
