"""A new field is an attribute and a row: in a copy of the generator, everything else follows from the two."""

import json
import zlib

import pytest
import yaml
from recipes import Copy

ATTRIBUTE = '    venue: str = ""\n'
ROW = '        "venue": FieldRow(\n'
NEW_ROW = """        "patron": FieldRow(
            merge="first", meaning="Who paid.", example="Nest Fund", limit=20, headers="patron funder",
            shown=OwnField(id="patron", label="Paid by", show=frozenset({"facet", "cards", "compare"})),
        ),
"""
VENUE = "{%- if facts.paper.venue %}"
LINE = "{%- if facts.paper.patron %}<b>{{ facts.paper.patron }}</b> {% endif %}\n"


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """Return a copy of the generator whose papers have one field more."""
    copy = Copy(tmp_path_factory.mktemp("field"))
    copy.insert("model.py", ATTRIBUTE, '    patron: str = ""\n')
    copy.insert("fields.py", ROW, NEW_ROW)
    copy.insert("pages/templates/_facts.j2", VENUE, LINE)
    (copy.content / "papers" / "owls.yml").write_text("title: Owls\npatron: Nest Fund\n")
    return copy


def test_it_is_read_from_a_table_and_written_to_a_record(copy):
    (copy.folder / "list.csv").write_text("title,funder\nWrens,Hollow Trust\n")
    code, said = copy.run("import", "csv", "list.csv")
    assert code == 0, said
    record = yaml.safe_load((copy.content / "papers" / "wrens.yml").read_text())
    assert record["patron"] == "Hollow Trust"


def test_it_is_exported(copy):
    code, said = copy.run("export", "jsonl")
    assert code == 0, said
    assert json.loads(said.splitlines()[0])["patron"] == "Nest Fund"


def test_it_has_its_limit_and_a_wrong_name_is_still_found(copy):
    (copy.content / "papers" / "mice.yml").write_text(f"title: Mice\npatron: {'x' * 21}\n")
    (copy.content / "papers" / "bats.yml").write_text("title: Bats\npatrom: x\n")
    code, said = copy.run("check")
    for name in ("mice", "bats"):
        (copy.content / "papers" / f"{name}.yml").unlink()
    assert code == 1
    assert "mice.yml:2" in said, said
    assert "[too-long]" in said, said
    assert "[unknown-field]" in said, said


def test_it_is_in_the_schema(copy):
    program = (
        "from generator.exports.files import _build_schema as build; import json; print(json.dumps(build()))"
    )
    code, said = copy.run_python("-c", program)
    assert code == 0, said
    assert '"description": "Who paid."' in said


def test_readers_meet_it_on_pages_in_filters_and_in_csv(copy, tmp_path):
    code, said = copy.run("generate", str(tmp_path / "tree"))
    assert code == 0, said
    page = (tmp_path / "tree" / "docs" / "papers" / "owls.md").read_text()
    assert "Paid by" in page
    assert "Nest Fund" in page
    manifest = json.loads(next((tmp_path / "tree").rglob("manifest.json")).read_text())
    assert ["patron", "Paid by", "text", "", ["cards", "compare", "facet"]] in manifest["fields"]
    code, said = copy.run("export", "csv")
    assert code == 0, said
    assert said.splitlines()[0].endswith(",patron")
    assert "Nest Fund" in said


def test_only_texts_are_shown_by_their_row(copy):
    path = copy.folder / "generator" / "fields.py"
    text = path.read_text()
    path.write_text(text.replace(
        'merge="author_count",', 'merge="author_count", shown=OwnField(id="author_count", label="Authors"),'
    ))  # fmt: skip
    code, said = copy.run("check")
    path.write_text(text)
    assert code != 0
    assert "`shown` is for texts: ['author_count']" in said


def test_lists_show_it(copy, tmp_path):
    code, said = copy.run("generate", str(tmp_path / "tree"))
    assert code == 0, said
    listed = (tmp_path / "tree" / "docs" / "papers" / "index.md").read_text()
    assert "<span>Nest Fund</span>" in listed, "as its row says"
    assert "<b>Nest Fund</b>" in listed, "as a template says"
    cards = [
        zlib.decompress(path.read_bytes(), -zlib.MAX_WBITS) for path in (tmp_path / "tree").rglob("index/d-*")
    ]
    assert b'["Nest Fund"]' in b"".join(cards), "in search results"
