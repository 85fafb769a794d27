"""The policy in real builds: whatever a maintainer adds to the site, from a plain page to filled pages."""

import pytest
from selectolax.lexbor import LexborHTMLParser
from support import mkdocs

from generator.pages.parts.content_security_policy import PLAIN, build_policy

OWN = 'document.body.dataset.own = "%s";'


def read(site, path):
    tree = LexborHTMLParser((site / path).read_text(encoding="utf-8"))
    tags = tree.css("meta[http-equiv]")
    return tags[0].attributes["content"] if tags else None, tree


def build(folder, *options):
    result = mkdocs("build", *options, cwd=folder)
    return result.returncode, result.stdout + result.stderr


def test_every_built_page_has_one(small_site):
    pages = sorted(small_site().rglob("*.html"))
    assert len(pages) > 20
    for path in pages:
        policy, tree = read(small_site(), path)
        assert policy.startswith(PLAIN), path
        assert policy == PLAIN or not tree.css("article.ps-page:not(.ps-page--text)"), path
        assert [m.attributes.get("charset") or "policy" for m in tree.css("meta")[:2]] == ["utf-8", "policy"]


@pytest.mark.parametrize("pages", ["fast", "mkdocs"])
def test_scripts_of_an_override_are_allowed_on_every_page(small_index, pages):
    folder = small_index(
        plugins=[{"papershelf": {"pages": pages}}],
        theme={"name": "material", "custom_dir": "own", "font": False},
    )
    (folder / "own").mkdir()
    (folder / "own" / "partials").mkdir()
    script = OWN % "{{ config.site_url }}"
    (folder / "own" / "partials" / "tabs.html").write_text(f"<script>\n    {script}\n      </script>")
    code, said = build(folder, "--strict")
    assert code == 0, said
    for path in ("papers/owls/index.html", "papers/index.html", "index.html"):
        policy, tree = read(folder / "site", path)
        texts = [s.text() for s in tree.css("script:not([src])") if not s.attributes.get("type")]
        assert len(texts) == 1
        assert policy == build_policy(texts)


def test_a_script_that_names_its_page_cannot_be_printed(small_index):
    folder = small_index(theme={"name": "material", "custom_dir": "own", "font": False})
    (folder / "own" / "partials").mkdir(parents=True)
    (folder / "own" / "partials" / "tabs.html").write_text("<script>say('{{ page.title }}')</script>")
    code, said = build(folder)
    assert code == 1
    assert "an inline script contains the page" in said
    assert "pages: mkdocs" in said


def test_what_is_blocked_is_said(small_index):
    folder = small_index(extra_javascript=["https://cdn.example/x.js"])
    (folder / "content" / "by-hand.md").write_text(
        '# Hand\n\n![x](https://img.example/x.png)\n\n<b onclick="x">x</b>\n'
    )
    code, said = build(folder, "--strict")
    assert code == 1
    assert "by-hand.md: the page's Content Security Policy blocks img.example" in said
    assert "by-hand.md: the page's Content Security Policy blocks `onclick`" in said
    assert "404.html: the page's Content Security Policy blocks cdn.example" in said


def test_hosts_that_are_named_are_allowed(small_index):
    more = {"script-src": "https://cdn.example", "img-src": ["https://img.example", "https://b.example"]}
    folder = small_index(
        extra_javascript=["https://cdn.example/x.js"], plugins=[{"papershelf": {"csp": more}}]
    )
    (folder / "content" / "by-hand.md").write_text("# Hand\n\n![x](https://img.example/x.png)\n")
    code, said = build(folder, "--strict")
    assert code == 0, said
    policy, _ = read(folder / "site", "papers/owls/index.html")
    assert "img-src 'self' data: https://img.example https://b.example;" in policy
    assert policy.endswith("script-src 'self' https://cdn.example")


def test_it_can_be_switched_off(small_index):
    folder = small_index(
        extra_javascript=["https://cdn.example/x.js"], plugins=[{"papershelf": {"csp": False}}]
    )
    assert build(folder, "--strict")[0] == 0
    assert read(folder / "site", "papers/owls/index.html")[0] is None
    assert read(folder / "site", "404.html")[0] is None


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ({"default-src": "*"}, "unknown directive `default-src`"),
        ({"script-src": "'unsafe-inline'"}, "by their hashes"),
        ({"img-src": "a.example; script-src *"}, "is not a source"),
        ("strict", "a mapping of CSP directives"),
    ],
)
def test_a_wrong_option_is_named(small_index, given, wanted):
    code, said = build(small_index(plugins=[{"papershelf": {"csp": given}}]))
    assert code == 1
    assert "'csp'" in said
    assert wanted in said
