"""When a host that is busy wants to be asked again."""

from __future__ import annotations

import math
from email.utils import parsedate_to_datetime


def read_retry_after(text: str, now: float) -> float | None:
    """Return the seconds of a Retry-After header, which gives them or a date; None for anything else."""
    try:
        seconds = float(text)
    except ValueError:
        try:
            seconds = parsedate_to_datetime(text).timestamp() - now
        except (ValueError, TypeError, OverflowError):
            return None
    return max(0.0, seconds) if math.isfinite(seconds) else None
