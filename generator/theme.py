"""The theme's files: beside the package in a checkout, inside it in a wheel; scripts leave without their comments."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable
from pathlib import Path

from rjsmin import jsmin

_ASSETS = "assets/papershelf/"
WORKER = "worker.js"
"""The script that stands at a site's root, since a worker sees only what is below it."""
FOLDER = "theme_overrides"
_IMPORT = re.compile(r'\b(?:import|from)\s*"(\.[^"]+)"')


def find_theme() -> Path:
    """Return the folder of templates, styles and scripts that are laid over Material."""
    inside = Path(__file__).parent / FOLDER
    return inside if inside.is_dir() else Path(__file__).parent.parent / FOLDER


def is_script(path: str) -> bool:
    """Return whether a file of the site is one of the theme's own scripts."""
    return path == WORKER or (path.startswith(_ASSETS) and path.endswith(".js"))


def is_style(path: str) -> bool:
    """Return whether a file of the site is one of the theme's own style sheets."""
    return path.startswith(_ASSETS) and path.endswith(".css")


def pack_script(text: str) -> str:
    """Return a script without comments and needless spaces: a third fewer bytes for every reader."""
    return str(jsmin(text))


def list_modules(entries: Iterable[str], read: Callable[[str], str]) -> list[str]:
    """Return the addresses of modules and of all that they import, each once, so that a page can ask for them at once."""
    found = list(entries)
    for address in found:
        for name in _IMPORT.findall(read(address)):
            target = posixpath.normpath(posixpath.join(posixpath.dirname(address), name))
            if target not in found:
                found.append(target)
    return found
