"""The folders of this user for state and caches, which are outside of every checkout."""

from __future__ import annotations

import getpass
import os
import stat
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import platformdirs

from generator.storage.folder import CHECKOUT
from generator.storage.state import is_own

_NAME = "papershelf"


def find_state(folder: Path) -> Path | None:
    """Return the place for what a killed command leaves of a folder: the user's own, else one in the temporary folder.

    None where this user can have none that nobody else may write and no commit can reach.
    """
    return _choose(folder, lambda: platformdirs.user_state_path(_NAME, appauthor=False), _name_temporary)


def find_cache(folder: Path) -> Path | None:
    """Return the place for what is only faster to keep than to work out again; None where there is none."""
    return _choose(folder, lambda: platformdirs.user_cache_path(_NAME, appauthor=False))


def _name_temporary() -> Path:
    user = os.geteuid() if hasattr(os, "geteuid") else getpass.getuser()
    return Path(tempfile.gettempdir()) / f"{_NAME}-{user}"


def _choose(folder: Path, *places: Callable[[], Path]) -> Path | None:
    for name_place in places:
        with suppress(OSError, RuntimeError):  # there is no home, or no temporary folder
            if _is_private(place := name_place(), folder):
                return place
    return None


def _is_private(place: Path, folder: Path) -> bool:
    """Return whether a place is, or now becomes, a folder of this user alone, outside of the checkout of a folder."""
    here = folder.resolve()
    tops = [top for top in here.parents if any((top / name).exists() for name in CHECKOUT)]
    if not place.is_absolute() or any(place.resolve().is_relative_to(top) for top in (here, *tops)):
        return False
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    state = place.lstat()
    return stat.S_ISDIR(state.st_mode) and is_own(state) and os.access(place, os.W_OK | os.X_OK)
