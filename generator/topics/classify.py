"""Papers to topics: phrases of the rules found in title, summary and abstract, and the rule that fired."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

from generator.model import FIELDS, Field, Paper, Placement, Rule, Shelf, Taxonomy
from generator.problems import Problem, error, warning
from generator.text.words import split_words, stem

_CHOSEN = "chosen by the curators"
Phrase = tuple[str, ...]
Found = Mapping[Phrase, int]
"""How often each phrase occurs in one field."""


@lru_cache(maxsize=10_000)
def split_phrase(phrase: str) -> Phrase:
    """Return the stems of a phrase: letter case, accents, hyphens and endings make no difference."""
    return tuple(stem(word) for word in split_words(phrase))


class Classifier(Struct, frozen=True):
    """The rules of a taxonomy, ready to be asked about many papers."""

    taxonomy: Taxonomy
    phrases: Mapping[str, Sequence[Phrase]]
    """All phrases of all rules, by their first stem, longest first."""
    needed: Mapping[str, Sequence[tuple[Rule, frozenset[Phrase]]]]
    """The rules of each topic, each with phrases of which one must occur at all."""

    def find(self, text: str) -> Found:
        """Return the phrases that occur in a text, each with its count; one pass over the words."""
        stems = [stem(word) for word in split_words(text)]
        found: dict[Phrase, int] = {}
        for at, first in enumerate(stems):
            for phrase in self.phrases.get(first, ()):
                if tuple(stems[at : at + len(phrase)]) == phrase:
                    found[phrase] = found.get(phrase, 0) + 1
        return found

    def classify(self, paper: Paper) -> tuple[Placement, ...]:
        """Return the paper's topics in the order of the taxonomy: curators' pins first, then rules that fire."""
        fields: dict[Field, Found] = {name: self.find(getattr(paper, name)) for name in FIELDS}
        present = frozenset[Phrase]().union(*fields.values())
        pins = {pin.id: pin.why or _CHOSEN for pin in paper.topics}
        placements = []
        for topic in self.taxonomy.topics.values():
            if topic.id in paper.not_topics:
                continue
            possible = (rule for rule, phrases in self.needed[topic.id] if not phrases.isdisjoint(present))
            reasons = (why for rule in possible if (why := apply_rule(rule, fields)))
            if why := pins.get(topic.id) or next(reasons, ""):
                placements.append(Placement(topic=topic.id, why=why))
        return tuple(placements)


def build_classifier(taxonomy: Taxonomy) -> Classifier:
    """Return a classifier for the rules of a taxonomy."""
    phrases: dict[str, set[Phrase]] = {}
    for topic in taxonomy.topics.values():
        for rule in topic.rules:
            for phrase in map(split_phrase, (*rule.any, *rule.all, *rule.none)):
                if phrase:
                    phrases.setdefault(phrase[0], set()).add(phrase)
    ordered = {first: sorted(found, key=lambda p: (-len(p), p)) for first, found in phrases.items()}
    needed = {
        topic.id: [(rule, frozenset(map(split_phrase, rule.any or rule.all))) for rule in topic.rules]
        for topic in taxonomy.topics.values()
    }
    return Classifier(taxonomy, ordered, needed)


def apply_rule(rule: Rule, fields: Mapping[Field, Found]) -> str:
    """Return why a rule fires, as readers are shown it, or the empty string when it does not."""
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
    shown = [f"“{phrase}” in the {name}" for phrase, name, _ in hits[:1]]
    shown += [f"“{phrase}” in the {name}" for phrase, name in zip(rule.all, needed, strict=True)]
    return " and ".join(shown) + (f", {times} times in all" if rule.times > 1 else "")


def _find_hits(rule: Rule, looked_in: Sequence[tuple[Field, Found]]) -> Iterator[tuple[str, Field, int]]:
    # Two spellings of one phrase count once, and the first is shown.
    written = {split_phrase(phrase): phrase for phrase in reversed(rule.any)}
    for name, found in looked_in:
        for stems, phrase in reversed(written.items()):
            if count := found.get(stems, 0):
                yield phrase, name, count


def _occurs(phrase: str, looked_in: Sequence[tuple[Field, Found]]) -> str:
    """Return the first field that a phrase occurs in, or the empty string."""
    stems = split_phrase(phrase)
    return next((name for name, found in looked_in if stems in found), "")


def check_topics(shelf: Shelf, taxonomy: Taxonomy) -> Iterator[Problem]:
    """Yield the pins, exclusions and reading paths that name a topic or a paper which does not exist."""
    known = ", ".join(taxonomy.topics) or "none: topics.yml is missing or empty"
    for paper in shelf.papers.values():
        for topic in (*(pin.id for pin in paper.topics), *paper.not_topics):
            if topic not in taxonomy.topics:
                message = f"{paper.id} names the topic {topic!r}, which topics.yml does not define"
                yield error("unknown-topic", message, shelf.places[paper.id], f"the topics are {known}")
    for named in taxonomy.topics.values():
        for step in named.start_here:
            if step.paper not in shelf.papers:
                message = f"start_here of {named.id} names {step.paper!r}, which is not on the shelf"
                hint = "write the id of a record of this shelf; the page leaves the step out"
                yield warning("unknown-paper", message, step.place, hint)
