"""Reads text files. All files are read here; anything other than a regular UTF-8 text file is reported."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from generator.limits import FILE_BYTES
from generator.problems import Place, Problem, error

# The first bytes of archives and compressed files, with names of the formats.
_PACKED = (
    (b"PK\x03\x04", "a zip archive (or an office document)"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\x1f\x8b", "compressed with gzip"),
    (b"\xfd7zXZ\x00", "compressed with xz"),
    (b"\x28\xb5\x2f\xfd", "compressed with zstd"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a rar archive"),
    (b"%PDF-", "a PDF"),
    (b"SQLite format 3\x00", "a database"),
)
# Other signatures that are not at the start: position, bytes, and format.
_INSIDE = ((257, b"ustar", "a tar archive"), (4, b"1AY&SY", "compressed with bzip2"))
_WIDE = (
    (b"\xff\xfe\x00\x00", "UTF-32"), (b"\x00\x00\xfe\xff", "UTF-32"), (b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"),
)  # fmt: skip
_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)
_WAY_OUT, _INSTEAD = (
    "a symbolic link out of the content folder or to itself",
    "replace the link with the file",
)
_CHUNK = 4096
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+$")
_WAIT_FOR_NOTHING = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class _RefusedError(Exception):
    """Raised if a file has no valid text; has the reason, the line and a hint."""

    def __init__(self, message: str, hint: str = "", line: int = 0) -> None:
        self.message, self.hint, self.line = message, hint, line
        super().__init__(message)


def load_text(
    path: Path, *, name: str = "", inside: Path | None = None, limit: int = FILE_BYTES
) -> tuple[str, tuple[Problem, ...]]:
    """Return the text of a UTF-8 file, without byte order mark and with LF line endings, and its problems.

    `name` is the file's name in messages. An empty text and one problem are returned if the file cannot be read, is a
    symbolic link out of the folder `inside`, or has more than `limit` bytes.
    """
    try:
        if inside is not None and leads_outside(path, inside):
            raise _RefusedError(_WAY_OUT, _INSTEAD)  # noqa: TRY301 (one answer for all)
        return _decode(_read(path, limit)), ()
    except OSError as fault:
        refused = _RefusedError(f"cannot be read: {fault.strerror or fault}")
    except ValueError:  # a NUL in the name
        refused = _RefusedError("cannot be read: this is not a valid file name")
    except _RefusedError as fault:
        refused = fault
    place = Place(file=name or show_file_name(path), line=refused.line)
    return "", (error("unreadable-file", refused.message, place, refused.hint),)


def load_head(path: Path, *, inside: Path, length: int) -> tuple[bytes, int, str]:
    """Return the first `length` bytes of any regular file in the folder `inside`, its size, and why it cannot be read (then nothing)."""
    try:
        if leads_outside(path, inside):
            raise _RefusedError(f"is {_WAY_OUT}")  # noqa: TRY301 (one answer for all)
        with os.fdopen(_open(path), "rb") as file:
            return file.read(length), os.fstat(file.fileno()).st_size, ""
    except OSError as fault:
        return b"", 0, f"cannot be read: {fault.strerror or fault}"
    except _RefusedError as fault:
        return b"", 0, fault.message


def load_exact(path: Path) -> str:
    """Return the exact text of a file that `load_text` reads without errors, with its byte order mark and line endings."""
    return _read(path, FILE_BYTES).decode("utf-8")


def make_plain(text: str) -> str:
    """Return a text without byte order mark and with LF line endings."""
    return _join_lines(text.removeprefix("\ufeff"))


def _join_lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def split_lines(text: str) -> list[str]:
    """Return the lines of a text with their line endings, as counted by `load_text`."""
    return _LINE.findall(text)


def list_lines(text: str) -> Iterator[str]:
    r"""Yield the lines of a text without their ends, one after the other: a list of them would need as much memory again.

    >>> list(list_lines("Owls\n\nWrens"))
    ['Owls', '', 'Wrens']
    """
    at = 0
    while (end := text.find("\n", at)) >= 0:
        yield text[at:end]
        at = end + 1
    yield text[at:]


def show_file_name(path: Path | str) -> str:
    """Return a file's name as valid text, even if its bytes are not UTF-8."""
    return os.fsencode(path).decode("utf-8", errors="replace")


def leads_outside(path: Path, folder: Path) -> bool:
    """Return whether a file is a symbolic link to a target outside of the folder, or to itself."""
    try:
        return path.is_symlink() and not path.resolve(strict=True).is_relative_to(folder.resolve())
    except FileNotFoundError:
        return not path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # a circle, which Python before 3.13 calls a RuntimeError
        return True


def find_ways_out(content: Path) -> dict[Path, Problem]:
    """Return the symbolic links in a folder that lead out of it, because pages would publish their targets."""
    found: dict[Path, Problem] = {}
    folders = [content]
    while folders:
        try:
            entries = sorted(os.scandir(folders.pop()), key=lambda entry: entry.name)
        except OSError:
            continue  # who reads it will say so
        folders += [Path(entry.path) for entry in entries if entry.is_dir(follow_symlinks=False)]
        for path in (Path(entry.path) for entry in entries if entry.is_symlink()):
            if leads_outside(path, content):
                place = Place(file=show_file_name(path.relative_to(content)))
                found[path] = error("unreadable-file", _WAY_OUT, place, _INSTEAD)
    return found


def _read(path: Path, limit: int) -> bytes:
    """Return the bytes of a regular file, without blocking and without reading more than the limit."""
    handle = _open(path)
    try:
        state = os.fstat(handle)
        data = os.read(handle, min(state.st_size, limit) + 1)
        # A file may be longer than its reported size, and a read may return fewer bytes than requested.
        while len(data) <= limit and (more := os.read(handle, min(max(len(data), _CHUNK), limit) + 1)):
            data += more
    finally:
        os.close(handle)
    if len(data) > limit:
        raise _RefusedError(f"the file has more than {limit:,} bytes", "split the file")
    return data


def _open(path: Path) -> int:
    """Return a handle of a regular file, without blocking."""
    try:
        handle = os.open(path, os.O_RDONLY | _WAIT_FOR_NOTHING)
    except OSError:
        _check_kind(path.stat().st_mode)  # a socket cannot even be opened
        raise
    try:
        _check_kind(os.fstat(handle).st_mode)
    except BaseException:
        os.close(handle)
        raise
    return handle


def _check_kind(mode: int) -> None:
    if not stat.S_ISREG(mode):
        kind = next((kind for is_kind, kind in _KINDS if is_kind(mode)), "a special file")
        raise _RefusedError(f"this is {kind}, not a file", "save its output as a file and use that")


def _decode(data: bytes) -> str:
    signs = ((0, start, what) for start, what in _PACKED)
    if packed := next((what for at, sign, what in (*signs, *_INSIDE) if data.startswith(sign, at)), ""):
        raise _RefusedError(f"this is {packed}, not text", "unpack it and use the files inside")
    if wide := next((what for start, what in _WIDE if data.startswith(start)), ""):
        raise _RefusedError(f"not UTF-8 but {wide}", "save the file as UTF-8", 1)
    if (at := data.find(b"\0")) >= 0:
        message, hint = (
            "the file contains a NUL character, which is not allowed in text",
            "the file may not be text or not UTF-8: save it as UTF-8 text",
        )
        raise _RefusedError(message, hint, data.count(b"\n", 0, at) + 1)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        # `utf-8-sig` counts from after the byte order mark
        at = fault.start + (len(data) - len(fault.object))
        message = f"not UTF-8: byte {data[at]:#04x}"
        raise _RefusedError(message, "save the file as UTF-8", data.count(b"\n", 0, at) + 1) from None
    return _join_lines(text)
