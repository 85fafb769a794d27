"""A build with workers: everything is done once, a worker's end is an error, and the site has the same bytes."""

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
from generator.mkdocs_plugin.workers import WorkerError, WorkerPool

linux = pytest.mark.skipif(sys.platform != "linux", reason="workers are forked on Linux only")


def make(first, batch):
    """Return a crew with one worker at least, whatever the machine has."""
    workers = WorkerPool(first, batch, 20, processes=3)
    workers.start()
    return workers


@linux
def test_every_part_is_done_once_and_with_the_tools(tmp_path):
    def note(name, text):
        with (tmp_path / name).open("a") as file:
            file.write(text)

    seen = []
    workers = make(lambda: note("first", "x"), lambda tools, n: note(f"{n}", tools))
    workers.run("ink", seen.append)
    assert {p.name: p.read_text() for p in tmp_path.iterdir()} == {"first": "x"} | {
        f"{n}": "ink" for n in range(20)
    }


@linux
@pytest.mark.parametrize("end", [lambda: 1 / 0, lambda: os.kill(os.getpid(), signal.SIGKILL)])
def test_a_worker_that_fails_fails_the_build(end):
    workers = make(end, lambda *_: None)
    with pytest.raises(WorkerError, match=r"ZeroDivisionError|killed"):
        workers.run("ink", lambda _: None)


@linux
def test_workers_that_are_not_needed_any_more_end():
    workers = make(signal.pause, lambda *_: None)
    workers.stop()
    assert workers.workers == []


_POOL = """\
import signal
from generator.mkdocs_plugin.workers import WorkerPool
pool = WorkerPool(signal.pause, lambda *_: None, 20, processes=3)
pool.start()
print(*(worker.pid for worker, _ in pool.workers), flush=True)
signal.pause()
"""


@linux
def test_no_worker_outlives_the_main_process():
    """A worker has the lock of the site as well, and would keep the next build from it."""
    with subprocess.Popen([sys.executable, "-c", _POOL], cwd=ROOT, stdout=subprocess.PIPE, text=True) as main:
        workers = [psutil.Process(int(pid)) for pid in main.stdout.readline().split()]
        main.kill()
    _, alive = psutil.wait_procs(workers, timeout=300)
    assert len(workers) == 2
    assert [each for each in alive if each.status() != psutil.STATUS_ZOMBIE] == []


@linux
def test_who_cannot_be_forked_is_not_needed(tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise OSError(12, "Cannot allocate memory")

    monkeypatch.setattr(multiprocessing.get_context("fork").Process, "start", refuse)
    workers = make((tmp_path / "first").touch, lambda _, n: (tmp_path / f"{n}").touch())
    workers.run("ink", lambda _: None)
    assert len(list(tmp_path.iterdir())) == 21


@pytest.mark.parametrize("command", ["build", "gh-deploy"])
def test_the_site_has_the_same_bytes_with_and_without_workers(small_index, monkeypatch, command):
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
