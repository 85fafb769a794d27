"""A draft of `topics.yml` for a person to edit: suggested topics with rules and numbers of papers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from generator.model import Paper, Placement, Rule, Taxonomy, Topic
from generator.problems import amount
from generator.storage.strict_yaml import render_yaml
from generator.topics.classify import build_classifier
from generator.topics.suggest import suggest_topics

_LISTED = 200
"""The maximum number of papers without a topic that a draft lists."""


def render_draft(
    papers: Mapping[str, Paper], taxonomy: Taxonomy, placements: Mapping[str, Sequence[Placement]]
) -> str:
    """Return the text of a `topics.yml` with new topics for the papers without a topic.

    It contains only comments if these papers share too few phrases.

    Args:
        papers: all papers of the shelf, by id.
        taxonomy: the existing topics; the draft does not repeat them or use their ids.
        placements: the topics that papers have, by id.
    """
    without = {key: paper for key, paper in papers.items() if not placements.get(key)}
    topics = suggest_topics(list(without.values()), taxonomy)
    new = build_classifier(Taxonomy(topics={topic.id: topic for topic in topics}))
    found = new.classify(papers)
    counts = Counter(place.topic for places in found.values() for place in places)
    left = [paper for key, paper in without.items() if not found[key]]
    parts = [
        _join(_say_head(len(papers), len(without), len(left), topics)),
        *(f"# {amount(counts[topic.id], 'paper')}\n{render_yaml([_to_record(topic)])}" for topic in topics),
        _join(_say_rest(left)),
    ]
    return "\n".join(filter(None, parts))


def _say_head(papers: int, without: int, left: int, topics: Sequence[Topic]) -> Iterator[str]:
    """Yield the introduction: what the draft contains and how to use it."""
    if without < papers:
        yield f"{papers - without:,} of {amount(papers, 'paper')} are under a topic of topics.yml. This draft is for the other {without:,}."
    if not without:
        yield "No topics are suggested because every paper is under a topic."
    elif not topics:
        yield "No topics can be suggested because too few papers share a phrase."
        return
    upper = sum(not topic.parent for topic in topics)
    yield f"A draft of topics.yml: {amount(upper, 'topic')} and {len(topics) - upper} below them, for {without - left:,} of {amount(without, 'paper')}."
    yield "Delete unsuitable topics, improve the names, and describe the topics that you keep."


def _say_rest(papers: Sequence[Paper]) -> Iterator[str]:
    """Yield the papers that have no topic in the draft either."""
    if papers:
        yield f"Without a topic: {amount(len(papers), 'paper')}"
        yield from (f"  {paper.id}" for paper in papers[:_LISTED])
        if len(papers) > _LISTED:
            yield f"  and {len(papers) - _LISTED:,} more"


def _join(lines: Iterator[str]) -> str:
    """Return the lines as comments."""
    return "".join(f"# {line}\n" for line in lines)


def _to_record(topic: Topic) -> dict[str, object]:
    """Return a topic in the form of the file."""
    parent = {"parent": topic.parent} if topic.parent else {}
    rules = [written for rule in topic.rules for written in _list_rules(rule)]
    return {"id": topic.id, "name": topic.name, **parent, "rules": rules}


def _list_rules(rule: Rule) -> Sequence[object]:
    """Return a rule in the form of the file; phrases for all fields become separate rules.

    >>> _list_rules(Rule(any=("owls", "night birds")))
    ['owls', 'night birds']
    """
    way = {"in": rule.fields[0]} if len(rule.fields) == 1 else {}
    times = {"times": rule.times} if rule.times > 1 else {}
    return [{"any": list(rule.any), **way, **times}] if way or times else list(rule.any)
