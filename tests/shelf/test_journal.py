"""Files of a shelf are written together or not at all, wherever the process ends."""

import os
import stat

import pytest
from support import fingerprint

from generator.locks import BusyError
from generator.shelf import journal
from generator.shelf.journal import DECIDED, GATHERED, finish_writing, hold, write_files
from generator.shelf.reader import load_shelf

OLD = {"papers/owls.yml": "title: Owls\n", "enrich.yml": "- paper: owls\n"}
NEW = {"papers/owls.yml": "title: Owls at Night\n", "papers/mice.yml": "title: Mice\n", "enrich.yml": None}
CALLS = [("os", "fsync"), ("pathlib.Path", "mkdir"), ("pathlib.Path", "rename"), ("pathlib.Path", "replace"),
         ("pathlib.Path", "unlink"), ("pathlib.Path", "write_text")]  # fmt: skip


class KilledError(BaseException):
    """Stands for the end of the process."""


def end_at(monkeypatch, number):
    """End the process at so many of its changes to the disk: nothing is done from then on, not even tidying."""
    done = []

    def count(original):
        def call(*arguments, **options):
            done.append(1)
            if len(done) >= number:
                raise KilledError
            return original(*arguments, **options)

        return call

    for place, name in CALLS:
        target = os if place == "os" else journal.Path
        monkeypatch.setattr(target, name, count(getattr(target, name)))
    rmtree = journal.shutil.rmtree
    monkeypatch.setattr(
        journal.shutil, "rmtree", lambda *a, **k: None if len(done) >= number else rmtree(*a, **k)
    )


def expect(files):
    return {name: text for name, text in files.items() if text is not None}


def read(content):
    return {name: (content / name).read_text() for name in fingerprint(content)}


def test_all_is_old_or_new_wherever_the_process_ends(shelf_on_disk, monkeypatch):
    seen = set()
    for number in range(1, 100):
        content = shelf_on_disk(OLD)
        (content / "papers" / "mice.yml").unlink(missing_ok=True)
        with monkeypatch.context() as patch:
            end_at(patch, number)
            try:
                write_files(content, NEW)
                break
            except KilledError:
                pass
        problems = finish_writing(content)
        assert read(content) in (expect(OLD), expect(NEW)), number
        assert [p.code for p in problems] == (
            ["cut-short"] if (content / "papers/mice.yml").exists() and problems else []
        )
        assert not list(content.glob(".papershelf*"))
        seen.add((content / "papers" / "mice.yml").exists())
    assert seen == {True, False}
    assert number > 15
    assert read(content) == expect(NEW)


def test_what_was_decided_is_finished_by_whoever_reads_the_shelf(shelf_on_disk):
    content = shelf_on_disk(
        OLD | {f"{DECIDED}/put/papers/mice.yml": "title: Mice\n", f"{DECIDED}/drop/enrich.yml": ""}
    )
    shelf, problems = load_shelf(content)
    assert list(shelf.papers) == ["mice", "owls"]
    assert [(p.code, str(p.severity)) for p in problems] == [("cut-short", "note")]
    assert not (content / "enrich.yml").exists()


def test_what_was_only_gathered_is_thrown_away(shelf_on_disk):
    content = shelf_on_disk(OLD | {f"{GATHERED}/put/papers/mice.yml": "title: Mi"})
    shelf, problems = load_shelf(content)
    assert list(shelf.papers) == ["owls"]
    assert problems == ()
    assert not (content / GATHERED).exists()


def test_a_full_disk_leaves_everything_as_it_was(shelf_on_disk, monkeypatch):
    content = shelf_on_disk(OLD)

    def fail(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="No space") as fault:
        write_files(content, NEW)
    assert fault.value.filename == str(content)
    assert read(content) == OLD


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="nothing is read-only to the superuser")
def test_files_that_cannot_be_moved_are_an_error(shelf_on_disk):
    content = shelf_on_disk(OLD | {f"{DECIDED}/put/papers/mice.yml": "title: Mice\n"})
    papers = content / "papers"
    papers.chmod(stat.S_IRUSR | stat.S_IXUSR)
    (problem,) = finish_writing(content)
    papers.chmod(stat.S_IRWXU)
    assert (problem.code, str(problem.severity)) == ("cut-short", "error")


def test_files_that_are_in_the_way_are_an_error(shelf_on_disk):
    content = shelf_on_disk(
        OLD | {f"{DECIDED}/put/papers/mice.yml": "title: Mice\n", "papers/mice.yml/x": ""}
    )
    (problem,) = finish_writing(content)
    assert (problem.code, str(problem.severity)) == ("cut-short", "error")


def test_one_command_writes_at_a_time(shelf_on_disk, tmp_path):
    content = shelf_on_disk(OLD)
    with hold(content), hold(content), hold(tmp_path / "another"):
        write_files(content, NEW)
        other = journal.find_lock(content)
        with pytest.raises(journal.Timeout):
            other.acquire(timeout=0)
    with other.acquire(timeout=0), pytest.raises(BusyError, match="another command"):
        write_files(content, NEW)
