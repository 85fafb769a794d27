"""Assigns topics to papers by phrases of rules in title, summary and abstract, and records which rule matched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import count

import numpy as np
from msgspec import Struct

from generator.corpus import Corpus, read_papers
from generator.labels.labels import Labels, load_labels
from generator.model import TEXT_FIELDS, Field, Paper, Placement, Rule, Shelf, Taxonomy
from generator.problems import Problem, error, warning
from generator.records.groups import find_groups
from generator.topics.quotes import Stems, find_text, quote_phrase, split_phrase
from generator.topics.taxonomy import name_topics

Phrase = Stems
Found = Mapping[Phrase, int]
"""The number of occurrences of each phrase in one field."""


class Classifier(Struct, frozen=True):
    """The rules of a taxonomy, prepared for classifying many papers."""

    labels: Labels
    taxonomy: Taxonomy
    phrases: Sequence[Phrase]
    """All phrases of all rules, the longest first."""
    waking: Mapping[Phrase, frozenset[int]]
    """For each phrase, the rules (numbered across all topics) that match only if it or another such phrase occurs."""
    groups: Mapping[str, frozenset[Phrase]]
    """The phrases that rules search in groups and `extra` fields, by the name of the group or field."""

    def classify(
        self, papers: Mapping[str, Paper], corpus: Corpus | None = None
    ) -> dict[str, tuple[Placement, ...]]:
        """Return the topics of every paper with the reasons; `corpus` has the words of these papers, if already read."""
        found = self._find(corpus or read_papers(papers.values()))
        return {
            key: tuple(self._place(paper, fields))
            for (key, paper), fields in zip(papers.items(), found, strict=True)
        }

    def _find(self, corpus: Corpus) -> Iterator[Mapping[Field, Found]]:
        """Yield for each paper the phrases in its fields with their counts."""
        stems, of_word = corpus.number_stems()
        starting: dict[int, list[tuple[list[int], Phrase]]] = {}
        for phrase in self.phrases:
            if all(root in stems for root in phrase):
                numbers = [stems[root] for root in phrase]
                starting.setdefault(numbers[0], []).append((numbers, phrase))
        starts = np.zeros(len(stems), np.bool_)
        starts[list(starting)] = True
        for first, end in corpus.list_runs():
            tokens = corpus.read(first, end)
            roots = of_word[tokens.words]
            rows = np.flatnonzero(starts[roots])
            texts = tokens.documents * len(TEXT_FIELDS) + tokens.fields
            ends = np.searchsorted(texts, texts[rows], side="right")
            found: list[dict[Field, dict[Phrase, int]]] = [
                {name: {} for name in TEXT_FIELDS} for _ in range(first, end)
            ]
            words = roots.tolist()
            places = zip(rows.tolist(), ends.tolist(), texts[rows].tolist(), strict=True)
            for row, last, text in places:
                document, field = divmod(text, len(TEXT_FIELDS))
                counts = found[document - first][TEXT_FIELDS[field]]
                for numbers, phrase in starting[words[row]]:
                    if row + len(numbers) <= last and words[row : row + len(numbers)] == numbers:
                        counts[phrase] = counts.get(phrase, 0) + 1
            yield from found

    def _find_in_group(self, paper: Paper, name: str) -> Found:
        """Return the phrases in a paper's values of a group with their counts."""
        values = [split_phrase(value) for value in find_groups(paper, name)]
        runs = Counter(
            value[start : start + length]
            for value in values
            for length in {len(phrase) for phrase in self.groups[name]}
            for start in range(len(value) - length + 1)
        )
        return {phrase: runs[phrase] for phrase in self.groups[name] if phrase in runs}

    def _place(self, paper: Paper, texts: Mapping[Field, Found]) -> Iterator[Placement]:
        """Yield the paper's topics in the order of the taxonomy: those set by curators and those whose rules match.

        A topic without rules also contains the papers of the topics below it.
        """
        fields: dict[str, Found] = dict(texts.items())
        fields |= {name: self._find_in_group(paper, name) for name in self.groups}
        phrases = frozenset[Phrase]().union(*fields.values())
        awake = frozenset[int]().union(*(self.waking.get(phrase, ()) for phrase in phrases))
        pins = {pin.id: pin.why or self.labels("reason.pinned") for pin in paper.topics}
        if not awake and not pins:
            return
        number = count()
        found: dict[str, str] = {}
        for topic in self.taxonomy.topics.values():
            possible = [rule for rule in topic.rules if next(number) in awake]
            if topic.id in paper.not_topics:
                continue
            reasons = (why for rule in possible if (why := apply_rule(self.labels, rule, fields, paper)))
            if why := pins.get(topic.id) or next(reasons, ""):
                found[topic.id] = why
        found |= self._list_above(found, paper)
        order = self.taxonomy.topics if len(found) > 1 else found
        yield from (Placement(topic=topic, why=found[topic]) for topic in order if topic in found)

    def _list_above(self, found: Mapping[str, str], paper: Paper) -> Mapping[str, str]:
        """Return the ancestors without rules of the topics found, with the reason."""
        above: dict[str, str] = {}
        for topic in found:
            below, parent = topic, self.taxonomy.topics[topic].parent
            while parent and parent not in above:
                row = self.taxonomy.topics[parent]
                if not row.rules and parent not in found and parent not in paper.not_topics:
                    above[parent] = self.labels("reason.below", topic=self.taxonomy.topics[below].name)
                below, parent = parent, row.parent
        return above


def build_classifier(taxonomy: Taxonomy, labels: Labels | None = None) -> Classifier:
    """Return a classifier for the rules of a taxonomy; its reasons are in the language of the labels (default: English)."""
    rules = [rule for topic in taxonomy.topics.values() for rule in topic.rules]
    phrases = {split_phrase(phrase) for rule in rules for phrase in (*rule.any, *rule.all, *rule.none)} - {()}
    waking: dict[Phrase, set[int]] = {}
    for number, rule in enumerate(rules):
        for phrase in map(split_phrase, rule.any or rule.all):
            waking.setdefault(phrase, set()).add(number)
    found = {phrase: frozenset(numbers) for phrase, numbers in waking.items()}
    groups: dict[str, set[Phrase]] = {}
    for rule in rules:
        for name in set(rule.fields).difference(TEXT_FIELDS):
            groups.setdefault(name, set()).update(map(split_phrase, (*rule.any, *rule.all, *rule.none)))
    return Classifier(
        labels or load_labels(), taxonomy, sorted(phrases, key=lambda p: (-len(p), p)), found,
        {name: frozenset(wanted - {()}) for name, wanted in groups.items()},
    )  # fmt: skip


def apply_rule(labels: Labels, rule: Rule, fields: Mapping[str, Found], paper: Paper) -> str:
    """Return the reason why a rule matches, as shown to readers, or an empty text if it does not match."""
    looked_in = [(name, fields[name]) for name in rule.fields]
    if any(_occurs(phrase, looked_in) for phrase in rule.none):
        return ""
    needed = [_occurs(phrase, looked_in) for phrase in rule.all]
    if not all(needed):
        return ""
    hits = list(_find_hits(rule, looked_in))
    times = sum(count for _, _, count in hits)
    if rule.any and times < rule.times:
        return ""
    found = [(phrase, name) for phrase, name, _ in hits[:1]] + list(zip(rule.all, needed, strict=True))
    first, *others = (_say_phrase(labels, phrase, name, paper) for phrase, name in found)
    for other in others:
        first = labels("reason.both", first=first, second=other)
    return labels("reason.times", reasons=first, times=times) if rule.times > 1 else first


def _say_phrase(labels: Labels, phrase: str, field: str, paper: Paper) -> str:
    """Return the text that a phrase occurs in a field, with the phrase as the paper writes it."""
    for name in TEXT_FIELDS:
        if name == field:
            written = quote_phrase(find_text(paper, name), phrase) or phrase
            return labels(f"reason.phrase_{field}", phrase=written)
    return labels("reason.phrase_group", phrase=phrase, group=field)


def _find_hits(rule: Rule, looked_in: Sequence[tuple[str, Found]]) -> Iterator[tuple[str, str, int]]:
    # Spellings of the same phrase count once; the first is shown.
    written = {split_phrase(phrase): phrase for phrase in reversed(rule.any)}
    for name, found in looked_in:
        for stems, phrase in reversed(written.items()):
            if count := found.get(stems, 0):
                yield phrase, name, count


def _occurs(phrase: str, looked_in: Sequence[tuple[str, Found]]) -> str:
    """Return the first field in which a phrase occurs, or an empty text."""
    stems = split_phrase(phrase)
    return next((name for name, found in looked_in if stems in found), "")


def check_topics(shelf: Shelf, taxonomy: Taxonomy) -> Iterator[Problem]:
    """Yield problems for pins, exclusions and lists `start_here` that name a missing topic or paper."""
    known = name_topics(taxonomy.topics)
    former = {alias: topic.id for topic in taxonomy.topics.values() for alias in topic.aliases}
    for paper in shelf.papers.values():
        for topic in (*(pin.id for pin in paper.topics), *paper.not_topics):
            if topic not in taxonomy.topics:
                message = f"{paper.id} names the topic {topic!r}, which topics.yml does not define"
                hint = f"its id is now {former[topic]}" if topic in former else known
                yield error("unknown-topic", message, shelf.places[paper.id], hint)
    yield from _check_rule_fields(shelf, taxonomy)
    for named in taxonomy.topics.values():
        for step in named.start_here:
            if step.paper not in shelf.papers:
                message = f"start_here of {named.id} names {step.paper!r}, which is not on the shelf"
                hint = "write the id of a record on this shelf; until then, pages leave the step out"
                yield warning("unknown-paper", message, step.place, hint)


def _check_rule_fields(shelf: Shelf, taxonomy: Taxonomy) -> Iterator[Problem]:
    """Yield warnings for fields in rules that no record has, which are probably misspelled."""
    for topic in taxonomy.topics.values():
        for name in dict.fromkeys(field for rule in topic.rules for field in rule.fields):
            if name not in TEXT_FIELDS and not any(find_groups(p, name) for p in shelf.papers.values()):
                message = f"a rule of {topic.id} searches {name!r}, which no record has"
                hint = f"write {', '.join(TEXT_FIELDS)}, or a name under `groups` or `extra` of the records"
                yield warning("unknown-field", message, topic.place, hint)
