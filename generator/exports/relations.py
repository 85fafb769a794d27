"""Relations between papers as JSON Lines: related papers with the reasons, and mentions."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from generator.model import Mentions, Site


def render_relations(site: Site) -> Iterator[str]:
    """Yield a line for each paper, in the order of their ids, with what its page shows.

    `related` has papers with the ids of shared topics, shared terms and a weight, about a million for a paper and itself;
    `mentions` papers with the name that is mentioned; `mentioned_by` the newest papers that mention it, of `mentioned` in all.
    """
    for key in site.shelf.papers:
        named = site.mentions.get(key, Mentions())
        line = {
            "id": key,
            "related": [
                {"paper": other.paper, "topics": other.topics, "terms": other.terms, "weight": other.weight}
                for other in site.related.get(key, ())
            ],
            "mentions": [{"paper": other, "name": name} for other, name in named.mentions],
            "mentioned_by": named.mentioned_by,
            "mentioned": named.times,
        }
        yield msgspec.json.encode(line).decode() + "\n"
