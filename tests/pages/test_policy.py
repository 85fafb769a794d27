"""The policy of a page: everything from the site itself, scripts in the page by their hashes, further hosts by name."""

import base64
import hashlib

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.pages.parts.content_security_policy import PLAIN, build_policy, protect


def digest(text):
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def policy_of(html, **more):
    page, _ = protect(html, {name.replace("_", "-"): values for name, values in more.items()})
    tag = LexborHTMLParser(page).css_first("head > meta[http-equiv=content-security-policy]")
    return dict(part.split(" ", 1) for part in tag.attributes["content"].split(";"))


def test_the_policy_of_generated_pages():
    assert PLAIN.replace(";", "; ") == (
        "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'self'"
    )


def test_it_stands_before_everything_but_the_encoding():
    page, _ = protect("<!doctype html><html><head>\n<title>x</title><meta charset='utf-8'><script>1</script>")
    tags = [node.tag for node in LexborHTMLParser(page).css("head *")]
    assert tags == ["title", "meta", "meta", "script"]
    page, _ = protect("<html><HEAD class=x><script>1</script>")
    assert page.startswith('<html><HEAD class=x>\n<meta http-equiv="content-security-policy"')
    assert protect("no page") == ("no page", [])


@pytest.mark.parametrize("tag", ["<script>", "<SCRIPT type=module>", "<script type='text/javascript'>", "<script type=''>", "<script type=importmap>", "<script type=' Application/ECMAScript '>", "<script type=speculationrules>", "<script async defer id=x>"])  # fmt: skip
def test_scripts_in_the_page_are_allowed_by_their_hash(tag):
    text = ' if (a < b && "</p>") { run(`é\n猫`) } <!-- '
    found = policy_of(f"<head></head>{tag}{text}</script>")
    assert found["script-src"] == f"'self' {digest(text)}"


def test_line_ends_are_those_of_the_parsed_page():
    found = policy_of("<head></head><script>a\r\nb\rc</script>")
    assert found["script-src"].endswith(digest("a\nb\nc"))


@pytest.mark.parametrize("tag", ["<script src=x.js>", "<script type=application/json>", "<script type=application/ld+json>", "<script type=text/template>"])  # fmt: skip
def test_data_and_files_need_no_hash(tag):
    assert "script-src" not in policy_of(f"<head></head>{tag}x</script>")


def test_equal_scripts_have_one_hash_and_each_other_one_its_own():
    found = policy_of("<head><script>1</script></head><script>2</script><script>1</script>")
    assert found["script-src"] == f"'self' {digest('1')} {digest('2')}"
    assert "unsafe" not in found["script-src"]


def test_further_hosts_are_added_to_what_is_allowed():
    found = policy_of(
        "<head><script>1</script></head>", script_src=["https://a.example"], connect_src=["https://b.example"]
    )
    assert found["script-src"] == f"'self' https://a.example {digest('1')}"
    assert found["connect-src"] == "'self' https://b.example"
    assert found["default-src"] == "'self'"
    assert build_policy(more={"img-src": ["https://c.example"]}).count(
        "img-src 'self' data: https://c.example"
    )


@pytest.mark.parametrize(("html", "blocked"), [
    ("<script src=https://a.example/x.js></script>", ["a.example"]),
    ("<img src='//A.example/x.png'><img src='../x.png'><img src='data:,'>", ["a.example"]),
    ("<link rel=stylesheet href=https://a.example/x.css><link rel=canonical href=https://b.example/>", ["a.example"]),
    ("<iframe src=' https://[a.example'></iframe><a href=https://b.example>x</a>", ["[a.example"]),
    ("<a onclick=x href=' JavaScript:x'>y</a>", ["`javascript:`", "`onclick`"]),
    ("<img src=https://own.example/index/x.png><img src=https://named.example/x.png>", []),
    ("<!-- <img src=//a.example/x.png> --><script>'<img src=//a.example/x.png onload=x>'</script>", []),
])  # fmt: skip
def test_what_a_policy_blocks_is_found(html, blocked):
    more = {"img-src": ["https://named.example"]}
    assert protect(f"<head></head>{html}", more, "https://own.example/index/")[1] == blocked
