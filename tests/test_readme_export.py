"""`papershelf export readme`: the list comes back as people write lists, and is read back as it was."""

import re

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.exports.readme.anchors import Anchors
from generator.exports.readme.file import build_readme
from generator.exports.readme.region import BEGIN, END
from generator.formats.registry import TextFile, read_files
from generator.limits import FILE_BYTES
from generator.model import Author, Paper, Placement, Taxonomy, Topic
from generator.pipeline import load_content
from generator.problems import Place

LIST = """# Awesome Birds

Words before.

## Contents
- [Owls](#owls)

## Owls

What hunts at night.

- [Owls at Night](https://arxiv.org/abs/2301.00001), ICML 2023 [[code]](https://github.com/birds/owls)
- [Owls by Day](https://doi.org/10.1000/day), CVPR 2021
- [Owls in Between](https://arxiv.org/abs/2201.00003), NeurIPS 2022

## Blogs

- [A post](https://blog.example.org/)

## 2. Wrens
### Surveys
- [A Survey of Wrens](https://arxiv.org/abs/2301.00004)

## Licence

CC0
"""


@pytest.fixture
def project(tmp_path, monkeypatch):
    content = tmp_path / "content"
    content.mkdir()
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: Birds\nsite_url: https://birds.example/\ndocs_dir: content\ntheme: material\nplugins: [papershelf]\n"
    )
    (tmp_path / "README.md").write_text(LIST)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments, code=0):
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == code, result.output
    return result


def bring_in():
    return run("import", "readme", "README.md", "--topics", "sections")


def export(*arguments, **options):
    return run("export", "readme", "-o", "README.md", *arguments, **options)


def test_only_the_list_is_replaced_and_nothing_is_lost(project):
    bring_in()
    export()
    text = (project / "README.md").read_text()
    before, _, rest = text.partition(BEGIN)
    made, _, after = rest.partition(END)
    assert before == LIST.partition("## Owls")[0]
    assert after.split() == [
        "##",
        "Blogs",
        "-",
        "[A",
        "post](https://blog.example.org/)",
        "##",
        "Licence",
        "CC0",
    ]
    assert (
        made.strip()
        == """## Owls

What hunts at night.

- [Owls at Night](https://arxiv.org/abs/2301.00001) · ICML 2023 · [[code]](https://github.com/birds/owls)
- [Owls by Day](https://doi.org/10.1000/day) · CVPR 2021
- [Owls in Between](https://arxiv.org/abs/2201.00003) · NeurIPS 2022

## 2. Wrens

### Surveys

- [A Survey of Wrens](https://arxiv.org/abs/2301.00004)"""
    )


def test_it_is_read_back_without_a_difference_and_written_again_without_one(project):
    bring_in()
    result = export()
    assert "sections without papers were moved below the list: Blogs" in result.output
    first = (project / "README.md").read_text()
    records = {path.name: path.read_text() for path in (project / "content" / "papers").iterdir()}
    topics = (project / "content" / "topics.yml").read_text()
    assert "0 new records" in bring_in().output
    assert {path.name: path.read_text() for path in (project / "content" / "papers").iterdir()} == records
    assert (project / "content" / "topics.yml").read_text() == topics
    export()
    assert (project / "README.md").read_text() == first


def test_a_new_paper_goes_where_its_date_belongs(project):
    bring_in()
    export()
    for key, published in (("new", "2024-02"), ("old", "2020")):
        (project / "content" / "papers" / f"{key}.yml").write_text(
            f"title: {key.title()} Owls\npublished: '{published}'\nlinks: {{page: 'https://example.org/{key}'}}\ntopics: [owls]\n"
        )
    export()
    titles = re.findall(
        r"^- \[(.*?)\]", (project / "README.md").read_text().partition(BEGIN)[2], re.MULTILINE
    )
    assert titles[:5] == ["New Owls", "Owls at Night", "Owls by Day", "Owls in Between", "Old Owls"]


def test_a_new_readme_has_a_table_of_contents(project):
    bring_in()
    (project / "README.md").unlink()
    export()
    text = (project / "README.md").read_text()
    assert text.startswith("# Birds\n\nSearch it at https://birds.example/\n")
    assert "- [Owls](#owls) (3)\n- [2. Wrens](#2-wrens) (1)\n  - [Surveys](#surveys) (1)\n" in text


@pytest.mark.parametrize("template", ["table", "years"])
def test_other_templates_are_read_back_too(project, template):
    bring_in()
    (project / "README.md").unlink()
    result = export("--template", template)
    assert "would be read back" not in result.output
    text = (project / "README.md").read_text()
    batch = read_files("readme", [TextFile(name="README.md", text=text)], "", {})
    assert {draft.paper.title for draft in batch.drafts} == {
        "Owls at Night", "Owls by Day", "Owls in Between", "A Survey of Wrens",
    }  # fmt: skip


def test_links_are_badges_on_request(project):
    bring_in()
    export("--badges")
    text = (project / "README.md").read_text()
    assert "[![code](https://img.shields.io/badge/code-24292f)](https://github.com/birds/owls)" in text
    assert "0 new records" in bring_in().output


def test_a_template_of_ones_own(project):
    bring_in()
    (project / "mine.j2").write_text(
        "{% for section in list.walk() %}{{ section.hashes }} {{ section.name }}\n\n"
        "{% for paper in section.papers %}{{ title(paper) }} *{{ paper.venue }}* {{ paper.page }}\n\n{% endfor %}{% endfor %}"
    )
    run("export", "readme", "-o", "OWN.md", "--template", "mine.j2")
    assert (
        "[Owls by Day](https://doi.org/10.1000/day) *CVPR 2021* https://birds.example/papers/owls-by-day/"
        in (project / "OWN.md").read_text()
    )


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{{ list.nothing }}", "has no attribute 'nothing'"),
        ("\n{% for %}", "mine.j2:2:"),
        ("{{ list.__class__.__mro__ }}", "is unsafe"),
        (None, "mine.j2"),
    ],
)
def test_a_template_that_fails_is_named_and_nothing_is_written(project, template, said):
    bring_in()
    if template is not None:
        (project / "mine.j2").write_text(template)
    result = export("--template", "mine.j2", code=2)
    assert said in result.output
    assert (project / "README.md").read_text() == LIST


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# Birds\n\n## Other words\n", "no heading is a topic"),
        (f"# Birds\n\n{BEGIN}\n", "the list needs one line that begins with"),
    ],
)
def test_an_unclear_place_is_an_error_and_nothing_is_written(project, text, said):
    bring_in()
    (project / "README.md").write_text(text)
    assert said in export(code=2).output
    assert (project / "README.md").read_text() == text


def test_what_is_left_out_or_read_back_differently_is_said(project):
    bring_in()
    (project / "content" / "papers" / "owls-by-day.yml").unlink()
    (project / "content" / "papers" / "mice.yml").write_text("title: Mice\npublished: '2020'\n")
    result = export()
    assert "1 paper of the former list is not on the shelf, so left out: Owls by Day" in result.output
    assert "1 paper would not be read back from the list: mice" in result.output


HOSTILE = [
    "2. Owls | *Wrens* _x_ [y](z)",
    "$5 owls & <b>wrens</b>",
    "# Owls",
    "- Owls",
    "Owls in $O(n_1)$",
    "`owls` ~~x~~ y",
    "1) Owls",
]


@pytest.mark.parametrize("template", ["bullets", "table"])
@pytest.mark.parametrize("text", HOSTILE)
def test_any_words_are_shown_as_they_are_and_read_back(text, template):
    paper = Paper(id="a", title=text, links={"arxiv": ("2301.00001",)}, published="2023", authors=(Author(name="Jane Doe"), Author(name="Max Wren")))  # fmt: skip
    topics = {"t": Topic(id="t", name=text, description=text, place=Place(file="topics.yml"))}
    made = build_readme(
        "",
        [paper],
        Taxonomy(topics=topics),
        {"a": (Placement(topic="t", why=""),)},
        title="L",
        template=template,
    )
    batch = read_files("readme", [TextFile(name="L.md", text=made.text)], "", {})
    (draft,) = batch.drafts
    assert draft.paper.title.replace("\\", "") == text.strip("- ")
    assert [heading.path for heading in batch.headings] == [text]


def test_a_paper_under_a_topic_and_one_below_it_is_listed_once():
    place = Place(file="topics.yml")
    topics = {
        "a": Topic(id="a", name="A", place=place),
        "b": Topic(id="b", name="B", parent="a", place=place),
    }
    paper = Paper(id="x", title="Owls", links={"arxiv": ("2301.00001",)})
    both = {"x": (Placement(topic="a", why=""), Placement(topic="b", why=""))}
    made = build_readme("", [paper], Taxonomy(topics=topics), both, title="L")
    assert made.text.count("[Owls]") == 1
    assert "- [A](#a) (1)\n  - [B](#b) (1)" in made.text


def test_papers_without_a_topic_are_at_the_end_and_make_none(project):
    bring_in()
    (project / "content" / "papers" / "mice.yml").write_text("title: Mice\nlinks: {arxiv: '2301.00009'}\n")
    export()
    text = (project / "README.md").read_text()
    assert "## Other papers\n\n- [Mice](https://arxiv.org/abs/2301.00009)\n\n<!--" in text
    bring_in()
    _, taxonomy, _ = load_content(project / "content")
    assert list(taxonomy.topics) == ["owls", "wrens", "surveys"]


def test_anchors_are_those_of_github():
    anchors = Anchors()
    assert [anchors.add(name) for name in ("2.1 Owls & Wrens!", "📜 Papers", "Owls", "Owls", "鸟 Birds")] == [
        "21-owls--wrens", "-papers", "owls", "owls-1", "鸟-birds",
    ]  # fmt: skip


def test_lines_that_name_no_paper_are_kept_after_the_list_and_named(project):
    run("import", "readme", "README.md", "--topics", "sections")
    readme = project / "README.md"
    readme.write_text(
        readme.read_text().replace(
            "## Blogs", "A remark of the editor.\n\n- A Paper without a Link, SIGMOD 2020\n\n## Blogs"
        )
    )
    result = run("export", "readme", "-o", "README.md")
    assert (
        "2 lines of the former list name no paper and were moved below the list: A remark of the editor.; - A Paper without a Link"
        in result.output
    )
    text = readme.read_text()
    assert (
        text.index(END)
        < text.index("A remark of the editor.")
        < text.index("- A Paper without a Link, SIGMOD 2020")
    )
    again = run("export", "readme", "-o", "README.md")
    assert "former list" not in again.output
    assert readme.read_text() == text


def test_a_list_keeps_its_template_and_its_badges(project):
    run("import", "readme", "README.md", "--topics", "sections")
    run("export", "readme", "-o", "README.md", "--template", "table", "--badges")
    text = (project / "README.md").read_text()
    assert "; made with --template table --badges -->" in text
    run("export", "readme", "-o", "README.md")
    assert (project / "README.md").read_text() == text
    run("export", "readme", "-o", "README.md", "--template", "bullets", "--words")
    assert f"{BEGIN}\n" in (project / "README.md").read_text()


MARKED = f"# Birds\n\n{BEGIN}\n\n- x\n\n{END}\n"


@pytest.mark.parametrize(
    "named", ["../secret.j2", "TMP/secret.j2", ".hidden.j2", ".git/secret.j2", "a/../../secret.j2", "./x/../.hidden.j2"]
)  # fmt: skip
def test_a_readme_names_no_template_that_is_hidden_or_elsewhere(project, named):
    bring_in()
    named = named.replace("TMP", str(project.parent))
    for file in ("../secret.j2", ".hidden.j2", ".git/secret.j2", "a/b", "x/b"):
        (project / file).parent.mkdir(exist_ok=True)
        (project / file).write_text("a secret")
    text = MARKED.replace("of it", f"of it; made with --template {named}")
    (project / "README.md").write_text(text)
    said = run("export", "readme", "-o", "README.md", code=2).output
    assert f"names the template {named}, which is hidden or outside" in said
    assert (project / "README.md").read_text() == text


@pytest.mark.parametrize("words", [["--template", "link.j2"], ["--template", "includes.j2"], []])
def test_no_link_leads_to_a_template(project, words):
    bring_in()
    (project / "secret.j2").write_text("a secret")
    (project / "link.j2").symlink_to("secret.j2")
    (project / "below").symlink_to(".")
    (project / "includes.j2").write_text("{% include 'below/secret.j2' %}")
    (project / "README.md").write_text(MARKED.replace("of it", "of it; made with --template link.j2"))
    assert (
        "a symbolic link in the checkout" in run("export", "readme", "-o", "README.md", *words, code=2).output
    )
    assert "secret" not in (project / "README.md").read_text().replace("secret.j2", "")


@pytest.mark.parametrize("words", [["export", "readme", "-o", "new.md"], ["topics", "--suggest", "-o", "new.md"]])  # fmt: skip
@pytest.mark.parametrize(
    ("body", "said", "code"),
    [
        (None, "a symbolic link in the checkout", 2),
        (b"# \xff", "not UTF-8: byte 0xff", 1),
        (b"a" * (FILE_BYTES + 1), "the file has more than", 1),
        (b"# a\n<<<<<<< HEAD\n# b\n=======\n# c\n>>>>>>> x\n", "new.md:2: error [merge-conflict]", 1),
    ],
    ids=["link", "no text", "long", "conflict"],
)
def test_a_file_that_cannot_be_read_is_not_replaced(project, words, body, said, code):
    bring_in()
    path = project / "new.md"
    if body is None:
        path.symlink_to("README.md")
    else:
        path.write_bytes(body)
    before = path.is_symlink(), path.read_bytes()
    assert said in run(*words, code=code).output
    assert (path.is_symlink(), path.read_bytes()) == before
