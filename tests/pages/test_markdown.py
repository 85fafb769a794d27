"""Text in Markdown: what a reader sees is what the record says, in two engines that read Markdown differently."""

import html
import re

import markdown
import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

from generator.labels.labels import load_labels
from generator.pages.parts.templates import build_page, render_source
from generator.text.escaping import clean_line
from generator.text.escaping import escape_markdown as escape
from generator.text.escaping import escape_rich as render_text

ENGINES = {
    "python-markdown": lambda text: markdown.markdown(text, extensions=["toc", "tables", "fenced_code", "attr_list", "def_list", "footnotes", "admonition", "md_in_html", "pymdownx.tilde", "pymdownx.caret", "pymdownx.magiclink", "pymdownx.emoji", "pymdownx.arithmatex", "smarty"]),
    "commonmark": MarkdownIt("commonmark").enable("table").render,
}  # fmt: skip
HOSTILE = [
    "<script>alert(1)</script>", "[x](javascript:alert(1))", "![x](y)", "# no heading", "1. no list", "- no list",
    "* * *", "---", "===", "a | b", "`code`", "$x$ {: onclick=x }", "&lt;b&gt;", "<!-- x -->", "[x]: http://y", "~~~",
    "*[HTML]: x", "http://example.org www.example.org", ":smile: a:b", "!!! note", "[^1]: x", "\\`*_", "term\n: definition",
    "{{ config }}", "--8<-- x", "++ins++ ^sup^ ~sub~", "a&#58;b", "\x02klzzwxh:0001\x03", "<", ">", "2024.", "7)", "+ x",
]  # fmt: skip


def visible(engine, text):
    tree = LexborHTMLParser(ENGINES[engine](text))
    return " ".join(tree.body.text().split()), {node.tag for node in tree.body.traverse() if node.tag}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_and_does_nothing(engine, text):
    shown, tags = visible(engine, str(escape(text)))
    assert shown == clean_line(text).strip()
    assert tags <= {"body", "p", "-text"}


@pytest.mark.parametrize("engine", ENGINES)
@given(st.text(max_size=80))
@example("a-b–c -d e- f")
def test_any_text_is_shown_as_it_is(engine, text):
    shown, tags = visible(engine, f"x {escape(text)} x")
    assert shown == " ".join(f"x {clean_line(text)} x".split())
    assert tags <= {"body", "p", "-text"}


@given(st.text(max_size=80))
def test_any_text_with_mathematics_stays_inside_its_paragraph(text):
    _, tags = visible("commonmark", f"x {render_text(text)} x")
    assert not tags & {"script", "h1", "ul", "ol", "pre", "a", "img", "hr", "table"}


def test_mathematics_becomes_mathml():
    rendered = render_text("Owls in $n_i^2 * m$ trees")
    for render in ENGINES.values():
        assert "<msubsup>" in render(str(rendered))
    assert str(render_text("bad $x{$")) == "bad &#x24;x&#x7b;&#x24;"


@given(st.text(min_size=1, max_size=60))
def test_front_matter_carries_titles_that_are_safe_to_print(text):
    head = render_source(
        build_page(load_labels(), "x.md", "shell", head={"title": f"x{text}"}, heading="", content="")
    )
    title = yaml.safe_load(head.split("---\n")[1])["title"]
    assert not set(title) & set('<>"{}')
    is_formula = re.search(r"\$|\\[\[(]", text)
    assert is_formula or " ".join(html.unescape(title).split()) == " ".join(f"x{clean_line(text)}".split())
