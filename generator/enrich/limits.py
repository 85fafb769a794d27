"""What a request may cost, and the faults that end one."""

from __future__ import annotations

from msgspec import Struct


class NoAnswerError(Exception):
    """A service gave no answer that can be used."""


class UnreachableError(NoAnswerError):
    """A service could not be reached at all."""


class BusyError(NoAnswerError):
    """The service asks for another try, perhaps after a while."""

    def __init__(self, message: str, after: float | None) -> None:
        self.after = after
        super().__init__(message)


class Limits(Struct, frozen=True, kw_only=True):
    """How long and how much is waited for and read, in seconds and bytes."""

    connect: float = 10
    read: float = 30
    whole: float = 120
    size: int = 10_000_000
