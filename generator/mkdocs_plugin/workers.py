"""The worker pool of a build: the first worker builds the search index, then all workers fill pages with the main process.

Workers are forked, so they share the site in memory. Where forking is not safe (outside Linux, and in the preview,
which has threads), the main process does everything itself.
"""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import signal
import sys
import traceback
import warnings
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any

FEWEST = 100
"""The number of pages from which a worker pool saves time."""

_PR_SET_PDEATHSIG = 1  # of linux/prctl.h


class WorkerError(Exception):
    """Raised when a worker fails; the message gives the reason."""


class WorkerPool:
    """Worker pool for one build. `processes=0` means one per processor. One worker calls `first` once; all share the calls of `batch` with the numbers below `batches`."""

    def __init__(
        self, first: Callable[[], None], batch: Callable[[Any, int], None], batches: int, processes: int = 0
    ) -> None:
        self._first, self._batch, self._batches = first, batch, batches
        self._fork: Any = multiprocessing.get_context("fork") if sys.platform == "linux" else None
        self.workers: list[tuple[Any, Connection]] = []
        self._next: Any = multiprocessing.Value("l", 0)
        self.processes = processes or (len(os.sched_getaffinity(0)) if self._fork else 1)

    def start(self) -> None:
        """Fork one worker fewer than there are processes."""
        if self._fork is None:
            return
        gc.freeze()  # what is there now is not looked through again, so workers do not copy it
        for number in range(self.processes - 1):
            try:
                mine, theirs = self._fork.Pipe()
                worker = self._fork.Process(
                    target=self._help, args=(theirs, number == 0, os.getpid()), daemon=True
                )
                with warnings.catch_warnings():
                    warnings.simplefilter(
                        "ignore", DeprecationWarning
                    )  # numpy's idle threads are no danger here
                    worker.start()
            except OSError:
                return  # too little memory, or too few processes or files: those that there are do it
            theirs.close()
            self.workers.append((worker, mine))

    def run(self, tools: Any, show: Callable[[int], None]) -> None:  # noqa: ANN401 (whatever `batch` takes)
        """Process all batches with `tools` and wait for the workers. `show` is called with the number of each batch that begins.

        Raises:
            WorkerError: if a worker failed or was killed.
        """
        for _, pipe in self.workers:
            with suppress(BrokenPipeError):  # a worker that is gone is found below
                pipe.send(tools)
        if not self.workers:
            self._first()
        self._work(tools, show)
        for worker, pipe in self.workers:
            try:
                fault = pipe.recv()
            except (EOFError, ConnectionError):
                fault = "it was killed, perhaps because there is not enough memory"
            worker.join()
            if fault:
                raise WorkerError(f"a worker of the build failed: {fault}")
        self.workers = []

    def stop(self) -> None:
        """Stop the workers of a failed build."""
        for worker, _ in self.workers:
            worker.terminate()
            worker.join()
        self.workers = []

    def _work(self, tools: Any, show: Callable[[int], None] | None = None) -> None:  # noqa: ANN401 (as above)
        for number in iter(self._take, self._batches):
            self._batch(tools, number)
            if show:
                show(number)

    def _take(self) -> int:
        """Return the number of the next batch, or the number of batches if none remains."""
        with self._next.get_lock():
            number = int(self._next.value)
            self._next.value = min(number + 1, self._batches)
        return number

    def _help(self, pipe: Connection, does_first: bool, main: int) -> None:  # noqa: FBT001 (called once)
        _die_with(main)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the main process is interrupted too, and ends this one
        fault = ""
        try:
            if does_first:
                self._first()
            self._work(pipe.recv())
        except OSError as fault_of_system:
            fault = str(fault_of_system)  # such as a full disk, of which no line of the program is to blame
        except Exception:  # noqa: BLE001 (whatever it is, the main process reports it)
            fault = traceback.format_exc()
        pipe.send(fault)


def _die_with(main: int) -> None:
    """Make this process exit when the main process exits; otherwise it would keep the site's lock."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != main:
        os.kill(os.getpid(), signal.SIGKILL)
