"""Pages that a site has only if they have content."""

from __future__ import annotations

from collections.abc import Collection

from generator.model import Site
from generator.urls.routes import (
    FACT_TABLES,
    GLOSSARY,
    MAP,
    READING_PATHS,
    authors_path,
    build_page_url,
    picks_path,
    resources_path,
    topics_path,
    venues_path,
)


def find_empty(site: Site) -> Collection[str]:
    """Return the paths of the pages that have nothing to show: the map, the glossary, and the lists of reading paths, fact tables, picks, topics, venues, authors, and models and data, where there are none."""
    filled = {
        MAP: site.shelf.map_positions,
        topics_path(): site.taxonomy.topics,
        GLOSSARY: site.shelf.glossary,
        READING_PATHS: site.shelf.reading_paths,
        FACT_TABLES: site.shelf.fact_tables,
        picks_path(): site.catalogue.picks,
        venues_path(): site.catalogue.venues,
        authors_path(): site.catalogue.authors,
        resources_path(): site.catalogue.resources,
    }
    return [path for path, has in filled.items() if not has]


def is_made(site: Site, path: str) -> bool:
    """Return whether a site has a page: it has content, or its URL was published and must stay."""
    published = any(build_page_url(path, pretty=pretty) in site.shelf.ledger for pretty in (True, False))
    return published or path not in find_empty(site)
