"""A build with helpers: everything is done once, a helper's end is an error, and the site has the same bytes."""

import multiprocessing
import os
import signal
import subprocess
import sys

import psutil
import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from support import ROOT, fingerprint

import generator.mkdocs_plugin.plugin
from generator.mkdocs_plugin.workers import Crew, CrewError

linux = pytest.mark.skipif(sys.platform != "linux", reason="helpers are forked on Linux only")


def make(first, batch):
    """Return a crew with one helper at least, whatever the machine has."""
    crew = Crew(first, batch, 20, processes=3)
    crew.start()
    return crew


@linux
def test_every_part_is_done_once_and_with_the_tools(tmp_path):
    def note(name, text):
        with (tmp_path / name).open("a") as file:
            file.write(text)

    seen = []
    crew = make(lambda: note("first", "x"), lambda tools, n: note(f"{n}", tools))
    crew.run("ink", seen.append)
    assert {p.name: p.read_text() for p in tmp_path.iterdir()} == {"first": "x"} | {
        f"{n}": "ink" for n in range(20)
    }


@linux
@pytest.mark.parametrize("end", [lambda: 1 / 0, lambda: os.kill(os.getpid(), signal.SIGKILL)])
def test_a_helper_that_fails_fails_the_build(end):
    crew = make(end, lambda *_: None)
    with pytest.raises(CrewError, match=r"ZeroDivisionError|killed"):
        crew.run("ink", lambda _: None)


@linux
def test_helpers_that_are_not_needed_any_more_end():
    crew = make(signal.pause, lambda *_: None)
    crew.stop()
    assert crew.helpers == []


_CREW = """\
import signal
from generator.mkdocs_plugin.workers import Crew
crew = Crew(signal.pause, lambda *_: None, 20, processes=3)
crew.start()
print(*(helper.pid for helper, _ in crew.helpers), flush=True)
signal.pause()
"""


@linux
def test_no_helper_outlives_the_main_process():
    """A helper has the lock of the site as well, and would keep the next build from it."""
    with subprocess.Popen([sys.executable, "-c", _CREW], cwd=ROOT, stdout=subprocess.PIPE, text=True) as main:
        helpers = [psutil.Process(int(pid)) for pid in main.stdout.readline().split()]
        main.kill()
    _, alive = psutil.wait_procs(helpers, timeout=30)
    assert len(helpers) == 2
    assert [each for each in alive if each.status() != psutil.STATUS_ZOMBIE] == []


@linux
def test_who_cannot_be_forked_is_not_needed(tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise OSError(12, "Cannot allocate memory")

    monkeypatch.setattr(multiprocessing.get_context("fork").Process, "start", refuse)
    crew = make((tmp_path / "first").touch, lambda _, n: (tmp_path / f"{n}").touch())
    crew.run("ink", lambda _: None)
    assert len(list(tmp_path.iterdir())) == 21


@pytest.mark.parametrize("command", ["build", "gh-deploy"])
def test_the_site_has_the_same_bytes_with_and_without_helpers(small_index, monkeypatch, command):
    folder = small_index()
    sites = []
    for fewest in (1, 10**9):
        monkeypatch.setattr(generator.mkdocs_plugin.plugin, "FEWEST", fewest)
        config = load_config(str(folder / "mkdocs.yml"))
        config.plugins.on_startup(command=command, dirty=False)
        build(config)
        config.plugins.on_shutdown()
        sites.append(fingerprint(folder / "site"))
    assert sites[0] == sites[1]
    assert "search/index/manifest.json" in sites[0]
