"""Makes pages of views and templates, and renders them as HTML or as Markdown. Templates escape every value.

The content of a page comes from one template, `NAME.html.j2`. Its Markdown comes from the same template with marks of
Markdown in place of the tags of headings, paragraphs, lists and bold text (`_write_marks`). Pages that only MkDocs renders have
a template in Markdown, `NAME.md.j2`. Parts with other elements (`_NAME.j2`) are blocks of HTML in both languages.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from generator.labels.labels import Labels, load_labels
from generator.model import Page
from generator.pages.parts.compiled_templates import keep_compiled
from generator.pages.parts.markup_language import MARKDOWN, MarkupLanguage, build_html
from generator.pages.parts.views import CardFacts
from generator.storage.strict_yaml import render_yaml
from generator.text.escaping import escape_markup
from generator.text.maths import plain

TEMPLATES = Path(__file__).parents[1] / "templates"

_KEPT = 16_384  # links: those of authors, topics and papers are on many pages
_GAPS = re.compile(r"\n{3,}")
_BOLD = re.compile(r"<strong>(.*?)</strong>")
_NUMBERED = re.compile(r"<ol>(.*?)</ol>", re.DOTALL)
_MARKS = {
    "<h1>": "# ", "<h2>": "\n## ", "</h2>": "\n",
    "<li><p>": "- ",
    "<p>": "\n", "</p>": "\n", "<ul>": "\n", "<li>": "- ", "<ol>": "\n",
    "</h1>": "\n", "</ul>": "", "</li>": "", "</ol>": "",
}  # fmt: skip
_TAG = re.compile(rf"( ?%}})?({'|'.join(map(re.escape, _MARKS))})")


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


def build_page(
    labels: Labels, path: str, template: str, *, head: Mapping[str, object], edit: str = "", **values: object
) -> Page:
    """Return the page at a path that shows values with a template, in the language of the labels."""
    return Page(path=path, head=make_head(head), template=template, values=values, labels=labels, edit=edit)


def render_html(page: Page, *, pretty: bool) -> str:
    """Return the content of a page as HTML, with links as MkDocs writes them with or without directory URLs (`pretty`).

    Headings have no anchors.
    """
    return render_template(page.labels, page.template, page.values, pretty=pretty)


def render_template(
    labels: Labels, template: str, values: Mapping[str, object], *, pretty: bool = True
) -> str:
    """Return the HTML that a template gives for values."""
    environment = _build_environment(labels.language, build_html(pretty=pretty))
    return environment.get_template(f"{template}.html.j2").render(values)


def render_markdown(page: Page) -> str:
    """Return the content of a page as Markdown, with links to the files of other pages."""
    environment = _build_environment(page.labels.language, MARKDOWN)
    template = environment.select_template([f"{page.template}.md.j2", f"{page.template}.html.j2"])
    body = _GAPS.sub("\n\n", template.render(page.values)).strip("\n")
    return f"{body}\n"


def render_source(page: Page) -> str:
    """Return a page as a Markdown file: its front matter as YAML, then its Markdown."""
    return f"---\n{render_yaml(dict(page.head))}---\n\n{render_markdown(page)}"


def _fill_labels(
    labels: Labels, escape_value: Callable[[object], Markup]
) -> Mapping[str, Callable[..., Markup]]:
    """Return `label` and `plural` for templates: labels are markup, and inserted values are escaped."""

    def escape_all(values: Mapping[str, object]) -> dict[str, object]:
        return {name: v if type(v) is Markup else escape_value(v) for name, v in values.items()}

    @cache
    def fixed(key: str) -> Markup:
        return Markup(labels(key))  # noqa: S704 (our own text)

    def label(key: str, **values: object) -> Markup:
        return Markup(labels(key, **escape_all(values))) if values else fixed(key)  # noqa: S704 (our own text, filled with escaped values)

    def plural(key: str, number: int, **values: object) -> Markup:
        return Markup(labels.count(key, number, **escape_all(values)))  # noqa: S704 (as above)

    return {"label": label, "plural": plural}


def _list_links(labels: Labels, language: MarkupLanguage, views: Iterable[Mapping[str, Any]]) -> Markup:
    """Return the names of several views in one line, as links if they have any, with their numbers of papers if known."""
    links = (
        (language.link(v["name"], v["link"]) if v["link"] else language.escape(v["name"]))
        + (f" ({v['papers']})" if "papers" in v else "")
        for v in views
    )
    return Markup(labels("list.comma").join(links))  # noqa: S704 (escaped one by one)


def _render_facts(environment: jinja2.Environment, language: MarkupLanguage) -> Callable[..., Markup]:
    """Return the filter that renders the facts of a card once for each language of pages."""

    def render(facts: CardFacts, notes: bool) -> Markup:  # noqa: FBT001 (a filter's argument)
        form = (language.link_form, notes)
        if form not in facts.rendered:
            template = environment.get_template("_facts.j2")
            facts.rendered[form] = Markup(template.render(facts=facts, notes=notes))  # noqa: S704 (escaped by the template)
        return facts.rendered[form]

    return render


def _write_marks(source: str) -> str:
    r"""Return the source of a template for Markdown, from that for HTML.

    >>> _write_marks("<h2>Owls</h2>\n<ul>\n<li><strong>Barn</strong> owls</li>\n</ul>\n")
    '\n## Owls\n\n\n\n- **Barn** owls\n\n'
    """
    source = _NUMBERED.sub(lambda match: match[0].replace("<li>", "1. "), source)
    source = _BOLD.sub(r"**\1**", source)
    # `+%}` keeps a line break that follows, which Jinja removes after other statements.
    return _TAG.sub(lambda match: (" +%}" if match[1] else "") + _MARKS[match[2]], source)


def digest_templates() -> bytes:
    """Return a digest of the files of all templates."""
    return hashlib.sha256(b"".join(path.read_bytes() for path in sorted(TEMPLATES.iterdir()))).digest()


def keep_templates(cache: Path | None, labels: Labels, *, pretty: bool) -> None:
    """Let the templates of a site stay compiled below the user's cache folder, if there is one.

    Args:
        cache: the cache folder of the user.
        labels: the labels of the site.
        pretty: whether the site has directory URLs.
    """
    for form, language in (("html", build_html(pretty=pretty)), ("markdown", MARKDOWN)):
        keep_compiled(_build_environment(labels.language, language), cache and cache / form)


def reload_templates() -> None:
    """Read all templates again when they are next used. For previews, since templates are otherwise read once."""
    _build_environment.cache_clear()


def _load(language: MarkupLanguage, name: str) -> tuple[str, str, None] | None:
    """Return the source of a template and its file, as Jinja's loaders do."""
    file = TEMPLATES / name
    try:
        source = file.read_text("utf-8")
    except FileNotFoundError:
        return None
    if language is MARKDOWN and name.endswith(".html.j2"):
        source = _write_marks(source)
    return source, str(file), None


@cache
def _build_environment(labels_of: str, language: MarkupLanguage) -> jinja2.Environment:
    """Return the environment for the labels of a language of people, and a language of pages."""
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(partial(_load, language)),
        autoescape=False,  # noqa: S701 (the next line does it, for both languages)
        finalize=lambda value: value if type(value) is Markup else language.escape(value),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    labels = load_labels(labels_of)
    environment.globals |= {
        **_fill_labels(labels, language.escape),
        "language": labels_of,
        "link": lru_cache(maxsize=_KEPT, typed=True)(language.link),
        "mark_terms": lambda terms, text: terms.mark(text, language),
        "term_cards": lambda terms, here: terms.render_cards(here, language),
    }
    environment.filters |= {
        "rich": language.render,
        "url": language.href,
        "code": language.code,
        "made": Markup,
        "facts": _render_facts(environment, language),
        "bold": lambda text: Markup(f"<b>{language.escape(text)}</b>"),  # noqa: S704 (escaped)
        "links": partial(_list_links, labels, language),
    }
    return environment
