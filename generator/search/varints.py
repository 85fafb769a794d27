"""Numbers as bytes: LEB128 varints, seven bits in a byte, low ones first (dwarfstd.org, DWARF 5, section 7.6)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_BITS = 7
_LOW = 0x7F
_MORE = 0x80

Numbers = NDArray[np.int64]


def write_number(out: bytearray, number: int) -> None:
    """Append one number that is not negative."""
    while number > _LOW:
        out.append(number & _LOW | _MORE)
        number >>= _BITS
    out.append(number)


def encode(numbers: Numbers, spare: Numbers | None = None) -> tuple[NDArray[np.uint8], Numbers]:
    """Return the bytes of many numbers, and where each begins, with the end of the last one behind them.

    `spare` has for each number how many bytes stay free (zero) behind it.
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
