"""Lists of related papers in balance: no paper is in very many of them, and none in nobody's."""

from __future__ import annotations

from bisect import insort

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
    rows = zip(one[order].tolist(), two[order].tolist(), scores[order].tolist(), strict=True)
    for paper, other, score in rows:
        chosen = lists[paper]
        if len(chosen) < number and times[other] < _TIMES * number and (score >= floor or not chosen):
            chosen.append((-score, other))
            times[other] += 1
    if number:
        _seat_left_out(
            lists, times, list(zip(one.tolist(), two.tolist(), scores.tolist(), strict=True)), number
        )
    return lists


def _seat_left_out(
    lists: list[list[Pair]], times: list[int], pairs: list[tuple[int, int, int]], number: int
) -> None:
    """Give every paper of these pairs that is in no list a place in one."""
    at = 0
    while at < len(pairs):
        paper, end = pairs[at][0], at
        while end < len(pairs) and pairs[end][0] == paper:
            end += 1
        if not times[paper]:
            near = [(other, score) for _, other, score in pairs[at:end]]
            _seat(lists, times, paper, near, number)
        at = end


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
