"""Former addresses in a real site: built strictly, with and without the plugin, and followed by a real browser."""

import re
import shutil

import pytest
from browsing import reading, serve
from crawl import crawl, find_broken
from selectolax.lexbor import LexborHTMLParser
from support import fingerprint, mkdocs, papershelf

BASE = "https://example.org/index/"
REFRESH = re.compile(r'content="0; url=([^"]+)"')


@pytest.fixture(scope="module")
def index(tmp_path_factory, make_small_index):
    """Return a small index whose papers were renamed, merged, removed and deleted after their first deployment."""
    folder = make_small_index(
        tmp_path_factory.mktemp("permanence"), plugins=[{"papershelf": {"per_page": 2}}]
    )
    papers = folder / "content" / "papers"
    (papers / "bats.yml").write_text(
        "title: Bats & <Owls>\nlinks: {doi: 10.1000/bats}\nadded: '2025-01-01'\n"
    )
    (papers / "cats.yml").write_text(
        "title: Cats of $x^2$\nadded: '2025-01-02'\ntopics: [birds]\nlinks: {arxiv: '2401.00001', code: 'https://github.com/o/cats'}\nsummary: Secret cats.\n"
    )
    (papers / "dogs.yml").write_text("title: Dogs\nsummary: Dogs bark at owls and mice.\n")
    for arguments in (
        ["check", "--update-ledger"],
        ["rename", "owls", "night-owls"],
        ["rename", "night-owls", "barn-owls"],
        ["merge", "dogs", "wrens"],
        ["remove", "cats", "--note", "The cats <asked>."],
        ["remove", "bats", "--delete", "--note", "The bats <flew>\n $x^2$ away."],
        ["check", "--strict"],
    ):
        result = papershelf(*arguments, cwd=folder)
        assert result.returncode == 0, result.stdout + result.stderr
    result = mkdocs("build", "--strict", cwd=folder)
    assert result.returncode == 0, result.stderr
    return folder


def read(folder, path):
    return (folder / "site" / path).read_text()


def test_every_address_of_the_ledger_is_a_file_of_the_site(index):
    lines = read(index, "data/urls.txt").splitlines()[1:]
    committed = (index / "content" / "urls.txt").read_text().splitlines()[1:]
    addresses = {line.split("\t")[0].removeprefix("./") for line in lines}
    assert {line.split("\t")[0].removeprefix("./") for line in committed} <= addresses
    assert {"papers/owls/", "papers/night-owls/", "papers/dogs/", "papers/bats/", "feed.xml"} <= addresses
    for address in addresses:
        file = f"{address}index.html" if not address or address.endswith("/") else address
        assert (index / "site" / file).is_file(), address
    assert find_broken(index / "site", crawl(index / "site", BASE)) == []


def test_what_is_gone_is_in_no_list_and_no_index(index):
    site = index / "site"
    for path in (
        p
        for p in site.rglob("*")
        if p.is_file()
        and p.suffix in {".html", ".xml", ".json", ".bib", ".ris", ".csv", ".jsonl", ".txt", ".md"}
    ):
        name, text = path.relative_to(site).as_posix(), path.read_text()
        if not name.startswith(("papers/cats/", "papers/bats/")) and name != "data/urls.txt":
            assert "Secret cats" not in text, name
            assert (
                not re.search(r"papers/(cats|bats|owls|night-owls|dogs)\b|Cats of", text)
                or "aliases" in text
                or "refresh" in text
            ), name


def test_every_page_has_a_policy(index):
    pages = {path: path.read_text() for path in (index / "site").rglob("*.html")}
    tag = re.compile(r'<meta http-equiv="?content-security-policy', re.IGNORECASE)
    without = [path for path, text in pages.items() if len(tag.findall(text)) != 1]
    assert without == []


def test_a_removed_paper_keeps_a_page_that_says_why(index):
    text = read(index, "papers/cats/index.html")
    assert '<meta name="robots" content="noindex">' in text
    assert 'rel="canonical"' not in text
    said = LexborHTMLParser(text).css_first("article").text()
    assert "removed from this index: The cats <asked>." in said
    assert "https://arxiv.org/abs/2401.00001" in text
    assert "github.com/o/cats" not in text
    assert "Secret cats" not in text
    assert "papers/cats" not in read(index, "sitemap.xml")
    assert (
        read(index, "papers/cats/index.md")
        == "# Cats of x²\n\nRemoved: The cats \\<asked>.\n\n- arXiv: <https://arxiv.org/abs/2401.00001>\n"
    )


def test_the_tree_without_the_plugin_has_the_same_former_addresses(index, tmp_path):
    result = papershelf("generate", tmp_path / "tree", cwd=index)
    assert result.returncode == 0, result.stderr
    result = mkdocs("build", "--strict", cwd=tmp_path / "tree")
    assert result.returncode == 0, result.stderr
    for key in ("owls", "night-owls", "dogs", "bats"):
        path = f"papers/{key}/index.html"
        assert (tmp_path / "tree" / "site" / path).read_text() == read(index, path)
    assert "noindex" in (tmp_path / "tree" / "site" / "papers" / "cats" / "index.html").read_text()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_browser_is_led_from_a_former_address_to_the_present_one(index, browser, scripts):
    with serve(index / "site") as base, reading(browser, base, java_script_enabled=scripts) as page:
        for former in ("owls", "night-owls"):
            page.goto(f"{base}papers/{former}/")
            page.wait_for_url(f"{base}papers/barn-owls/")
        assert "Owls at Night" in page.title()
        if scripts:
            page.locator(".ps-box input").fill("mice that hear")
            option = page.get_by_role("option").filter(has_text="Mice that Hear Owls")
            assert option.locator("small").inner_text() == "Withdrawn"
        page.goto(f"{base}papers/bats/")
        assert page.locator("h1").inner_text() == "Bats & <Owls>"
        page.get_by_role("link", name="Search").click()
        page.wait_for_url(f"{base}search/")


def test_without_directory_urls_addresses_of_the_other_form_redirect(index, tmp_path):
    text = (index / "mkdocs.yml").read_text()
    (index / "flat.yml").write_text(f"{text}\nuse_directory_urls: false\nsite_dir: {tmp_path / 'flat'}\n")
    result = mkdocs("build", "--strict", "-f", "flat.yml", cwd=index)
    assert result.returncode == 0, result.stderr
    flat = tmp_path / "flat" / "papers"
    assert REFRESH.search((flat / "owls.html").read_text())[1] == "../papers/barn-owls.html"
    for old in ("owls", "mice"):
        target = REFRESH.search((flat / old / "index.html").read_text())[1]
        assert target == f"../../papers/{ {'owls': 'barn-owls'}.get(old, old) }.html"
    assert (flat / "owls.md").read_text() == (flat / "barn-owls.md").read_text()
    assert "Bats &amp; &lt;Owls&gt;" in (flat / "bats" / "index.html").read_text()
    assert find_broken(tmp_path / "flat", crawl(tmp_path / "flat", BASE)) == []


@pytest.mark.parametrize("fault", ["lost-address", "reused-id"])
def test_no_build_takes_an_address_away(index, tmp_path, fault):
    """However a site is built, strictly or not: the errors of the check stop it, and the last good site stays."""
    folder = tmp_path / "index"
    shutil.copytree(index, folder)
    paper = folder / "content" / "papers" / "mice.yml"
    if fault == "lost-address":
        paper.unlink()
    else:
        paper.write_text("title: How Whales Sing\n")
    before = fingerprint(folder / "site")
    said = f"urls.txt:{find_line(folder, 'papers/mice/')}: error [{fault}]"
    for build in (mkdocs("build", cwd=folder), papershelf("build", "--no-strict", cwd=folder)):
        assert build.returncode == 1
        assert said in build.stderr
    made = papershelf("generate", "tree", cwd=folder)
    assert (made.returncode, said in made.stderr) == (1, True)
    assert not (folder / "tree").exists()
    assert fingerprint(folder / "site") == before
    checked = papershelf("check", cwd=folder)
    assert (checked.returncode, said in checked.stderr) == (1, True)


def find_line(folder, address):
    lines = (folder / "content" / "urls.txt").read_text().splitlines()
    return next(n for n, line in enumerate(lines, start=1) if line.startswith(f"{address}\t"))


def test_a_tombstone_says_why(index):
    page = read(index, "papers/bats/index.html")
    assert "<p>This was removed from this index: The bats &lt;flew&gt; $x^2$ away.</p>" in page
    assert "removed from this index: The bats \\<flew> $x^2$ away." in read(index, "papers/bats/index.md")
    assert "\tremoved: The bats <flew> $x^2$ away.\n" in read(index, "data/urls.txt")
