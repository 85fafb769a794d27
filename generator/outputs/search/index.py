"""The files of the search index, named by their content, and the manifest that says where everything is."""

from __future__ import annotations

import base64
import hashlib
import zlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec

from generator.model import KINDS, Asset, Paper, Site
from generator.outputs.exports import EXPORTS
from generator.outputs.search import store
from generator.outputs.search.authors import pack_authors
from generator.outputs.search.blocks import pack_blocks
from generator.outputs.search.entries import FIELDS, TEXT, TITLE, list_names, number_documents, read_fields
from generator.outputs.search.postings import collect_postings
from generator.text.corpus import Corpus
from generator.text.words import stem

FORMAT = 1
"""The version of the index format; the engine refuses another one."""
FOLDER = "search/index"


def name_content(body: bytes) -> str:
    """Return six characters that stand for some bytes: 36 bits of their SHA-256, safe in an address."""
    return base64.urlsafe_b64encode(hashlib.sha256(body).digest())[:6].decode()


def _file(kind: str, body: bytes) -> tuple[str, Asset]:
    name = name_content(body)
    packed = zlib.compress(body, 9, -15)
    return name, Asset(path=f"{FOLDER}/{kind}-{name}.bin", body=packed)


def build_index(
    site: Site,
    *,
    abstracts: bool,
    take: Callable[[Sequence[Paper], Sequence[Sequence[str]]], None] | None = None,
) -> Iterator[Asset]:
    """Yield the files of the index, the manifest last; `abstracts` says whether authors' abstracts are searched.

    `take` is given the papers and their texts in every format of `EXPORTS`, a batch at a time.
    """
    papers = number_documents(site.shelf.papers.values())
    taxonomy = site.taxonomy
    topics = store.number_topics(papers, taxonomy, site.placements)
    names = [topic.name for topic in taxonomy.topics.values()]
    corpus = Corpus(len(FIELDS))
    for paper, numbers in zip(papers, topics, strict=True):
        corpus.add(read_fields(paper, [names[n] for n in numbers], abstracts=abstracts))
    lengths = {"text": corpus.count_words(TEXT), "title": corpus.count_words(TITLE)}
    terms, compounds = collect_postings(corpus, map(list_names, papers))
    venues = {
        venue: number for number, venue in enumerate(sorted({p.venue for p in papers if p.venue}), start=1)
    }
    manifest: dict[str, Any] = {
        "format": FORMAT,
        "papers": len(papers),
        "length": {field: round(float(each.sum()) / max(1, len(each)), 2) for field, each in lengths.items()},
        "steps": (steps := store.steps_of_lengths(len(papers))),
        "kinds": KINDS,
        "statuses": store.STATUSES,
        "has": store.HAS,
        "topics": [[topic.id, topic.name] for topic in taxonomy.topics.values()],
        "venues": list(venues),
    }
    blocks: list[list[str]] = []
    parts = {
        stem(key): f"{stem(one)} {stem(two)}"
        for key, (one, two) in sorted(compounds.parts.items(), reverse=True)
    }
    for block in pack_blocks(terms, parts):
        name, file = _file("t", block.body)
        yield file
        positions, file = _file("p", block.positions)
        yield file
        blocks.append([block.first, name, positions])
    manifest["blocks"] = blocks
    manifest["chunk"] = size = store.size_of_chunk(len(papers))
    chunks: list[str] = []
    for at in range(0, len(papers), size):
        part = zip(papers[at : at + size], topics[at : at + size], strict=True)
        name, file = _file(
            "d", store.pack_cards([store.build_card(p, t, abstracts=abstracts) for p, t in part])
        )
        yield file
        chunks.append(name)
    manifest["chunks"] = "".join(chunks)
    manifest["exports"] = [[f.name, f.ending, f.media, f.head, f.between, f.tail] for f in EXPORTS.values()]
    entries: list[str] = []
    manifest["batch"] = batch = store.BATCH
    for at in range(0, len(papers), batch):
        part_of = papers[at : at + batch]
        texts = [[f.render(paper) for f in EXPORTS.values()] for paper in part_of]
        if take is not None:
            take(part_of, texts)
        name, file = _file("e", msgspec.json.encode(texts))
        yield file
        entries.append(name)
    manifest["names"], file = _file("nx", "".join(entries).encode())
    yield file
    parts_of_names: list[str] = []
    for first, body in pack_authors(papers):
        name, file = _file("a", body)
        yield file
        parts_of_names.append(f"{first}\t{name}")
    if parts_of_names:
        manifest["authors"], file = _file("ax", "\n".join(parts_of_names).encode())
        yield file
    for key, body in (
        ("lengths", store.pack_lengths([*lengths["text"], *lengths["title"]], steps)),
        ("columns", store.pack_columns(papers, topics, venues)),
        ("orders", store.pack_orders(papers)),
        ("words", store.pack_words(corpus.count_spellings())),
    ):
        manifest[key], file = _file(key[0] + "x", body)
        yield file
    yield Asset(path=f"{FOLDER}/manifest.json", body=msgspec.json.encode(manifest))
