"""Parses a YAML text into a tree of nodes with positions, so that parts can be replaced."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import yaml
from msgspec import Struct

from generator.storage.strict_yaml import list_events


class Node(Struct, frozen=True, kw_only=True):
    """A scalar, list or mapping, and its position in the text: `text[start:end]`.

    A block list or mapping ends with its last part; a block scalar ends with its last line break, if any.
    """

    kind: Literal["scalar", "list", "mapping"]
    start: int
    end: int
    style: str = ""
    """For a scalar, `'`, `"`, `|`, `>` or empty; for a list or mapping, `flow` or empty."""
    value: str = ""
    items: tuple[Node, ...] = ()
    """The items of a list, and the values of a mapping."""
    keys: tuple[Node, ...] = ()

    @property
    def is_flow(self) -> bool:
        """Whether the node is in brackets."""
        return self.style == "flow"

    def list_scalars(self) -> Iterator[Node]:
        """Yield every scalar key and value, in the order of the file."""
        if self.kind == "scalar":
            yield self
        for number, item in enumerate(self.items):
            if self.keys:
                yield self.keys[number]
            yield from item.list_scalars()


def parse_nodes(text: str) -> Node | None:
    """Return the tree of a text that `parse_yaml` reads without errors; None if it has no value."""
    events = list_events(text)
    for event in events:
        if isinstance(event, yaml.NodeEvent):
            return _read(event, events)
    return None


def _read(event: Any, events: Iterator[Any]) -> Node:  # noqa: ANN401 (an event of either parser)
    start, end = _span(event)
    if isinstance(event, yaml.ScalarEvent):
        style = event.style if event.style in {"'", '"', "|", ">"} else ""
        return Node(kind="scalar", start=start, end=end, style=style, value=event.value)
    is_mapping = isinstance(event, yaml.MappingStartEvent)
    parts: list[Node] = []
    for inner in events:
        if isinstance(inner, yaml.CollectionEndEvent):
            end = _span(inner)[1] if event.flow_style or not parts else parts[-1].end
            break
        parts.append(_read(inner, events))
    return Node(
        kind="mapping" if is_mapping else "list",
        start=start,
        end=end,
        style="flow" if event.flow_style else "",
        keys=tuple(parts[::2]) if is_mapping else (),
        items=tuple(parts[1::2]) if is_mapping else tuple(parts),
    )


def _span(event: Any) -> tuple[int, int]:  # noqa: ANN401 (an event of either parser)
    return int(event.start_mark.index), int(event.end_mark.index)
