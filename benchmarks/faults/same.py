"""The same site, byte for byte, whatever the surroundings of a build are."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Generator, Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from benchmarks.builders import ROOT
from benchmarks.faults.workshop import (
    BUILD,
    Outcome,
    can_do,
    command_of,
    environment,
    fingerprint,
    make_index,
)

LOCALES = {"de_DE.UTF-8": "de_DE", "tr_TR.UTF-8": "tr_TR"}
_CODE = ("generator", "theme_overrides", "benchmarks")


class Surroundings(Struct, frozen=True):
    """What a build may meet: the checkout that it is built with, variables, the umask, and its processors."""

    env: Mapping[str, str]
    copied: bool = False
    umask: int = 0o022
    processors: int = 0


def build_everywhere(folder: Path, papers: int) -> Generator[Outcome]:
    """Build the same papers in all surroundings, and compare each site with the first one."""
    index = make_index(folder / "index", papers)
    other = folder / "a folder" / "elsewhere"
    for name in _CODE:
        shutil.copytree(ROOT / name, other / "checkout" / name)
    shutil.copytree(index.folder, other / "index", ignore=shutil.ignore_patterns("site", "kept"))
    for surroundings in list_surroundings(folder / "locales"):
        home = other / "index" if surroundings.copied else index.folder
        done = _build(home, other / "checkout", surroundings)
        prints = fingerprint(home / "site") if not done.returncode else {}
        differ = sorted(path for path in {*prints, *index.new} if prints.get(path) != index.new.get(path))
        fault = f"{len(differ)} files differ: {differ[:3]} {done.stderr[-300:]}" if differ else ""
        told = {
            key: value for key, value in surroundings.env.items() if key != "LOCPATH"
        }  # a path of this machine
        said = " ".join(f"{key}={value}" for key, value in told.items())
        where = ", another checkout and folder" if surroundings.copied else ""
        cores = f", {surroundings.processors} processor" if surroundings.processors else ""
        yield Outcome(f"{said}, umask {surroundings.umask:03o}{where}{cores}", fault)


def list_surroundings(locales: Path) -> Iterator[Surroundings]:
    """Yield surroundings that have every value of each kind at least once, most of them together with others."""
    languages = ["C", "C.UTF-8", *make_locales(locales)]
    for number, seed in enumerate(("0", "1", "7", "42", "random")):
        yield Surroundings(
            env={
                "PYTHONHASHSEED": seed,
                "TZ": ("Asia/Tokyo", "America/Lima")[number % 2],
                "LC_ALL": languages[number % len(languages)],
                "LOCPATH": str(locales),
                "ORDER": str(number % 2 + 1),
                "SOURCE_DATE_EPOCH": str(10**9 + number),
                "OMP_NUM_THREADS": str(number % 2 + 1),
            },
            copied=number % 2 == 1,
            umask=(0o022, 0o077, 0o002)[number % 3],
            processors=(0, 1)[number % 2],
        )
    for language in languages:
        yield Surroundings(env={"LC_ALL": language, "LOCPATH": str(locales), "PYTHONUTF8": "0"})


def make_locales(folder: Path) -> list[str]:
    """Return the names of a German and a Turkish locale, made in a folder; none where the system cannot make them."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for name, source in LOCALES.items():
        command = ["localedef", "-i", source, "-f", "UTF-8", str(folder / name)]
        if can_do(command) or (folder / name).is_dir():  # a warning ends it with 1
            made.append(name)
    return made


def _build(home: Path, checkout: Path, what: Surroundings) -> subprocess.CompletedProcess[str]:
    env = environment(what.env)
    if what.copied:
        env["PYTHONPATH"] = env["PYTHONPATH"].replace(str(ROOT / "benchmarks"), str(checkout / "benchmarks"))
        env["PYTHONPATH"] = os.pathsep.join([*env["PYTHONPATH"].split(os.pathsep)[:-1], str(checkout)])

    def prepare() -> None:
        os.umask(what.umask)
        if what.processors:
            os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: what.processors])

    return subprocess.run(  # noqa: S603 (our own command)
        command_of(BUILD), cwd=home, env=env, capture_output=True, text=True, check=False, preexec_fn=prepare
    )
