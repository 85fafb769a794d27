"""Texts of several fields that word vectors are learned from: `../shared/corpora` and the glosses of WordNet 3.0.

The papers are those of the ACL Anthology, of arXiv's sample answers and of three lists, the abstracts those of NPL. The glosses of
WordNet (Debian's `wordnet-base`) bring words of every other field; names, which have a capital letter, are left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import yaml

from benchmarks.corpus import CORPUS

_FOLDER = CORPUS.parent
_ATOM = "{http://www.w3.org/2005/Atom}"
_ROW = re.compile(r"^\|\*\*[\d-]+\*\*\|\*\*(.*?)\*\*\|", re.MULTILINE)
_ITEM = re.compile(r"\[\*\*(.*?)\*\*\]|\*\*(.*?)\*\*\.")
_NAME = re.compile(r"\b[A-Z]")
_FEWEST = 3


def read_texts(wordnet: Path) -> list[str]:
    """Return all texts; `wordnet` is the folder with `data.noun` and the others."""
    glosses = (text for text in _read_glosses(wordnet) if not _NAME.search(text.split(":")[0]))
    return [*read_abstracts(), *glosses]


def read_abstracts() -> list[str]:
    """Return the texts of papers: titles with their abstracts, where there is one."""
    return [*_read_arxiv(), *_read_yaml(), *_read_lists(), *_read_npl(), *_read_anthology()]


def _read_arxiv() -> list[str]:
    """Return titles with abstracts of arXiv's answers, each once."""
    found = set()
    for path in sorted((_FOLDER / "arxiv").glob("*.xml")):
        for entry in ET.parse(path).iter(f"{_ATOM}entry"):  # noqa: S314 (files of our own)
            title, summary = entry.findtext(f"{_ATOM}title"), entry.findtext(f"{_ATOM}summary")
            if title and summary:
                found.add(" ".join(f"{title}. {summary}".split()))
    return sorted(found)


def _read_yaml() -> Iterator[str]:
    rows = yaml.safe_load((_FOLDER / "lists" / "awesome_3dgs_papers.yaml").read_text(encoding="utf-8"))
    return (f"{row['title']}. {row.get('abstract') or ''}" for row in rows)


def _read_lists() -> list[str]:
    """Return the titles of two lists."""
    rows = (_FOLDER / "lists" / "cv-arxiv-daily.README.md").read_text(encoding="utf-8")
    items = (_FOLDER / "lists" / "long-context.README.md").read_text(encoding="utf-8")
    titles = {*_ROW.findall(rows), *(one or other for one, other in _ITEM.findall(items))}
    return sorted(title for title in titles if len(title.split()) >= _FEWEST)


def _read_npl() -> Iterator[str]:
    lines = (_FOLDER / "search-npl" / "corpus.jsonl").read_text(encoding="utf-8").splitlines()
    return (json.loads(line)["text"] for line in lines)


def _read_anthology() -> Iterator[str]:
    rows = map(json.loads, CORPUS.read_text(encoding="utf-8").splitlines())
    return (f"{row['title']}. {row.get('abstract') or ''}" for row in rows)


def _read_glosses(wordnet: Path) -> Iterator[str]:
    """Yield each entry with its meaning: `owl, hooter: nocturnal bird of prey`."""
    for kind in ("noun", "verb", "adj", "adv"):
        for line in (wordnet / f"data.{kind}").read_text(encoding="utf-8").splitlines():
            if line.startswith("  "):
                continue  # the licence
            head, gloss = line.split(" | ", 1)
            parts = head.split()
            words = parts[4 : 4 + 2 * int(parts[3], 16) : 2]
            names = ", ".join(word.replace("_", " ").split("(")[0] for word in words)
            meaning, _, _ = gloss.partition('; "')  # examples follow
            yield f"{names}: {meaning.strip()}"
