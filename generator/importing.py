"""Plans an import: reads files into drafts and merges the drafts into the shelf, without writing anything."""

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
from generator.topics.from_groups import Grouping, TopicPlan, build_group_topics, pin_topics
from generator.urls.ledger import find_published, is_same
from generator.urls.published import describe_paper

NOTHING = Batch(drafts=(), entries=0, problems=())


class Import(Struct, frozen=True, kw_only=True):
    """The result of an import: the entries, what became of each, the records afterwards, and all problems."""

    batch: Batch
    report: MergeReport
    papers: Mapping[str, Paper]
    topics: tuple[TopicPlan, ...] = ()
    """The topics made from groups of the papers, for each requested grouping."""
    problems: tuple[Problem, ...]


class Input(Struct, frozen=True, kw_only=True):
    """The input of an import: texts by format, and options for them."""

    files: Mapping[str, Sequence[TextFile]] = {}
    found: Batch = NOTHING
    """Entries that were read earlier, such as answers about papers from a list of identifiers."""
    known: Sequence[Merge] = ()
    """Entries of `found` that need no draft, because they are already on the shelf."""
    captured: str = ""
    """The date on which the files were captured."""
    columns: Mapping[str, str] = {}
    """The fields of table columns, by header."""
    day: str = ""
    """The date of the import, used as `added` for new papers."""
    groupings: Mapping[str, Grouping] = {}
    """Which groups become topics, by file name; the empty name means all files."""
    gone: GoneRule | None = None
    """What happens to records whose entries have disappeared from these sources; None if the files may be incomplete."""
    keep_both: bool = False
    """Whether to keep both papers if an entry has another paper's title and it is unclear whether they are the same."""


def plan_import(shelf: Shelf, taxonomy: Taxonomy, given: Input, *, abstracts: bool) -> Import:
    """Return the shelf as it is after an import.

    Without `abstracts`, records are classified by their abstracts and keep the topics and reasons, but the
    abstracts are not stored.
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
    """Return the records of an import; new records without `added` get the import's date."""
    new = {key: report.papers[key] for key in report.added}
    dated = {key: replace(paper, added=day) for key, paper in new.items() if day and not paper.added}
    return {**report.papers, **dated}


def _classify(papers: Mapping[str, Paper], shelf: Shelf, taxonomy: Taxonomy) -> dict[str, Paper]:
    """Return papers without their new abstracts, but with the topics that the abstracts give them."""
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
    """Return the new topics for each grouping in turn."""
    texts = {heading.path: heading.text for heading in batch.headings if heading.text}
    plans: list[TopicPlan] = []
    for file, grouping in groupings.items():
        papers = [draft.paper for draft in batch.drafts if file in {"", draft.place.file}]
        plan = build_group_topics(grouping, papers, taxonomy, texts, find_reason)
        taxonomy = Taxonomy(topics={**taxonomy.topics, **{topic.id: topic for topic in plan.topics}})
        plans.append(plan)
    return tuple(plans)


def _find_others(shelf: Shelf) -> WasOthers:
    """Return a function that tests whether the ledger has a different paper under an id."""

    def was_others(key: str, paper: Paper) -> bool:
        old = find_published(shelf.ledger, f"{FOLDER}/{key}/")
        return old is not None and not is_same(old, describe_paper(paper))

    return was_others


def _read_input(given: Input) -> Batch:
    """Return the entries of all files; values that no record may have are left out and reported."""
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
