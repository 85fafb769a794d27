"""Caches answers of services for conditional requests."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path

import msgspec

from generator.storage.state import read_own, write_own


class AnswerCache(msgspec.Struct, frozen=True, kw_only=True):
    """An answer with the two headers for requesting it again only if it has changed."""

    body: str
    etag: str = ""
    modified: str = ""


class Cache:
    """A cache folder with a file for each answer, or no cache; damaged files are ignored."""

    def __init__(self, folder: Path | None) -> None:
        """Use a folder, which is created when the first answer is stored; None for no cache."""
        self._folder = folder

    def get(self, url: str) -> AnswerCache | None:
        """Return the cached answer for a URL, or None."""
        body = read_own(self._path(self._folder, url)) if self._folder else None
        with suppress(msgspec.MsgspecError, UnicodeDecodeError):
            kept = msgspec.msgpack.decode(body or b"", type=AnswerCache)
            tags = f"{kept.etag}{kept.modified}"
            return kept if tags.isascii() and tags.isprintable() else None  # as a header must be
        return None

    def put(self, url: str, answer: AnswerCache) -> None:
        """Store an answer; if the disk is full or read-only, it is not cached."""
        if self._folder is None or not (answer.etag or answer.modified):
            return
        with suppress(OSError):
            write_own(self._path(self._folder, url), msgspec.msgpack.encode(answer))

    @staticmethod
    def _path(folder: Path, url: str) -> Path:
        return folder / f"{hashlib.blake2b(url.encode(), digest_size=16).hexdigest()}.answer"
