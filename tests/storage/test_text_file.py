"""Files from anywhere to text, or to a problem that says what is wrong with each."""

import os
import socket
import stat
from pathlib import Path

import pytest

from generator.storage import text_file
from generator.storage.text_file import find_ways_out, leads_outside, load_text, show_file_name

UNPACK = "unpack it and use the files inside"
AS_UTF8 = "save the file as UTF-8"


def refuse(path, **options):
    """Return what is said of a file that gives no text: message, hint and line."""
    text, (problem,) = load_text(path, **options)
    assert (text, problem.code, problem.severity) == ("", "unreadable-file", "error")
    assert problem.place.file == options.get("name", str(path))
    return problem.message, problem.hint, problem.place.line


@pytest.mark.parametrize(
    ("data", "message", "hint", "line"),
    [
        (b"PK\x03\x04", "this is a zip archive (or an office document), not text", UNPACK, 0),
        (b"\x1f\x8b\x08", "this is compressed with gzip, not text", UNPACK, 0),
        (b"%PDF-1.7", "this is a PDF, not text", UNPACK, 0),
        (b"x" * 257 + b"ustar", "this is a tar archive, not text", UNPACK, 0),
        (b"BZh91AY&SY", "this is compressed with bzip2, not text", UNPACK, 0),
        (b"\xff\xfe\x00\x00a", "not UTF-8 but UTF-32", AS_UTF8, 1),
        (b"\xff\xfea\x00", "not UTF-8 but UTF-16", AS_UTF8, 1),
        (b"\xfe\xff\x00a", "not UTF-8 but UTF-16", AS_UTF8, 1),
        (b"a\nb\n\0\n\0", "the file contains a NUL character, which is not allowed in text", "the file may not be text or not UTF-8: save it as UTF-8 text", 3),
        (b"\0", "the file contains a NUL character, which is not allowed in text", "the file may not be text or not UTF-8: save it as UTF-8 text", 1),
        (b"\n\0", "the file contains a NUL character, which is not allowed in text", "the file may not be text or not UTF-8: save it as UTF-8 text", 2),
        (b"\n\xe9", "not UTF-8: byte 0xe9", AS_UTF8, 2),
        (b"\xef\xbb\xbfa\n\xe9bcd\n\n", "not UTF-8: byte 0xe9", AS_UTF8, 2),
        (b"a\n\xe9t\xe9\n", "not UTF-8: byte 0xe9", AS_UTF8, 2),
        (b"\xef\xbb\xbfa\n\xe9", "not UTF-8: byte 0xe9", AS_UTF8, 2),
        (b"\x80", "not UTF-8: byte 0x80", AS_UTF8, 1),
        (b"one\ntwo \xff\n", "not UTF-8: byte 0xff", AS_UTF8, 2),
        (b"a\n\xc3", "not UTF-8: byte 0xc3", AS_UTF8, 2),
    ],
)  # fmt: skip
def test_what_is_no_text_is_told_with_its_line(tmp_path, data, message, hint, line):
    file = tmp_path / "in"
    file.write_bytes(data)
    assert refuse(file, name="papers.bib") == (message, hint, line)


@pytest.mark.parametrize("data", [b"", b"x" * 256 + b"ustar", b"x PK\x03\x04", b"a\rb\r\nc\n\r", b"\xef\xbb\xbfone\r\ntwo\rthree\n", "é".encode(), b"\xef\xbb\xbf", b"\xef\xbb\xbf\xef\xbb\xbfa"])  # fmt: skip
def test_what_is_text_is_read(tmp_path, data):
    file = tmp_path / "in"
    file.write_bytes(data)
    wanted = data.removeprefix(b"\xef\xbb\xbf").decode().replace("\r\n", "\n").replace("\r", "\n")
    assert load_text(file) == (wanted, ())


@pytest.mark.parametrize(("size", "limit", "good"), [(10, 10, True), (11, 10, False), (9, 10, True), (9_999, 10_000, True), (10_001, 10_000, False)])  # fmt: skip
def test_a_file_may_have_so_many_bytes(tmp_path, size, limit, good):
    file = tmp_path / "in"
    file.write_bytes(b"x" * size)
    if good:
        assert load_text(file, limit=limit) == ("x" * size, ())
    else:
        assert refuse(file, limit=limit) == (f"the file has more than {limit:,} bytes", "split the file", 0)


def test_a_file_that_is_longer_than_it_says_is_read_to_its_end(monkeypatch, tmp_path):
    file = tmp_path / "in"
    file.write_bytes(b"owls " * 3_000)
    state = file.stat()

    empty = os.stat_result((*state[:6], 0, *state[7:10]))
    monkeypatch.setattr(os, "fstat", lambda _: empty)
    assert load_text(file) == ("owls " * 3_000, ())
    for limit in (1, 4_098, 6_000):  # one, two and three readings
        assert refuse(file, limit=limit)[0] == f"the file has more than {limit:,} bytes"


def test_what_is_no_plain_file_is_told(monkeypatch, tmp_path):
    hint = "save its output as a file and use that"
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as unix:
        monkeypatch.chdir(tmp_path)  # names of sockets must be short
        unix.bind("socket")
        assert refuse(tmp_path / "socket") == ("this is a socket, not a file", hint, 0)
    assert refuse(tmp_path / "pipe") == ("this is a pipe, not a file", hint, 0)
    assert refuse(tmp_path) == ("this is a folder, not a file", hint, 0)
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)
    assert refuse(os.devnull) == ("this is a device, not a file", hint, 0)


def test_what_no_name_is_known_for_is_no_plain_file(monkeypatch, tmp_path):
    monkeypatch.setattr(text_file, "_KINDS", ())
    assert refuse(tmp_path)[0] == "this is a special file, not a file"


def test_a_file_that_is_not_there_or_cannot_be_is_told(tmp_path):
    assert refuse(tmp_path / "none") == ("cannot be read: No such file or directory", "", 0)
    assert refuse(tmp_path / "a\0b", name="odd") == ("cannot be read: this is not a valid file name", "", 0)


def test_a_name_is_shown_whatever_it_is_made_of():
    assert show_file_name("owls.yml") == "owls.yml"
    assert show_file_name(os.fsdecode(b"o\xffwls")) == "o\ufffdwls"


@pytest.fixture
def links(tmp_path):
    """Return a content folder with links that stay in it and links that lead out of it."""
    content = tmp_path / "content"
    (content / "papers" / "more").mkdir(parents=True)
    (tmp_path / "secret.yml").write_text("title: Secret\n")
    (content / "papers" / "owls.yml").write_text("title: Owls\n")
    (content / "papers" / "in.yml").symlink_to(content / "papers" / "owls.yml")
    (content / "papers" / "out.yml").symlink_to(tmp_path / "secret.yml")
    (content / "papers" / "more" / "out.md").symlink_to("../../../secret.yml")
    (content / "up").symlink_to(tmp_path)
    return content


def test_a_link_that_leads_out_is_no_file_of_the_shelf(links):
    papers = links / "papers"
    assert leads_outside(papers / "out.yml", links)
    assert not leads_outside(papers / "in.yml", links)
    assert not leads_outside(papers / "owls.yml", papers / "more")
    for name, target in (("gone.yml", "../../none.yml"), ("here.yml", "none.yml"), ("loop.yml", "loop.yml")):
        (papers / name).symlink_to(target)
        assert leads_outside(papers / name, links) == (name != "here.yml")
    said = (
        "a symbolic link out of the content folder or to itself",
        "replace the link with the file",
        0,
    )
    assert refuse(papers / "out.yml", inside=links) == said
    assert load_text(papers / "in.yml", inside=links) == ("title: Owls\n", ())
    assert load_text(papers / "out.yml") == ("title: Secret\n", ())


def test_all_ways_out_are_found(links):
    found = find_ways_out(links)
    assert {path.relative_to(links).as_posix() for path in found} == {"papers/out.yml", "papers/more/out.md", "up"}  # fmt: skip
    for path, problem in found.items():
        assert (problem.code, problem.severity) == ("unreadable-file", "error")
        assert problem.place.file == path.relative_to(links).as_posix()
        assert (problem.message, problem.hint) == ("a symbolic link out of the content folder or to itself", "replace the link with the file")  # fmt: skip
    (links / "loop").symlink_to("loop")
    assert links / "loop" in find_ways_out(links)
    assert find_ways_out(links / "none") == {}


def test_ways_out_are_found_beside_a_folder_that_cannot_be_listed(links, monkeypatch):
    for name in "abc":
        (links / name / "deep").mkdir(parents=True)
        (links / name / "deep" / "out").symlink_to("/")
    scan = os.scandir

    def refuse_one(folder):
        if str(folder).endswith("papers"):
            raise PermissionError(13, "Permission denied")
        return scan(folder)

    monkeypatch.setattr(os, "scandir", refuse_one)
    found = {path.relative_to(links).as_posix() for path in find_ways_out(links)}
    assert found == {"up", "a/deep/out", "b/deep/out", "c/deep/out"}
