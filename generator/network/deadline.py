"""The time at which a request ends, whatever it is waiting for."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, wait
from threading import Thread
from typing import TypeVar

from generator.network.errors import UnreachableError

Answer = TypeVar("Answer")
_SLICE = 0.5
"""Seconds after which Ctrl-C is noticed on systems that do not interrupt a wait."""


class LateError(UnreachableError):
    """Raised when the time for a request is over."""

    def __init__(self) -> None:
        super().__init__("did not answer in time")


class Deadline:
    """A deadline in a number of seconds from now, measured by the given clock."""

    def __init__(self, seconds: float, clock: Callable[[], float]) -> None:
        """Start the time."""
        self._clock, self._end = clock, clock() + seconds

    def allows(self, seconds: float) -> bool:
        """Return whether at least `seconds` remain."""
        return self._clock() + seconds < self._end

    def left(self, at_most: float = float("inf")) -> float:
        """Return the remaining seconds, at most `at_most`.

        Raises:
            LateError: if no time remains.
        """
        seconds = self._end - self._clock()
        if seconds <= 0:
            raise LateError
        return min(seconds, at_most)

    def run(self, work: Callable[[], Answer]) -> Answer:
        """Return the result of a function, or stop waiting for it when the time is over.

        The function runs in its own thread, because a name lookup cannot be interrupted. An abandoned thread does not
        keep the program from exiting.

        Raises:
            LateError: if the time is over; otherwise whatever the function raises.
        """
        future: Future[Answer] = Future()

        def settle() -> None:
            try:
                future.set_result(work())
            except BaseException as fault:  # noqa: BLE001 (whoever waits gets it)
                future.set_exception(fault)

        Thread(target=settle, daemon=True, name="papershelf request").start()
        while not future.done():
            wait([future], self.left(_SLICE))
        return future.result()
