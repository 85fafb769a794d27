"""Connects to hosts: the name is resolved once, all its IP addresses are checked, and the connection uses one of them."""

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
    """Return the IP addresses of a host, in the order in which the system tries them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


def connect(address: str, port: int, seconds: float) -> socket.socket:
    """Return a connection to an IP address."""
    return socket.create_connection((address, port), timeout=seconds)


@cache
def trust() -> ssl.SSLContext:
    """Return the TLS context; certificates are verified with the root certificates of the system and of Mozilla."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    context.set_alpn_protocols(["http/1.1"])
    return context


class Network(Struct, frozen=True, kw_only=True):
    """The three system functions that the client needs; tests replace them to stay on this machine."""

    look_up: Callable[[str, int], Sequence[str]] = look_up
    connect: Callable[[str, int, float], socket.socket] = connect
    trust: Callable[[], ssl.SSLContext] = trust


def open_socket(
    url: Url, network: Network, reach: Reach, deadline: Deadline, limits: Limits
) -> socket.socket:
    """Return a connection to the host of a URL, with TLS for https.

    Proxies are not used, because they would resolve the name again after the check.

    Raises:
        RefusedError: if the host or one of its IP addresses is not allowed, or the answer comes from another IP address.
        UnreachableError: if the host has no IP address, or none accepts a connection.
        OSError: if TLS fails.
    """
    if not reach.has_port(url.port):
        raise RefusedError(f"uses port {url.port}, which is not a port for web pages")
    addresses = _list_addresses(url, network) if reach.has_name(url.host) else ()
    if not addresses or not all(map(reach.has_address, addresses)):
        raise RefusedError("is not on the public internet")
    opened, address = _connect(addresses, url.port, network, deadline, limits)
    try:
        if ip_address(opened.getpeername()[0]) != address:
            raise RefusedError("was answered from another IP address")  # noqa: TRY301 (one way to close)
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
    """Return a connection to the first IP address that accepts one, and this IP address."""
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
        raise UnreachableError("has a name that does not resolve to an IP address") from None
