"""The site is built aside and put in its place when it is whole, so that the last good one survives every failure."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path


def stage(site: Path) -> Path:
    """Return a new empty folder beside the site, on the same disk; what a killed build left there is deleted."""
    site = site.resolve()
    site.parent.mkdir(parents=True, exist_ok=True)
    for left in site.parent.glob(f".{site.name}-*"):
        if left.suffix in {".new", ".old"} and left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=f".{site.name}-", suffix=".new", dir=site.parent))


def swap(staged: Path, site: Path) -> None:
    """Put the staged folder in the place of the site, and delete the old one."""
    site = site.resolve()
    old = staged.with_suffix(".old")
    staged.chmod(0o755)
    if site.exists():
        site.rename(old)
    staged.rename(site)
    shutil.rmtree(old, ignore_errors=True)


def drop(staged: Path) -> None:
    """Delete a staged folder that will not be used."""
    shutil.rmtree(staged, ignore_errors=True)


def measure(folder: Path) -> int:
    """Return the bytes of all files below a folder."""
    size = 0
    folders = [str(folder)]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                else:
                    size += entry.stat(follow_symlinks=False).st_size
    return size
