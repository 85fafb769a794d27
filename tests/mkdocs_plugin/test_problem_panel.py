"""The panel of a preview: what it says is text, whatever it holds, and everything is counted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from generator.mkdocs_plugin.problem_panel import ShownProblem, insert_panel, render_page, render_panel
from generator.text.escaping import clean_line

PAGE = "<!doctype html><html><head><title>x</title></head><BODY dir=ltr data-x='>'><main>Owls</main></BODY></html>"


def look(panel):
    return LexborHTMLParser(insert_panel(PAGE, panel))


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_whatever_an_error_says_is_text(where, what, hint):
    page = look(render_panel([ShownProblem(where=where, what=what, hint=hint)]))
    (item,) = page.css("#papershelf-errors li")
    wanted = "".join(map(clean_line, f"{where}\n{what}\n{hint}".splitlines()))
    assert "".join(item.text().split()) == "".join(wanted.split())
    assert {node.tag for node in page.css("#papershelf-errors li *")} <= {"code", "small"}
    assert page.css_first("main").text() == "Owls"


@pytest.mark.parametrize("text", ["</li></ol></details></aside><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "{{ 7 * 7 }}", "</style>"])  # fmt: skip
def test_hostile_text_makes_no_element(text):
    for html in (
        render_page([ShownProblem(where=text, what=text, hint=text)]),
        insert_panel(PAGE, render_panel([ShownProblem(what=text)])),
    ):
        page = LexborHTMLParser(html)
        assert page.css_first("#papershelf-errors script, #papershelf-errors img") is None
        assert text in page.css_first("#papershelf-errors li").text()
        assert len(page.css("#papershelf-errors")) == 1


def test_everything_is_counted():
    page = look(render_panel([ShownProblem(what=f"error {n}") for n in range(1_234)]))
    assert page.css_first("h1").text() == "1,234 errors"
    items = page.css("#papershelf-errors li")
    assert len(items) == 1_001
    assert items[-1].text() == "234 more are in the terminal."
    assert look(render_panel([ShownProblem(what="x")])).css_first("h1").text() == "1 error"


def test_a_page_without_a_body_gets_the_panel_too():
    assert insert_panel("<p>Owls</p>", "<aside></aside>") == "<aside></aside><p>Owls</p>"
