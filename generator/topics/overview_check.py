"""Checks overviews and digests: link targets exist, and each number in a sentence occurs in a paper that the sentence links to."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from functools import cache
from itertools import accumulate

from msgspec import Struct

from generator.editorial import Overview, Passage, Span
from generator.model import Paper, Shelf, Taxonomy
from generator.problems import Place, Problem, error, note, warning
from generator.text.markup_text import split_sentences
from generator.topics.taxonomy import name_topics

_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_FiguresOf = Callable[[str], frozenset[str]]


class Sentence(Struct, frozen=True, kw_only=True):
    """A sentence of an overview, and the papers that it links to."""

    text: str
    papers: tuple[str, ...]
    lines: tuple[tuple[int, int], ...]
    """Where in the text the words of each line begin, and the number of the line."""

    def find_line(self, at: int) -> int:
        """Return the line of the character at a place in the text."""
        return max((begin, line) for begin, line in self.lines if begin <= at)[1]


def list_figures(text: str) -> Iterator[tuple[str, int]]:
    """Yield the numbers of a text in figures, without the commas of their thousands, and where each stands.

    >>> [figure for figure, _ in list_figures("1,200 owls of GPT-4V eat 3.5 mice, two of them at 9.")]
    ['1200', '4', '3.5', '9']
    """
    return ((match[0].replace(",", ""), match.start()) for match in _FIGURE.finditer(text))


def find_paper_figures(paper: Paper) -> frozenset[str]:
    """Return the numbers in the title, summary and abstract of a paper, as `list_figures` writes them.

    >>> sorted(find_paper_figures(Paper(title="Owls of 24 Nests", summary="They catch 1,200 mice.")))
    ['1200', '24']
    """
    texts = (paper.title_text, paper.summary_text, paper.abstract_text)
    return frozenset(figure for text in texts for figure, _ in list_figures(text.plain))


def list_sentences(passage: Passage) -> Iterator[Sentence]:
    """Yield the sentences of a passage; a link belongs to the sentence in which it begins."""
    text = "".join(span.text for span in passage.spans)
    begins = list(accumulate((len(span.text) for span in passage.spans[:-1]), initial=0))
    for first, end in split_sentences(text):
        start = end - len(text[first:end].lstrip())
        those = range(max(0, bisect_right(begins, start) - 1), bisect_left(begins, end))
        inside = [(begins[number], passage.spans[number]) for number in those]
        yield Sentence(
            text=text[start:end].rstrip(),
            papers=tuple(dict.fromkeys(s.paper for begin, s in inside if s.paper and begin >= first)),
            lines=tuple((max(0, begin - start), span.line) for begin, span in inside),
        )


def check_overviews(shelf: Shelf, taxonomy: Taxonomy) -> Iterator[Problem]:
    """Yield what overviews and digests name and is not there, and the figures that no paper linked in their sentence has."""
    for topic, overview in shelf.overviews.items():
        if topic not in taxonomy.topics:
            yield _report_topic(taxonomy, topic, overview.place, "overviews are named after a topic")
    for span, at in (link for text in list_texts(shelf) for link in _list_links(text)):
        if span.topic and span.topic not in taxonomy.topics:
            yield _report_topic(taxonomy, span.topic, at, "this links to a topic")
    yield from check_linked_papers(shelf)


def list_texts(shelf: Shelf) -> tuple[Overview, ...]:
    """Return the overviews and digests of a shelf."""
    return (*shelf.overviews.values(), *shelf.digests.values())


def check_linked_papers(shelf: Shelf) -> Iterator[Problem]:
    """Yield the papers that overviews and digests link to and are not there, and the figures that no paper linked in their sentence has."""
    former = {alias: key for key, paper in shelf.papers.items() for alias in paper.aliases}

    @cache
    def figures_of(key: str) -> frozenset[str]:
        return find_paper_figures(shelf.papers[key])

    for overview in list_texts(shelf):
        for span, at in _list_links(overview):
            if span.paper:
                yield from _check_paper(span, shelf.papers.get(span.paper), former, at)
        for passage in overview.passages:
            yield from _check_figures(passage, overview, shelf, figures_of)


def _list_links(overview: Overview) -> Iterator[tuple[Span, Place]]:
    """Yield the links of an overview, each with its place."""
    for span in (span for passage in overview.passages for span in passage.spans):
        if span.paper or span.topic:
            yield span, Place(file=overview.place.file, line=span.line)


def _report_topic(taxonomy: Taxonomy, topic: str, place: Place, said: str) -> Problem:
    former = {alias: known.id for known in taxonomy.topics.values() for alias in known.aliases}
    hint = f"its id is {former[topic]} now" if topic in former else name_topics(taxonomy.topics)
    return error("unknown-topic", f"{said}, and topics.yml does not define {topic!r}", place, hint)


def _check_paper(span: Span, paper: Paper | None, former: dict[str, str], place: Place) -> Iterator[Problem]:
    if paper is None:
        hint = f"its id is {former[span.paper]} now" if span.paper in former else "write the id of a record"
        message = f"this links to {span.paper!r}, which is not on the shelf"
        yield error("unknown-paper", message, place, hint)
    elif paper.status == "removed":
        hint = "write the sentence again without it"
        yield warning("unknown-paper", f"this links to {span.paper!r}, which was removed", place, hint)


def _check_figures(
    passage: Passage, overview: Overview, shelf: Shelf, figures_of: _FiguresOf
) -> Iterator[Problem]:
    for sentence in list_sentences(passage):
        papers = [key for key in sentence.papers if key in shelf.papers]
        if len(papers) < len(sentence.papers):
            continue  # what is not there has been reported, and may have the figures
        known = frozenset[str]().union(*map(figures_of, papers))
        for figure, at in list_figures(sentence.text):
            if figure not in known:
                place = Place(file=overview.place.file, line=sentence.find_line(at))
                where = f"in {', '.join(papers)}" if papers else "in a paper: its sentence links to none"
                message = f"“{figure}” does not stand {where}"
                hint = "correct it, link the paper whose title, summary or abstract has it, or leave it out"
                yield error("unfounded-figure", message, place, hint)


def note_unlinked(shelf: Shelf) -> Iterator[Problem]:
    """Yield a note for each paragraph or item of several sentences, after the first, that links to no paper."""
    for overview in list_texts(shelf):
        for passage in overview.passages[1:]:
            sentences = list(list_sentences(passage))
            if len(sentences) > 1 and not any(sentence.papers for sentence in sentences):
                place = Place(file=overview.place.file, line=sentences[0].find_line(0))
                message = f"no paper is linked in the passage that begins “{sentences[0].text}”"
                yield note("unlinked-passage", message, place, "link the papers that show what it states")
