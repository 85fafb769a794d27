"""Where the user's state and caches are: a folder of this user alone, which no commit can reach, or none."""

import functools
import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import platformdirs
import pytest
from click.testing import CliRunner
from support import ROOT

from generator import user_folders
from generator.cli import main, shared
from generator.user_folders import find_cache, find_state

USER = os.geteuid()
NOBODY = 65534


@pytest.fixture
def home(tmp_path, monkeypatch):
    """Return a home that the environment names, with a temporary folder beside it."""
    for name in ("XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "home").mkdir()
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    return tmp_path / "home"


def places(folder):
    return find_state(folder), find_cache(folder)


def in_temporary(home):
    return home.parent / "temporary" / f"papershelf-{USER}"


def test_both_are_in_the_home_for_the_user_alone(home, tmp_path):
    state, cache = places(tmp_path / "work" / "content")
    assert (state, cache) == (home / ".local" / "state" / "papershelf", home / ".cache" / "papershelf")
    assert {stat.S_IMODE(place.stat().st_mode) for place in (state, cache)} == {0o700}
    assert not in_temporary(home).exists()


def test_variables_name_them(home, tmp_path, monkeypatch):
    for name in ("STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / "own" / name))
    assert places(home) == (
        tmp_path / "own" / "STATE" / "papershelf",
        tmp_path / "own" / "CACHE" / "papershelf",
    )


def put_file(place):
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text("no folder")


def put_link(place):
    place.parent.mkdir(parents=True, exist_ok=True)
    (place.parent / "elsewhere").mkdir()
    place.symlink_to("elsewhere")


def open_to_all(place):
    place.mkdir(parents=True)
    place.chmod(0o777)


def give_away(place):
    place.mkdir(parents=True)
    if USER == 0:
        os.chown(place, NOBODY, NOBODY)
    else:
        place.chmod(0)


HARMS = [put_file, put_link, open_to_all, give_away]


@pytest.mark.parametrize("harm", HARMS)
def test_a_place_that_is_not_the_users_alone_is_none(home, tmp_path, harm):
    harm(home / ".local" / "state" / "papershelf")
    harm(home / ".cache" / "papershelf")
    state, cache = places(tmp_path / "content")
    assert (state, cache) == (in_temporary(home), None)
    assert stat.S_IMODE(state.stat().st_mode) == 0o700


@pytest.mark.parametrize("harm", HARMS)
def test_nor_is_one_in_the_temporary_folder(home, tmp_path, harm):
    shutil.rmtree(home)
    home.write_text("no folder")
    assert places(tmp_path / "content") == (in_temporary(home), None)
    shutil.rmtree(in_temporary(home))
    harm(in_temporary(home))
    assert places(tmp_path / "content") == (None, None)


@pytest.mark.parametrize("mark", [".git", "mkdocs.yml"])
@pytest.mark.parametrize("content", ["content", "deep/er/content", "."])
def test_no_place_is_in_a_checkout(home, mark, content):
    """A commit could bring it: where home is the checkout, or a checkout is all of home."""
    (home / mark).touch()
    (home / content).mkdir(parents=True, exist_ok=True)
    assert places(home / content) == (in_temporary(home), None)
    assert places(home.parent / "content") == (
        home / ".local" / "state" / "papershelf",
        home / ".cache" / "papershelf",
    )


def test_no_place_is_in_the_content_itself(home):
    assert places(home) == (in_temporary(home), None)
    assert places(home.parent) == (None, None)


def test_a_link_into_the_checkout_is_no_way_round(home, tmp_path, monkeypatch):
    (tmp_path / "work" / ".git").mkdir(parents=True)
    (tmp_path / "work" / "home").mkdir()
    (tmp_path / "way").symlink_to("work/home")
    monkeypatch.setenv("HOME", str(tmp_path / "way"))
    assert places(tmp_path / "work" / "content") == (in_temporary(home), None)


@pytest.mark.parametrize("answer", [RuntimeError("no home"), Path("~/.local/state/papershelf")])
def test_without_a_home_the_temporary_folder_does(home, tmp_path, monkeypatch, answer):
    """Where the user is in no list of users, one version of the library raises and others say `~`."""

    def name(*_, **__):
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(platformdirs, "user_state_path", name)
    monkeypatch.setattr(platformdirs, "user_cache_path", name)
    monkeypatch.chdir(tmp_path)
    assert places(tmp_path / "content") == (in_temporary(home), None)
    assert not (tmp_path / "~").exists()


def test_without_any_place_a_command_says_what_may_be_lost_and_goes_on(shelf_on_disk, monkeypatch):
    content = shelf_on_disk({"papers/owls.yml": "title: Owls\n"})
    for module in (user_folders, shared):
        monkeypatch.setattr(module, "find_state", lambda _: None)
    result = CliRunner().invoke(main, ["rename", "owls", "barn-owls", "--content", str(content)])
    assert result.exit_code == 0
    assert "do not interrupt this command" in result.stderr
    assert (content / "papers" / "barn-owls.yml").exists()


UNKNOWN = """
import json, os, pwd, runpy, sys
import generator.mkdocs_plugin.plugin  # each command is a process forked from here, as loading takes the longest
def find(_):
    raise KeyError
pwd.getpwuid = find
for words in json.loads(sys.argv[1]):
    if not os.fork():
        sys.argv = words
        runpy.run_module(words[0], run_name="__main__", alter_sys=True)
        sys.exit()
    code = os.waitstatus_to_exitcode(os.wait()[1])
    if code:
        sys.exit(code)
"""
HOLD = """
import os, sys
from pathlib import Path
from generator.storage.locks import take_lock
lock = take_lock(Path(sys.argv[1]))
print("held", flush=True)
input()
os._exit(1)
"""
MORE = '{"title": "Mice"}\n'


@pytest.fixture
def common():
    """Return a folder that every user of the system can reach, as a test's own is not."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        yield Path(folder)


def command(*commands):
    """Return what runs commands of a user whom the system does not know, and so without a home but for the environment's."""
    return [sys.executable, "-c", UNKNOWN, json.dumps([list(map(str, words)) for words in commands])]


@functools.cache
def other():
    """Return what makes a process that of another user; nothing where there is none, or it could not read this project."""
    options = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
    try:
        done = subprocess.run([sys.executable, "-c", "import generator.mkdocs_plugin.plugin"], cwd=ROOT, check=False, capture_output=True, **options)  # fmt: skip
    except PermissionError:
        return {}
    return {} if done.returncode else options


def as_another_user(*commands, **options):
    """Run commands one by one as a user without any rights, where this one may do so, up to one that fails."""
    return subprocess.run(command(*commands), **options, **other(), capture_output=True, text=True, check=False, timeout=300)  # fmt: skip


def make_index(common, small_index):
    folder = common / "index"
    shutil.copytree(small_index(), folder)
    (common / "more.jsonl").write_text(MORE)
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o777 if path.is_dir() else 0o666)
    return folder


@pytest.mark.parametrize("home", ["", "/proc/none", "/dev/null"])
def test_every_kind_of_command_works_without_a_home(common, small_index, home):
    folder = make_index(common, small_index)
    (common / "temporary").mkdir()
    (common / "temporary").chmod(0o1777)
    env = {"PATH": os.environ["PATH"], "TMPDIR": str(common / "temporary"), "PYTHONDONTWRITEBYTECODE": "1"}
    env |= {"HOME": home} if home else {}
    done = as_another_user(
        ("generator", "import", "jsonl", common / "more.jsonl"), ("generator", "check", "--update-ledger"),
        ("generator", "remove", "wrens", "--delete"), ("mkdocs", "build"), cwd=folder, env=env,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert (folder / "site" / "papers" / "owls" / "index.html").is_file()
    assert [path.name.split("-")[0] for path in (common / "temporary").iterdir()] == ["papershelf"]
    assert not list((common / "temporary").rglob("*.*"))


def test_two_users_of_one_checkout_write_one_after_the_other(common, small_index):
    """Also where the first one has left the file of a lock, as a killed command does."""
    folder = make_index(common, small_index)
    env = {"PATH": os.environ["PATH"], "TMPDIR": str(common / "temporary"), "PYTHONDONTWRITEBYTECODE": "1"}
    (common / "temporary").mkdir()
    (common / "temporary").chmod(0o1777)
    words = ("generator", "import", "jsonl", common / "more.jsonl")
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, folder / "content"], cwd=folder, env=env, **pipes
    ) as first:
        assert first.stdout.readline() == "held\n"
        refused = as_another_user(words, cwd=folder, env=env)
        first.communicate("\n")
    assert (refused.returncode, "another command is writing" in refused.stderr) == (1, True), refused.stderr
    (left,) = (common / "temporary").glob("*.lock")
    done = as_another_user(words, cwd=folder, env=env)
    assert done.returncode == 0, done.stderr
    subprocess.run(command(("generator", "rename", "wrens", "voles")), cwd=folder, env=env, check=True)
    assert not left.exists()
