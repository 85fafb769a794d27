"""Which requests may edit: only those of a page of this preview, in a browser on this machine.

Every other page that a browser has open can send requests to a server on the same machine. Therefore a request must name
the address that the server is bound to (so that no host name of a stranger that leads to this machine works), come from a page
of the same origin, and have the token of this run, which only the pages of this preview have.
"""

from __future__ import annotations

import hmac
import ipaddress
from collections.abc import Mapping
from typing import Any

import msgspec

from generator.limits import RECORD_BYTES

TOKEN = "X-Papershelf-Token"  # noqa: S105 (the name of a header)
_HTTP = 80


class EditRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The body of a request: the id of the record and, to save it, the digest of its source and the values of the form."""

    paper: str
    source: str = ""
    values: Mapping[str, str | bool | tuple[str, ...]] = {}


class RefusedRequestError(Exception):
    """Raised for a request that gets an error status; the message says why."""

    def __init__(self, status: int, message: str) -> None:
        self.status = status
        super().__init__(message)


def is_loopback(host: str) -> bool:
    """Return whether a server bound to a host can only be reached from this machine.

    >>> is_loopback("127.0.0.1"), is_loopback("::1"), is_loopback("localhost"), is_loopback("0.0.0.0")
    (True, True, True, False)
    """
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_ours(environ: Mapping[str, Any], address: tuple[str, int]) -> bool:
    """Return whether a request names the loopback address that the server is bound to, or `localhost`."""
    host, port = address
    names = {f"[{host}]" if ":" in host else host, "localhost"}
    known = {f"{name}:{port}" for name in names} | (names if port == _HTTP else set())
    return is_loopback(host) and str(environ.get("HTTP_HOST", "")).lower() in known


def read_request(environ: Mapping[str, Any], address: tuple[str, int], token: str) -> EditRequest:
    """Return what a request asks for; nothing of its body is read before its headers have passed.

    Raises:
        RefusedRequestError: if it may not edit, or is not a request of the editor.
    """
    _check_sender(environ, address, token)
    if str(environ.get("CONTENT_TYPE", "")).partition(";")[0].strip().lower() != "application/json":
        raise RefusedRequestError(415, "the body must be application/json")
    length = str(environ.get("CONTENT_LENGTH", ""))
    if not (length.isascii() and length.isdigit()):
        raise RefusedRequestError(411, "the length of the body must be given")
    if len(length) > len(str(RECORD_BYTES)) or int(length) > RECORD_BYTES:
        raise RefusedRequestError(413, f"the body may have at most {RECORD_BYTES:,} bytes")
    try:
        return msgspec.json.decode(environ["wsgi.input"].read(int(length)), type=EditRequest)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as fault:
        raise RefusedRequestError(400, f"this is not a request of the editor: {fault}") from fault


def _check_sender(environ: Mapping[str, Any], address: tuple[str, int], token: str) -> None:
    if not is_ours(environ, address):
        raise RefusedRequestError(403, "the host is not the address of this preview")
    if environ.get("REQUEST_METHOD") != "POST":
        raise RefusedRequestError(405, "only POST is accepted")
    if environ.get("HTTP_ORIGIN") != f"http://{str(environ['HTTP_HOST']).lower()}":
        raise RefusedRequestError(403, "the request comes from another origin")
    if environ.get("HTTP_SEC_FETCH_SITE", "same-origin") != "same-origin":
        raise RefusedRequestError(403, "the request comes from another site")
    sent = str(environ.get("HTTP_X_PAPERSHELF_TOKEN", ""))
    if not hmac.compare_digest(sent.encode(), token.encode()):
        raise RefusedRequestError(403, "the token is not that of this run")
