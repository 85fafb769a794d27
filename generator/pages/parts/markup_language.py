"""The two languages in which pages are rendered, HTML and Markdown: how each writes texts, links and code."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from operator import attrgetter

from markupsafe import Markup
from msgspec import Struct

from generator.text.escaping import (
    escape_code,
    escape_code_html,
    escape_href,
    escape_html,
    escape_link,
    escape_markdown,
    escape_rich,
    escape_rich_html,
)
from generator.text.escaping.rich import Cut
from generator.text.markup_text import MarkupText
from generator.urls.routes import resolve_link


class MarkupLanguage(Struct, frozen=True, kw_only=True):
    """The functions that escape a value for one language. Each returns markup of this language."""

    escape: Callable[[object], Markup]
    """Escapes a text without formulas."""
    rich: Callable[[str, Cut | None], Markup]
    """Escapes a text with formulas; see `render_rich`."""
    kept: Callable[[MarkupText], Markup]
    """Returns the rendering that a text keeps."""
    href: Callable[[str], Markup]
    """Escapes a URL, or the path of a page's file as `build_link` returns it."""
    code: Callable[[str], Markup]
    """Returns lines as a code block."""
    link_form: str
    """A link, as a format string with `words` and `href`."""

    def render(self, text: MarkupText | str, cut: Cut | None = None) -> Markup:
        """Return a text with formulas; see `render_rich` for `cut`."""
        if isinstance(text, str):
            return self.rich(text, cut)
        return self.rich(text.source, cut) if cut else self.kept(text)

    def link(self, words: object, target: str) -> Markup:
        """Return a link to a URL or to the file of another page.

        >>> print(build_html(pretty=True).link("Owls", "../topics/owls.md"))
        <a href="../../topics/owls/">Owls</a>
        >>> print(MARKDOWN.link("Owls", "../topics/owls.md"))
        [Owls](../topics/owls.md)
        """
        escaped = words if type(words) is Markup else self.escape(words)
        return Markup(self.link_form.format(words=escaped, href=self.href(target)))  # noqa: S704 (both are escaped)


MARKDOWN = MarkupLanguage(
    escape=escape_markdown,
    rich=escape_rich,
    kept=attrgetter("markdown"),
    href=escape_link,
    code=escape_code,
    link_form="[{words}]({href})",
)


@cache
def build_html(*, pretty: bool) -> MarkupLanguage:
    """Return HTML with links to the URLs that MkDocs gives to pages, with or without directory URLs (`pretty`)."""
    return MarkupLanguage(
        escape=escape_html,
        rich=escape_rich_html,
        kept=attrgetter("rich"),
        href=partial(_escape_target, pretty),
        code=escape_code_html,
        link_form='<a href="{href}">{words}</a>',
    )


def _escape_target(pretty: bool, target: str) -> Markup:  # noqa: FBT001 (bound once)
    return escape_href(resolve_link(target, pretty=pretty))
