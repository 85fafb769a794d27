"""Whatever Markdown extensions a site turns on, texts of records are read as they are, on every page and in every tree."""

import pytest
import yaml
from extensions import CONFIG, EXTENSIONS, TRAPS
from selectolax.lexbor import LexborHTMLParser
from support import mkdocs, papershelf, read_page

from generator.formats.bibtex.write import render_bibtex
from generator.model import Author, Paper
from generator.text.escaping import clean_line
from generator.text.maths import plain

SIZE = 4
RECORDS = {
    f"p{at // SIZE:02}": {
        "title": TRAPS[at],
        "summary": TRAPS[(at + 1) % len(TRAPS)],
        "abstract": f"{TRAPS[(at + 2) % len(TRAPS)]}\n\n{TRAPS[(at + 3) % len(TRAPS)]} owls",
        "authors": [f"{TRAPS[(at + 4) % len(TRAPS)]} Owl"],
        "venue": f"{TRAPS[(at + 5) % len(TRAPS)]} of owls",
        "venue_type": "journal",
        "pages": "–12–",
        "note": TRAPS[(at + 6) % len(TRAPS)],
        "featured": at % 3 == 0,
        "published": "2024-05",
        "topics": [f"t{at // SIZE % 4}"],
        "status": ("active", "withdrawn")[at % 8 == 0],
        "status_note": TRAPS[(at + 7) % len(TRAPS)],
        "links": {"code": "https://github.com/owner/owls", "page": [f"https://x.example/{n}?a=++b++&c=$d$&{n}th" for n in (at,)]},
        "sources": [{"name": TRAPS[(at + 8) % len(TRAPS)], "organisation": TRAPS[(at + 9) % len(TRAPS)]}],
    }
    for at in range(0, len(TRAPS), SIZE)
}  # fmt: skip
TOPICS = [
    {"id": f"t{n}", "name": f"{TRAPS[n * 5]} owls", "description": TRAPS[n * 7], "parent": "t0" if n else "", "start_here": [{"paper": "p01", "why": TRAPS[n * 9]}]}
    for n in range(4)
]  # fmt: skip


def write_index(folder, **config):
    """Write an index whose texts are markup to some extension."""
    papers = folder / "content" / "papers"
    papers.mkdir(parents=True)
    for key, record in RECORDS.items():
        (papers / f"{key}.yml").write_text(yaml.safe_dump(record, allow_unicode=True))
    gone = {"title": "{++Gone++} 1/2", "status": "removed", "status_note": TRAPS[1]}
    (papers / "gone.yml").write_text(yaml.safe_dump(gone))
    (folder / "content" / "topics.yml").write_text(yaml.safe_dump(TOPICS))
    values = {"site_name": "Owls {++x++}", "site_url": "https://example.org/", "docs_dir": "content", "theme": {"name": "material", "font": False}}  # fmt: skip
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(values | config))
    return folder


def build(folder):
    done = mkdocs("build", "--strict", "-q", cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "site"


@pytest.fixture(scope="module")
def usual(tmp_path_factory):
    """Return the site without extensions, most pages of which Python-Markdown never sees."""
    return build(write_index(tmp_path_factory.mktemp("usual"), plugins=["papershelf"]))


@pytest.fixture(scope="module", params=["pages", "tree"])
def extended(request, tmp_path_factory):
    """Return the site with all extensions: rendered by MkDocs with the plugin, or from the tree of Markdown."""
    folder = tmp_path_factory.mktemp(request.param)
    plugins = [{"papershelf": {"pages": "mkdocs"}}]
    write_index(folder, plugins=plugins, markdown_extensions=CONFIG)
    if request.param == "pages":
        return build(folder)
    written = papershelf("generate", folder / "tree", cwd=folder)
    assert written.returncode == 0, written.stderr
    return build(folder / "tree")


def look(site, page):
    """Return what an article shows, its elements, and their attributes without the style of numbered lists."""
    article = read_page(site, page).css_first("article")
    if article is None:
        return None
    nodes = [node for node in article.traverse(include_text=True) if node.tag != "-text"]
    given = [{name: value for name, value in node.attributes.items() if (node.tag, name) != ("ol", "type")} for node in nodes]  # fmt: skip
    return "".join(article.text().split()), [node.tag for node in nodes], [each for each in given if each]


def test_all_extensions_are_there():
    assert len(EXTENSIONS) > 35
    assert {"pymdownx.critic", "pymdownx.smartsymbols", "markdown.extensions.abbr"} <= set(EXTENSIONS)


def test_every_page_is_the_same_with_all_extensions(usual, extended):
    pages = sorted(path.relative_to(usual) for path in usual.rglob("*.html"))
    assert len(pages) > len(RECORDS) + 10
    for page in pages:
        assert look(extended, page) == look(usual, page), page


def test_readers_see_what_records_say(usual, extended):
    for key, record in RECORDS.items():
        paper = Paper(
            id=key,
            title=record["title"],
            authors=tuple(Author(name=name) for name in record["authors"]),
            links={"code": (record["links"]["code"],), "page": tuple(record["links"]["page"])},
            **{name: record[name] for name in ("venue", "venue_type", "pages", "published", "status", "status_note")},
        )  # fmt: skip
        for site in (usual, extended):
            page = LexborHTMLParser((site / "papers" / key / "index.html").read_text(encoding="utf-8"))
            assert "".join(
                next(
                    code.text() for code in page.css("article pre > code") if code.text().startswith("@")
                ).split()
            ) == "".join(render_bibtex(paper).split())
            for selector, text in (("h1", record["title"]), (".ps-lead", record["summary"])):
                if "\\" not in text and "$" not in text:
                    assert " ".join(page.css_first(f"article {selector}").text().split()) == clean_line(plain(text)).strip(), key  # fmt: skip


def test_no_bibtex_holds_an_edit():
    for title in ("++x++", "--x--", "==x==", ">>x<<", "~~a~>b~~", "a ++X++", "C++ and {++Owls++}"):
        text = render_bibtex(Paper(id="x", title=title, pages="–1–", published="2024"))
        assert not [kind for kind in ("++", "--", "==", ">>", "~~") if "{" + kind in text], text
