"""The site is swapped in whole: one build at a time, and what a killed one left is put right by the next; nothing else is."""

import os
import subprocess
import sys

import pytest
from support import ROOT

from generator.storage import staging
from generator.storage.locks import BusyError
from generator.storage.staging import Staging


@pytest.fixture
def site(tmp_path):
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "index.html").write_text("old")
    return folder


@pytest.fixture
def state(tmp_path_factory):
    """Return where this machine keeps what a killed build left."""
    return tmp_path_factory.mktemp("state")


def put_new(site, state=None):
    build = Staging(site, state)
    (build.folder / "index.html").write_text("new")
    return build


@pytest.mark.parametrize("one_step", [True, False])
def test_the_new_site_replaces_the_old_one(site, monkeypatch, one_step):
    if not one_step:
        monkeypatch.setattr(staging, "exchange_folders", lambda *_: False)
    put_new(site).swap()
    assert (site / "index.html").read_text() == "new"
    assert [p.name for p in site.parent.iterdir()] == ["site"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has such a step")
def test_folders_are_exchanged_in_one_step(site):
    (site.parent / "other").mkdir()
    assert staging.exchange_folders(site.parent / "other", site)
    assert (site.parent / "other" / "index.html").read_text() == "old"
    assert list(site.iterdir()) == []


def test_a_build_that_was_killed_between_two_renames_is_repaired(site, state, monkeypatch):
    killed = put_new(site, state)
    monkeypatch.setattr(staging, "exchange_folders", lambda *_: False)
    rename = staging.Path.rename

    def stop(path, target):
        if path == killed.folder:
            raise KeyboardInterrupt
        return rename(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(staging.Path, "rename", stop)
        with pytest.raises(KeyboardInterrupt):
            killed.swap()
    staging.free_lock(killed._lock)  # noqa: SLF001 (as the system does)
    assert not site.exists()
    Staging(site, state).drop()
    assert (site / "index.html").read_text() == "old"
    assert [p.name for p in site.parent.iterdir()] == ["site"]
    assert not list(state.iterdir())


@pytest.mark.parametrize("moment", ["staged", "exchanged"])
def test_what_a_killed_build_left_is_deleted_by_the_next(site, state, moment):
    killed = put_new(site, state)
    if moment == "exchanged":
        assert staging.exchange_folders(killed.folder, site)
    staging.free_lock(killed._lock)  # noqa: SLF001 (as above)
    build = Staging(site, state)
    assert build.strangers == ()
    assert {p.name for p in site.parent.iterdir()} == {"site", build.folder.name}
    build.drop()
    assert (site / "index.html").read_text() == ("new" if moment == "exchanged" else "old")
    assert [p.name for p in site.parent.iterdir()] == ["site"]
    assert not list(state.iterdir())


HOLD = """
import signal, sys
from pathlib import Path
from generator.storage.staging import Staging
build = Staging(*map(Path, sys.argv[1:]))
(build.folder / "index.html").write_text("new")
print("ready", flush=True)
signal.pause()
"""
"""A build that waits to be killed."""


def test_one_build_at_a_time_and_a_dead_one_keeps_nothing(site, state):
    command = [sys.executable, "-c", HOLD, site, state]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "ready\n"
        with pytest.raises(BusyError, match="another build"):
            Staging(site, state)
        Staging(site.parent / "other", state).drop()
        process.kill()
    assert len(list(site.parent.iterdir())) == 2
    put_new(site, state).swap()
    assert [p.name for p in site.parent.iterdir()] == ["site"]


def test_a_build_leaves_what_another_one_makes_beside_it(site, state):
    other = Staging(site.parent / "site-2", state)
    build = Staging(site, state)
    assert build.strangers == ()
    build.drop()
    assert other.folder.is_dir()
    other.drop()


def test_the_old_site_comes_back_when_the_new_one_cannot_take_its_place(site, monkeypatch):
    monkeypatch.setattr(staging, "exchange_folders", lambda *_: False)
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
    build = Staging(site, None)
    with pytest.raises(BusyError) as fault:
        Staging(site.parent / "other" / ".." / "site", None)
    assert (
        str(fault.value)
        == f"another build is writing {site.resolve()}: wait for it, or choose another folder"
    )
    build.drop()


@pytest.mark.parametrize("there", [True, False])
def test_what_is_only_named_as_ours_is_told_and_left_alone(tmp_path, state, there):
    """A commit may bring it: it neither becomes the site nor is it deleted."""
    site = tmp_path / "s.te"
    if there:
        site.mkdir()
    named = [".s.te-0123456789abcdef.new", ".s.te-a_1.new", ".s.te-b.old", ".s.te-file.new", ".s.te-link.old"]
    others = [".site-a.new", ".s.te-é.new", ".s.te-a.newer", "x.s.te-a.new", ".s.te-2-a.new", ".s.te-.new", ".S.TE-a.new"]  # fmt: skip
    for name in (*named[:3], *others):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text("x")
    (tmp_path / ".s.te-file.new").write_text("a file")
    (tmp_path / ".s.te-link.old").symlink_to(tmp_path / ".site-a.new")
    before = sorted(tmp_path.rglob("*"))
    build = Staging(site, state)
    assert [(str(p.severity), p.code, p.place.file) for p in build.strangers] == [("note", "not-ours", name) for name in named]  # fmt: skip
    assert {p.hint for p in build.strangers} == {"it was left unchanged: delete it if you do not need it"}
    build.drop()
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("kind", ["link", "file"])
def test_what_is_no_folder_never_comes_back_as_the_site(tmp_path, state, kind):
    """Although it has the very name that this machine has kept."""
    site, old = tmp_path / "site", tmp_path / ".site-x.old"
    (tmp_path / "victim").mkdir()
    if kind == "link":
        old.symlink_to("victim")
    else:
        old.write_text("mine")
    staging.Own(state, site, "staged.json", staging.Staged).save(staging.Staged(".site-x"))
    Staging(site, state).drop()
    assert not os.path.lexists(site)
    assert (tmp_path / "victim").is_dir()


def test_a_staged_site_is_for_this_user_until_it_is_whole(site, state):
    build = Staging(site, state)
    assert build.folder.stat().st_mode & 0o777 == 0o700
    build.drop()


@pytest.mark.parametrize(
    "stem",
    ["site", "../victim", ".site-x/../../victim", ".other-x", "", "/victim", ".site-", ".site-x.new/y"],
)
def test_only_folders_of_this_site_are_put_right_by_their_name(tmp_path, state, stem):
    site = tmp_path / "work" / "site"
    (tmp_path / "work").mkdir()
    for name in ("victim", "victim.new", "victim.old"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text("mine")
    staging.Own(state, site, "staged.json", staging.Staged).save(staging.Staged(stem))
    before = sorted(tmp_path.rglob("*"))
    Staging(site, state).drop()
    assert sorted(tmp_path.rglob("*")) == before
    assert not list(state.iterdir())


def test_an_old_site_that_is_the_only_one_is_never_deleted(site, state, monkeypatch):
    monkeypatch.setattr(staging, "exchange_folders", lambda *_: False)
    build = put_new(site, state)
    rename = staging.Path.rename

    def fail(path, target):
        if path != site:
            raise OSError(5, "Input/output error")
        return rename(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(staging.Path, "rename", fail)
        with pytest.raises(OSError, match="Input"):
            build.swap()
        build.drop()
    assert not site.exists()
    Staging(site, state).drop()
    assert (site / "index.html").read_text() == "old"


@pytest.mark.parametrize("target", [".git", "content", "../victim"])
def test_a_link_of_a_checkout_is_no_site(tmp_path, state, target):
    for name in ("work/.git", "work/content", "victim"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "kept").write_text("mine")
    (tmp_path / "work" / "site").symlink_to(target)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(OSError, match="symbolic link in the checkout"):
        Staging(tmp_path / "work" / "site", state)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_file_is_no_site(tmp_path, state):
    (tmp_path / "site").write_text("mine")
    with pytest.raises(NotADirectoryError) as fault:
        Staging(tmp_path / "site", state)
    assert (fault.value.strerror, fault.value.filename) == ("this is a file, not the folder of a site: choose another path", str(tmp_path / "site"))  # fmt: skip
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_link_of_the_user_outside_of_checkouts_is_followed(tmp_path, state):
    (tmp_path / "www").mkdir()
    (tmp_path / "public").symlink_to("www")
    put_new(tmp_path / "public" / "site", state).swap()
    assert (tmp_path / "www" / "site" / "index.html").read_text() == "new"


def test_where_the_system_has_no_such_step_nothing_is_exchanged(site, monkeypatch):
    other = site.parent / "other"
    other.mkdir()
    assert not staging.exchange_folders(site.parent / "none", site)
    with monkeypatch.context() as patch:
        patch.setattr(staging.ctypes, "CDLL", lambda _: object())
        assert not staging.exchange_folders(other, site)
    with monkeypatch.context() as patch:
        patch.setattr(os, "name", "nt")
        result = staging.exchange_folders(other, site)
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
