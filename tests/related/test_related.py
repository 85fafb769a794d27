"""Related papers and the orders that lists are made from."""

import math
from collections import Counter
from itertools import pairwise, product

from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array

from generator.catalogue import UNKNOWN_YEAR, build_catalogue
from generator.corpus import read_papers
from generator.model import Paper, Related, Shelf
from generator.related.nearest import find_related
from generator.related.vectors import SCALE, build_vectors
from generator.text.words import stem

WORDS = [
    "owl",
    "wren",
    "robin",
    "night",
    "river",
    "forest",
    "choir",
    "sparrow",
    "lantern",
    "harbour",
    "map",
    "street",
    "signal",
    "feather",
]
papers = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=8), min_size=2, max_size=12).map(
    lambda texts: {f"p{n:02}": Paper(id=f"p{n:02}", title=" ".join(text)) for n, text in enumerate(texts)}
)


@given(papers, st.randoms())
def test_neighbours_do_not_depend_on_the_order_of_the_papers(shelf, random):
    keys = list(shelf)
    random.shuffle(keys)
    shuffled = {key: shelf[key] for key in sorted(keys)}
    assert find_related(shuffled, number=5) == find_related(shelf, number=5)


@given(papers)
def test_every_neighbour_has_a_reason_and_none_is_the_paper_itself(shelf):
    for key, related in find_related(shelf, number=5).items():
        assert key not in {other.paper for other in related}
        assert all(other.terms and other.weight > 0 for other in related)
        assert [(-o.weight, o.paper) for o in related] == sorted((-o.weight, o.paper) for o in related)


def test_the_nearest_paper_shares_the_rarest_words():
    titles = {
        "a": "owl choir at night",
        "b": "owl choir in the river",
        "c": "robin at night",
        "d": "map of night street",
    }
    related = find_related({k: Paper(id=k, title=t) for k, t in titles.items()}, number=2)
    assert related["a"][0].paper == "b"
    assert related["a"][0].terms == ("owl choir",)


def test_a_reason_is_written_as_in_the_paper():
    texts = {"a": "cross-modal owls", "b": "cross modal wrens", "c": "crossmodal robins"}
    related = find_related({k: Paper(id=k, title=t) for k, t in texts.items()}, number=2)
    assert related["a"][0] == Related(paper="b", terms=("cross-modal",), weight=related["a"][0].weight)
    assert {r.paper: r.terms for r in related["c"]} == {"a": ("crossmodal",)}
    assert {r.paper: r.terms for r in related["b"]} == {"a": ("cross modal",)}
    texts = {"a": "We call it OwlNet", "b": "owlnet hears", "c": "wrens"}
    related = find_related({k: Paper(id=k, title=t) for k, t in texts.items()}, number=2)
    assert [r.terms for key in "ab" for r in related[key]] == [("OwlNet",), ("owlnet",)]


def test_a_word_and_its_hyphenated_spelling_are_one_term():
    texts = {"a": "crossmodal owls are cross-modal", "b": "crossmodal wrens", "c": "a cross-modal robin"}
    corpus = read_papers(Paper(id=k, title=t) for k, t in texts.items())
    vectors = build_vectors(corpus)
    for first, end in pairwise(vectors.starts.tolist()):
        terms = vectors.terms[first:end].tolist()
        assert terms == sorted(set(terms))


def test_the_cosine_agrees_with_one_computed_pair_by_pair():
    texts = {f"p{n}": f"{WORDS[n % 4]} {WORDS[n % 3 + 4]} {WORDS[n % 5 + 7]}" for n in range(30)}
    corpus = read_papers(Paper(id=k, summary=t, title=k) for k, t in texts.items())
    found = build_vectors(corpus)
    matrix = csr_array((found.weights, found.terms, found.starts), shape=(30, found.number)).toarray()
    bags = {k: Counter(_terms(t)) for k, t in texts.items()}
    frequency = Counter(term for bag in bags.values() for term in bag)
    vectors = {
        k: {t: round(2 * math.log2(1 + 30 / frequency[t])) / 2 for t in bag if 1 < frequency[t] <= 18}
        for k, bag in bags.items()
    }
    for (one, key), (two, other) in product(enumerate(vectors), repeat=2):
        dot = sum(w * vectors[other].get(t, 0) for t, w in vectors[key].items())
        cosine = dot / math.hypot(*vectors[key].values()) / math.hypot(*vectors[other].values())
        assert abs(matrix[one] @ matrix[two] / SCALE**2 - cosine) < 0.01


def _terms(text):
    words = [stem(word) for word in dict.fromkeys(text.split())]
    whole = [stem(word) for word in text.split()]
    return [*words, *dict.fromkeys(f"{a} {b}" for a, b in pairwise(whole))]


def test_lists_are_newest_first_and_unknown_dates_last():
    shelf = {
        "a": Paper(id="a", title="A", published="2024"),
        "b": Paper(id="b", title="B", published="2024-05-01", venue="Birds"),
        "c": Paper(id="c", title="C", added="2025-01-01"),
        "d": Paper(id="d", title="D", added="2025-01-02"),
    }
    catalogue = build_catalogue(Shelf(papers=shelf, places={}), {})
    assert catalogue.newest == ["b", "a", "d", "c"]
    assert list(catalogue.by_year) == ["2024", UNKNOWN_YEAR]
