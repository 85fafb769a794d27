"""Limits of requests, and the errors that end them."""

from __future__ import annotations

from msgspec import Struct


class NoAnswerError(Exception):
    """Raised when a host gives no usable answer."""


class RefusedError(NoAnswerError):
    """Raised when a URL must not be requested: it is invalid or its host is not on the public internet."""


class UnreachableError(NoAnswerError):
    """Raised when a host cannot be reached or closes the connection."""


class RetryLaterError(NoAnswerError):
    """Raised when a host asks for a retry, perhaps after a delay."""

    def __init__(self, message: str, after: float | None) -> None:
        self.after = after
        super().__init__(message)


class Limits(Struct, frozen=True, kw_only=True):
    """Maximum waiting times in seconds and sizes in bytes.

    `whole` is the total time for one URL: name lookup, connecting, pauses, redirects and retries. `connect` and `read`
    limit single steps.
    """

    connect: float = 10
    read: float = 30
    whole: float = 120
    headers: int = 65_536
    size: int = 10_000_000
