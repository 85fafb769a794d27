"""Numbers as bytes: LEB128 varints, with seven bits in a byte and the lowest bits first (dwarfstd.org, DWARF 5, section 7.6)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_BITS = 7
_LOW = 0x7F
_MORE = 0x80

Numbers = NDArray[np.int64]


def write_varint(out: bytearray, number: int) -> None:
    """Append the varint of one number, which must not be negative.

    >>> out = bytearray()
    >>> write_varint(out, 300)
    >>> out.hex(" ")
    'ac 02'
    """
    while number > _LOW:
        out.append(number & _LOW | _MORE)
        number >>= _BITS
    out.append(number)


def encode(numbers: Numbers, spare: Numbers | None = None) -> tuple[NDArray[np.uint8], Numbers]:
    """Return the varints of many numbers, the offset of each, and the end of the last one as a final offset.

    The numbers must not be negative. `spare` is the number of zero bytes to leave after each varint.

    >>> body, starts = encode(np.array([1, 300]))
    >>> body.tobytes().hex(" "), starts.tolist()
    ('01 ac 02', [0, 1, 3])
    """
    sizes = np.ones(len(numbers), np.int64)
    rest = numbers >> _BITS
    while rest.any():
        sizes += rest > 0
        rest >>= _BITS
    starts = np.zeros(len(numbers) + 1, np.int64)
    np.cumsum(sizes if spare is None else sizes + spare, out=starts[1:])
    out = np.zeros(starts[-1], np.uint8)
    for byte in range(int(sizes.max(initial=0))):
        at = np.flatnonzero(sizes > byte)
        more = (sizes[at] > byte + 1) * _MORE
        out[starts[at] + byte] = (numbers[at] >> (_BITS * byte)) & _LOW | more
    return out, starts
