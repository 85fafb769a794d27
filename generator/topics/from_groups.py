"""Topics from the groups in a list: its sections, keywords, tags, tracks or a column of a table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from generator.model import Paper, Pin, Taxonomy, Topic
from generator.problems import Place
from generator.records.groups import PATH, find_group, find_groups
from generator.records.ids import RESERVED, build_slug, is_id
from generator.storage.strict_yaml import parse_yaml, render_yaml
from generator.storage.text_file import load_exact, make_plain
from generator.storage.yaml_edit import edit_yaml
from generator.topics.taxonomy import FILE

_SECTIONS = "sections"
_PATHS = frozenset({_SECTIONS, "collections"})
"""Groups whose values may be nested."""
_FEWEST: Mapping[str, int] = {"keywords": 3, "tags": 3, "subjects": 3}
"""The number of papers that a value needs to become a topic, for groups whose values were chosen by authors."""
_UNNAMED = "topic"
_NUMBER = re.compile(r"^\W*(?:\d+(?:\.\d+)*[.):]?|[IVX]+[.)]|[A-Za-z][.)])\s+(?=\S)")
"""The number before a heading: `2.1`, `3)`, `IV.`."""


def build_topic_id(name: str) -> str:
    """Return a topic id for a heading, without the heading's number, which changes if a section is inserted before it.

    >>> build_topic_id("2.1 Night Owls"), build_topic_id("3D owls")
    ('night-owls', '3d-owls')
    """
    return build_slug(_NUMBER.sub("", name)) or build_slug(name)


class Grouping(Struct, frozen=True, kw_only=True):
    """The group whose values become topics, and the user's decisions about single values."""

    name: str
    """`sections`, `keywords` and so on, or the name of an `extra` field."""
    never: frozenset[str] = frozenset()
    """Values or levels of paths that do not become topics, in lower case."""
    always: frozenset[str] = frozenset()
    """Values or levels that always become topics, in lower case."""


class TopicPlan(Struct, frozen=True, kw_only=True):
    """The new topics from a grouping."""

    name: str
    """The group: `sections`, `keywords` and so on."""
    topics: tuple[Topic, ...]
    """The new topics, each after its parent."""
    by_value: Mapping[str, str]
    """The topic of each value that has one."""
    left_out: Mapping[str, str]
    """Values or levels of paths that do not become topics, each with the reason."""


class _Node:
    """A level of a path, with the levels below it and the papers in it."""

    def __init__(self) -> None:
        self.below: dict[str, _Node] = {}
        self.values: list[str] = []


def build_group_topics(
    grouping: Grouping,
    papers: Iterable[Paper],
    taxonomy: Taxonomy,
    texts: Mapping[str, str],
    find_reason: Callable[[str], str],
) -> TopicPlan:
    """Return the topics from the groups of papers, in order of appearance.

    Args:
        grouping: which groups, and which values to leave out.
        papers: in the order of their list.
        taxonomy: the topics that exist; a value that is the name, the id or an alias of one is that topic.
        texts: descriptions of topics, by value.
        find_reason: returns the reason why a level of a path is not a topic, or an empty text.
    """
    counts = Counter(value for paper in papers for value in find_groups(paper, grouping.name))
    left_out: dict[str, str] = {}
    root = _Node()
    name = find_group(grouping.name) or grouping.name
    why = find_reason if name == _SECTIONS else _find_none
    for value, levels in _list_paths(
        counts, grouping, is_path=name in _PATHS, left_out=left_out, find_reason=why
    ):
        node = root
        for level in levels:
            node = node.below.setdefault(level, _Node())
        if node is not root:
            node.values.append(value)
    builder = _Builder(taxonomy, {PATH.join(v.split(PATH)): text for v, text in texts.items()})
    builder.match(root, "")
    builder.build(root, "")
    return TopicPlan(
        name=grouping.name, topics=tuple(builder.new.values()), by_value=builder.by_value, left_out=left_out
    )


def _find_none(_level: str) -> str:
    """Return no reason: every level named by the user is a topic."""
    return ""


def _list_paths(
    counts: Mapping[str, int],
    grouping: Grouping,
    *,
    is_path: bool,
    left_out: dict[str, str],
    find_reason: Callable[[str], str],
) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield each value with its levels that become topics."""
    paths = {value: value.split(PATH) if is_path else [value] for value in counts}
    whole = _find_whole(paths.values()) if is_path else ""
    fewest = _FEWEST.get(find_group(grouping.name), 1)

    def reason(level: str) -> str:
        if level.casefold() in grouping.always:
            return ""
        if level.casefold() in grouping.never:
            return "left out by --no-topic"
        if level == whole:
            return "it contains all papers"
        if not build_topic_id(level):
            return "it has no letters"
        return find_reason(level) if is_path else ""

    few = 0
    for value, levels in paths.items():
        if counts[value] < fewest and value.casefold() not in grouping.always:
            few += 1
            continue
        why = {level: reason(level) for level in levels}
        left_out |= {level: said for level, said in why.items() if said}
        yield value, [level for level in levels if not why[level]]
    if few:
        left_out[f"{few:,} values"] = f"they have fewer than {fewest} papers"


def _find_whole(paths: Iterable[Sequence[str]]) -> str:
    """Return the heading above all others, or an empty text."""
    firsts = {path[0] for path in paths}
    deeper = any(len(path) > 1 for path in paths)
    return firsts.pop() if len(firsts) == 1 and deeper else ""


class _Builder:
    """Finds the topic of each level, or makes a new one."""

    def __init__(self, taxonomy: Taxonomy, texts: Mapping[str, str]) -> None:
        self.taxonomy = taxonomy
        self.texts = texts
        self.new: dict[str, Topic] = {}
        self.by_value: dict[str, str] = {}
        self._exact: dict[int, str] = {}
        self._taken = {key for topic in taxonomy.topics.values() for key in (topic.id, *topic.aliases)}
        self._by_alias = {
            key: topic.id for topic in taxonomy.topics.values() for key in (topic.id, *topic.aliases)
        }

    def match(self, node: _Node, parent: str) -> None:
        """Find the levels that exist with the same name below the same parent."""
        names = {build_topic_id(topic.name): topic.id for topic in reversed(self.taxonomy.children(parent))}
        for label, below in node.below.items():
            if found := names.get(build_topic_id(label)):
                self._exact[id(below)] = found
                self.match(below, found)

    def build(self, node: _Node, parent: str) -> None:
        """Assign a topic to each level, from the top down."""
        for label, below in node.below.items():
            topic = (
                self._exact.get(id(below))
                or self._find_moved(label, parent)
                or self._make(label, parent, below)
            )
            self.by_value |= dict.fromkeys(below.values, topic)
            self.build(below, topic)

    def _find_moved(self, label: str, parent: str) -> str:
        """Return the topic that a curator made from this level and then renamed or moved."""
        slug = build_topic_id(label)
        exact = set(self._exact.values())
        for key in (f"{parent}-{slug}", slug):
            found = self._by_alias.get(key, "")
            if found and found not in exact:
                return found
        for topic in (*self.new.values(),):  # two spellings of one heading
            if topic.parent == parent and build_topic_id(topic.name) == slug:
                return topic.id
        return ""

    def _make(self, label: str, parent: str, node: _Node) -> str:
        slug = build_topic_id(label)
        wishes = (slug, f"{parent}-{slug}" if parent else f"{_UNNAMED}-{slug}")
        free = (key for key in wishes if is_id(key) and key not in RESERVED and key not in self._taken)
        key = next(free, "") or next(
            k for n in range(2, 10_000) if (k := f"{slug[:70]}-{n}") not in self._taken and is_id(k)
        )
        self._taken.add(key)
        text = next((self.texts[value] for value in node.values if self.texts.get(value)), "")
        self.new[key] = Topic(id=key, name=label, description=text, parent=parent, place=Place(file=FILE))
        return key


def pin_topics(before: Paper | None, paper: Paper, plan: TopicPlan) -> Paper:
    """Return the paper with the topics of its groups.

    A record with topics gets only new topics and those of groups that it did not have before, so that topics removed by
    curators stay removed.
    """
    known = set(find_groups(before, plan.name)) if before and before.topics else set()
    new = {topic.id for topic in plan.topics}
    wanted = dict.fromkeys(
        topic
        for value in find_groups(paper, plan.name)
        if (topic := plan.by_value.get(value)) and (value not in known or topic in new)
    )
    pinned = {pin.id for pin in paper.topics} | set(paper.not_topics)
    more = tuple(Pin(id=topic) for topic in wanted if topic not in pinned)
    return replace(paper, topics=(*paper.topics, *more)) if more else paper


def render_new_topics(content: Path, topics: Sequence[Topic]) -> dict[str, str | None]:
    """Return `{file name: new text}` for topics.yml, or an empty dict if there are no new topics."""
    path = content / FILE
    return {FILE: add_topics(load_exact(path) if path.exists() else "", topics)} if topics else {}


def add_topics(text: str, topics: Sequence[Topic]) -> str:
    """Return the text of `topics.yml` with more topics at its end; the existing text stays unchanged."""
    records = [
        {"id": topic.id, "name": topic.name}
        | ({"description": topic.description} if topic.description else {})
        | ({"parent": topic.parent} if topic.parent else {})
        for topic in topics
    ]
    if not records:
        return text
    value, _, _ = parse_yaml(make_plain(text), file=FILE) if text.strip() else (None, {}, ())
    if value:
        return edit_yaml(text, [*value, *records])
    return f"{text.rstrip()}\n{render_yaml(records)}".lstrip("\n")
