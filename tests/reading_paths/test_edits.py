"""Reading paths and the records that they name: what is checked, and what `rename`, `merge` and `remove` do to them."""

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.pipeline import load_content

FILES = {
    "papers/owls.yml": "title: Owls of 24 Nests\nsummary: Owls hunt 1,200 mice.\nadded: '2025-01-01'\n",
    "papers/mice.yml": "title: Mice\nabstract: Mice have 7 ways out.\naliases: [old-mice]\nadded: '2025-01-01'\n",
    "papers/wrens.yml": "title: Wrens\nsummary: Wrens sing.\nadded: '2025-01-01'\n",
    "papers/gone.yml": "title: Gone\nstatus: removed\nadded: '2025-01-01'\n",
    "urls.txt": "",
    "shelf.yml": "format: 1\n",
}
PATHS = """\
# For beginners.
- id: night
  name: Night
  lead: Of 24 nests and 7 ways.   # all of it
  steps:
    - paper: owls  # the first
      why: They hunt 1200 mice.
    - {paper: mice, why: "They know 7 ways out."}
- id: day
  name: Day
  lead: By day.
  steps:
  - {why: They sing., paper: wrens}
  - {why: They sleep., paper: owls}
"""


@pytest.fixture
def content(shelf_on_disk):
    return shelf_on_disk(FILES | {"paths.yml": PATHS})


def check(content):
    return [(str(p.place), p.severity.value, p.code, p.message, p.hint) for p in load_content(content)[2]]


def write(content, old, new):
    text = (content / "paths.yml").read_text()
    assert old in text
    (content / "paths.yml").write_text(text.replace(old, new))


def run(content, *arguments):
    return CliRunner().invoke(main, [*arguments, "--content", str(content)])


def test_good_paths_have_no_problems(content):
    assert check(content) == []
    assert list(load_content(content)[0].reading_paths) == ["night", "day"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("paper: wrens", "paper: rats", (13, "unknown-paper", "the path day names 'rats', which is not on the shelf", "write the id of a record")),
        ("paper: mice", "paper: old-mice", (8, "unknown-paper", "'old-mice', which is not on the shelf", "its id is mice now")),
        ("1200 mice", "1,201 mice", (7, "unfounded-figure", "“1201” does not stand in owls", "correct it")),
        ("They sing", "They sing 7 songs", (13, "unfounded-figure", "“7” does not stand in wrens", "correct it")),
        ("Of 24 nests", "Of 25 nests", (2, "unfounded-figure", "“25” does not stand in a paper of the path night", "correct it")),
    ],
)  # fmt: skip
def test_what_a_path_names_and_counts_is_checked(content, old, new, expected):
    line, code, said, hint = expected
    write(content, old, new)
    (problem,) = check(content)
    assert problem[:3] == (f"paths.yml:{line}", "error", code)
    assert said in problem[3]
    assert hint in problem[4]


def test_a_removed_paper_is_a_warning(content):
    write(content, "paper: wrens", "paper: gone")
    (problem,) = check(content)
    assert problem[:3] == ("paths.yml:13", "warning", "unknown-paper")
    assert "'gone', which was removed" in problem[3]


def test_an_error_of_a_record_brings_no_others(content):
    (content / "papers" / "owls.yml").write_text("titel: Owls\n")
    assert {problem[2] for problem in check(content)} == {"missing-field", "unknown-field"}


def test_a_rename_changes_the_ids_and_nothing_else(content):
    result = run(content, "rename", "owls", "night-owls")
    assert result.exit_code == 0, result.output
    assert "wrote paths.yml" in result.output
    assert (content / "paths.yml").read_text() == PATHS.replace("paper: owls", "paper: night-owls")
    assert check(content) == []


def test_a_rename_of_another_paper_leaves_the_file(content):
    write(content, "paper: wrens", "paper: mice")
    write(content, "They sing.", "They eat.")
    result = run(content, "rename", "wrens", "small-wrens")
    assert result.exit_code == 0, result.output
    assert "paths.yml" not in result.output


def test_a_merge_points_the_step_to_the_record_that_stays(content):
    (content / "papers" / "rats.yml").write_text("title: Rats\nsummary: They have 7 ways.\n")
    result = run(content, "merge", "mice", "rats")
    assert result.exit_code == 0, result.output
    assert (content / "paths.yml").read_text() == PATHS.replace("paper: mice", "paper: rats")


@pytest.mark.parametrize(
    ("into", "summary", "said"),
    [
        ("rats", "They have many ways.", "paths.yml:8: “7” does not stand in rats; edit this path by hand first"),
        ("owls", "", "paths.yml:8: the path night names both mice and owls; take one of the two out by hand first"),
    ],
)  # fmt: skip
def test_a_merge_that_a_path_does_not_survive_is_refused(content, into, summary, said):
    if summary:
        (content / "papers" / f"{into}.yml").write_text(f"title: Rats\nsummary: {summary}\n")
        (content / "papers" / "mice.yml").write_text("title: Mice\nsummary: Mice have 7 ways out.\n")
    result = run(content, "merge", "mice", into)
    assert result.exit_code == 1
    assert said in result.output
    assert (content / "papers" / "mice.yml").exists()
    assert (content / "paths.yml").read_text() == PATHS


def test_a_paper_of_a_path_is_not_deleted_and_its_removal_warns(content):
    result = run(content, "remove", "mice", "--delete")
    assert result.exit_code == 1
    assert "paths.yml:8: the path night names mice; edit it by hand first" in result.output
    assert (content / "papers" / "mice.yml").exists()
    result = run(content, "remove", "mice")
    assert result.exit_code == 0
    assert (
        "paths.yml:8: warning [unknown-paper] the path night names 'mice', which was removed" in result.output
    )
