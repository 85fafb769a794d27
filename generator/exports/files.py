"""The files under `/data/`: the whole shelf in every format, and each topic as BibTeX.

Above 5,000 papers, the files are compressed with gzip; above 20,000, they have no abstracts. The search index renders
the same texts and passes them on, so that nothing is rendered twice.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from generator.exports.page import name_export, name_relations, name_topic_file
from generator.exports.relations import render_relations
from generator.exports.texts import EXPORTS, list_exports, render_json_record
from generator.fields import FIELDS
from generator.model import Asset, Paper, Site
from generator.pages.parts import sizes
from generator.records.parse import Record
from generator.urls.files import data_path

_LEVEL = 6
_AT_ONCE = 32_768
"""The number of characters that are compressed at once. Changing between files at each text takes twice the time."""

_DESCRIPTIONS = {
    "Author": "A person or organization that a source names as an author or editor.",
    "Pin": "A topic in a record, set by a curator or (with `why`) by a rule during an import.",
    "Source": "A source of a record's facts.",
}
"""Descriptions of types for the schema, because docstrings, its default, are missing under `python -OO`."""


def _build_schema() -> dict[str, Any]:
    schema = msgspec.json.schema(Record)
    for name, kind in schema["$defs"].items():
        rest = {key: value for key, value in kind.items() if key != "description"}
        said = {"description": _DESCRIPTIONS[name]} if name in _DESCRIPTIONS else {}
        if name == "Record":
            rest["properties"] = {
                field: {"description": FIELDS[field].meaning, **value}
                for field, value in rest["properties"].items()
            }
        schema["$defs"][name] = {"title": rest.pop("title"), **said, **rest}
    return schema


class _File:
    """A file that is compressed as it grows, so that only the result is in memory."""

    def __init__(self, head: str, between: str, *, packed: bool) -> None:
        self._packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, 31) if packed else None
        self._between, self._body, self._empty = between, bytearray(), True
        self._waiting, self._length = [head], len(head)

    def add(self, text: str) -> None:
        self._waiting.append(text if self._empty else f"{self._between}{text}")
        self._length += len(text)
        self._empty = False
        if self._length > _AT_ONCE:
            self._write()

    def finish(self, tail: str) -> bytes:
        self._waiting.append(tail)
        self._write()
        return bytes(self._body + (self._packer.flush() if self._packer else b""))

    def _write(self) -> None:
        body = "".join(self._waiting).encode("utf-8", "replace")
        self._body += self._packer.compress(body) if self._packer else body
        self._waiting, self._length = [], 0


class DataFiles:
    """Collects the texts of all papers and creates the files."""

    def __init__(self, site: Site, *more: Asset, abstracts: bool) -> None:
        """Create the files; `more` has further files in the folder, and `abstracts` is whether records include abstracts."""
        self._site, self._more = site, more
        self._large = len(site.shelf.papers) > sizes.LARGE
        self._abstracts = abstracts and not sizes.is_very_large(len(site.shelf.papers))
        exports = list_exports(site.shelf.own_fields)
        self._files = {name: _File(f.head, f.between, packed=self._large) for name, f in exports.items()}
        self._topics = {
            key: _File(EXPORTS["bibtex"].head, EXPORTS["bibtex"].between, packed=self._large)
            for key in site.taxonomy.topics
        }

    def add(self, papers: Sequence[Paper], texts: Sequence[Sequence[str]]) -> None:
        """Add papers with their text in each format of `EXPORTS`."""
        for paper, forms in zip(papers, texts, strict=True):
            for name, text in zip(EXPORTS, forms, strict=True):
                if name == "jsonl" and self._abstracts and paper.abstract:
                    text = render_json_record(paper)  # noqa: PLW2901 (the whole record here)
                self._files[name].add(text)
                if name == "bibtex":
                    for placement in self._site.placements.get(paper.id, ()):
                        self._topics[placement.topic].add(text)

    def finish(self) -> Iterator[Asset]:
        """Yield the files, and their checksums in the format of `sha256sum`."""
        sums = []
        for asset in self._list_files():
            sums.append(
                f"{hashlib.sha256(asset.body).hexdigest()}  {asset.path.removeprefix(data_path(''))}\n"
            )
            yield asset
        yield Asset(
            path=data_path("SHA256SUMS"), body="".join(sorted(sums, key=lambda line: line[66:])).encode()
        )

    def _list_files(self) -> Iterator[Asset]:
        for name, export in EXPORTS.items():
            path = data_path(name_export(name, len(self._site.shelf.papers)))
            yield Asset(path=path, body=self._files[name].finish(export.tail))
        for key, file in self._topics.items():
            yield Asset(
                path=data_path(name_topic_file(key, len(self._site.shelf.papers))),
                body=file.finish(EXPORTS["bibtex"].tail),
            )
        relations = _File("", "", packed=self._large)
        for line in render_relations(self._site):
            relations.add(line)
        path = data_path(name_relations(len(self._site.shelf.papers)))
        yield Asset(path=path, body=relations.finish(""))
        yield Asset(
            path=data_path("record.schema.json"),
            body=msgspec.json.format(msgspec.json.encode(_build_schema()), indent=1),
        )
        yield from self._more
