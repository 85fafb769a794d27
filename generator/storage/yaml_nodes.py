"""A YAML text as a tree of nodes with their positions, so that parts can be replaced."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import yaml
from msgspec import Struct

from generator.storage.strict_yaml import list_events


class Node(Struct, frozen=True, kw_only=True):
    """A scalar, list or mapping, and the characters of the text that it takes up: `text[start:end]`.

    A block list or mapping ends with its last part; a block scalar, with its last line break, where it has one.
    """

    kind: Literal["scalar", "list", "mapping"]
    start: int
    end: int
    style: str = ""
    """Of a scalar: `'`, `"`, `|`, `>` or nothing; of a list or mapping: `flow` or nothing."""
    value: str = ""
    items: tuple[Node, ...] = ()
    """The items of a list, and the values of a mapping."""
    keys: tuple[Node, ...] = ()

    @property
    def is_flow(self) -> bool:
        """Whether it is between brackets."""
        return self.style == "flow"

    def list_scalars(self) -> Iterator[Node]:
        """Yield every key and value that is a text, in the order of the file."""
        if self.kind == "scalar":
            yield self
        for number, item in enumerate(self.items):
            if self.keys:
                yield self.keys[number]
            yield from item.list_scalars()


def parse_nodes(text: str) -> Node | None:
    """Return the tree of a text that `parse_yaml` reads without an error; None where it holds no value."""
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
