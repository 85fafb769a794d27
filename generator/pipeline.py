"""START HERE: the stages in their order, from the files of a shelf to the pages of a site."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from generator.catalogue import build_catalogue
from generator.exports.files import DataFiles
from generator.exports.page import plan_data
from generator.feeds import build_feeds
from generator.formats.check_drafts import check_drafts
from generator.formats.registry import Batch, TextFile, read_files
from generator.map.data import build_map
from generator.map.page import plan_map
from generator.map.placement import NEIGHBOURS, place_beside
from generator.model import Asset, MapPosition, Paper, Pin, Plan, Published, Related, Shelf, Site, Taxonomy
from generator.pages.bibliography_check import plan_check
from generator.pages.home import plan_home
from generator.pages.indexes import plan_indexes
from generator.pages.library import plan_library
from generator.pages.paper import plan_papers
from generator.pages.topics import plan_topics
from generator.problems import PapershelfError, Place, Problem, error, errors_of, in_order
from generator.records.cache import RecordCache
from generator.records.deduplicate import MergeReport, merge_drafts
from generator.records.format_version import FILE as VERSION
from generator.records.ids import WasOthers
from generator.records.positions import FILE as POSITIONS
from generator.records.read import FOLDER, leave_out_removed, load_shelf
from generator.related.nearest import find_related
from generator.search.index import build_index
from generator.search.page import plan_search
from generator.settings import Settings
from generator.social.files import build_social_images
from generator.social.images import list_social_images
from generator.stats.counts import build_statistics
from generator.stats.page import plan_stats
from generator.storage.conflict_markers import check_written
from generator.text.corpus import Corpus, read_papers
from generator.topics.classify import build_classifier, check_topics
from generator.topics.taxonomy import FILE as TOPICS
from generator.topics.taxonomy import load_taxonomy
from generator.urls.ledger import FILE as LEDGER
from generator.urls.ledger import extend_ledger, find_published, is_feed, is_same, render_ledger
from generator.urls.published import describe_paper, list_published
from generator.urls.redirect_files import build_redirect_files, repeat_files
from generator.urls.redirects import Routes, list_redirects
from generator.urls.tombstones import plan_removed
from generator.well_known import build_well_known_files
from generator.whats_new.data import build_whats_new
from generator.whats_new.page import plan_whats_new


class PreviewCache:
    """What a preview keeps from one build to the next; what has not changed is not worked out again."""

    def __init__(self, file: Path | None = None, state: Path | None = None) -> None:
        """Begin with the records that a file keeps, if there is one; `state` is where this machine keeps what was cut short."""
        self.records = RecordCache(file)
        self.state = state
        self.site: Site | None = None
        self.corpus: Corpus | None = None
        self.related = -1


def load_content(
    content: Path, state: Path | None = None, records: RecordCache | None = None
) -> tuple[Shelf, Taxonomy, tuple[Problem, ...]]:
    """Return the records and topics below a folder, and everything that is wrong with them and with the files beside them.

    `state` as in `load_shelf`.
    """
    shelf, shelf_problems = load_shelf(content, records, state=state)
    taxonomy, topic_problems = load_taxonomy(content)
    read = (FOLDER, LEDGER, POSITIONS, TOPICS, VERSION)
    open_merges = check_written(content, but=read)
    problems = [*shelf_problems, *topic_problems, *check_topics(shelf, taxonomy), *open_merges]
    if not leave_out_removed(shelf).papers and not errors_of(problems):
        hint = "add a record, or run `papershelf import`"
        problems.append(error("empty-shelf", "there is no record here", Place(file=f"{FOLDER}/"), hint))
    return shelf, taxonomy, in_order(problems)


def build_site(
    settings: Settings,
    memory: PreviewCache | None = None,
    stage: Callable[[str], AbstractContextManager[object]] = nullcontext,
) -> tuple[Site, tuple[Problem, ...]]:
    """Return everything that the pages are made from, and the warnings.

    With the memory of an earlier build, equal parts are taken from it. `stage` is entered with the name of each stage.

    Raises:
        PapershelfError: with all problems of the content, when one of them is an error.
    """
    memory = memory or PreviewCache()
    with stage("records"):
        shelf, taxonomy, problems = load_content(settings.content, memory.state, memory.records)
    if errors_of(problems):
        raise PapershelfError(problems)
    shelf = leave_out_removed(shelf)
    old = memory.site
    if old is not None and old.taxonomy == taxonomy:
        taxonomy = old.taxonomy
    known = find_known(old, shelf)
    with stage("topics"):
        places = {key: n for n, key in enumerate(old.shelf.papers) if key in known} if old else {}
        corpus = read_papers(shelf.papers.values(), memory.corpus, places)
        if old is not None and old.taxonomy is taxonomy:
            changed = {key: paper for key, paper in shelf.papers.items() if key not in known}
            new = build_classifier(taxonomy).classify(changed)
            placements = {key: old.placements[key] if key in known else new[key] for key in shelf.papers}
        else:
            placements = build_classifier(taxonomy).classify(shelf.papers, corpus)
    with stage("related"):
        if old is not None and memory.related == settings.related and same_texts(old.shelf, shelf):
            related = old.related
        else:
            related = find_related(shelf.papers, number=settings.related, corpus=corpus)
        catalogue = build_catalogue(shelf, placements)
    with stage("map"):
        map_positions = _place_all(shelf, related if settings.related >= NEIGHBOURS else None, corpus)
    site = Site(
        shelf=shelf,
        taxonomy=taxonomy,
        placements=placements,
        related=related,
        catalogue=catalogue,
        map_positions=map_positions,
    )
    memory.site, memory.corpus, memory.related = site, corpus, settings.related
    return site, problems


def _place_all(
    shelf: Shelf, related: Mapping[str, Sequence[Related]] | None, corpus: Corpus
) -> Mapping[str, MapPosition]:
    """Return the places of all papers: those of the map's file, and of later ones beside what they are related to."""
    if not shelf.map_positions or not shelf.papers.keys() - shelf.map_positions.keys():
        return shelf.map_positions
    related = related or find_related(shelf.papers, number=NEIGHBOURS, corpus=corpus)
    return place_beside(shelf.map_positions, shelf.papers, related)


def find_known(old: Site | None, shelf: Shelf) -> frozenset[str]:
    """Return the ids of the papers that are as they were."""
    if old is None:
        return frozenset()
    return frozenset(key for key, paper in shelf.papers.items() if old.shelf.papers.get(key) == paper)


def same_texts(old: Shelf, new: Shelf) -> bool:
    """Return whether the same papers have the same texts, whatever else of them has changed."""

    def texts(shelf: Shelf) -> list[tuple[str, str, str, str]]:
        return [(p.id, p.title, p.summary, p.abstract) for p in shelf.papers.values()]

    return texts(old) == texts(new)


def plan_pages(site: Site, settings: Settings) -> Iterator[Plan]:
    """Yield the plan of every generated page: each is made when it is needed, anywhere."""
    statistics = build_statistics(site.shelf, site.taxonomy, site.placements, site.catalogue)
    social_images = list_social_images(site, settings)
    yield plan_home(site, settings, social_images)
    yield from plan_indexes(site, settings, social_images)
    yield from plan_topics(site, settings, social_images, statistics)
    yield plan_stats(site, settings, statistics)
    yield plan_search(site, settings)
    yield plan_map(site)
    yield plan_whats_new(site, settings)
    yield plan_data(site)
    yield from plan_library(site)
    yield plan_check(site)
    yield from plan_papers(site, settings, social_images)
    yield from plan_removed(site, settings)


class SiteUrls(Struct, frozen=True, kw_only=True):
    """What stands at each address now, where former ones lead, and the ledger after the next build."""

    now: Mapping[str, Published]
    routes: Routes
    ledger: Mapping[str, Published]


def list_site_urls(site: Site, settings: Settings) -> SiteUrls:
    """Return every address that was published or will be with this site; nothing of it is made for that."""
    now = list_published(site, settings, plan_pages(site, settings))
    routes = Routes(site, settings, now)
    ledger = extend_ledger(site.shelf.ledger, now)
    for alias, target in routes.list_aliases():
        if target in now:
            ledger.setdefault(alias, now[target])
    return SiteUrls(now=now, routes=routes, ledger=ledger)


def sketch_site(shelf: Shelf, taxonomy: Taxonomy, *, placed: bool) -> Site:
    """Return a site for its addresses alone; without `placed`, no topic has papers and so more than one page."""
    shelf = leave_out_removed(shelf)
    placements = build_classifier(taxonomy).classify(shelf.papers) if placed else {}
    catalogue = build_catalogue(shelf, placements)
    return Site(shelf=shelf, taxonomy=taxonomy, placements=placements, related={}, catalogue=catalogue)


def build_assets(site: Site, settings: Settings, known: SiteUrls | None = None) -> Iterator[Asset]:
    """Yield every generated file that is no page, one at a time, and what stands at former addresses.

    `known` are the site's addresses, where they have been listed already.
    """
    known = known or list_site_urls(site, settings)
    redirects = list(list_redirects(known.routes, known.ledger))
    said = {a: what for a, what in known.ledger.items() if settings.site_url or not is_feed(a)}
    ledger = Asset(path=f"data/{LEDGER}", body=render_ledger(said).encode())
    files = _build_files(site, settings, ledger)
    yield from repeat_files(files, redirects, known.routes, pretty=settings.pretty_urls)
    yield from build_redirect_files(site, settings, redirects)


def _build_files(site: Site, settings: Settings, ledger: Asset) -> Iterator[Asset]:
    data = DataFiles(site, ledger, abstracts=settings.abstracts == "show")
    yield from build_index(
        site, abstracts=settings.abstracts != "off", meaning=settings.meaning, take=data.add
    )
    yield from data.finish()
    yield build_whats_new(site)
    if site.map_positions:
        yield build_map(site)
    yield from build_feeds(site, settings)
    yield from build_well_known_files(site, settings)
    yield from build_social_images(site, settings)


class Import(Struct, frozen=True, kw_only=True):
    """What an import would make of a shelf: what came in, what became of it, the records afterwards, and all problems."""

    batch: Batch
    report: MergeReport
    papers: Mapping[str, Paper]
    problems: tuple[Problem, ...]


class Input(Struct, frozen=True, kw_only=True):
    """What is to be imported: texts by their format, the day they were captured, and what the columns of tables mean."""

    files: Mapping[str, Sequence[TextFile]]
    captured: str = ""
    columns: Mapping[str, str] = {}


def plan_import(shelf: Shelf, taxonomy: Taxonomy, given: Input, *, abstracts: bool) -> Import:
    """Return the shelf as it is after an import.

    Without `abstracts`, the records are classified with the abstract in hand and keep the topics and the reasons; the
    abstract itself stays out.
    """
    batch = _read_input(given)
    report = merge_drafts(shelf.papers, batch.drafts, _find_others(shelf), shelf.settled)
    unkept = tuple(one.tell() for one in report.unkept if abstracts or one.field != "abstract")
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
    problems = in_order([*batch.problems, *report.refused, *report.doubts, *unkept])
    return Import(batch=batch, report=report, papers=papers, problems=problems)


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
        )
    )
