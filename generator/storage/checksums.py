"""Checksums of a site, in the form that `sha256sum -c` reads."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

_ESCAPES = str.maketrans({"\\": r"\\", "\n": r"\n", "\r": r"\r"})


def render_checksums(folder: Path) -> str:
    """Return a line for every file below a folder, by its path from there, in the order of the paths' bytes.

    A name with a line end or a backslash is written as GNU coreutils writes it, with a backslash before the line.
    """
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return "".join(_render_line(name, files[name]) for name in sorted(files, key=os.fsencode))


def _render_line(name: str, path: Path) -> str:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    escaped = name.translate(_ESCAPES)
    return f"{chr(92) * (escaped != name)}{digest}  {escaped}\n"
