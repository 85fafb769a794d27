"""Files of a shelf are written together or not at all, wherever the process ends and whatever else is in the folder."""

import errno
import multiprocessing
import os
import stat
import sys
from functools import partial
from pathlib import Path

import pytest
from filelock import Timeout
from support import fingerprint

from generator.records.read import load_shelf
from generator.storage import folder as folders
from generator.storage import transaction
from generator.storage.locks import BusyError, free_lock, take_lock
from generator.storage.state import find_own
from generator.storage.transaction import FileChange, Transaction, finish_writing, hold, write_files

OLD = {"papers/owls.yml": "title: Owls\n", "enrich.yml": "- paper: owls\n"}
NEW = {"papers/owls.yml": "title: Owls at Night\n", "papers/mice.yml": "title: Mice\n", "enrich.yml": None}
CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir"}


class KilledError(BaseException):
    """Stands for the end of the process."""


class Killer:
    """Ends the process at one of its changes to the disk: nothing is done from then on, not even tidying."""

    def __init__(self):
        self.at, self.done, self.places = None, 0, ()
        sys.addaudithook(self)

    def __call__(self, event, arguments):
        if self.at is None or (event not in CHANGES and event != "open"):
            return
        path = arguments[0]
        if event == "open" and (isinstance(path, int) or not arguments[2] & (os.O_WRONLY | os.O_RDWR)):
            return
        name = os.fsdecode(path)
        if not name.startswith("/") or name.startswith(self.places):
            self.done += 1
            if self.done >= self.at:
                raise KilledError


KILLER = Killer()


@pytest.fixture
def kill():
    """Return a function that does something and ends it at its change of a number; it says whether that came."""

    def end_at(number, places, work):
        KILLER.at, KILLER.done, KILLER.places = number, 0, tuple(map(str, places))
        try:
            work()
        except KilledError:
            return True
        finally:
            KILLER.at = None
        return False

    return end_at


@pytest.fixture
def state(tmp_path):
    place = tmp_path / "state"
    place.mkdir(mode=0o700)
    return place


@pytest.fixture(params=[True, False], ids=["handles", "paths"])
def _both_systems(request, monkeypatch):
    """Do the test with handles of folders, and as on a system that has none."""
    monkeypatch.setattr(folders, "HANDLES", request.param and folders.HANDLES)


def read(content):
    return {name: (content / name).read_text() for name in fingerprint(content)}


def expect(files):
    return {name: text for name, text in files.items() if text is not None}


def hidden(content):
    return [path.name for path in content.iterdir() if path.name.startswith(".")]


def cut_short(monkeypatch, content, state, files=NEW, *, moved=0):
    """Write files, end the process after so many of them are in their place, and return the hidden folder."""
    done = []

    def stop(original):
        def call(*arguments):
            if len(done) == moved:
                raise KilledError
            done.append(1)
            return original(*arguments)

        return call

    with monkeypatch.context() as patch:
        for name in ("move", "delete"):
            patch.setattr(folders.Folder, name, stop(getattr(folders.Folder, name)))
        with pytest.raises(KilledError):
            write_files(content, files, state)
    (folder,) = content.glob(".papershelf-*")
    return folder


@pytest.mark.usefixtures("_both_systems")
def test_all_is_old_or_new_wherever_the_process_ends(shelf_on_disk, state, kill):
    seen = set()
    for number in range(1, 100):
        content = shelf_on_disk(OLD)
        (content / "papers" / "mice.yml").unlink(missing_ok=True)
        if not kill(number, (content, state), partial(write_files, content, NEW, state)):
            break
        problems = finish_writing(content, state)
        assert read(content) in (expect(OLD), expect(NEW)), number
        assert {(p.code, str(p.severity)) for p in problems} <= {("cut-short", "note")}
        assert not problems or (content / "papers" / "mice.yml").exists()
        assert not hidden(content)
        assert not list(state.rglob("transaction.json"))
        seen.add((content / "papers" / "mice.yml").exists())
    assert seen == {True, False}
    assert number > 10
    assert read(content) == expect(NEW)
    assert not list(state.iterdir())


def test_what_is_committed_is_finished_by_whoever_reads_the_shelf(shelf_on_disk, state, monkeypatch):
    content = shelf_on_disk(OLD)
    folder = cut_short(monkeypatch, content, state)
    shelf, problems = load_shelf(content, state=state)
    assert list(shelf.papers) == ["mice", "owls"]
    assert [(p.code, str(p.severity), p.place.file) for p in problems] == [("cut-short", "note", folder.name)]
    assert problems[0].message == "an interrupted command was finished: 3 files were moved into place"
    assert read(content) == expect(NEW)
    assert finish_writing(content, state) == ()
    assert not list(state.iterdir())


def test_only_what_is_left_to_do_is_done_and_counted(shelf_on_disk, state, monkeypatch):
    content = shelf_on_disk(OLD)
    cut_short(monkeypatch, content, state, moved=2)
    (problem,) = finish_writing(content, state)
    assert problem.message == "an interrupted command was finished: 1 file was moved into place"
    assert read(content) == expect(NEW)


def test_what_is_only_staged_is_thrown_away(shelf_on_disk, state, kill):
    content = shelf_on_disk(OLD)
    assert kill(6, (content, state), partial(write_files, content, NEW, state))
    assert hidden(content)
    shelf, problems = load_shelf(content, state=state)
    assert (list(shelf.papers), problems) == (["owls"], ())
    assert not hidden(content)
    assert not list(state.iterdir())


def test_the_next_command_that_writes_finishes_the_last_one(shelf_on_disk, state, monkeypatch):
    content = shelf_on_disk(OLD)
    cut_short(monkeypatch, content, state)
    write_files(content, {"papers/wrens.yml": "title: Wrens\n"}, state)
    assert read(content) == {**expect(NEW), "papers/wrens.yml": "title: Wrens\n"}
    assert not hidden(content)


def test_a_full_disk_leaves_everything_as_it_was(shelf_on_disk, state, monkeypatch):
    content = shelf_on_disk(OLD)

    def fail(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="No space") as fault:
        write_files(content, NEW, state)
    assert fault.value.filename == str(content) or fault.value.filename is None
    assert read(content) == OLD
    assert not hidden(content)
    assert not list(state.iterdir())


def test_without_a_place_for_the_list_files_are_written_too(shelf_on_disk, monkeypatch):
    content = shelf_on_disk(OLD)
    write_files(content, NEW, None)
    assert read(content) == expect(NEW)
    assert not hidden(content)
    cut_short(monkeypatch, content, None, OLD)
    assert [p.code for p in finish_writing(content, None)] == ["not-ours"]


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only to the superuser")
def test_files_that_cannot_be_moved_are_an_error(shelf_on_disk, state, monkeypatch):
    content = shelf_on_disk(OLD)
    cut_short(monkeypatch, content, state)
    (content / "papers").chmod(stat.S_IRUSR | stat.S_IXUSR)
    (problem,) = finish_writing(content, state)
    (content / "papers").chmod(stat.S_IRWXU)
    assert (problem.code, str(problem.severity)) == ("cut-short", "error")


# What others put in the way.


def lay(content, what):
    """Put something hostile or odd in the place of a file or a folder that a transaction is about."""
    outside = content.parent / "outside"
    outside.mkdir(exist_ok=True)
    (outside / "owls.yml").write_text("mine\n")
    papers = content / "papers"
    if what == "a link in the place of the folder":
        papers.rename(content / "moved")
        papers.symlink_to(outside)
    elif what == "a link in the place of a file":
        (papers / "owls.yml").unlink()
        (papers / "owls.yml").symlink_to(outside / "owls.yml")
    elif what == "a hard link":
        (papers / "owls.yml").unlink()
        os.link(outside / "owls.yml", papers / "owls.yml")
    elif what == "a pipe":
        (papers / "owls.yml").unlink()
        os.mkfifo(papers / "owls.yml")
    elif what == "a folder":
        (papers / "mice.yml").mkdir()
    elif what == "another text":
        (papers / "owls.yml").write_text("title: Edited\n")
    elif what == "a file of the same name":
        (papers / "mice.yml").write_text("title: Mine\n")


WAYS = [
    "a link in the place of the folder", "a link in the place of a file", "a hard link", "a pipe", "a folder",
    "another text", "a file of the same name",
]  # fmt: skip


@pytest.mark.usefixtures("_both_systems")
@pytest.mark.parametrize("what", WAYS)
def test_what_has_changed_since_is_an_error_and_nothing_is_done(shelf_on_disk, state, monkeypatch, what):
    content = shelf_on_disk(OLD)
    folder = cut_short(monkeypatch, content, state)
    lay(content, what)
    before = list_all(content.parent)
    (problem,) = finish_writing(content, state)
    assert (problem.code, str(problem.severity)) == ("cut-short", "error")
    assert problem.place.file.startswith("papers/")
    assert f"delete {folder.name} to discard" in problem.hint
    assert list_all(content.parent) == before
    for entry in folder.iterdir():
        entry.unlink()
    folder.rmdir()
    before = list_all(content)
    (problem,) = finish_writing(content, state)
    assert (problem.code, str(problem.severity)) == ("cut-short", "note")
    assert "its temporary folder is missing" in problem.message
    assert list_all(content) == before
    assert finish_writing(content, state) == ()


def list_all(folder):
    """Return everything below a folder: the bytes of files, where links lead, and that the rest is there."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_symlink():
            found[str(path)] = path.readlink()
        elif path.is_file():
            found[str(path)] = path.read_bytes()
        else:
            found[str(path)] = stat.S_IFMT(path.stat().st_mode)
    return found


@pytest.mark.usefixtures("_both_systems")
@pytest.mark.parametrize("what", WAYS[:1] + WAYS[3:5])
def test_what_is_no_plain_file_in_a_plain_folder_is_not_written(shelf_on_disk, state, what):
    content = shelf_on_disk(OLD)
    lay(content, what)
    before = list_all(content.parent)
    with pytest.raises(OSError, match=r"link or a file|not a regular file"):
        write_files(content, NEW, state)
    assert list_all(content.parent) == before


@pytest.mark.usefixtures("_both_systems")
def test_a_link_that_takes_the_place_of_a_folder_while_files_are_moved_leads_nowhere(
    shelf_on_disk, state, monkeypatch
):
    """Between the last check and the move, somebody switches to a branch that has a link there."""
    content = shelf_on_disk(OLD)
    outside = content.parent / "outside"
    outside.mkdir()
    expect_digest = transaction._expect  # noqa: SLF001 (the last check of all)

    def switch(digest, found, name):
        expect_digest(digest, found, name)
        if (content / "papers").is_dir() and not (content / "papers").is_symlink():
            (content / "papers").rename(content / "moved")
            (content / "papers").symlink_to(outside)

    monkeypatch.setattr(transaction, "_expect", switch)
    with pytest.raises(OSError):
        write_files(content, NEW, state)
    assert not list(outside.iterdir())


@pytest.mark.skipif(not folders.HANDLES, reason="the system has no handles of folders")
def test_nor_does_one_between_a_look_at_the_folder_and_its_opening(shelf_on_disk, state, monkeypatch):
    content = shelf_on_disk(OLD)
    outside = content.parent / "outside"
    outside.mkdir()
    look, move = os.stat, folders.Folder.move

    def switch(path, **options):
        found = look(path, **options)
        if path == "papers":
            (content / "papers").rename(content / "moved")
            (content / "papers").symlink_to(outside)
        return found

    def move_then(*arguments):
        monkeypatch.setattr(os, "stat", switch)
        move(*arguments)

    monkeypatch.setattr(folders.Folder, "move", move_then)
    with pytest.raises(OSError, match=r"papers/new\.yml"):
        write_files(content, {"papers/new.yml": "title: Larks\n"}, state)
    monkeypatch.undo()
    assert not list(outside.iterdir())


@pytest.mark.parametrize(
    "name",
    [
        "../x",
        "papers/../../x",
        "/x",
        "papers//x",
        "papers/./x",
        "",
        ".",
        "..",
        "papers/",
        "a\\b",
        "C:x",
        "a\0b",
    ],
)
def test_no_name_leads_out_of_the_shelf(shelf_on_disk, state, name):
    content = shelf_on_disk(OLD)
    for text in ("x", None):
        with pytest.raises(OSError, match="leads out"):
            write_files(content, {"papers/mice.yml": "title: Mice\n", name: text}, state)
    assert read(content) == OLD
    assert sorted(path.name for path in content.parent.iterdir()) == ["content", "state"]


def test_a_link_of_a_checkout_is_no_shelf(tmp_path, state):
    (tmp_path / "checkout" / ".git").mkdir(parents=True)
    (tmp_path / "outside").mkdir()
    (tmp_path / "checkout" / "content").symlink_to(tmp_path / "outside")
    with pytest.raises(OSError, match="symbolic link in the checkout"):
        write_files(tmp_path / "checkout" / "content", NEW, state)
    assert not list((tmp_path / "outside").iterdir())


PLANTED = {
    ".papershelf.whole/put/papers/evil.yml": "title: Evil\n",
    ".papershelf.whole/drop/enrich.yml": "",
    ".papershelf.new/put/papers/evil.yml": "title: Evil\n",
    ".papershelf-0123456789abcdef/0": "title: Evil\n",
    ".PaperShelf-x/transaction.json": '{"folder": ".papershelf-0123456789abcdef", "steps": [["papers/evil.yml", "", ""]]}',
}


@pytest.mark.parametrize("own", [False, True])
def test_what_looks_like_ours_is_refused_and_left_alone(shelf_on_disk, state, monkeypatch, own):
    """With and without a transaction of our own, which is finished all the same."""
    content = shelf_on_disk(OLD)
    if own:
        cut_short(monkeypatch, content, state)
    shelf_on_disk(PLANTED)
    problems = finish_writing(content, state)
    strangers = [p for p in problems if p.code == "not-ours"]
    assert {str(p.severity) for p in strangers} == {"error"}
    assert sorted(p.place.file for p in strangers) == sorted({name.split("/")[0] for name in PLANTED})
    assert read(content) == PLANTED | (expect(NEW) if own else OLD)
    assert [p.code for p in problems if p not in strangers] == ["cut-short"] * own


@pytest.mark.parametrize("kind", ["file", "link", "pipe"])
def test_it_may_be_anything(shelf_on_disk, state, kind):
    content = shelf_on_disk(OLD)
    for name in (".papershelf.whole", ".papershelf-0123456789abcdef"):
        path = content / name
        if kind == "file":
            path.write_text("x")
        elif kind == "link":
            path.symlink_to(content.parent)
        else:
            os.mkfifo(path)
    assert [p.code for p in finish_writing(content, state)] == ["not-ours"] * 2
    write_files(content, NEW, state)
    assert len(hidden(content)) == 2


def test_staged_files_that_are_exchanged_or_added_change_nothing(shelf_on_disk, state, monkeypatch):
    content = shelf_on_disk(OLD)
    folder = cut_short(monkeypatch, content, state)
    (folder / "7").write_text("title: Evil\n")
    (folder / "put").mkdir()
    kept = (folder / "1").read_text()
    (folder / "1").write_text("title: Evil\n")
    (problem,) = finish_writing(content, state)
    assert (problem.code, str(problem.severity), problem.place.file) == (
        "cut-short",
        "error",
        f"{folder.name}/1",
    )
    assert expect(OLD).items() <= read(content).items()
    (folder / "1").write_text(kept)
    finish_writing(content, state)
    assert read(content) == expect(NEW)
    assert not hidden(content)


@pytest.mark.parametrize("body", [b"", b"torn", b"{}", b"[]", b'{"folder":"papers"}', b'{"folder":"../x","steps":[]}', b'{"folder":3}', b"\xff"])  # fmt: skip
def test_a_list_that_cannot_be_read_is_none(shelf_on_disk, state, body):
    content = shelf_on_disk(OLD)
    file = find_own(state, content, "transaction.json")
    file.parent.mkdir()
    file.write_bytes(body)
    assert finish_writing(content, state) == ()
    write_files(content, NEW, state)
    assert read(content) == expect(NEW)


def test_a_list_that_is_not_our_own_is_none(shelf_on_disk, state, monkeypatch):
    content = shelf_on_disk(OLD)
    cut_short(monkeypatch, content, state)
    file = find_own(state, content, "transaction.json")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    file.chmod(0o666)
    assert [p.code for p in finish_writing(content, state)] == ["not-ours"]
    file.chmod(0o600)
    file.rename(state / "elsewhere")
    file.symlink_to(state / "elsewhere")
    assert [p.code for p in finish_writing(content, state)] == ["not-ours"]
    assert read(content).items() >= OLD.items()


def test_another_checkout_at_the_same_path_is_left_alone(shelf_on_disk, state, monkeypatch):
    content = shelf_on_disk(OLD)
    cut_short(monkeypatch, content, state)
    content.rename(content.parent / "moved")
    shelf_on_disk({"papers/wrens.yml": "title: Wrens\n"})
    (problem,) = finish_writing(content, state)
    said = "an interrupted command cannot be finished because its temporary folder is missing; 2 files were not written"
    assert (str(problem.severity), problem.message) == ("note", said)
    assert read(content) == {"papers/wrens.yml": "title: Wrens\n"}
    assert not list(state.iterdir())
    assert [p.code for p in finish_writing(content.parent / "moved", state)] == ["not-ours"]


# Locks.


def test_one_command_writes_at_a_time(shelf_on_disk, tmp_path, state):
    content = shelf_on_disk(OLD)
    with hold(content), hold(content), hold(tmp_path / "another"):
        write_files(content, NEW, state)
        with pytest.raises(Timeout):
            take_lock(content)
    lock = take_lock(content)
    with pytest.raises(BusyError) as fault:
        write_files(content, NEW, state)
    assert str(fault.value) == f"another command is writing {content}: wait for it"
    free_lock(lock)
    assert not Path(lock.lock_file).exists()


def _work(folder, number):
    """Take a lock again and again, and note whether anybody else has it."""
    for _ in range(number):
        try:
            lock = take_lock(folder, timeout=300)
        except Timeout:
            os._exit(2)
        try:
            (folder / "held").mkdir()
            (folder / "held").rmdir()
        except OSError:
            os._exit(3)
        free_lock(lock)


def test_nobody_has_a_lock_with_another_although_its_file_is_deleted(tmp_path):
    processes = [
        multiprocessing.get_context("fork").Process(target=_work, args=(tmp_path, 150)) for _ in range(4)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * 4
    lock = take_lock(tmp_path)
    assert Path(lock.lock_file).exists()
    free_lock(lock)
    assert not Path(lock.lock_file).exists()


def test_who_has_to_wait_for_another_command_is_told(shelf_on_disk, state, monkeypatch, kill):
    monkeypatch.setattr(transaction, "_PATIENCE", 0.01)
    content = shelf_on_disk(OLD)
    lock = take_lock(content)
    assert finish_writing(content, state) == ()
    free_lock(lock)
    kill(6, (content, state), partial(write_files, content, NEW, state))
    lock = take_lock(content)
    assert finish_writing(content, state) == ()
    assert hidden(content)
    free_lock(lock)
    folder = finish_writing(content, state) or cut_short(monkeypatch, content, state)
    lock = take_lock(content)
    (problem,) = finish_writing(content, state)
    free_lock(lock)
    assert (str(problem.severity), problem.code, problem.message, problem.hint) == ("error", "cut-short", "another command is writing the shelf", "wait for it")  # fmt: skip
    assert problem.place.file == folder.name
    finish_writing(content, state)
    assert read(content) == expect(NEW)


# Small things.


def test_nothing_to_write_is_nothing_done(tmp_path, state):
    write_files(tmp_path / "content", {}, state)
    assert not (tmp_path / "content").exists()
    assert not list(state.iterdir())


@pytest.mark.usefixtures("_both_systems")
def test_folders_are_made_and_what_is_not_there_is_deleted_without_a_word(tmp_path, state):
    content = tmp_path / "deep" / "content"
    write_files(content, {"a/b/c.txt": "é\n\n", "empty.txt": "", "none.txt": None}, state)
    assert {name: (content / name).read_bytes() for name in fingerprint(content)} == {"a/b/c.txt": "é\n\n".encode(), "empty.txt": b""}  # fmt: skip
    assert not hidden(content)


def test_files_get_the_permissions_that_everybody_gives_them(shelf_on_disk, state):
    content = shelf_on_disk(OLD)
    mask = os.umask(0o027)
    write_files(content, NEW, state)
    os.umask(mask)
    assert stat.S_IMODE((content / "papers" / "mice.yml").stat().st_mode) == 0o640


def test_a_fault_keeps_the_name_of_its_file(shelf_on_disk, state, monkeypatch):
    content = shelf_on_disk(OLD)

    def fail(*_):
        raise OSError(errno.EIO, "Input/output error", "papers/owls.yml")

    monkeypatch.setattr(folders.Folder, "digest", fail)
    with pytest.raises(OSError, match="Input") as fault:
        write_files(content, NEW, state)
    assert fault.value.filename == "papers/owls.yml"
    assert read(content) == OLD
    assert not hidden(content)


def test_everything_is_on_the_disk_before_it_counts(shelf_on_disk, state, monkeypatch):
    content = shelf_on_disk(OLD)
    events = []
    fsync, replace = os.fsync, os.replace

    def name(handle):
        return str(Path(f"/proc/self/fd/{handle}").readlink()).replace(str(content.parent), "")

    monkeypatch.setattr(os, "fsync", lambda handle: events.append(("flush", name(handle))) or fsync(handle))
    monkeypatch.setattr(
        os, "replace", lambda *a, **k: events.append(("move", Path(a[1]).name)) or replace(*a, **k)
    )
    write_files(content, NEW, state)
    folder = next(path for _, path in events if path.startswith("/content/.papershelf-")).split("/")[2]
    committed = [n for n, event in enumerate(events) if event == ("move", "transaction.json")][1]
    staged = {path for what, path in events[:committed] if what == "flush"}
    assert {f"/content/{folder}/{n}" for n in (0, 1)} | {f"/content/{folder}", "/content"} <= staged
    moves = [n for n, event in enumerate(events) if event in {("move", "owls.yml"), ("move", "mice.yml")}]
    assert len(moves) == 2
    assert [
        path for what, path in events[committed : moves[0]] if what == "flush" and path.startswith("/state")
    ]
    assert {path for what, path in events[moves[-1] :] if what == "flush"} >= {"/content", "/content/papers"}


def test_a_transaction_has_a_folder_of_its_kind():
    assert Transaction(".papershelf-0123456789abcdef", (FileChange("a", "", "b"),)).steps
    with pytest.raises(ValueError, match="not the folder"):
        Transaction("papers")
