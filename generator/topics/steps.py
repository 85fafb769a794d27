"""Reading paths of `topics.yml` with other papers in them: the text is edited, so comments and form stay as they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import yaml

from generator.formats.strict_yaml import parse_yaml
from generator.topics.taxonomy import FILE

_START = "start_here"


class StepError(Exception):
    """A reading path is written in a way that cannot be edited; the message says where."""


def edit_steps(text: str, ids: Mapping[str, str]) -> str:
    """Return the text with other ids in its reading paths; an empty one takes its step out, and so does one that is there already.

    Raises:
        StepError: when a step cannot be edited, and a person has to.
    """
    if not any(key in text for key in ids):
        return text
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    cuts: list[tuple[int, int, str]] = []
    for path in _list_paths(root):
        known = [_find_id(step).value for step in path.value]
        kept = len(known)
        for number, step in enumerate(path.value):
            node = _find_id(step)
            if node.value not in ids:
                continue
            new = ids[node.value]
            if new and new not in known:
                cuts.append((node.start_mark.index, node.end_mark.index, new))
                known.append(new)
            else:
                kept -= 1
                if kept == 0:
                    raise StepError(_advise(node, "it would leave a reading path without a step"))
                cuts.append((*_find_whole(text, path, number), ""))
    for start, end, new in sorted(cuts, reverse=True):
        text = f"{text[:start]}{new}{text[end:]}"
    _check(text, ids, cuts)
    return text


def _list_paths(root: yaml.Node | None) -> Iterator[yaml.SequenceNode]:
    for topic in root.value if isinstance(root, yaml.SequenceNode) else ():
        for key, value in topic.value if isinstance(topic, yaml.MappingNode) else ():
            if key.value == _START and isinstance(value, yaml.SequenceNode):
                yield value


def _find_id(step: yaml.Node) -> yaml.ScalarNode:
    """Return the part of a step that is the paper's id."""
    if isinstance(step, yaml.MappingNode):
        step = next((value for key, value in step.value if key.value == "paper"), step)
    if not isinstance(step, yaml.ScalarNode):
        raise StepError(_advise(step, "this step is not understood"))
    return step


def _find_whole(text: str, path: yaml.SequenceNode, number: int) -> tuple[int, int]:
    """Return where a step begins and ends: its lines in a list of lines, itself and a comma between brackets."""
    steps = path.value
    start, end = steps[number].start_mark.index, _find_end(steps[number])
    if path.flow_style:
        if number + 1 < len(steps):
            return start, steps[number + 1].start_mark.index
        return _find_end(steps[number - 1]), end
    return text.rindex("\n", 0, start) + 1, text.find("\n", end) + 1 or len(text)


def _find_end(node: yaml.Node) -> int:
    """Return where a node ends; marks of lists and mappings in lines lie behind what follows them."""
    if isinstance(node, yaml.MappingNode) and not node.flow_style:
        return max(_find_end(part) for pair in node.value for part in pair)
    return int(node.end_mark.index)


def _check(text: str, ids: Mapping[str, str], cuts: list[tuple[int, int, str]]) -> None:
    """Stop when the text is not as it should be now."""
    value, _, faults = parse_yaml(text, file=FILE)
    steps = [
        step if isinstance(step, str) else step.get("paper")
        for topic in (value or ())
        for step in topic.get(_START, ())
    ]
    if cuts and (faults or not set(steps).isdisjoint(ids)):
        raise StepError(
            f"{FILE}: the reading paths are written in a way that cannot be edited; write {ids} by hand"
        )


def _advise(node: yaml.Node, why: str) -> str:
    return f"{FILE}:{node.start_mark.line + 1}: {why}; edit {_START} by hand"
