"""Search by meaning: vectors of papers, their cells, and the real engine that blends both kinds of finding."""

import json

import numpy as np
import pytest
from search_support import ask, build_folder

from benchmarks.distil_words import fit_vectors, weigh_stems
from generator.corpus import Corpus
from generator.meaning.lexicon import LENGTH, load_lexicon
from generator.model import Paper
from generator.search.cells import count_cells, find_cells
from generator.search.meaning import embed_papers
from generator.text.words import stem

TEXTS = {
    "cats": ("Cats at Home", "A cat sleeps."),
    "ships": ("Harbours", "Ships and sailors cross the ocean."),
    "clinic": ("In the Clinic", "Doctors read scans of patients."),
    "owls": ("OwlNet: Night Birds", "Owls hear mice in a quiet forest."),
    "photos": ("Old Photographs", "Photographs in an album."),
    "image": ("Image Albums", "Owls on an image."),
}
PAPERS = [
    Paper(id=key, title=title, summary=summary, added=f"2025-01-0{n}", kind="survey" if key == "cats" else "paper")
    for n, (key, (title, summary)) in enumerate(TEXTS.items(), 1)
]  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return build_folder(PAPERS, tmp_path_factory.mktemp("meaning"), meaning=True)


def find(folder, query, **options):
    answer = ask(folder, query, **{"meaning": True, **options})
    return [card["id"] for card in answer["cards"]], [PAPERS[n].id for n in answer["related"]], answer


@pytest.mark.parametrize(
    ("query", "meant"), [("kitten", "cats"), ("physician", "clinic"), ("seaman", "ships"), ("parrots", "owls")]
)  # fmt: skip
def test_other_words_for_the_same_find_a_paper_and_it_is_told_apart(folder, query, meant):
    found, related, _ = find(folder, query)
    assert found[0] == meant
    assert meant in related
    assert meant not in find(folder, query, meaning=False)[0]


@pytest.mark.parametrize(
    "query",
    [
        '"hear mice"',
        "title:harbours",
        "author:kitten",
        "in the clinic",
        "doi:10.1/x",
        "arxiv:2405.09818",
        "https://arxiv.org/abs/2405.09818",
        "https://kitten.example/cats",
    ],
)
def test_phrases_fields_and_names_find_what_they_find_without_meaning(folder, query):
    with_it, without = find(folder, query)[0], find(folder, query, meaning=False)[0]
    assert with_it[: len(without)] == without
    if not query.startswith("in the"):
        assert with_it == without


def test_what_has_all_words_of_a_short_query_keeps_its_order_and_a_long_one_is_blended(tmp_path):
    texts = {
        "said": "Image, image, tax and law of money.",
        "meant": "Image, picture, photo and album of memories.",
    }
    papers = [Paper(id=key, title="A", summary=text, added="2025-01-01") for key, text in texts.items()]
    folder = build_folder(papers, tmp_path, meaning=True)
    for query, first in (("image", "said"), ("image snapshot camera", "meant")):
        assert ask(folder, query, meaning=True)["cards"][0]["id"] == first
        assert ask(folder, query)["cards"][0]["id"] == "said"
    assert ask(folder, "image", meaning=True)["related"] == []


def test_a_description_goes_by_meaning_and_a_longer_query_by_its_words(tmp_path):
    texts = {
        "said": "Nests, nests, tax and law of money.",
        "meant": "Nests where sparrows and wrens and other birds hatch their young in spring.",
        "other": "Fences of a garden.",
    }
    papers = [Paper(id=key, title="A", summary=text, added="2025-01-01") for key, text in texts.items()]
    folder = build_folder(papers, tmp_path, meaning=True)
    few = "nests songbird chick feather beak"
    assert ask(folder, few, meaning=True)["cards"][0]["id"] == "meant"
    assert ask(folder, f"{few} wing", meaning=True)["cards"][0]["id"] == "said"


def test_what_only_meaning_finds_comes_after_what_has_the_words(folder):
    found, related, _ = find(folder, "photographs")
    assert found[0] == "photos"
    assert related[0] == "image"


def test_filters_and_counts_know_what_only_meaning_finds(folder):
    _, related, answer = find(folder, "kitten", facets=True)
    assert "cats" in related
    assert sum(answer["counts"]["kind"].values()) == answer["total"]
    assert find(folder, "kitten", filters={"kind": ["survey"]})[:2] == (["cats"], ["cats"])
    assert find(folder, "kitten -sleeps")[1].count("cats") == 0


def test_another_order_has_the_same_papers(folder):
    best, related, _ = find(folder, "kitten")
    for sort in ("newest", "oldest", "title"):
        found, others, _ = find(folder, "kitten", sort=sort)
        assert sorted(found) == sorted(best)
        assert sorted(others) == sorted(related)
    assert find(folder, "owls image", sort="newest")[0][0] == "image"


def test_what_is_far_from_everything_finds_nothing(folder):
    for query in ("taxation", "monarchy", "zqxwv"):
        assert find(folder, query)[:2] == ([], [])


def test_a_paper_of_unknown_words_is_near_to_nothing(tmp_path):
    papers = [*PAPERS, Paper(id="unknown", title="多模态", added="2024-01-01"), Paper(id="odd", title="Zqxwv", added="2024-01-01")]  # fmt: skip
    folder = build_folder(papers, tmp_path, meaning=True)
    for query in ("kitten", "wedding", "physician", "taxation"):
        related = ask(folder, query, meaning=True)["related"]
        assert not {"unknown", "odd"} & {sorted(papers, key=lambda p: p.added)[n].id for n in related}


def test_a_name_beside_a_common_word_keeps_its_paper_first(tmp_path):
    others = [Paper(id=f"album-{n}", title=f"Picture Album {n}", summary="An image, a photo.", added="2024-01-01") for n in range(8)]  # fmt: skip
    others.append(Paper(id="both", title="Old Albums", summary="Many an album has more to tell than an image, and more than OwlNet and others say of it.", added="2024-01-01"))  # fmt: skip
    named = Paper(id="named", title="OwlNet: Hearing Mice", summary="OwlNet hears mice.", added="2024-01-01")
    folder = build_folder([named, *others], tmp_path, meaning=True)
    for query in ("OwlNet image", "OwlNet photo album"):
        for meaning in (False, True):
            assert ask(folder, query, meaning=meaning)["cards"][0]["id"] == "named", (query, meaning)


def test_an_index_without_meaning_or_with_another_kind_is_searched_by_words(folder, tmp_path):
    plain = build_folder(PAPERS, tmp_path / "plain")
    assert find(plain, "image")[0] == find(plain, "image", meaning=False)[0]
    manifest = json.loads((folder / "manifest.json").read_text())
    words = {file: part for file, part in manifest["inside"].items() if not file.startswith("mx-")}
    without = {k: v for k, v in manifest.items() if k != "meaning"}
    assert json.loads((plain / "manifest.json").read_text()) == without | {"inside": words}
    assert (plain / "files.json").read_text() == (folder / "files.json").read_text()
    build_folder(PAPERS, tmp_path / "later", meaning=True)
    later = tmp_path / "later" / "search" / "index"
    (later / "manifest.json").write_text(
        json.dumps(manifest | {"meaning": manifest["meaning"] | {"format": 99}})
    )
    assert find(later, "kitten")[0] == []


def test_the_files_do_not_depend_on_the_order_of_the_papers(folder, tmp_path):
    other = build_folder(PAPERS[::-1], tmp_path, meaning=True)
    assert {p.name: p.read_bytes() for p in other.iterdir()} == {
        p.name: p.read_bytes() for p in folder.iterdir()
    }


def embed(*texts, parts=None):
    corpus = Corpus(5)
    for text in texts:
        corpus.add([text, "", "", "", ""])
    return embed_papers(corpus, parts or {}, load_lexicon()).astype(int)


def test_a_word_outside_the_table_counts_as_its_parts_or_not_at_all():
    known, unknown, joined = embed("blue house", "zqxw", "bluehouse", parts={"bluehous": "blue hous"})
    assert not unknown.any()
    assert known @ joined > 0.9 * np.linalg.norm(known) * np.linalg.norm(joined)
    assert abs(np.linalg.norm(joined) - LENGTH) < 0.3 * LENGTH, "which rounding leaves of few words"


def test_rare_words_count_more_than_frequent_ones():
    lexicon = load_lexicon()
    papers = embed("owl forest", *["forest"] * 20)
    owl, forest = (papers[0] @ lexicon.vectors[lexicon.rows[stem(word)]] for word in ("owl", "forest"))
    assert owl > forest


def test_every_paper_is_in_the_cell_of_the_nearest_centre():
    rows = np.random.default_rng(1).normal(size=(2_000, 16))
    rows[:700, 0] += 8
    vectors = np.rint(rows / np.linalg.norm(rows, axis=1, keepdims=True) * LENGTH).astype(np.int8)
    centres, cells = find_cells(vectors, count_cells(len(vectors)))
    assert sorted(np.concatenate(cells).tolist()) == list(range(2_000))
    products = vectors.astype(int) @ centres.T.astype(int)
    for cell, papers in enumerate(cells):
        assert (products[papers, cell] == products[papers].max(axis=1)).all()
    assert not any(0.05 < (papers < 700).mean() < 0.95 for papers in cells if len(papers) > 100)


def test_papers_of_a_large_shelf_are_found_in_their_cell(tmp_path):
    words = list(load_lexicon().rows)[2_000:12_000]
    many = [Paper(id=f"p{n:04}", title=" ".join(words[n : n + 4]), added="2024-01-01") for n in range(1_100)]
    folder = build_folder([*PAPERS, *many], tmp_path, meaning=True)
    assert json.loads((folder / "manifest.json").read_text())["meaning"]["cells"] > 1
    assert "cats" in [card["id"] for card in ask(folder, "kitten nap", meaning=True)["cards"]]


def test_fitted_vectors_add_up_to_the_texts_and_words_without_a_text_keep_theirs():
    texts = ["owl nest"] * 40 + ["wren nest"] * 40 + ["owl wren"] * 40
    weights = weigh_stems(texts, {"owl": 0, "wren": 1, "nest": 2, "fenc": 3})
    truth = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1], [0, 0, 0]], np.float32)
    alone = np.array([[1, 1, 0], [1, 1, 0], [0, 1, 1], [0, 0, 1]], np.float32)
    fitted = fit_vectors(weights, weights @ truth, alone)
    assert np.abs(fitted[:3] - truth[:3]).max() < 0.1
    assert fitted[3].tolist() == pytest.approx([0, 0, fitted[3, 2]])
    assert fitted[3, 2] > 0


def test_files_of_words_are_small_and_a_query_loads_one_of_them_a_word(folder):
    sizes = [path.stat().st_size for path in folder.glob("v-*.bin")]
    assert sum(sizes) < 920_000
    assert max(sizes) < 2_500
