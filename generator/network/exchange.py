"""One request over one connection, with a deadline and a limit on bytes."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from http.client import HTTPException
from socket import socket
from ssl import SSLCertVerificationError, SSLError
from typing import cast

from msgspec import Struct
from urllib3.connection import HTTPConnection
from urllib3.exceptions import HTTPError
from urllib3.exceptions import TimeoutError as TooLateError
from urllib3.response import BaseHTTPResponse

from generator.network.connect import Network, open_socket
from generator.network.deadline import Deadline
from generator.network.errors import Limits, NoAnswerError, UnreachableError
from generator.network.hosts import Reach
from generator.network.url import Url

_OK = 200
_CHUNK = 65_536
_GZIP = 31  # the window of zlib that stands for gzip


class Request(Struct, frozen=True):
    """A request: method, URL, additional headers, and whether to read the body."""

    method: str
    url: Url
    headers: Mapping[str, str] = {}
    wants_body: bool = False


class Reply(Struct, frozen=True, kw_only=True):
    """An answer: the status, the relevant headers, and the body if it was read."""

    status: int
    location: str = ""
    retry_after: str = ""
    etag: str = ""
    modified: str = ""
    body: bytes = b""


class _Wire(io.RawIOBase):
    """A socket for the HTTP library that limits each read and write to the remaining time and counts bytes."""

    def __init__(self, opened: socket, deadline: Deadline, limits: Limits) -> None:
        self._socket, self._deadline, self._limits = opened, deadline, limits
        self._rest, self._is_body = limits.headers, False

    def expect_body(self) -> None:
        """Restart the count, because the body begins here."""
        self._rest, self._is_body = self._limits.size, True

    def sendall(self, data: bytes) -> None:
        self._socket.settimeout(self._deadline.left(self._limits.read))
        self._socket.sendall(data)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        self._socket.settimeout(self._deadline.left(self._limits.read))
        size = self._socket.recv_into(buffer)
        self._rest -= size
        if self._rest < 0:
            part, limit = ("", self._limits.size) if self._is_body else (" of headers", self._limits.headers)
            raise NoAnswerError(f"sent more than {limit} bytes{part}")
        if not size and not self._is_body:  # the library takes half a header for the last one
            raise UnreachableError("cannot be reached, or closed the connection")
        return size

    def makefile(self, _: str) -> io.BufferedReader:
        return io.BufferedReader(self)

    def settimeout(self, _: object) -> None:
        """Do nothing, because the deadline decides."""

    def close(self) -> None:
        """Do nothing, because the socket is closed by the code that opened it."""


def exchange(request: Request, network: Network, reach: Reach, deadline: Deadline, limits: Limits) -> Reply:
    """Return the answer to a request, over a new connection; the body is read only if requested and the status is 200.

    Raises:
        NoAnswerError: if the URL must not be requested or the answer is invalid.
        UnreachableError: if the host cannot be reached, closes the connection or is late.
    """
    with (
        _name_errors(),
        closing(open_socket(request.url, network, reach, deadline, limits)) as opened,
    ):
        wire = _Wire(opened, deadline, limits)
        connection = HTTPConnection(request.url.host, request.url.port)
        connection.sock = cast("socket", wire)  # it is connected: the library looks nothing up
        usual = {"Host": request.url.authority, "Accept-Encoding": "gzip", "Connection": "close"}
        connection.request(
            request.method,
            request.url.target,
            headers={**usual, **request.headers},
            preload_content=False,
            decode_content=False,
        )
        answer = connection.getresponse()
        wire.expect_body()
        return Reply(
            status=answer.status,
            location=_read_location(answer),
            retry_after=answer.headers.get("Retry-After", ""),
            etag=answer.headers.get("ETag", ""),
            modified=answer.headers.get("Last-Modified", ""),
            body=_read(answer, limits.size) if request.wants_body and answer.status == _OK else b"",
        )


@contextmanager
def _name_errors() -> Iterator[None]:
    """Turn all errors of a request into errors with readable messages."""
    try:
        yield
    except NoAnswerError:
        raise
    except (TimeoutError, TooLateError):
        raise UnreachableError("did not answer in time") from None
    except SSLError as fault:
        raise UnreachableError(f"cannot be trusted: {_say_reason(fault)}") from None
    except (OSError, HTTPError):
        raise UnreachableError("cannot be reached, or closed the connection") from None
    except HTTPException:
        raise UnreachableError("returned an answer that is not HTTP") from None
    except Exception as fault:  # noqa: BLE001 (what a stranger sends must not end the run)
        raise NoAnswerError(f"cannot be requested: {type(fault).__name__}") from None


def _say_reason(fault: SSLError) -> str:
    if isinstance(fault, SSLCertVerificationError):
        return f"its certificate: {fault.verify_message}"
    return (fault.reason or "TLS failed").replace("_", " ").lower()


def _read_location(answer: BaseHTTPResponse) -> str:
    """Return the target of a redirect."""
    found = set(answer.headers.getlist("Location"))
    if len(found) > 1:
        raise NoAnswerError("redirects to two URLs at once")
    return "".join(found)


def _read(answer: BaseHTTPResponse, size: int) -> bytes:
    """Return the decompressed body, never holding much more than `size` bytes of it."""
    body = bytearray()
    while chunk := answer.read(_CHUNK):
        body += chunk
        if len(body) > size:
            raise NoAnswerError(f"sent more than {size} bytes")
    coding = answer.headers.get("Content-Encoding", "identity").strip().lower()
    if coding == "identity":
        return bytes(body)
    if coding not in {"gzip", "x-gzip"}:
        raise NoAnswerError("is compressed in a way that was not requested")
    return _unpack(body, size)


def _unpack(body: bytearray, size: int) -> bytes:
    unpacker = zlib.decompressobj(_GZIP)
    try:
        data = unpacker.decompress(body, size + 1)
    except zlib.error:
        raise NoAnswerError("claims to be compressed with gzip, but is not") from None
    if len(data) > size:
        raise NoAnswerError(f"sent more than {size} bytes")
    if not unpacker.eof:
        raise UnreachableError("cannot be reached, or closed the connection")
    if unpacker.unused_data:
        raise NoAnswerError("sent data after its end")
    return data
