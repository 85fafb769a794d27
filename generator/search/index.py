"""All files of the search index, named by their content, and the manifest that lists them."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from generator.corpus import Corpus
from generator.directory import Directory
from generator.exports.texts import list_exports
from generator.meaning.embeddings import Embedded, stack_embeddings
from generator.meaning.lexicon import FILES, LENGTH, TABLE, deflate_vectors, load_lexicon, read_files
from generator.model import KINDS, Asset, Paper, Site
from generator.records.interest import SIGNS, Sign
from generator.search import store
from generator.search.authors import pack_authors
from generator.search.blocks import pack_blocks
from generator.search.cells import count_cells, find_cells
from generator.search.entries import (
    FIELDS,
    TEXT,
    TITLE,
    list_identity_terms,
    name_content,
    name_numbers,
    number_documents,
    read_fields,
)
from generator.search.facets import describe_facets, pack_facets
from generator.search.meaning import embed_papers, pack_cell, pack_centres
from generator.search.postings import collect_postings
from generator.search.spellings import pack_spellings
from generator.text.words import stem
from generator.urls.files import SEARCH_INDEX

FORMAT = 6
"""The version of the index format. The search engine in the browser refuses any other version."""
MEANING_FORMAT = 1
"""The version of the files for search by meaning. An engine that expects another version searches by words only."""
_OF_MEANING = (f"{SEARCH_INDEX}/v-", f"{SEARCH_INDEX}/c-", f"{SEARCH_INDEX}/mx-")
_VECTORS = ("c", "mx")
_INSIDE = 16_000
"""Parts that most queries need are included in the manifest if they have at most this number of bytes. This saves a request."""
_KEPT = 3_000_000
"""The size in bytes up to which browsers store a complete index for offline reading."""


def _file(kind: str, body: bytes) -> tuple[str, Asset]:
    name = name_content(body)
    packed = deflate_vectors(body) if kind in _VECTORS else zlib.compress(body, 9, -15)
    return name, Asset(path=f"{SEARCH_INDEX}/{kind}-{name}.bin", body=packed)


def build_index(
    site: Site,
    *,
    abstracts: bool,
    meaning: bool = False,
    take: Callable[[Sequence[Paper], Sequence[Sequence[str]]], None] | None = None,
) -> Iterator[Asset]:
    """Yield the files of the index, and at the end `files.json`, which lists them for offline reading.

    The list contains all files except those for search by meaning. It is empty if they have more than 3 MB in total. So a
    browser stores either the complete index for searches by words, or nothing.

    Args:
        site: the papers, their topics and the labels.
        abstracts: whether the authors' abstracts are searched.
        meaning: whether the index has the files for search by meaning.
        take: called with each batch of papers, and for each paper with its texts in every export format.
    """
    size, names = 0, []
    for asset in _build_files(site, abstracts=abstracts, meaning=meaning, take=take):
        yield asset
        if asset.path.startswith(_OF_MEANING):
            continue
        size += len(asset.body)
        names.append(asset.path.removeprefix(f"{SEARCH_INDEX}/"))
    listed = sorted(name for name in names if name.endswith(".bin")) if size <= _KEPT else []
    yield Asset(path=f"{SEARCH_INDEX}/files.json", body=msgspec.json.encode({"files": listed}))


def _build_files(
    site: Site,
    *,
    abstracts: bool,
    meaning: bool,
    take: Callable[[Sequence[Paper], Sequence[Sequence[str]]], None] | None = None,
) -> Iterator[Asset]:
    """Yield the files of the index, with the manifest at the end."""
    papers = number_documents(site.shelf.papers.values())
    taxonomy = site.taxonomy
    topics = store.number_topics(papers, taxonomy, site.placements)
    names = [topic.name for topic in taxonomy.topics.values()]
    corpus, directory = Corpus(len(FIELDS)), site.catalogue.directory
    for paper, numbers in zip(papers, topics, strict=True):
        corpus.add(read_fields(paper, [names[n] for n in numbers], abstracts=abstracts, directory=directory))
    lengths = {"text": corpus.count_words(TEXT), "title": corpus.count_words(TITLE)}
    terms, compounds = collect_postings(corpus, (list_identity_terms(paper, directory) for paper in papers))
    inside: dict[str, str] = {}
    manifest: dict[str, Any] = {
        "format": FORMAT,
        "papers": len(papers),
        "numbering": name_numbers(papers),
        "length": {field: round(float(each.sum()) / max(1, len(each)), 2) for field, each in lengths.items()},
        "steps": (steps := store.steps_of_lengths(len(papers))),
        "kinds": KINDS,
        "statuses": store.STATUSES,
        "has": store.HAS,
        "topics": [[topic.id, topic.name] for topic in taxonomy.topics.values()],
        "facets": describe_facets(site.labels),
        "inside": inside,
    }
    blocks: list[tuple[str, str]] = []
    parts = {
        stem(key): f"{stem(one)} {stem(two)}"
        for key, (one, two) in sorted(compounds.parts.items(), reverse=True)
    }
    for block in pack_blocks(terms, parts):
        name, file = _file("t", block.body)
        yield file
        yield _file("p", block.positions)[1]
        blocks.append((block.first, name))
    manifest["firsts"] = [first for first, _ in blocks]
    manifest["blocks"] = "".join(name for _, name in blocks)
    manifest["chunk"] = size = store.size_of_chunk(len(papers))
    chunks: list[str] = []
    for at in range(0, len(papers), size):
        part = zip(papers[at : at + size], topics[at : at + size], strict=True)
        name, file = _file(
            "d",
            store.pack_cards(
                [
                    store.list_card_values(
                        p, site.catalogue.show_authors(p), t, site.shelf.own_fields, abstracts=abstracts
                    )
                    for p, t in part
                ]
            ),
        )
        yield file
        chunks.append(name)
    manifest["chunks"] = "".join(chunks)
    yield from _build_exports(papers, site, manifest, take)
    own, signs = site.shelf.own_fields, _list_signs(papers, site)
    if own or signs:
        manifest["fields"] = [[f.id, f.label, f.type, f.unit, sorted(f.show)] for f in own.values()]
        manifest["fields"] += [[s.id, site.labels(s.label), "number", "", ["sort"]] for s in signs]
        manifest["own"] = yield from _keep("f", store.pack_own(papers, own, signs), inside)
    yield from _build_authors(papers, directory, manifest)
    for key, body in (
        ("lengths", store.pack_lengths([*lengths["text"], *lengths["title"]], steps)),
        ("columns", pack_facets(papers, site)),
        ("orders", store.pack_orders(papers)),
    ):
        manifest[key] = yield from _keep(f"{key[0]}x", body, inside)
    manifest["spellings"] = yield from _build_spellings(corpus)
    if meaning and papers:
        embedded = stack_embeddings([paper.id for paper in papers], site.shelf.embeddings)
        manifest["meaning"] = yield from _build_meaning(corpus, parts, embedded, inside)
    yield Asset(path=f"{SEARCH_INDEX}/manifest.json", body=msgspec.json.encode(manifest))


def _list_signs(papers: Sequence[Paper], site: Site) -> list[Sign]:
    """Return the signs of interest that some paper has; a field of the shelf's own with the same id takes their place."""
    free = [sign for sign in SIGNS if sign.id not in site.shelf.own_fields]
    return [sign for sign in free if any(sign.find(paper) for paper in papers)]


def _keep(kind: str, body: bytes, inside: dict[str, str]) -> Generator[Asset, None, str]:
    """Store a small part in `inside` as Base64, by the name of its file; yield a larger one as a file. Return its name."""
    name, file = _file(kind, body)
    if len(file.body) <= _INSIDE:
        inside[file.path.removeprefix(f"{SEARCH_INDEX}/")] = base64.b64encode(file.body).decode()
    else:
        yield file
    return name


def _build_exports(
    papers: Sequence[Paper],
    site: Site,
    manifest: dict[str, Any],
    take: Callable[[Sequence[Paper], Sequence[Sequence[str]]], None] | None,
) -> Iterator[Asset]:
    """Yield the files with the texts of all papers in every export format, and add their names to the manifest."""
    exports = list_exports(site.shelf.own_fields)
    manifest["exports"] = [[f.name, f.ending, f.media, f.head, f.between, f.tail] for f in exports.values()]
    entries: list[str] = []
    manifest["batch"] = batch = store.BATCH
    for at in range(0, len(papers), batch):
        part_of = papers[at : at + batch]
        texts = [[f.render(paper) for f in exports.values()] for paper in part_of]
        if take is not None:
            take(part_of, texts)
        name, file = _file("e", msgspec.json.encode(texts))
        yield file
        entries.append(name)
    manifest["names"], file = _file("nx", "".join(entries).encode())
    yield file


def _build_authors(
    papers: Sequence[Paper], directory: Directory, manifest: dict[str, Any]
) -> Iterator[Asset]:
    """Yield the files of author names, and add their names to the manifest."""
    parts: list[str] = []
    for first, body in pack_authors(papers, directory):
        name, file = _file("a", body)
        yield file
        parts.append(f"{first}\t{name}")
    if parts:
        manifest["authors"], file = _file("ax", "\n".join(parts).encode())
        yield file


def _build_spellings(corpus: Corpus) -> Generator[Asset, None, dict[str, Any]]:
    """Yield the files of words for correcting typos, and return their entry in the manifest."""
    spellings = pack_spellings(corpus.count_spellings())
    entry: dict[str, Any] = {}
    for key, kind, files in (("forwards", "w", spellings.forwards), ("backwards", "b", spellings.backwards)):
        packed = [(first, _file(kind, body)) for first, body in files]
        yield from (file for _, (_, file) in packed)
        entry[key] = {
            "firsts": [first for first, _ in packed],
            "files": "".join(name for _, (name, _) in packed),
        }
    entry["short"], file = _file("ws", spellings.short)
    yield file
    return entry


def _build_meaning(
    corpus: Corpus,
    parts: Mapping[str, str],
    embedded: Embedded,
    inside: dict[str, str],
) -> Generator[Asset, None, dict[str, Any]]:
    """Yield the files for search by meaning, and return their entry in the manifest."""
    lexicon = load_lexicon()
    words = name_content(TABLE.read_bytes())
    for number, body in enumerate(read_files()):
        yield Asset(path=f"{SEARCH_INDEX}/v-{words}-{number}.bin", body=body)
    for name in ("LICENSE", "NOTICE"):  # every copy of the vectors must include them
        yield Asset(path=f"{SEARCH_INDEX}/v-{words}-{name}.txt", body=(TABLE.parent / name).read_bytes())
    vectors = embed_papers(corpus, parts, lexicon, embedded)
    centres, cells = find_cells(vectors, count_cells(len(vectors)))
    names = []
    for papers in cells:
        name, file = _file("c", pack_cell(papers, vectors))
        yield file
        names.append(name)
    name = yield from _keep("mx", pack_centres(vectors, centres, names), inside)
    return {
        "format": MEANING_FORMAT,
        "words": words,
        "files": FILES,
        "length": LENGTH,
        "cells": len(cells),
        "centres": name,
    }
