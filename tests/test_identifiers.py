"""Links and identifiers: canonical forms, and what is no link."""

import pytest

from generator.identifiers import (
    build_link_url,
    build_url_key,
    find_links,
    parse_identifier,
    parse_link,
    parse_name,
    parse_url,
)
from generator.limits import ADDRESS


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
    assert parse_link(build_link_url(kind, value)) == (kind, value)


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
        ("Our model is available at", "code"),
        ("Data and models are released at", "code"),
        ("Our project is available at", "code"),
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


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("https://github.com/owner/owls.git", "https://github.com/owner/owls"),
        ("https://a.example/owls.git", "https://a.example/owls.git"),
        ("https://a.example/o wls", None),
        ("https://a.example/o\u0007wls", None),
        ("https://a.example/" + "o" * (ADDRESS - 18), "https://a.example/" + "o" * (ADDRESS - 18)),
        ("https://a.example/" + "o" * (ADDRESS - 17), None),
    ],
)
def test_an_address_is_kept_as_it_is_written(text, wanted):
    assert parse_url(text) == wanted


@pytest.mark.parametrize(("kind", "text"), [("doi", "doi:doi:10.1000/a"), ("arxiv", "arxiv:arxiv:2401.00001"), ("openreview", "owls"), ("openreview", "owls!owls!")])  # fmt: skip
def test_what_is_no_identifier_is_none(kind, text):
    assert parse_identifier(kind, text) is None


def test_a_host_is_known_with_and_without_www():
    assert parse_link("https://www.youtube.com/watch?v=owls") == (
        "video",
        "https://www.youtube.com/watch?v=owls",
    )


def test_addresses_are_compared_without_scheme_www_and_last_slashes():
    assert build_url_key("https://www.a.example/owls//") == "a.example/owls"
    assert (
        build_url_key("http://a.example/?from=https://b.example/X") == "a.example/?from=https://b.example/X"
    )


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("Our dataset is at https://a.example/owls.", (("data", "https://a.example/owls"),)),
        ("Data https://a.example/owls", (("data", "https://a.example/owls"),)),
        ("Our code. Page: https://github.com/a/b", (("code", "https://github.com/a/b"),)),
        ("Our data. There: https://github.com/a/b", (("code", "https://github.com/a/b"),)),
        ("data" + " " * 196 + "https://a.example/owls", (("data", "https://a.example/owls"),)),
        ("data" + " " * 197 + "https://a.example/owls", (("project", "https://a.example/owls"),)),
        ("(see https://a.example/a(b)))", (("project", "https://a.example/a(b)"),)),
        ("(see https://a.example/X).", (("project", "https://a.example/X"),)),
        ("See https://a.example/x?!", (("project", "https://a.example/x"),)),
    ],
)
def test_links_of_a_text_end_where_they_end_and_are_what_their_sentence_says(text, links):
    assert find_links(text) == links


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("Code: www.github.com/owls/nest.", (("code", "https://www.github.com/owls/nest"),)),
        ("Code is at github.com/owls/nest!", (("code", "https://github.com/owls/nest"),)),
        ("Models are open sourced at nest.owls.ch.", (("model", "https://nest.owls.ch"),)),
        ("A page is at nest.owls.co.uk/a?b=c, soon", (("project", "https://nest.owls.co.uk/a?b=c"),)),
        ("See (www.owls.example/a)", (("project", "https://www.owls.example/a"),)),
        ("Owls fly at night.They see", ()),
        ("Owls fly at dusk.in spring", ()),
        ("Write to jane@www.owls.example or at jane@owls.com", ()),
        ("We write at owls.com@nest, notgithub.com/a and a/www.owls.example/b", ()),
        ("https://a.example/www.owls.example/b", (("project", "https://a.example/www.owls.example/b"),)),
        ("at " + "a." * 100_000, ()),
        ("www." * 100_000, ()),
        ("http://owls.github.io/nest", (("project", "https://owls.github.io/nest"),)),
        ("Models: https://hf-mirror.com/owls/nest", ()),
    ],
)
def test_links_in_text_may_lack_their_scheme(text, links):
    assert find_links(text) == links


def test_an_identifier_keeps_its_signs_in_its_address():
    assert build_link_url("doi", "10.1000/(a);b:c_d-e") == "https://doi.org/10.1000/(a);b:c_d-e"
    assert build_link_url("doi", "10.1000/a<b?c#d") == "https://doi.org/10.1000/a%3Cb%3Fc%23d"


@pytest.mark.parametrize(
    ("kind", "value", "texts"),
    [
        ("arxiv", "2401.00001", "2401.00001 2401.00001v3 arXiv:2401.00001 arxiv.org/abs/2401.00001 https://arxiv.org/pdf/2401.00001v2.pdf <https://arxiv.org/abs/2401.00001?context=cs>, https://huggingface.co/papers/2401.00001 https://doi.org/10.48550/arXiv.2401.00001 10.48550/arxiv.2401.00001"),
        ("arxiv", "math.GT/0309136", "math.GT/0309136v1"),
        ("doi", "10.1000/x", "10.1000/X doi:10.1000/x https://dx.doi.org/10.1000/x https://owls.example/doi/10.1000/x https://owls.example/doi/full/10.1000/x https://owls.example/10.1000/x.pdf https://owls.example/article/10.1000/x/full https://owls.example/article?id=10.1000/x&type=owl"),
        ("doi", "10.1000/(x)1", "https://owls.example/doi/10.1000/%28X%291"),
        ("doi", "10.1101/2020.01.01.1", "https://www.biorxiv.org/content/10.1101/2020.01.01.1v2.full.pdf"),
        ("openreview", "aB3_d-Efgh", "aB3_d-Efgh openreview:aB3_d-Efgh https://openreview.net/forum?id=aB3_d-Efgh&x=y https://openreview.net/pdf?id=aB3_d-Efgh"),
        ("page", "https://aclanthology.org/2023.acl-long.1", "https://aclanthology.org/2023.acl-long.1/ https://aclanthology.org/2023.acl-long.1.pdf"),
        ("page", "https://aclanthology.org/P19-1001", "https://www.aclweb.org/anthology/P19-1001v2.pdf"),
    ],
)  # fmt: skip
def test_a_paper_has_many_names(kind, value, texts):
    assert {text: parse_name(text) for text in texts.split()} == dict.fromkeys(texts.split(), (kind, value))


@pytest.mark.parametrize(
    "text",
    ["", "owls", "birdsongs", "2401", "https://owls.example/", "javascript:10.1000/x", "https://github.com/o/10.1000/x", "https://aclanthology.org/events/acl-2023/", "https://huggingface.co/papers/owls", "https://u:p@owls.example/10.1000/x"],
)  # fmt: skip
def test_other_texts_name_no_paper(text):
    assert parse_name(text) is None
