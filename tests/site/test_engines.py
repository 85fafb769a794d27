"""The same index by every engine: the same pages, the same facts in their heads, and links to the same places."""

import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urljoin

import invented
import pytest
from selectolax.lexbor import LexborHTMLParser
from support import mkdocs, papershelf

from generator.mkdocs_plugin.fonts import list_first_fonts

SITE = "https://example.org/index/"
WAYS = ("properdocs", "tree-mkdocs", "tree-properdocs", "tree-zensical")
FACTS = "title, meta[name], meta[property], link[rel=canonical], link[rel=alternate], link[rel=search], script[type='application/ld+json']"
OF_THE_ENGINE = {"viewport", "generator"}
POLICY = "content-security-policy"
SCHEME = "assets/papershelf/scheme.js"
CODE = re.compile(r"(?:src|href)=[\"']?([^\"' >]+\.(?:js|css)(?![\w.])[^\"' >]*)")


@pytest.fixture(scope="module")
def index(tmp_path_factory, make_small_index):
    """Return an index with all facts that there are, and its site as MkDocs and the plugin build it."""
    folder = make_small_index(tmp_path_factory.mktemp("engines"), plugins=[{"papershelf": {"per_page": 2}}])
    (folder / "content" / "papers" / "all-facts.yml").write_text(invented.RECORD)
    (folder / "content" / "figures").mkdir()
    (folder / "content" / "figures" / "owls.png").write_bytes(invented.PNG)
    (folder / "content" / "paths.yml").write_text(invented.PATHS)
    (folder / "content" / "shelf.yml").write_text(invented.FIELDS)
    (folder / "content" / "tables.yml").write_text(invented.TABLES)
    with (folder / "content" / "topics.yml").open("a") as topics:
        topics.write(invented.TOPICS)
    built = mkdocs("build", "--strict", "-q", cwd=folder)
    assert built.returncode == 0, built.stderr
    return folder


@pytest.fixture(scope="module", params=WAYS)
def other(request, index, tmp_path_factory):
    """Return the site as another engine builds it, or MkDocs without the plugin."""
    place = tmp_path_factory.mktemp(request.param)
    engine = request.param.removeprefix("tree-")
    if engine == request.param:
        config = index / "mkdocs.yml"
    else:
        for_engine = "zensical" if engine == "zensical" else "mkdocs"
        written = papershelf("generate", place / "tree", "--engine", for_engine, cwd=index)
        assert written.returncode == 0, written.stderr
        config = place / "tree" / "mkdocs.yml"
    target = [] if engine == "zensical" else ["-d", str(place / "site")]
    command = [str(Path(sys.executable).parent / engine), "build", "-f", str(config), *target]
    done = subprocess.run(command, cwd=config.parent, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return request.param, config.parent / "site" if engine == "zensical" else place / "site"


def read_pages(site):
    return {path.relative_to(site).as_posix(): path.read_text() for path in site.rglob("*.html")}


def list_facts(html, page):
    """Return what a head says to other programs; a description may say it for two of them at once."""
    facts = set()
    for node in LexborHTMLParser(html).css_first("head").css(FACTS):
        given = node.attributes
        if node.tag in {"title", "script"}:
            facts.add((node.tag, node.text()))
        elif node.tag == "link":
            facts.add((given["rel"], urljoin(find_address(page), given["href"]), given.get("type")))
        else:
            names = {given.get("name"), given.get("property")} - {None}
            facts |= {(name, given["content"]) for name in names - OF_THE_ENGINE}
    return facts


def find_address(page):
    return urljoin(SITE, page.removesuffix("index.html"))


def list_links(html, page):
    """Return where the links of the content lead."""
    here = find_address(page)
    return [urljoin(here, link.attributes["href"]) for link in LexborHTMLParser(html).css("article a[href]")]


def test_the_pages_are_the_same(index, other):
    _, site = other
    assert read_pages(site).keys() == read_pages(index / "site").keys()
    assert {"papers/all-facts/index.html", "topics/birds/index.html", "papers/page/2/index.html"} <= read_pages(site).keys()  # fmt: skip


def test_heads_say_the_same_but_for_what_the_documentation_names(index, other):
    way, site = other
    pages = read_pages(site)
    for page, html in read_pages(index / "site").items():
        own, others = list_facts(html, page), list_facts(pages[page], page)
        lacks, adds = own - others, others - own
        if way != "properdocs":
            lacks = {fact for fact in lacks if fact[0] != "og:description" and fact[-1] != "text/markdown"}
        if page == "404.html" and way == "tree-zensical":
            continue  # it has no templates for it but its own
        assert (lacks, adds) == (set(), set()), page


def test_links_lead_to_the_same_places(index, other):
    _, site = other
    pages = read_pages(site)
    for page, html in read_pages(index / "site").items():
        assert list_links(pages[page], page) == list_links(html, page), page


def test_scripts_and_styles_stand_in_the_folder_of_their_version(other):
    _, site = other
    (folder,) = (path.name for path in (site / "assets").glob("ps-*"))
    for page, html in read_pages(site).items():
        own = [urljoin(find_address(page), named) for named in CODE.findall(html) if "assets/p" in named]
        assert bool(own) is (SCHEME in html), page
        for address in own:
            path, _, version = address.removeprefix(SITE).partition("?")
            assert (site / path).is_file(), address
            assert path.startswith(f"assets/{folder}/") or (path == SCHEME and f"ps-{version}" == folder)
    for font in list_first_fonts(path.relative_to(site).as_posix() for path in site.rglob("*.woff2")):
        assert font in (site / "index.html").read_text()
        assert font.rpartition("/")[2] in (site / "assets" / folder / "papershelf.css").read_text()
    assert re.search(r'content: ?"Read"', (site / "assets" / folder / "papershelf.css").read_text())


def test_only_the_plugin_writes_policies(index, other):
    way, site = other
    page = "papers/all-facts/index.html"
    assert POLICY in (index / "site" / page).read_text().lower()
    assert (POLICY in (site / page).read_text().lower()) is (way == "properdocs")
