"""Names that stay inside, and links that a commit may have put somewhere."""

import os
from pathlib import Path

import pytest

from generator.storage import folder as folders
from generator.storage.folder import Folder, LeavesError, check_name, find_link, refuse_link
from generator.storage.state import forget_own, read_own, write_own


@pytest.mark.parametrize(
    "name", ["a", "a/b.c", ".nojekyll", "..a", "a..", "...", "papers/é.html", "a b", "-", "~"]
)
def test_names_below_a_folder_are_kept(name):
    assert check_name(name) == name


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        "/",
        "/a",
        "a/",
        "a//b",
        "../a",
        "a/..",
        "a/../b",
        "./a",
        "\\a",
        "..\\a",
        "C:\\a",
        "C:a",
        "a\0",
    ],
)
def test_names_that_lead_out_or_mean_something_else_are_refused(name):
    with pytest.raises(LeavesError, match="leads out of its folder"):
        check_name(name)


@pytest.fixture
def work(tmp_path, monkeypatch):
    """Return a checkout in which somebody works, with folders outside of it."""
    (tmp_path / "work" / ".git").mkdir(parents=True)
    (tmp_path / "work" / "deep" / "er").mkdir(parents=True)
    (tmp_path / "other" / ".git").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "work")
    return tmp_path / "work"


@pytest.mark.parametrize("target", ["../other", ".git", "deep", "nowhere", "..", "/", "out"])
@pytest.mark.parametrize("path", ["out", "out/new", "./out/a/b", "deep/../out/x"])
def test_a_link_of_a_checkout_is_found_wherever_it_leads(work, path, target):
    """Also to itself, and to another checkout, whose own top is no excuse."""
    (work / "out").symlink_to(target)
    for given in (Path(path), work / path):
        assert find_link(given).resolve is not None
        assert find_link(given).name == "out"
        with pytest.raises(LeavesError, match="symbolic link in the checkout"):
            refuse_link(given)


def test_a_folder_of_mkdocs_without_git_is_a_checkout_too(tmp_path):
    (tmp_path / "mkdocs.yml").touch()
    (tmp_path / "site").symlink_to("elsewhere")
    assert find_link(tmp_path / "site") == tmp_path / "site"


def test_links_of_the_user_are_their_own(tmp_path, work):
    """A checkout may be reached through a link, and what is named may be one outside of any."""
    (tmp_path / "way").symlink_to("work")
    (tmp_path / "public").symlink_to("nowhere")
    for path in (
        tmp_path / "way",
        tmp_path / "way" / "content",
        tmp_path / "public",
        work,
        work / "deep" / "er" / "x",
    ):
        assert find_link(path) is None


def list_handles():
    return len(list(Path("/proc/self/fd").iterdir()))


@pytest.mark.parametrize("handles", [True, False])
def test_nothing_of_a_folder_stays_open(tmp_path, monkeypatch, handles):
    monkeypatch.setattr(folders, "HANDLES", handles)
    before = list_handles()
    with Folder(tmp_path) as folder:
        folder.make_folder("a")
        folder.write("a/one", "text")
        folder.move("a/one", "b/c/two")
        assert folder.digest("b/c/two") == folder.digest("b/c/two") != ""
        assert (folder.digest("a/one"), folder.has("a/one"), folder.has("b/c"), folder.has("x/y")) == ("", False, True, False)  # fmt: skip
        folder.flush(["b/c/two", "gone/x"])
        for name in ("../x", "b/c/two/x", "x/y/z"):
            with pytest.raises(OSError, match=r"leads out|not a folder|No such file"):
                folder.write(name, "")
        folder.delete("b/c/two")
        folder.delete("b/c/two")
        folder.delete_folder("b")
        folder.delete_folder("b")
    assert list_handles() == before
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_folder_is_deleted_and_not_what_its_links_lead_to(tmp_path):
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "kept").touch()
    (tmp_path / "in" / "gone").mkdir(parents=True)
    (tmp_path / "in" / "gone" / "way").symlink_to(tmp_path / "outside")
    (tmp_path / "in" / "way").symlink_to(tmp_path / "outside")
    with Folder(tmp_path / "in") as folder:
        folder.delete_folder("gone")
        folder.delete_folder("way")
    assert (tmp_path / "outside" / "kept").exists()
    assert not (tmp_path / "in" / "gone").exists()


def test_own_files_are_the_users_alone_and_written_whole(tmp_path, monkeypatch):
    file = tmp_path / "of" / "a folder" / "kept"
    write_own(file, b"one", flush=True)
    assert read_own(file) == b"one"
    assert file.stat().st_mode & 0o777 == 0o600

    def fail(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", fail)
        with pytest.raises(OSError, match="No space"):
            write_own(file, b"two")
    assert read_own(file) == b"one"
    assert [path.name for path in file.parent.iterdir()] == ["kept"]
    forget_own(file)
    forget_own(file)
    assert not file.parent.exists()


def test_what_is_no_plain_file_or_too_large_is_none(tmp_path, monkeypatch):
    file = tmp_path / "kept"
    assert read_own(file) is None
    file.mkdir()
    assert read_own(file) is None
    file.rmdir()
    os.mkfifo(file)
    assert read_own(file) is None
    file.unlink()
    with file.open("wb") as sparse:
        sparse.truncate(1 << 40)
    file.chmod(0o600)
    assert read_own(file) is None
    monkeypatch.setattr("generator.storage.state.STATE_BYTES", 3)
    file.write_bytes(b"four")
    assert read_own(file) is None
