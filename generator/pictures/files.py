"""The smaller versions of pictures as files."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Asset, Site
from generator.problems import PapershelfError, error
from generator.settings import Settings


def build_small_pictures(site: Site, settings: Settings) -> Iterator[Asset]:
    """Yield the smaller versions of pictures, one at a time.

    Raises:
        PapershelfError: if a picture is damaged.
    """
    if not site.small_pictures:
        return
    from generator.pictures.drawing import DamagedPictureError, draw_small  # noqa: PLC0415 (most commands draw nothing)

    for file, versions in site.small_pictures.items():
        try:
            bodies = draw_small(settings.content / file, [small.width for small in versions])
        except DamagedPictureError as fault:
            place = next(
                site.shelf.places[key]
                for key, p in site.shelf.papers.items()
                if p.image and p.image.file == file
            )
            message = f"image.file: {file!r} cannot be decoded: {fault}"
            raise PapershelfError([error("bad-image", message, place, "save the picture again")]) from fault
        for small, body in zip(versions, bodies, strict=True):
            yield Asset(path=small.path, body=body)
