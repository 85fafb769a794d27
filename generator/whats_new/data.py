"""A small file with the newest papers, from which scripts determine what is new since the reader's last visit.

Cached pages of older versions read this file, too; if its format changes, it needs a new name.
"""

from __future__ import annotations

from itertools import groupby

import msgspec

from generator.model import Asset, Site
from generator.urls.files import ARRIVALS

MOST = 300
"""Maximum number of papers in the file; readers who were away longer see that there are more."""


def build_whats_new(site: Site) -> Asset:
    """Return the newest papers by date, each with the numbers of its topics; papers without `added` are left out."""
    papers = site.shelf.papers
    dated = [key for key in site.catalogue.arrivals if papers[key].added]
    numbers = {topic: number for number, topic in enumerate(site.taxonomy.topics)}
    days = [
        (day, [(key, [numbers[p.topic] for p in site.placements.get(key, ())]) for key in keys])
        for day, keys in groupby(dated[:MOST], key=lambda key: papers[key].added)
    ]
    body = {"days": days, "more": len(dated) - min(len(dated), MOST), "topics": list(site.taxonomy.topics)}
    return Asset(path=ARRIVALS, body=msgspec.json.encode(body))
