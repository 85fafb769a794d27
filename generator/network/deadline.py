"""The moment at which a request ends, whatever it is waiting for."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, wait
from threading import Thread
from typing import TypeVar

from generator.network.errors import UnreachableError

Answer = TypeVar("Answer")
_SLICE = 0.5
"""Seconds after which Ctrl-C is noticed where the system does not interrupt a wait."""


class LateError(UnreachableError):
    """The time for a request is over."""

    def __init__(self) -> None:
        super().__init__("did not answer in time")


class Deadline:
    """A number of seconds from now on, by a clock that is handed in."""

    def __init__(self, seconds: float, clock: Callable[[], float]) -> None:
        """Begin to count."""
        self._clock, self._end = clock, clock() + seconds

    def allows(self, seconds: float) -> bool:
        """Return whether something that takes so many seconds ends in time."""
        return self._clock() + seconds < self._end

    def left(self, at_most: float = float("inf")) -> float:
        """Return the seconds that are left, but not more than `at_most`.

        Raises:
            LateError: when none is left.
        """
        seconds = self._end - self._clock()
        if seconds <= 0:
            raise LateError
        return min(seconds, at_most)

    def run(self, work: Callable[[], Answer]) -> Answer:
        """Return what a function returns, or leave it alone when the time is over.

        The function runs in a thread of its own, since a name look-up cannot be interrupted. A thread that is left alone
        does not keep the program from ending.

        Raises:
            LateError: when the time is over; otherwise whatever the function raises.
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
