"""Text as papers write it: LaTeX, mathematics, words."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.text.latex import latex_to_text
from generator.text.maths import plain, render_mathml
from generator.text.titles import build_fingerprint
from generator.text.words import fold, split


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"gains 4.9\% on A \& B", "gains 4.9% on A & B"),
        (r"{\mu}-Owls", "μ-Owls"),
        ("the ``owl'' and ''wren''", "the “owl” and “wren”"),
        (r"by sim75\% and 20times", "by ∼75% and 20×"),
        (r"76\(\%\) of \(x^2\)", "76% of $x^2$"),
        (r"Caf\'e, Erd\H{o}s, na\"{i}ve", "Café, Erdős, naïve"),
        (r"\textbf{two words} and Owl{Net-B}", "two words and OwlNet-B"),
        (r"our \OwlMethod is", "our OwlMethod is"),
        (r"a set \{a, b\}, stray} brace", "a set {a, b}, stray brace"),
        ("i.e~so ~9.5%", "i.e so ~9.5%"),
        ("sim2real in http://a.b/c~d", "sim2real in http://a.b/c~d"),
        (r"see \href{http://a.b/c\_d}{here} or \url{http://a.b/e\_f}", "see here or http://a.b/e_f"),
        (r"{\bf Bold} \footnote{aside} \cite{owl}", "Bold  (aside)  [owl]"),
        (r"in \mathcal{O}(n) of \frac{1}{2}", r"in $\mathcal{O}$(n) of $\frac{1}{2}$"),
        (r"\input{x} \title{y} \sqrt", "inputx titley sqrt"),
        (r"keeps $\alpha_{i}^2 \%$ whole", r"keeps $\alpha_{i}^2 \%$ whole"),
        ("costs $5 and $6", "costs $5 and $6"),
        (r"costs \$5 and \$6", "costs $5 and $6"),
        (r"\$x\$ is a name", r"\$x\$ is a name"),
        ("Micro$oft and Apple$", "Micro$oft and Apple$"),
        (r"$$x^2$$ and \(y\)", "$x^2$ and $y$"),
        (r"NH\textsubscript{3} and \v{c}a, \v c, x\^2", r"NH₃ and ča, č, x\^2"),
        (r"\enquote{Owls} in \mkbibemph{The Wood}", "“Owls” in The Wood"),
    ],
)
def test_remains_of_latex_become_readable(tex, text):
    assert latex_to_text(tex) == text
    assert latex_to_text(text) == text


@pytest.mark.parametrize(
    ("tex", "running", "whole"),
    [
        ("~9% of {A, B} -- or 2--3", "~9% of {A, B} -- or 2--3", " 9% of A, B – or 2–3"),
        (r"Caf\'e~Owl, \emph{two {Words}}", "Café Owl, two Words", "Café Owl, two Words"),
        (r"\title{owls} \today{}", "titleowls today", "owls today"),
        (r"(11\=22), {\ss}", r"(11\=22), ß", "(112̄2), ß"),
    ],
)
def test_a_field_that_is_latex_as_a_whole_is_read_further(tex, running, whole):
    assert latex_to_text(tex) == running
    assert latex_to_text(tex, whole=True) == whole


def test_mathematics_is_said_in_plain_characters():
    assert plain("Owl$^2$Net in $\\mathcal{O}(n)$, 5 $ and 6 $ more") == "Owl²Net in 𝒪(n), 5 $ and 6 $ more"


def test_a_formula_becomes_mathml_or_nothing():
    assert "<mfrac>" in render_mathml(r"\frac{a}{b}")
    assert render_mathml("x{") is None
    assert "<script" not in (render_mathml("<script>x</script>") or "")


@pytest.mark.parametrize(
    "tex",
    [
        r"\href{javascript:alert(1)}{x}",
        r"\style{background:url(//a.b)}{y}",
        r"\class{c}{y}",
        "<script>x</script>",
        r"\sqrt",
        r"\href",
    ],
)
def test_a_formula_can_neither_link_nor_style_nor_fail(tex):
    rendered = render_mathml(tex) or ""
    assert not re.search(r"href|style=|class|script|url\(", rendered.replace("&lt;script", ""))
    assert plain(f"${tex}$")


@given(st.text(max_size=300))
def test_any_text_is_read_without_a_fault(text):
    latex_to_text(text)
    plain(text)
    split(fold(text))


def test_spellings_of_one_title_have_one_fingerprint():
    assert build_fingerprint("Owl$^2$Net: A Möwe’s View") == build_fingerprint("OWL^2-Net – a mowe's view")
    assert build_fingerprint("猫") != build_fingerprint("犬")
    assert build_fingerprint("?!") != build_fingerprint("!?")


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("Möwen", "Mowen", True),
        ("Möwen", "Mo\u0308wen", True),
        ("שָׁלוֹם", "שלום", True),
        ("バードの研究", "ハードの研究", False),
        ("バード", "ハ\u3099ード", True),
        ("दिन", "दीन", False),
        ("หมา", "หมี", False),
        ("Owls in C++", "Owls in C#", False),
        ("Owls in C", "Owls in C++", False),
        ("Owl 1.5", "Owl 15", False),
        ("Owl-1.5.", "owl 1.5", True),
        ("Owls+Mice", "Owls & Mice", True),
        ("Owls + Mice", "Owls Mice", True),
        ("#Owls", "Owls", True),
        ("C++11 idioms", "C++ 11 idioms", False),
        ("C++11 idioms", "C+11 idioms", True),
        ("Owls\U000e0100", "Owls", True),
        ("Owls\u180b", "Owls", True),
    ],
)
def test_signs_that_mean_something_tell_titles_apart(one, two, same):
    assert (build_fingerprint(one) == build_fingerprint(two)) == same
