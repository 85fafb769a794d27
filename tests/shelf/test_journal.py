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


def test_nothing_to_write_is_nothing_done(tmp_path):
    write_files(tmp_path / "content", {})
    assert not (tmp_path / "content").exists()


def test_folders_are_made_and_what_is_not_there_is_deleted_without_a_word(tmp_path):
    content = tmp_path / "deep" / "content"
    write_files(content, {"a/b/c.txt": "é\n\n", "empty.txt": "", "none.txt": None})
    assert {name: (content / name).read_bytes() for name in fingerprint(content)} == {"a/b/c.txt": "é\n\n".encode(), "empty.txt": b""}  # fmt: skip
    assert not list(content.glob(".papershelf*"))


def test_what_was_finished_is_counted_and_told(shelf_on_disk):
    content = shelf_on_disk(OLD | {f"{DECIDED}/put/deep/mice.yml": "title: Mice\n", f"{DECIDED}/drop/enrich.yml": "", f"{DECIDED}/drop/none.yml": ""})  # fmt: skip
    (problem,) = finish_writing(content)
    assert problem.message == "a command was cut short: 3 files of it are in their place now"
    assert problem.place.file == DECIDED
    assert read(content) == {"papers/owls.yml": OLD["papers/owls.yml"], "deep/mice.yml": "title: Mice\n"}
    assert finish_writing(content) == ()


def test_a_decision_without_files_is_no_news(shelf_on_disk):
    content = shelf_on_disk(OLD)
    (content / DECIDED).mkdir()
    assert finish_writing(content) == ()
    assert not (content / DECIDED).exists()


def test_who_has_to_wait_for_another_command_is_told(shelf_on_disk, monkeypatch):
    monkeypatch.setattr(journal, "_PATIENCE", 0.01)
    content = shelf_on_disk(OLD)
    with journal.find_lock(content).acquire(timeout=0):
        assert finish_writing(content) == ()
        (content / GATHERED).mkdir()
        assert finish_writing(content) == ()
        (content / DECIDED / "put").mkdir(parents=True)
        (problem,) = finish_writing(content)
        with pytest.raises(BusyError) as fault:
            write_files(content, NEW)
        assert (content / GATHERED).exists()
    assert (str(problem.severity), problem.code, problem.message, problem.hint) == ("error", "cut-short", "another command is writing the shelf", "wait for it")  # fmt: skip
    assert problem.place.file == DECIDED
    assert str(fault.value) == f"another command is writing {content}: wait for it"
    finish_writing(content)
    assert read(content) == OLD
    assert not list(content.glob(".papershelf*"))


def test_why_files_cannot_be_moved_is_told(shelf_on_disk, monkeypatch):
    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    content = shelf_on_disk(OLD | {f"{GATHERED}/put/a": ""})
    with monkeypatch.context() as patch:
        patch.setattr(journal, "_finish", refuse)
        assert finish_writing(content) == ()
        (content / DECIDED).mkdir()
        (problem,) = finish_writing(content)
    assert (str(problem.severity), problem.code) == ("error", "cut-short")
    assert problem.message == "a command was cut short, and its files cannot be moved: Permission denied"
    assert (problem.place.file, problem.hint) == (DECIDED, "make the folder writable")


def test_a_fault_keeps_the_name_of_its_file(shelf_on_disk, monkeypatch):
    content = shelf_on_disk(OLD)

    def fail(*_):
        raise OSError(28, "No space left on device", "papers/owls.yml")

    monkeypatch.setattr(journal, "_sync", fail)
    with pytest.raises(OSError, match="No space") as fault:
        write_files(content, NEW)
    assert fault.value.filename == "papers/owls.yml"
    assert read(content) == OLD
    assert not list(content.glob(".papershelf*"))


def test_everything_is_on_the_disk_before_it_counts(shelf_on_disk, monkeypatch):
    content = shelf_on_disk(OLD)
    synced, moved = [], []
    sync, rename = journal._sync, journal.Path.rename  # noqa: SLF001 (what is asked of the disk shows nowhere else)
    monkeypatch.setattr(journal, "_sync", lambda paths: synced.append(paths := list(paths)) or sync(paths))
    monkeypatch.setattr(journal.Path, "rename", lambda one, two: moved.append(len(synced)) or rename(one, two))  # fmt: skip
    write_files(content, NEW)
    gathered, decided, done = synced
    put = content / GATHERED / "put"
    assert {put / "papers/owls.yml", put / "papers/mice.yml", content / GATHERED / "drop/enrich.yml", put / "papers", content / GATHERED} <= set(gathered)  # fmt: skip
    assert decided == [content]
    assert {content, content / "papers"} == set(done)
    assert moved == [1, 3]
