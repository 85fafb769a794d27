"""Balanced lists of related papers: no paper is in too many lists, and every paper is in at least one."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter

import numpy as np

from generator.related.vectors import Ints

_TIMES = 4
"""A paper is in at most this number of lists times the length of a list: in 20 lists of five papers."""

Pair = tuple[int, int]
"""The negative score of a paper and its number. Sorted pairs begin with the nearest paper; ties are sorted by number."""


def balance(one: Ints, two: Ints, scores: Ints, *, number: int, floor: int | Ints) -> list[list[Pair]]:
    """Return the list of related papers for each paper, from pairs with their scores.

    1. The pairs are processed in the order of their scores, highest first. A pair is added to the list of its first paper if
       the list has fewer than `number` papers and the second paper is not yet in too many lists.
    2. Pairs with a score below `floor` are left out. But a paper whose list would be empty gets its nearest paper.
    3. Each paper that is in no list gets a place in the list of its nearest paper with room: the list has fewer than `number`
       papers, or contains a paper that is in other lists too, of which the farthest is replaced. If no list has room, the
       list of the nearest paper becomes longer by one.

    Args:
        one: the number of the first paper of each pair, ascending from 0.
        two: the number of the second paper. The pairs of each first paper are sorted by score, highest first.
        scores: how near the two papers are.
        number: the length of a list.
        floor: the lowest score of a related paper: one for all pairs, or one for each.

    Returns:
        For each paper, its related papers as sorted pairs of negative score and number.
    """
    papers = int(max(one.max(initial=-1), two.max(initial=-1))) + 1
    lists: list[list[Pair]] = [[] for _ in range(papers)]
    times = [0] * papers
    order = np.lexsort((two, one, -scores))
    near = (scores >= floor)[order]
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
    """Return the pairs in the given rows, with their scores."""
    return zip(one[rows].tolist(), two[rows].tolist(), scores[rows].tolist(), strict=True)


def _choose(
    lists: list[list[Pair]], times: list[int], rows: Iterable[tuple[int, int, int]], number: int, most: int
) -> None:
    """Add pairs to lists of up to `number` papers. Each second paper is added to at most `most` lists in total."""
    for paper, other, score in rows:
        chosen = lists[paper]
        if len(chosen) < number and times[other] < most:
            chosen.append((-score, other))
            times[other] += 1


def _seat(
    lists: list[list[Pair]], times: list[int], paper: int, near: list[tuple[int, int]], number: int
) -> None:
    """Add a paper to the list of one of its neighbours, which are given with the nearest first."""
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
