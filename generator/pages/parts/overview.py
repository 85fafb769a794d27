"""The view of a topic's overview: its first paragraph, which is always visible, and the rest, which readers can open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from msgspec import Struct

from generator.editorial import Overview, Passage, Span
from generator.settings import Settings
from generator.text.markup_text import MarkupText
from generator.urls.routes import build_url_link, paper_path, topic_path


class Block(Struct, frozen=True, kw_only=True):
    """Paragraphs, or the items of one list; each is a sequence of runs of text."""

    is_list: bool
    passages: Sequence[Sequence[Mapping[str, object]]]


def build_overview(
    overview: Overview | None, here: str, settings: Settings
) -> Mapping[str, Sequence[Block]] | None:
    """Return the first passage of an overview as `lead` and the others as `rest`, with URLs from the URL of a page."""
    if overview is None:
        return None
    parts = {"lead": overview.passages[:1], "rest": overview.passages[1:]}
    return {name: _group(part, here, settings) for name, part in parts.items()}


def _group(passages: Iterable[Passage], here: str, settings: Settings) -> list[Block]:
    return [
        Block(is_list=is_list, passages=[_build_runs(passage, here, settings) for passage in group])
        for is_list, group in groupby(passages, key=lambda passage: passage.is_item)
    ]


def _build_runs(passage: Passage, here: str, settings: Settings) -> list[Mapping[str, object]]:
    """Return the links of a passage and the text between them; the template marks terms of the glossary outside of links."""
    runs: list[Mapping[str, object]] = []
    for (paper, topic), group in groupby(passage.spans, key=lambda span: (span.paper, span.topic)):
        target = paper_path(paper) if paper else topic_path(topic) if topic else ""
        link = build_url_link(here, target, pretty=settings.pretty_urls) if target else ""
        runs.append({"link": link, "parts": list(_build_parts(group))})
    return runs


def _build_parts(spans: Iterable[Span]) -> Iterator[Mapping[str, object]]:
    for (strong, emphasis), group in groupby(spans, key=lambda span: (span.strong, span.emphasis)):
        text = MarkupText("".join(span.text for span in group))
        yield {"text": text, "strong": strong, "emphasis": emphasis}
