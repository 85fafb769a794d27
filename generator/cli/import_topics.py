"""The part of an import's report about new topics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from generator.importing import Import
from generator.model import Taxonomy
from generator.problems import amount
from generator.records.groups import PATH, find_group, find_groups
from generator.topics.from_groups import TopicPlan

_SHOWN = 12


class _Tree(Struct, frozen=True):
    """The topics after an import: which ones its papers use, which are new, and the number of its papers under each."""

    topics: Taxonomy
    used: frozenset[str]
    new: frozenset[str]
    papers: Counter[str]

    def render(self, parent: str = "", depth: int = 0) -> Iterator[str]:
        """Yield a line for each topic that the import uses and for its ancestors."""
        for topic in self.topics.children(parent):
            below = list(self.render(topic.id, depth + 1))
            if topic.id in self.used or below:
                known = "" if topic.id in self.new else "  (known)"
                yield f"{self.papers[topic.id]:7,}  {'  ' * depth}{topic.name}{known}"
                yield from below


def render_topics(plan: Import, taxonomy: Taxonomy) -> Iterator[str]:
    """Yield the lines of the report: the tree of topics with numbers of papers, then the groups that became no topic and why."""
    for made in plan.topics:
        new = {topic.id: topic for topic in made.topics}
        taxonomy = Taxonomy(topics={**taxonomy.topics, **new})
        used = frozenset(made.by_value.values())
        keys = {*plan.report.added, *(merge.into for merge in plan.report.merges)}
        found = [_list_topics(made, find_groups(plan.papers[key], made.name)) for key in keys]
        papers = Counter(topic for topics in found for topic in topics)
        without = sum(1 for topics in found if not topics)
        name = find_group(made.name) or made.name
        yield f"Topics from {name}: {len(new)} new, {len(used - new.keys())} known; {amount(without, 'paper has', 'papers have')} none of them"
        yield from _Tree(taxonomy, used, frozenset(new), papers).render()
        yield from _cut([f"  no topic: {what} ({why})" for what, why in made.left_out.items()])
        if name == "sections":
            yield from _cut([f"  no topic: {where} (it contains no paper)" for where in _list_empty(plan)])


def _list_topics(topics: TopicPlan, values: tuple[str, ...]) -> set[str]:
    return {topics.by_value[value] for value in values if value in topics.by_value}


def _cut(lines: list[str]) -> list[str]:
    more = len(lines) - _SHOWN
    return [*lines[:_SHOWN], f"  no topic: {more} more"] if more > 1 else lines


def _list_empty(plan: Import) -> list[str]:
    """Return the headings without papers below them, each with file and line."""
    held = set[str]()
    for draft in plan.batch.drafts:
        for value in find_groups(draft.paper, "sections"):
            levels = value.split(PATH)
            held.update(PATH.join(levels[:end]) for end in range(1, len(levels) + 1))
    return [f"{h.path.split(PATH)[-1]}, {h.file}:{h.line}" for h in plan.batch.headings if h.path not in held]
