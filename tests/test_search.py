"""The search: both languages split words alike, and the real engine finds what it should."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from search_support import ask, ask_many, build_folder, run_node
from support import ROOT, SHARED, share

from generator.model import Author, Paper
from generator.search.entries import hash_name
from generator.text.words import STOP_WORDS, fold, split, squeeze, stem

WORDS_JS = ROOT / "theme_overrides" / "assets" / "papershelf" / "shared" / "words.js"
READ = """
const {fold, split, stem, squeeze, hashName, STOP_WORDS} = await import(question.url);
return {stop: [...STOP_WORDS], texts: question.texts.map((t) => {
  const words = split(fold(t));
  return [words.map(({word, near}, n) => [word, near && n > 0]), words.map(({word}) => stem(word)), hashName(squeeze(t))];
})};
"""


def read_in_node(texts):
    return run_node(READ, {"url": WORDS_JS.as_uri(), "texts": texts})


def read_in_python(text):
    words, gaps = split(fold(text))
    near = [
        [word, gap in {" ", "-"} and n > 0] for n, (word, gap) in enumerate(zip(words, gaps, strict=True))
    ]
    return [near, [stem(word) for word in words], hash_name(squeeze(text))]


ODD = [
    "Vision-Language",
    "multi modal’s",
    "naïve Ångström ﬁne",
    "猫は好き 猫",
    "한국어 검색",
    "C++ 3.5B",
    "İstanbul ß",
    "a_b",
    "x" * 60,
    "",
]


def test_python_and_javascript_agree_on_words_and_stop_words():
    texts = ODD + [f"{p.title} {p.summary}" for p in PAPERS.values()]
    answer = read_in_node(texts)
    assert set(answer["stop"]) == STOP_WORDS
    assert answer["texts"] == [read_in_python(text) for text in texts]


@given(
    st.lists(st.text(st.characters(exclude_categories=["Cn", "Cs"]), max_size=40), min_size=20, max_size=40)
)
@settings(max_examples=share(10))
def test_python_and_javascript_agree_on_any_text(texts):
    assert read_in_node(texts)["texts"] == [read_in_python(text) for text in texts]


def test_stems_agree_on_the_real_vocabulary():
    corpus = SHARED / "corpora" / "acl-anthology-8k.jsonl"
    if not corpus.exists():
        pytest.skip("the corpora are not beside this checkout")
    with corpus.open(encoding="utf-8") as file:
        texts = [line for line, _ in zip(file, range(1500), strict=False)]
    assert read_in_node(texts)["texts"] == [read_in_python(text) for text in texts]


PAPERS = {
    key: Paper(id=key, added=f"2025-01-{number + 1:02}", **facts)
    for number, (key, facts) in enumerate(
        {
            "owls": {"title": "OwlNet: Multi-modal Owls at Night", "summary": "Owls hear mice in the dark.", "published": "2024", "links": {"code": ("https://github.com/o/o",)}},
            "wrens": {"title": "Wrens by Day", "summary": "A multimodal survey of wrens and of the vision language of birds.", "kind": "survey", "published": "2023-05", "authors": (Author(name="Jane Möwe"),)},
            "mice": {"title": "Mice that Hear Owls", "summary": "Multi modal mice. Mice retrieve cheese; retrieval of cheese is hard.", "published": "2022"},
            "clip": {"title": "CLIP", "summary": "Pictures and words."},
            "clips": {"title": "A Study of CLIP, of CLIP, and of CLIP Again", "summary": "CLIP CLIP CLIP CLIP."},
            "cats": {"title": "猫の検索", "summary": "Cats see in the dark night.", "status": "withdrawn"},
        }.items()
    )
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return build_folder(list(PAPERS.values()), tmp_path_factory.mktemp("index"))


def find(folder, query, **options):
    keys = sorted(PAPERS, key=lambda key: (PAPERS[key].added, key))
    answer = ask(folder, query, **options)
    return [keys[n] for n in answer["documents"]], answer


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("owlnet", ["owls"]),
        ("CLIP", ["clip", "clips"]),
        ("Wrens by Day", ["wrens"]),
        ("retrieving cheese", ["mice"]),
        ('"hear mice"', ["owls"]),
        ('"mice hear"', []),
        ("author:mowe", ["wrens"]),
        ("title:owls", ["owls", "mice"]),
        ("kind:survey", ["wrens"]),
        ("has:code", ["owls"]),
        ("year:2022..2023", ["mice", "wrens"]),
        ("status:withdrawn", ["cats"]),
        ("owls -mice", []),
        ("wren -title:mice", ["wrens"]),
        ("猫の検索", ["cats"]),
        ("mcie", ["mice", "owls"]),
        ("retreival", ["mice"]),
    ],
)
def test_a_query_finds_its_papers(folder, query, found):
    assert sorted(find(folder, query)[0]) == sorted(found)
    if query in {"CLIP", "title:owls", "mcie"}:
        assert find(folder, query)[0][0] == found[0]


def test_spellings_of_a_compound_find_the_same(folder):
    answers = [find(folder, query)[0] for query in ("multi-modal", "multi modal", "multimodal")]
    assert answers[0] == answers[1] == answers[2]
    assert set(answers[0]) == {"owls", "wrens", "mice"}


def test_every_title_finds_its_paper_first(folder):
    for key, paper in PAPERS.items():
        assert find(folder, paper.title)[0][0] == key


def test_a_mistake_is_explained_and_the_rest_is_searched(folder):
    found, answer = find(folder, 'year:soon colour:red "hear mice')
    assert found == ["owls"]
    assert [problem[:24] for problem in answer["problems"]] == [
        "There is no field “colou", "The quotation mark befor", "No paper has “colour”.", "No paper has “red”.", "“soon” is not a year: wr",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "said", "left"),
    [
        ("topic:nonsense", "No paper has topic:nonsense.", 6),
        ("has:nothing wrens", "No paper has has:nothing; there are code, data, model.", 1),
        ("kind:foo", "No paper has kind:foo; there are paper, survey", 6),
        ("year:2024..2022", "The years 2024 to 2022 are read as 2022 to 2024.", 3),
        ("title:", "“title:” has no value.", 6),
        ("!!!", "There is no word in “!!!”.", 6),
        ("author:zzz", "No author has “zzz”.", 0),
        ("owlnet zzzzqqq", "No paper has “zzzzqqq”.", 1),
        ("the of", "The words “the of” are too common", 0),
        ('"of the"', "The words “of the” are too common to search for.", 6),
    ],
)
def test_every_mistake_is_explained(folder, query, said, left):
    found, answer = find(folder, query)
    assert any(problem.startswith(said) for problem in answer["problems"]), answer["problems"]
    assert len(found) == left


def test_quotes_and_hyphens_of_a_long_text_are_those_of_prose(folder):
    asked = 'I look for birds that "hunt cheese" - but do -not sleep "by day".'
    found, answer = find(folder, asked)
    assert "wrens" in found
    assert all(problem.startswith("No paper has") for problem in answer["problems"])
    assert find(folder, f"{asked} author:mowe")[0] == ["wrens"]


@pytest.mark.parametrize("said", [".", '"', "owls .", "owls -", "owls – mice"])
def test_a_lone_sign_says_nothing(folder, said):
    assert find(folder, said)[1]["problems"] == []


def test_papers_with_some_of_a_few_words_come_below_those_with_all(tmp_path):
    texts = {"all": "Hares and voles.", "one": "Voles, voles, voles and more voles.", "none": "Owls."}
    papers = [Paper(id=key, title="A", summary=text, added="2025-01-01") for key, text in texts.items()]
    answer = ask(build_folder(papers, tmp_path), "hares voles")
    assert [card["id"] for card in answer["cards"]] == ["all", "one"]
    assert (answer["total"], answer["full"]) == (2, 1)


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("graph transformer networks", "exact"),
        ("a study of", "study"),
        ("domain adaptation for", "domain"),
        ("lattice networks", "other"),
    ],
)
def test_titles_as_people_remember_them_come_first(tmp_path, query, first):
    titles = {
        "exact": "Graph Transformer Networks",
        "other": "Lattice Transformations and Graph Networks: Graph Graph Transformers",
        "study": "A Study of Voles in Meadows",
        "later": "The Literary Study: Study of Studies",
        "domain": "Domain Adaptation for Owls with Long and Quiet Feathers",
        "semi": "Semi-supervised Domain Adaptation for Wrens",
    }
    papers = [Paper(id=key, title=title, added="2025-01-01") for key, title in titles.items()]
    assert ask(build_folder(papers, tmp_path), query)["cards"][0]["id"] == first


@pytest.fixture(scope="module")
def linked(tmp_path_factory):
    links = {
        "one": {"arxiv": ("1706.03762",)},
        "two": {"doi": ("10.1000/owl.5",)},
        "three": {"openreview": ("abcDEF123_",)},
        "four": {"page": ("https://aclanthology.org/2020.acl-main.1/",)},
        "five": {"doi": ("10.18653/v1/2020.acl-main.2",)},
        "six": {"code": ("https://github.com/owl/nest",)},
    }
    papers = [
        Paper(id=key, title=f"A paper of owls, {key}", added="2025-01-01", links=told)
        for key, told in links.items()
    ]
    return build_folder(papers, tmp_path_factory.mktemp("linked"))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("1706.03762", "one"),
        ("1706.03762v7 [cs.CL]", "one"),
        ("arxiv.org/abs/1706.03762", "one"),
        ("https://arxiv.org/pdf/1706.03762v2.pdf", "one"),
        ("https://huggingface.co/papers/1706.03762", "one"),
        ("https://www.alphaxiv.org/abs/1706.03762v1", "one"),
        ("https://ar5iv.labs.arxiv.org/html/1706.03762", "one"),
        ("arXiv preprint arXiv:1706.03762 (2017)", "one"),
        ("Owl, J., Wren, B.: On nests and eggs. arXiv preprint arXiv:1706.03762 (2017).", "one"),
        ("@article{owl, title = {On {Nests}}, eprint = {arXiv:1706.03762}, year = 2017}", "one"),
        ("dx.doi.org/10.1000/OWL.5", "two"),
        ("Owl, J. (2020). Nests. doi: 10.1000/owl.5.", "two"),
        ("https://openreview.net/pdf?id=abcDEF123_&name=pdf", "three"),
        ("https://openreview.net/forum?noteId=x&id=abcDEF123_", "three"),
        ("aclanthology.org/2020.acl-main.1", "four"),
        ("https://aclanthology.org/2020.acl-main.1.pdf", "four"),
        ("https://aclanthology.org/2020.acl-main.2/", "five"),
        ("github.com/owl/nest", "six"),
        ("https://github.com/owl/nest/blob/main/README.md#use", "six"),
        ("git@github.com:owl/nest.git", "six"),
        ("https://www.semanticscholar.org/arxiv/1706.03762", "one"),
        ("https://scirate.com/arxiv/1706.03762", "one"),
        ("abs/1706.03762v2", "one"),
        ("arXiv.1706.03762", "one"),
        ("arXiv 1706.03762", "one"),
        ("Owl and Wren, On Nests, 1706.03762", "one"),
        ("https://doi.org/10.48550/arXiv.1706.03762", "one"),
        ("OpenReview: abcDEF123_", "three"),
        ("openreview:abcDEF123_", "three"),
        ("https://www.aclweb.org/anthology/2020.acl-main.1", "four"),
        ("@misc{x, title={A paper of {Owls}, two}, year={2020}}", "two"),
    ],
)  # fmt: skip
def test_identifiers_in_any_dress_find_their_paper(linked, query, found):
    answer = ask(linked, query)
    assert answer["cards"][0]["id"] == found
    assert answer["problems"] == []


@pytest.mark.parametrize(
    "query", ["1706.99999", "arxiv.org/abs/1706.99999", "10.1000/none", "https://github.com/owl/none", "arXiv preprint arXiv:1706.99999 (2017)"]
)  # fmt: skip
def test_an_identifier_that_is_not_here_finds_nothing_else(linked, query):
    answer = ask(linked, query, meaning=True)
    assert (answer["total"], len(answer["problems"])) == (0, 1)
    assert answer["problems"][0].endswith("is not in this index.")


def test_a_paper_keeps_its_place_while_its_title_is_typed(tmp_path):
    title = "Representations in Time for Debiasing Wrens"
    others = [
        Paper(id=f"o{n:02}", title=f"On Representations of Finches and Tits, or of Ibises {n}", summary="Debated and debased.", added="2025-01-01")
        for n in range(12)
    ]  # fmt: skip
    papers = [*others, Paper(id="typed", title=title, added="2025-01-01")]
    typed = [title[:length] for length in range(4, len(title) + 1)]
    answers = ask_many(build_folder(papers, tmp_path), [(text, {"typing": True}) for text in typed])
    places = [[card["id"] for card in answer["cards"]].index("typed") if any(c["id"] == "typed" for c in answer["cards"]) else -1 for answer in answers]  # fmt: skip
    assert dict(zip(typed, places, strict=True)) == dict.fromkeys(typed, 0)


def test_spaces_and_curly_quotes_are_understood(folder):
    assert find(folder, "has: code")[0] == find(folder, "has:code")[0] == ["owls"]
    assert find(folder, "“hear mice”")[0] == ["owls"]
    assert find(folder, "CLIP: a study")[1]["problems"] == []


def test_authors_are_found_by_the_whole_name_even_of_common_words(tmp_path):
    names = {"bo-an": ["Bo An"], "bo-li": ["Bo Li", "An Bo"], "smith": ["Will Smith", "Li Bo"]}
    papers = [
        Paper(id=key, title=f"Owls {key}", summary="Will an owl sing?", authors=tuple(Author(name=n) for n in authors))
        for key, authors in names.items()
    ]  # fmt: skip
    folder = build_folder(papers, tmp_path)
    for key, authors in names.items():
        for name in authors:
            answer = ask(folder, f'author:"{name}"')
            assert [card["id"] for card in answer["cards"]] == [key], name
    assert ask(folder, "author:an")["total"] == 2


def test_titles_of_common_words_and_joined_names_come_first(tmp_path):
    titles = {"who": "The Who: About Us", "bench": "MVBench: Owls in Motion", "other": "Bench of MV Owls"}
    folder = build_folder([Paper(id=key, title=title) for key, title in titles.items()], tmp_path)
    for query, key in (
        ("The Who: About Us", "who"),
        ("the who", "who"),
        ("mv-bench", "bench"),
        ("mv bench", "bench"),
    ):
        assert ask(folder, query)["cards"][0]["id"] == key, query


def test_plurals_of_acronyms_are_their_singulars(tmp_path):
    folder = build_folder([Paper(id="a", title="VLMs See"), Paper(id="b", title="A VLM Hears")], tmp_path)
    assert ask(folder, "vlm")["total"] == ask(folder, "VLMs")["total"] == 2


def test_undated_papers_come_last_in_both_directions(folder):
    assert find(folder, "", sort="oldest")[0][:3] == ["mice", "wrens", "owls"]


def test_a_filter_chosen_beside_one_that_is_written_only_narrows(folder):
    both = find(folder, "kind:survey", filters={"kind": ["paper"]}, facets=True)[1]
    assert both["total"] == 0


def test_a_phrase_in_the_title_is_looked_for_there(folder):
    assert find(folder, 'title:"hear owls"')[0] == ["mice"]
    assert find(folder, 'title:"mice retrieve"')[0] == []


def test_facets_count_what_choosing_them_would_leave(folder):
    _, answer = find(folder, "", facets=True)
    assert answer["counts"]["kind"] == {"paper": 5, "survey": 1}
    for facet, values in answer["counts"].items():
        for value, count in values.items():
            assert find(folder, "", filters={facet: [value]}, facets=True)[1]["total"] == count
    narrowed = find(folder, "", filters={"kind": ["survey"], "year": ["2023"]}, facets=True)[1]
    assert narrowed["total"] == 1
    assert narrowed["counts"]["kind"] == {"survey": 1}


def test_a_scope_narrows_before_anything_is_counted(folder):
    _, answer = find(folder, "", scope={"kind": ["survey"]}, facets=True)
    assert answer["total"] == 1
    assert answer["counts"]["kind"] == {"survey": 1}


def test_a_lone_quotation_mark_after_a_field_is_no_phrase(folder):
    assert find(folder, 'title:"')[1]["problems"] == ["“title:” has no value."]


def test_words_that_stand_together_count_more(tmp_path):
    facts = {"near": "Red owls sing here tonight.", "far": "Red houses stand here and owls sing."}
    papers = [Paper(id=key, title="A", summary=text, added="2025-01-01") for key, text in facts.items()]
    for order in (papers, [replace(p, added=f"2025-01-{9 - n}") for n, p in enumerate(papers)]):
        answer = ask(build_folder(order, tmp_path / order[0].added), "red owls")
        assert answer["cards"][0]["id"] == "near"


def test_a_title_with_every_word_comes_before_texts_that_repeat_some(tmp_path):
    text = "Red owls, red songs. Owls sing songs."
    papers = [
        Paper(id="said", title="Hunting Mice", summary=text, added="2025-01-02"),
        Paper(id="titled", title="Songs of Red Owls in Northern Woods", summary="Wrens. " * 90, added="2025-01-01"),
    ]  # fmt: skip
    answer = ask(build_folder(papers, tmp_path), "songs red owls")
    assert [card["id"] for card in answer["cards"]] == ["titled", "said"]


@pytest.mark.parametrize("typed", ["jane", "Jane M", "möw", "mowe j"])
def test_authors_are_completed_from_any_of_their_names(folder, typed):
    assert find(folder, typed)[1]["authors"] == [{"name": "Jane Möwe", "papers": 1}]


def test_filters_alone_have_the_newest_papers_first(folder):
    newest = find(folder, "", sort="newest")[0]
    kinds = [key for key in newest if PAPERS[key].kind == "paper"]
    assert find(folder, "kind:paper")[0] == kinds
    assert find(folder, "", filters={"kind": ["paper"]})[0] == kinds


@pytest.mark.parametrize("query", ["", "-owlnet", "-title:owls", "%", '"', "title:", "-%", "kind:nosuch"])
def test_what_scores_no_paper_has_the_newest_papers_first(folder, query):
    newest = find(folder, "", sort="newest")[0]
    found, answer = find(folder, query)
    assert found == [key for key in newest if key in found]
    assert len(found) > 2
    assert answer["sort"] == "newest"


@pytest.mark.parametrize("query", ["owls", "title:owls", '"hear mice"', "owls kind:paper"])
def test_what_scores_papers_has_the_best_first(folder, query):
    assert find(folder, query)[1]["sort"] == "relevance"


def test_sorting_by_date_and_title(folder):
    assert find(folder, "", sort="newest")[0][:3] == ["owls", "wrens", "mice"]
    assert find(folder, "", sort="title")[0][:2] == ["clips", "clip"]


def test_the_last_word_is_completed_while_typing(folder):
    assert find(folder, "retriev", typing=True)[0] == ["mice"]
    assert set(find(folder, "ow", typing=True)[0]) >= {"owls", "mice"}


def test_the_index_does_not_depend_on_the_order_of_the_papers(folder, tmp_path):
    other = build_folder(list(PAPERS.values())[::-1], tmp_path)
    one, two = ({p.name: p.read_bytes() for p in f.iterdir()} for f in (folder, other))
    assert one == two


def test_the_vendored_stemmer_is_the_published_one():
    vendor = WORDS_JS.parent / "vendor"
    digest = hashlib.sha256((vendor / "porter2.js").read_bytes()).hexdigest()
    assert digest == "e838a26a313f4c4035ffe53c2352cca2e419358a3fac7bf27e8854703868c035", "run `make vendor`"
    assert "MIT License" in (vendor / "porter2.LICENSE").read_text()


def test_years_before_the_press_and_after_are_years(tmp_path):
    years = ["0001", "0999", "1763", "1800", "2024", "9999"]
    papers = [Paper(id=f"p{year}", title=f"Of {year}", published=year) for year in years]
    index = build_folder([*papers, Paper(id="none", title="Of none")], tmp_path)
    for year in years:
        answer = ask(index, f"year:{year}", facets=True)
        assert [card["id"] for card in answer["cards"]] == [f"p{year}"]
        assert answer["counts"]["year"] == {year: 1}
    assert {card["id"] for card in ask(index, "year:1700..1899")["cards"]} == {"p1763", "p1800"}
    assert [card["id"] for card in ask(index, "year:unknown")["cards"]] == ["none"]
