"""The sentence model all-MiniLM-L6-v2, which turns a text into a vector: the forward pass of BERT (Devlin et al. 2019) in numpy.

The model itself is not included. `papershelf embed` reads it from the folder of the model `sentence-transformers/all-MiniLM-L6-v2`
(the files `model.safetensors` and `vocab.txt`), or from a wheel that contains this folder.
"""

from __future__ import annotations

import hashlib
import json
import re
import struct
import unicodedata
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.special import erf

_LAYERS, _HEADS, _SIZE = 6, 12, 384
_UNKNOWN, _OPEN, _CLOSE = 100, 101, 102  # [UNK], [CLS] and [SEP]
_AT_ONCE = 32
_MOST = 60
"""The number of word pieces of a text that are read: its beginning says what it is about."""
_WEIGHTS, _PIECES = "model.safetensors", "vocab.txt"
_SHA256 = {
    _WEIGHTS: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    _PIECES: "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
}
"""Vectors of another model have no common space with the vectors of words that the package includes."""
_WORD = re.compile(r"[^\W_]+|[^\w\s]|_")
_TINY = 1e-12

Floats = NDArray[np.float32]


class ModelError(Exception):
    """The files are not those of the model; the message says what is wrong."""


class MiniLM:
    """The model. `vocabulary` maps each word piece to its number, the most frequent ones first."""

    def __init__(self, path: Path) -> None:
        """Read the model from a folder or from a wheel.

        Raises:
            ModelError: if a file is missing or belongs to another model.
            OSError: if a file cannot be read.
        """
        files = _read_files(path)
        for name, digest in _SHA256.items():
            if name not in files:
                raise ModelError(f"{path} does not contain {name}")
            if hashlib.sha256(files[name]).hexdigest() != digest:
                raise ModelError(f"{name} in {path} does not belong to all-MiniLM-L6-v2")
        self._weights = _read_safetensors(files[_WEIGHTS])
        pieces = files[_PIECES].decode().splitlines()
        self.vocabulary = {piece: number for number, piece in enumerate(pieces)}

    def embed(self, texts: Sequence[str]) -> Floats:
        """Return a row of 384 numbers with the length one for each text: the mean of the last layer over its word pieces."""
        groups: dict[int, list[tuple[int, list[int]]]] = {}
        for n, text in enumerate(texts):
            pieces = self._cut(text)
            groups.setdefault(len(pieces), []).append((n, [_OPEN, *pieces, _CLOSE]))
        out = np.zeros((len(texts), _SIZE), np.float32)
        for _, group in sorted(groups.items()):
            for at in range(0, len(group), _AT_ONCE):
                part = group[at : at + _AT_ONCE]
                out[[n for n, _ in part]] = self._run(np.array([pieces for _, pieces in part])).mean(axis=1)
        return np.asarray(out / np.linalg.norm(out, axis=1, keepdims=True), np.float32)

    def _cut(self, text: str) -> list[int]:
        """Return the numbers of the first word pieces of a text, in lower case and without accents."""
        folded = unicodedata.normalize("NFD", text.lower())
        found: list[int] = []
        for word in _WORD.findall("".join(c for c in folded if unicodedata.category(c) != "Mn")):
            found += self._cut_word(word)
            if len(found) >= _MOST:
                break
        return found[:_MOST]

    def _cut_word(self, word: str) -> list[int]:
        """Return the pieces of a word by WordPiece, which takes the longest piece first. A word that cannot be cut is one unknown piece."""
        found, at = [], 0
        while at < len(word):
            mark = "##" if at else ""
            ends = (end for end in range(len(word), at, -1) if mark + word[at:end] in self.vocabulary)
            if not (end := next(ends, 0)):
                return [_UNKNOWN]
            found.append(self.vocabulary[mark + word[at:end]])
            at = end
        return found

    def _run(self, pieces: NDArray[np.int64]) -> Floats:
        weights, (rows, length) = self._weights, pieces.shape
        x = weights["embeddings.word_embeddings.weight"][pieces]
        x = x + weights["embeddings.position_embeddings.weight"][:length]
        x = self._norm(x + weights["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
        for layer in range(_LAYERS):
            name = f"encoder.layer.{layer}"
            query, key, value = (
                self._dense(x, f"{name}.attention.self.{part}")
                .reshape(rows, length, _HEADS, -1)
                .swapaxes(1, 2)
                for part in ("query", "key", "value")
            )
            scores = np.exp(query @ key.swapaxes(2, 3) / np.sqrt(_SIZE / _HEADS))
            seen = (scores / scores.sum(axis=-1, keepdims=True)) @ value
            seen = self._dense(
                seen.swapaxes(1, 2).reshape(rows, length, _SIZE), f"{name}.attention.output.dense"
            )
            x = self._norm(x + seen, f"{name}.attention.output.LayerNorm")
            inner = self._dense(x, f"{name}.intermediate.dense")
            inner = inner * 0.5 * (1 + erf(inner / np.sqrt(2)))
            x = self._norm(
                x + self._dense(inner.astype(np.float32), f"{name}.output.dense"), f"{name}.output.LayerNorm"
            )
        return x

    def _dense(self, x: Floats, name: str) -> Floats:
        return x @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"]

    def _norm(self, x: Floats, name: str) -> Floats:
        centred = x - x.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + _TINY)
        scaled = centred / spread * self._weights[f"{name}.weight"]
        return np.asarray(scaled + self._weights[f"{name}.bias"], np.float32)


def _read_files(path: Path) -> dict[str, bytes]:
    """Return the files of the model that are there, by name."""
    if path.is_dir():
        return {name: (path / name).read_bytes() for name in _SHA256 if (path / name).is_file()}
    try:
        with zipfile.ZipFile(path) as archive:
            return {
                name: archive.read(member)
                for member in archive.namelist()
                if (name := member.rpartition("/")[2]) in _SHA256
            }
    except zipfile.BadZipFile:
        raise ModelError(f"{path} is neither a folder nor a wheel") from None


def _read_safetensors(raw: bytes) -> Mapping[str, Floats]:
    """Return the tensors of a file in safetensors: eight bytes with the length of a JSON header, the header, the numbers."""
    (size,) = struct.unpack_from("<Q", raw)
    start = 8 + size
    return {
        name: np.frombuffer(raw, "<f4", int(np.prod(each["shape"])), start + each["data_offsets"][0]).reshape(
            each["shape"]
        )
        for name, each in json.loads(raw[8:start]).items()
        if each.get("dtype") == "F32"
    }
