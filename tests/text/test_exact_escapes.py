"""What an escape writes, character by character: no more than it must, and everything it must."""

import html
import unicodedata

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.text.escaping import (
    clean_line,
    escape_bibtex,
    escape_bibtex_body,
    escape_bibtex_name,
    escape_bibtex_title,
    escape_code,
    escape_code_html,
    escape_link,
    escape_markdown,
    escape_plain_markdown,
    escape_rich,
)
from generator.text.latex import latex_to_text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("owls and 12 mice", "owls and 12 mice"),
        ("owls XX mice", "owls XX mice"),
        ("owls, mice", "owls, mice"),
        ("a-b - c", "a-b &#x2d; c"),
        ("1. owls", "&#x31;&#x2e; owls"),
        ("A. Owl", "&#x41;&#x2e; Owl"),
        ("Owls. In v1.5, 3.5%", "Owls. In v1.5, 3.5%"),
        ("the 1st", "the 1&#x73;&#x74;"),
        ("a < b", "a &#x3c; b"),
    ],
)
def test_words_stay_words(text, wanted):
    assert escape_markdown(text) == wanted


@pytest.mark.parametrize("tex", [r"\alpha", "n^2", "a < b", "x2", r"\frac{1}{n}", "é + 1"])
def test_a_formula_keeps_the_tex_that_it_came_from_and_shows_its_signs(tex):
    shown = str(escape_rich(f"an ${tex}$"))
    node = LexborHTMLParser(shown).css_first(".ps-maths")
    assert node.attributes["data-tex"] == tex
    source = shown.split('data-tex="')[1].split('"', maxsplit=1)[0]
    assert not set(source) - {"&", "#", ";"} - {c for c in source if c.isascii() and c.isalnum()}
    for sign in ("α", "n", "2", "a", "<", "b", "x", "1", "é", "+"):
        assert (sign in node.text()) == (sign in tex.replace(r"\alpha", "α").replace(r"\frac{1}{n}", "1n"))


def test_letters_and_figures_of_tex_stand_as_they_are():
    assert 'data-tex="x2"' in escape_rich("$x2$")
    assert 'data-tex="&#233;"' in escape_rich("$é$")


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        ("https://a.example/?a=1&b=2", "https://a.example/?a=1&amp;b=2"),
        ("https://a.example/a (b)", "https://a.example/a%20%28b%29"),
        ("https://a.example/\u00a0", "https://a.example/%C2%A0"),
        ("https://a.example/\ud800", "https://a.example/%3F"),
        ("https://a.example/ü", "https://a.example/ü"),
        ("https://a.example/the-22nd-owls", "https://a.example/the-22&#x6e;&#x64;-owls"),
        ("../venues/the-22nd-owls.md", "../venues/the-22%6E%64-owls.md"),
    ],
)
def test_an_address_says_where_it_leads(address, wanted):
    assert escape_link(address) == wanted
    assert html.unescape(wanted).startswith(address.rpartition("/")[0])


def test_code_has_spaces_for_tabs_and_no_punctuation():
    assert escape_code("a\tb\n c") == "<pre><code>a  b\n c</code></pre>"
    assert escape_code("{++a++}") == "<pre><code>&#x7b;&#x2b;&#x2b;a&#x2b;&#x2b;&#x7d;</code></pre>"
    assert escape_code_html('{++a\t"<b&') == '<pre><code>{++a  "&lt;b&amp;</code></pre>'


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("12345) owls", "&#49;2345) owls"),
        ("1. owls", "&#49;. owls"),
        ("1 owl", "1 owl"),
        ("# owls", r"\# owls"),
        ("a_b and 3.5 < 4", r"a\_b and 3.5 < 4"),
        ("{owls} {++owls++}", "{owls} &#123;++owls++}"),
    ],
)
def test_prose_stays_prose(text, wanted):
    assert escape_plain_markdown(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("owls and mice", "owls and mice"),
        ("an_owl", r"an\_owl"),
        ("São Õ", r"S{\~a}o {\~O}"),
        ('the "owl"', 'the {"}owl{"}'),
        ("owls -- mice", "owls -{}- mice"),
        ("{owls}", r"{\textbraceleft}owls{\textbraceright}"),
        ("50% of $x_1$", r"50\% of $x_1$"),
        (r"a $\input{x}$", r"a \${\textbackslash}input{\textbraceleft}x{\textbraceright}\$"),
        ("a $}x{$ b", r"a \${\textbraceright}x{\textbraceleft}\$ b"),
        ("a $x^^41$ b", r"a \$x{\textasciicircum}{\textasciicircum}41\$ b"),
    ],
)
def test_bibtex_shows_each_sign(text, wanted):
    assert escape_bibtex(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"), [("a  b", "a b"), ("a\n\tb", "a b"), (" a ", " a "), ("a b", "a b")]
)
def test_a_text_for_one_line_has_single_spaces(text, wanted):
    assert clean_line(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("owls and mice", "owls and mice"),
        ("Search in $O(N)$, $k$NN and $\\Delta$-trees", "Search in {$O(N)$}, {$k$NN} and {$\\Delta$}-trees"),
        ("LLM$^2$: OWLs", "{LLM$^2$}: {OWLs}"),
        ("β-OWL, ΔNest and ÖVB", r"{{\ensuremath{\beta}}-OWL}, {{\ensuremath{\Delta}}Nest} and {{\"O}VB}"),
        ("“Owls” at #OWL, (ŁLM)!", r"{\textquotedblleft}{Owls}{\textquotedblright} at \#{OWL}, ({{\L}LM})!"),
        ("A Part B of A Nest É", r"A Part {B} of A Nest {{\'E}}"),
        ("É Nest", r"{\'E} Nest"),
    ],
)
def test_a_title_keeps_its_capitals_in_bibtex(text, wanted):
    assert escape_bibtex_title(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("João", r"Jo{\~a}o"),
        ("Íñigo", r"{\'I}{\~n}igo"),
        ("Çelik-Şule", r"{\c{C}}elik-{\c{S}}ule"),
        ("Nguyễn Phạm Việt", r"Nguy{\~{ê}}n Ph{\d{a}}m Vi{\d{ê}}t"),
        (
            "Đức Ảnh Hưng",
            r"{\DJ}{\relax{}ú\llap{'}}c {\relax{}A\llap{\raise.3ex\hbox{'}\kern.1em}}nh H{\relax{}u\llap{'}}ng",
        ),
        ("Ṣafī Ǧazāl Z̧", r"{\d{S}}af{\=i} {\v{G}}az{\=a}l {\c{Z}}"),
        ("’Abd ʿAlī", r"{\relax{}{\textquoteright}A}bd {\relax{}ʿA}l{\=i}"),
        ("Иван Жан-Поль", r"{\relax{}И}ван {\relax{}Ж}ан-{\relax{}П}оль"),
        ("さくら子", r"{\relax{}さ}{\relax{}く}{\relax{}ら}子"),
    ],
)
def test_each_letter_of_a_name_is_one_to_bibtex(text, wanted):
    assert escape_bibtex_name(text) == wanted
    assert latex_to_text(wanted, whole=True) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Owls, Wrens and Nests", "{Owls, Wrens and Nests}"),
        ("Österreich", r"{{\"O}sterreich}"),
        ("Aéro Club", r"{\relax{}A{\'e}ro Club}"),
        ("Союз", r"{\relax{}Союз}"),
    ],
)
def test_a_body_is_one_name_to_bibtex(text, wanted):
    assert escape_bibtex_body(text) == wanted
