"""The shapes in which people write lists of papers: each line is a paper, and what it says is kept."""

import pytest

from generator.formats.readme.read import import_readme
from generator.formats.values import TextFile

NO = "https://arxiv.org/abs/2401.0000"
TWO = ("Jane Owl", "Bob Wren")


def read(text):
    return import_readme([TextFile(name="owls.md", text=text)], "")


def tell(text):
    """Return the title, the authors, the venue and the date of every paper of a list, in its order."""
    papers = [draft.paper for draft in read(text).drafts]
    return [(p.title, tuple(a.name for a in p.authors), p.venue, p.published) for p in papers]


@pytest.mark.parametrize(
    ("said", "names", "more"),
    [
        ("_Jane Owl._", ("Jane Owl",), False),
        ("_Jane Owl, Bob Wren_", TWO, False),
        ("*Jane Owl, Bob Wren, Al Dove, Ivy Lark et al..*", (*TWO, "Al Dove", "Ivy Lark"), True),
        ("_Nest Team: Jane Owl, Bob Wren._", ("Nest Team", *TWO), False),
        ("_Jane Owl, Bob (Bobby) Wren, Al Dove._", ("Jane Owl", "Bob (Bobby) Wren", "Al Dove"), False),
        ("_Jane Owl, Bob S. Wren, A. B. Dove_", ("Jane Owl", "Bob S. Wren", "A. B. Dove"), False),
        ("_Jane Owl, Bo An, Weinan E._", ("Jane Owl", "Bo An", "Weinan E"), False),
        ("*Jane Owl<sup>1</sup>, Bob Wren<sup>2,3</sup>*", TWO, False),
        ("- Jane Owl and Bob Wren -", TWO, False),
        ("by J. Owl et al.,", ("J. Owl",), True),
        ("(Jane Owl, Bob Wren)", TWO, False),
        ("(Owl et al.)", ("Owl",), True),
        ("张三、李四,", ("张三", "李四"), False),
        ("Jane Owl, Bob Wren (MIT), Al Dove (Stanford).", (*TWO, "Al Dove"), False),
    ],
)
def test_people_are_read_as_they_are_written(said, names, more):
    (draft,) = read(f"1. [**Owls.**]({NO}1) {said} Arxiv 2023.").drafts
    assert tuple(a.name for a in draft.paper.authors) == names
    assert draft.paper.extra == ({"others": "authors"} if more else {})
    assert (draft.paper.venue, draft.paper.published) == ("arXiv", "2023")


@pytest.mark.parametrize("said", ["(by a company)", "(HOUSE, Jane Owl)", "(Nests, Eggs)", "fast and small"])
def test_other_words_are_no_people(said):
    (draft,) = read(f"- [Owls]({NO}1) {said} (ICML 2023)").drafts
    assert draft.paper.authors == ()
    assert draft.paper.extra["remark"].strip("()") == said.strip("()")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Owl, J., & Wren, B. (2024). Owls that hum. *Journal of Birds*, 3(2), 1-10. https://doi.org/10.5555/owls",
         ("Owls that hum", ("Owl, J.", "Wren, B."), "Journal of Birds", "2024")),
        ("Owl, J. (2016). *A book of owls* (2nd ed.). Owl Press. https://doi.org/10.5555/book", ("A book of owls", ("Owl, J.",), "", "2016")),
        ('J. Owl and B. Wren, "Wrens in the rain," in Proc. BirdConf, 2023. [Online]. Available: https://arxiv.org/abs/2301.00001',
         ("Wrens in the rain", ("J. Owl", "B. Wren"), "BirdConf", "2023")),
        ('J. Owl and B. Wren, "Barn doors," *IEEE Trans. Birds*, vol. 3, no. 2, pp. 1–10, Mar. 2017, doi: 10.5555/barn.',
         ("Barn doors", ("J. Owl", "B. Wren"), "IEEE Trans. Birds", "2017-03")),
        ("Owl, J. and Wren, B. Nests in Barns. In *BirdConf*, pages 1–10, 2018. [[pdf](https://example.org/barns.pdf)]",
         ("Nests in Barns", ("Owl, J.", "Wren, B."), "BirdConf", "2018")),
        ("Jane Owl et al. Attention to Mice. NeurIPS 2017. [paper](https://arxiv.org/abs/1706.00001)", ("Attention to Mice", ("Jane Owl",), "NeurIPS", "2017")),
        (f"Jane Owl and Bob Wren. Owl Maps. In *ICRA*, 2019. [[pdf]]({NO}1)", ("Owl Maps", TWO, "ICRA", "2019")),
        ("Jane Owl, Bob Wren. 2023. Owl Interfaces. https://doi.org/10.1145/1.2", ("Owl Interfaces", TWO, "", "2023")),
        (f"Jane Owl. *A Thesis on Owls*. 2019. [PDF]({NO}1)", ("A Thesis on Owls", ("Jane Owl",), "", "2019")),
        (f"[SIGMOD'21] *Owls in Databases*, **Jane Owl**, Bob Wren [[pdf]]({NO}1)", ("Owls in Databases", TWO, "SIGMOD", "2021")),
    ],
)  # fmt: skip
def test_references_are_read(line, expected):
    assert tell(f"- {line}") == [expected]


@pytest.mark.parametrize(
    ("line", "title", "venue", "date"),
    [
        (f"- Owls at Night - {NO}1", "Owls at Night", "", ""),
        (f"- Owls at Dawn: {NO}1", "Owls at Dawn", "", ""),
        (f"- Owls and Wrens {NO}1", "Owls and Wrens", "", ""),
        (f"- Paper: [Wrens in the Rain]({NO}1)", "Wrens in the Rain", "", ""),
        (f"- (*CVPR 2024*) Larks on Ice [[Paper]({NO}1)]", "Larks on Ice", "CVPR", "2024"),
        (f"- [[CVPR2020]({NO}1)] Parts of Nests [[pytorch](https://github.com/owl/parts)]", "Parts of Nests", "CVPR", "2020"),
        (f"- **[CVPR22]** Nests Seen from Above. [[Paper]({NO}1)]", "Nests Seen from Above", "CVPR", "2022"),
        (f"- **[2023-05] [ACL] Owls Talk**: they do. [paper]({NO}1)", "Owls Talk", "ACL", "2023-05"),
        (f"- **NestNet**: *Deep Nests for Shallow Water*, ECCV 2022, [[Paper]({NO}1)]", "Deep Nests for Shallow Water", "ECCV", "2022"),
        (f"- [Nests with `owlpy` on the Road]({NO}1)", "Nests with owlpy on the Road", "", ""),
        (f"- 【CVPR 2022】Owls Swim [[Paper]({NO}1)]", "Owls Swim", "CVPR", "2022"),
        (f"- 2023.12 - Dots Plain - [arXiv]({NO}1)", "Dots Plain", "", "2023-12"),
        (f"- **ICLR'24** - Dash Venue Owl. [[PDF]]({NO}1)", "Dash Venue Owl", "ICLR", "2024"),
        (f"- 2023/05/12: Colon Date [[Paper]({NO}1)]", "Colon Date", "", "2023-05-12"),
        (f"- **CVPR 2024** Bold Venue Owl [[Paper]({NO}1)]", "Bold Venue Owl", "CVPR", "2024"),
        (f"- Informer Owl, in AAAI 2021. [[paper]]({NO}1)", "Informer Owl", "AAAI", "2021"),
        (f"- Owls Sparse, AAAI, 2023 [paper]({NO}1)", "Owls Sparse", "AAAI", "2023"),
        (f"- **ViO**: An Owl is Worth Words [[paper]({NO}1)] (ICLR 2021)", "ViO: An Owl is Worth Words", "ICLR", "2021"),
        (f"- **SwinOwl:** Hierarchical Owls, ICCV 2021 [[paper]({NO}1)]", "SwinOwl: Hierarchical Owls", "ICCV", "2021"),
        (f"- Owls in the arXiv [[paper]({NO}1)]", "Owls in the arXiv", "", ""),
        (f"### [ICML 2019] Self-Attention Owl Pooling [[paper]({NO}1)]\nJane Owl, Bob Wren", "Self-Attention Owl Pooling", "ICML", "2019"),
        (f"### 4. Owl Pooling Four [paper]({NO}1)", "Owl Pooling Four", "", ""),
        (f"|Model|Time|Paper|Code|\n|--|--|--|--|\n|FastOwl|2015|[paper]({NO}1) / [code](https://github.com/o/s)|-|", "FastOwl", "", "2015"),
        (f"|Title|PDF|\n|--|--|\n|**V*: A Guided Search**|[2401.00001]({NO}1)|", "V*: A Guided Search", "", ""),
        (f"|Title|PDF|\n|--|--|\n|**A* and B* Search**|[2401.00001]({NO}1)|", "A* and B* Search", "", ""),
        (f"|Title|PDF|\n|--|--|\n|**Owls of *Strix*: A Study**|[2401.00001]({NO}1)|", "Owls of Strix: A Study", "", ""),
        (f"|Title|Time|\n|--|--|\n|[Owls of April]({NO}1)|ICCV 2015|", "Owls of April", "ICCV", "2015"),
        (f"- [Owls of May]({NO}1) ✅ ICCV 2023", "Owls of May", "ICCV", "2023"),
        (f"- [Owls of June]({NO}1) | May'24", "Owls of June", "", "2024-05"),
        (f"- [Owls of July]({NO}1) *ICRA, May 2023*", "Owls of July", "ICRA", "2023-05"),
        (f"- Owls in the Parts of a Wood ([Owl 2022]({NO}1))", "Owls in the Parts of a Wood", "", ""),
        (f"<details><summary><b>OwlZero (Nature 2020)</b> <a href='{NO}1'>paper</a></summary>\n\nWords.\n\n</details>", "OwlZero", "Nature", "2020"),
        (f"- Owl Matching Challenge 2024 [[paper]({NO}1)] (ICML 2025)", "Owl Matching Challenge 2024", "ICML", "2025"),
        (f"|Title|PDF|\n|--|--|\n|**A Plan for Owl Identification Task 2014**|[2401.00001]({NO}1)|", "A Plan for Owl Identification Task 2014", "", ""),
        (f"- [x] [Owls in Dew]({NO}1)", "Owls in Dew", "", ""),
        (f"- *Owls Fly*, **ICRA 2021**. [[pdf]]({NO}1)", "Owls Fly", "ICRA", "2021"),
        (f"- **Owls Rest (ICLR 2022)** [[pdf]]({NO}1)", "Owls Rest", "ICLR", "2022"),
        (f"- [Owls]({NO}1) [[arXiv, 7 Feb 2025]({NO}1)]", "Owls", "arXiv", "2025-02-07"),
        (f"- **Owls in Rain.** [![arXiv](https://img.shields.io/badge/arXiv-x-b31b1b.svg)]({NO}1)", "Owls in Rain", "", ""),
        (f"- [Owls from $U(1)_{{L_\\mu-L_\\tau}}$ woods]({NO}1)", "Owls from $U(1)_{L_\\mu-L_\\tau}$ woods", "", ""),
        (f"- [Owls with \\ensuremath{{\\Lambda}} wings]({NO}1)", "Owls with Λ wings", "", ""),
        (f"- **Title:** Owls Skip **Authors:** Jane Owl **Venue:** ECCV 2020 **Link:** {NO}1", "Owls Skip", "ECCV", "2020"),
        (f"- **Owls**\n  - Paper: [Owls that Hum]({NO}1)\n  - Code: https://github.com/owl/hum", "Owls that Hum", "", ""),
        (f"- **Title**: Owls that Bark\n- **Venue**: ICML 2022\n- **Date**: 2022-03\n- **Paper**: [link]({NO}1)", "Owls that Bark", "ICML", "2022-03"),
        (f"- **Owls Moan**\n  - Venue: ECCV 2020\n  - Date: 2020-05\n  - Link: {NO}1", "Owls Moan", "ECCV", "2020-05"),
        (f"- **标题**: 夜莺之歌 **会议**: CVPR 2023 **链接**: {NO}1", "夜莺之歌", "CVPR", "2023"),
        (f"| 标题 | 会议 | 论文 |\n|---|---|---|\n| 夜莺之歌 | CVPR 2023 | [链接]({NO}1) |", "夜莺之歌", "CVPR", "2023"),
        (f"|Publish Date|Title|PDF|\n|---|---|---|\n|**2026-05-12**|**Wrens $_2$(As$_x$)$_2$**|[2401.00001v2]({NO}1v2)|", "Wrens $_2$(As$_x$)$_2$", "", "2026-05-12"),
        (f"### 2. [Mending Nests]({NO}1)\n\n*Jane Owl*, ICCV 2021\n\n**Summary** It mends.", "Mending Nests", "ICCV", "2021"),
        (f"#### Nests of Glass\n- Paper: {NO}1\n- Code: https://github.com/owl/glass", "Nests of Glass", "", ""),
        (f"<table>\n<tr><td>2024-01</td><td><a href='{NO}1'>Geese over Snow</a></td></tr>\n</table>", "Geese over Snow", "", "2024-01"),
        (f"<details><summary>More</summary>\n<ul>\n<li><a href='{NO}1'>Nests</a>, ICLR 2024</li>\n</ul>\n</details>", "Nests", "ICLR", "2024"),
        (f"**NestCap: Captions of Nests** <br>\nJane Owl, Bob Wren <br>\n[ICCV2025 Highlight]({NO}1)", "NestCap: Captions of Nests", "ICCV", "2025"),
    ],
)  # fmt: skip
def test_an_entry_of_any_shape_is_one_paper_with_its_identifier(line, title, venue, date):
    ((draft),) = read(f"# List\n\n## Birds\n\n{line}\n").drafts
    paper = draft.paper
    assert (paper.title, paper.venue, paper.published) == (title, venue, date)
    assert paper.links["arxiv"] == ("2401.00001",)
    assert paper.extra["section"].split(" > ")[0] == "Birds"


def test_a_page_of_any_host_is_a_paper_among_papers_and_not_elsewhere():
    lines = [f"* [Owls {n} of the Wood]({NO}{n}) (2020)" for n in range(4)]
    others = "* [Owls at a Home Page](https://example.edu/~ada/owls.html) (2020)\n* [Owls in a Thesis](https://etd.example.edu/1)\n"
    assert len(tell("\n".join(lines) + "\n" + others)) == 6
    assert tell(f"# List\n\n## Sites\n\n{others}") == []
    code = "* [Owls as Code for All](https://github.com/owl/code)\n"
    assert len(tell("\n".join(lines) + "\n" + code)) == 4


def test_badges_and_navigation_are_no_papers():
    text = (
        "# List\n\n[![download](https://img.shields.io/badge/download-review-blue.svg)](https://example.org/review.pdf)\n\n"
        f'<a href="{NO}9">Survey Paper</a> |\n<a href="#papers">Paper List</a> |\n<a href="https://notes.example.org/x">Notes</a>\n\n'
        f"This list belongs to our survey [Owls of the World]({NO}9).\n"
    )
    batch = read(text)
    assert batch.drafts == ()
    assert [(p.code, p.message) for p in batch.problems] == [
        ("left-out", "4 items name no paper and are left out: lines 3, 5, 7, 9")
    ]


def test_what_a_comment_or_a_block_of_code_hides_is_told():
    batch = read(f"- [Owls]({NO}1)\n\n<!-- - [Wrens]({NO}2) -->\n\n```\n- [Larks]({NO}3)\n```\n")
    assert [d.paper.title for d in batch.drafts] == ["Owls"]
    assert [p.message for p in batch.problems] == ["2 items name no paper and are left out: lines 3, 5"]


def test_a_heading_that_is_a_paper_heads_nothing():
    text = f"## Birds\n\nAll birds.\n\n### [Nests of Clay]({NO}1)\n\n- Code: https://github.com/o/c\n\n- [Nests of Straw]({NO}2)\n"
    batch = read(text)
    assert [d.paper.extra["section"] for d in batch.drafts] == ["Birds", "Birds"]
    assert [(h.path, h.text) for h in batch.headings] == [("Birds", "All birds.")]


def test_a_summary_of_details_is_a_heading():
    text = f"## Birds\n\n<details><summary>Night</summary>\n\n- [Owls]({NO}1)\n\n</details>\n\n- [Wrens]({NO}2)\n"
    batch = read(text)
    assert [d.paper.extra["section"] for d in batch.drafts] == ["Birds > Night", "Birds"]
    assert [h.path for h in batch.headings] == ["Birds", "Birds > Night"]


@pytest.mark.parametrize(
    ("line", "facts", "place"),
    [
        ("Owl J, Wren BA, Finch C. Sleep and song in owls. Lancet. 2021;398(10295):123-30. doi:10.1000/owl.10",
         ("Sleep and song in owls", ("Owl, J.", "Wren, B. A.", "Finch, C."), "Lancet", "2021"), ("398", "10295", "123-30")),
        ("Owl J, Wren B, et al. A trial of moss. N Engl J Med. 2020 Mar 5;382(10):900-910. [PubMed](https://pubmed.ncbi.nlm.nih.gov/32000011/)",
         ("A trial of moss", ("Owl, J.", "Wren, B."), "N Engl J Med", "2020-03-05"), ("382", "10", "900-910")),
        ("Owl J, Wren B. Moss and its owls: a review. BMJ Open 2019;9:e031. https://doi.org/10.1000/owl.14",
         ("Moss and its owls: a review", ("Owl, J.", "Wren, B."), "BMJ Open", "2019"), ("9", "", "e031")),
        ("Owl, J., Wren, B. & Finch, C. Feathers under light. *Nature* **612**, 100–105 (2022). https://doi.org/10.1000/owl.13",
         ("Feathers under light", ("Owl, J.", "Wren, B.", "Finch, C."), "Nature", "2022"), ("612", "", "100–105")),
        (f'Owl, Jane, Bob J. Wren, and Al Dove. "**Deep nests**." Nature 521.7553 (2015): 436-444. [[pdf]]({NO}1)',
         ("Deep nests", ("Owl, Jane", "Bob J. Wren", "Al Dove"), "Nature", "2015"), ("521", "7553", "436-444")),
        (f'Dove, Al, et al. "**Slow learning**." Advances in nest processing systems. 2012. [[pdf]]({NO}1)',
         ("Slow learning", ("Dove, Al",), "Advances in nest processing systems", "2012"), ("", "", "")),
        ("Wren, B. (2019). Nests without moss. In Proceedings of the Conference on Birds (pp. 10-20).",
         ("Nests without moss", ("Wren, B.",), "Conference on Birds", "2019"), ("", "", "10-20")),
        (f"张三, 李四. 基于图像的鸟巢检测[J]. 计算机学报, 2021, 44(3): 100-110. [论文]({NO}1)",
         ("基于图像的鸟巢检测", ("张三", "李四"), "计算机学报", "2021"), ("44", "3", "100-110")),
        (f"张三，李四。《猫头鹰的深度学习方法》。计算机学报，2021。[论文]({NO}1)",
         ("猫头鹰的深度学习方法", ("张三", "李四"), "计算机学报", "2021"), ("", "", "")),
        (f"王五等. 大规模鸟类数据集的构建. 自动化学报, 2020. [链接]({NO}1)",
         ("大规模鸟类数据集的构建", ("王五",), "自动化学报", "2020"), ("", "", "")),
        (f"山田太郎「巣箱の音声解析」人工知能学会 2020 [pdf]({NO}1)", ("巣箱の音声解析", ("山田太郎",), "人工知能学会", "2020"), ("", "", "")),
    ],
)  # fmt: skip
def test_references_say_where_a_paper_is_printed(line, facts, place):
    assert tell(f"- {line}") == [facts]
    paper = read(f"- {line}").drafts[0].paper
    assert (paper.volume, paper.issue, paper.pages) == place


@pytest.mark.parametrize(
    "line",
    [
        f"[Deep Nests for Shallow Water]({NO}1). [Jane Owl](https://jane.example.org), [Bob Wren](https://bob.example.org).",
        f"[Jane Owl](https://jane.example.org), [Bob Wren](https://b.example.org/~bob). **Deep Nests for Shallow Water.** [[Paper]]({NO}1)",
        f"**Deep Nests for Shallow Water** by [Jane Owl](https://jane.example.org), Bob Wren, [pdf]({NO}1)",
        f"[Jane Owl](https://jane.example.org) and [Bob Wren](https://bob.example.org), [Deep Nests for Shallow Water]({NO}1)",
    ],
)  # fmt: skip
def test_authors_that_are_links_are_authors(line):
    batch = read(f"- {line}")
    assert tell(f"- {line}") == [("Deep Nests for Shallow Water", TWO, "", "")]
    assert dict(batch.drafts[0].paper.links) == {"arxiv": ("2401.00001",)}
    assert [(p.code, "URLs of" in p.message) for p in batch.problems] == [("left-out", True)]


def test_a_title_of_two_words_is_no_person():
    batch = read(f"- [Segment Nests](https://nests.example.com) [[Paper]]({NO}1)")
    assert [d.paper.title for d in batch.drafts] == ["Segment Nests"]
    assert batch.problems == ()


@pytest.mark.parametrize(
    ("line", "names"),
    [
        (f'Owl, Wren, Finch. "Nests that Move Slowly". 2021. [paper]({NO}1)', ("Owl", "Wren", "Finch")),
        (f"[Nests that Move Slowly]({NO}1) (Owl, Wren & Finch, 2021)", ("Owl", "Wren", "Finch")),
        (f"Owl and Wren (2021). [Nests that Move Slowly]({NO}1).", ("Owl", "Wren")),
        (f"Owl, J., & Wren, B. (2021). [Nests that Move Slowly]({NO}1).", ("Owl, J.", "Wren, B.")),
        (f"[Nests that Move Slowly]({NO}1) _Nest-AI._ 2021", ("Nest-AI",)),
        (f"[Nests that Move Slowly]({NO}1) _Kamradt, G._ 2021", ("Kamradt, G.",)),
    ],
)
def test_family_names_and_groups_are_authors(line, names):
    assert tell(f"- {line}") == [("Nests that Move Slowly", names, "", "2021")]


def test_a_short_month_is_a_date_where_the_number_of_the_paper_agrees():
    assert tell("- 24/05 [Owls in May](https://arxiv.org/abs/2405.00015)") == [
        ("Owls in May", (), "", "2024-05")
    ]
    assert tell("- 24/05 [Owls in May](https://arxiv.org/abs/2404.00015)") == [("Owls in May", (), "", "")]


def test_plain_labels_are_read_like_bold_ones():
    text = (
        f"Title: Owls that Sing; Authors: Jane Owl, Bob Wren; Venue: ICML 2023; Link: {NO}1\n\n"
        f"- Title: Owls that Sleep\n  Authors: Jane Owl, Bob Wren\n  Link: {NO}2\n"
    )
    assert tell(text) == [("Owls that Sing", TWO, "ICML", "2023"), ("Owls that Sleep", TWO, "", "")]


def test_papers_without_a_link_are_read_where_the_line_says_by_whom_and_when():
    text = (
        "## Papers\n- Owl, J., & Wren, B. (2021). Owls that hum. *Journal of Birds*, 3(2), 1-10.\n"
        '- "Trees that Listen to Owls", Jane Owl, Bob Wren. CVPR 2020.\n- Nests of Glass and Sand. Jane Owl, Bob Wren. ICML 2021.\n'
        "- A tool for owls\n- Something to do, soon, 2020\n- Thanks to Jane Owl and Bob Wren\n"
    )
    assert tell(text) == [
        ("Owls that hum", ("Owl, J.", "Wren, B."), "Journal of Birds", "2021"),
        ("Trees that Listen to Owls", TWO, "CVPR", "2020"),
        ("Nests of Glass and Sand", TWO, "ICML", "2021"),
    ]
    assert [problem.message for problem in read(text).problems] == [
        "3 items name no paper and are left out: lines 5, 6, 7"
    ]


def test_bullets_that_name_what_is_below_them_are_headings():
    text = (
        f"## Birds\n- Nests\n  - Of glass:\n    - [Nests of Glass in Towns]({NO}1)\n"
        f"- **Eggs**\n  - [Eggs Seen from Below]({NO}2)\n- [Alone Without a Group]({NO}3)\n"
        f"- **Owls that Hum**\n  - [Paper]({NO}4)\n  - [Code](https://github.com/owl/hum)\n"
    )
    batch = read(text)
    assert [d.paper.extra["section"] for d in batch.drafts] == [
        "Birds > Nests > Of glass",
        "Birds > Eggs",
        "Birds",
        "Birds",
    ]
    assert [heading.path for heading in batch.headings] == [
        "Birds", "Birds > Nests", "Birds > Nests > Of glass", "Birds > Eggs",
    ]  # fmt: skip
    assert batch.problems == ()


def test_a_paper_in_a_paragraph_describes_no_heading():
    text = f"## Birds\n\nAll about birds.\n\nJane Owl, Bob Wren (2021). [Owls that Hum]({NO}1).\n"
    assert [(heading.path, heading.text) for heading in read(text).headings] == [
        ("Birds", "All about birds.")
    ]


def test_a_heading_that_leads_elsewhere_is_named():
    batch = read(f"## [Nests](https://nests.example.org)\n- [Owls that Hum]({NO}1)\n")
    assert [problem.message for problem in batch.problems] == [
        "1 item names no paper and is left out: line 1"
    ]


def test_a_column_names_what_its_lone_links_are():
    text = f"| Ref. | Title | Pub |\n|---|---|---|\n| [Owl22]({NO}1) | Nests in Four Colours | ICML'22 |\n"
    assert tell(text) == [("Nests in Four Colours", (), "ICML", "2022")]
    assert dict(read(text).drafts[0].paper.links) == {"arxiv": ("2401.00001",)}


@pytest.mark.parametrize(
    "labels",
    [
        f"\n- 论文：{NO}1\n\n- 代码：https://github.com/owl/nest\n",
        f"- 论文下载链接：{NO}1\n- 代码（即将开源）：https://github.com/owl/nest\n- 解读1：https://blog.example.org/1\n- 解读2：https://blog.example.org/2\n",
        f"- 论文2：{NO}1\n- 代码：https://github.com/owl/nest\n- 数据集：暂无\n",
        f"\n论文：{NO}1\n\n代码：https://github.com/owl/nest\n",
        f"- Paper: {NO}1\n- Code: https://github.com/owl/nest\n- Data: N/A\n",
    ],
)
def test_a_title_in_bold_above_labels_is_a_paper(labels):
    text = f"# 鸟巢\n\n## CNN\n\n**Exploring Nests for Images**\n{labels}\n**Another Title of Nests**\n\n- Paper: {NO}2\n"
    batch = read(text)
    assert [d.paper.title for d in batch.drafts] == ["Exploring Nests for Images", "Another Title of Nests"]
    links = batch.drafts[0].paper.links
    assert (links["arxiv"], links["code"]) == (("2401.00001",), ("https://github.com/owl/nest",))
    assert [d.paper.extra["section"] for d in batch.drafts] == ["CNN", "CNN"]
    assert batch.problems == ()


def test_a_paper_that_is_not_there_yet_is_a_paper():
    text = "**Nests for all Owls**\n- 论文：暂无\n- 代码：https://github.com/owl/nest\n"
    assert [(d.paper.title, dict(d.paper.links)) for d in read(text).drafts] == [
        ("Nests for all Owls", {"code": ("https://github.com/owl/nest",)})
    ]


@pytest.mark.parametrize(
    ("said", "names", "more"),
    [
        ("*Owl, Jane W and Wren, Bob and Sanchez-Dove, Al and others.*", ("Owl, Jane W", "Wren, Bob", "Sanchez-Dove, Al"), True),
        ("*Owl, Jane and Wren, Bob.*", ("Owl, Jane", "Wren, Bob"), False),
        ("*Owl, Jane, Bob Wren, and Al Dove.*", ("Owl, Jane", "Bob Wren", "Al Dove"), False),
    ],
)  # fmt: skip
def test_names_with_the_family_name_first_stay_whole(said, names, more):
    (draft,) = read(f"1. **Nests of Owls.** ICML 2018. [paper]({NO}1)\n\n   {said}\n").drafts
    assert tuple(a.name for a in draft.paper.authors) == names
    assert (draft.paper.extra.get("others") == "authors") is more


def test_badges_that_lead_nowhere_are_tags():
    text = f"1. **Nests of Owls.** JMLR. ![](https://img.shields.io/badge/T5-blue) ![](https://img.shields.io/badge/Two_Words-red) [pdf]({NO}1)\n"
    (draft,) = read(text).drafts
    assert (draft.paper.title, draft.paper.extra["tags"]) == ("Nests of Owls", "T5; Two Words")


@pytest.mark.parametrize(
    ("after", "venue", "date"),
    [
        ("2013 IEEE international conference on nests, speech and signals. IEEE, 2013.", "IEEE international conference on nests, speech and signals", "2013"),
        ("Nature (2016).", "Nature", "2016"),
        ("ICML. Vol. 14. 2014.", "ICML", "2014"),
        ("arXiv preprint arXiv:2401.00001 (2024).", "arXiv", "2024"),
    ],
)  # fmt: skip
def test_what_a_paper_was_published_in_stands_behind_a_quoted_title(after, venue, date):
    line = f'**[9]** Owl, Jane, and Bob Wren. "**Nests of Owls**." {after} [[pdf]]({NO}1) **(TwigNet)** :star::star:'
    assert tell(line) == [("Nests of Owls", ("Owl, Jane", "Bob Wren"), venue, date)]


def test_an_arxiv_number_as_dblp_cites_it_is_a_link():
    line = '- Owl, Jane, and Bob Wren. "Nests of Owls." CoRR, abs/1510.00149 (2015). [[pdf]](https://pdfs.example.org/1.pdf)'
    (draft,) = read(line).drafts
    assert draft.paper.links["arxiv"] == ("1510.00149",)


def test_a_link_without_an_address_is_a_paper_that_is_to_come():
    text = f"## Nests\n* [Nest Data Experts via Clustering]()聚类\n* [Owls of a Universal Nest]({NO}1)<br>:star:[code](https://github.com/o/u)用于音频、视频\n"
    papers = [draft.paper for draft in read(text).drafts]
    assert [(p.title, p.authors, p.extra["remark"]) for p in papers] == [
        ("Nest Data Experts via Clustering", (), "聚类"),
        ("Owls of a Universal Nest", (), "用于音频、视频"),
    ]
    assert read(text).problems == ()


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (f"* LNEST [[Paper]({NO}1)]\n  * Jane Owl and Bob Wren, *Long Nest Memory*, Neural Computation 1997",
         ("Long Nest Memory", TWO, "Neural Computation", "1997")),
        (f"* Bi-directional [[Paper]({NO}1)]\n  * Jane Owl and Bob Wren, *Bidirectional Nests*, Trans. on Signal Processing 1997",
         ("Bidirectional Nests", TWO, "Trans. on Signal Processing", "1997")),
        (f"* Jane Owl, Bob Wren, *Speech of Nests*, arXiv:2401.00001 / ICASSP 2013 [[Paper]({NO}1)]",
         ("Speech of Nests", TWO, "ICASSP", "2013")),
        (f"* Jane Owl, Bob Wren, [Space of Nests]({NO}1), arXiv:2401.00001", ("Space of Nests", TWO, "", "")),
        (f"- **Fast Nests** (2015), R. Owl [[pdf]]({NO}1)", ("Fast Nests", ("R. Owl",), "", "2015")),
        (f"1. **Theory of Nests**\n\n   *Jane Owl.* [[abs]({NO}1)],2024,6", ("Theory of Nests", ("Jane Owl",), "", "2024-06")),
    ],
)  # fmt: skip
def test_a_reference_is_one_paper_with_the_links_above_it(lines, expected):
    assert tell(lines) == [expected]
    assert dict(read(lines).drafts[0].paper.links) == {"arxiv": ("2401.00001",)}


def test_a_person_and_a_year_are_no_heading():
    batch = read(f"## Theses\n* Jane Owl (2008)\n  * [Labelling of Nests with Nets]({NO}1)\n")
    assert [d.paper.extra["section"] for d in batch.drafts] == ["Theses"]
    assert [problem.message for problem in batch.problems] == [
        "1 item names no paper and is left out: line 2"
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (f"- <img src='https://img.shields.io/badge/ICLR-2024-blue'> [Nests of Many Owls]({NO}1)", ("Nests of Many Owls", (), "ICLR", "2024")),
        (f"- Nests of Old Owls, Jane Owl et al., 2024. [[Link]]({NO}1)", ("Nests of Old Owls", ("Jane Owl",), "", "2024")),
        (f'- ["Nests of New Owls", Jane Owl, Bob Wren, NeurIPS 2023]({NO}1)', ("Nests of New Owls", TWO, "NeurIPS", "2023")),
        (f"- [Nests of Wet Owls (Owl et al., 2022)]({NO}1)", ("Nests of Wet Owls", ("Owl",), "", "2022")),
        (f"- Owl, Jane. *Nests of Cold Owls*. 2021. [PDF]({NO}1)", ("Nests of Cold Owls", ("Owl, Jane",), "", "2021")),
    ],
)  # fmt: skip
def test_names_and_venues_are_found_beside_and_inside_of_the_title(line, expected):
    assert tell(line) == [expected]
