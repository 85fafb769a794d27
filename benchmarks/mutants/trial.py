"""A plugin of pytest that runs the collected tests once, and then, for each change, those that call what is changed."""

from __future__ import annotations

import contextlib
import functools
import json
import os
import shutil
import signal
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Generator, Iterable
from pathlib import Path

import pytest

from benchmarks.mutants.changes import Mutant, note_calls

_PATIENCE = 10
_UNTRIED = 99


class Trial:
    """What is asked of the tests, as a plugin: `mutants` are tried in their order, of the functions of a module.

    Each run is a process of its own. Tests are told by the calls of the run without any change, in them and in their
    fixtures; those that start another program are not told by what that program calls.
    """

    def __init__(self, file: Path, module: str, mutants: Iterable[Mutant]) -> None:
        self.file, self.module, self.mutants = file, module, mutants
        self.tried = 0
        self.missed: list[str] = []
        self._calls: set[str] = set()
        self._called: dict[str, set[str]] = {}
        self._fixtures: dict[str, set[str]] = {}
        self._seconds: dict[str, float] = {}

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run all tests, then try every change."""
        items = {item.nodeid: item for item in session.items}
        with tempfile.TemporaryDirectory() as folder:
            notes = Path(folder, "notes")
            if self._run(lambda: self._note(list(items.values()), notes), 3600, quiet=False):
                sys.exit(f"{self.file}: the tests fail without any change")
            self._called, self._seconds = json.loads(notes.read_text())
        same = Mutant("", [])
        if self._run(functools.partial(self._try, same, list(items.values())), 3600):
            sys.exit(f"{self.file}: the tests fail when they run as they do for a change, without any")
        for mutant in self.mutants:
            chosen = self._choose(mutant.names, items)
            patience = _PATIENCE + 5 * sum(self._seconds[item.nodeid] for item in chosen)
            status = self._run(functools.partial(self._try, mutant, chosen), patience)
            self.tried += status != _UNTRIED
            self.missed += [mutant.diff] if not status else []
        return True

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[object]) -> Generator[None, object, object]:
        """Note what a fixture calls, since more than one test may have it."""
        before = set(self._calls)
        self._calls.clear()
        try:
            return (yield)
        finally:
            self._fixtures.setdefault(f"{fixturedef.baseid}::{fixturedef.argname}", set()).update(self._calls)
            self._calls.update(before)

    @staticmethod
    def pytest_runtest_logreport(report: pytest.TestReport) -> None:
        """End the process with the first test that fails."""
        if report.failed:
            sys.stdout.write(f"{report.longrepr}\n")
            sys.stdout.flush()
            os._exit(1)

    def _note(self, items: list[pytest.Item], notes: Path) -> None:
        self._calls = note_calls(self.file, self.module)
        called: dict[str, set[str]] = {}
        for item, following in zip(items, [*items[1:], None], strict=True):
            self._calls.clear()
            start = time.perf_counter()
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            self._seconds[item.nodeid] = time.perf_counter() - start
            called[item.nodeid] = set(self._calls)
        for item in items:
            for definitions in item._fixtureinfo.name2fixturedefs.values():  # type: ignore[attr-defined]  # noqa: SLF001 - pytest has no public list of a test's fixtures
                for one in definitions:
                    called[item.nodeid] |= self._fixtures.get(f"{one.baseid}::{one.argname}", set())
        notes.write_text(json.dumps([{name: sorted(calls) for name, calls in called.items()}, self._seconds]))

    def _choose(self, names: set[str], items: dict[str, pytest.Item]) -> list[pytest.Item]:
        """Return the tests that call one of the functions, the quickest files first, and in each the quickest test."""
        chosen = [name for name, calls in self._called.items() if names.intersection(calls)]
        files: defaultdict[str, float] = defaultdict(float)
        for name in chosen:
            files[name.split("::")[0]] += self._seconds[name]
        chosen.sort(key=lambda name: (files[name.split("::")[0]], name.split("::")[0], self._seconds[name]))
        return [items[name] for name in chosen]

    @staticmethod
    def _try(mutant: Mutant, items: list[pytest.Item]) -> None:
        try:
            mutant.apply()
        except ValueError:
            os._exit(_UNTRIED)
        for item, following in zip(items, [*items[1:], None], strict=True):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)

    @staticmethod
    def _run(work: Callable[[], None], seconds: float, *, quiet: bool = True) -> int:
        """Do something in a process of its own; return its exit code: 0 for no failure, 1 too when it took so many seconds."""
        folder = tempfile.mkdtemp()
        sys.stdout.flush()  # or the child writes it too
        child = os.fork()
        if not child:
            os.setpgid(0, 0)
            nowhere = os.open(os.devnull, os.O_RDWR)
            for stream in (0, 1, 2) if quiet else ():
                os.dup2(nowhere, stream)
            os.environ["PYTEST_DEBUG_TEMPROOT"] = os.environ["TMPDIR"] = tempfile.tempdir = folder
            code = 1
            with contextlib.suppress(BaseException):
                work()
                code = 0
            os._exit(code)
        end = time.monotonic() + seconds
        status = 0, 0
        while not status[0] and time.monotonic() < end:
            time.sleep(0.002)
            status = os.waitpid(child, os.WNOHANG)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)
        if not status[0]:
            os.waitpid(child, 0)
        shutil.rmtree(folder, ignore_errors=True)
        return os.waitstatus_to_exitcode(status[1]) if status[0] else 1
