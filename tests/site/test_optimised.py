"""`python -OO`, which drops docstrings and asserts, changes nothing that anybody reads."""

import os
import subprocess
import sys

import pytest
from support import fingerprint

from generator.cli import VERBS as COMMANDS
from generator.cli import main
from generator.exports.texts import EXPORTS

HELP = """
import sys
import click
from generator.cli import VERBS, main
for name, command in {"papershelf": main, **{name: main.get_command(None, name) for name in VERBS}}.items():
    with click.Context(command, info_name=name, terminal_width=100, **main.context_settings) as context:
        print(command.get_help(context))
print(sys.flags.optimize, file=sys.stderr)
"""


def run(optimise, *arguments, cwd):
    env = {**os.environ, "PYTHONOPTIMIZE": optimise}
    done = subprocess.run([sys.executable, *map(str, arguments)], cwd=cwd, env=env, capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done


@pytest.fixture(scope="module")
def indexes(tmp_path_factory, make_small_index):
    """Return two equal indexes with a built site and a tree, the second of them made by an optimised Python."""
    folders = []
    for optimise in ("", "2"):
        folder = make_small_index(tmp_path_factory.mktemp("index"))
        for command in (["mkdocs", "build", "--strict"], ["generator", "generate", "tree"]):
            run(optimise, "-m", *command, cwd=folder)
        folders.append(folder)
    return folders


@pytest.mark.parametrize("made", ["site", "tree"])
def test_what_is_built_has_the_same_bytes(indexes, made):
    plain, optimised = (fingerprint(folder / made) for folder in indexes)
    assert len(plain) > 20
    assert optimised == plain


@pytest.mark.parametrize("words", [["stats"], ["topics"], ["check"], *(["export", form] for form in EXPORTS)], ids=" ".join)  # fmt: skip
def test_what_is_said_is_the_same(indexes, words):
    plain, optimised = (run(o, "-m", "generator", *words, cwd=indexes[0]) for o in ("", "2"))
    assert (optimised.stdout, optimised.stderr) == (plain.stdout, plain.stderr)


def test_every_verb_has_its_help(tmp_path):
    plain, optimised = (run(o, "-c", HELP, cwd=tmp_path) for o in ("", "2"))
    assert optimised.stderr == "2\n"
    assert optimised.stdout == plain.stdout
    assert all(command.help for command in (main, *(main.get_command(None, name) for name in COMMANDS)))
