"""What every error needs: an index with an old site and a new shelf, commands under an error, and the verdict on what is left."""

from __future__ import annotations

import hashlib
import multiprocessing.context
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import IO

from mkdocs.__main__ import cli as mkdocs
from msgspec import Struct

from benchmarks.builders import ROOT, write_papershelf
from benchmarks.corpus import make_papers
from generator.mkdocs_plugin.plugin import PapershelfPlugin

SABOTEUR = Path(__file__).parent / "saboteur"
EXTRA = "title: The Paper That Is New\nsummary: It makes the new site.\n"
NOBODY = 65534
_POWERS = "-dac_override,-dac_read_search,-fowner"
Prints = Mapping[str, str]
Fork = multiprocessing.context.ForkProcess


class Outcome(Struct, frozen=True):
    """One trial: what was done, and what went wrong; nothing when it was survived."""

    label: str
    fault: str = ""


class Index(Struct, frozen=True):
    """A folder with an index: `site` is the old one, and the shelf is that of the new one."""

    folder: Path
    old: Prints
    new: Prints

    @property
    def site(self) -> Path:
        """Where the site stands."""
        return self.folder / "site"


def make_index(folder: Path, papers: int) -> Index:
    """Return an index of so many papers and one more, with the site without that one."""
    write_papershelf(folder, make_papers(papers))
    shutil.copytree(ROOT / "theme_overrides", folder / "theme_overrides")
    _make_site(folder)
    shutil.move(folder / "site", folder / "kept")
    (folder / "content" / "papers" / "new.yml").write_text(EXTRA)
    _make_site(folder)
    index = Index(folder, old=fingerprint(folder / "kept"), new=fingerprint(folder / "site"))
    restore(index)
    return index


def _make_site(folder: Path) -> None:
    code, said = finish(partial(build, folder))
    if code:
        raise RuntimeError(f"the build failed without a fault:\n{said}")


def restore(index: Index) -> None:
    """Put the old site back."""
    shutil.rmtree(index.site, ignore_errors=True)
    shutil.copytree(index.folder / "kept", index.site)


LOADED = PapershelfPlugin
"""What forks need not load again."""
BUILD = ("mkdocs", "build", "--strict")


def run(
    *command: str | Path,
    cwd: Path,
    env: Mapping[str, str] | None = None,
    limits: Mapping[int, int] | None = None,
    held: bool = False,
) -> subprocess.CompletedProcess[str]:
    """Run a module's command to its end, with limits of the system (`resource.RLIMIT_…`) if given.

    With `held`, the superuser is held to the permissions of files as everybody is.
    """
    prefix = ["setpriv", f"--bounding-set={_POWERS}", f"--inh-caps={_POWERS}"]
    words = prefix * (held and os.geteuid() == 0) + command_of(command)
    return subprocess.run(  # noqa: S603 (our own commands)
        words, cwd=cwd, env=environment(env), capture_output=True, text=True, check=False,
        preexec_fn=lambda: set_limits(limits or {}),
    )  # fmt: skip


def fork(work: Callable[[], object], messages: IO[str]) -> Fork:
    """Start work in a fork of this process, which has everything loaded, as the leader of a group of its own."""
    process = multiprocessing.get_context("fork").Process(target=_lead, args=(work, messages.fileno()))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # numpy's idle threads are no danger here
        process.start()
    return process


def finish(work: Callable[[], object]) -> tuple[int, str]:
    """Return the exit code of work in a fork, and all that it said."""
    with tempfile.TemporaryFile("w+") as messages:
        process = fork(work, messages)
        process.join()
        messages.seek(0)
        return process.exitcode or 0, messages.read()


def _lead(work: Callable[[], object], messages: int) -> None:
    os.setsid()
    os.environ.update(environment())
    for stream in (1, 2):
        os.dup2(messages, stream)
    work()


def build(folder: Path) -> None:
    """Build the site of a folder in this process, and end it."""
    os.chdir(folder)
    mkdocs(BUILD[1:])


def command_of(words: Sequence[str | Path]) -> list[str]:
    """Return the command of a module with the same Python."""
    return [sys.executable, "-m", *map(str, words)]


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the variables of a command: this checkout before any other, and the saboteur when there is one to do harm."""
    more = more or {}
    paths = [str(SABOTEUR)] * bool({"FAULT", "ORDER"} & more.keys()) + [str(ROOT)]
    return {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": os.pathsep.join(paths), **more}


def set_limits(limits: Mapping[int, int]) -> None:
    """Set limits of the system for this process and its children."""
    for kind, most in limits.items():
        resource.setrlimit(kind, (most, resource.getrlimit(kind)[1]))


def can_do(command: Sequence[str]) -> bool:
    """Return whether a command of the system is there and succeeds."""
    if shutil.which(command[0]) is None:
        return False
    return subprocess.run(command, check=False, capture_output=True).returncode == 0  # noqa: S603 (our own words)


def fingerprint(folder: Path) -> Prints:
    """Return the digest of every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def judge(index: Index, code: int, messages: str = "") -> str:
    """Return what is wrong after a build that met an error, and after the next one, which meets none.

    Where its messages are given, a failure must be said without a traceback. The old site is put back in the end.
    """
    prints = fingerprint(index.site)
    try:
        if prints != index.new and (prints != index.old or code == 0):
            return "the site is neither the old one nor the new one"
        if code and "Traceback" in messages:
            return f"a traceback: {messages.strip().splitlines()[-1]}"
        again, said = finish(partial(build, index.folder))
        if again or fingerprint(index.site) != index.new:
            return f"the next build needs help: {said[-500:]}"
        if left := [path.name for path in index.folder.iterdir() if path.name.startswith(".site")]:
            return f"left behind: {left}"
        return ""
    finally:
        restore(index)
