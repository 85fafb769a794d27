"""HTML in texts: tags that are closed go, blocks leave a space, entities become characters, and nothing else changes."""

import pytest

from generator.text.html_text import html_to_text


def read(text):
    return " ".join(html_to_text(text).split())


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Nests of <i>Strix</i> &amp; friends", "Nests of Strix & friends"),
        ("CO<sub>2</sub> &lt; 5&#x2013;9", "CO₂ < 5–9"),
        ("10<sup>5</sup> and 10<SUP>-3</SUP> owls", "10⁵ and 10⁻³ owls"),
        ("x<sub><i>i</i></sub> of nests", "xᵢ of nests"),
        ("<p>First part.</p><p>Second &amp; last.</p>", "First part. Second & last."),
        ("<p>First part.<p>Second part.", "First part. Second part."),
        ("Owls<br>nest<br/>here", "Owls nest here"),
        ("<jats:title>Abstract</jats:title><jats:p>Owls nest.</jats:p>", "Abstract Owls nest."),
        ("<jats:sec><jats:title>A</jats:title><jats:p>B</jats:p></jats:sec>C", "A B C"),
        ("<ul><li>One</li><li>Two</li></ul>", "One Two"),
        ('<span class="nocase">eNest</span> and <a href="https://x.example/?a=1">more</a>', "eNest and more"),
        ("<mml:math><mml:mi>n</mml:mi></mml:math> nests", "n nests"),
        ("&lt;i&gt;Strix&lt;/i&gt; at night", "Strix at night"),
        ("Birds &amp;amp; Beasts", "Birds & Beasts"),
        ("O&#39;Wren, S&eacute;l&egrave;ne", "O'Wren, Sélène"),
        ("caf&#233;&nbsp;nest", "café nest"),
        ("a<b & c>d", "a<b & c>d"),
        ("if a<b>c then nest", "if a<b>c then nest"),
        ("The <p> element", "The <p> element"),
        ("Vector<Owl> and <nest> in code", "Vector<Owl> and <nest> in code"),
        ("AT&T; R&D; &unknown; &copy", "AT&T; R&D; &unknown; &copy"),
        ("p < 0.05 and > 3", "p < 0.05 and > 3"),
        ("before<!-- a remark -->after", "before after"),
        ("", ""),
    ],
)  # fmt: skip
def test_html_becomes_the_characters_that_it_stands_for(text, right):
    assert read(text) == right


@pytest.mark.parametrize(
    "part", ["<", "<i ", "<i a=", '<i a="', "&amp;", "&", "<!--", "<!-", "<sub>", " ", "</", "<i>"]
)
def test_long_runs_cost_no_more_than_their_length(part):
    assert len(html_to_text(part * 50_000)) <= 50_000 * len(part)
