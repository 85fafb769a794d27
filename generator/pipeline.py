"""START HERE: the stages in order, from the files of a shelf to the pages of a site."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from pathlib import Path

from msgspec.structs import replace

from generator.catalogue import build_catalogue
from generator.corpus import Corpus, read_papers
from generator.exports.files import DataFiles
from generator.exports.page import plan_data
from generator.fact_tables.load import FILE as FACT_TABLES
from generator.fact_tables.load import load_fact_tables
from generator.fact_tables.page import plan_fact_tables
from generator.fact_tables.rows import check_fact_tables
from generator.feeds import build_feeds
from generator.glossary.load import FILE as GLOSSARY
from generator.glossary.load import load_glossary
from generator.glossary.mark import build_marker
from generator.glossary.page import plan_glossary
from generator.labels.labels import Labels, load_labels
from generator.map.data import build_map
from generator.map.page import plan_map
from generator.map.placement import NEIGHBOURS, place_beside
from generator.meaning.embeddings import FILE as EMBEDDINGS
from generator.meaning.embeddings import load_embeddings
from generator.model import (
    Asset,
    MapPosition,
    Mentions,
    Placement,
    Plan,
    Related,
    Shelf,
    Site,
    Taxonomy,
)
from generator.names.check import check_names
from generator.names.load import FILE as NAMES
from generator.names.load import load_names
from generator.pages.bibliography_check import plan_check
from generator.pages.home import plan_home
from generator.pages.indexes import plan_indexes
from generator.pages.library import plan_library
from generator.pages.names import plan_names
from generator.pages.paper import plan_papers
from generator.pages.resources import plan_resources
from generator.pages.topics import plan_topics
from generator.pictures.files import build_small_pictures
from generator.pictures.small import list_small_pictures
from generator.problems import PapershelfError, Place, Problem, error, errors_of, in_order
from generator.reading_paths.check import check_reading_paths
from generator.reading_paths.load import FILE as READING_PATHS
from generator.reading_paths.load import load_reading_paths
from generator.reading_paths.page import plan_reading_paths
from generator.records.cache import RecordCache
from generator.records.format_version import FILE as VERSION
from generator.records.images import load_images
from generator.records.positions import FILE as POSITIONS
from generator.records.read import DIGESTS, FOLDER, OVERVIEWS, leave_out_removed, load_shelf
from generator.related.mentions import find_mentions
from generator.related.nearest import find_related
from generator.search.index import build_index
from generator.search.page import plan_search
from generator.settings import Settings
from generator.social.files import build_social_images
from generator.social.images import list_social_images
from generator.stats.counts import build_statistics
from generator.stats.page import plan_stats
from generator.storage.conflict_markers import check_written
from generator.topics.classify import build_classifier, check_topics
from generator.topics.overview_check import check_overviews
from generator.topics.overviews import load_overviews
from generator.topics.taxonomy import FILE as TOPICS
from generator.topics.taxonomy import load_taxonomy
from generator.urls.files import data_path
from generator.urls.ledger import FILE as LEDGER
from generator.urls.ledger import is_feed, render_ledger
from generator.urls.redirect_files import build_redirect_files, repeat_files
from generator.urls.redirects import list_redirects
from generator.urls.site_urls import SiteUrls, list_site_urls
from generator.urls.tombstones import plan_removed
from generator.well_known import build_well_known_files
from generator.whats_new.data import build_whats_new
from generator.whats_new.digests import check_digests, load_digests
from generator.whats_new.page import plan_whats_new

Placements = Mapping[str, tuple[Placement, ...]]
Relations = Mapping[str, tuple[Related, ...]]
_READ = (
    DIGESTS,
    EMBEDDINGS,
    FACT_TABLES,
    FOLDER,
    GLOSSARY,
    LEDGER,
    NAMES,
    OVERVIEWS,
    POSITIONS,
    READING_PATHS,
    TOPICS,
    VERSION,
)
"""The files and folders whose readers report open merges."""


def load_content(
    content: Path, state: Path | None = None, records: RecordCache | None = None
) -> tuple[Shelf, Taxonomy, tuple[Problem, ...]]:
    """Return the records and topics below a folder, and all problems in them and in the other files.

    `state` is explained in `load_shelf`.
    """
    shelf, shelf_problems = load_shelf(content, records, state=state)
    taxonomy, topic_problems = load_taxonomy(content)
    shelf, written_problems = _load_written(content, shelf, taxonomy)
    open_merges = check_written(content, but=_READ)
    problems = [*shelf_problems, *topic_problems, *written_problems]
    problems += (*check_topics(shelf, taxonomy), *open_merges)
    is_sound = not errors_of([*shelf_problems, *topic_problems])
    if is_sound:  # else what an overview or a path names may be there, with an error
        problems += check_written_texts(shelf, taxonomy)
    if not leave_out_removed(shelf).papers and not errors_of(problems):
        hint = "add a record or run `papershelf import`"
        problems.append(error("empty-shelf", "no records were found", Place(file=f"{FOLDER}/"), hint))
    return shelf, taxonomy, in_order(problems)


def _load_written(content: Path, shelf: Shelf, taxonomy: Taxonomy) -> tuple[Shelf, tuple[Problem, ...]]:
    """Return the shelf with the other files of its folder, and the errors of these files."""
    overviews, of_overviews = load_overviews(content)
    digests, of_digests = load_digests(content)
    glossary, of_terms = load_glossary(content, taxonomy)
    paths, of_paths = load_reading_paths(content)
    tables, of_tables = load_fact_tables(content, shelf.own_fields)
    names, of_names = load_names(content)
    images, of_images = load_images(content, shelf.papers, shelf.places)
    embeddings, of_vectors = load_embeddings(content, leave_out_removed(shelf).papers)
    shelf = replace(
        shelf,
        overviews=overviews,
        digests=digests,
        glossary=glossary,
        reading_paths=paths,
        fact_tables=tables,
        names=names,
        images=images,
        embeddings=embeddings,
    )
    return shelf, (
        *of_overviews,
        *of_digests,
        *of_terms,
        *of_paths,
        *of_tables,
        *of_names,
        *of_images,
        *of_vectors,
    )


def check_written_texts(shelf: Shelf, taxonomy: Taxonomy) -> Iterator[Problem]:
    """Yield the problems of what curators write about the records in other files."""
    yield from check_overviews(shelf, taxonomy)
    yield from check_digests(shelf)
    yield from check_reading_paths(shelf)
    yield from check_fact_tables(shelf)
    yield from check_names(shelf)


class Steps:
    """The steps of a build without caching. A preview overrides them to reuse results of the last build (`preview_steps.py`)."""

    def __init__(self, records: Path | None = None, state: Path | None = None) -> None:
        """Cache parsed records in the file `records`, if given; `state` is explained in `load_shelf`."""
        self._records, self._state = RecordCache(records), state

    def read(self, content: Path) -> tuple[Shelf, Taxonomy, tuple[Problem, ...]]:
        """Return the shelf with removed papers, its topics, and all problems."""
        return load_content(content, self._state, self._records)

    def load(self, content: Path) -> tuple[Shelf, Taxonomy, tuple[Problem, ...]]:
        """Return the shelf without removed papers, its topics, and warnings.

        Raises:
            PapershelfError: with all problems, if one of them is an error.
        """
        shelf, taxonomy, problems = self.read(content)
        if errors_of(problems):
            raise PapershelfError(problems)
        return leave_out_removed(shelf), taxonomy, problems

    def read_words(self, shelf: Shelf) -> Corpus:
        """Return the words of all papers as arrays."""
        return read_papers(shelf.papers.values())

    def classify(self, shelf: Shelf, taxonomy: Taxonomy, corpus: Corpus, labels: Labels) -> Placements:
        """Return the topics of each paper, each with its reason."""
        return build_classifier(taxonomy, labels).classify(shelf.papers, corpus)

    def change_papers(self, shelf: Shelf, find_placements: Callable[[], Placements]) -> Shelf:  # noqa: ARG002 (for stages to come)
        """Return the shelf with what follows for its papers from their topics; so far, nothing does.

        Builds, verbs and the list of URLs all call this. `find_placements` returns the topics of each paper; calling it
        takes the time of classifying all papers unless they are already classified.
        """
        return shelf

    def relate(self, shelf: Shelf, corpus: Corpus, placements: Placements, number: int) -> Relations:
        """Return up to `number` related papers of each paper, each with its reason."""
        return find_related(
            shelf.papers,
            number=number,
            corpus=corpus,
            placements=placements,
            embeddings=shelf.embeddings,
        )

    def find_mentions(self, shelf: Shelf, corpus: Corpus) -> Mapping[str, Mentions]:
        """Return which papers mention which others by their names."""
        return find_mentions(shelf.papers, corpus)

    def end(self, site: Site, corpus: Corpus, number: int) -> None:
        """Called when the site is complete. Does nothing; the preview overrides it to cache results."""


def build_site(
    settings: Settings,
    steps: Steps | None = None,
    stage: Callable[[str], AbstractContextManager[object]] = nullcontext,
) -> tuple[Site, tuple[Problem, ...]]:
    """Load, classify and relate the papers and place them on the map; return the site and the warnings.

    Each stage runs inside the context manager `stage(name)`.

    Raises:
        PapershelfError: with all problems, if one of them is an error.
    """
    steps, labels = steps or Steps(), load_labels(settings.language)
    with stage("records"):
        shelf, taxonomy, problems = steps.load(settings.content)
    with stage("topics"):
        corpus = steps.read_words(shelf)
        placements = steps.classify(shelf, taxonomy, corpus, labels)
        shelf = steps.change_papers(shelf, lambda: placements)
    with stage("related"):
        related = steps.relate(shelf, corpus, placements, settings.related)
        mentions = steps.find_mentions(shelf, corpus)
        catalogue = build_catalogue(shelf, placements)
    with stage("map"):
        positions = _place_all(shelf, related if settings.related == NEIGHBOURS else None, placements, corpus)
    site = Site(
        shelf=shelf,
        taxonomy=taxonomy,
        placements=placements,
        related=related,
        catalogue=catalogue,
        labels=labels,
        pretty_urls=settings.pretty_urls,
        small_pictures=list_small_pictures(settings.content, shelf) if settings.small_pictures else {},
        map_positions=positions,
        mentions=mentions,
    )
    steps.end(site, corpus, settings.related)
    return site, problems


def sketch_site(shelf: Shelf, taxonomy: Taxonomy, *, placed: bool) -> Site:
    """Return a site only for listing its URLs. Without `placed`, topics have no papers, so each has only one page."""
    loaded = leave_out_removed(shelf)
    find_placements = cache(lambda: build_classifier(taxonomy).classify(loaded.papers))
    shelf = Steps().change_papers(loaded, find_placements)
    placements = find_placements() if placed else {}
    catalogue = build_catalogue(shelf, placements)
    return Site(shelf=shelf, taxonomy=taxonomy, placements=placements, related={}, catalogue=catalogue)


def _place_all(
    shelf: Shelf, related: Relations | None, placements: Placements, corpus: Corpus
) -> Mapping[str, MapPosition]:
    """Return the positions of all papers: those in map.csv, and new positions near related papers for the others."""
    if not shelf.map_positions or not shelf.papers.keys() - shelf.map_positions.keys():
        return shelf.map_positions
    related = related or find_related(
        shelf.papers,
        number=NEIGHBOURS,
        corpus=corpus,
        placements=placements,
        embeddings=shelf.embeddings,
    )
    return place_beside(shelf.map_positions, shelf.papers, related)


def plan_pages(site: Site, settings: Settings) -> Iterator[Plan]:
    """Yield the plan of every generated page. Pages are rendered lazily, in any process."""
    statistics = build_statistics(site.shelf, site.taxonomy, site.placements, site.catalogue)
    social_images = list_social_images(site, settings)
    marker = build_marker(site.shelf.glossary, site.labels)
    yield plan_home(site, settings, social_images)
    yield from plan_indexes(site, settings, social_images)
    yield from plan_topics(site, settings, social_images, statistics, marker)
    yield from plan_names(site, settings, social_images)
    yield from plan_resources(site, settings, social_images)
    yield plan_stats(site, settings, statistics)
    yield plan_search(site, settings)
    yield from plan_map(site)
    yield from plan_glossary(site)
    yield from plan_reading_paths(site, marker)
    yield from plan_fact_tables(site, marker)
    yield plan_whats_new(site, settings)
    yield plan_data(site)
    yield from plan_library(site, settings)
    yield plan_check(site)
    yield from plan_papers(site, settings, social_images, marker)
    yield from plan_removed(site, settings)


def build_assets(site: Site, settings: Settings, known: SiteUrls | None = None) -> Iterator[Asset]:
    """Yield every generated file other than pages, one at a time, including the files at former URLs.

    `known` has the site's URLs, if already listed.
    """
    known = known or list_site_urls(site, settings, plan_pages(site, settings))
    redirects = list(list_redirects(known.routes, known.ledger))
    said = {a: what for a, what in known.ledger.items() if settings.site_url or not is_feed(a)}
    ledger = Asset(path=data_path(LEDGER), body=render_ledger(said).encode())
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
    yield from build_small_pictures(site, settings)
