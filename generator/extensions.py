"""Formats, exports and services of other installed packages, found by entry points (packaging.python.org/specifications/entry-points)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from importlib.metadata import entry_points
from typing import TypeVar

Kind = TypeVar("Kind")


class ExtensionError(Exception):
    """Raised when an extension of an installed package cannot be used; the message names the package."""


class Extended(Mapping[str, Kind]):
    """The built-in values by name, followed by those that installed packages offer in an entry point group.

    Extensions are loaded at first use, because they import the modules that they extend. A package offers a format like
    this in its pyproject.toml, where `FORMAT` is an `ImportFormat`:

        [project.entry-points."papershelf.formats"]
        owls = "owl_formats:FORMAT"
    """

    def __init__(self, own: Mapping[str, Kind], group: str, kind: type[Kind]) -> None:
        self._own, self._group, self._kind = own, group, kind

    @cached_property
    def _all(self) -> Mapping[str, Kind]:
        return {**self._own, **_load(self._group, self._kind, self._own)}

    def __getitem__(self, name: str) -> Kind:
        return self._own[name] if name in self._own else self._all[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)


def _load(group: str, kind: type[Kind], own: Mapping[str, Kind]) -> Mapping[str, Kind]:
    """Return the values that installed packages offer.

    Raises:
        ExtensionError: if a value cannot be imported, has another type, or has a name that is already used.
    """
    found: dict[str, Kind] = {}
    for point in sorted(entry_points(group=group), key=lambda point: point.name):
        origin = f"the package {point.dist.name if point.dist else point.module} ({group}: {point.name})"
        if point.name in own or point.name in found:
            raise ExtensionError(
                f"{origin} has a name that is already used: uninstall the package or rename its entry point"
            )
        try:
            value = point.load()
        except Exception as fault:
            raise ExtensionError(f"{origin} cannot be imported: {type(fault).__name__}: {fault}") from fault
        if not isinstance(value, kind):
            raise ExtensionError(f"{origin} is not of the type {kind.__name__}")
        found[point.name] = value
    return found
