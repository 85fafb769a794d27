"""Lists in balance: nobody in very many, nobody in none, the same in any order."""

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from generator.related.balance import balance


def make_lists(scores, *, number, floor=0):
    """Return the lists for a score of each pair, with every paper near every other one."""
    pairs = [
        (one, two, score)
        for one in sorted({key for pair in scores for key in pair})
        for two, score in sorted(
            ((two, score) for pair, score in scores.items() if one in pair for two in pair if two != one),
            key=lambda each: (-each[1], each[0]),
        )
    ]
    columns = [np.array([pair[n] for pair in pairs], np.int64) for n in range(3)]
    return balance(*columns, number=number, floor=floor)


def count(lists):
    return Counter(other for row in lists for _, other in row)


scores = st.integers(2, 40).flatmap(
    lambda size: st.lists(
        st.integers(1, 50), min_size=size * (size - 1) // 2, max_size=size * (size - 1) // 2
    ).map(lambda weights: dict(zip([(a, b) for b in range(size) for a in range(b)], weights, strict=True)))
)


@given(scores, st.integers(1, 6), st.integers(0, 60))
def test_every_paper_is_in_a_list_and_none_in_more_than_four_for_each_place(scores, number, floor):
    lists = make_lists(scores, number=number, floor=floor)
    times = count(lists)
    assert all(times[paper] >= 1 for paper in range(len(lists)))
    assert max(times.values()) <= 4 * number
    assert all(row == sorted(row) and len({other for _, other in row}) == len(row) for row in lists)
    assert all(paper not in {other for _, other in row} for paper, row in enumerate(lists))


def test_a_hub_is_in_no_more_lists_than_others_have_room_for():
    hub = {(0, other): 100 for other in range(1, 60)}
    rest = {(one, two): 60 - (two - one) for two in range(1, 60) for one in range(1, two)}
    assert count(make_lists(hub | rest, number=5))[0] == 20
    assert count(make_lists(hub | rest, number=2))[0] == 8


def test_only_the_nearest_stays_below_the_floor():
    scores = {(0, 1): 9, (0, 2): 5, (1, 2): 8, (2, 3): 3, (0, 3): 1, (1, 3): 2}
    lists = make_lists(scores, number=3, floor=6)
    assert [[other for _, other in row] for row in lists] == [[1], [0, 2], [1, 3], [2]]


def test_each_pair_may_have_a_floor_of_its_own():
    one, two, scores = np.array([[0, 1, 9], [0, 2, 5], [1, 0, 9], [1, 2, 5], [2, 0, 5], [2, 1, 5]]).T
    lists = balance(one, two, scores, number=2, floor=np.array([6, 4, 6, 6, 4, 6]))
    assert [[other for _, other in row] for row in lists] == [[1, 2], [0], [0]]


def test_who_is_in_no_list_takes_the_place_of_one_that_is_in_others():
    # 4 is nearest to 0, whose only place is taken by 1, which is in the list of 2 as well.
    scores = {(0, 1): 9, (1, 2): 8, (2, 3): 7, (0, 4): 1, (0, 2): 2, (0, 3): 2, (1, 3): 2, (1, 4): 1, (2, 4): 1, (3, 4): 1}  # fmt: skip
    lists = make_lists(scores, number=1)
    assert [other for _, other in lists[0]] == [1]
    assert 4 in {other for row in lists for _, other in row}
    assert all(count(lists)[paper] for paper in range(5))


def test_lists_of_nothing_are_empty():
    none = np.zeros(0, np.int64)
    assert balance(none, none, none, number=5, floor=0) == []
    assert make_lists({(0, 1): 3}, number=0) == [[], []]
