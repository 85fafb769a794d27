"""What a request may cost, and the errors that end one."""

from __future__ import annotations

from msgspec import Struct


class NoAnswerError(Exception):
    """A host gave no answer that can be used."""


class RefusedError(NoAnswerError):
    """A host is not asked: it is not on the public internet, or the address is none."""


class UnreachableError(NoAnswerError):
    """A host could not be reached at all, or broke off."""


class BusyError(NoAnswerError):
    """The host asks for another try, perhaps after a while."""

    def __init__(self, message: str, after: float | None) -> None:
        self.after = after
        super().__init__(message)


class Limits(Struct, frozen=True, kw_only=True):
    """How long is waited and how much is read, in seconds and bytes.

    `whole` is the time for everything that one address needs: looking up its name, connecting, pauses, redirects and
    further tries. `connect` and `read` end a single step earlier.
    """

    connect: float = 10
    read: float = 30
    whole: float = 120
    headers: int = 65_536
    size: int = 10_000_000
