"""The files of the theme: beside the package in a checkout, inside of it in a wheel. Scripts are served without comments, in bundles.

A site serves its scripts and style sheets from one folder that is named by a hash of their contents, such as
`assets/ps-3f2a9c1d/`. Pages refer to this folder, and its scripts import each other, so a browser with cached files of
an older version never mixes the two.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from pathlib import Path, PurePosixPath

from rjsmin import jsmin

from generator.labels.calls import ScriptLabelError
from generator.labels.labels import Labels
from generator.labels.scripts import fill_labels
from generator.mkdocs_plugin.bundles import BundleError, bundle_scripts

_ASSETS = "assets/papershelf/"
MAIN = f"{_ASSETS}papershelf.css"
"""The style sheet of every page, including the colours."""
WORKER = "worker.js"
"""The service worker, which is at the site's root because its scope is limited to the folder of its script."""
LABEL = f"{_ASSETS}label.js"
"""The script that declares the label functions, whose calls are replaced by texts; it is never loaded and not part of a site."""
STABLE = frozenset({f"{_ASSETS}scheme.js", f"{_ASSETS}renew.js"})
"""The script at the start of each page, and the one that reloads a page whose scripts are missing. Their paths never change, so
that pages of an older version find them, too. Their URLs end with `?` and the version, so that no page runs an older one."""
FONT_SHEET = f"{_ASSETS}fonts.css"
"""The style sheet of the fonts, which becomes a part of the main one."""
FONT_FOLDER = f"{_ASSETS}fonts/"
"""The fonts. The names of these files end in a hash of their content, so they stay in the caches of readers over versions."""
FOLDER = "theme_overrides"
_PICTURES = frozenset({".svg", ".png", ".ico"})
_IMPORT = re.compile(r'\b(?:import|from)\s*"(\.[^"]+)"')


def find_theme() -> Path:
    """Return the folder of templates, styles and scripts that override Material."""
    inside = Path(__file__).parents[1] / FOLDER
    return inside if inside.is_dir() else Path(__file__).parents[2] / FOLDER


def is_script(path: str) -> bool:
    """Return whether a file of the site is one of the theme's own scripts."""
    return path == WORKER or (path.startswith(_ASSETS) and path.endswith(".js") and path != LABEL)


def is_style(path: str) -> bool:
    """Return whether a file of the site is one of the theme's own style sheets."""
    return path.startswith(_ASSETS) and path.endswith(".css")


def is_versioned(path: str) -> bool:
    """Return whether a file of the theme is served from the folder of its version: all except images, fonts and `STABLE`."""
    stays = path in STABLE or path.startswith(FONT_FOLDER) or PurePosixPath(path).suffix in _PICTURES
    return path.startswith(_ASSETS) and not stays


def is_code(path: str) -> bool:
    """Return whether a file of the theme affects the version: all scripts and style sheets do."""
    return is_versioned(path) or is_script(path)


def name_version(files: Mapping[str, bytes]) -> str:
    """Return the version of scripts and style sheets, given by path: eight hexadecimal digits of a hash of their contents."""
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(f"{path}\0{len(files[path])}\0".encode() + files[path])
    return digest.hexdigest()[:8]


def place_in_version(path: str, version: str) -> str:
    """Return the path of a theme file in a site."""
    return f"assets/ps-{version}/{path.removeprefix(_ASSETS)}" if is_versioned(path) else path


def squeeze_script(text: str) -> str:
    """Return a script without comments and unnecessary spaces, about a third smaller."""
    return str(jsmin(text))


def pack_script(text: str, labels: Labels) -> str:
    """Return a script as a site serves it: minified, and with its texts in the site's language."""
    return fill_labels(squeeze_script(text), labels)


class ScriptError(ValueError):
    """Raised when a script or style sheet of the theme, or of the site's own theme, cannot be served. Names its path and the reason."""


def fill_style(path: str, text: str, labels: Labels) -> str:
    """Return a style sheet in which each `label("group.name")` is replaced by the text as a CSS string.

    >>> from generator.labels.labels import load_labels
    >>> fill_style("own.css", 'a::before { content: label("mark.read"); }', load_labels("de"))
    'a::before { content: "Gelesen"; }'

    Raises:
        ScriptError: if there is no such label, or if it needs values.
    """
    try:
        return fill_labels(text, labels)
    except ScriptLabelError as fault:
        raise ScriptError(f"{path}: {fault}") from fault


def pack_scripts(scripts: Mapping[str, str], labels: Labels) -> Mapping[str, str]:
    """Return the scripts of a theme as a site serves them, by their paths; those that are missing are in a bundle.

    Raises:
        ScriptError: where a label is not there, or a module cannot be put into a bundle.
    """
    return _pack_all(tuple(sorted(scripts.items())), labels)


@lru_cache(maxsize=2)  # for the builds of a preview
def _pack_all(scripts: tuple[tuple[str, str], ...], labels: Labels) -> Mapping[str, str]:
    def pack(path: str, text: str) -> str:
        try:
            return pack_script(text, labels)
        except ScriptLabelError as fault:
            raise ScriptError(f"{path}: {fault}") from fault

    modules = {path.removeprefix(_ASSETS): text for path, text in scripts if is_versioned(path)}
    alone = {path: pack(path, text) for path, text in scripts if not is_versioned(path)}
    try:
        bundles = bundle_scripts(modules, lambda name, text: pack(f"{_ASSETS}{name}", text))
    except BundleError as fault:
        raise ScriptError(f"{_ASSETS}{fault}") from fault
    return alone | {f"{_ASSETS}{name}": text for name, text in bundles.items()}


def list_modules(entries: Iterable[str], read: Callable[[str], str], version: str) -> list[str]:
    """Return the paths of modules and all their imports in a site, without duplicates, so that a page can load them in parallel."""
    found = list(entries)
    for address in found:
        for name in _IMPORT.findall(read(address)):
            target = posixpath.normpath(posixpath.join(posixpath.dirname(address), name))
            if target not in found:
                found.append(target)
    return [place_in_version(path, version) for path in found]
