"""Edits `names.yml` when the id of a record changes; comments and formatting are kept."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from generator.model import Shelf
from generator.names.load import FILE
from generator.storage.strict_yaml import parse_yaml
from generator.storage.text_file import load_exact, make_plain
from generator.storage.yaml_edit import FormError, edit_yaml
from generator.topics.steps import StepError


def edit_names(content: Path, shelf: Shelf, ids: Mapping[str, str]) -> Mapping[str, str]:
    """Return the new text of `names.yml` by its name, if it changes. An empty id is that of a record that is no more.

    Raises:
        StepError: when an entry has to be edited by hand first.
    """
    if all(ids.keys().isdisjoint((*entry.papers, entry.paper)) for entry in shelf.names):
        return {}
    for entry in shelf.names:
        if entry.papers and not any(ids.get(key, key) for key in entry.papers):
            message = (
                f"{entry.place}: the edit would leave {entry.name!r} without papers; edit it by hand first"
            )
            raise StepError(message)
    text = load_exact(content / FILE)
    entries, _, _ = parse_yaml(make_plain(text), file=FILE)
    try:
        return {FILE: edit_yaml(text, [_edit_entry(entry, ids) for entry in entries])}
    except FormError as fault:
        raise StepError(f"{FILE}: {fault}: replace the ids {dict(ids)} by hand") from fault


def _edit_entry(entry: Mapping[str, Any], ids: Mapping[str, str]) -> Mapping[str, Any]:
    edited = dict(entry)
    if entry.get("papers"):
        papers = filter(None, (ids.get(key, key) for key in entry["papers"]))
        edited["papers"] = list(dict.fromkeys(papers))
    if not ids.get(entry.get("paper", ""), "-"):
        del edited["paper"]
    elif entry.get("paper") in ids:
        edited["paper"] = ids[entry["paper"]]
    return edited
