"""The delay that a busy host asks for before a retry."""

from __future__ import annotations

import math
from email.utils import parsedate_to_datetime

_LONGEST = 86_400.0 * 366


def read_retry_after(text: str, now: float) -> float | None:
    """Return the seconds in a Retry-After header (a number or a date), at most a year; None for anything else."""
    try:
        seconds = float(text)
    except ValueError:
        try:
            seconds = parsedate_to_datetime(text).timestamp() - now
        except (ValueError, TypeError, OverflowError):
            return None
    return min(max(0.0, seconds), _LONGEST) if math.isfinite(seconds) else None
