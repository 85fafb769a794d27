"""Filled pages are the same as those that MkDocs renders."""

import random

import pytest
import yaml
from invented import PNG
from selectolax.lexbor import LexborHTMLParser
from support import mkdocs, read_page

SIGNS = ["*", "_", "`", "[x](y)", "![i](j.png)", "<b>", "</div>", "&amp;", "&", "\\", "#", "1.", "1)", "- a", "+ b", "> q", "~~s~~", "$x^2$", "$\\frac{a}{b}$", "http://a.example/b_c", "www.x.example", "a@b.example", "|", "::", ":smile:", "==", "^^", "{#id}", "{: .c }", "[^1]", "[1]: x", "---", "...", "C++", "é", "猫", "\u200b", "\u202e", "𝔘", "'q'", '"q"', "%s", "{{ x }}", "{% y %}", "!!!", "!!! note", "???", "A.", "(c)", "--", "->", "0", "\u00a0", "&#42;", "<!-- c -->", "<script>x</script>", "end"]  # fmt: skip
FACTS = {
    "plain": {"title": "Owls"},
    "summarised": {"title": "Owls: at *Night*", "summary": "Owls hunt. They _hear_ 3.5% of mice.", "featured": True, "note": "Start <here>."},
    "abstract": {"title": "$\\alpha$-Owls & `mice`", "abstract": "First $x_i$ part.\n\n1. Second part\n\n    not code\n\n# no heading", "authors": ["Jane Möwe", "A_B *C*", "团队"], "published": "2024-05-01", "venue": "Proc. of [Owls]", "venue_type": "conference"},
    "many": {"title": "A Thousand Owls", "authors": [f"Owl Number{n} O'Hoot" for n in range(400)], "published": "2023"},
    "withdrawn": {"title": "Withdrawn Owls", "status": "withdrawn", "status_note": "They left_us_ <now>."},
    "superseded": {"title": "Old Owls", "status": "superseded", "superseded_by": "plain"},
    "linked": {"title": "Owls with Code", "links": {"code": "https://github.com/o/o_w*l", "arxiv": "2301.00010", "data": ["https://x.example/?a=b&c=(d)"], "page": "https://x.example/#a"}},
    "same-words": {"title": "Cite", "abstract": "Cite.", "summary": "Topics."},
    "signs-only": {"title": "!?"},
    "cjk": {"title": "猫の検索 「フクロウ」"},
    "unlisted": {"title": "Named in the navigation"},
}  # fmt: skip


def make_papers():
    rnd = random.Random(7)  # noqa: S311 (the same papers every time)
    papers = {
        key: {"published": f"{2015 + n}", "added": f"2025-01-{n + 1:02}", **facts}
        for n, (key, facts) in enumerate(FACTS.items())
    }
    for n in range(90):
        text = ["".join(rnd.choice([" ", "", "\n"]) + rnd.choice(SIGNS) for _ in range(rnd.randint(1, 12))) for _ in range(4)]  # fmt: skip
        papers[f"made-{n:02}"] = {"title": f"{n} {text[0]}", "summary": text[1] + " a.", "abstract": f"{text[2]}\n\n{text[3]}.", "image": {"file": "figures/a_b *c*.png", "alt": f"{text[3]} a.", "licence": f"a {text[2]}", "source": f"{text[1]} b"}, "sources": [{"name": text[0].strip()[:20] or "x", "organisation": f"o {text[1]}".strip()}]}  # fmt: skip
    return papers


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fill")
    (folder / "content" / "papers").mkdir(parents=True)
    (folder / "content" / "figures").mkdir()
    (folder / "content" / "figures" / "a_b *c*.png").write_bytes(PNG)
    for key, facts in make_papers().items():
        text = yaml.safe_dump({"id": key, **facts}, allow_unicode=True)
        (folder / "content" / "papers" / f"{key}.yml").write_text(text)
    (folder / "content" / "topics.yml").write_text(
        "- {id: birds, name: 'Birds *and* <more>', rules: [owl, cite]}\n"
        "- {id: quotes, name: '\"><b>`Owls` & $x$ </figure>', rules: [night, mice, code]}\n"
    )
    (folder / "content" / "overviews").mkdir()
    (folder / "content" / "overviews" / "birds.md").write_text(
        "*Owls* & [old **owls**](../papers/superseded.md) {++hear++} <x & $x_i$ at night.\n\n- [Mice](../topics/quotes.md): -- ==x==\n- Mice\n\nThe [end](../papers/plain.md).\n"
    )
    (folder / "content" / "digests").mkdir()
    (folder / "content" / "digests" / "2025-01-02.md").write_text(
        "*Owls* & [old **owls**](../papers/superseded.md) {++hear++} <x & $x_i$.\n\n\\# [Mice](../topics/quotes.md): -- ==x==\n"
    )
    (folder / "content" / "glossary.yml").write_text(
        "- {term: hunt, meaning: 'To *catch* <mice> in $x^2$.', topic: quotes}\n- {term: night, aliases: [1st night, 猫], meaning: '{++dark++}'}\n"
    )
    (folder / "content" / "paths.yml").write_text(
        "- {id: way, name: 'Owls *and* <mice>', lead: L., steps: [{paper: plain, why: '*A*'}, {paper: superseded, why: B & C.}]}\n"
    )
    (folder / "content" / "shelf.yml").write_text("format: 1\nfields: {size: {label: 'A *size*'}}\n")
    (folder / "content" / "tables.yml").write_text(
        "- {id: sizes, name: 'Sizes *and* <more>', lead: '*L*', introduction: '++A++', columns: [size]}\n"
    )
    (folder / "content" / "papers" / "sized.yml").write_text(
        "title: Sized *owls*\nextra: {size: '++1/2++ & <x>'}\n"
    )
    (folder / "content" / "hand.md").write_text("# By hand\n\n[a paper](papers/plain.md)\n")
    return folder


def build(folder, name, pages, **config):
    values = {
        "site_name": "Owls & More",
        "theme": "material",
        "site_url": "https://example.org/a/",
        "repo_url": "https://github.com/o/r",
        "edit_uri": "edit/main/content/",
        "docs_dir": "content",
        "site_dir": str(folder / name),
        "plugins": [{"papershelf": {"pages": pages, "per_page": 7}}],
        "nav": [{"Home": "index.md"}, {"One": "papers/unlisted.md"}],
    } | config
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(values))
    result = mkdocs("build", "--strict", cwd=folder)
    assert result.returncode == 0, result.stdout + result.stderr
    return folder / name


def squeeze(node):
    return "".join(node.html.split())


@pytest.mark.parametrize(
    "config",
    [
        {},
        {"use_directory_urls": False, "site_url": "", "repo_url": ""},
        {"markdown_extensions": [{"toc": {"permalink": True}}, {"pymdownx.highlight": {"use_pygments": False}}]},
    ],
    ids=["usual", "as-files", "permalinks"],
)  # fmt: skip
def test_filled_pages_are_those_that_mkdocs_renders(index, config):
    filled, rendered = (build(index, pages, pages, **config) for pages in ("fast", "mkdocs"))
    files = sorted(p.relative_to(rendered) for p in rendered.rglob("*.html"))
    assert files == sorted(p.relative_to(filled) for p in filled.rglob("*.html"))
    assert sum(file.parts[0] == "papers" for file in files) > len(make_papers())
    for file in files:
        one, two = (read_page(site, file) for site in (filled, rendered))
        assert squeeze(one.css_first("head")) == squeeze(two.css_first("head")), file
        assert squeeze(one.css_first("article")) == squeeze(two.css_first("article")), file
        assert [a.attributes for a in one.css("a")] == [a.attributes for a in two.css("a")], file
    assert (filled / "sitemap.xml").exists() == (rendered / "sitemap.xml").exists()
    if config.get("repo_url", "there"):
        page = LexborHTMLParser((filled / "papers" / "plain" / "index.html").read_text(encoding="utf-8"))
        edit, fix = (a.attributes["href"] for a in page.css(".ps-edit a"))
        assert edit == "https://github.com/o/r/edit/main/content/papers/plain.yml"
        assert fix == "https://github.com/o/r/issues/new?template=fix.yml&record=papers/plain/"
    if "site_url" not in config:
        maps = [sorted((site / "sitemap.xml").read_text().splitlines()) for site in (filled, rendered)]
        assert maps[0] == maps[1]


def test_a_link_to_a_paper_that_is_not_there_stops_the_build(index):
    hand = index / "content" / "wrong.md"
    hand.write_text("# Wrong\n\n[gone](papers/gone.md)\n")
    values = {"site_name": "Owls", "theme": "material", "docs_dir": "content", "plugins": ["papershelf"]}
    (index / "mkdocs.yml").write_text(yaml.safe_dump(values))
    result = mkdocs("build", "--strict", cwd=index)
    hand.unlink()
    assert result.returncode == 1
    assert "papers/gone.md" in result.stdout + result.stderr
