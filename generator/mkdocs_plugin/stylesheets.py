"""The style sheets of a site in a folder named by their version: the theme's own, and the used part of Material's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from generator.labels.labels import Labels
from generator.mkdocs_plugin.theme import MAIN, fill_style, is_code, is_style, name_version, place_in_version
from generator.mkdocs_plugin.trim_styles import MATERIAL, list_symbols, name_trimmed, pack_style, trim_styles

_INCLUDED = re.compile(r"include\s+[\"']([\w./-]+\.html)[\"']")
_READ = (".css", ".js")


def read_own_styles(folders: Iterable[str]) -> str:
    """Return the theme's main style sheet from the first folder that has one."""
    sheets = (Path(folder) / MAIN for folder in folders)
    return next((sheet.read_text(encoding="utf-8") for sheet in sheets if sheet.is_file()), "")


def add_sheets(config: MkDocsConfig, files: Files, labels: Labels, own: str = "") -> list[str]:
    """Minify the theme's style sheets and add the one for generated pages; return the URLs that those pages load.

    Style sheets get their texts in the site's language. `own` are styles of the site, its fonts and colours, which override those of
    the main style sheet. Rules for
    names that the site's own templates, scripts and style sheets use are kept.

    Raises:
        ScriptError: if a style sheet contains a label that does not exist.
    """
    for file in files:
        if is_style(file.src_uri):
            more = own if file.src_uri == MAIN else ""
            file.content_string = pack_style(fill_style(file.src_uri, file.content_string, labels) + more)
    sheets = sorted(
        (file for file in files if MATERIAL.fullmatch(file.src_uri)), key=lambda file: file.src_uri
    )
    if not sheets:
        return []
    material = Path(str(sheets[0].abs_src_path)).parents[2]
    words = {word for name, text in _list_own(config, files, material) for word in list_symbols(name, text)}
    trimmed = trim_styles("".join(file.content_string for file in sheets), frozenset(words))
    name = name_trimmed(trimmed)
    files.append(File.generated(config, name, content=trimmed))
    return [name]


def move_to_version(files: Files) -> str:
    """Move the theme's scripts and style sheets to a folder named by their version, and return its path."""
    code = [file for file in files if is_code(file.src_uri)]
    version = name_version({file.src_uri: file.content_bytes for file in code})
    for file in code:
        file.dest_uri = place_in_version(file.src_uri, version)
    return version


def _list_own(config: MkDocsConfig, files: Files, material: Path) -> Iterator[tuple[str, str]]:
    """Yield name and text of all templates, scripts and style sheets that are not Material's, and of Material's files that they include."""
    for file in files:
        theirs = file.abs_src_path and Path(file.abs_src_path).is_relative_to(material)
        if file.src_uri.endswith(_READ) and not theirs:
            yield file.src_uri, file.content_string
    folders = [Path(folder) for folder in config.theme.dirs]
    waiting = [path for folder in folders[: folders.index(material)] for path in folder.rglob("*.html")]
    seen = set(waiting)
    while waiting:
        text = waiting.pop().read_text(encoding="utf-8")
        yield "template.html", text
        for name in _INCLUDED.findall(text):
            found = next((f / name for f in folders if (f / name).is_file()), None)
            if found is not None and found not in seen:
                seen.add(found)
                waiting.append(found)
