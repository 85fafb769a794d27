"""START HERE: the stages in their order, from the files of a shelf to the pages of a site."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from generator.importers import FORMATS, Batch, TextFile
from generator.links.catalogue import build_catalogue
from generator.links.related import find_related
from generator.model import Asset, Paper, Pin, Plan, Shelf, Site, Taxonomy
from generator.outputs.search.index import build_index
from generator.pages.home import plan_home
from generator.pages.indexes import plan_indexes
from generator.pages.paper import plan_papers
from generator.pages.search import plan_search
from generator.pages.topics import plan_topics
from generator.problems import PapershelfError, Place, Problem, error, errors_of, in_order
from generator.settings import Settings
from generator.shelf.merge import MergeReport, merge_drafts
from generator.shelf.reader import FOLDER, load_shelf
from generator.text.corpus import read_papers
from generator.topics.classify import build_classifier, check_topics
from generator.topics.taxonomy import load_taxonomy


def load_content(content: Path) -> tuple[Shelf, Taxonomy, tuple[Problem, ...]]:
    """Return the records and topics below a folder, and everything that is wrong with them."""
    shelf, shelf_problems = load_shelf(content)
    taxonomy, topic_problems = load_taxonomy(content)
    problems = [*shelf_problems, *topic_problems, *check_topics(shelf, taxonomy)]
    if not shelf.papers and not errors_of(problems):
        hint = "add a record, or run `papershelf import`"
        problems.append(error("empty-shelf", "there is no record here", Place(file=f"{FOLDER}/"), hint))
    return shelf, taxonomy, in_order(problems)


def build_site(
    settings: Settings, stage: Callable[[str], AbstractContextManager[object]] = nullcontext
) -> tuple[Site, tuple[Problem, ...]]:
    """Return everything that the pages are made from, and the warnings; `stage` is entered with the name of each stage.

    Raises:
        PapershelfError: with all problems of the content, when one of them is an error.
    """
    with stage("records"):
        shelf, taxonomy, problems = load_content(settings.content)
    if errors_of(problems):
        raise PapershelfError(problems)
    with stage("topics"):
        corpus = read_papers(shelf.papers.values())
        placements = build_classifier(taxonomy).classify(shelf.papers, corpus)
    with stage("related"):
        related = find_related(shelf.papers, number=settings.related, corpus=corpus)
        catalogue = build_catalogue(shelf, placements)
    site = Site(shelf=shelf, taxonomy=taxonomy, placements=placements, related=related, catalogue=catalogue)
    return site, problems


def plan_pages(site: Site, settings: Settings) -> Iterator[Plan]:
    """Yield the plan of every generated page: each is made when it is needed, anywhere."""
    yield plan_home(site, settings)
    yield from plan_indexes(site, settings)
    yield from plan_topics(site, settings)
    yield plan_search(site)
    yield from plan_papers(site, settings)


def build_assets(site: Site, settings: Settings) -> Iterator[Asset]:
    """Yield every generated file that is no page, one at a time."""
    yield from build_index(site, abstracts=settings.abstracts != "off")


class Import(Struct, frozen=True, kw_only=True):
    """What an import would make of a shelf: what came in, what became of it, and the records afterwards."""

    batch: Batch
    report: MergeReport
    papers: Mapping[str, Paper]


def plan_import(  # noqa: PLR0913 (one parameter an option)
    shelf: Shelf,
    taxonomy: Taxonomy,
    *,
    files: Sequence[TextFile],
    source: str,
    captured: str,
    abstracts: bool,
) -> Import:
    """Return the shelf as it is after an import of texts of the format `source`.

    Without `abstracts`, the records are classified with the abstract in hand and keep the topics and the reasons; the
    abstract itself stays out.
    """
    batch = FORMATS[source].read(files, captured)
    report = merge_drafts(shelf.papers, batch.drafts)
    papers = dict(report.papers)
    if not abstracts:
        touched = sorted({*report.added, *(merge.into for merge in report.merges)})
        placements = build_classifier(taxonomy).classify({key: papers[key] for key in touched})
        for key in touched:
            known = shelf.papers.get(key)
            pins = {pin.id: pin for pin in papers[key].topics}
            pins |= {p.topic: Pin(id=p.topic, why=p.why) for p in placements[key] if p.topic not in pins}
            papers[key] = replace(
                papers[key], abstract=known.abstract if known else "", topics=tuple(pins.values())
            )
    return Import(batch=batch, report=report, papers=papers)
