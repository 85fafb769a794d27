"""Positions for papers added after the map was computed: near their related papers, without moving others."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from generator.model import MAP_SIDE, MapPosition, Related

NEIGHBOURS = 5
"""Number of related papers that determine a new position."""
_ROUNDS = 8  # a late paper may be beside one that is late itself
_NEAR = 30  # at most so far from the place that the neighbours give, in each direction


def place_beside(
    map_positions: Mapping[str, MapPosition], papers: Iterable[str], related: Mapping[str, Sequence[Related]]
) -> dict[str, MapPosition]:
    """Return the given positions of these papers, and positions for papers without one.

    A new position is the mean of the most related papers with positions, weighted by the cubes of their weights, and a
    little beside it. The cubes place a paper between two distant groups near the more related one. A paper without
    related papers on the map gets no position.
    """
    keys = list(papers)
    placed = {key: map_positions[key] for key in keys if key in map_positions}
    for _ in range(_ROUNDS):
        late = {
            key: position
            for key in keys
            if key not in placed
            if (position := _find_mean(placed, related[key]))
        }
        if not late:
            break
        placed |= late
    taken = {position for key, position in placed.items() if key in map_positions}
    for key in keys:
        if key in placed and key not in map_positions:
            placed[key] = step_aside(key, placed[key], taken)
            taken.add(placed[key])
    return {key: placed[key] for key in keys if key in placed}


def _find_mean(placed: Mapping[str, MapPosition], related: Sequence[Related]) -> MapPosition | None:
    near = [(placed[r.paper], r.weight**3) for r in related[:NEIGHBOURS] if r.paper in placed]
    total = sum(weight for _, weight in near)
    if not total:
        return None
    x, y = (
        sum(at * weight for at, weight in zip(axis, (w for _, w in near), strict=True))
        for axis in zip(*((s.x, s.y) for s, _ in near), strict=True)
    )
    return MapPosition(round_half(x, total), round_half(y, total))


def round_half(number: int, divisor: int) -> int:
    """Return the rounded quotient of two integers, exactly on every machine."""
    return (2 * number + divisor) // (2 * divisor)


def step_aside(key: str, position: MapPosition, taken: Iterable[MapPosition]) -> MapPosition:
    """Return a position slightly beside another, determined by the id; farther away if the position is taken."""
    digest = hashlib.sha256(key.encode()).digest()
    for reach in range(1, len(digest)):
        x, y = (_shift(at, digest[reach - 1 + n], reach) for n, at in enumerate((position.x, position.y)))
        if MapPosition(x, y) not in taken:
            return MapPosition(x, y)
    return position


def _shift(at: int, byte: int, reach: int) -> int:
    return min(MAP_SIDE, max(0, at + (byte - 128) * _NEAR * reach // 128))
