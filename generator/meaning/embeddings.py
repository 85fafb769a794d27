"""`embeddings.txt`: the vectors of papers that `papershelf embed` computed with a sentence model.

Each line contains the first 16 hexadecimal digits of the SHA-256 of a text, a space, and the vector of the text: 192 signed
bytes in base64. The lines are sorted, so that two branches that add papers merge. A vector belongs to the paper with this
text, so a renamed paper keeps it and a corrected abstract needs a new one.

The model's vectors have 384 numbers. `vectors/axes.bin` projects them into the space of the vectors of words
(`lexicon.py`): it contains 384 rows of 192 numbers, and one row with the projected mean, as 16-bit floating-point numbers.
`benchmarks/fit_axes.py` makes it. Builds only read `embeddings.txt` and do not need the model.
"""

from __future__ import annotations

import binascii
import hashlib
import os
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from generator.limits import FILE_BYTES
from generator.meaning.lexicon import Vectors
from generator.model import Paper
from generator.problems import Place, Problem, note, warning
from generator.storage.conflict_markers import load_merged

FILE = "embeddings.txt"
AXES = Path(__file__).parent / "vectors" / "axes.bin"
_HEADER = "# papershelf embeddings 1: all-MiniLM-L6-v2, 192 numbers"
_LINE = re.compile(r"([0-9a-f]{16}) ([A-Za-z0-9+/]{256})")
_NUMBERS, _LENGTH, _MOST = 192, 100, 127
_RENEW = "run `papershelf embed`"

Embedded = tuple[NDArray[np.int64], Vectors]
"""The numbers of the papers that have a vector by the model, and these vectors, one row for each."""


def build_text(paper: Paper) -> str:
    """Return the text of a paper that the model reads: its title and its abstract, or its summary if it has no abstract."""
    rest = paper.abstract_text.plain or paper.summary_text.plain
    return f"{paper.title_text.plain}. {rest}".strip()


def hash_text(text: str) -> str:
    """Return the first 16 hexadecimal digits of the SHA-256 of a text.

    >>> hash_text("Owls")
    '561168e552e96505'
    """
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def load_embeddings(
    content: Path, papers: Mapping[str, Paper]
) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """Return the vector of each paper by its id, as 192 signed bytes, and every problem of the file.

    Papers without a vector are missing in the result. Without a file, both are empty.
    """
    if not os.path.lexists(content / FILE):
        return {}, ()
    kept, problems = read_embeddings(content)
    hashes = {key: hash_text(build_text(paper)) for key, paper in papers.items()}
    found = {key: kept[digest] for key, digest in hashes.items() if digest in kept}
    missing, outdated = len(papers) - len(found), len(kept.keys() - hashes.values())
    if missing or outdated:
        message = f"papers without a vector: {missing:,}; vectors of texts that no paper has: {outdated:,}"
        problems = (*problems, note("stale-embeddings", message, Place(file=FILE), _RENEW))
    return found, problems


def read_embeddings(content: Path) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """Return the vectors in the file by the hash of their text, and every problem of the file."""
    if not os.path.lexists(content / FILE):
        return {}, ()
    text, faults = load_merged(content / FILE, name=FILE, inside=content, limit=FILE_BYTES)
    problems, kept = list(faults), {}
    for number, line in enumerate(text.split("\n"), start=1):
        if match := _LINE.fullmatch(line):
            kept[match[1]] = binascii.a2b_base64(match[2])
        elif line and not (number == 1 and line == _HEADER):
            message = "expected the hash of a text and its vector"
            hint = f"delete the line and {_RENEW}"
            problems.append(warning("bad-embedding", message, Place(file=FILE, line=number), hint))
    return kept, tuple(problems)


def render_embeddings(kept: Mapping[str, bytes]) -> str:
    """Return the text of the file with these vectors, sorted by the hash of their text."""
    lines = (
        f"{digest} {binascii.b2a_base64(kept[digest], newline=False).decode()}" for digest in sorted(kept)
    )
    return "\n".join([_HEADER, *lines, ""])


def project(embedded: NDArray[np.float32]) -> list[bytes]:
    """Return the vectors of the model, one row for each text, in the form of the file.

    Each is projected, scaled to the length 100 and rounded.
    """
    axes = _load_axes()
    rows = embedded @ axes[:-1] - axes[-1]
    rows *= _LENGTH / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), np.finfo(np.float32).tiny)
    return [row.tobytes() for row in np.rint(rows).clip(-_MOST, _MOST).astype(np.int8)]


@cache
def _load_axes() -> NDArray[np.float32]:
    return np.fromfile(AXES, "<f2").reshape(-1, _NUMBERS).astype(np.float32)


def stack_embeddings(keys: Sequence[str], embeddings: Mapping[str, bytes]) -> Embedded:
    """Return which papers have a vector, by their numbers in the order of `keys`, and the vectors."""
    rows = np.array([n for n, key in enumerate(keys) if key in embeddings], np.int64)
    body = b"".join(embeddings[key] for key in keys if key in embeddings)
    return rows, np.frombuffer(body, np.int8).reshape(-1, _NUMBERS)
