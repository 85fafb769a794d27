"""Fields of one's own: declared in shelf.yml, filled by header, checked, shown, searched and exported."""

import base64
import csv
import io
import json
import zlib

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.model import OwnField
from generator.pipeline import build_assets, build_site
from generator.records.own_fields import load_own_fields, read_number, read_values
from generator.settings import Settings

FIELDS = """\
format: 1
fields:
  params: {label: Parameters, type: number, unit: B, headers: "#Params", show: [facet, compare, sort, cards]}
  backbone: {label: Backbone, show: [facet, cards]}
  licence: {label: Licence, type: choice, choices: [MIT, Apache-2.0], show: facet}
  open: {label: Open weights, type: flag, show: [facet, cards]}
  modality: {label: Modality, type: list, show: facet}
  card: {label: Model card, type: link}
"""
TABLE = """\
Title,#Params,Backbone,LICENCE,Open weights,Modality,Model card,Colour
Owls at Night,7B,BirdNet,mit,✓,"image, sound",https://example.org/card,grey
Wrens by Day,700M,,GPL,no,,nowhere,brown
"""


@pytest.fixture
def content(tmp_path):
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "shelf.yml").write_text(FIELDS)
    (tmp_path / "models.csv").write_text(TABLE)
    result = run("import", "csv", tmp_path / "models.csv", "--content", tmp_path / "content")
    assert result.exit_code == 0, result.output
    return tmp_path / "content"


def run(*words):
    return CliRunner().invoke(main, [str(word) for word in words])


def build(content):
    settings = Settings(content=content, site_url="https://example.org/x/", site_name="Owls")
    site, problems = build_site(settings)
    assert not problems
    return site, {asset.path: asset.body for asset in build_assets(site, settings)}


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [("7B", "B", 7), ("7 b", "B", 7), ("700M", "B", 0.7), ("1.3e9", "", 1.3e9), ("1,024", "", 1024), ("-2.5", "°C", -2.5),
     ("7B", "", 7e9), ("7 m", "km", None), ("many", "B", None), ("7B to 13B", "B", None), ("", "B", None)],
)  # fmt: skip
def test_a_number_may_have_its_unit_or_another_scale(text, unit, number):
    assert read_number(text, unit) == (pytest.approx(number) if number is not None else None)


@pytest.mark.parametrize(
    ("kind", "text", "values"),
    [("flag", "✓", ("yes",)), ("flag", "No", ("no",)), ("flag", "perhaps", None), ("list", "a; b, a", ("a", "b")),
     ("link", "https://example.org", ("https://example.org",)), ("link", "javascript:alert(1)", None), ("text", " a  b ", ("a b",)),
     ("choice", "mit", ("MIT",)), ("choice", "GPL", None)],
)  # fmt: skip
def test_values_are_read_by_their_type(kind, text, values):
    assert (
        read_values(
            OwnField(id="x", label="X", type=kind, choices=("MIT",) if kind == "choice" else ()), text
        )
        == values
    )


@pytest.mark.parametrize(
    ("row", "code", "line"),
    [("title: {}", "bad-field", 3), ("Big: {}", "bad-field", 3), ("size: {type: colour}", "bad-field", 3), ("size: {show: everywhere}", "bad-field", 3),
     ("size: {colour: red}", "unknown-field", 3), ("size: [a]", "bad-field", 3), ("size: {label: [a, b]}", "bad-field", 3), ("size:\n    unit: {a: b}", "bad-field", 4)],
)  # fmt: skip
def test_a_declaration_that_is_wrong_is_an_error_with_its_line(tmp_path, row, code, line):
    (tmp_path / "shelf.yml").write_text(f"format: 1\nfields:\n  {row}\n")
    fields, problems = load_own_fields(tmp_path)
    assert not fields
    assert [(p.code, p.severity, p.place.line) for p in problems] == [(code, "error", line)]
    assert run("check", "--content", tmp_path).exit_code == 1


def test_columns_fill_the_fields_that_their_headers_mean(content):
    owls = (content / "papers" / "owls-at-night.yml").read_text()
    for line in (
        "params: 7B",
        "backbone: BirdNet",
        "licence: mit",
        "open: ✓",
        "modality: image, sound",
        "Colour: grey",
    ):
        assert f"  {line}\n" in owls


def test_values_of_another_type_are_told(content):
    said = json.loads(run("check", "--content", content, "--format", "json").output)["problems"]
    assert [(p["file"], p["message"]) for p in said if p["code"] == "bad-value"] == [
        ("papers/wrens-by-day.yml", "extra.card: 'nowhere' is not a link"),
        ("papers/wrens-by-day.yml", "extra.licence: 'GPL' is not a choice"),
    ]


def test_exports_have_a_column_for_each(content):
    _, files = build(content)
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(files["data/papers.csv"].decode()))}
    assert (rows["owls-at-night"]["params"], rows["wrens-by-day"]["params"]) == ("7B", "700M")
    assert rows["owls-at-night"]["modality"] == "image, sound"
    assert "Colour" not in rows["owls-at-night"]
    told = run("export", "csv", "--content", content)
    assert told.output.splitlines()[0].endswith(",summary,params,backbone,licence,open,modality,card")
    again = run(
        "import",
        "csv",
        _write(content.parent / "again.csv", told.output),
        "--content",
        content.parent / "more",
    )
    assert again.exit_code == 0, again.output


def _write(path, text):
    path.write_text(text, newline="")
    return path


def test_a_readme_in_the_form_of_a_table_has_them_and_fills_them_again(content):
    readme = content.parent / "LIST.md"
    result = run("export", "readme", "-o", readme, "--template", "table", "--content", content)
    assert result.exit_code == 0, result.output
    assert (
        "| Venue | Parameters | Backbone | Licence | Open weights | Modality | Model card | Links |"
        in readme.read_text()
    )
    other = content.parent / "other"
    other.mkdir()
    (other / "shelf.yml").write_text(FIELDS)
    assert run("import", "readme", readme, "--content", other).exit_code in {0, 1}


def test_the_index_has_their_values(content):
    _, files = build(content)
    manifest = json.loads(
        files["search-index/manifest.json"]
        if "search-index/manifest.json" in files
        else next(b for p, b in files.items() if p.endswith("manifest.json"))
    )
    assert manifest["fields"][0] == [
        "params",
        "Parameters",
        "number",
        "B",
        ["cards", "compare", "facet", "sort"],
    ]
    packed = base64.b64decode(manifest["inside"][f"f-{manifest['own']}.bin"])
    columns = json.loads(zlib.decompress(packed, -15))
    assert columns["params"] == [7, 0.7]
    assert columns["licence"] == [["MIT"], None]
    assert columns["modality"] == [["image", "sound"], None]


def test_a_shelf_without_fields_has_none_of_this(content):
    (content / "shelf.yml").write_text("format: 1\n")
    _, files = build(content)
    (manifest,) = (json.loads(body) for path, body in files.items() if path.endswith("manifest.json"))
    assert "fields" not in manifest
    assert "own" not in manifest
