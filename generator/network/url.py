"""URLs for the client: parsed once, and only in forms on which all parsers agree.

URLs that RFC 3986 (URIs) and the WHATWG URL standard (browsers) read differently, or that one of them forbids, are
rejected: with a percent-encoded host, a backslash, a user name, `127.1`, or a host that ends with a dot.
"""

from __future__ import annotations

import re
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from urllib.parse import quote, urljoin

import idna
from msgspec import Struct

from generator.network.errors import RefusedError

# Appendix B of RFC 3986, limited to two schemes and with the authority that they require.
_URL = re.compile(r"(https?)://([^/?#]+)([^?#]*)(\?[^#]*)?(?:#.*)?", re.IGNORECASE)
_AUTHORITY = re.compile(r"(\[[0-9a-f:.]+\]|[^\[\]:@%]+)(?::([0-9]{0,5}))?", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_LONGEST, _LONGEST_HOST = 8000, 253
_PORTS = {"http": 80, "https": 443}
_HIGHEST = 65_535
_PATH = "!$%&'()*+,-./:;=@_~"


class BadUrlError(RefusedError):
    """Raised for a URL that must not be requested."""


class Url(Struct, frozen=True):
    """A URL: `http` or `https`, a host in lower-case ASCII, a port, and the path with query.

    >>> split_url("HTTPS://Owls.example/a b?c#d")
    Url(scheme='https', host='owls.example', port=443, target='/a%20b?c')
    """

    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """The host as in URLs and the Host header, with the port if it is not the default."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    def __str__(self) -> str:
        return f"{self.scheme}://{self.authority}{self.target}"


def split_url(text: str) -> Url:
    """Return the parts of an `http` or `https` URL without its fragment.

    Raises:
        BadUrlError: if it is not such a URL, or parsers read it differently.
    """
    _check_characters(text)
    match = _URL.fullmatch(text)
    if not match:
        raise BadUrlError("is not an http or https URL with a host")
    scheme, authority, path, query = match[1].lower(), match[2], match[3], match[4] or ""
    parts = _AUTHORITY.fullmatch(authority)
    if not parts:
        raise BadUrlError("has an invalid host or port")
    target = (quote(path, safe=_PATH) or "/") + quote(query, safe=_PATH + "?")
    return Url(scheme, _read_host(parts[1]), _read_port(parts[2], scheme), target)


def follow_url(start: Url, location: str) -> Url:
    """Return the URL in a `Location` header, relative to `start` and decoded as http.client decodes headers.

    Raises:
        BadUrlError: if it is not a valid URL.
    """
    try:
        text = location.encode("latin-1").decode("utf-8").strip(" \t")
    except UnicodeError:
        raise BadUrlError("is not UTF-8") from None
    _check_characters(text)  # before it is joined: the library leaves some characters out
    if text.startswith("//"):
        text = f"{start.scheme}:{text}"
    return split_url(text if _SCHEME.match(text) else urljoin(str(start), text))


def _check_characters(text: str) -> None:
    if len(text) > _LONGEST:
        raise BadUrlError(f"has more than {_LONGEST} characters")
    if not text.isprintable() or "\\" in text:
        raise BadUrlError("contains a character that a URL must not contain")


def _read_port(text: str | None, scheme: str) -> int:
    port = int(text) if text else _PORTS[scheme]
    if not 0 < port <= _HIGHEST:
        raise BadUrlError(f"has the invalid port {port}")
    return port


def _read_host(text: str) -> str:
    try:
        if text.startswith("["):
            return str(IPv6Address(text[1:-1]))
        name = text.lower() if text.isascii() else _encode_host(text)
        labels = name.split(".")
        if _NUMBER.fullmatch(labels[-1]):
            return str(IPv4Address(text))
    except AddressValueError:
        raise BadUrlError(
            "has a host that looks like an IP address but does not have its usual form"
        ) from None
    if len(name) > _LONGEST_HOST or not all(map(_LABEL.fullmatch, labels)):
        raise BadUrlError("has an invalid host name")
    return name


def _encode_host(text: str) -> str:
    """Return a host name with non-ASCII letters in the ASCII form for lookups (UTS 46, as in browsers)."""
    if len(text) > _LONGEST_HOST:  # before the work, which grows faster than the name
        raise BadUrlError("has an invalid host name")
    try:
        return idna.encode(text, uts46=True, std3_rules=True).decode()
    except UnicodeError:
        raise BadUrlError("has an invalid host name") from None
