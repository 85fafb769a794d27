"""Damaged caches: what a build remembers of an earlier one is worth nothing then, and costs nothing but time."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Generator
from pathlib import Path

from benchmarks.faults.workshop import BUILD, NOBODY, Outcome, judge, make_index, run
from generator.storage.state import find_own
from generator.user_folders import find_cache

_Harm = Callable[[Path, bytes], object]


def _give_away(file: Path, _: bytes) -> None:
    if os.geteuid() == 0:
        os.chown(file, NOBODY, NOBODY)
    file.chmod(0o600 if os.geteuid() == 0 else 0)


def _put_folder(file: Path, _: bytes) -> None:
    file.unlink()
    (file / "x").mkdir(parents=True)


def _put_link(file: Path, _: bytes) -> None:
    file.unlink()
    file.symlink_to("nowhere")


def _replace_folder(file: Path, _: bytes) -> None:
    shutil.rmtree(file.parent)
    file.parent.write_text("no folder")


HARMS: dict[str, _Harm] = {
    "empty": lambda file, _: file.write_bytes(b""),
    "cut after 10 bytes": lambda file, body: file.write_bytes(body[:10]),
    "cut in the middle": lambda file, body: file.write_bytes(body[: len(body) // 2]),
    "without its last byte": lambda file, body: file.write_bytes(body[:-1]),
    "one bit turned": lambda file, body: file.write_bytes(body[:-40] + bytes([body[-40] ^ 1]) + body[-39:]),
    "garbage": lambda file, body: file.write_bytes(bytes(range(256)) * (len(body) // 256)),
    "of another version": lambda file, body: file.write_bytes(bytes(16) + body[16:]),
    "of another user": _give_away,
    "a folder in its place": _put_folder,
    "a link to nowhere in its place": _put_link,
    "a file instead of its folder": _replace_folder,
    "a folder that cannot be written": lambda file, _: file.parent.chmod(0o555),
}


def damage_cache(folder: Path, papers: int) -> Generator[Outcome]:
    """Do each harm to the file of known records."""
    index = make_index(folder, papers)
    file = find_own(find_cache(index.folder / "content"), index.folder / "content", "records.bin")
    if file is None:
        raise RuntimeError("this machine keeps nothing")
    body = file.read_bytes()
    for name, harm in HARMS.items():
        shutil.rmtree(file.parent)
        file.parent.mkdir()
        file.write_bytes(body)
        file.chmod(0o600)
        harm(file, body)
        done = run(*BUILD, cwd=index.folder, held=True)
        fault = done.stderr[-500:] if done.returncode else judge(index, 0)
        yield Outcome(name, fault)
        if file.parent.is_file():
            file.parent.unlink()
            file.parent.mkdir()
        file.parent.chmod(0o755)
