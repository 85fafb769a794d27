"""The site is swapped in whole: one build at a time, and whatever a killed one left is put right by the next."""

import multiprocessing
import os
import signal
import sys

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


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has such a step")
def test_folders_are_exchanged_in_one_step(site):
    (site.parent / "other").mkdir()
    assert staging.exchange(site.parent / "other", site)
    assert (site.parent / "other" / "index.html").read_text() == "old"
    assert list(site.iterdir()) == []


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


def test_a_site_that_is_not_there_yet_gets_its_folders(tmp_path):
    site = tmp_path / "deep" / "er" / "site"
    build = put_new(site)
    assert build.folder.parent == site.parent
    assert build.folder.name.startswith(".site-")
    assert build.folder.name.endswith(".new")
    build.swap()
    assert (site / "index.html").read_text() == "new"
    assert site.stat().st_mode & 0o777 == 0o755
    assert [p.name for p in site.parent.iterdir()] == ["site"]


def test_the_lock_is_free_after_a_build_whatever_became_of_it(site):
    for end in (Staging.drop, Staging.swap, Staging.drop):
        end(put_new(site))
    assert (site / "index.html").read_text() == "new"


def test_who_has_to_wait_is_told_for_what(site):
    build = Staging(site)
    with pytest.raises(BusyError) as fault:
        Staging(site.parent / "other" / ".." / "site")
    assert str(fault.value) == f"another build is writing {site.resolve()}: wait for it, or build elsewhere"
    build.drop()


def test_only_what_builds_of_this_site_left_is_deleted(tmp_path):
    site = tmp_path / "s.te"
    site.mkdir()
    gone = [".s.te-a_1.new", ".s.te-b.old"]
    stays = [".site-a.new", ".s.te-é.new", ".s.te-a.newer", "x.s.te-a.new", ".s.te-2-a.new", ".s.te-.new", ".S.TE-a.new"]  # fmt: skip
    for name in (*gone, *stays):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text("x")
    (tmp_path / ".s.te-file.new").write_text("a file")
    Staging(site).drop()
    assert {p.name for p in tmp_path.iterdir()} == {"s.te", ".s.te-file.new", *stays}


def test_of_two_old_sites_one_comes_back_and_files_never_do(tmp_path):
    for name in "ab":
        (tmp_path / f".site-{name}.old").mkdir()
        (tmp_path / f".site-{name}.old" / "index.html").write_text(name)
    (tmp_path / ".site-0.old").write_text("a file")
    Staging(tmp_path / "site").drop()
    assert (tmp_path / "site" / "index.html").read_text() == "a"
    assert {p.name for p in tmp_path.iterdir()} == {"site", ".site-0.old"}


def test_where_the_system_has_no_such_step_nothing_is_exchanged(site, monkeypatch):
    other = site.parent / "other"
    other.mkdir()
    assert not staging.exchange(site.parent / "none", site)
    with monkeypatch.context() as patch:
        patch.setattr(staging.ctypes, "CDLL", lambda _: object())
        assert not staging.exchange(other, site)
    with monkeypatch.context() as patch:
        patch.setattr(os, "name", "nt")
        result = staging.exchange(other, site)
    assert not result
    assert list(other.iterdir()) == []


def test_the_size_of_a_site_is_that_of_its_files(tmp_path):
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "one").write_bytes(b"x" * 100)
    (tmp_path / "a" / "two").write_bytes(b"x" * 20)
    (tmp_path / "a" / "b" / "three").write_bytes(b"x" * 3)
    assert staging.measure(tmp_path) == 123
    assert staging.measure(tmp_path / "a" / "b") == 3
    (tmp_path / "a" / "b" / "up").symlink_to(tmp_path)
    assert 123 < staging.measure(tmp_path) < 1_000
