"""Conditions in a style, decided in advance if they depend only on the shape of a work (CSL 1.0.2, “Choose”)."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element

from generator.citations.numbers import is_numeric
from generator.citations.work import Part, Shape, Work

Test = Callable[[Work], bool]


def choose(branches: list[tuple[Test | bool, tuple[Part, ...]]]) -> Part:
    """Return the first of some branches whose condition is met, as one part."""

    def write(work: Work, out: list[str]) -> None:
        for test, parts in branches:
            if test is True or (test is not False and test(work)):
                for part in parts:
                    part.write(work, out)
                return

    everything = [part for _, parts in branches for part in parts]
    return Part(write, asks=any(p.asks for p in everything), finds=any(p.finds for p in everything))


def make_test(branch: Element, shape: Shape) -> Test | bool:
    """Return what decides whether a branch is taken; True or False where the shape of the work does so already."""
    tests = [
        _make_condition(name, word, shape)
        for name, value in branch.attrib.items()
        if name != "match"
        for word in value.split()
    ]
    match = branch.get("match", "all")
    decisive = match != "all"  # the outcome of one condition that settles all
    if any(test is decisive for test in tests):
        return match == "any"
    left = [test for test in tests if not isinstance(test, bool)]
    if not left:
        return match != "any" or not tests
    if match == "any":
        return lambda work: any(test(work) for test in left)
    if match == "none":
        return lambda work: not any(test(work) for test in left)
    return lambda work: all(test(work) for test in left)


def _make_condition(name: str, word: str, shape: Shape) -> Test | bool:
    """Return one condition; those on positions, locators, doubtful dates and ambiguous names are never met here."""
    if name == "is-numeric" and word in shape.known:
        return lambda work: is_numeric(work.facts.texts.get(word, ""))
    return word in {"type": (shape.type,), "variable": shape.known}.get(name, ())
