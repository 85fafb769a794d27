"""Text files from anywhere: bytes to text with one kind of line end, or a problem that says why not."""

from __future__ import annotations

from pathlib import Path

from generator.problems import Place, Problem, error

MAX_BYTES = 256 * 1024 * 1024
"""The largest file that is read at once."""


def load_text(path: Path, *, name: str = "") -> tuple[str, tuple[Problem, ...]]:
    """Return the text of a UTF-8 file, without a byte order mark and with plain line ends, and what is wrong with it.

    `name` is how messages call the file. A file that cannot be read gives the empty text and one problem.
    """
    place = Place(file=name or str(path))
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= MAX_BYTES else None
    except OSError as fault:
        return "", (error("unreadable-file", f"cannot be read: {fault.strerror}", place),)
    if data is None:
        return "", (
            error("unreadable-file", f"{size} bytes: more than {MAX_BYTES}", place, "split the file"),
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = data[: fault.start].count(b"\n") + 1
        message = f"not UTF-8: byte {data[fault.start]:#04x}"
        return "", (
            error("unreadable-file", message, Place(file=place.file, line=line), "save the file as UTF-8"),
        )
    return text.replace("\r\n", "\n").replace("\r", "\n"), ()
