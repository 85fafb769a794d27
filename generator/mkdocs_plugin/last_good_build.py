"""The last good build of a preview, kept during the next build and restored if that fails.

MkDocs empties the site folder before it reads the first page, so everything is moved aside first. Folders with
pages that the next build reuses are moved back; after that, each of their files is moved aside before it changes.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

_ASIDE = ".papershelf"  # MkDocs does not delete what begins with a dot


class LastGoodBuild:
    """The files of the last good build that the current build has replaced so far."""

    def __init__(self) -> None:
        self._site: Path | None = None
        self._shared: set[str] = set()
        self._spared: set[str] = set()

    def put_aside(self, site: Path) -> None:
        """Move everything in the site folder aside."""
        self.restore()
        self._site, self._shared, self._spared = site, set(), set()
        aside = site / _ASIDE
        aside.mkdir(parents=True, exist_ok=True)
        for entry in _list_entries(site):
            entry.rename(aside / entry.name)

    def share(self, names: Iterable[str]) -> None:
        """Move some folders back for the next build to reuse."""
        if self._site is None:
            return
        for name in names:
            if (self._site / _ASIDE / name).is_dir():
                (self._site / _ASIDE / name).rename(self._site / name)
                self._shared.add(name)

    def spare(self, path: str) -> None:
        """Move a file of a shared folder aside before it is written or deleted; repeated calls do nothing."""
        if self._site is None or path.partition("/")[0] not in self._shared or path in self._spared:
            return
        self._spared.add(path)
        if (self._site / path).is_file():
            target = self._site / _ASIDE / path
            target.parent.mkdir(parents=True, exist_ok=True)
            (self._site / path).rename(target)

    def forget(self) -> None:
        """Delete the files that were moved aside, because the current build is now the last good one."""
        if self._site is not None:
            shutil.rmtree(self._site / _ASIDE, ignore_errors=True)
            self._site = None

    def restore(self) -> bool:
        """Restore the last good build; return whether there was one."""
        if self._site is None:
            return False
        for entry in _list_entries(self._site):
            if entry.name not in self._shared:
                shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
        for path in self._spared:
            (self._site / path).unlink(missing_ok=True)
        aside = self._site / _ASIDE
        for entry in _list_entries(aside):
            if entry.name not in self._shared:
                entry.rename(self._site / entry.name)
        for path in self._spared:
            if (aside / path).is_file():
                (aside / path).rename(self._site / path)
        self.forget()
        return True


def _list_entries(folder: Path) -> list[Path]:
    return sorted(entry for entry in folder.iterdir() if not entry.name.startswith("."))
