"""An import as a plan: files to drafts, and drafts merged into the shelf. Nothing is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from generator.formats.check_drafts import check_drafts
from generator.formats.readme.headings import find_reason
from generator.formats.registry import Batch, TextFile, read_files
from generator.model import Paper, Pin, Shelf, Taxonomy
from generator.problems import Problem, errors_of, in_order
from generator.records.deduplicate import Merge, MergeReport, merge_drafts
from generator.records.gone import GoneRule, handle_gone
from generator.records.ids import WasOthers
from generator.records.keys import assign_keys
from generator.records.own_fields import fill_own_fields
from generator.records.read import FOLDER
from generator.topics.from_groups import Grouping, TopicPlan, pin_topics, plan_topics
from generator.urls.ledger import find_published, is_same
from generator.urls.published import describe_paper

NOTHING = Batch(drafts=(), entries=0, problems=())


class Import(Struct, frozen=True, kw_only=True):
    """What an import would make of a shelf: what came in, what became of it, the records afterwards, and all problems."""

    batch: Batch
    report: MergeReport
    papers: Mapping[str, Paper]
    topics: tuple[TopicPlan, ...] = ()
    """The topics that groups of the papers make, for each grouping that was asked for."""
    problems: tuple[Problem, ...]


class Input(Struct, frozen=True, kw_only=True):
    """What is to be imported: texts by their format, and what is known of them."""

    files: Mapping[str, Sequence[TextFile]] = {}
    found: Batch = NOTHING
    """What was read before, such as answers about papers that somebody named."""
    known: Sequence[Merge] = ()
    """Entries of `found` that need no draft, since they name records of the shelf."""
    captured: str = ""
    """The day on which they were captured."""
    columns: Mapping[str, str] = {}
    """What the columns of tables mean."""
    day: str = ""
    """The day of the import, on which new papers are added."""
    groupings: Mapping[str, Grouping] = {}
    """Which groups become topics, by the name of the file; the empty name stands for all files."""
    gone: GoneRule | None = None
    """What becomes of records whose entries left these sources; None where the files may be parts of them."""
    keep_both: bool = False
    """Whether an entry with the title of another paper is a paper of its own where they cannot be told apart."""


def plan_import(shelf: Shelf, taxonomy: Taxonomy, given: Input, *, abstracts: bool) -> Import:
    """Return the shelf as it is after an import.

    Without `abstracts`, the records are classified with the abstract in hand and keep the topics and the reasons; the
    abstract itself stays out.
    """
    batch = _read_input(given)
    batch = replace(batch, drafts=fill_own_fields(batch.drafts, shelf.own_fields))
    others = _find_others(shelf)
    report = merge_drafts(
        shelf.papers, batch.drafts, others, shelf.settled, shelf.places, keep_both=given.keep_both
    )
    problems = [*batch.problems, *report.refused, *report.doubts]
    problems += [one.tell() for one in report.unkept if abstracts or one.field != "abstract"]
    touched = sorted({*report.added, *(merge.into for merge in report.merges)})
    papers = _date(report, given.day)
    papers |= assign_keys({key: papers[key] for key in report.added}, shelf.papers)
    topics = _plan_topics(batch, taxonomy, given.groupings)
    for plan in topics:
        papers |= {key: pin_topics(shelf.papers.get(key), papers[key], plan) for key in touched}
        taxonomy = Taxonomy(topics={**taxonomy.topics, **{topic.id: topic for topic in plan.topics}})
    if not abstracts:
        papers |= _classify({key: papers[key] for key in touched}, shelf, taxonomy)
    if given.gone:
        broken = {fault.place.file for fault in errors_of(problems) if fault.place}
        left = handle_gone(papers, batch.drafts, touched, broken, rule=given.gone, day=given.day)
        papers = dict(left.papers)
        problems += left.problems
    report = replace(report, merges=(*given.known, *report.merges))
    return Import(batch=batch, report=report, papers=papers, topics=topics, problems=in_order(problems))


def _date(report: MergeReport, day: str) -> dict[str, Paper]:
    """Return the records of an import; a new one that no source dates was added on its day."""
    new = {key: report.papers[key] for key in report.added}
    dated = {key: replace(paper, added=day) for key, paper in new.items() if day and not paper.added}
    return {**report.papers, **dated}


def _classify(papers: Mapping[str, Paper], shelf: Shelf, taxonomy: Taxonomy) -> dict[str, Paper]:
    """Return papers without new abstracts, under the topics that their abstracts give them."""
    from generator.topics.classify import build_classifier  # noqa: PLC0415 (slow to load)

    found: dict[str, Paper] = {}
    placements = build_classifier(taxonomy).classify(papers)
    for key, paper in papers.items():
        known = shelf.papers.get(key)
        pins = {pin.id: pin for pin in paper.topics}
        pins |= {p.topic: Pin(id=p.topic, why=p.why) for p in placements[key] if p.topic not in pins}
        found[key] = replace(paper, abstract=known.abstract if known else "", topics=tuple(pins.values()))
    return found


def _plan_topics(
    batch: Batch, taxonomy: Taxonomy, groupings: Mapping[str, Grouping]
) -> tuple[TopicPlan, ...]:
    """Return what the groups of papers make of the topics, for each grouping in turn."""
    texts = {heading.path: heading.text for heading in batch.headings if heading.text}
    plans: list[TopicPlan] = []
    for file, grouping in groupings.items():
        papers = [draft.paper for draft in batch.drafts if file in {"", draft.place.file}]
        plan = plan_topics(grouping, papers, taxonomy, texts, find_reason)
        taxonomy = Taxonomy(topics={**taxonomy.topics, **{topic.id: topic for topic in plan.topics}})
        plans.append(plan)
    return tuple(plans)


def _find_others(shelf: Shelf) -> WasOthers:
    """Return a test that says whether the ledger has another paper under an id than the given one."""

    def was_others(key: str, paper: Paper) -> bool:
        old = find_published(shelf.ledger, f"{FOLDER}/{key}/")
        return old is not None and not is_same(old, describe_paper(paper))

    return was_others


def _read_input(given: Input) -> Batch:
    """Return what all files hold together; what no record may hold is left out and named."""
    read = [read_files(name, files, given.captured, given.columns) for name, files in given.files.items()]
    batches = [given.found, *read]
    return check_drafts(
        Batch(
            drafts=tuple(draft for batch in batches for draft in batch.drafts),
            entries=sum(batch.entries for batch in batches),
            problems=tuple(problem for batch in batches for problem in batch.problems),
            headings=tuple(heading for batch in batches for heading in batch.headings),
        )
    )
