"""A new field is an attribute and a row: in a copy of the generator, everything else follows from the two."""

import json
import zlib

import pytest
import yaml
from recipes import Copy

ATTRIBUTE = '    venue: str = ""\n'
OTHERS = """    nights: int | None = None
    heard: bool = False
    places: tuple[str, ...] = ()
"""
OTHER_ROWS = """        "nights": FieldRow(
            merge="first", meaning="How many nights.", example="12",
            shown=OwnField(id="nights", label="Nights", type="number", unit="nights", show=frozenset({"cards", "sort"})),
        ),
        "heard": FieldRow(
            merge="first", meaning="Whether it was heard.", example="true",
            shown=OwnField(id="heard", label="Heard", type="flag", show=frozenset({"cards", "facet"})),
        ),
        "places": FieldRow(
            merge="first", meaning="Where.", example="[Barn, Wood]",
            shown=OwnField(id="places", label="Where", type="list", show=frozenset({"cards", "facet"})),
        ),
"""
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
    copy.insert("model.py", ATTRIBUTE, f'    patron: str = ""\n{OTHERS}')
    copy.insert("fields.py", ROW, NEW_ROW + OTHER_ROWS)
    copy.insert("pages/templates/_facts.j2", VENUE, LINE)
    (copy.content / "papers" / "owls.yml").write_text(
        "title: Owls\npatron: Nest Fund\nnights: 12\nheard: true\nplaces: [Barn, Wood]\n"
    )
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


@pytest.fixture(scope="module")
def tree(copy):
    """Return the folder of the generated site, and what it says as CSV beside a paper that has none of the fields."""
    bats = copy.content / "papers" / "bats.yml"
    bats.write_text("title: Bats\n")
    (code, said), (_, csv) = copy.run_all(
        ("generate", str(copy.folder / "tree")), ("export", "csv", "--ids", "owls,bats")
    )
    bats.unlink()
    assert code == 0, said
    return copy.folder / "tree", csv.splitlines()


def test_readers_meet_it_on_pages_and_in_filters(tree):
    folder, _ = tree
    page = (folder / "docs" / "papers" / "owls.md").read_text()
    assert "Paid by" in page
    assert "Nest Fund" in page
    manifest = json.loads(next(folder.rglob("manifest.json")).read_text())
    assert ["patron", "Paid by", "text", "", ["cards", "compare", "facet"]] in manifest["fields"]


def test_a_table_has_its_column(tree):
    _, (head, owls, bats) = tree
    assert head.endswith(",patron,nights,heard,places")
    assert owls.endswith(",Nest Fund,12,yes,Barn; Wood")
    assert bats.endswith(",,,,")


def test_lists_show_it(tree):
    folder, _ = tree
    listed = (folder / "docs" / "papers" / "index.md").read_text()
    assert "<span>Nest Fund</span>" in listed, "as its row says"
    assert "<b>Nest Fund</b>" in listed, "as a template says"
    assert "<span>12 nights</span> <span>Heard</span> <span>Barn, Wood</span>" in listed
    cards = [zlib.decompress(path.read_bytes(), -zlib.MAX_WBITS) for path in folder.rglob("index/d-*")]
    assert b'["Nest Fund","12 nights","Heard","Barn, Wood"]' in b"".join(cards), "in search results"


def test_a_row_cannot_show_an_attribute_as_another_type(copy):
    path = copy.folder / "generator" / "fields.py"
    text = path.read_text()
    path.write_text(text.replace('label="Nights", type="number"', 'label="Nights", type="list"'))
    code, said = copy.run_python("-m", "generator", "check", "--content", str(copy.content))
    path.write_text(text)
    assert code != 0
    assert "cannot have: ['nights']" in said
