"""Jobs of the workflows, run here: the same scripts, in a clone of an invented index, with a `gh` that only takes notes."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import yaml
from commands import write_command
from guard.sitecustomize import RECORD
from loopback import GUARD

ROOT = Path(__file__).parent.parent.parent
WORKFLOWS = ROOT / ".github" / "workflows"
_EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")
_GH = """#!{python}
import json, os, pathlib, sys
place = pathlib.Path(os.environ["GH_NOTES"])
arguments = sys.argv[1:]
bodies = [pathlib.Path(arguments[n + 1]).read_text() for n, a in enumerate(arguments) if a == "--body-file"]
bodies += [pathlib.Path(a.removeprefix("body=@")).read_text() for a in arguments if a.startswith("body=@")]
with (place / "notes.jsonl").open("a") as notes:
    notes.write(json.dumps({{"call": arguments, "body": "".join(bodies)}}) + "\\n")
answers = json.loads((place / "answers.json").read_text()) if (place / "answers.json").exists() else {{}}
answer = answers.get(" ".join(arguments[:2]), "[]" if "list" in arguments else "")
if answer and "--json" in arguments:
    fields = arguments[arguments.index("--json") + 1].split(",")
    answer = json.dumps([{{name: entry[name] for name in fields}} for entry in json.loads(answer)])
if answer is False:
    sys.exit("GraphQL: not permitted")
print(answer)
"""


def load(name):
    """Return a workflow; YAML 1.1 reads the key `on` as true."""
    values = yaml.safe_load((WORKFLOWS / name).read_text())
    return {"on": values.pop(True), **values}


def list_steps(values):
    """Return the steps of all jobs."""
    return [step for job in values["jobs"].values() for step in job["steps"]]


def evaluate(expression, values):
    """Return the first part of an expression with `||` that is something; outputs of steps may be missing."""
    parts = expression.split(" || ")
    found = (
        part.strip("'") if part[0] == "'" else values.get(part, "") if ".outputs." in part else values[part]
        for part in parts
    )  # fmt: skip
    return next(filter(None, found), "")


class Clone:
    """A clone of an index with its origin beside it."""

    def __init__(self, place):
        self.place, self.folder = place, place / "work"
        shutil.copytree(ROOT / "generator" / "scaffold", self.folder)
        bin_folder = self.folder / ".venv" / "bin"
        bin_folder.mkdir(parents=True)
        tools = place / "tools"
        tools.mkdir()
        write_command(bin_folder / "papershelf", "generator")
        self._write(tools / "gh", _GH.format(python=sys.executable))
        self.env = {
            **{name: os.environ[name] for name in ("PATH", "LANG", RECORD) if name in os.environ},
            "HOME": str(place), "PYTHONPATH": f"{GUARD}{os.pathsep}{ROOT}", "GH_NOTES": str(place), "NO_MKDOCS_2_WARNING": "1",
            "GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@example.org",
        }  # fmt: skip
        self.env["PATH"] = f"{tools}{os.pathsep}{self.env['PATH']}"
        subprocess.run(["git", "init", "-q", "--bare", "-b", "main", place / "origin"], check=True)
        for command in (
            ["init", "-q", "-b", "main"],
            ["config", "user.name", "Ada"],
            ["config", "user.email", "ada@example.org"],
            ["remote", "add", "origin", str(place / "origin")],
        ):
            self.git(*command)
        self.papershelf("check", "--update-ledger")
        self.commit("Begin")
        self.git("push", "-q", "origin", "main")

    def copy_to(self, place):
        """Return a copy with an origin and notes of its own."""
        copy = object.__new__(type(self))
        copy.place, copy.folder = place, place / "work"
        shutil.copytree(self.place, place, symlinks=True, dirs_exist_ok=True)
        copy.env = {name: text.replace(str(self.place), str(place)) for name, text in self.env.items()}
        copy.git("remote", "set-url", "origin", str(place / "origin"))
        return copy

    @staticmethod
    def _write(path, text):
        path.write_text(text)
        path.chmod(0o755)

    def run(self, *command, check=True):
        done = subprocess.run(
            [*map(str, command)], cwd=self.folder, env=self.env, capture_output=True, text=True, check=False
        )
        assert not check or done.returncode == 0, done.stdout + done.stderr
        return done

    def git(self, *arguments, check=True):
        return self.run("git", *arguments, check=check)

    def papershelf(self, *arguments, check=True):
        return self.run(".venv/bin/papershelf", *arguments, check=check)

    def stand_in(self, words, said, code):
        """Let a script answer a command that would use the network."""
        self._wrap(f'case "$*" in "{words}"*) echo "{said}"; date > content/links.csv; exit {code};; esac')

    def add_words(self, verb, *words):
        """Give a verb more words wherever it is called."""
        self._wrap(f'case "$1" in "{verb}") set -- "$@" {" ".join(words)};; esac')

    def _wrap(self, script):
        file = self.folder / ".venv" / "bin" / "papershelf"
        real = file.rename(file.with_name(f"real-{len(list(file.parent.iterdir()))}"))
        self._write(file, f'#!/bin/sh\n{script}\nexec {real} "$@"\n')

    def commit(self, message):
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)

    def go_home(self):
        """Leave the working tree as a fresh checkout of the main branch."""
        self.git("switch", "-q", "--discard-changes", "main")

    def check_out(self, name):
        """Make the working tree anew, with as much of the history as a workflow asks for."""
        uses = [
            step for step in list_steps(load(name)) if step.get("uses", "").startswith("actions/checkout@")
        ]
        depth = int(uses[0]["with"].get("fetch-depth", 1))
        old = self.folder.rename(self.place / "old")
        shallow = ["--depth", str(depth)] if depth else []
        subprocess.run(
            ["git", "clone", "-q", *shallow, f"file://{self.place}/origin", self.folder], check=True
        )
        (old / ".venv").rename(self.folder / ".venv")
        shutil.rmtree(old)

    def branches(self):
        return self.git("ls-remote", "--heads", "origin").stdout.split("refs/heads/")[1:]

    def changed_in(self, branch):
        return self.git("diff", "--name-status", "main", f"origin/{branch}").stdout.split("\n")[:-1]

    @property
    def notes(self):
        file = self.place / "notes.jsonl"
        return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []

    def answer(self, **answers):
        """Say what `gh` answers, by its first two words with an underscore between."""
        named = {name.replace("_", " "): text for name, text in answers.items()}
        (self.place / "answers.json").write_text(json.dumps(named))

    def run_job(self, name, expressions):
        """Run the scripts of a workflow's job as a runner does, and return its outcome; actions are left out."""
        (job,) = load(name)["jobs"].values()
        outcomes, failed = {}, False
        temporary = self.place / "temporary"
        shutil.rmtree(temporary, ignore_errors=True)
        temporary.mkdir()
        values = {"github.token": "none", "steps.setup.outcome": "success", **expressions}
        for step in job["steps"]:
            condition, _, other = (
                step.get("if", "success()").removeprefix("${{ ").removesuffix(" }}").partition(" && ")
            )
            wanted = {"success()": not failed, "failure()": failed, "always()": True, "!cancelled()": True}[
                condition
            ]
            wanted = wanted and (not other or values[other.removesuffix(" == 'success'")] == "success")
            if "uses" in step:
                outcomes |= (
                    {step["uses"].partition("@")[0]: subprocess.CompletedProcess([], 0, "", "")}
                    if wanted
                    else {}
                )
            if "uses" in step or step["run"] == "make setup" or not wanted:
                continue
            settings = {**job.get("env", {}), **step.get("env", {})}
            settings |= {
                "GITHUB_STEP_SUMMARY": self.place / "summary.md",
                "GITHUB_EVENT_PATH": self.place / "event.json",
                "GITHUB_OUTPUT": self.place / "output",
                "RUNNER_TEMP": temporary,
            }
            (self.place / "output").write_text("")
            env = {
                key: _EXPRESSION.sub(lambda m: evaluate(m[1], values), str(text))
                for key, text in settings.items()
            }
            done = subprocess.run(
                ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"]],
                cwd=self.folder, env={**self.env, **env}, capture_output=True, text=True, check=False,
            )  # fmt: skip
            outcomes[step.get("name", step["run"])] = done
            if "id" in step:
                values[f"steps.{step['id']}.outcome"] = "failure" if done.returncode else "success"
                for line in (self.place / "output").read_text().splitlines():
                    name, _, value = line.partition("=")
                    values[f"steps.{step['id']}.outputs.{name}"] = value
            failed = failed or (done.returncode != 0 and not step.get("continue-on-error"))
        return ("failure" if failed else "success"), outcomes
