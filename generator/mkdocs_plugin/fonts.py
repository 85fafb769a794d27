"""The fonts that come with the theme, and the style sheet that names them. A site that keeps the reader's fonts has neither."""

from __future__ import annotations

from collections.abc import Iterable

from mkdocs.structure.files import Files

from generator.mkdocs_plugin.theme import FONT_FOLDER, FONT_SHEET
from generator.settings import Fonts


def take_fonts(files: Files, fonts: Fonts) -> str:
    """Take the style sheet of the fonts out of the files of a site and return its text, which goes behind the main one.

    For `system` the text is empty, and the fonts are taken out, too.
    """
    sheet = files.get_file_from_path(FONT_SHEET)
    for file in list(files):
        if file is sheet or (fonts == "system" and file.src_uri.startswith(FONT_FOLDER)):
            files.remove(file)
    return sheet.content_string if sheet and fonts == "bundled" else ""


def list_first_fonts(paths: Iterable[str]) -> list[str]:
    """Return those of some files that every page in English needs: the bundled fonts with the letters of Latin-1.

    >>> list_first_fonts(["assets/papershelf/fonts/own-latin-400.woff2", "assets/papershelf/fonts/own-latin-ext-400.woff2"])
    ['assets/papershelf/fonts/own-latin-400.woff2']
    """
    fonts = (path for path in paths if path.startswith(FONT_FOLDER) and path.endswith(".woff2"))
    return sorted(path for path in fonts if "-latin-ext-" not in path)
