"""An import as a plan: files to drafts, and drafts merged into the shelf. Nothing is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from generator.formats.check_drafts import check_drafts
from generator.formats.readme.headings import find_reason
from generator.formats.registry import Batch, TextFile, read_files
from generator.model import Paper, Pin, Shelf, Taxonomy
from generator.problems import Problem, in_order
from generator.records.deduplicate import MergeReport, merge_drafts
from generator.records.ids import WasOthers
from generator.records.read import FOLDER
from generator.topics.classify import build_classifier
from generator.topics.from_groups import Grouping, TopicPlan, pin_topics, plan_topics
from generator.urls.ledger import find_published, is_same
from generator.urls.published import describe_paper


class Import(Struct, frozen=True, kw_only=True):
    """What an import would make of a shelf: what came in, what became of it, the records afterwards, and all problems."""

    batch: Batch
    report: MergeReport
    papers: Mapping[str, Paper]
    topics: TopicPlan | None = None
    """The topics that groups of the papers make, where some were asked for."""
    problems: tuple[Problem, ...]


class Input(Struct, frozen=True, kw_only=True):
    """What is to be imported: texts by their format, the day they were captured, and what the columns of tables mean."""

    files: Mapping[str, Sequence[TextFile]]
    captured: str = ""
    columns: Mapping[str, str] = {}
    grouping: Grouping | None = None
    """Which groups become topics."""
    keep_both: bool = False
    """Whether an entry with the title of another paper is a paper of its own where they cannot be told apart."""


def plan_import(shelf: Shelf, taxonomy: Taxonomy, given: Input, *, abstracts: bool) -> Import:
    """Return the shelf as it is after an import.

    Without `abstracts`, the records are classified with the abstract in hand and keep the topics and the reasons; the
    abstract itself stays out.
    """
    batch = _read_input(given)
    report = merge_drafts(
        shelf.papers,
        batch.drafts,
        _find_others(shelf),
        shelf.settled,
        shelf.places,
        keep_both=given.keep_both,
    )
    unkept = tuple(one.tell() for one in report.unkept if abstracts or one.field != "abstract")
    papers = dict(report.papers)
    touched = sorted({*report.added, *(merge.into for merge in report.merges)})
    topics = _plan_topics(given.grouping, batch, taxonomy) if given.grouping else None
    if given.grouping and topics:
        for key in touched:
            papers[key] = pin_topics(shelf.papers.get(key), papers[key], given.grouping.name, topics)
        taxonomy = Taxonomy(topics={**taxonomy.topics, **{topic.id: topic for topic in topics.topics}})
    if not abstracts:
        placements = build_classifier(taxonomy).classify({key: papers[key] for key in touched})
        for key in touched:
            known = shelf.papers.get(key)
            pins = {pin.id: pin for pin in papers[key].topics}
            pins |= {p.topic: Pin(id=p.topic, why=p.why) for p in placements[key] if p.topic not in pins}
            papers[key] = replace(
                papers[key], abstract=known.abstract if known else "", topics=tuple(pins.values())
            )
    problems = in_order([*batch.problems, *report.refused, *report.doubts, *unkept])
    return Import(batch=batch, report=report, papers=papers, topics=topics, problems=problems)


def _plan_topics(grouping: Grouping, batch: Batch, taxonomy: Taxonomy) -> TopicPlan:
    texts = {heading.path: heading.text for heading in batch.headings if heading.text}
    return plan_topics(grouping, [draft.paper for draft in batch.drafts], taxonomy, texts, find_reason)


def _find_others(shelf: Shelf) -> WasOthers:
    """Return a test that says whether the ledger has another paper under an id than the given one."""

    def was_others(key: str, paper: Paper) -> bool:
        old = find_published(shelf.ledger, f"{FOLDER}/{key}/")
        return old is not None and not is_same(old, describe_paper(paper))

    return was_others


def _read_input(given: Input) -> Batch:
    """Return what all files hold together; what no record may hold is left out and named."""
    batches = [read_files(name, files, given.captured, given.columns) for name, files in given.files.items()]
    return check_drafts(
        Batch(
            drafts=tuple(draft for batch in batches for draft in batch.drafts),
            entries=sum(batch.entries for batch in batches),
            problems=tuple(problem for batch in batches for problem in batch.problems),
            headings=tuple(heading for batch in batches for heading in batch.headings),
        )
    )
