"""The index against reading every paper one by one, over papers made at random."""

import random
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from search_support import ask_many, build_folder
from support import ROOT, share

from generator.model import Paper
from generator.records.read import load_shelf
from generator.text.words import fold, split, stem

WORDS = ["owl", "owls", "mouse", "hearing", "heard", "cross", "modal", "crossmodal", "cross-modal", "naïve", "grün", "猫が好き", "3d", "night", "the", "of"]  # fmt: skip
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join)
DATES = st.sampled_from(["", "2022", "2023-05", "2024-01-02"])
PAPERS = st.lists(
    st.builds(Paper, id=st.just(""), title=TEXTS, summary=TEXTS, published=DATES, kind=st.sampled_from(["paper", "survey"])),
    min_size=1,
    max_size=14,
)  # fmt: skip


def number(papers):
    return [replace(paper, id=f"p{n:02}", added="2025-01-01") for n, paper in enumerate(papers)]


def read(text):
    return [stem(word) for word in split(fold(text))[0]]


def has_run(paper, words):
    return any(
        texts[n : n + len(words)] == words
        for texts in (read(paper.title), read(paper.summary))
        for n in range(len(texts))
    )


@given(PAPERS, st.randoms(use_true_random=False))
@settings(max_examples=share(25))
def test_the_index_and_reading_every_paper_agree(papers, rnd):
    papers = number(papers)
    pairs = [rnd.sample(["owl", "mouse", "hearing", "night", "grün", "3d"], 2) for _ in range(4)]
    questions, expected = [], []
    for one, two in pairs:
        runs = {n for n, p in enumerate(papers) if has_run(p, read(f"{one} {two}"))}
        having = [{n for n, p in enumerate(papers) if has_run(p, read(word))} for word in (one, two)]
        titled = {n for n, p in enumerate(papers) if set(read(one)) <= set(read(p.title))}
        questions += [(f'"{one} {two}"', {}), (f'"{one}" -"{two}"', {}), (f"title:{one}", {})]
        expected += [runs, having[0] - having[1], titled]
    with tempfile.TemporaryDirectory() as folder:
        answers = ask_many(build_folder(papers, Path(folder)), questions)
    assert [set(answer["documents"]) for answer in answers] == expected


@given(PAPERS)
@settings(max_examples=share(15))
def test_filters_only_shrink_and_counts_add_up(papers):
    papers = number(papers)
    years = sorted({p.published[:4] or "unknown" for p in papers})
    questions = [("", {"facets": True}), ("owl", {"facets": True})]
    questions += [
        (query, {"facets": True, "filters": {"year": [year]}}) for query in ("", "owl") for year in years
    ]
    with tempfile.TemporaryDirectory() as folder:
        everything, owls, *narrowed = ask_many(build_folder(papers, Path(folder)), questions)
    assert everything["total"] == len(papers)
    for whole, parts in ((everything, narrowed[: len(years)]), (owls, narrowed[len(years) :])):
        assert sum(whole["counts"]["kind"].values()) == whole["total"]
        assert sum(part["total"] for part in parts) == whole["total"]
        for year, part in zip(years, parts, strict=True):
            assert part["total"] == whole["counts"]["year"].get(year, 0)
            assert set(part["documents"]) <= set(whole["documents"])


@pytest.fixture(scope="module")
def shelf():
    found, problems = load_shelf(ROOT / "content")
    assert not problems
    return list(found.papers.values())


def mistype(word, rnd):
    at = rnd.randrange(1, len(word) - 2)
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return rnd.choice([swapped, word[:at] + word[at + 1 :], word[:at] + "q" + word[at + 1 :]])


def test_every_own_title_comes_first_and_mistyped_words_are_mended(shelf, tmp_path):
    rnd = random.Random(4)  # noqa: S311 (the same mistakes every time)
    folder = build_folder(shelf, tmp_path)
    titles = ask_many(folder, [(paper.title, {}) for paper in shelf])
    assert [answer["cards"][0]["title"] for answer in titles] == [
        answer["cards"][0]["title"]
        for answer in ask_many(folder, [(f"  {p.title.upper()} ", {}) for p in shelf])
    ]
    assert [answer["cards"][0]["id"] for answer in titles] == [paper.id for paper in shelf]
    words = ["hallucination", "benchmark", "retrieval", "diffusion", "reinforcement", "pruning", "grounding"]
    wrong = [mistype(word, rnd) for word in words for _ in range(4)]
    right = [word for word in words for _ in range(4)]
    answers = ask_many(folder, [(word, {}) for word in wrong])
    truth = ask_many(folder, [(word, {}) for word in right])
    for typed, answer, true in zip(wrong, answers, truth, strict=True):
        assert set(true["documents"]) <= set(answer["documents"]), typed
