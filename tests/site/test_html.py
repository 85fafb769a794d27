"""Every kind of page is valid HTML, as the Nu Html Checker sees it.

Checked are, of all built pages, those that bring something new: a layout, one in another depth, an element, an attribute or a
class that no page before them has. A new kind of page is found by itself.
"""

import json
import subprocess

import pytest
from selectolax.lexbor import LexborHTMLParser
from support import ROOT

CHECKER = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
KNOWN = {
    (
        'class="md-toggle"',
        "Attribute “autocomplete” is only allowed when",
    ): "the switches of Material's frame",
    (
        'class="md-nav__title" for="__toc"',
        "The value of the “for” attribute of the “label” element must be the ID of",
    ): "the table of contents of Material's frame, on a page that the navigation does not name",
    (
        'class="md-nav__link" for="__nav_',
        "Bad value “” for attribute “tabindex” on element “label”",
    ): "the sections of Material's own navigation, on hand-written pages",
    (
        "",
        "Resource violates Content Security Policy (meta tag)",
    ): "files on a disk have no origin that could be 'self'; a browser looks in test_hostile.py",
    (
        "json",
        "Inline script violates Content Security Policy (meta tag)",
    ): "data, which are not run (HTML, prepare the script element)",
}
"""Findings that are not ours to correct: what is there, how the message begins, and whose it is."""


def choose(site):
    """Yield the pages of a site that have something which those before them have not."""
    seen = set()
    for path in sorted(site.rglob("*.html"), key=lambda path: (len(path.parts), path)):
        tree = LexborHTMLParser(path.read_text(encoding="utf-8"))
        parts = {
            (node.tag, name, value if name in {"class", "rel", "type", "name", "property"} else "")
            for node in tree.css("*")
            for name, value in (node.attributes or {"": ""}).items()
        }
        parts |= {(len(path.parts), node.attributes["class"]) for node in tree.css("article")}
        if parts - seen:
            seen |= parts
            yield path


def check(paths):
    """Return what the checker finds, page by page, each with the line and what is there."""
    command = ["java", "-jar", CHECKER, "--format", "json", "--exit-zero-always", "--stdout", *paths]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    found = []
    for message in json.loads(result.stdout)["messages"]:
        said, source = message["message"], " ".join(message.get("extract", "").split())
        if not any(mark in source and said.startswith(start) for mark, start in KNOWN):
            found.append(f"{message.get('url')}:{message.get('lastLine')}: {said}\n    {source}")
    return "\n".join(sorted(found))


@pytest.fixture
def with_scripts(browser, base, tmp_path):
    """Return pages as they are after scripts have worked on them."""
    page, paths = browser.new_page(), []
    for address, typed, wanted in [("search/?q=video", "", ".ps-result"), ("", "mm-embed", "[role=option]")]:
        page.goto(base + address)
        if typed:
            page.locator(".ps-box input").fill(typed)
        page.locator(wanted).first.wait_for()
        paths.append(tmp_path / f"after-scripts-{len(paths)}.html")
        paths[-1].write_text(f"<!doctype html>{page.locator('html').evaluate('e => e.outerHTML')}")
    page.close()
    return paths


def test_every_kind_of_page_is_valid(own_site, full_site, with_scripts):
    assert check([*choose(own_site), *choose(full_site), *with_scripts]) == ""


def test_a_fault_is_found_and_named_with_its_page(own_site, tmp_path):
    text = (own_site / "years" / "index.html").read_text()
    (tmp_path / "faulty.html").write_text(text.replace("</h1>", "<div></h1>"))
    assert "faulty.html" in check([tmp_path / "faulty.html"])
