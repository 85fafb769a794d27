"""`python -OO`, which drops docstrings and asserts, changes nothing that anybody reads."""

import pytest
from commands import run_module
from support import fingerprint

from generator.cli import VERBS as COMMANDS
from generator.cli import main
from generator.exports.texts import EXPORTS


def run(optimise, module, *arguments, cwd):
    done = run_module(module, arguments, cwd=cwd, optimise=optimise)
    assert done.returncode == 0, done.stderr
    return done


@pytest.fixture(scope="module")
def indexes(tmp_path_factory, make_small_index):
    """Return two equal indexes with a built site and a tree, the second of them made by an optimised Python."""
    folders = []
    for optimise in ("", "2"):
        folder = make_small_index(tmp_path_factory.mktemp("index"))
        for command in (["mkdocs", "build", "--strict"], ["generator", "generate", "tree"]):
            run(optimise, *command, cwd=folder)
        folders.append(folder)
    return folders


@pytest.mark.parametrize("made", ["site", "tree"])
def test_what_is_built_has_the_same_bytes(indexes, made):
    plain, optimised = (fingerprint(folder / made) for folder in indexes)
    assert len(plain) > 20
    assert optimised == plain


@pytest.mark.parametrize("words", [["stats"], ["topics"], ["check"], *(["export", form] for form in EXPORTS)], ids=" ".join)  # fmt: skip
def test_what_is_said_is_the_same(indexes, words):
    plain, optimised = (run(o, "generator", *words, cwd=indexes[0]) for o in ("", "2"))
    assert (optimised.stdout, optimised.stderr) == (plain.stdout, plain.stderr)


def test_every_verb_has_its_help(tmp_path):
    plain, optimised = (run(o, "command_help", cwd=tmp_path) for o in ("", "2"))
    assert optimised.stderr == "2\n"
    assert optimised.stdout == plain.stdout
    assert all(command.help for command in (main, *(main.get_command(None, name) for name in COMMANDS)))
