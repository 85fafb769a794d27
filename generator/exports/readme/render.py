"""Renders the shelf as a Markdown list, with one of three templates or a curator's own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from generator.exports.readme.views import ListView, PaperView, Section
from generator.storage.folder import refuse_link
from generator.text.escaping import escape_in_list

TEMPLATES = Path(__file__).parent / "templates"
OWN = ("bullets", "table", "years")
"""The built-in templates; the first is the default."""


class _Loader(FileSystemLoader):
    """Loads templates, but none through a symbolic link that a commit may have created."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        text, file, is_current = super().get_source(environment, template)
        refuse_link(Path(file))
        return text, file, is_current


class ListTemplateError(Exception):
    """Raised when a template cannot be read or filled; the message names its file and line."""


def render_list(view: ListView, template: str = OWN[0], *, badges: bool = False) -> str:
    """Return the list in Markdown.

    Args:
        view: the content of the list.
        template: `bullets`, `table`, `years`, or the path of a Jinja template.
        badges: whether links are badges (images of shields.io) instead of words.

    Raises:
        ListTemplateError: if a template cannot be read or filled.
    """
    path = TEMPLATES / f"{template}.md.j2" if template in OWN else Path(template)
    environment = ImmutableSandboxedEnvironment(
        loader=_Loader([path.parent, TEMPLATES]),
        autoescape=False,
        finalize=lambda value: value if isinstance(value, Markup) else escape_in_list(str(value)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals |= {
        "title": render_title_link,
        "links": partial(render_links, badges=badges),
        "line": partial(render_line, badges=badges),
        "contents": render_contents,
    }
    try:
        text = environment.get_template(path.name).render(list=view)
    except TemplateError as fault:
        line = f":{fault.lineno}" if isinstance(fault, TemplateSyntaxError) else ""
        raise ListTemplateError(f"{path.name}{line}: {fault}") from fault
    except (OSError, UnicodeError) as fault:
        raise ListTemplateError(f"{path}: {fault}") from fault
    lines = [line.rstrip() for line in text.splitlines()]
    kept = [line for n, line in enumerate(lines) if line or (n and lines[n - 1])]
    return "\n".join(kept).strip() + "\n"


def render_title_link(entry: PaperView) -> Markup:
    """Return the title with its link, or in bold if it has none."""
    return Markup(f"[{entry.title}]({entry.url})" if entry.url else f"**{entry.title}**")  # noqa: S704 (both are escaped)


def render_links(entry: PaperView, *, badges: bool = False) -> Markup:
    """Return the other links in one line, as words in brackets or as badges."""
    found = (
        f"[![{link.label}]({link.badge})]({link.url})" if badges else f"[[{link.label}]]({link.url})"
        for link in entry.links
    )
    return Markup(" ".join(found))  # noqa: S704 (labels are ours, addresses are escaped)


def render_line(entry: PaperView, *, badges: bool = False) -> Markup:
    """Return a paper as a bullet: its title, authors, venue, date and links.

    Parsers of lists, including ours, read emphasised text as authors and split the other facts at the dots.
    """
    facts = (
        render_title_link(entry),
        f"*{escape_in_list(entry.authors)}*" if entry.authors else "",
        escape_in_list(entry.venue),
        escape_in_list(entry.date),
        render_links(entry, badges=badges),
    )
    return Markup(f"- {' · '.join(fact for fact in facts if fact)}")  # noqa: S704 (escaped one by one)


def render_contents(view: ListView) -> Markup:
    """Return the table of contents with the number of papers of each section; empty if the README has its own."""
    return Markup("\n".join(_list_contents(view.sections, 0)) if view.has_contents else "")  # noqa: S704 (names are escaped)


def _list_contents(sections: Iterable[Section], depth: int) -> Iterable[str]:
    for section in sections:
        yield f"{'  ' * depth}- [{escape_in_list(section.name)}](#{section.anchor}) ({section.count:,})"
        yield from _list_contents(section.sections, depth + 1)
