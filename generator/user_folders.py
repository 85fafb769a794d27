"""The user's folders for state and caches, which are outside of every checkout."""

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
    """Return the folder with the recovery state of killed commands for `folder`: in the user's state folder, otherwise in the temporary folder.

    None if there is no such folder that only this user can write and that is outside the checkout.
    """
    return _choose(folder, lambda: platformdirs.user_state_path(_NAME, appauthor=False), _name_temporary)


def find_cache(folder: Path) -> Path | None:
    """Return the user's cache folder for `folder`, or None if there is none."""
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
    """Create a folder if needed, and return whether only this user can write it and it is outside the checkout of `folder`."""
    here = folder.resolve()
    tops = [top for top in here.parents if any((top / name).exists() for name in CHECKOUT)]
    if not place.is_absolute() or any(place.resolve().is_relative_to(top) for top in (here, *tops)):
        return False
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    state = place.lstat()
    return stat.S_ISDIR(state.st_mode) and is_own(state) and os.access(place, os.W_OK | os.X_OK)
