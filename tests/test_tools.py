"""`tests/install_tools.sh` names what the tests need and a machine lacks; it installs only as root on Debian."""

import os
import shutil
import subprocess

import pytest
from support import ROOT


@pytest.fixture
def ask(tmp_path):
    """Return a function that asks for a tool on a machine that has nothing but the given programs, and returns how that ends."""
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("id", "grep"):
        (tools / name).symlink_to(shutil.which(name))

    def run(*arguments, programs=None, **env):
        for name, text in (programs or {}).items():
            (tools / name).write_text(f"#!{shutil.which('sh')}\n{text}\n")
            (tools / name).chmod(0o755)
        return subprocess.run(
            [shutil.which("sh"), ROOT / "tests" / "install_tools.sh", *arguments],
            env={"PATH": os.fspath(tools)} | env,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["node"], "install nodejs 18 or newer, with npm"),
        (["java"], "install Java 11 or newer"),
        (["chromium", "no-python"], "Chromium: install it, or let CHROMIUM name one"),
    ],
    ids=["node", "java", "chromium"],
)
def test_what_is_missing_is_named(ask, arguments, said):
    result = ask(*arguments)
    assert result.returncode == 1
    assert said in result.stderr


def test_what_is_there_but_too_old_is_named(ask):
    node = ask("node", programs={"node": 'case "$1" in -e) exit 1 ;; *) echo v16.1.0 ;; esac', "npm": ""})
    java = ask("java", programs={"java": "exit 1"})
    assert (node.returncode, java.returncode) == (1, 1)
    assert "v16.1.0" in node.stderr
    assert "Java 11" in java.stderr


@pytest.mark.parametrize("chromium", ["chromium-headless-shell", "chromium", "chromium-browser"])
def test_what_is_there_is_enough(ask, chromium):
    programs = dict.fromkeys(("node", "npm", "java", chromium, "bibtex", "biber", "pdflatex"), "exit 0")
    for arguments in (["node"], ["java"], ["chromium", "no-python"], ["tex"]):
        result = ask(*arguments, programs=programs)
        assert (result.returncode, result.stderr) == (0, "")


def test_without_tex_one_test_is_skipped(ask):
    result = ask("tex", programs={"bibtex": ""})
    assert result.returncode == 0
    assert "The test of BibTeX exports is skipped" in result.stderr


def test_a_chromium_that_is_named_must_be_there(ask):
    result = ask("chromium", "no-python", programs={"chromium": ""}, CHROMIUM="/no/chromium")
    assert result.returncode == 1
    assert "/no/chromium" in result.stderr


def test_playwright_brings_chromium_where_nothing_else_does(ask):
    result = ask("chromium", "python", programs={"python": 'echo "$@"'})
    assert (result.returncode, result.stdout) == (0, "-m playwright install chromium-headless-shell\n")
