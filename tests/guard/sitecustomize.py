"""The rule that tests send nothing to another machine, kept by an audit hook in every process of Python that they start.

`conftest.py` puts this folder on the path of child processes, where Python imports it by its name at the start.
"""

import ipaddress
import os
import socket
import sys

RECORD = "PAPERSHELF_TESTS_RECORD"
"""The environment variable that names the file with what was refused, a line each."""
_PLACES = {
    "socket.connect": 1, "socket.sendto": 1, "socket.sendmsg": 1, "socket.getaddrinfo": 0,
    "socket.gethostbyname": 0, "socket.gethostbyaddr": 0,
}  # fmt: skip
"""Where the address is in the arguments of an event."""


def is_here(address):
    """Return whether an address, or a host that is looked up, is this machine; paths of Unix sockets are."""
    host = address[0] if isinstance(address, tuple) else address
    host = host.decode() if isinstance(host, bytes) else host
    if not host or not isinstance(host, str) or host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


def refuse(event, arguments):
    """Raise where an event is about another machine, and record it, since a program may catch what is raised."""
    if event not in _PLACES or is_here(arguments[_PLACES[event]]):
        return
    if isinstance(arguments[0], socket.socket) and arguments[0].family not in {
        socket.AF_INET,
        socket.AF_INET6,
    }:
        return
    said = f"{event} {arguments[_PLACES[event]]!r}"
    if RECORD in os.environ:
        with open(os.environ[RECORD], "a", encoding="utf-8") as record:  # noqa: PTH123 (no import at the start of Python)
            record.write(f"{said}\n")
    raise RuntimeError(said)


sys.addaudithook(refuse)
