"""Decides which hosts may be requested: those on the public internet, by name and by every IP address."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from msgspec import Struct

from generator.network.url import Url

IPAddress = IPv4Address | IPv6Address

# The registries of special IP addresses: https://www.iana.org/assignments/iana-ipv4-special-registry and
# https://www.iana.org/assignments/iana-ipv6-special-registry. `is_global` of the standard library follows them, too, but
# not the same in every version of Python.
_SPECIAL_4 = tuple(
    map(
        IPv4Network,
        (
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
            "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
            "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        ),
    )
)  # fmt: skip
# The only part of IPv6 with hosts of the public internet; outside of it are all forms that contain an
# IPv4 address (::/96, ::ffff:0:0/96, 64:ff9b::/96, 64:ff9b:1::/48) except the two below.
_GLOBAL_6 = IPv6Network("2000::/3")
_SPECIAL_6 = tuple(
    map(
        IPv6Network,
        (
            "2001::/23",  # protocols, among them Teredo, which holds an IPv4 address
            "2001:db8::/32",
            "2002::/16",  # 6to4, which holds an IPv4 address
            "3ffe::/16",
            "3fff::/20",
        ),
    )
)
_LOOPBACK_4, _LOOPBACK_6 = IPv4Network("127.0.0.0/8"), IPv6Address("::1")
_LOW = 1024
# Ports above 1023 that browsers block, too: https://fetch.spec.whatwg.org/#port-blocking
_BLOCKED = frozenset(
    (1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, *range(6665, 6670), 6679, 6697, 10_080)
)
_OWN_NAMES = ("localhost", "localdomain", "local", "internal", "home.arpa")


class Reach(Struct, frozen=True):
    """Which hosts a request may reach: tests for host names, ports and IP addresses."""

    has_name: Callable[[str], bool]
    has_port: Callable[[int], bool]
    has_address: Callable[[IPAddress], bool]


def is_public(address: IPAddress) -> bool:
    """Return whether an IP address is on the public internet, identically in every version of Python."""
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _SPECIAL_4)
    return address in _GLOBAL_6 and not any(address in network for network in _SPECIAL_6)


def is_public_name(host: str) -> bool:
    """Return whether a host's name allows it to be on the public internet; every IP address does."""
    dotted = f".{host}"
    return ("." in host or ":" in host) and not any(dotted.endswith(f".{name}") for name in _OWN_NAMES)


def is_page_port(port: int) -> bool:
    """Return whether browsers allow a port for web pages; they block those of mail, terminals and other services."""
    return port in {80, 443} or (port >= _LOW and port not in _BLOCKED)


def is_here(address: IPAddress) -> bool:
    """Return whether an IP address belongs to this machine."""
    return address in _LOOPBACK_4 if isinstance(address, IPv4Address) else address == _LOOPBACK_6


def is_name_of_here(host: str) -> bool:
    """Return whether a host is this machine: `localhost` or one of its IP addresses."""
    try:
        return is_here(ip_address(host))
    except ValueError:
        return host == "localhost"


PUBLIC = Reach(is_public_name, is_page_port, is_public)
HERE = Reach(is_name_of_here, lambda _: True, is_here)


def stays_home(start: Url, target: Url) -> bool:
    """Return whether a URL has the same host as another, a parent domain or a subdomain of it.

    >>> from generator.network.url import split_url
    >>> stays_home(split_url("https://export.arxiv.org/a"), split_url("https://arxiv.org/b"))
    True
    """
    if (start.scheme, start.port) != (target.scheme, target.port):
        return False
    one, two = start.host, target.host
    return one == two or one.endswith(f".{two}") or two.endswith(f".{one}")
