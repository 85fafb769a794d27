"""Every text in every language that it enters: read back by a parser of that language, it is the same text and nothing else."""

import csv
import io
import json
import re
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import bibtexparser
import cmarkgfm
import jinja2
import markdown
import pytest
import rispy
import yaml
from extensions import EXTENSIONS, OPTIONS, TRAPS
from hostile import STRINGS
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser
from support import ROOT, share

from generator.exports.texts import EXPORTS
from generator.formats.bibtex.write import render_bibtex
from generator.formats.ris.write import render_ris
from generator.labels.labels import load_labels
from generator.model import Author, Page, Paper
from generator.pages.parts.templates import build_page, make_head, render_markdown, render_source
from generator.text import escaping
from generator.text.escaping import (
    clean_line,
    escape_bibtex,
    escape_bibtex_address,
    escape_cell,
    escape_code,
    escape_href,
    escape_html,
    escape_json,
    escape_line,
    escape_link,
    escape_list_item,
    escape_markdown,
    escape_markup,
    escape_plain_markdown,
    escape_rich,
    escape_rich_html,
    restore_cell,
    unescape_markup,
)
from generator.text.maths import plain

PIECES = st.sampled_from(
    [*STRINGS, *TRAPS, *"<>&\"'`{}[]()*_~#+-=|\\!:.$^@%;,/", "{{", "}}", "{%", "%}", "{#", "<!--", "-->", "</", "&#", "&lt;", "\n", "\n\n", "\r", "\t", "    ",
     "\0", "\x02", "\x03", "\x0b", "\x1c", "\x85", "\u2028", "\u200b", "\u202e", "\ufeff", "\ufffe", "\ud800", "1.", "é", "猫", "😀", "script", "onload=", "owls", " "]
)  # fmt: skip
TEXTS = st.lists(PIECES | st.text(max_size=4), max_size=8).map("".join)


def patiently(*strategies):
    """Return Hypothesis without a clock: machines are busy."""
    return lambda test: settings(max_examples=share(60))(given(*strategies)(test))


def same(text):
    return " ".join(clean_line(text).split())


def look(html):
    """Return what a page of HTML shows, its elements and its attributes."""
    tree = LexborHTMLParser(f"<!doctype html><body>{html}")
    nodes = [node for node in tree.body.traverse(include_text=True) if node.tag != "body"]
    return same(tree.body.text()), [n.tag for n in nodes if n.tag != "-text"], [n.attributes for n in nodes if n.attributes]  # fmt: skip


MARKDOWN = markdown.Markdown(extensions=EXTENSIONS, extension_configs=OPTIONS)


ENGINES = {
    "python-markdown": lambda text: MARKDOWN.reset().convert(text),
    "cmark": lambda text: cmarkgfm.markdown_to_html(text, cmarkgfm.cmark.Options.CMARK_OPT_UNSAFE),
    "github": cmarkgfm.github_flavored_markdown_to_html,
}


def test_text_loses_only_what_nobody_sees():
    assert clean_line("a\0b\x02 \ud800c\ufffe  d\n\te\u2028f\x85g\u200b\u202e\u200d") == "ab c d e f g\u200d"
    assert clean_line("tail ") == "tail "


@patiently(TEXTS)
def test_cleaning_again_changes_nothing(text):
    assert clean_line(clean_line(text)) == clean_line(text)
    clean_line(text).encode()
    assert "\n" not in clean_line(text)


@pytest.mark.parametrize(("escape", "place"), [
    *((escape, place) for escape in (escape_markup, escape_html) for place in ("<p>{}</p>", "<title>{}</title>", "<textarea>{}</textarea>", '<p title="{}"></p>')),
    (escape_markup, "<p title='{}'></p>"),
])  # fmt: skip
@patiently(TEXTS)
def test_markup_is_text_in_elements_and_attributes(escape, place, text):
    tree = LexborHTMLParser(f"<!doctype html><body>{place.format(escape(text))}</body>")
    node = tree.css_first("p, title, textarea")
    assert same(node.attributes.get("title") or "" if "=" in place else node.text()) == same(text)
    assert [n.tag for n in tree.css("body *")] == [node.tag]
    assert list(node.attributes) == (["title"] if "=" in place else [])


@patiently(TEXTS)
def test_markup_is_text_in_xml_and_no_template(text):
    escaped = escape_markup(text)
    root = ET.fromstring(f'<a b="{escaped}">{escaped}</a>'.encode())  # noqa: S314 (our own)
    assert same(root.text or "") == same(root.attrib["b"]) == same(text)
    assert list(root) == []
    assert jinja2.Template(escaped).render() == escaped
    assert unescape_markup(escaped) == clean_line(text)


@patiently(st.recursive(TEXTS.map(clean_line), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS.map(clean_line), inner, max_size=3), max_leaves=5))  # fmt: skip
def test_json_stays_in_its_script(value):
    text = escape_json(json.dumps({"v": value}, ensure_ascii=False, separators=(",", ":")))
    tree = LexborHTMLParser(f"<!doctype html><head><script type=application/ld+json>{text}</script></head><body><p></p>")  # fmt: skip
    assert json.loads(tree.css_first("script").text()) == {"v": value}
    assert [node.tag for node in tree.css("head *, body *")] == ["script", "p"]
    assert jinja2.Template(text).render() == text


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("place", ["{}", "x {} x", "# {}", "- {}", "- **x** {}", "<small>{}</small>", "[{}](x.md)", "> {}\n\n{}"])  # fmt: skip
@patiently(TEXTS)
def test_markdown_shows_text_and_nothing_else(engine, place, text):
    render = ENGINES[engine]
    shown, tags, attributes = look(render(place.replace("{}", str(escape_markdown(text)))))
    mark = "qzq"
    wanted, wanted_tags, wanted_attributes = look(render(place.replace("{}", mark if same(text) else "")))
    assert shown == same(wanted.replace(mark, clean_line(text)))
    if engine == "github":  # it links addresses, to themselves
        tags, wanted_tags = ([tag for tag in each if tag != "a"] for each in (tags, wanted_tags))
    assert tags == wanted_tags
    if not place.startswith("#") and engine != "github":  # an anchor is made of the text
        assert attributes == wanted_attributes
    assert not set(str(escape_markdown(text))) & set("{}<>*`[]")


@pytest.mark.parametrize("engine", ["python-markdown", "cmark", "html"])
@patiently(TEXTS)
def test_text_with_mathematics_has_no_elements_but_those_of_mathematics(engine, text):
    html = (
        f"<p>x {escape_rich_html(text)} x</p>"
        if engine == "html"
        else ENGINES[engine](f"x {escape_rich(text)} x")
    )
    _, tags, attributes = look(html)
    assert tags[:1] == ["p"]
    assert not set(tags) & {"a", "img", "script", "style", "iframe", "h1", "ul", "ol", "pre", "table", "hr", "em", "code", "br"}  # fmt: skip
    names = {name for each in attributes for name in each}
    assert not [name for name in names if name.startswith("on") or name in {"href", "src", "style", "id"}]
    assert not set(re.sub(r'data-tex="[^"]*"', "", str(escape_rich(text)))) & set("{}")


@pytest.mark.parametrize("engine", ["python-markdown", "cmark", "html"])
@patiently(TEXTS)
def test_an_address_ends_no_link(engine, text):
    address = f"https://a.example/{text}"
    shown, tags, attributes = look(
        f'<p><a href="{escape_href(address)}">x</a> y</p>'
        if engine == "html"
        else ENGINES[engine](f"[x]({escape_link(address)}) y")
    )
    assert (shown, tags) == ("x y", ["p", "a"])
    assert [list(each) for each in attributes] == [["href"]]
    href = attributes[0]["href"]
    assert unquote(href.encode("utf-8", "replace").decode()) == unquote(
        address.encode("utf-8", "replace").decode()
    )
    assert not set(str(escape_link(address))) & set("{}<>\"' \n")


@pytest.mark.parametrize("engine", ["python-markdown", "cmark"])
@patiently(TEXTS)
def test_code_is_code(engine, text):
    bibtex = f"@misc{{x,\n  title = {{{escape_bibtex(text)}}},\n}}"
    shown, tags, _ = look(ENGINES[engine](f"a\n\n{escape_code(bibtex)}\n\nb"))
    assert tags == ["p", "pre", "code", "p"]
    assert "".join(shown.split()) == "".join(same(f"a {bibtex} b").split())


@pytest.mark.parametrize("escape", [escape_plain_markdown, escape_list_item])
@pytest.mark.parametrize("place", ["{}", "# {}", "- Authors: {}", "> {}", "- [{}](x)", "## A\n\n{}\n\n## B"])
@patiently(TEXTS)
def test_plain_markdown_is_text_to_commonmark(escape, place, text):
    for engine in ("cmark", "github"):
        shown, tags, _ = look(ENGINES[engine](place.replace("{}", escape(text))))
        mark = "qzq" if same(text) else ""
        wanted, wanted_tags, _ = look(ENGINES[engine](place.replace("{}", mark)))
        assert shown == same(wanted.replace("qzq", clean_line(text)))
        without = [[tag for tag in each if tag != "a"] for each in (tags, wanted_tags)]
        assert without[0] == without[1]  # GitHub links addresses, to themselves


@patiently(TEXTS)
def test_front_matter_says_the_same_and_ends_where_it_should(text):
    head = make_head({"title": f"x{text}", "layout": "paper", "hide": ["toc"]})
    source = render_source(
        Page(
            path="x.md",
            head=head,
            template="shell",
            values={"heading": "x", "content": "y"},
            labels=load_labels(),
        )
    )
    _, front, body = re.split(r"^---\n", source, maxsplit=2, flags=re.MULTILINE)
    assert body == "\n# x\n\ny\n"
    values = yaml.safe_load(front)
    assert values == head
    assert set(values) == {"title", "layout", "hide"}
    assert not set(values["title"]) & set('<>"{}')
    assert same(unescape_markup(values["title"])) == same(plain(f"x{text}"))


@patiently(TEXTS, TEXTS)
def test_no_template_of_ours_is_run_twice(title, note):
    page = build_page(load_labels(), "x.md", "list", head={"title": title}, title=title, count=note, lead="", search="x.md", ended="", together=[], years=[], orcid="", aliases="", introduced=None, cards=[], pager={"pages": 1})  # fmt: skip
    body = render_markdown(page)
    assert jinja2.Template(body).render() == body.removesuffix("\n")


def read_fields(entry):
    assert len(entry.entries) == 1
    assert not entry.failed_blocks
    return entry.entries[0]


@patiently(TEXTS, TEXTS)
def test_bibtex_has_one_entry_with_its_own_fields(title, venue):
    paper = Paper(id="x", title=title or "x", venue=venue, venue_type="journal", authors=(Author(name=title or "x"),), links={"page": (f"https://a.example/{venue}",)})  # fmt: skip
    entry = read_fields(bibtexparser.parse_string(render_bibtex(paper)))
    assert entry.key == "x"
    assert set(entry.fields_dict) <= {"title", "author", "journal", "url"}


@patiently(TEXTS)
def test_bibtex_runs_no_command_of_a_title(text):
    said = escape_bibtex(text)
    commands = set(re.findall(r"\\([A-Za-z@]+)", said))
    assert not commands & {"input", "include", "write", "def", "let", "csname", "catcode", "immediate", "openin", "read", "begin", "href", "newcommand"}  # fmt: skip
    assert "^^" not in said
    assert said.count("{") == said.count("}")
    assert not re.search(r"(?<!\\)%", said.replace(r"\\", ""))


def test_formulas_stay_where_they_are_nothing_but_formulas():
    assert escape_bibtex(r"An $\alpha_i$ of $\mathbb{R}^n$") == r"An $\alpha_i$ of $\mathbb{R}^n$"
    for tex in (r"\input{x}", r"\def\x{\x}\x", r"\begin{input}", "^^5cinput", "a % b", r"\text{\input x}"):
        assert f"${tex}$" not in escape_bibtex(f"a ${tex}$")
    assert escape_bibtex_address("a{b}\\") == "a%7Bb%7D%5C"


@patiently(TEXTS, TEXTS)
def test_ris_has_one_entry_and_the_same_words(title, venue):
    paper = Paper(id="x", title=f"x{title}", venue=venue, summary=title)
    found = rispy.loads(render_ris(paper))
    assert len(found) == 1
    assert same(found[0]["title"]) == same(plain(f"x{title}"))
    assert not found[0].get("unknown_tag")
    assert escape_line(venue) == clean_line(venue).strip()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@patiently(TEXTS, TEXTS)
def test_no_cell_is_a_formula_however_the_table_is_cut(delimiter, title, summary):
    paper = Paper(id="x", title=title, summary=summary, venue=title, authors=(Author(name=summary), Author(name=title)))  # fmt: skip
    text = EXPORTS["csv"].render_list([paper])
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    assert len(rows) == 2
    if delimiter == ",":
        assert len(rows[0]) == len(rows[1])
    assert not [c for row in rows for c in row if c.strip() and re.match(r"\s*[=+\-@＝＋－＠\t\r]", c)]


@patiently(TEXTS)
def test_a_cell_says_the_same_but_for_the_apostrophe(text):
    assert restore_cell(escape_cell(text)) == escape_line(text)
    assert escape_cell("=1+1;@x;y") == "'=1+1;'@x;y"
    assert escape_cell('a;"=1+1;b; "" @x') == """a;'"=1+1;b;' "" @x"""


@pytest.mark.parametrize("name", ["jsonl", "csl-json"])
@patiently(TEXTS.map(clean_line))
def test_json_exports_say_the_same(name, text):
    found = json.loads(EXPORTS[name].render_list([Paper(id="x", title=f"x{text}")]))
    title = (found[0] if isinstance(found, list) else found)["title"]
    assert title == (f"x{text}" if name == "jsonl" else plain(f"x{text}"))


def test_nobody_else_escapes():
    own = ROOT / "generator" / "text" / "escaping"
    known = re.compile(r"html\.escape|from html import|xml\.sax|quoteattr|markupsafe import[^\n]*\bescape\b|replace\(\"[<>&]\"|\\\\u003c|&(?:lt|amp|quot|#\d+);")  # fmt: skip
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in sorted((ROOT / "generator").rglob("*.py"))
        if own not in path.parents and "importers" not in path.parts
        for line in path.read_text().splitlines()
        if known.search(line)
    ]
    assert found == []
    assert set(escaping.__all__) <= set(dir(escaping))
