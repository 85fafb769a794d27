"""Renders views as Markdown, with templates that escape every value, and front matter."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from generator.labels.labels import Labels, load_labels
from generator.model import Page
from generator.storage.strict_yaml import render_yaml
from generator.text.escaping import (
    clean_line,
    escape_code,
    escape_link,
    escape_markdown,
    escape_markup,
    escape_rich,
)
from generator.text.maths import plain

TEMPLATES = Path(__file__).parents[1] / "templates"

_GAPS = re.compile(r"\n{3,}")


def render_html(labels: Labels, template: str, **values: object) -> str:
    """Return an HTML page that needs no theme, from a template that escapes every value."""
    said = {name: clean_line(value) if isinstance(value, str) else value for name, value in values.items()}
    return _html_environment(labels.language).get_template(f"{template}.html.j2").render(said)


def make_head(values: Mapping[str, object]) -> dict[str, object]:
    """Return the front matter of a page. Themes print its values unescaped, so texts are escaped for HTML here.

    Values that are already HTML stay unchanged.
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
    """Return a page as a Markdown file: its front matter as YAML, then its body."""
    return f"---\n{render_yaml(dict(page.head))}---\n\n{page.body}"


def _fill_labels(
    labels: Labels, escape_value: Callable[[object], str]
) -> Mapping[str, Callable[..., Markup]]:
    """Return `label` and `plural` for templates: labels are markup, and inserted values are escaped."""

    def escape_all(values: Mapping[str, object]) -> dict[str, object]:
        return {name: v if type(v) is Markup else escape_value(v) for name, v in values.items()}

    def label(key: str, **values: object) -> Markup:
        return Markup(labels(key, **escape_all(values)))  # noqa: S704 (our own text, filled with escaped values)

    def plural(key: str, number: int, **values: object) -> Markup:
        return Markup(labels.count(key, number, **escape_all(values)))  # noqa: S704 (as above)

    return {"label": label, "plural": plural}


def _link(name: object, target: str) -> Markup:
    """Return a link in Markdown."""
    words = name if type(name) is Markup else escape_markdown(name)
    return Markup(f"[{words}]({escape_link(target)})")  # noqa: S704 (both are escaped)


def _link_html(name: object, target: str) -> Markup:
    return Markup(f'<a href="{escape_markup(target)}">{escape_markup(str(name))}</a>')  # noqa: S704 (both are escaped)


def _list_links(labels: Labels, views: Iterable[Mapping[str, Any]]) -> Markup:
    """Return the links of several views in one line, with their numbers of papers if known."""
    links = (_link(v["name"], v["link"]) + (f" ({v['papers']})" if "papers" in v else "") for v in views)
    return Markup(labels("list.comma").join(links))  # noqa: S704 (escaped one by one)


@cache
def _html_environment(language: str) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals |= {
        **_fill_labels(load_labels(language), lambda value: escape_markup(str(value))),
        "link": _link_html,
        "language": language,
    }
    return environment


@cache
def _environment(language: str) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=False,  # noqa: S701 (the next line does it, for Markdown rather than for HTML)
        finalize=lambda value: value if type(value) is Markup else escape_markdown(value),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    labels = load_labels(language)
    environment.globals |= {**_fill_labels(labels, escape_markdown), "link": _link}
    environment.filters |= {
        "rich": escape_rich,
        "url": escape_link,
        "code": escape_code,
        "made": Markup,
        "bold": lambda text: Markup(f"<b>{escape_markdown(text)}</b>"),  # noqa: S704 (escaped)
        "links": partial(_list_links, labels),
    }
    return environment


def build_page(
    labels: Labels, path: str, template: str, *, head: Mapping[str, object], edit: str = "", **values: object
) -> Page:
    """Return the page at a path, rendered from a template and its values in the language of the labels."""
    text = _environment(labels.language).get_template(f"{template}.md.j2").render(values)
    body = _GAPS.sub("\n\n", text).strip("\n")
    return Page(path=path, head=make_head(head), body=f"{body}\n", edit=edit)
