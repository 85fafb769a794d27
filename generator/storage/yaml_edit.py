"""Changes values in a YAML text and keeps all other characters.

Round-trip writers keep comments, but rewrite the whole text with their own indentation, spaces and line endings. Here,
only the characters of changed values are replaced, at the positions that the parser reports, and the result is parsed
again. If it does not give the intended value or lacks a comment, nothing is changed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

from generator.storage.strict_yaml import parse_yaml
from generator.storage.yaml_cuts import Cuts, FormError, find_comments
from generator.storage.yaml_nodes import Node, parse_nodes

_NAMING = ("id", "paper", "name", "date", "entry", "field", "value", "source")
"""The keys that identify a mapping in a list; a text in a list is equivalent to a mapping with one of them."""


def edit_yaml(text: str, wanted: Any) -> str:  # noqa: ANN401 (any plain value)
    r"""Return the text changed to have the value `wanted`; new keys are inserted in its order.

    Unchanged parts, comments, blank lines and line endings keep their characters. `parse_yaml` must be able to read the
    text without errors.

    Example: `edit_yaml("a: 1  # one\n", {"a": "1", "b": ["2"]})` is `"a: 1  # one\nb:\n- '2'\n"`.

    Raises:
        FormError: if the text cannot be edited.
    """
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    body = text[len(mark) :]
    root = parse_nodes(body)
    if root is None:
        raise FormError("the file is empty")
    cuts = Cuts(body, root)
    if root.keys and wanted == {}:
        cuts.delete(root, range(len(root.items)))
    else:
        _change(cuts, root, wanted)
    edited = cuts.apply()
    value, _, faults = parse_yaml(edited, file="")
    if faults or _flatten(value) != _flatten(wanted) or _count_comments(body) - _count_comments(edited):
        raise FormError("it cannot be edited without losing a comment or a value")
    return mark + edited


def _count_comments(text: str) -> Counter[str]:
    return Counter(text[start:end].rstrip() for start, end in find_comments(text, parse_nodes(text)))


def _flatten(value: Any) -> Any:  # noqa: ANN401 (any plain value)
    """Return a value in the form of the strict YAML reader: numbers as texts, empty values as None, no final line break."""
    if isinstance(value, Mapping):
        return {key: _flatten(inner) for key, inner in value.items()} or None
    if isinstance(value, list | tuple):
        return [_flatten(inner) for inner in value] or None
    if value is None:
        return None
    said = str(value).lower() if isinstance(value, bool) else str(value)
    return said.rstrip("\n") or None


def _read(node: Node) -> Any:  # noqa: ANN401 (any plain value)
    if node.kind == "mapping":
        return {key.value: _read(item) for key, item in zip(node.keys, node.items, strict=True)}
    return [_read(item) for item in node.items] if node.kind == "list" else node.value


def _change(cuts: Cuts, node: Node, wanted: Any) -> None:  # noqa: ANN401 (any plain value)
    """Add the replacements that change the value of a node."""
    if _flatten(_read(node)) == _flatten(wanted):
        return
    if node.kind == "mapping" and node.items and isinstance(wanted, Mapping) and wanted:
        _change_mapping(cuts, node, wanted)
    elif node.kind == "list" and node.items and isinstance(wanted, list | tuple) and wanted:
        _change_list(cuts, node, list(wanted))
    else:
        cuts.replace(node, wanted)


def _change_mapping(cuts: Cuts, node: Node, wanted: Mapping[str, Any]) -> None:
    known = {key.value: number for number, key in enumerate(node.keys)}
    gone = [number for name, number in known.items() if name not in wanted]
    for name, number in known.items():
        if name in wanted and _can_become(node.items[number], wanted[name]):
            _change(cuts, node.items[number], wanted[name])
        elif name in wanted:
            cuts.insert(node, number, {name: wanted[name]})
            cuts.delete(node, [number])
    cuts.delete(node, gone)
    before = -1
    for name, value in wanted.items():
        if name in known:
            before = known[name]
        else:
            cuts.insert(node, before, {name: value})


def _change_list(cuts: Cuts, node: Node, wanted: list[Any]) -> None:
    values = [_read(item) for item in node.items]
    one, two = ([_know(value) for value in each] for each in (values, wanted))
    gone: list[int] = []
    for _, i, end_i, j, end_j in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        for old, new in zip_longest(range(i, end_i), range(j, end_j)):
            if new is None:
                gone.append(old)
            elif old is None:
                cuts.insert(node, end_i - 1, wanted[new])
            elif _can_become(node.items[old], wanted[new]) and (
                end_i - i == end_j - j or _is_alike(values[old], wanted[new])
            ):
                _change(cuts, node.items[old], wanted[new])
            elif node.is_flow:
                cuts.replace(node.items[old], wanted[new])
            else:
                gone.append(old)
                cuts.insert(node, old, wanted[new])
    cuts.delete(node, gone)


def _know(value: Any) -> str:  # noqa: ANN401 (any plain value)
    """Return the key that identifies an item of a list."""
    if isinstance(value, Mapping):
        return "\n".join(str(value[key]) for key in _NAMING if value.get(key))
    return str(value)


def _can_become(node: Node, wanted: Any) -> bool:  # noqa: ANN401 (any plain value)
    """Return whether a node can be changed to a value in place; lists and mappings in block style must keep their type."""
    if node.is_flow or node.kind == "scalar":
        return True
    return bool(wanted) and isinstance(wanted, Mapping if node.kind == "mapping" else list | tuple)


def _is_alike(old: Any, new: Any) -> bool:  # noqa: ANN401 (any plain values)
    """Return whether a list item may be a changed version of another: both are texts, or they share a value."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        return any(_flatten(new.get(key)) == _flatten(value) for key, value in old.items())
    return not isinstance(old, Mapping | list)


__all__ = ["FormError", "edit_yaml"]
