"""Draws smaller versions of a picture with Pillow."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path

from PIL import Image, ImageOps

_QUALITY = 82
"""The quality of WebP at which the letters of a diagram stay sharp."""


class DamagedPictureError(Exception):
    """Raised if a picture cannot be decoded."""


def draw_small(path: Path, widths: Iterable[int]) -> list[bytes]:
    """Return a picture as WebP in each of some widths in pixels, without its metadata.

    Raises:
        DamagedPictureError: if it cannot be decoded.
    """
    try:
        with Image.open(path, formats=("PNG", "JPEG")) as file:
            whole = ImageOps.exif_transpose(file)
            picture = whole.convert("RGBA" if whole.has_transparency_data else "RGB")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as fault:
        raise DamagedPictureError(" ".join(str(fault).split())) from fault
    return [_render(picture, width) for width in widths]


def _render(picture: Image.Image, width: int) -> bytes:
    height = max(1, round(picture.height * width / picture.width))
    small = picture.resize((width, height), Image.Resampling.LANCZOS)
    body = io.BytesIO()
    small.save(body, "WEBP", quality=_QUALITY, method=4)
    return body.getvalue()
