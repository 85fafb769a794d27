"""The workflows and forms: what three checkers say of them, what they may, and that everything they call is there."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest
import yaml
from jobs import ROOT, WORKFLOWS, list_steps, load

from generator.cli import main
from generator.formats.issue_form.read import QUESTIONS

NAMES = sorted(path.name for path in WORKFLOWS.iterdir())
FORMS = ROOT / ".github" / "ISSUE_TEMPLATE"
SCAFFOLD = ROOT / "generator" / "scaffold"
OTHER = SCAFFOLD / ".github" / "workflows" / "deploy.yml"
"""The deployment of a new index, which has no tests of its own."""
TOOLS = Path(sys.executable).parent
_USES = re.compile(r"uses: ([\w-]+/[\w-]+)@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)$")
_LABEL = re.compile(r"github\.event\.label\.name == '([\w-]+)'")
SAMPLES = {
    "$SITE_URL": "https://example.org/",
    "$STATE": "open",
    "$NUMBER": "7",
    "$RUNNER_TEMP/report.txt": "report.txt",
    "$GITHUB_EVENT_PATH": "event.json",
}
_SAFE_TOOLS = {"printf", "head", "sed", "test", "grep", "echo"}


def check(*command):
    done = subprocess.run([TOOLS / command[0], *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_the_workflows_are_those_that_the_documentation_names():
    assert NAMES == ["ci.yml", "deploy.yml", "import.yml", "links.yml", "paper.yml", "preview.yml", "readme.yml", "release.yml"]  # fmt: skip


def test_zizmor_finds_nothing():
    checked = check("zizmor", "--pedantic", "--offline", "--no-progress", ".github", SCAFFOLD / ".github")
    assert "No findings" in checked
    assert checked.count("completed") == len(NAMES) + 3  # two dependabot.yml and the other deploy.yml


def test_actionlint_finds_nothing():
    check("actionlint", "-shellcheck=", "-pyflakes=", *(WORKFLOWS / name for name in NAMES), OTHER)


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("vendor.github-workflows", [*(WORKFLOWS / name for name in NAMES), OTHER]),
        ("custom.github-workflows-require-timeout", [*(WORKFLOWS / name for name in NAMES), OTHER]),
        ("vendor.github-issue-forms", [path for path in FORMS.iterdir() if path.name != "config.yml"]),
        ("vendor.github-issue-config", [FORMS / "config.yml"]),
        ("vendor.dependabot", [folder / ".github" / "dependabot.yml" for folder in (ROOT, SCAFFOLD)]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_published_schemas_are_kept(schema, files):
    assert files
    check("check-jsonschema", "--builtin-schema", schema, *map(str, files))


def test_each_action_is_pinned_to_one_commit():
    pins = {}
    for name in NAMES:
        for line in (WORKFLOWS / name).read_text().splitlines():
            if "uses:" in line:
                found = _USES.search(line)
                assert found, f"{name}: {line}"
                assert pins.setdefault(found[1], found.group(2, 3)) == found.group(2, 3), f"{name}: {line}"
    assert "actions/checkout" in pins


@pytest.mark.parametrize("name", NAMES)
def test_a_workflow_may_only_what_it_must(name):
    values = load(name)
    assert values["permissions"] == {}
    assert values["concurrency"]["cancel-in-progress"] is (name in {"ci.yml", "preview.yml"})
    writes = {scope for job in values["jobs"].values() for scope, level in job["permissions"].items() if level == "write"}  # fmt: skip
    assert (
        writes
        == {
            "ci.yml": set(),
            "preview.yml": set(),
            "deploy.yml": {"pages", "id-token"},
            "paper.yml": {"contents", "issues", "pull-requests"},
            "import.yml": {"contents", "pull-requests"},
            "readme.yml": {"contents", "pull-requests"},
            "links.yml": {"contents", "issues", "pull-requests"},
            "release.yml": {"contents"},
        }[name]
    )
    assert "pull_request_target" not in values["on"]
    assert "workflow_run" not in values["on"]
    for step in list_steps(values):
        assert "${{" not in step.get("run", ""), "values come in through the environment"
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False
        if "GH_TOKEN" in step.get("env", {}):
            assert re.search(r"papershelf (?:propose|tell|snapshot dist --release)", step["run"]), (
                "nothing else needs the token"
            )


def list_started_by_strangers(path):
    """Return the events of a workflow that anybody with an account can cause, and the label that a person must have put first."""
    values = load(path)
    events = values["on"] if isinstance(values["on"], dict) else dict.fromkeys(values["on"])
    ours = {"push", "schedule", "workflow_dispatch"}
    labels = {_LABEL.fullmatch(job.get("if", "")) for job in values["jobs"].values()}
    if events == {"issues": {"types": ["labeled"]}} and None not in labels:
        return set(), {found[1] for found in labels}
    return events.keys() - ours, set()


@pytest.mark.parametrize("path", [*(WORKFLOWS / name for name in NAMES), OTHER], ids=lambda path: path.name)
def test_what_strangers_do_starts_nothing_that_may_write(path):
    events, labels = list_started_by_strangers(path)
    assert events <= {"pull_request"}, "its token only reads where it comes from a fork"
    if events:
        for job in load(path)["jobs"].values():
            assert set(job["permissions"].values()) == {"read"}
    set_by_forms = {
        label for form in FORMS.iterdir() for label in yaml.safe_load(form.read_text()).get("labels", [])
    }
    assert not labels & set_by_forms, "GitHub gives them to the issue of any stranger"
    assert labels == ({"propose"} if path.name == "paper.yml" else set())


@pytest.mark.parametrize(
    "page", ["content/docs/publish.md", "content/docs/tutorial.md", "generator/scaffold/README.md"]
)
def test_the_documentation_says_which_label_to_make(page):
    assert "*New label*: `propose`" in (ROOT / page).read_text()


def split_commands(script):
    """Return the simple commands of a script, as words."""
    commands = [[]]
    for word in shlex.split(re.sub(r"\d?>+&?\d?", " > ", script).replace("$(", " ; ").replace(";", " ; ")):
        if word in {"&&", "||", ";", "{", "}", "|", "if", "then", "fi"}:
            commands.append([])
        else:
            commands[-1].append(word)
    return [command for command in commands if command]


@pytest.mark.parametrize("name", NAMES)
def test_every_step_calls_what_there_is(name):
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for step in list_steps(load(name)):
        for command in split_commands(step.get("run", "")):
            words = command[: command.index(">")] if ">" in command else command
            if words[0] == "make":
                assert set(words[1:]) <= targets, words
            elif words[0] == ".venv/bin/papershelf":
                verb = main.get_command(None, words[1])
                with click.Context(main, info_name="papershelf", **main.context_settings) as parent:
                    verb.make_context(words[1], [SAMPLES.get(word, word) for word in words[2:]], parent=parent)  # fmt: skip
            else:
                assert words[0] in _SAFE_TOOLS | {"date"}, words


@pytest.mark.parametrize("name", NAMES)
def test_no_step_writes_to_a_file_that_a_commit_may_have_put_there(name):
    """A link in the place of a report would have the shell write where it leads."""
    for step in list_steps(load(name)):
        targets = re.findall(r"(?<![0-9&])>+ *([^ ;&|]+)", step.get("run", ""))
        assert all(target.startswith(('"$RUNNER_TEMP/', '"$GITHUB_')) for target in targets), targets


def test_a_new_index_is_deployed_as_this_one_is():
    """Neither waits for tests, which are of the code and of the index that comes with it."""
    own = (WORKFLOWS / "deploy.yml").read_text()
    assert own.replace("make site", ".venv/bin/papershelf build") == OTHER.read_text()


def test_the_form_asks_what_the_importer_reads():
    fields = yaml.safe_load((FORMS / "paper.yml").read_text())["body"]
    assert tuple(field["attributes"]["label"] for field in fields) == QUESTIONS
    fix = yaml.safe_load((FORMS / "fix.yml").read_text())["body"]
    assert (fix[0]["id"], fix[0]["attributes"]["label"]) == ("record", "Record")
    assert "template=fix.yml&record=" in (ROOT / "theme_overrides" / "partials" / "edit.html").read_text()
