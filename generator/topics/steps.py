"""Edits the lists `start_here` in `topics.yml`; comments and formatting are kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.storage.strict_yaml import parse_yaml
from generator.storage.text_file import make_plain
from generator.storage.yaml_edit import FormError, edit_yaml
from generator.topics.taxonomy import FILE

_START = "start_here"


class StepError(Exception):
    """Raised when a text of curators cannot be edited automatically; the message says where."""


def edit_steps(text: str, ids: Mapping[str, str]) -> str:
    """Return the text with replaced ids in its lists `start_here`. An empty id, or one that is already in the list, removes the step.

    Raises:
        StepError: if a step cannot be edited automatically.
    """
    if not any(key in text for key in ids):
        return text
    topics, lines, _ = parse_yaml(make_plain(text), file=FILE)
    wanted = []
    for number, topic in enumerate(topics or ()):
        steps = topic.get(_START) or []
        left = _replace_ids(steps, ids)
        if steps and not left:
            at = lines[number, _START]
            raise StepError(f"{FILE}:{at}: the edit would leave {_START} without steps: edit it by hand")
        wanted.append({**topic, _START: left} if steps else topic)
    try:
        return edit_yaml(text, wanted) if wanted else text
    except FormError as fault:
        raise StepError(f"{FILE}: {fault}: replace the ids {dict(ids)} by hand") from fault


def _replace_ids(steps: list[Any], ids: Mapping[str, str]) -> list[Any]:
    known = {_find_id(step) for step in steps}
    left = []
    for step in steps:
        key = _find_id(step)
        new = ids.get(key, key)
        if new == key:
            left.append(step)
        elif new and new not in known:
            known.add(new)
            left.append({**step, "paper": new} if isinstance(step, dict) else new)
    return left


def _find_id(step: Any) -> str:  # noqa: ANN401 (an id, or a mapping with one)
    """Return the id of a step's paper."""
    return str(step.get("paper", "") if isinstance(step, dict) else step)
