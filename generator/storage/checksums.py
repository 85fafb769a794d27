"""Checksums of a site in the format of `sha256sum -c`."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

_ESCAPES = str.maketrans({"\\": r"\\", "\n": r"\n", "\r": r"\r"})


def render_checksums(folder: Path) -> str:
    """Return a line for every file below a folder with its relative path, sorted by the bytes of the path.

    Names with a line break or a backslash are escaped as in GNU coreutils, with a backslash before the line.
    """
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return "".join(_render_line(name, files[name]) for name in sorted(files, key=os.fsencode))


def _render_line(name: str, path: Path) -> str:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    escaped = name.translate(_ESCAPES)
    return f"{chr(92) * (escaped != name)}{digest}  {escaped}\n"
