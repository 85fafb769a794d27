"""Which addresses may be asked, and when again."""

from __future__ import annotations

import ipaddress
import math
import socket
from email.utils import parsedate_to_datetime
from urllib.parse import SplitResult, urlsplit


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return parts


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def is_allowed(url: str) -> bool:
    """Return whether an address is https, or http to this machine itself, and brings no user name."""
    parts = _split(url)
    if parts is None or not parts.hostname or parts.username is not None:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(parts.hostname))


def is_public(host: str) -> bool:
    """Return whether all addresses of a host are those of the public internet, or it has none that is known."""
    try:
        found = {entry[4][0] for entry in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError):
        return bool(host)  # asking it says why it cannot be reached
    return all(ipaddress.ip_address(str(address).partition("%")[0]).is_global for address in found)


def stays_home(start: str, target: str) -> bool:
    """Return whether an address is at the registered host of another: for this machine, at the same port."""
    one, two = _split(start), _split(target)
    if one is None or two is None:
        return False
    mine, yours = one.hostname or "", two.hostname or ""
    if _is_loopback(mine) or _is_loopback(yours):
        return one.netloc == two.netloc
    return _registered(mine) == _registered(yours)


def _registered(host: str) -> str:
    """Return the last two labels, which is the registered name for the hosts of the services."""
    return ".".join(host.rstrip(".").split(".")[-2:])


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
