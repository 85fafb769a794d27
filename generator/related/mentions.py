"""Mentions: papers that name the model, data set or method of another paper, such as `OwlNet` if a title begins with `OwlNet:`.

The rules prefer precision to recall. A name is one word before the colon of a title. It contains two capital letters, or a
capital letter and a digit, so it is not an ordinary word. It is left out if another title begins with it, or if a text of an
earlier year contains it. A text mentions the name if it contains it as a whole word in the same letter case. A lower-case
suffix may follow (`OwlNet-based`), but `OwlNet-2` and `M-OwlNet` are different names.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from generator.corpus import Corpus, read_papers
from generator.model import Mentions, Paper
from generator.related.vectors import Ints
from generator.text.words import fold, split

MOST = 20
"""The maximum number of mentioned papers, and of papers that mention a paper, on its page."""
_NAME = re.compile(r"(?=[^:]*[A-Z][^:]*[A-Z0-9]|[^:]*[0-9][^:]*[A-Z])([A-Za-z0-9][\w.+-]{1,29}): ")
_TASK = re.compile(r"(?:19|20)\d\d$")
"""A name that ends in a year is a workshop or a shared task, not the work of one paper."""
_YEAR = 4


def find_mentions(papers: Mapping[str, Paper], corpus: Corpus | None = None) -> dict[str, Mentions]:
    """Return the mentions of each paper that mentions another paper or is mentioned. Other papers are left out.

    Args:
        papers: the papers by their ids.
        corpus: the words of these papers in the same order, if they were read before.

    >>> a = Paper(id="a", title="OwlNet: Hearing Mice", published="2024")
    >>> b = Paper(id="b", title="Louder Mice", summary="We build on OwlNet.", published="2025")
    >>> find_mentions({"a": a, "b": b})["b"].mentions
    (('a', 'OwlNet'),)
    """
    corpus = corpus or read_papers(papers.values())
    keys = list(papers)
    owners = _list_names(papers)
    found: dict[str, list[str]] = {}
    for number, name in _find_words(corpus, list(owners)):
        key = keys[number]
        if key != owners[name] and _has_name(papers[key], name):
            found.setdefault(name, []).append(key)
    mentions: dict[str, list[tuple[str, str]]] = {}
    mentioned: dict[str, list[str]] = {}
    for name, others in found.items():
        owner = owners[name]
        if not any(_is_earlier(papers[key], papers[owner]) for key in others):
            mentioned[owner] = sorted(others, key=lambda key: (papers[key].published, key), reverse=True)
            for key in others:
                mentions.setdefault(key, []).append((owner, name))
    return {
        key: Mentions(
            mentions=tuple(sorted(mentions.get(key, ()))[:MOST]),
            mentioned_by=tuple(mentioned.get(key, ())[:MOST]),
            times=len(mentioned.get(key, ())),
        )
        for key in keys
        if key in mentions or key in mentioned
    }


def find_title_name(paper: Paper) -> str:
    """Return the name at the beginning of a paper's title, or an empty text if there is no name or only an ordinary word.

    >>> find_title_name(Paper(title="OwlNet-2: Hearing Mice")), find_title_name(Paper(title="Owls: A Survey"))
    ('OwlNet-2', '')
    """
    match = _NAME.match(paper.title_text.plain)
    return match[1] if match and not _TASK.search(match[1]) else ""


def _list_names(papers: Mapping[str, Paper]) -> dict[str, str]:
    """Return the paper of each name. Names of several papers, in any letter case, are left out."""
    named = {key: name for key, paper in papers.items() if (name := find_title_name(paper))}
    times = Counter(name.casefold() for name in named.values())
    return {name: key for key, name in named.items() if times[name.casefold()] == 1}


def _find_words(corpus: Corpus, names: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield each document that contains the words of a name in order, as its number and the name, once for each name."""
    known = corpus.vocabulary
    words = [split(fold(name))[0] for name in names]
    numbers = [
        [known[word] for word in each] if all(word in known for word in each) else [] for each in words
    ]
    by_first: dict[int, list[int]] = {}
    for n, each in enumerate(numbers):
        if each:
            by_first.setdefault(each[0], []).append(n)
    starts = np.zeros(len(known), np.bool_)
    starts[list(by_first)] = True
    for first, end in corpus.list_runs():
        tokens = corpus.read(first, end)
        rows = np.flatnonzero(starts[tokens.words])
        rows = rows[np.argsort(tokens.words[rows], kind="stable")]
        heads = np.flatnonzero(np.diff(tokens.words[rows], prepend=-1))
        for same in np.split(rows, heads[1:]) if len(rows) else ():
            for n in by_first[int(tokens.words[same[0]])]:
                at = _follow(tokens.words, same, numbers[n])
                yield from ((document, names[n]) for document in np.unique(tokens.documents[at]).tolist())


def _follow(words: Ints, rows: Ints, wanted: Sequence[int]) -> Ints:
    """Return those of the given rows that begin the sequence of words. The first word is known to be at each row."""
    for step, word in enumerate(wanted[1:], 1):
        rows = rows[rows + step < len(words)]
        rows = rows[words[rows + step] == word]
    return rows


def _has_name(paper: Paper, name: str) -> bool:
    """Return whether a text of a paper contains a name as a whole word, in the same letter case.

    A name in brackets, such as `(SGL)`, introduces an abbreviation that may mean something else. Papers that contain it do not
    count.
    """
    texts = [text.plain for text in (paper.title_text, paper.summary_text, paper.abstract_text)]
    form = re.compile(rf"(?<![\w.+-]){re.escape(name)}(?!\w|[.+-][A-Z0-9])")
    return any(map(form.search, texts)) and not any(f"({name})" in text for text in texts)


def _is_earlier(paper: Paper, owner: Paper) -> bool:
    """Return whether a paper is from an earlier year than another. False if one of the years is unknown."""
    one, two = paper.published[:_YEAR], owner.published[:_YEAR]
    return bool(one and two) and one < two
