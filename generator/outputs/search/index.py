"""The files of the search index, named by their content, and the manifest that says where everything is."""

from __future__ import annotations

import base64
import hashlib
import zlib
from collections.abc import Iterator
from typing import Any

import msgspec

from generator.model import KINDS, Asset, Site
from generator.outputs.exports import EXPORTS
from generator.outputs.search import store
from generator.outputs.search.blocks import Postings, add_posting, pack_blocks
from generator.outputs.search.entries import (
    Compounds,
    Document,
    build_document,
    find_compounds,
    find_entries,
    number_documents,
)
from generator.outputs.search.words import stem

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


def build_index(site: Site, *, abstracts: bool) -> Iterator[Asset]:
    """Yield the files of the index, the manifest last; `abstracts` says whether authors' abstracts are searched."""
    papers = number_documents(site.shelf.papers.values())
    taxonomy = site.taxonomy
    topics = store.number_topics(papers, taxonomy, site.placements)
    names = [topic.name for topic in taxonomy.topics.values()]
    documents = [
        build_document(paper, [names[n] for n in numbers], abstracts=abstracts)
        for paper, numbers in zip(papers, topics, strict=True)
    ]
    compounds = find_compounds(documents)
    terms, lengths = _collect(documents, compounds)
    venues = {
        venue: number for number, venue in enumerate(sorted({p.venue for p in papers if p.venue}), start=1)
    }
    manifest: dict[str, Any] = {
        "format": FORMAT,
        "papers": len(papers),
        "length": {field: round(sum(each) / max(1, len(each)), 2) for field, each in lengths.items()},
        "kinds": KINDS,
        "statuses": store.STATUSES,
        "has": store.HAS,
        "topics": [[topic.id, topic.name] for topic in taxonomy.topics.values()],
        "venues": list(venues),
    }
    blocks: list[list[str]] = []
    parts = {stem(key): f"{stem(one)} {stem(two)}" for key, (one, two) in compounds.parts.items()}
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
    for at in range(0, len(papers), size):
        texts = [[f.render(paper) for f in EXPORTS.values()] for paper in papers[at : at + size]]
        name, file = _file("e", msgspec.json.encode(texts))
        yield file
        entries.append(name)
    manifest["names"], file = _file("nx", "".join(entries).encode())
    yield file
    for key, body in (
        ("lengths", store.pack_lengths([*lengths["text"], *lengths["title"]])),
        ("columns", store.pack_columns(papers, topics, venues)),
        ("orders", store.pack_orders(papers)),
        ("words", store.pack_words(terms)),
    ):
        manifest[key], file = _file(key[0] + "x", body)
        yield file
    yield Asset(path=f"{FOLDER}/manifest.json", body=msgspec.json.encode(manifest))


def _collect(
    documents: list[Document], compounds: Compounds
) -> tuple[dict[str, Postings], dict[str, list[int]]]:
    """Return the postings of every term, and the lengths of texts and titles."""
    terms: dict[str, Postings] = {}
    lengths: dict[str, list[int]] = {"text": [], "title": []}
    for number, document in enumerate(documents):
        entries, words = find_entries(document, compounds)
        for field, each in lengths.items():
            each.append(words[field])
        for term, entry in entries.items():
            postings = terms.get(term)
            if postings is None:
                postings = terms[term] = Postings(-1, 0, bytearray(), bytearray())
            add_posting(postings, number, entry.counts, entry.positions)
    return terms, lengths
