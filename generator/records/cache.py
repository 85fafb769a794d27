"""A cache of records without errors, so that a record with unchanged text is not parsed again.

The key of a record is the digest of its text. The file is in the user's cache folder, so that no commit can supply it.
It contains a digest of itself and of the program that wrote it; a file that is damaged or from another version is
ignored.
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
    """A record without errors: the paper, its first line, and the lines of its fields."""

    paper: Paper
    line: int = 1
    lines: Mapping[str, int] = {}


class RecordCache:
    """Records without errors by the digest of their text. Records that a run does not request are dropped at its end."""

    def __init__(self, file: Path | None = None) -> None:
        """Load the cache from a file, or start empty."""
        self._file = file
        self._before = _load(file) if file else {}
        self._now: dict[bytes, Known] = {}
        self._changed = False

    def get(self, key: bytes) -> Known | None:
        """Return a cached record, or None."""
        known = self._before.get(key)
        if known is not None:
            self._now[key] = known
        return known

    def put(self, key: bytes, known: Known) -> None:
        """Store a record without errors."""
        self._now[key] = known
        self._changed = True

    def turn(self) -> None:
        """End a run: keep only the records that it requested, and save them."""
        if self._file and (self._changed or len(self._now) != len(self._before)):
            _save(self._file, self._now)
        self._before, self._now, self._changed = self._now, {}, False


def digest(name: str, text: str) -> bytes:
    """Return the cache key of a record's text; `name` is the file name if the record depends on it."""
    return hashlib.blake2b(f"{name}\n{text}".encode(errors="surrogatepass"), digest_size=_DIGEST).digest()


@cache
def _mark() -> bytes:
    """Return a digest of the program, because another version may read the same text differently."""
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
    """Write the file atomically; if the disk is full or read-only, the cache is not saved."""
    body = msgspec.msgpack.encode(known)
    with suppress(OSError):
        write_own(file, hashlib.blake2b(_mark() + body, digest_size=_DIGEST).digest() + body)
