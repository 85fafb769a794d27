"""Links and identifiers: canonical forms, and what is no link."""

import pytest

from generator.identifiers import build_url, find_links, parse_identifier, parse_link


@pytest.mark.parametrize(
    ("url", "kind", "value"),
    [
        ("https://arxiv.org/abs/2401.00001v2", "arxiv", "2401.00001"),
        ("http://arxiv.org/pdf/cs/0112017.pdf", "arxiv", "cs/0112017"),
        ("https://dx.doi.org/10.1000/ABC(12)3", "doi", "10.1000/abc(12)3"),
        ("https://openreview.net/forum?id=abcDEF123_", "openreview", "abcDEF123_"),
        ("https://github.com/Owner/Name.git", "code", "https://github.com/Owner/Name"),
        (
            "https://huggingface.co/datasets/owner/birds",
            "data",
            "https://huggingface.co/datasets/owner/birds",
        ),
        ("https://huggingface.co/spaces/owner/birds", "demo", "https://huggingface.co/spaces/owner/birds"),
        ("https://huggingface.co/owner/birds", "model", "https://huggingface.co/owner/birds"),
        ("HTTPS://Owner.GitHub.io/Owls/", "project", "https://owner.github.io/Owls/"),
        ("https://example.org/owls.PDF", "pdf", "https://example.org/owls.PDF"),
    ],
)
def test_a_link_has_a_kind_and_a_canonical_form(url, kind, value):
    assert parse_link(url) == (kind, value)
    assert parse_link(build_url(kind, value)) == (kind, value)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//example.org/x",
        "ftp://example.org",
        "https://a b.org",
        "https://[x",
        "java\nscript:x",
        "https://u:p@example.org/",
    ],
)
def test_only_http_addresses_are_links(url):
    assert parse_link(url) is None
    assert parse_identifier("code", url) is None


def test_links_in_text_end_before_the_sentence_does():
    text = "Code (https://github.com/owner/name). See https://example.org/a_(b), twice https://github.com/owner/name."
    assert find_links(text) == (
        ("code", "https://github.com/owner/name"),
        ("project", "https://example.org/a_(b)"),
    )


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("The code and the models are at", "code"),
        ("The datasets will be available at", "data"),
        ("Our model is available at", "model"),
        ("Data and models are released at", "project"),
        ("Our project is available at", "project"),
        ("See", "code"),
    ],
)
def test_the_words_before_a_link_say_what_it_leads_to(words, kind):
    assert find_links(f"Owls see mice. {words} https://github.com/owner/owls.") == (
        (kind, "https://github.com/owner/owls"),
    )


def test_an_identifier_in_running_text_is_not_this_papers_own():
    assert find_links("Unlike https://arxiv.org/abs/2301.00001v2, we fly.") == (
        ("page", "https://arxiv.org/abs/2301.00001"),
    )
