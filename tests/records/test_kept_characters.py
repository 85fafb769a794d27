"""What people wrote by hand stays: whichever command touches a file, only the characters that it means to change change."""

import difflib
import json

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.pipeline import load_content

OWLS = """\
# The first record of all.

title:   "Owls: at Night"   # as on the page
id: owls

# Read twice.
summary: >-
  Owls hunt
  # this is text

  at night.
links: { doi: 10.1000/owls , code: 'https://a.example/' }   # spaces are mine
authors:
  - 'Jane Doe'      # first

  # the second one is missing
published: '2024'
sources:
-   name: a list   # on paper
    entry: 007

# Below everything."""
MICE = "title: Mice # small\nkind: paper\n\nvenue: Rodents   # a journal\naliases: [ mouse ,  'vole' ] # former\nstatus: superseded  # since May\nsuperseded_by: owls # at last\n"
TOPICS = """\
# Birds come first.
- id: birds
  name: 'Birds'  # all of them

  start_here:
    - paper: owls  # the best
      why: "owls are where one begins"
    # A comment between.
    - mice   # small
  rules: [owl]

-   {id: night, name: Night, start_here: [ owls , {paper: mice, why: 'x'} ], rules: [mice]} # dark
"""
MANY = '{"title": "Wrens", "id": "wrens",  "published": "2024"}\n\n{"id":"larks","title":"Larks","links":{"page":"no address","doi":"https://doi.org/10.1000/larks"}}\n{"id":"bats","superseded_by":"owls","title":"Bats","status":"superseded"}'
LEDGER = "# Mine.\n./\tHome\n# About owls.\npapers/owls/\tOwls:  at Night\tdoi:10.1000/owls\npapers/wrens/\tWrens\n"
FILES = {
    "papers/owls.yml": OWLS, "papers/mice.yml": MICE, "topics.yml": TOPICS, "papers/many.jsonl": MANY, "urls.txt": LEDGER,
    "map.csv": "id,x,y\nwrens,1,2\nowls,3,4\n", "shelf.yml": "# Mine.\nformat: 1 # one\n",
}  # fmt: skip
FORMS = {"plain": ("", "\n"), "Windows": ("", "\r\n"), "byte order mark": ("\ufeff", "\r\n")}


@pytest.fixture(params=FORMS)
def content(shelf_on_disk, request):
    mark, newline = FORMS[request.param]
    return shelf_on_disk(
        {name: (mark + text.replace("\n", newline)).encode() for name, text in FILES.items()}
    )


def read(content):
    return {p.relative_to(content).as_posix(): p.read_bytes() for p in content.rglob("*") if p.is_file()}


def run(content, *arguments):
    """Run a command and return, by file, the lines that went and that came; all others are the same bytes."""
    before = read(content)
    result = CliRunner().invoke(main, [*map(str, arguments), "--content", str(content)])
    assert result.exit_code == 0, result.output
    assert not [p for p in load_content(content)[2] if p.severity == "error"]
    after = read(content)
    changes = {}
    for name in before.keys() | after.keys():
        old, new = (part.get(name, b"").decode().split("\n") for part in (before, after))
        found = [
            line.rstrip("\r").replace("\ufeff", "") for line in difflib.ndiff(old, new) if line[0] in "+-"
        ]
        if found:
            changes[name] = [line for line in found if line.strip("+- \r")]
        is_windows = b"\r\n" in before.get(name, b"")
        assert not is_windows or name not in after or after[name].count(b"\n") == after[name].count(b"\r\n")
        assert (
            name not in before
            or name not in after
            or (before[name].startswith(b"\xef\xbb\xbf") == after[name].startswith(b"\xef\xbb\xbf"))
        )
    return changes


def test_a_removal_writes_two_lines(content):
    assert run(content, "remove", "owls", "--note", "They asked: please.") == {
        "papers/owls.yml": ["+ status: removed", "+ status_note: 'They asked: please.'"]
    }


def test_a_rename_writes_ids_and_nothing_else(content):
    before = read(content)
    changes = run(content, "rename", "owls", "barn-owls")
    moved = read(content)["papers/barn-owls.yml"].decode()
    old = before["papers/owls.yml"].decode()
    newline = "\r\n" if "\r\n" in old else "\n"
    assert moved == old.replace("id: owls", "id: barn-owls").replace(
        "sources:", f"aliases:{newline}  - owls{newline}sources:"
    )
    del changes["papers/owls.yml"], changes["papers/barn-owls.yml"]
    assert changes == {
        "papers/mice.yml": ["- superseded_by: owls # at last", "+ superseded_by: barn-owls # at last"],
        "papers/many.jsonl": [
            '- {"id":"bats","superseded_by":"owls","title":"Bats","status":"superseded"}',
            '+ {"id":"bats","superseded_by":"barn-owls","title":"Bats","status":"superseded"}',
        ],
        "map.csv": ["+ barn-owls,3,4", "- owls,3,4"],
        "topics.yml": [
            "-     - paper: owls  # the best",
            "+     - paper: barn-owls  # the best",
            "- -   {id: night, name: Night, start_here: [ owls , {paper: mice, why: 'x'} ], rules: [mice]} # dark",
            "+ -   {id: night, name: Night, start_here: [ barn-owls , {paper: mice, why: 'x'} ], rules: [mice]} # dark",
        ],
    }


def test_a_merge_keeps_both_comments_and_the_ledger(content):
    changes = run(content, "merge", "mice", "owls")
    assert changes.pop("papers/mice.yml")
    assert changes == {
        "papers/owls.yml": ["+ venue: Rodents", "+ aliases:", "+   - mice", "+   - mouse", "+   - vole"],
        "topics.yml": [
            "-     - mice   # small",
            "+     # small",
            "- -   {id: night, name: Night, start_here: [ owls , {paper: mice, why: 'x'} ], rules: [mice]} # dark",
            "+ -   {id: night, name: Night, start_here: [ owls ], rules: [mice]} # dark",
        ],
    }


def test_a_merge_into_a_line_changes_that_line(content):
    changes = run(content, "merge", "wrens", "larks")
    assert changes == {
        "papers/many.jsonl": [
            '- {"title": "Wrens", "id": "wrens",  "published": "2024"}',
            '- {"id":"larks","title":"Larks","links":{"page":"no address","doi":"https://doi.org/10.1000/larks"}}',
            '+ {"id":"larks","title":"Larks","published":"2024","links":{"page":"no address","doi":"https://doi.org/10.1000/larks"},"aliases":["wrens"]}',
        ],
        "map.csv": ["- wrens,1,2", "+ larks,1,2"],
    }


def test_a_successor_that_is_deleted_leaves_the_comments_about_it(content):
    changes = run(content, "remove", "owls", "--delete", "--note", "They asked.")
    del changes["papers/owls.yml"]
    assert changes["papers/mice.yml"] == ["- superseded_by: owls # at last", "+ # at last"]
    assert changes["urls.txt"] == [
        "- papers/owls/\tOwls:  at Night\tdoi:10.1000/owls",
        "+ papers/owls/\tOwls: at Night\tdoi:10.1000/owls\tremoved: They asked.",
    ]
    assert changes["map.csv"] == ["- owls,3,4"]


def test_an_import_adds_what_is_new_and_keeps_everything_else(content, tmp_path):
    entry = {
        "title": "Owls: at Night", "links": {"doi": "10.1000/owls", "code": "https://b.example/"}, "published": "2024-05",
        "authors": [{"name": "Jane Doe", "orcid": "0000-0002-1825-0097"}], "venue": "Birds", "status": "withdrawn", "extra": {"x": "y"},
    }  # fmt: skip
    (tmp_path / "new.jsonl").write_text(json.dumps(entry))
    assert run(content, "import", "jsonl", tmp_path / "new.jsonl") == {
        "papers/owls.yml": [
            "- links: { doi: 10.1000/owls , code: 'https://a.example/' }   # spaces are mine",
            "+ links: { doi: 10.1000/owls , code: ['https://a.example/', 'https://b.example/'] }   # spaces are mine",
            "-   - 'Jane Doe'      # first",
            "+   - {name: Jane Doe, orcid: 0000-0002-1825-0097}      # first",
            "- published: '2024'",
            "+ published: '2024-05'",
            "+ venue: Birds",
            "+ status: withdrawn",
            "+ - name: new",
            "+   entry: '1'",
            "+ extra:",
            "+   x: y",
        ]
    }


def test_an_import_into_a_line_changes_that_line(content, tmp_path):
    (tmp_path / "new.jsonl").write_text('{"title": "Wrens", "venue": "Birds", "authors": ["Jane Doe"]}')
    assert run(content, "import", "jsonl", tmp_path / "new.jsonl") == {
        "papers/many.jsonl": [
            '- {"title": "Wrens", "id": "wrens",  "published": "2024"}',
            '+ {"title": "Wrens", "id": "wrens", "authors": ["Jane Doe"], "published": "2024", "venue": "Birds", "sources": [{"name": "new", "entry": "1"}]}',
        ]
    }


def test_the_ledger_grows_by_lines(content):
    changes = run(content, "check", "--update-ledger")
    assert list(changes) == ["urls.txt"]
    gone = [line for line in changes["urls.txt"] if line.startswith("-")]
    assert gone == ["- ./\tHome", "- papers/owls/\tOwls:  at Night\tdoi:10.1000/owls"], "titles are renewed"
    lines = (content / "urls.txt").read_bytes().decode().removeprefix("\ufeff").splitlines()
    assert lines[0] == "# Mine."
    assert lines[lines.index("# About owls.") + 1].startswith("papers/owls/")
    assert [line for line in lines if line[0] != "#"] == sorted(line for line in lines if line[0] != "#")
    assert run(content, "check", "--update-ledger") == {}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("authors: Jane Doe # alone\n", "authors: Jane Doe # alone"),
        ("authors: {name: Jane Doe}\n", "authors: {name: Jane Doe}"),
        ("authors:\n- ''\n- Jane Doe\n", "- ''"),
        ("topics: birds # mine\n", "topics: birds # mine"),
        ("note:   # nothing yet\n", "note:   # nothing yet"),
        (
            "links:\n  page: no address # to be found\n  code: https://a.example/\n",
            "  page: no address # to be found",
        ),
    ],
)
def test_short_and_odd_forms_stay(shelf_on_disk, text, line, tmp_path):
    content = shelf_on_disk({"papers/owls.yml": f"title: Owls\n{text}", "topics.yml": TOPICS.replace("mice", "owls")})  # fmt: skip
    entry = {"title": "Owls", "links": {"code": "https://b.example/"}, "venue": "Birds"}
    (tmp_path / "new.jsonl").write_text(json.dumps(entry))
    run(content, "import", "jsonl", tmp_path / "new.jsonl")
    after = (content / "papers" / "owls.yml").read_text()
    assert f"\n{line}\n" in after
    assert "venue: Birds\n" in after
    run(content, "rename", "owls", "barn-owls")
    assert f"\n{line}\n" in (content / "papers" / "barn-owls.yml").read_text()
    assert "\nid:" not in after, "the file's name says it"


def test_what_cannot_be_edited_is_named_and_nothing_is_changed(shelf_on_disk):
    content = shelf_on_disk({
        "papers/owls.yml": "title: Owls\nsources: [{name: a,  # one\n  entry: '1'}]\n",
        "papers/mice.yml": "title: Mice\nsources: [{name: a, entry: '1', organisation: Nest}]\nvenue: Birds\n",
    })  # fmt: skip
    before = read(content)
    result = CliRunner().invoke(main, ["merge", "mice", "owls", "--content", str(content)])
    if result.exit_code:
        assert "papers/owls.yml: " in result.output
        assert "nothing was changed" in result.output
        assert read(content) == before
    else:
        assert "# one" in (content / "papers" / "owls.yml").read_text()
