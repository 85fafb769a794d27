"""The address of a preview's server: whether it is free, and why it is not."""

from __future__ import annotations

import errno
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from mkdocs.exceptions import Abort

_LAST = 65_535
_FREE = 1_024
"""The first port that needs no rights of an administrator."""


def check_address(host: str, port: int) -> None:
    """Do nothing where a server can use an address.

    Raises:
        Abort: when it cannot, with the address, the reason, and how to choose another one.
    """
    with name_address(host, port), socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((host, port))


@contextmanager
def name_address(host: str, port: int) -> Iterator[None]:
    """Say in plain words why a server cannot use its address; other errors stay as they are.

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
                "another program uses this port",
                f"{shown}:{port + 1 if port < _LAST else _FREE}",
            ),
            errno.EACCES: (f"ports below {_FREE:,} need the rights of an administrator", f"{shown}:8000"),
            errno.EADDRNOTAVAIL: ("this machine has no such address", f"{local}:8000"),
            errno.EAFNOSUPPORT: ("this machine has no addresses of this kind", "127.0.0.1:8000"),
            errno.ERANGE: (f"a port is a number up to {_LAST:,}", f"{shown}:8000"),
        }
        if code not in reasons:
            raise
        reason, other = reasons[code]
        raise Abort(
            f"Cannot serve on {shown}:{port}: {reason}. Choose another address with --dev-addr {other}"
        ) from fault
