"""Lists the files of the theme without its 14,000 icons, because MkDocs lists all files in every build and then ignores these."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import partial

from jinja2 import Environment, FileSystemLoader
from mkdocs.theme import Theme


class VisibleFilesLoader(FileSystemLoader):
    """Loads every template, but lists none in a folder whose name begins with a dot, such as Material's `.icons`.

    MkDocs copies no such file (`Files.add_files_from_theme`).
    """

    def list_templates(self) -> list[str]:
        """Return the names of the visible templates in order, as the base class does for all."""
        return sorted({name for folder in self.searchpath for name in _list_names(folder)})


def _list_names(folder: str) -> Iterator[str]:
    """Yield the names of the visible templates in a folder and in the folders below it, with `/` between the parts."""
    for place, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        below = os.path.relpath(place, folder).replace(os.sep, "/")
        yield from (name if below == "." else f"{below}/{name}" for name in files)


def list_visible_files(theme: Theme) -> None:
    """Have a theme's environment list visible files only."""
    theme.get_env = partial(_build_environment, theme, theme.get_env)  # type: ignore[method-assign]


def _build_environment(theme: Theme, build: Callable[[], Environment]) -> Environment:
    environment = build()
    environment.loader = VisibleFilesLoader(theme.dirs)
    return environment
