"""A small file with the newest papers, by which a browser knows what is new since the last visit.

Pages of an older version read the file, too: if it changes its form, it gets another name.
"""

from __future__ import annotations

from itertools import groupby

import msgspec

from generator.model import Asset, Site
from generator.urls.files import ARRIVALS

MOST = 300
"""Papers in the file; who stayed away for longer is told that there are more."""


def build_whats_new(site: Site) -> Asset:
    """Return the newest papers day by day, each with the numbers of its topics; papers without `added` are in no file."""
    papers = site.shelf.papers
    dated = [key for key in site.catalogue.arrivals if papers[key].added]
    numbers = {topic: number for number, topic in enumerate(site.taxonomy.topics)}
    days = [
        (day, [(key, [numbers[p.topic] for p in site.placements.get(key, ())]) for key in keys])
        for day, keys in groupby(dated[:MOST], key=lambda key: papers[key].added)
    ]
    body = {"days": days, "more": len(dated) - min(len(dated), MOST), "topics": list(site.taxonomy.topics)}
    return Asset(path=ARRIVALS, body=msgspec.json.encode(body))
