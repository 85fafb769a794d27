"""Reads `topics.yml` into a `Taxonomy` and reports all errors with their lines."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import fields, replace

from generator.editorial import Step
from generator.limits import RECORD_BYTES
from generator.model import Rule, Taxonomy, Topic
from generator.problems import Place, Problem, error
from generator.records.ids import RESERVED, is_id
from generator.records.parse import find_faults
from generator.storage.conflict_markers import load_merged
from generator.storage.strict_yaml import Lines, parse_yaml

FILE = "topics.yml"
_NAMED = 20
_RULE_FIELDS = {"any", "all", "none", "in", "times"}


class _TopicRecord(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A topic as written in the file."""

    id: str
    name: str
    description: str = ""
    parent: str = ""
    neighbours: list[str] = []
    aliases: list[str] = []
    start_here: list[str | dict[str, str]] = []
    rules: list[str | dict[str, Any]] = []


def load_taxonomy(content: Path) -> tuple[Taxonomy, tuple[Problem, ...]]:
    """Return the topics in `content/topics.yml` and every error in the file; a missing file gives an empty taxonomy."""
    path = content / FILE
    if not os.path.lexists(path):
        return Taxonomy(), ()
    text, faults = load_merged(path, name=FILE, inside=content, limit=RECORD_BYTES)
    if faults:
        return Taxonomy(), faults
    value, lines, faults = parse_yaml(text, file=FILE)
    problems = list(faults)
    if value is None or value == "":
        return Taxonomy(), tuple(problems)
    if not isinstance(value, list):
        hint = "start each topic with `- id: …`"
        return Taxonomy(), (
            error("bad-field", "the file must be a list of topics", Place(file=FILE, line=1), hint),
        )
    topics: dict[str, Topic] = {}
    for index, item in enumerate(value):
        topic = _parse_topic(item, index, lines, problems)
        if topic is None:
            continue
        if topic.id in topics:
            message = f"the topic {topic.id!r} appears twice"
            problems.append(error("duplicate-id", message, topic.place, "change one of the two ids"))
            continue
        topics[topic.id] = topic
    problems += _check_references(topics)
    return Taxonomy(topics=_join_neighbours(topics)), tuple(problems)


def _join_neighbours(topics: Mapping[str, Topic]) -> dict[str, Topic]:
    """Return the topics with symmetric neighbours: if one topic names another, each is the other's neighbour."""
    named = {key: dict.fromkeys(topic.neighbours) for key, topic in topics.items()}
    for key, topic in topics.items():
        for other in topic.neighbours:
            if other in named and other != key:
                named[other][key] = None
    return {
        key: replace(topic, neighbours=tuple(n for n in named[key] if n in topics))
        for key, topic in topics.items()
    }


def _parse_topic(item: object, index: int, lines: Lines, problems: list[Problem]) -> Topic | None:
    place = _find_place(lines, index)
    sound, faults = _sift(item, index, lines)
    record = msgspec.convert({"id": "", "name": "", **sound}, _TopicRecord, strict=False)
    if record.id and (hint := find_id_fault(record.id)):
        faults.append(error("bad-id", f"invalid topic id {record.id!r}", place, hint))
    problems += faults
    rules = []
    for number, rule in enumerate(record.rules):
        where = _find_place(lines, index, "rules", number)
        if parsed := _parse_rule(rule, record.id, where, problems):
            rules.append(parsed)
    steps = []
    for number, step in enumerate(record.start_here):
        paper, why = (step, "") if isinstance(step, str) else (step.get("paper", ""), step.get("why", ""))
        where = _find_place(lines, index, "start_here", number)
        if not paper:
            hint = "write `paper: id` and `why: …`"
            problems.append(error("missing-field", "the step has no `paper`", where, hint))
            continue
        steps.append(Step(paper=paper, why=why, place=where))
    if faults:
        return None
    return Topic(
        id=record.id,
        name=" ".join(record.name.split()),
        description=" ".join(record.description.split()),
        parent=record.parent,
        neighbours=tuple(record.neighbours),
        aliases=tuple(record.aliases),
        start_here=tuple(steps),
        rules=tuple(rules),
        place=place,
    )


def _sift(item: object, index: int, lines: Lines) -> tuple[dict[str, object], list[Problem]]:
    """Return the valid fields of a topic, and the problems of the others."""
    known = {field.name: field for field in fields(_TopicRecord)}
    hint = f"the fields of a topic are {', '.join(known)}"
    if not isinstance(item, dict):
        return {}, [
            error(
                "bad-field", f"topic {index + 1} must be a mapping of fields", _find_place(lines, index), hint
            )
        ]
    found = [
        error("missing-field", f"topic {index + 1} has no `{name}`", _find_place(lines, index), hint)
        for name, field in known.items()
        if field.required and item.get(name, "") == ""
    ]
    sound: dict[str, object] = {}
    for name, value in item.items():
        place = _find_place(lines, index, name)
        if name not in known:
            found.append(error("unknown-field", f"unknown topic field {name!r}", place, hint))
        elif faults := find_faults(name, value, known[name].type):
            found += [
                error("bad-field", f"topic {index + 1}, {name}: {what}", place, hint) for what in faults
            ]
        else:
            sound[name] = value
    return sound, found


def _find_place(lines: Lines, index: int, *path: str | int) -> Place:
    """Return the place of a part of a topic, or that of the topic if the part has none."""
    return Place(file=FILE, line=lines.get((index, *path), lines.get((index,), 0)))


def _parse_rule(
    rule: str | Mapping[str, Any], topic: str, place: Place, problems: list[Problem]
) -> Rule | None:
    if isinstance(rule, str):
        return Rule(any=(rule,))
    hint = "a rule is a phrase, or has any of: any, all, none (lists of phrases), in (title, summary, abstract, or a group such as section), times"
    try:
        if set(rule) - _RULE_FIELDS:
            raise msgspec.ValidationError(f"unknown part {min(set(rule) - _RULE_FIELDS)!r}")  # noqa: TRY301 (one message for both)
        values = {
            ("fields" if k == "in" else k): [v] if isinstance(v, str) and k != "times" else v
            for k, v in rule.items()
        }
        parsed = msgspec.convert(values, Rule, strict=False)
    except msgspec.ValidationError as fault:
        problems.append(error("bad-rule", f"topic {topic}: {fault}", place, hint))
        return None
    if not parsed.any and not parsed.all:
        problems.append(
            error("bad-rule", f"topic {topic}: a rule without `any` or `all` never matches", place, hint)
        )
        return None
    return parsed


def find_id_fault(topic: str) -> str:
    """Return a hint for an invalid id of a topic or reading path, or an empty text.

    >>> find_id_fault("owls"), find_id_fault("Owls")
    ('', 'use a-z, 0-9 and hyphens')
    """
    if not is_id(topic):
        return "use a-z, 0-9 and hyphens"
    return "this id is reserved: choose another one" if topic in RESERVED else ""


def _check_aliases(topics: Mapping[str, Topic]) -> Iterator[Problem]:
    owner = {key: key for key in topics}
    for topic in topics.values():
        for alias in topic.aliases:
            if hint := find_id_fault(alias):
                message = f"topic {topic.id}: the alias {alias!r} is not a valid topic id"
                yield error("bad-id", message, topic.place, hint)
            elif owner.setdefault(alias, topic.id) != topic.id:
                message = f"topic {topic.id}: the alias {alias!r} already belongs to {owner[alias]}"
                yield error("duplicate-id", message, topic.place, "ids are never reused: remove this alias")


def _find_loops(topics: Mapping[str, Topic]) -> set[str]:
    """Return the topics that are their own ancestors; each parent is visited once."""
    looping: set[str] = set()
    seen: set[str] = set()
    for start in topics:
        path: dict[str, None] = {}
        at = start
        while at in topics and at not in seen:
            seen.add(at)
            path[at] = None
            at = topics[at].parent
        if at in path:
            way = list(path)
            looping.update(way[way.index(at) :])
    return looping


def name_topics(topics: Mapping[str, Topic]) -> str:
    """Return a hint that lists the topics, at most twenty of them, to keep reports short.

    >>> name_topics({})
    'no topics exist: topics.yml is missing or empty'
    """
    if not topics:
        return "no topics exist: topics.yml is missing or empty"
    more = f" and {len(topics) - _NAMED:,} more, in topics.yml" if len(topics) > _NAMED else ""
    return f"the topics are {', '.join(list(topics)[:_NAMED])}{more}"


def _check_references(topics: Mapping[str, Topic]) -> list[Problem]:
    problems = list(_check_aliases(topics))
    looping = _find_loops(topics)
    known = name_topics(topics)
    for topic in topics.values():
        for other in (*([topic.parent] if topic.parent else []), *topic.neighbours):
            if other not in topics:
                message = f"topic {topic.id} names {other!r}, which is not a topic"
                problems.append(error("unknown-topic", message, topic.place, known))
        if topic.id in looping:
            problems.append(
                error("topic-loop", f"topic {topic.id} is its own ancestor", topic.place, "change its parent")
            )
    return problems
