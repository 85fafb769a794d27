"""Overviews of topics: what their files may hold, what is checked of them, and what edits of records change in them."""

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.pipeline import load_content
from generator.topics.overview_check import list_figures
from generator.topics.overviews import parse_overview

FILES = {
    "papers/owls.yml": "title: Owls of 24 Nests\nsummary: Owls hunt 1,200 mice in 3.5 nights.\nadded: '2025-01-01'\n",
    "papers/mice.yml": "title: Mice\nabstract: Mice have 7 ways out.\naliases: [old-mice]\nadded: '2025-01-01'\n",
    "papers/gone.yml": "title: Gone\nstatus: removed\nadded: '2025-01-01'\n",
    "topics.yml": "- {id: birds, name: Birds, rules: [owl], aliases: [fowl]}\n- {id: small, name: Small, rules: [mice]}\n",
    "urls.txt": "",
    "shelf.yml": "format: 1\n",
}
GOOD = """\
[Owls](../papers/owls.md) catch 1200 mice in
3.5 nights. *All* [mice](../papers/mice.md) know **7** ways out, e.g. [holes](../papers/mice.md).

- A list about [small animals](../topics/small.md).
- Its [second item](../papers/owls.md) with 24 < 25 nests & mice of [7](../papers/mice.md).
"""


@pytest.fixture
def content(shelf_on_disk):
    return shelf_on_disk(FILES | {"overviews/birds.md": GOOD.replace(" < 25", "")})


def check(content):
    return [
        (str(problem.place), problem.severity, problem.code)
        for problem in load_content(content)[2]
        if problem.code != "no-ledger"
    ]


def run(content, *arguments):
    return CliRunner().invoke(main, [*arguments, "--content", str(content)])


def test_an_overview_is_paragraphs_and_lists_of_text_with_links():
    overview, problems = parse_overview(GOOD, file="overviews/birds.md")
    assert not problems
    assert [passage.is_item for passage in overview.passages] == [False, True, True]
    spans = [span for passage in overview.passages for span in passage.spans]
    assert [(s.text, s.line) for s in spans if s.paper == "mice"] == [("mice", 2), ("holes", 2), ("7", 5)]
    assert [(s.text, s.line) for s in spans if s.topic] == [("small animals", 4)]
    assert [s.text for s in spans if s.strong] == ["7"]
    assert [s.text for s in spans if s.emphasis] == ["All"]
    assert "".join(s.text for s in overview.passages[2].spans).endswith("with 24 < 25 nests & mice of 7.")


@pytest.mark.parametrize(
    ("text", "line", "code", "said"),
    [
        ("a\n\n# Owls", 3, "bad-overview", "a heading"),
        ("---\ntitle: Owls\n---\n", 1, "bad-overview", "a rule"),
        ("Owls\n<script>x</script>", 2, "bad-overview", "HTML"),
        ("<div onclick=x>\nOwls\n</div>", 1, "bad-overview", "HTML"),
        ("Owls <!-- x -->", 1, "bad-overview", "HTML"),
        ("![owl](owl.png)", 1, "bad-overview", "an image"),
        ("`owls`", 1, "bad-overview", "code"),
        ("```\nowls\n```", 1, "bad-overview", "code"),
        ("a\n\n    owls", 3, "bad-overview", "code"),
        ("> owls", 1, "bad-overview", "a quotation"),
        ("1. owls", 1, "bad-overview", "a numbered list"),
        ("- owls\n  - mice", 2, "bad-overview", "a list in a list"),
        (" \n", 0, "bad-overview", "empty"),
        ("a\n[x](https://a.example/)", 2, "bad-link", "https://a.example/"),
        ("<https://a.example/>", 1, "bad-link", "https://a.example/"),
        ("[x](owls.md)", 1, "bad-link", "owls.md"),
        ("[x](../papers/owls.md#a)", 1, "bad-link", "owls.md#a"),
        ("[x](../papers/../../owls.md)", 1, "bad-link", "owls.md"),
        ("a" * 20_001, 0, "too-long", "20,001"),
    ],
)
def test_anything_else_is_refused_with_its_line(text, line, code, said):
    overview, problems = parse_overview(text, file="overviews/birds.md")
    assert overview is None
    assert (problems[0].code, problems[0].severity, problems[0].place.line) == (code, "error", line)
    assert said in problems[0].message
    assert problems[0].hint


@pytest.mark.parametrize(
    "text", ["[x](javascript:x)", "[x]: ../papers/owls.md", "&lt;b&gt;", "{{ x }} {% y %}"]
)
def test_what_looks_like_more_is_text(text):
    overview, problems = parse_overview(text, file="overviews/birds.md")
    assert not problems
    assert not [span for span in overview.passages[0].spans if span.paper or span.topic]


def test_a_good_overview_has_no_problems(content):
    assert check(content) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[Rats](../papers/rats.md)", ("unknown-paper", 1, "not on the shelf", "write the id")),
        ("a\n[x](../papers/old-mice.md)", ("unknown-paper", 2, "not on the shelf", "its id is mice now")),
        ("[x](../topics/fowl.md)", ("unknown-topic", 1, "'fowl'", "its id is birds now")),
        ("[x](../topics/fish.md)", ("unknown-topic", 1, "'fish'", "the topics are birds, small")),
        ("[Owls](../papers/owls.md) catch\n1,201 mice.", ("unfounded-figure", 2, "“1201” does not stand in owls", "")),
        ("[Owls](../papers/owls.md) hunt. They catch 24.", ("unfounded-figure", 1, "“24” does not stand in a paper", "")),
        ("[Owls hunt. Mice](../papers/owls.md) are 24.", ("unfounded-figure", 1, "its sentence links to none", "")),
        ("All of [mice](../papers/mice.md)\nand [owls](../papers/owls.md) have 8.", ("unfounded-figure", 2, "in mice, owls", "")),
    ],
)  # fmt: skip
def test_what_an_overview_names_and_counts_is_checked(content, text, expected):
    (content / "overviews" / "birds.md").write_text(text)
    (problem,) = [p for p in load_content(content)[2] if p.severity == "error"]
    code, line, said, hint = expected
    assert (problem.code, str(problem.place)) == (code, f"overviews/birds.md:{line}")
    assert said in problem.message
    assert hint in problem.hint


def test_files_that_are_no_overview_of_a_topic_are_reported(content):
    for name, text in {"fish.md": "Fish.", "notes.txt": "x", ".hidden.md": "x"}.items():
        (content / "overviews" / name).write_text(text)
    (content / "overviews" / "small.md").write_text("<<<<<<< ours\na\n=======\nb\n>>>>>>> theirs\n")
    assert check(content) == [
        ("overviews/fish.md", "error", "unknown-topic"),
        ("overviews/notes.txt", "warning", "stray-file"),
        ("overviews/small.md:1", "error", "merge-conflict"),
    ]


def test_an_overview_that_leads_out_of_the_content_is_not_read(content, tmp_path):
    (tmp_path / "secret.md").write_text("Secret words.")
    (content / "overviews" / "small.md").symlink_to(tmp_path / "secret.md")
    assert check(content) == [("overviews/small.md", "error", "unreadable-file")]
    assert "small" not in load_content(content)[0].overviews


def test_an_error_of_a_record_brings_no_others(content):
    (content / "papers" / "owls.yml").write_text("titel: Owls\n")
    assert {code for _, _, code in check(content)} == {"missing-field", "unknown-field"}


def test_a_link_to_a_removed_paper_is_a_warning(content):
    (content / "overviews" / "birds.md").write_text("[This](../papers/gone.md) is gone.")
    assert check(content) == [("overviews/birds.md:1", "warning", "unknown-paper")]


def test_a_passage_without_a_paper_is_a_note_of_the_check(content):
    (content / "overviews" / "birds.md").write_text(
        "Birds fly. They sleep.\n\n[Owls](../papers/owls.md) hunt. All of\nthem sleep.\n\nSome sing. Others\ndo not.\n\nOpen: why."
    )
    assert check(content) == []
    result = run(content, "check")
    assert "overviews/birds.md:6: note [unlinked-passage]" in result.output
    assert "begins “Some sing.”" in result.output
    assert result.output.count("unlinked-passage") == 1


def test_figures_are_read_without_the_commas_of_thousands():
    assert [figure for figure, _ in list_figures("In 2,500,000 of $x^2$, 3.5 or 4M-21.")] == [
        "2500000",
        "2",
        "3.5",
        "4",
        "21",
    ]


def test_a_rename_and_a_merge_change_the_links_and_nothing_else(content):
    text = (content / "overviews" / "birds.md").read_text()
    result = run(content, "rename", "mice", "small-mice")
    assert "wrote overviews/birds.md" in result.output
    text = text.replace("papers/mice.md", "papers/small-mice.md")
    assert (content / "overviews" / "birds.md").read_text() == text
    (content / "papers" / "rats.yml").write_text("title: Rats\nsummary: They have 7 ways.\n")
    result = run(content, "merge", "small-mice", "rats")
    assert result.exit_code == 0, result.output
    assert (content / "overviews" / "birds.md").read_text() == text.replace(
        "papers/small-mice.md", "papers/rats.md"
    )
    assert check(content) == []


def test_a_merge_that_takes_a_figure_away_is_refused(content):
    (content / "papers" / "rats.yml").write_text("title: Rats\nabstract: They have many ways.\n")
    result = run(content, "merge", "mice", "rats")
    assert result.exit_code == 1
    assert "overviews/birds.md:2: “7” does not stand in rats; edit this text by hand first" in result.output
    assert (content / "papers" / "mice.yml").exists()


def test_a_paper_that_an_overview_links_to_is_not_deleted_and_its_removal_warns(content):
    result = run(content, "remove", "mice", "--delete")
    assert result.exit_code == 1
    assert "overviews/birds.md:2: an overview links to mice" in result.output
    assert (content / "papers" / "mice.yml").exists()
    result = run(content, "remove", "mice")
    assert result.exit_code == 0
    assert (
        "overviews/birds.md:2: warning [unknown-paper] this links to 'mice', which was removed"
        in result.output
    )
