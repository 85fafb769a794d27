"""A new index from the installed wheel, outside the repository."""

import json
import os
import re
import subprocess
import sys
import venv
import zipfile
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from loopback import GUARD
from support import ROOT

from generator import __version__, cli
from generator.cli import main
from generator.cli import origin as origins
from generator.cli.init import SHARED


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    out = tmp_path_factory.mktemp("wheel")
    builder = "import sys, hatchling.build; print(hatchling.build.build_wheel(sys.argv[1]))"
    subprocess.run([sys.executable, "-c", builder, str(out)], cwd=ROOT, check=True, capture_output=True)
    (built,) = out.glob("*.whl")
    return built


def test_the_wheel_carries_templates_and_theme(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    for path in (ROOT / "theme_overrides").rglob("*"):
        if path.is_file():
            assert (
                f"generator/theme_overrides/{path.relative_to(ROOT / 'theme_overrides').as_posix()}" in names
            )
    for path in (ROOT / "generator" / "pages" / "templates").iterdir():
        assert f"generator/pages/templates/{path.name}" in names
    assert {"papershelf/__init__.py", "papershelf/py.typed", "generator/py.typed"} <= names
    assert {"generator/scaffold/mkdocs.yml", "generator/scaffold/.gitattributes"} <= names
    assert {f"generator/scaffold/.github/{name}" for name in SHARED} <= names


class Installed:
    """The installed wheel, in an environment that has the locked packages and does not see the checkout."""

    def __init__(self, wheel, folder):
        venv.create(folder, with_pip=False)
        self.bin = folder / "bin"
        (own,) = (folder / "lib").glob("python*/site-packages")
        (own / "packages.pth").write_text(f"{Path(yaml.__file__).parent.parent}\n")
        options = [
            "--isolated",
            "--no-deps",
            "--no-index",
            "--quiet",
            "--disable-pip-version-check",
            "--ignore-installed",
        ]
        pip = [
            sys.executable,
            "-m",
            "pip",
            "--python",
            str(self.bin / "python"),
            "install",
            *options,
            str(wheel),
        ]
        subprocess.run(pip, check=True)
        (self.bin / "mkdocs").write_text(f'#!/bin/sh\nexec {self.bin}/python -m mkdocs "$@"\n')
        (self.bin / "mkdocs").chmod(0o755)
        self.environment = {
            **os.environ, "PYTHONPATH": GUARD, "NO_MKDOCS_2_WARNING": "1", "PATH": f"{self.bin}{os.pathsep}{os.environ['PATH']}",
            "GIT_CONFIG_GLOBAL": str(folder / "gitconfig"), "GIT_CONFIG_NOSYSTEM": "1",
        }  # fmt: skip

    def run(self, script, cwd, **more):
        return subprocess.run(
            ["bash", "-e", "-c", script], cwd=cwd, env={**self.environment, **more}, capture_output=True, text=True, check=False
        )  # fmt: skip


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    return Installed(wheel, tmp_path_factory.mktemp("installed"))


def test_a_new_index_builds_in_strict_mode(installed, wheel, tmp_path):
    started = installed.run("papershelf init index", tmp_path)
    assert started.returncode == 0, started.stderr
    assert [line.split()[0] for line in started.stdout.splitlines()[2:]] == [
        "papershelf",
        "papershelf",
        "mkdocs",
    ]
    index = tmp_path / "index"
    assert (index / "wheels" / wheel.name).read_bytes() == wheel.read_bytes()
    assert f"./wheels/{wheel.name}[cards]\n" in (index / "requirements.txt").read_text()
    for name in SHARED:
        assert (index / ".github" / name).read_bytes() == (ROOT / ".github" / name).read_bytes()
    built = installed.run("mkdocs build --strict", index)
    assert built.returncode == 0, built.stderr
    site = index / "site"
    assert len(list((site / "papers").glob("*/index.html"))) == 2
    assert len(list((site / "assets").glob("ps-*/papershelf.css"))) == 1
    again = installed.run("papershelf init index", tmp_path)
    assert "Added 0 files" in again.stdout


def test_the_tutorial_goes_from_a_bibliography_to_what_is_deployed(installed, tmp_path):
    """The first block installs, which the fixture has done; the preview has tests of its own."""
    page = (ROOT / "content" / "docs" / "tutorial.md").read_text()
    install, *blocks = re.findall(r"^```sh\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    assert "pip install path/to/papershelf-" in install
    blocks.remove("mkdocs serve\n")
    origin = tmp_path / "origin"
    subprocess.run(["git", "init", "-q", "--bare", origin], check=True)
    Path(installed.environment["GIT_CONFIG_GLOBAL"]).write_text(
        f'[user]\nname = Ada\nemail = ada@example.org\n[url "{origin}"]\ninsteadOf = https://github.com/OWNER/REPOSITORY.git\n'
    )
    done = installed.run("".join(blocks), tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "2 entries = 2 new records + 0 merges" in done.stdout
    index = tmp_path / "my-papers"
    assert (index / "site" / "papers" / "owls-that-hum-a-study-by-ear" / "index.html").is_file()
    # what the workflow does with what was pushed
    subprocess.run(["git", "clone", "-q", "-b", "main", origin, tmp_path / "runner"], check=True)
    runner = tmp_path / "runner"
    (runner / ".venv").mkdir()
    (runner / ".venv" / "bin").symlink_to(installed.bin)
    steps = yaml.safe_load((runner / ".github" / "workflows" / "deploy.yml").read_text())["jobs"]["build"][
        "steps"
    ]
    scripts = [step["run"] for step in steps if "run" in step]
    assert scripts == [
        "make setup",
        '.venv/bin/papershelf check --strict --live "$SITE_URL"',
        ".venv/bin/papershelf build",
    ]
    deployed = installed.run(
        scripts[2],
        runner,
        SITE_URL="https://owner.github.io/repository/",
        REPO_URL="https://github.com/owner/repository",
    )
    assert deployed.returncode == 0, deployed.stdout + deployed.stderr
    home = (runner / "site" / "index.html").read_text()
    assert "Birds by Ear" in home
    assert "https://owner.github.io/repository/" in home


WHEEL = "./wheels/papershelf-0.1.0-py3-none-any.whl[cards]"


@pytest.mark.parametrize(
    ("origin", "line", "step"),
    [
        (None, "papershelf[cards]==0.1.0", ""),
        (
            {"url": "https://example.org/p.git", "vcs_info": {"vcs": "git", "commit_id": "abc"}},
            "papershelf[cards] @ git+https://example.org/p.git@abc",
            "",
        ),
        (
            {"url": "https://example.org/papershelf-0.1.0-py3-none-any.whl", "archive_info": {}},
            "papershelf[cards] @ https://example.org/papershelf-0.1.0-py3-none-any.whl",
            "",
        ),
        (
            {"url": "file:///gone/papershelf-0.1.0-py3-none-any.whl", "archive_info": {}},
            WHEEL,
            "cp /gone/papershelf-0.1.0-py3-none-any.whl wheels/",
        ),
        (
            {"url": "file:///owls/checkout", "dir_info": {}},
            WHEEL,
            "pip wheel --no-deps --wheel-dir wheels /owls/checkout",
        ),
    ],
)
def test_a_new_index_installs_what_it_was_begun_with(monkeypatch, tmp_path, origin, line, step):
    class Distribution:
        def read_text(self, _):
            return json.dumps(origin) if origin else None

    monkeypatch.setattr(origins.Distribution, "from_name", lambda _: Distribution())
    began = CliRunner().invoke(main, ["init", str(tmp_path / "index")])
    assert began.exit_code == 0, began.output
    requirements = (tmp_path / "index" / "requirements.txt").read_text()
    assert requirements.splitlines()[-1] == line.replace("0.1.0", __version__)
    assert step in began.output
    assert bool(step) == ("creates the wheel" in began.output)


def test_a_new_index_may_begin_in_a_fresh_clone(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    began = CliRunner().invoke(main, ["init"])
    assert began.exit_code == 0, began.output
    assert f"Created a new index in {tmp_path.resolve()}.\nNext" in began.output
    assert (tmp_path / "mkdocs.yml").is_file()


def test_a_fault_of_the_command_itself_is_no_finding(monkeypatch, capsys):
    def break_down(**_):
        raise ZeroDivisionError

    monkeypatch.setattr(cli, "main", break_down)
    with pytest.raises(SystemExit) as ended:
        cli.run()
    assert ended.value.code == 70
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_what_is_not_installed_begins_no_index(monkeypatch, tmp_path):
    def find(_):
        raise PackageNotFoundError

    monkeypatch.setattr(origins.Distribution, "from_name", find)
    began = CliRunner().invoke(main, ["init", str(tmp_path / "index")])
    assert began.exit_code == 2
    assert "pip install" in began.output
    assert not (tmp_path / "index").exists()
