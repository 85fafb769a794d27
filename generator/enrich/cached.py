"""Answers that services have given before, for asking whether they are still so."""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """An answer and the two headers that ask for it again only if it changed."""

    body: str
    etag: str = ""
    modified: str = ""


class Cache:
    """A folder with a file an answer, or nothing; a file that is damaged is as good as none."""

    def __init__(self, folder: Path | None) -> None:
        """Begin with what is in the folder; it is made when the first answer is kept."""
        self._folder = folder

    def get(self, url: str) -> Kept | None:
        """Return the answer that is kept for an address."""
        if self._folder is None:
            return None
        try:
            return msgspec.msgpack.decode(self._path(self._folder, url).read_bytes(), type=Kept)
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
            return None

    def put(self, url: str, answer: Kept) -> None:
        """Keep an answer that can be asked for again; a disk that is full or read-only costs only time."""
        if self._folder is None or not (answer.etag or answer.modified):
            return
        path = self._path(self._folder, url)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            (path.parent.parent / ".gitignore").write_text("*\n")
            new = path.with_suffix(".new")
            new.write_bytes(msgspec.msgpack.encode(answer))
            new.replace(path)
        except OSError:
            return

    @staticmethod
    def _path(folder: Path, url: str) -> Path:
        return folder / f"{hashlib.blake2b(url.encode(), digest_size=16).hexdigest()}.answer"
