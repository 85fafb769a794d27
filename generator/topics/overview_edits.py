"""Edits links in overviews and digests when the id of a record changes; all other characters stay unchanged."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from msgspec.structs import replace

from generator.editorial import Overview
from generator.model import Paper, Shelf
from generator.problems import Problem, errors_of
from generator.storage.text_file import load_exact, make_plain
from generator.topics.overview_check import check_linked_papers
from generator.topics.overviews import OF_INTAKES, OF_TOPICS, TextKind, parse_overview
from generator.topics.steps import StepError


def edit_overviews(
    content: Path, shelf: Shelf, ids: Mapping[str, str], papers: Mapping[str, Paper]
) -> tuple[Mapping[str, str], tuple[Problem, ...]]:
    """Return the overviews and digests that name other ids now by their files, and the warnings that the edit brings.

    `papers` are the records after the edit. An empty id is that of a record that is no more.

    Raises:
        StepError: when one of them has to be written again by hand first.
    """
    texts: dict[str, str] = {}
    overviews = _edit_texts(content, shelf.overviews, ids, OF_TOPICS, texts)
    digests = _edit_texts(content, shelf.digests, ids, OF_INTAKES, texts)
    before = {problem.message for problem in check_linked_papers(shelf)}
    after = check_linked_papers(replace(shelf, papers=papers, overviews=overviews, digests=digests))
    found = tuple(problem for problem in after if problem.message not in before)
    if errors := errors_of(found):
        raise StepError(f"{errors[0].place}: {errors[0].message}; edit this text by hand first")
    return texts, found


def _edit_texts(
    content: Path,
    overviews: Mapping[str, Overview],
    ids: Mapping[str, str],
    kind: TextKind,
    texts: dict[str, str],
) -> Mapping[str, Overview]:
    """Return the texts of a kind after the edit, and put the files that change into `texts`."""
    edited = dict(overviews)
    for key, overview in overviews.items():
        spans = (span for passage in reversed(overview.passages) for span in reversed(passage.spans))
        named = {span.paper: span.line for span in spans}
        file = overview.place.file
        for old, new in ids.items():
            if old not in named:
                continue
            if not new:
                raise StepError(f"{file}:{named[old]}: {kind.noun} links to {old}; edit it by hand first")
            texts[file] = _replace_links(texts.get(file) or load_exact(content / file), old, new)
            edited[key] = _parse(texts[file], file, kind)
    return edited


def _replace_links(text: str, old: str, new: str) -> str:
    return re.sub(rf"(?<=\.\./papers/){re.escape(old)}(?=\.md)", new, text)


def _parse(text: str, file: str, kind: TextKind) -> Overview:
    overview, _ = parse_overview(make_plain(text), file=file, kind=kind)
    if overview is None:
        raise StepError(f"{file}: cannot be edited; write its links by hand")
    return overview
