"""Reads the type and the size of a picture from the beginning of its file.

Formats: PNG (ISO/IEC 15948, 11.2.1), GIF89a (18), JPEG (ITU-T T.81, B.2.2) and WebP (RFC 9649).
"""

from __future__ import annotations

import struct
from collections.abc import Callable

from msgspec import Struct

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""The markers of JPEG that begin a frame, which has the size."""
_ALONE = frozenset({0x01, *range(0xD0, 0xDA)})
"""The markers of JPEG without a length."""


class ImageHeader(Struct, frozen=True, kw_only=True):
    """The type of a picture, by its usual ending, and its size in pixels."""

    kind: str
    width: int
    height: int


def read_header(head: bytes) -> ImageHeader | None:
    r"""Return what the beginning of a file says of a picture; None if it is none, or says nothing of its size.

    >>> read_header(b"GIF89a\x02\x00\x03\x00")
    ImageHeader(kind='gif', width=2, height=3)
    """
    kinds: dict[str, Callable[[bytes], tuple[int, int] | None]] = {
        "png": _read_png,
        "gif": _read_gif,
        "jpg": _read_jpeg,
        "webp": _read_webp,
    }
    for kind, read in kinds.items():
        try:
            size = read(head)
        except (struct.error, IndexError):  # the file ends before its size
            continue
        if size and all(size):
            return ImageHeader(kind=kind, width=size[0], height=size[1])
    return None


def _read_png(head: bytes) -> tuple[int, int] | None:
    if not (head.startswith(_PNG) and head[12:16] == b"IHDR"):
        return None
    width, height = struct.unpack_from(">II", head, 16)
    return width, height


def _read_gif(head: bytes) -> tuple[int, int] | None:
    if not head.startswith((b"GIF87a", b"GIF89a")):
        return None
    width, height = struct.unpack_from("<HH", head, 6)
    return width, height


def _read_jpeg(head: bytes) -> tuple[int, int] | None:
    if not head.startswith(_JPEG):
        return None
    at = 2
    while head[at] == 0xFF:  # noqa: PLR2004 (each marker begins with it)
        marker = head[at + 1]
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", head, at + 5)
            return width, height
        if marker == 0xFF:  # noqa: PLR2004 (it may be repeated)
            at += 1
        elif marker in _ALONE:
            at += 2
        else:
            at += 2 + max(2, struct.unpack_from(">H", head, at + 2)[0])
    return None


def _read_webp(head: bytes) -> tuple[int, int] | None:
    if not (head.startswith(b"RIFF") and head[8:12] == b"WEBP"):
        return None
    chunk = head[12:16]
    if chunk == b"VP8X":
        low, middle, high, low_2, middle_2, high_2 = struct.unpack_from("<6B", head, 24)
        return 1 + low + (middle << 8) + (high << 16), 1 + low_2 + (middle_2 << 8) + (high_2 << 16)
    if chunk == b"VP8L":
        signature, bits = struct.unpack_from("<BI", head, 20)
        return (1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)) if signature == 0x2F else None  # noqa: PLR2004 (its signature)
    if chunk == b"VP8 " and head[23:26] == b"\x9d\x01\x2a":
        width, height = struct.unpack_from("<HH", head, 26)
        return width & 0x3FFF, height & 0x3FFF
    return None
