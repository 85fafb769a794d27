"""Lists of related papers in balance: no paper is in very many of them, and none in nobody's."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter

import numpy as np

from generator.related.vectors import Ints

_TIMES = 4
"""A paper is in at most so many lists for each place of a list: in 20, where lists have five."""

Pair = tuple[int, int]
"""The negative score of a paper, and its number: the nearest first, ties by number."""


def balance(one: Ints, two: Ints, scores: Ints, *, number: int, floor: int) -> list[list[Pair]]:
    """Return the list of each paper, from pairs that are in order by the first paper and by nearness.

    The nearest pairs of all choose first. A list has up to `number` papers with a score of at least `floor`; the nearest one
    stays, however far it is. A paper that is in no list then takes a place in that of the nearest one that can spare it: a free
    place, or that of the farthest paper that is in others too. Where none can, the nearest list becomes longer by one.
    """
    papers = int(max(one.max(initial=-1), two.max(initial=-1))) + 1
    lists: list[list[Pair]] = [[] for _ in range(papers)]
    times = [0] * papers
    order = np.lexsort((two, one, -scores))
    near = scores[order] >= floor
    _choose(lists, times, _list_rows(one, two, scores, order[near]), number, _TIMES * number)
    far = order[~near & ~np.array([bool(row) for row in lists], np.bool_)[one[order]]]
    _choose(lists, times, _list_rows(one, two, scores, far), 1 if number else 0, _TIMES * number)
    if number:
        left_out = np.flatnonzero(np.array(times, np.int64)[one] == 0)
        rows = _list_rows(one, two, scores, left_out)
        for paper, near_to in groupby(rows, key=itemgetter(0)):
            _seat(lists, times, paper, [(other, score) for _, other, score in near_to], number)
    return lists


def _list_rows(one: Ints, two: Ints, scores: Ints, rows: Ints) -> Iterator[tuple[int, int, int]]:
    """Return some pairs with their scores."""
    return zip(one[rows].tolist(), two[rows].tolist(), scores[rows].tolist(), strict=True)


def _choose(
    lists: list[list[Pair]], times: list[int], rows: Iterable[tuple[int, int, int]], number: int, most: int
) -> None:
    """Put pairs into lists of up to `number`, the second paper of each into at most `most` in all."""
    for paper, other, score in rows:
        chosen = lists[paper]
        if len(chosen) < number and times[other] < most:
            chosen.append((-score, other))
            times[other] += 1


def _seat(
    lists: list[list[Pair]], times: list[int], paper: int, near: list[tuple[int, int]], number: int
) -> None:
    """Give a paper a place in the list of one of these others, which are in order."""
    host, score = near[0]
    for other, far in near:
        chosen = lists[other]
        spare = next((n for n in reversed(range(len(chosen))) if times[chosen[n][1]] > 1), None)
        if len(chosen) < number or spare is not None:
            host, score = other, far
            if len(chosen) >= number and spare is not None:
                times[chosen.pop(spare)[1]] -= 1
            break
    insort(lists[host], (-score, paper))
    times[paper] += 1
