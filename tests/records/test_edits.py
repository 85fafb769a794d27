"""Commands for one record: they write what they must and leave every other line as it is."""

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.pipeline import load_content
from generator.topics.steps import StepError, edit_steps

TOPICS = """\
# Birds come first.
- id: birds
  name: Birds  # all of them
  start_here:
    - paper: owls  # the best
      why: owls are where one begins
    - mice
    # A comment between.
    - why: they are quick
      paper: wrens
  rules: [owl]

- {id: night, name: Night, start_here: [owls, {paper: mice, why: 'owls hunt mice'}, wrens], rules: [mice]}
"""
FILES = {
    "papers/owls.yml": "title: Owls\nlinks: {doi: 10.1000/owls}\nvenue: Birds\n",
    "papers/old.yml": "title: Old Owls\nstatus: superseded\nsuperseded_by: owls\n",
    "papers/many.jsonl": '{"id":"mice",  "title":"Mice"}\n\n{"title":"Wrens","id":"wrens","published":"2024"}\n{"id":"bats","title":"Bats", "superseded_by":"owls","status":"superseded"}\n',
    "topics.yml": TOPICS,
    "map.csv": "id,x,y\nmice,3,4\nowls,1,2\n",
    "shelf.yml": "format: 1\n",
}


@pytest.fixture
def content(shelf_on_disk):
    content = shelf_on_disk({})
    for name, text in FILES.items():
        (content / name).parent.mkdir(exist_ok=True)
        (content / name).write_text(text)
    return content


def read(content):
    return {p.relative_to(content).as_posix(): p.read_text() for p in content.rglob("*") if p.is_file()}


def run(content, *arguments):
    before = read(content)
    result = CliRunner().invoke(main, [*arguments, "--content", str(content)])
    assert isinstance(result.exception, SystemExit | None), result.exception
    after = read(content)
    if result.exit_code:
        assert after == before
    else:
        assert not [p for p in load_content(content)[2] if p.severity != "note"]
        again = CliRunner().invoke(main, [*arguments, "--content", str(content)])
        assert read(content) == after
        assert "nothing to do" in again.output or "--delete" in arguments
    return result, after


def test_a_rename_changes_the_record_and_all_that_names_it(content):
    result, files = run(content, "rename", "owls", "barn-owls")
    assert result.output == (
        "owls is renamed to barn-owls: wrote papers/old.yml, moved papers/owls.yml to papers/barn-owls.yml, wrote papers/many.jsonl, wrote map.csv, wrote topics.yml\n"
    )
    assert files["papers/barn-owls.yml"].endswith("aliases:\n- owls\n")
    assert "superseded_by: barn-owls" in files["papers/old.yml"]
    assert files["papers/many.jsonl"].splitlines()[:3] == FILES["papers/many.jsonl"].splitlines()[:3]
    assert '"superseded_by":"barn-owls"' in files["papers/many.jsonl"]
    assert files["map.csv"] == "id,x,y\nbarn-owls,1,2\nmice,3,4\n"
    assert files["topics.yml"] == TOPICS.replace("paper: owls", "paper: barn-owls").replace(
        "[owls,", "[barn-owls,"
    )


def test_a_rename_in_json_lines_changes_one_line(content):
    _, files = run(content, "rename", "wrens", "small-wrens")
    rows = files["papers/many.jsonl"].split("\n")
    assert rows[2] == '{"title":"Wrens","id":"small-wrens","published":"2024","aliases":["wrens"]}'
    assert [rows[0], rows[1], rows[3], rows[4]] == [
        FILES["papers/many.jsonl"].split("\n")[n] for n in (0, 1, 3, 4)
    ]


def test_renaming_back_gives_the_old_address_back_its_page(content):
    run(content, "rename", "owls", "barn-owls")
    _, files = run(content, "rename", "barn-owls", "owls")
    assert files["papers/owls.yml"].endswith("aliases:\n- barn-owls\n")
    assert {name: files[name] for name in ("topics.yml", "map.csv")} == {
        name: FILES[name] for name in ("topics.yml", "map.csv")
    }


def test_a_merge_joins_facts_ids_and_references(content):
    _, files = run(content, "merge", "owls", "mice")
    assert "papers/owls.yml" not in files
    assert files["papers/many.jsonl"].splitlines()[0] == (
        '{"id":"mice","title":"Mice","venue":"Birds","links":{"doi":"10.1000/owls"},"aliases":["owls"]}'
    )
    assert "superseded_by: mice" in files["papers/old.yml"]
    assert files["map.csv"] == "id,x,y\nmice,3,4\n"
    assert "owls" not in [s.paper for t in load_content(content)[1].topics.values() for s in t.start_here]
    assert "    # A comment between.\n" in files["topics.yml"]
    assert "start_here: [{paper: mice, why: 'owls hunt mice'}, wrens]" in files["topics.yml"]


def test_merging_a_record_into_its_successor_leaves_no_trace_of_the_status(content):
    run(content, "merge", "old", "owls")
    paper = load_content(content)[0].papers["owls"]
    assert (paper.status, paper.superseded_by, paper.aliases) == ("active", "", ("old",))
    run(content, "rename", "owls", "older")
    run(content, "merge", "older", "bats")
    paper = load_content(content)[0].papers["bats"]
    assert (paper.status, paper.superseded_by) == ("active", "")
    assert set(paper.aliases) == {"older", "owls", "old"}


def test_what_is_removed_keeps_its_record_and_says_why(content):
    _, files = run(content, "remove", "owls", "--note", "The owls asked for it.")
    assert "status: removed\nstatus_note: The owls asked for it.\n" in files["papers/owls.yml"]
    assert files["topics.yml"] == TOPICS


def test_what_is_deleted_is_named_nowhere(content):
    result, files = run(content, "remove", "owls", "--delete")
    assert "deleted papers/owls.yml" in result.output
    assert "papers/owls.yml" not in files
    assert "superseded_by" not in files["papers/old.yml"]
    assert files["map.csv"] == "id,x,y\nmice,3,4\n"
    assert files["urls.txt"].splitlines()[1:] == ["papers/owls/\tOwls\tdoi:10.1000/owls\tremoved"]
    assert "[{paper: mice, why: 'owls hunt mice'}, wrens]" in files["topics.yml"]
    _, files = run(content, "remove", "bats", "--delete")
    assert files["papers/many.jsonl"] == "".join(FILES["papers/many.jsonl"].splitlines(keepends=True)[:3])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["rename", "nobody", "x"], "no record has the id 'nobody'"),
        (["rename", "owls", "mice"], "another record (“Mice”)"),
        (["rename", "owls", "Owls!"], "invalid id"),
        (["rename", "owls", "index"], "invalid id"),
        (["rename", "owls", "owls"], "already"),
        (["merge", "owls", "owls"], "into itself"),
        (["merge", "owls", "nobody"], "no record has the id 'nobody'"),
        (["remove", "nobody"], "'nobody' is neither the id of a record nor a URL"),
        (["remove", "papers/owls/"], "nor a URL in urls.txt"),
    ],
)
def test_what_cannot_be_done_is_refused_and_nothing_is_changed(content, arguments, said):
    result, _ = run(content, *arguments)
    assert result.exit_code == 1
    assert said in result.output


def test_an_id_that_was_another_papers_is_refused(content):
    run(content, "rename", "owls", "barn-owls")
    result, _ = run(content, "rename", "mice", "owls")
    assert "owls was the id of barn-owls" in result.output
    assert "the record's id is now barn-owls" in run(content, "rename", "owls", "x")[0].output
    CliRunner().invoke(main, ["remove", "barn-owls", "--delete", "--content", str(content)])
    result, _ = run(content, "rename", "mice", "barn-owls")
    assert "was the id of “Owls”" in result.output


def test_a_shelf_with_faults_is_left_alone(content):
    (content / "papers" / "bad.yml").write_text("title: [\n")
    result, _ = run(content, "rename", "owls", "x")
    assert "nothing was changed" in result.output


@pytest.mark.parametrize(
    ("text", "ids", "after"),
    [
        ("- id: a\n  start_here: [x]\n", {"x": "y"}, "- id: a\n  start_here: [y]\n"),
        ("- id: a\n  start_here: [x, z, w]\n", {"w": ""}, "- id: a\n  start_here: [x, z]\n"),
        ("- id: a\n  start_here:\n  - x\n  - 'z'\n", {"z": ""}, "- id: a\n  start_here:\n  - x\n"),
        ('- id: a\n  start_here:\n  - x\n  - "z" # z', {"z": "y"}, '- id: a\n  start_here:\n  - x\n  - "y" # z'),
        ("- id: x\n  rules: [x]\n", {"x": "y"}, "- id: x\n  rules: [x]\n"),
        ("", {"x": "y"}, ""),
    ],
)  # fmt: skip
def test_reading_paths_are_edited_as_text(text, ids, after):
    assert edit_steps(text, ids) == after


def test_a_reading_path_is_never_left_empty():
    with pytest.raises(StepError, match="the edit would leave start_here without steps"):
        edit_steps("- id: a\n  start_here: [x]\n", {"x": ""})


def test_a_merge_says_what_it_changes_and_what_nothing_keeps(content):
    (content / "papers" / "night.yml").write_text(
        "title: Night Owls # from a list\nvenue: Nights\nnote: Read it at night.\nstatus: withdrawn\nstatus_note: They slept.\nfeatured: true\n# Ask Jane.\n"
    )
    result, files = run(content, "merge", "night", "owls")
    lines = [line for line in result.output.splitlines() if not line.startswith(" ")]
    assert lines == [
        "papers/night.yml:1: note [not-kept] title of owls stays unchanged, and “Night Owls” is not kept",
        "papers/night.yml:1: note [not-kept] venue of owls stays unchanged, and “Nights” is not kept",
        "papers/night.yml:1: note [status-changed] owls is now withdrawn, as night was",
        "night is merged into owls: deleted papers/night.yml, wrote papers/owls.yml",
        "papers/night.yml:1: note [not-kept] the comments of papers/night.yml are deleted with the file: # from a list; # Ask Jane.",
    ]
    assert files["papers/owls.yml"] == FILES["papers/owls.yml"] + (
        "status: withdrawn\nstatus_note: They slept.\naliases:\n- night\nfeatured: true\nnote: Read it at night.\n"
    )


def test_a_merge_does_not_take_over_that_a_record_was_removed(content):
    run(content, "remove", "owls", "--note", "Twice here.")
    result, files = run(content, "merge", "owls", "mice")
    assert "status of mice stays unchanged, and “removed” is not kept" in result.output
    assert "status_note of mice stays unchanged, and “Twice here.” is not kept" in result.output
    assert "status" not in files["papers/many.jsonl"].splitlines()[0]


def test_two_records_of_one_identifier_can_be_merged(content):
    (content / "papers" / "twin.yml").write_text("title: Owls\nlinks: {doi: 10.1000/owls}\n")
    assert "duplicate-paper" in CliRunner().invoke(main, ["check", "--content", str(content)]).output
    refused, _ = run(content, "rename", "twin", "x")
    assert refused.exit_code == 1
    result, files = run(content, "merge", "twin", "owls")
    assert result.exit_code == 0
    assert "papers/twin.yml" not in files


@pytest.mark.parametrize(
    ("own", "kept"),
    [("", "withdrawn"), ("status: superseded\nsuperseded_by: mice\n", "withdrawn"), ("status: active\n", "active"), ("status: removed\n", "removed")],
)  # fmt: skip
def test_a_merge_loses_no_withdrawal_without_a_warning(content, own, kept):
    (content / "papers" / "owls.yml").write_text(f"title: Owls\n{own}")
    (content / "papers" / "night.yml").write_text(
        "title: Night Owls\nstatus: withdrawn\nstatus_note: They slept.\n"
    )
    result, _ = run(content, "merge", "night", "owls")
    paper = load_content(content)[0].papers["owls"]
    assert (paper.status, paper.status_note) == (kept, "They slept." if kept == "withdrawn" else "")
    said = f"warning [status-disputed] night was withdrawn, but owls has the status {kept}, which stays"
    assert (said in result.output) == (kept != "withdrawn"), result.output
    assert ("owls is now withdrawn, as night was" in result.output) == (kept == "withdrawn")
