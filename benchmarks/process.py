"""A command as a whole process tree: its time and the peak of its memory."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import psutil
from msgspec import Struct

_EVERY = 0.2


class Cost(Struct, frozen=True):
    """What a command took: seconds of the clock, seconds of all processors, megabytes at the peak, its stdout and stderr."""

    wall_s: float
    user_s: float
    peak_mb: float
    output: str
    messages: str


def run(command: Sequence[str], *, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> Cost:
    """Run a command to its end.

    The peak is the largest sum over the process and its children that was seen, looked at five times a second: looking takes time itself.

    Raises:
        RuntimeError: with the end of its stderr, when the command fails.
    """
    before = os.times()
    start = time.perf_counter()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        variables = {**os.environ, **(env or {})}
        process = subprocess.Popen(command, cwd=cwd, env=variables, stdout=out, stderr=err)  # noqa: S603 (our own commands)
        peak = 0
        while process.poll() is None:
            peak = max(peak, _sum_memory(process.pid))
            time.sleep(_EVERY)
        wall = time.perf_counter() - start
        after = os.times()
        out.seek(0)
        err.seek(0)
        messages = err.read().decode()
        if process.returncode:
            raise RuntimeError(f"{' '.join(command[:3])} failed:\n{messages[-2000:]}")
        user = after.children_user + after.children_system - before.children_user - before.children_system
        return Cost(round(wall, 2), round(user, 2), round(peak / 1e6), out.read().decode(), messages)


class Alone(Struct, frozen=True):
    """What a command without children took: as `Cost`, with the exact peak, and its exit code."""

    wall_s: float
    processor_s: float
    peak_mb: float
    code: int
    report_bytes: int
    """How much it printed, to stdout and stderr."""


def run_alone(command: Sequence[str], *, cwd: Path) -> Alone:
    """Run a command that starts no process to its end, whatever its exit code."""
    begun = time.perf_counter()
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(command, cwd=cwd, stdout=out, stderr=out)  # noqa: S603 (our own commands)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        wall = time.perf_counter() - begun
        peak = used.ru_maxrss * 1024 / 1e6
        return Alone(wall, used.ru_utime + used.ru_stime, peak, process.returncode, out.seek(0, os.SEEK_END))


def _sum_memory(pid: int) -> int:
    """Return the bytes that a process and its children hold, memory that they share counted once."""
    total = 0
    try:
        tree = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    except psutil.NoSuchProcess:
        return 0
    for process in tree:
        try:
            total += process.memory_info().rss if len(tree) == 1 else process.memory_full_info().pss
        except (psutil.NoSuchProcess, psutil.AccessDenied, AttributeError):
            continue
    return total
