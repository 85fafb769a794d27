"""A cache of parsed records without errors: a record with the same text is not parsed again.

A record is known by the digest of its text. The file is this machine's own, so that no commit can bring one; it holds a digest of itself and of the program that wrote it, so one
that is damaged, or of another version, is as good as none.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path

import msgspec

from generator.model import Paper
from generator.storage.state import read_own, write_own

_DIGEST = 16


class Known(msgspec.Struct, frozen=True, array_like=True):
    """A sound record: the paper, the line it begins in, and the lines of its fields."""

    paper: Paper
    line: int = 1
    lines: Mapping[str, int] = {}


class RecordCache:
    """Sound records by the digest of their text. What a run does not ask for is forgotten with the next one."""

    def __init__(self, file: Path | None = None) -> None:
        """Begin with what a file holds, or with nothing."""
        self._file = file
        self._before = _load(file) if file else {}
        self._now: dict[bytes, Known] = {}
        self._changed = False

    def get(self, key: bytes) -> Known | None:
        """Return a record that was read before."""
        known = self._before.get(key)
        if known is not None:
            self._now[key] = known
        return known

    def put(self, key: bytes, known: Known) -> None:
        """Keep a sound record."""
        self._now[key] = known
        self._changed = True

    def turn(self) -> None:
        """End a run: what it asked for is what the next one finds, and what the file holds."""
        if self._file and (self._changed or len(self._now) != len(self._before)):
            _save(self._file, self._now)
        self._before, self._now, self._changed = self._now, {}, False


def digest(name: str, text: str) -> bytes:
    """Return what a record's text is known by; `name` is that of its file where the record depends on it."""
    return hashlib.blake2b(f"{name}\n{text}".encode(errors="surrogatepass"), digest_size=_DIGEST).digest()


@cache
def _mark() -> bytes:
    """Return a digest of the program: another version may read the same text otherwise."""
    whole = hashlib.blake2b(digest_size=_DIGEST)
    for path in sorted(Path(__file__).parents[1].rglob("*.py")):
        whole.update(path.read_bytes())
    return whole.digest()


def _load(file: Path) -> dict[bytes, Known]:
    packed = read_own(file) or b""
    body = packed[_DIGEST:]
    if packed[:_DIGEST] == hashlib.blake2b(_mark() + body, digest_size=_DIGEST).digest():
        with suppress(msgspec.MsgspecError):
            return msgspec.msgpack.decode(body, type=dict[bytes, Known])
    return {}


def _save(file: Path, known: Mapping[bytes, Known]) -> None:
    """Write the file whole; a disk that is full or read-only costs only time."""
    body = msgspec.msgpack.encode(known)
    with suppress(OSError):
        write_own(file, hashlib.blake2b(_mark() + body, digest_size=_DIGEST).digest() + body)
