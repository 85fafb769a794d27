"""The pictures of papers: whether their files exist, are served, and are what their names say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from generator.limits import IMAGE_BYTES, IMAGE_SIDE
from generator.model import Image, ImageSize, Paper
from generator.problems import Place, Problem, error
from generator.records.read import is_data
from generator.storage.folder import LeavesError, check_name
from generator.storage.image_file import ImageHeader, read_header
from generator.storage.text_file import load_head

_ENDINGS = {".png": "png", ".gif": "gif", ".jpg": "jpg", ".jpeg": "jpg", ".webp": "webp"}
_NOT_SERVED = ("templates",)
"""Folders at the top that MkDocs does not copy."""
_HEAD = 256 * 1024


def load_images(
    content: Path, papers: Mapping[str, Paper], places: Mapping[str, Place]
) -> tuple[Mapping[str, ImageSize], tuple[Problem, ...]]:
    """Return the sizes of the pictures of papers by file, and an error for each picture that cannot be shown."""
    sizes: dict[str, ImageSize] = {}
    problems: list[Problem] = []
    for key, paper in papers.items():
        if paper.image is None or not paper.image.file or paper.image.file in sizes:
            continue
        found = _load(content, paper.image)
        if isinstance(found, ImageSize):
            sizes[paper.image.file] = found
        else:
            message, hint = found
            said = f"image.file: {paper.image.file!r} {message}"
            problems.append(error("bad-image", said, places[key], hint))
    return sizes, tuple(problems)


def _list_refusals(file: str) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the path of a picture, and what to do."""
    if "//" in file:
        yield "is a URL", "save the picture below the content folder: pages load nothing from other hosts"
    try:
        check_name(file)
    except LeavesError:
        yield "is not a path below the content folder", "write it from there, such as figures/owls.png"
    parts = file.split("/")
    if is_data(file) or any(part.startswith(".") for part in parts) or parts[0] in _NOT_SERVED:
        yield "is in a place that the site does not serve", "move it, for example to figures/"
    if PurePosixPath(file).suffix.lower() not in _ENDINGS:
        yield "has no ending of a picture", f"use one of: {', '.join(_ENDINGS)}"


def _load(content: Path, image: Image) -> ImageSize | tuple[str, str]:
    """Return the size of a picture, or why it cannot be shown and what to do."""
    if refused := next(_list_refusals(image.file), None):
        return refused
    head, length, refusal = load_head(content / image.file, inside=content, length=_HEAD)
    if refusal:
        return refusal, "correct the path, which begins in the content folder"
    header = read_header(head)
    if header is None:
        return "is not a PNG, JPEG, GIF or WebP picture", "save it in one of these formats"
    fault = next(_list_faults(header, PurePosixPath(image.file).suffix.lower(), length), None)
    return fault or ImageSize(header.width, header.height)


def _list_faults(header: ImageHeader, ending: str, length: int) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a picture that ends with `ending` and has `length` bytes, and what to do."""
    if header.kind != _ENDINGS[ending]:
        yield f"is of the type {header.kind}, but ends in {ending}", f"rename it to end in .{header.kind}"
    if length > IMAGE_BYTES:
        yield f"has {length:,} bytes; at most {IMAGE_BYTES:,} are allowed", "make it smaller"
    if max(header.width, header.height) > IMAGE_SIDE:
        said = f"has {header.width:,} × {header.height:,} pixels; at most {IMAGE_SIDE:,} are allowed"
        yield said, "make it smaller"
