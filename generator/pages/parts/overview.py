"""The views of a digest, and of a topic's overview: its first paragraph, which is always visible, and the rest, which readers can open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby

from msgspec import Struct

from generator.editorial import Overview, Passage, Span
from generator.settings import Settings
from generator.text.markup_text import MarkupText
from generator.urls.routes import build_url_link, paper_path, topic_path


class Part(Struct, frozen=True, kw_only=True):
    """Text of one kind."""

    text: MarkupText
    strong: bool
    emphasis: bool


class Run(Struct, frozen=True, kw_only=True):
    """A link, or the text between two links (`link` is empty); templates mark terms of the glossary outside of links."""

    link: str
    parts: Sequence[Part]


class Block(Struct, frozen=True, kw_only=True):
    """Paragraphs, or the items of one list; each is a sequence of runs of text."""

    is_list: bool
    passages: Sequence[Sequence[Run]]


def build_overview(
    overview: Overview | None, here: str, settings: Settings
) -> Mapping[str, Sequence[Block]] | None:
    """Return the first passage of an overview as `lead` and the others as `rest`, with URLs from the URL of a page."""
    if overview is None:
        return None
    link = partial(build_url_link, here, pretty=settings.pretty_urls)
    parts = {"lead": overview.passages[:1], "rest": overview.passages[1:]}
    return {name: _group(part, link) for name, part in parts.items()}


def _group(passages: Iterable[Passage], link: Callable[[str], str]) -> list[Block]:
    return [
        Block(is_list=is_list, passages=[build_runs(passage, link) for passage in group])
        for is_list, group in groupby(passages, key=lambda passage: passage.is_item)
    ]


def build_runs(passage: Passage, link: Callable[[str], str]) -> list[Run]:
    """Return the links of a passage and the text between them; `link` returns the URL of the page of a paper or topic."""
    runs: list[Run] = []
    for (paper, topic), group in groupby(passage.spans, key=lambda span: (span.paper, span.topic)):
        target = paper_path(paper) if paper else topic_path(topic) if topic else ""
        runs.append(Run(link=link(target) if target else "", parts=list(_build_parts(group))))
    return runs


def _build_parts(spans: Iterable[Span]) -> Iterator[Part]:
    for (strong, emphasis), group in groupby(spans, key=lambda span: (span.strong, span.emphasis)):
        text = MarkupText("".join(span.text for span in group))
        yield Part(text=text, strong=strong, emphasis=emphasis)
