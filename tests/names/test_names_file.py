"""`names.yml`: what it may hold, what is checked of it, and what edits of records change in it."""

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.editorial import NameEntry
from generator.pipeline import load_content
from generator.problems import Place

FILES = {
    "papers/owls.yml": "title: Owls\nauthors: [Jane Owl, Wei Wren]\nvenue: Nests 2024\n",
    "papers/mice.yml": "title: Mice\nauthors: [J. Owl, Wei Wren]\naliases: [old-mice]\n",
    "papers/bats.yml": "title: Bats\nauthors: [{name: Bo Bat, orcid: 0000-0002-1825-0097}]\n",
    "topics.yml": "[]\n",
    "urls.txt": "",
    "shelf.yml": "format: 1\n",
}
GOOD = """\
# Who is who
- name: Jane  Owl
  kind: author
  aliases: ["Owl, J.", J. Owl]
- {name: Robert Bat, kind: author, orcid: 0000-0002-1825-0097}
- {name: Wei Wren, kind: author, id: wei-wren-of-kiel, papers: [mice], note: Kiel}  # the other is not known
- name: Nests
  kind: venue
  aliases: [Proceedings of Nests]
"""


@pytest.fixture
def content(shelf_on_disk):
    return shelf_on_disk(FILES | {"names.yml": GOOD})


def check(content):
    return [(str(p.place), str(p.severity), p.code) for p in load_content(content)[2]]


def run(content, *arguments):
    return CliRunner().invoke(main, [*arguments, "--content", str(content)])


def test_an_entry_has_a_name_a_kind_and_more(content):
    assert check(content) == []
    entries = load_content(content)[0].names
    assert entries[0] == NameEntry(
        name="Jane Owl", kind="author", aliases=("Owl, J.", "J. Owl"), place=Place(file="names.yml", line=2)
    )
    assert [entry.slug for entry in entries] == ["jane-owl", "robert-bat", "wei-wren-of-kiel", "nests"]


def test_a_shelf_without_the_file_has_no_entries(content):
    (content / "names.yml").unlink()
    assert load_content(content)[0].names == ()


@pytest.mark.parametrize(
    ("text", "place", "code", "said"),
    [
        ("name: x", "names.yml:1", "bad-field", "a list of entries"),
        ("- x", "names.yml:1", "bad-field", "not a mapping"),
        ("- {kind: author}", "names.yml:1", "missing-field", "no name"),
        ("- {name: Jane Owl}", "names.yml:1", "missing-field", "no kind"),
        ("- name: Jane Owl\n  kind: person", "names.yml:2", "bad-field", "person"),
        ("- name: Jane Owl\n  kind: author\n  alias: x", "names.yml:3", "unknown-field", "'alias'"),
        ("- name: Jane Owl\n  kind: author\n  aliases: J. Owl", "names.yml:3", "bad-field", "aliases"),
        (f"- name: {'x' * 501}\n  kind: author", "names.yml:1", "too-long", "500"),
        ("- name: Nests\n  kind: venue\n  orcid: 0000-0002-1825-0097", "names.yml:3", "bad-field", "orcid is no field of the kind venue"),
        ("- name: Jane Owl\n  kind: author\n  orcid: 0000-0002-1825-0098", "names.yml:3", "bad-field", "no ORCID"),
        ("- name: Jane Owl\n  kind: author\n  id: Jane_Owl", "names.yml:3", "bad-id", "Jane_Owl"),
        ("- name: Jane Owl\n  kind: author\n  papers: [owls]", "names.yml:1", "missing-field", "no id"),
        ("- {name: Jane Owl, kind: author}\n- {name: jane owl, kind: author}", "names.yml:2", "duplicate-name", "the same address"),
        ("- {name: Jane Owl, kind: author, aliases: [J. Owl]}\n- {name: Wei Wren, kind: author, aliases: [j owl]}", "names.yml:2", "duplicate-name", "'j owl' is in two entries, also in that of 'Jane Owl' in line 1"),
        ("- {name: Jane Owl, kind: author, aliases: [J. Owl]}\n- {name: J. Owl, kind: author, aliases: [JO]}", "names.yml:2", "name-chain", "'J. Owl' is the name of one entry and an alias in another"),
        ("- {name: J. Owl, kind: author}\n- {name: Jane Owl, kind: author, aliases: [J. Owl]}", "names.yml:2", "name-chain", "'J. Owl'"),
        ("- {name: Wei Wren, kind: author, id: jane-owl, papers: [owls]}", "names.yml:1", "duplicate-name", "another author's list"),
        ("- {name: Wei Wren, kind: author, id: w, papers: [rats]}", "names.yml:1", "unknown-paper", "not on the shelf"),
        ("- {name: Wei Wren, kind: author, id: w, papers: [old-mice]}", "names.yml:1", "unknown-paper", "not on the shelf"),
        ("- {name: Wei Wren, kind: author, id: w, papers: [bats]}", "names.yml:1", "unknown-name", "no author of bats"),
        ("<<<<<<< a\n- x\n=======\n>>>>>>> b", "names.yml:1", "merge-conflict", ""),
    ],
)  # fmt: skip
def test_what_is_wrong_is_an_error_with_its_line(content, text, place, code, said):
    (content / "names.yml").write_text(text)
    problems = [p for p in load_content(content)[2] if p.severity == "error"]
    assert (str(problems[0].place), problems[0].code) == (place, code), problems
    assert said in problems[0].message
    assert len(problems) == 1 or code in {"duplicate-name", "merge-conflict"}


@pytest.mark.parametrize("kind", ["author", "venue", "dataset"])
def test_a_name_that_no_record_has_is_a_note_of_the_check(content, kind):
    (content / "names.yml").write_text(GOOD + f"- name: Nobody\n  kind: {kind}\n  aliases: [N.]\n")
    assert check(content) == []
    output = run(content, "check").output
    assert f"names.yml:10: note [unknown-name] no record names the {kind} 'Nobody' or an alias" in output
    assert output.count("unknown-name") == 1


def test_the_same_name_may_stand_in_two_entries_that_say_who_is_meant(content):
    two = "- {name: Wei Wren, kind: author, id: w1, papers: [owls]}\n- {name: Wei Wren, kind: author, id: w2, papers: [mice]}\n"
    (content / "names.yml").write_text(two)
    assert check(content) == []


def test_a_rename_changes_the_ids_and_nothing_else(content):
    result = run(content, "rename", "mice", "small-mice")
    assert "wrote names.yml" in result.output
    assert (content / "names.yml").read_text() == GOOD.replace("[mice]", "[small-mice]")
    assert check(content) == []


def test_the_paper_that_introduces_a_model_is_renamed_and_deleted(content):
    (content / "papers" / "bats.yml").write_text("title: BatNet and its Kin\n")
    (content / "names.yml").write_text("- {name: BatNet, kind: model, paper: mice}  # new\n")
    assert run(content, "rename", "mice", "small-mice").exit_code == 0
    assert (content / "names.yml").read_text() == "- {name: BatNet, kind: model, paper: small-mice}  # new\n"
    assert run(content, "remove", "small-mice", "--delete").exit_code == 0
    assert (content / "names.yml").read_text() == "- {name: BatNet, kind: model}  # new\n"


def test_the_only_paper_of_an_entry_is_not_deleted(content):
    result = run(content, "remove", "mice", "--delete")
    assert result.exit_code == 1
    assert "names.yml:6: the edit would leave 'Wei Wren' without papers" in result.output
    assert (content / "papers" / "mice.yml").exists()
    (content / "names.yml").write_text(GOOD.replace("[mice]", "[mice, owls]"))
    assert run(content, "remove", "mice", "--delete").exit_code == 0
    assert (content / "names.yml").read_text() == GOOD.replace("[mice]", "[owls]")
