"""Papers for benchmarks: real ones where `../shared/corpora` lies beside the project, recombined above their number.

Recombined papers take sentences from all over the collection, and every one brings a few words that no other has, so
that the vocabulary keeps growing as it does in real collections (Heaps' law). Without the collection, the texts are
invented from syllables. The same number of papers is always the same papers.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from generator.model import Author, Paper

CORPUS = Path(__file__).parents[2] / "shared" / "corpora" / "acl-anthology-8k.jsonl"
_SYLLABLES = "ba de ki lo mu na po ra si tu ve wi xo za che gra plo sti tre lan mor dis ter con".split()  # noqa: SIM905 (a list of words reads best as words)
_INVENTED = 2_000
_NEW_WORDS = 2


@cache
def _read_rows() -> list[dict[str, Any]]:
    if CORPUS.exists():
        return [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]
    rnd = random.Random(1)  # noqa: S311 (the same papers every time)
    words = ["".join(rnd.choices(_SYLLABLES, k=rnd.randint(1, 4))) for _ in range(9_000)]

    def sentence() -> str:
        return " ".join(rnd.choice(words[: rnd.randint(30, len(words))]) for _ in range(rnd.randint(6, 30)))

    return [
        {
            "title": sentence()[:90].title(),
            "abstract": ". ".join(sentence() for _ in range(6)) + ".",
            "authors": [f"{rnd.choice(words).title()} {rnd.choice(words).title()}" for _ in range(4)],
            "year": rnd.randint(1990, 2025),
            "venue": f"Proceedings of {rnd.choice(words[:40]).title()}",
        }
        for _ in range(_INVENTED)
    ]


def make_papers(number: int) -> Iterator[Paper]:
    """Yield so many papers; the first ones are the collection's own."""
    rows = _read_rows()
    rnd = random.Random(2)  # noqa: S311 (the same papers every time)
    for n in range(number):
        row = rows[n % len(rows)]
        title, abstract = row["title"], row.get("abstract") or ""
        if n >= len(rows):
            new = ["".join(rnd.choices(_SYLLABLES, k=4)) for _ in range(_NEW_WORDS)]
            others = [rnd.choice(rows) for _ in range(5)]
            title = " ".join(title.split()[:5] + others[0]["title"].split()[-5:] + new[:1])
            abstract = " ".join(
                f"{rnd.choice((other.get('abstract') or title).split('. ')).strip('. ')}." for other in others
            )
            abstract += f" We call it {new[1]}."
        yield Paper(
            id=f"paper-{n:06}",
            title=title,
            abstract=abstract,
            authors=tuple(Author(name=name) for name in row.get("authors") or ()),
            published=str(row.get("year") or ""),
            venue=row.get("venue") or "",
            added="2025-01-01",
        )
