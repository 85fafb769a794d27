"""Checks the address of the preview's server and explains why it cannot be used."""

from __future__ import annotations

import errno
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from mkdocs.exceptions import Abort

_LAST = 65_535
_FREE = 1_024
"""The first port that needs no administrator rights."""


def check_address(host: str, port: int) -> None:
    """Check that a server can use an address.

    Raises:
        Abort: if it cannot; the message has the address, the reason, and how to choose another address.
    """
    with name_address(host, port), socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((host, port))


@contextmanager
def name_address(host: str, port: int) -> Iterator[None]:
    """Turn errors about a server's address into readable messages; other errors stay unchanged.

    Raises:
        Abort: as `check_address` does.
    """
    try:
        yield
    except (OSError, OverflowError) as fault:
        code = fault.errno if isinstance(fault, OSError) else errno.ERANGE
        local = "[::1]" if ":" in host else "127.0.0.1"
        shown = f"[{host}]" if ":" in host else host
        reasons = {
            errno.EADDRINUSE: (
                "another program is using this port",
                f"{shown}:{port + 1 if port < _LAST else _FREE}",
            ),
            errno.EACCES: (f"ports below {_FREE:,} need administrator rights", f"{shown}:8000"),
            errno.EADDRNOTAVAIL: ("this machine does not have this address", f"{local}:8000"),
            errno.EAFNOSUPPORT: ("this machine does not support addresses of this kind", "127.0.0.1:8000"),
            errno.ERANGE: (f"the port must be a number up to {_LAST:,}", f"{shown}:8000"),
        }
        if code not in reasons:
            raise
        reason, other = reasons[code]
        raise Abort(
            f"Cannot serve on {shown}:{port}: {reason}. Choose another address with --dev-addr {other}"
        ) from fault
