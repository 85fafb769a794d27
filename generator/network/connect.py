"""Connections to hosts: the name is resolved once, every IP address of it is judged, and one of these is connected to."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Sequence
from functools import cache
from ipaddress import ip_address

import certifi
from msgspec import Struct

from generator.network.deadline import Deadline
from generator.network.errors import Limits, RefusedError, UnreachableError
from generator.network.hosts import IPAddress, Reach
from generator.network.url import Url


def look_up(host: str, port: int) -> Sequence[str]:
    """Return the IP addresses of a host, in the order in which the system would try them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


def connect(address: str, port: int, seconds: float) -> socket.socket:
    """Return a connection to an IP address."""
    return socket.create_connection((address, port), timeout=seconds)


@cache
def trust() -> ssl.SSLContext:
    """Return the rules of TLS: certificates are checked, against the roots of the system and those of Mozilla."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    context.set_alpn_protocols(["http/1.1"])
    return context


class Network(Struct, frozen=True, kw_only=True):
    """The three things that the client needs of the system; tests hand in others, which stay on this machine."""

    look_up: Callable[[str, int], Sequence[str]] = look_up
    connect: Callable[[str, int, float], socket.socket] = connect
    trust: Callable[[], ssl.SSLContext] = trust


def open_socket(
    url: Url, network: Network, reach: Reach, deadline: Deadline, limits: Limits
) -> socket.socket:
    """Return a connection to the host of an address, with TLS where the address is one of https.

    No proxy is on the way: it would look the name up itself, after it was judged here.

    Raises:
        RefusedError: when the host or one of its IP addresses is out of reach, or another one answers than was asked.
        UnreachableError: when the host has no IP address, or none that can be connected to.
        OSError: when TLS fails.
    """
    if not reach.has_port(url.port):
        raise RefusedError(f"has the port {url.port}, which serves no web pages")
    addresses = _list_addresses(url, network) if reach.has_name(url.host) else ()
    if not addresses or not all(map(reach.has_address, addresses)):
        raise RefusedError("is not a public address")
    opened, address = _connect(addresses, url.port, network, deadline, limits)
    try:
        if ip_address(opened.getpeername()[0]) != address:
            raise RefusedError("was answered from another address than its own")  # noqa: TRY301 (one way to close)
        if url.scheme == "http":
            return opened
        opened.settimeout(deadline.left(limits.read))
        return network.trust().wrap_socket(opened, server_hostname=url.host)
    except BaseException:
        opened.close()
        raise


def _connect(
    addresses: Sequence[IPAddress], port: int, network: Network, deadline: Deadline, limits: Limits
) -> tuple[socket.socket, IPAddress]:
    """Return a connection to the first of the addresses that takes one, and this address."""
    fault: OSError | None = None
    for address in addresses:
        try:
            return network.connect(str(address), port, deadline.left(limits.connect)), address
        except OSError as refused:
            fault = refused
    raise UnreachableError(
        "did not answer in time" if isinstance(fault, TimeoutError) else "cannot be reached"
    )


def _list_addresses(url: Url, network: Network) -> list[IPAddress]:
    try:
        return [ip_address(url.host)]
    except ValueError:
        pass
    try:
        return [ip_address(found) for found in network.look_up(url.host, url.port)]
    except OSError:
        raise UnreachableError("has a name that resolves to no address") from None
