"""The site is swapped in whole: one build at a time, and whatever a killed one left is put right by the next."""

import multiprocessing
import os
import signal

import pytest

from generator import staging
from generator.locks import BusyError
from generator.staging import Staging


@pytest.fixture
def site(tmp_path):
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "index.html").write_text("old")
    return folder


def put_new(site):
    build = Staging(site)
    (build.folder / "index.html").write_text("new")
    return build


@pytest.mark.parametrize("one_step", [True, False])
def test_the_new_site_replaces_the_old_one(site, monkeypatch, one_step):
    if not one_step:
        monkeypatch.setattr(staging, "exchange", lambda *_: False)
    put_new(site).swap()
    assert (site / "index.html").read_text() == "new"
    assert [p.name for p in site.parent.iterdir()] == ["site"]


def test_folders_are_exchanged_in_one_step_where_the_system_can(site):
    (site.parent / "other").mkdir()
    if staging.exchange(site.parent / "other", site):
        assert (site.parent / "other" / "index.html").read_text() == "old"
        assert list(site.iterdir()) == []
    else:
        assert (site / "index.html").read_text() == "old"


def test_a_build_that_was_killed_between_two_renames_is_repaired(site):
    site.rename(site.parent / ".site-x.old")
    (site.parent / ".site-x.new").mkdir()
    Staging(site).drop()
    assert (site / "index.html").read_text() == "old"
    assert [p.name for p in site.parent.iterdir()] == ["site"]


def _hold(site, ready):
    build = put_new(site)
    ready.set()
    signal.pause()
    build.drop()


def test_one_build_at_a_time_and_a_dead_one_keeps_nothing(site):
    context = multiprocessing.get_context("spawn")
    ready = context.Event()
    process = context.Process(target=_hold, args=(site, ready), daemon=True)
    process.start()
    assert ready.wait(60)
    with pytest.raises(BusyError, match="another build"):
        Staging(site)
    Staging(site.parent / "other").drop()
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    assert len(list(site.parent.iterdir())) == 2
    put_new(site).swap()
    assert [p.name for p in site.parent.iterdir()] == ["site"]


def test_a_build_leaves_what_another_one_makes_beside_it(site):
    other = Staging(site.parent / "site-2")
    Staging(site).drop()
    assert other.folder.is_dir()
    other.drop()


def test_the_old_site_comes_back_when_the_new_one_cannot_take_its_place(site, monkeypatch):
    monkeypatch.setattr(staging, "exchange", lambda *_: False)
    build = put_new(site)
    rename = staging.Path.rename

    def fail_for_the_new_one(path, target):
        if path == build.folder:
            raise OSError(28, "No space left on device")
        return rename(path, target)

    monkeypatch.setattr(staging.Path, "rename", fail_for_the_new_one)
    with pytest.raises(OSError, match="No space"):
        build.swap()
    build.drop()
    assert (site / "index.html").read_text() == "old"
    assert [p.name for p in site.parent.iterdir()] == ["site"]
