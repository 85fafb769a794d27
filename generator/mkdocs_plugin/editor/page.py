"""What a preview inserts into the page of a paper as it answers a request: the dialog of the editor, its style and its script.

Nothing of it is in a file of the site, so no build can contain it. The token is in the page and not in a script, which pages
of other origins could load.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from generator.labels.labels import Labels
from generator.mkdocs_plugin.editor.form import FormField

URL = "/.papershelf/"
"""The URL of the editor's requests, at the root of the server like that of MkDocs's live reload."""
_FOLDER = Path(__file__).parent
_END = b"</body>"


def insert_editor(page: bytes, paper: str, token: str, labels: Labels) -> bytes:
    """Return a page with the editor of a record at the end of its body."""
    at = page.rfind(_END)
    parts = {"style": _read("editor.css"), "script": _read("editor.js")}
    editor = _render("page", labels, paper=paper, token=token, url=URL, **parts).encode()
    return page[:at] + editor + page[at:] if at >= 0 else page + editor


def render_form(fields: Iterable[FormField], file: str, labels: Labels) -> str:
    """Return the fields of a form as HTML, with all values escaped."""
    return _render("form", labels, fields=list(fields), file=file)


def _read(name: str) -> Markup:
    return Markup((_FOLDER / name).read_text(encoding="utf-8"))  # noqa: S704 (a file of our own)


def _render(name: str, labels: Labels, **values: Any) -> str:  # noqa: ANN401 (what the template shows)
    return _load_templates().get_template(f"{name}.html.j2").render(label=labels, **values)


@cache
def _load_templates() -> jinja2.Environment:
    loader = jinja2.FileSystemLoader(_FOLDER)
    return jinja2.Environment(
        loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
