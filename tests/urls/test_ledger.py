"""The ledger in git: two branches that both add to it merge without a conflict, to the same file whichever way."""

import itertools
import json
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.urls.ledger import parse_ledger, render_ledger

ROOT = Path(__file__).parent.parent.parent
TOPICS = "- {id: birds, name: Birds, rules: [hunt]}\n- {id: night, name: Night, rules: [Larks]}\n"


def record(title, **more):
    return json.dumps({"title": title, "summary": f"{title} hunt.", "added": "2025-01-02"} | more)


class Repository:
    """A clone of an index."""

    def __init__(self, folder):
        self.folder, self.content = folder, folder / "content"

    def git(self, *arguments, check=True):
        who = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "core.hooksPath=/dev/null")
        done = subprocess.run(
            ["git", *who, *arguments], cwd=self.folder, capture_output=True, text=True, check=False
        )
        assert not check or done.returncode == 0, done.stdout + done.stderr
        return done

    def papershelf(self, *arguments):
        done = CliRunner().invoke(main, [*arguments, "--content", str(self.content)])
        assert done.exit_code == 0, done.output
        return done

    def commit(self, branch, change):
        """Change the shelf on a new branch of the first commit, and add the new addresses to the ledger."""
        self.git("switch", "-q", "-c", branch, "begin")
        change(self)
        self.papershelf("check", "--update-ledger")
        self.git("add", "-A")
        self.git("commit", "-q", "-m", branch)

    def join(self, one, two, how):
        """Return the ledger after two branches came together, as it is written with the next update."""
        self.git("switch", "-q", "-C", "joined", one)
        if how == "rebase":
            self.git("switch", "-q", "-C", "joined", two)
            self.git("rebase", "-q", one)
        elif how == "squash":
            self.git("merge", "-q", "--squash", two)
            self.git("commit", "-q", "-m", "Squash")
        else:
            self.git("merge", "-q", "-m", "Merge", two)
        assert "<<<<<<<" not in (self.content / "urls.txt").read_text()
        self.papershelf("check", "--strict")
        self.papershelf("check", "--update-ledger")
        ledger = (self.content / "urls.txt").read_text()
        self.git("restore", ".")
        return ledger


@pytest.fixture(params=[ROOT, ROOT / "generator" / "scaffold"], ids=["own", "scaffold"])
def repository(tmp_path, request):
    """Return an index in git with a ledger, and the attributes of this project or those of a new index."""
    made = Repository(tmp_path)
    (made.content / "papers").mkdir(parents=True)
    (tmp_path / ".gitattributes").write_bytes((request.param / ".gitattributes").read_bytes())
    for bird in ("Owls", "Wrens", "Robins"):
        (made.content / "papers" / f"{bird.lower()}.yml").write_text(record(f"{bird} in Snow"))
    (made.content / "topics.yml").write_text(TOPICS)
    made.git("init", "-q", "-b", "main")
    made.papershelf("check", "--update-ledger")
    made.git("add", "-A")
    made.git("commit", "-q", "-m", "Begin")
    made.git("tag", "begin")
    return made


def add(*titles):
    def change(repository):
        for title in titles:
            file = repository.content / "papers" / f"{title.lower().replace(' ', '-')}.yml"
            file.write_text(record(title))

    return change


def retitle(repository):
    (repository.content / "papers" / "robins.yml").write_text(record("Robins in Deep Snow"))


CHANGES = {
    "two papers at the same place": (add("Owls A"), add("Owls B")),
    "several papers each, some the same": (add("Robins A", "Robins C", "Wrens X"), add("Robins B", "Robins C", "Wrens Y")),
    "a title beside a new paper": (retitle, add("Robins A", "Pipits")),
    "a removed paper beside a new one": (lambda r: r.papershelf("remove", "robins", "--delete"), add("Robins A", "Pipits")),
    "a renamed paper beside a new one": (lambda r: r.papershelf("rename", "robins", "robins-b"), add("Robins A")),
    "a first paper of a topic and of a year": (add("Larks"), lambda r: (r.content / "papers" / "larks-b.yml").write_text(record("Larks B", published="2020"))),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_two_branches_that_update_the_ledger_merge_to_the_same_file(repository, name):
    one, two = CHANGES[name]
    repository.commit("one", one)
    repository.commit("two", two)
    ways = itertools.product(("merge", "squash", "rebase"), (("one", "two"), ("two", "one")))
    ledgers = {repository.join(*pair, how) for how, pair in ways}
    assert len(ledgers) == 1
    (text,) = ledgers
    for branch in ("begin", "one", "two"):
        before, _ = parse_ledger(repository.git("show", f"{branch}:content/urls.txt").stdout, file="urls.txt")
        after, problems = parse_ledger(text, file="urls.txt")
        assert not problems
        assert before.keys() <= after.keys(), "nothing is lost"
        assert {a for a in before if before[a].removed} <= {a for a in after if after[a].removed}
    assert text == render_ledger(after)


def test_without_the_attribute_they_conflict(repository):
    """The tests above are of something: this is what a reader of git expects of neighbouring additions."""
    (repository.folder / ".gitattributes").unlink()
    repository.git("commit", "-q", "-a", "-m", "No attributes")
    repository.git("tag", "--force", "begin")
    one, two = CHANGES["two papers at the same place"]
    repository.commit("one", one)
    repository.commit("two", two)
    assert "CONFLICT" in repository.git("merge", "one", check=False).stdout


LINES = [
    "papers/owls/\tOwls at Night\tdoi:10.1000/a",
    "papers/owls/\tOwls at Night\tarxiv:2401.00001",
    "papers/owls/\tOwls by Night\tarxiv:2401.00001\tremoved",
    "topics/birds/\tBirds",
    "topics/birds/\tFeathered friends",
]


def test_the_order_of_the_lines_does_not_matter():
    for lines in itertools.permutations(LINES):
        ledger, problems = parse_ledger("\n".join(lines), file="urls.txt")
        assert problems == ()
        assert render_ledger(ledger).splitlines()[1:] == [
            "papers/owls/\tOwls by Night\tarxiv:2401.00001 doi:10.1000/a\tremoved",
            "topics/birds/\tBirds",
        ]


def test_no_reason_of_a_removal_is_lost():
    marks = (
        "removed: They asked",
        "removed: A twin; Not ours",
        "removed",
        "removed: They asked",
        "removed: A twin",
    )
    lines = [f"papers/owls/\tOwls\t\t{mark}" for mark in marks]
    for order in itertools.permutations(lines):
        ledger, problems = parse_ledger("\n".join(order), file="urls.txt")
        assert problems == ()
        text = render_ledger(ledger)
        assert text.splitlines()[1:] == ["papers/owls/\tOwls\t\tremoved: A twin; Not ours; They asked"]
        assert render_ledger(parse_ledger(text, file="urls.txt")[0]) == text


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("papers/owls/\tOwls at Night", "papers/owls/\tWhales by Day"),
        ("papers/a/\tEditorial\tdoi:10.1000/a\tremoved", "papers/a/\tEditorial\tdoi:10.1000/b"),
    ],
)
def test_two_papers_at_one_address_are_an_error_either_way(one, two):
    for lines in ((one, two), (two, one)):
        ledger, (problem,) = parse_ledger("\n".join(lines), file="urls.txt")
        assert (problem.code, str(problem.place)) == ("bad-address", "urls.txt:2")
        assert "line 1 has another paper at this URL" in problem.message
        assert [what.line for what in ledger.values()] == [1]


def test_the_verb_says_that_no_pull_request_needs_it(repository):
    add("Larks")(repository)
    said = repository.papershelf("check", "--update-ledger")
    assert "A pull request does not need to change it." in said.output
    assert "A pull request" not in repository.papershelf("check", "--update-ledger").output
