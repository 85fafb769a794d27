"""Answers that services have given before, for asking whether they are still so."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path

import msgspec

from generator.storage.state import read_own, write_own


class AnswerCache(msgspec.Struct, frozen=True, kw_only=True):
    """An answer and the two headers that ask for it again only if it changed."""

    body: str
    etag: str = ""
    modified: str = ""


class Cache:
    """A folder of this machine with a file an answer, or nothing; a file that is damaged is as good as none."""

    def __init__(self, folder: Path | None) -> None:
        """Begin with what is in the folder; it is made when the first answer is kept."""
        self._folder = folder

    def get(self, url: str) -> AnswerCache | None:
        """Return the answer that is kept for an address."""
        body = read_own(self._path(self._folder, url)) if self._folder else None
        with suppress(msgspec.MsgspecError, UnicodeDecodeError):
            kept = msgspec.msgpack.decode(body or b"", type=AnswerCache)
            tags = f"{kept.etag}{kept.modified}"
            return kept if tags.isascii() and tags.isprintable() else None  # as a header must be
        return None

    def put(self, url: str, answer: AnswerCache) -> None:
        """Keep an answer that can be asked for again; a disk that is full or read-only costs only time."""
        if self._folder is None or not (answer.etag or answer.modified):
            return
        with suppress(OSError):
            write_own(self._path(self._folder, url), msgspec.msgpack.encode(answer))

    @staticmethod
    def _path(folder: Path, url: str) -> Path:
        return folder / f"{hashlib.blake2b(url.encode(), digest_size=16).hexdigest()}.answer"
