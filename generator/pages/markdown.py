"""Views to Markdown, and the one place where text is escaped for it.

Text of a record never reaches a Markdown parser as it is: every character that could mean something is written as a
numeric character reference, which CommonMark (section 2.5) and Python-Markdown read alike. Raw HTML is written by the
templates here and by the MathML converter only.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

import jinja2
from markupsafe import Markup

from generator.formats.strict_yaml import render_yaml
from generator.model import Page
from generator.text.maths import plain, render_mathml, split_maths

TEMPLATES = Path(__file__).parent / "templates"

# Controls, lone surrogates and noncharacters say nothing; two of the controls are Python-Markdown's own placeholders.
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_ACTIVE = re.compile(
    r"[\\`*_{}\[\]<>&\"'#+|~^=$@]"  # markup, typography and addresses wherever they stand
    r"|(?<![^\W_])-|-(?![^\W_])"  # a hyphen that joins no two words: lists, rules, dashes
    r"|:(?! )"  # emoji, addresses, definition lists
    r"|(?<=\d)[.)](?=\s|$)"  # numbered lists
    r"|\.(?=\.)|(?i:(?<=www)\.)"  # an ellipsis, an address
    r"|!(?=[\[!])|^[:?!%]"
)
_NOT_IN_LINKS = re.compile(r"[\s<>()\"'\\`\[\]]")
_SPACES = re.compile(r"\s+")
_KEPT = 16_384  # texts that stand on many pages: names of topics, titles, reasons
_GAPS = re.compile(r"\n{3,}")
_IN_TAGS = re.compile(r">([^<]+)<")


def clean(text: str) -> str:
    """Return the text on one line with single spaces, without characters that nobody can see."""
    if text.isprintable() and "  " not in text:
        return text
    return _SPACES.sub(" ", _UNSEEN.sub("", text))


@lru_cache(maxsize=_KEPT, typed=True)
def escape(text: object) -> Markup:
    """Return any text so that Markdown shows exactly its characters."""
    return Markup(_number(clean(str(text))))  # noqa: S704 (this is the escaping)


def _number(text: str) -> str:
    if text.replace(" ", "").isalnum():
        return text
    return _ACTIVE.sub(_refer, text)


def _refer(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};"


@lru_cache(maxsize=_KEPT)
def render_text(text: str) -> Markup:
    """Return a text with its mathematics as MathML and the rest escaped; an unreadable formula shows its source."""
    parts = []
    for is_maths, part in split_maths(clean(text)):
        mathml = render_mathml(part) if is_maths else None
        parts.append(_protect(mathml, part) if mathml else _number(f"${part}$" if is_maths else part))
    return Markup("".join(parts))  # noqa: S704 (escaped part by part)


def _protect(mathml: str, tex: str) -> str:
    """Return MathML whose own characters mean nothing to Markdown, and the TeX that it came from, for copying."""
    inner = _IN_TAGS.sub(lambda match: f">{_number(html.unescape(match[1]))}<", mathml)
    source = "".join(c if c.isalnum() and c.isascii() else f"&#{ord(c)};" for c in tex)
    return f'<span class="ps-maths" data-tex="{source}">{inner}</span>'  # a line that begins with <math> would be a block of HTML


def render_url(url: str) -> Markup:
    """Return an address for the place between the parentheses of a Markdown link."""
    encoded = _NOT_IN_LINKS.sub(lambda match: f"%{ord(match[0]):02X}", url)
    return Markup(encoded.replace("&", "&amp;"))  # noqa: S704 (nothing that could end the link is left)


def render_code(text: str) -> Markup:
    """Return lines as an indented code block, in which no character means anything."""
    lines = _UNSEEN.sub("", text).replace("\t", "  ").splitlines()
    return Markup("\n".join(f"    {line}" for line in lines))  # noqa: S704 (code blocks are literal)


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
        else _attribute(value)
        if isinstance(value, str)
        else value
        for name, value in values.items()
        if value
    }


def render_source(page: Page) -> str:
    """Return a page as a Markdown file: its head as YAML, then its body."""
    return f"---\n{render_yaml(dict(page.head))}---\n\n{page.body}"


def _attribute(text: str) -> str:
    """Return a text for an HTML title or attribute; braces too, since themes are templates."""
    return html.escape(clean(plain(text))).replace("{", "&#123;").replace("}", "&#125;")


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
        finalize=lambda value: value if type(value) is Markup else escape(value),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"rich": render_text, "url": render_url, "code": render_code, "made": Markup}
    return environment


def build_page(
    path: str, template: str, *, head: Mapping[str, object], edit: str = "", **values: object
) -> Page:
    """Return the page at a path, made from a template and its view."""
    text = _environment().get_template(f"{template}.md.j2").render(values)
    body = _GAPS.sub("\n\n", text).strip("\n")
    return Page(path=path, head=make_head(head), body=f"{body}\n", edit=edit)
