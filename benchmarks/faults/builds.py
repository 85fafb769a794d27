"""Builds that are killed, run out of something, or have company: the old site or the new one stands, and the next build succeeds."""

from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import time
from collections.abc import Generator
from functools import partial
from pathlib import Path

import psutil
import yaml

from benchmarks.faults.workshop import (
    BUILD,
    Index,
    Outcome,
    build,
    command_of,
    environment,
    fingerprint,
    finish,
    fork,
    judge,
    make_index,
    restore,
    run,
    set_limits,
)

EVENTS = (
    "shutdown", "post_build", "page_content", "config", "pre_build", "files", "nav", "env", "pre_template",
    "template_context", "post_template", "pre_page", "page_read_source", "page_markdown", "page_context", "post_page",
)  # fmt: skip
_MOST = 768 << 20
_HOOK = """\
import os
count = 0
def on_{event}(*arguments, **options):
    global count
    count += 1
    if count == {number}:
        raise {error}("on purpose")
"""


def kill_builds(folder: Path, kills: int, papers: int, *, whole_group: bool = True) -> Generator[Outcome]:
    """Kill a build at random moments: all its processes, or only the main one, whose helpers must follow it."""
    index = make_index(folder, papers)
    work = partial(build, index.folder)
    chance = random.Random(4)  # noqa: S311 (the same moments every time)
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        began = time.perf_counter()
        fork(work, nowhere).join()
        longest = time.perf_counter() - began
        restore(index)
        for _ in range(kills):
            moment = chance.uniform(0, longest)
            process = fork(work, nowhere)
            process.join(moment)
            if process.exitcode is None:
                (os.killpg if whole_group and os.getpgid(process.pid) == process.pid else os.kill)(
                    process.pid, signal.SIGKILL
                )
            process.join()
            yield Outcome(f"after {moment:.3f} s", judge(index, process.exitcode or 0))


def limit_files(folder: Path, papers: int) -> Generator[Outcome]:
    """Give a build few file handles."""
    index = make_index(folder, papers)
    for number in (24, 8, 16, 12, 20, 32, 48):
        done = run(*BUILD, cwd=index.folder, limits={resource.RLIMIT_NOFILE: number})
        yield Outcome(f"{number} handles, exit code {done.returncode}", judge(index, done.returncode))


def limit_memory(folder: Path, papers: int) -> Generator[Outcome]:
    """Give each process of a build less address space than it needs."""
    index = make_index(folder, papers)
    for megabytes in (250, 150, 350, 200, 300, 400, 500):
        done = run(*BUILD, cwd=index.folder, limits={resource.RLIMIT_AS: megabytes << 20})
        yield Outcome(f"{megabytes} MB, exit code {done.returncode}", judge(index, done.returncode))


def fit_memory(folder: Path, papers: int) -> Generator[Outcome]:
    """Build many papers in 768 MB: the address space of each process, and the memory of all together as it was seen."""
    index = make_index(folder, papers)
    for processes in (1, 0):
        _set_option(index, "processes", processes)
        process = subprocess.Popen(  # noqa: S603 (our own command)
            command_of(BUILD), cwd=index.folder, env=environment(), stderr=subprocess.PIPE, text=True,
            preexec_fn=lambda: set_limits({resource.RLIMIT_AS: _MOST}),  # noqa: PLW1509 (there are no threads here)
        )  # fmt: skip
        peak = 0
        while process.poll() is None:
            peak = max(peak, _measure(process.pid))
            time.sleep(0.1)
        fault = process.stderr.read()[-500:] if process.returncode and process.stderr else ""
        if not fault and peak > _MOST:
            fault = "more than 768 MB together"
        if not fault and fingerprint(index.site) != index.new:
            fault = "another site"
        yield Outcome(f"processes: {processes}, {peak / 1e6:.0f} MB at the peak", fault)
        restore(index)


def _measure(pid: int) -> int:
    """Return the bytes of a process tree, shared ones counted once."""
    total = 0
    try:
        for process in [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]:
            total += process.memory_full_info().pss
    except psutil.Error:
        pass
    return total


def _set_option(index: Index, name: str, value: object) -> None:
    file = index.folder / "mkdocs.yml"
    values = yaml.safe_load(file.read_text())
    values["plugins"][0]["papershelf"][name] = value
    file.write_text(yaml.safe_dump(values))


def raise_everywhere(folder: Path, papers: int, events: tuple[str, ...] = EVENTS) -> Generator[Outcome]:
    """Let another plugin raise at its first and at its third call of each event, and be interrupted there."""
    index = make_index(folder, papers)
    config = index.folder / "mkdocs.yml"
    text = config.read_text()
    for event in events:
        for number, error in ((1, "RuntimeError"), (3, "RuntimeError"), (1, "KeyboardInterrupt")):
            (index.folder / "hook.py").write_text(_HOOK.format(event=event, number=number, error=error))
            config.write_text(f"{text}hooks: [hook.py]\n")
            code, _ = finish(partial(build, index.folder))
            config.write_text(text)
            fault = judge(index, code)
            if not fault and number == 1 and not code:
                fault = "the build did not fail"
            yield Outcome(f"{error} at on_{event}, call {number}", fault)


def crowd(folder: Path, papers: int, times: int) -> Generator[Outcome]:
    """Start builds of one site at once: one goes on, the others are refused. Two sites of one shelf are no conflict."""
    index = make_index(folder, papers)
    for number in range(times):
        runs = [_start(index) for _ in range(3)]
        messages = [each.communicate()[1] for each in runs]
        done = [each.returncode for each in runs]
        refused = sum("another build" in message for message in messages)
        fault = "" if 0 in done and done.count(0) + refused == len(done) else f"exit codes {done}: {messages}"
        yield Outcome(f"one site, three builds, round {number + 1}", fault or judge(index, 0))
        runs = [_start(index), _start(index, "-d", "site-2"), _start(index, "-d", "sit")]
        messages = [each.communicate()[1] for each in runs]
        sites = [fingerprint(index.folder / name) for name in ("site", "site-2", "sit")]
        fault = "" if sites == [index.new] * 3 else "another site " + " ".join(messages)[-500:]
        yield Outcome(f"three sites, round {number + 1}", fault or judge(index, 0))


def _start(index: Index, *options: str) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603 (our own command)
        command_of([*BUILD, *options]), cwd=index.folder, env=environment(), stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def lock_folder(folder: Path, papers: int) -> Generator[Outcome]:
    """Take the right to write from the folder of the site."""
    index = make_index(folder, papers)
    for place in (index.folder, index.site):
        place.chmod(0o555)
        done = run(*BUILD, cwd=index.folder, held=True)
        place.chmod(0o755)
        yield Outcome(
            f"{place.name} is read-only, exit code {done.returncode}",
            judge(index, done.returncode, done.stderr),
        )
