"""A source stays a source: `papershelf sync` reads all of them again, and says what changed and what left."""

import subprocess

import pytest
import yaml
from click.testing import CliRunner

from generator.cli import main
from generator.pipeline import load_content

LIST = """# Birds
## Owls
- [Owls at Night](https://arxiv.org/abs/2301.00001) Jane Doe, Max Wren. ICML 2023
- [Owls by Day](https://arxiv.org/abs/2301.00002)
## Wrens
- [Wrens in Rain](https://arxiv.org/abs/2301.00003)
"""


@pytest.fixture
def content(shelf_on_disk, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    content = shelf_on_disk({"shelf.yml": "format: 1\n", "sources.txt": "readme list.md topics=sections\n"})
    (content / "list.md").write_text(LIST)
    return content


def sync(content, *arguments, code=0):
    result = CliRunner().invoke(main, ["sync", *arguments, "--content", str(content)])
    assert result.exit_code == code, result.output
    return result.output


def read(content):
    return {path: path.read_bytes() for path in content.rglob("*") if path.is_file()}


def load(content):
    shelf, _, problems = load_content(content)
    assert not [p for p in problems if p.severity == "error"], problems
    return shelf.papers


def test_a_second_run_changes_nothing_also_on_another_day(content, monkeypatch):
    output = sync(content)
    assert "3 entries = 3 new records" in output
    papers = load(content)
    assert {p.added for p in papers.values()} == {"2023-11-14"}
    assert [pin.id for pin in papers["wrens-in-rain"].topics] == ["wrens"]
    before = read(content)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    assert "0 records changed" in sync(content)
    assert read(content) == before


def test_corrections_on_both_sides_stay_one_paper(content):
    sync(content)
    record = content / "papers" / "owls-at-night.yml"
    record.write_text(record.read_text().replace("Owls at Night", "Owls at Midnight"))
    (content / "list.md").write_text(
        "# Birds\n## Owls\n- [New Owls](https://arxiv.org/abs/2301.00009)\n"
        + LIST.partition("## Owls\n")[2]
        .replace("Owls at Night", "Owls in the Night")
        .replace("ICML", "NeurIPS")
    )
    output = sync(content)
    papers = load(content)
    assert len(papers) == 4
    paper = papers["owls-at-night"]
    assert (paper.title, paper.venue) == ("Owls at Midnight", "ICML")
    assert len(paper.sources) == 1
    assert paper.sources[0].claims["title"] == "Owls in the Night"
    assert "now says “Owls in the Night”; the record stays unchanged" in output
    assert "source-differs" not in sync(content)


def test_new_facts_fill_gaps(content):
    sync(content)
    (content / "list.md").write_text(
        LIST.replace("2301.00002)", "2301.00002) [[code]](https://github.com/birds/owls) CVPR 2024")
    )
    sync(content)
    paper = load(content)["owls-by-day"]
    assert paper.links["code"] == ("https://github.com/birds/owls",)
    assert (paper.venue, paper.published) == ("CVPR", "2024")


@pytest.mark.parametrize("rule", ["report", "mark", "remove"])
def test_what_left_the_source(content, rule):
    sync(content)
    before = read(content)
    (content / "list.md").write_text(LIST.replace("- [Owls by Day](https://arxiv.org/abs/2301.00002)\n", ""))
    output = sync(content, "--gone", rule)
    assert "owls-by-day came from list, entry arxiv:2301.00002, which has disappeared" in output
    after = {path: text for path, text in read(content).items() if path.name != "list.md"}
    changed = [path.name for path in after if before.get(path) != after[path]]
    assert changed == ([] if rule == "report" else ["owls-by-day.yml"])
    record = yaml.safe_load((content / "papers" / "owls-by-day.yml").read_text())
    assert (record["sources"][0].get("gone"), record.get("status")) == {
        "report": (None, None),
        "mark": ("2023-11-14", None),
        "remove": ("2023-11-14", "removed"),
    }[rule]
    if rule == "mark":
        assert "has disappeared" not in sync(content, "--gone", rule), "it is told once"
        (content / "list.md").write_text(LIST)
        sync(content)
        assert load(content)["owls-by-day"].sources[0].gone == ""


def test_a_paper_of_another_source_is_not_removed(content):
    sync(content)
    record = content / "papers" / "owls-by-day.yml"
    record.write_text(record.read_text() + "- name: by hand\n")
    (content / "list.md").write_text(LIST.replace("- [Owls by Day](https://arxiv.org/abs/2301.00002)\n", ""))
    sync(content, "--gone", "remove")
    assert load(content)["owls-by-day"].status == "active"


def test_a_broken_source_says_nothing_of_what_left(content):
    sync(content)
    (content / "list.md").write_text(LIST.partition("- [Owls by Day")[0] + "- [Owls by Day](https://arx")
    output = sync(content, "--gone", "remove", code=1)
    assert "the file has errors, so it was not checked for entries that have disappeared" in output
    assert {paper.status for paper in load(content).values()} == {"active"}


def test_without_sources_the_command_says_what_to_write(content):
    (content / "sources.txt").unlink()
    assert "create it with a line for each source" in sync(content, code=2)


def test_a_record_without_a_day_is_noted_and_dated_from_git(content):
    day = {"GIT_AUTHOR_DATE": "2022-02-03T10:00:00Z", "GIT_COMMITTER_DATE": "2022-02-03T10:00:00Z"}
    (content / "papers").mkdir(exist_ok=True)
    (content / "papers" / "mice.yml").write_text("title: Mice\n")
    (content / "papers" / "rats.yml").write_text("title: Rats\nadded: '2020-01-01'\n")

    def git(*arguments):
        command = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *arguments]
        subprocess.run(
            command, cwd=content, check=True, capture_output=True, env={"PATH": "/usr/bin:/bin", **day}
        )

    git("init", "-q")
    git("add", "-A")
    git("commit", "-qm", "First")
    (content / "papers" / "voles.yml").write_text("title: Voles\n")
    result = CliRunner().invoke(main, ["check", "--content", str(content)])
    assert "[no-added] 2 records have no `added`, the date of addition: mice, voles" in result.output
    result = CliRunner().invoke(main, ["upgrade", "--added", "--content", str(content)])
    assert result.exit_code == 0, result.output
    assert "1 record dated, 1 still without a date of addition" in result.output
    papers = load(content)
    assert {key: paper.added for key, paper in papers.items()} == {
        "mice": "2022-02-03", "rats": "2020-01-01", "voles": "",
    }  # fmt: skip
