"""Which smaller versions of pictures there are. Their paths have a digest of the picture, so that no cache shows an old one."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from generator.limits import IMAGE_BYTES
from generator.model import Shelf, SmallPicture
from generator.storage.text_file import load_head
from generator.urls.files import small_picture_path

WIDTHS = (320, 960)
"""The widths in pixels: for lists, and for the page of a paper."""
_WORTH = 1.25
"""How much wider a picture must be than a smaller version of it."""
_DRAWN = frozenset({".png", ".jpg", ".jpeg"})
"""The endings of pictures that are drawn smaller; those of other types may move."""


def list_small_pictures(content: Path, shelf: Shelf) -> Mapping[str, tuple[SmallPicture, ...]]:
    """Return the smaller versions of each picture by its file; pictures that are small themselves have none."""
    files = {paper.image.file for paper in shelf.papers.values() if paper.image}
    return {
        file: tuple(small)
        for file, size in shelf.images.items()
        if file in files
        and PurePosixPath(file).suffix.lower() in _DRAWN
        and (widths := [width for width in WIDTHS if width * _WORTH < size.width])
        and (small := _name_all(content, file, widths))
    }


def _name_all(content: Path, file: str, widths: list[int]) -> list[SmallPicture]:
    body, _, _ = load_head(content / file, inside=content, length=IMAGE_BYTES)
    digest = hashlib.sha256(body).hexdigest()[:8]
    return [SmallPicture(small_picture_path(file, digest, width), width) for width in widths]
