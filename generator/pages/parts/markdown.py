"""Views to Markdown: templates in which every value is escaped, and front matter."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import jinja2
from markupsafe import Markup

from generator.model import Page
from generator.storage.strict_yaml import render_yaml
from generator.text.escaping import (
    clean,
    escape_code,
    escape_link,
    escape_markdown,
    escape_markup,
    escape_rich,
)
from generator.text.maths import plain

TEMPLATES = Path(__file__).parents[1] / "templates"

_GAPS = re.compile(r"\n{3,}")


def render_html(template: str, **values: object) -> str:
    """Return a page of HTML that needs no theme, from a template in which every value is escaped."""
    said = {name: clean(value) if isinstance(value, str) else value for name, value in values.items()}
    return _html_environment().get_template(f"{template}.html.j2").render(said)


def make_head(values: Mapping[str, object]) -> dict[str, object]:
    """Return what the head of a page says. Themes print these values as they are, so texts are escaped for HTML here.

    HTML that is made already stays as it is.
    """
    return {
        name: str(value)
        if isinstance(value, Markup)
        else escape_markup(plain(value))
        if isinstance(value, str)
        else value
        for name, value in values.items()
        if value
    }


def render_source(page: Page) -> str:
    """Return a page as a Markdown file: its head as YAML, then its body."""
    return f"---\n{render_yaml(dict(page.head))}---\n\n{page.body}"


@cache
def _html_environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=False,  # noqa: S701 (the next line does it, for Markdown rather than for HTML)
        finalize=lambda value: value if type(value) is Markup else escape_markdown(value),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"rich": escape_rich, "url": escape_link, "code": escape_code, "made": Markup}
    return environment


def build_page(
    path: str, template: str, *, head: Mapping[str, object], edit: str = "", **values: object
) -> Page:
    """Return the page at a path, made from a template and its view."""
    text = _environment().get_template(f"{template}.md.j2").render(values)
    body = _GAPS.sub("\n\n", text).strip("\n")
    return Page(path=path, head=make_head(head), body=f"{body}\n", edit=edit)
