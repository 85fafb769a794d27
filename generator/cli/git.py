"""Calls of `git` and `gh`, and the messages when they fail."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from generator.cli.exit_codes import FINDINGS, fail
from generator.storage.folder import LeavesError, check_name
from generator.storage.text_file import leads_outside

_LINK = "120000"
"""The mode of a symbolic link in Git, whose content is its target."""
_HEAD = "HEAD"
"""The file that every Git repository has."""


def run_tool(name: str, *arguments: str, cwd: Path) -> str:
    """Return the output of a program; stops with its error message if it fails or is not installed."""
    return _run(name, *arguments, cwd=cwd).decode("utf-8", "replace").strip()


def _run(name: str, *arguments: str, cwd: Path, given: bytes = b"") -> bytes:
    _refuse_inner_repository(cwd)
    try:
        done = subprocess.run([name, *arguments], cwd=cwd, input=given, capture_output=True, check=False)  # noqa: S603 (no shell; arguments stay arguments)
    except FileNotFoundError:
        fail(f"`{name}` is not installed: install it")
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip() or f"exit code {done.returncode}"
        fail(f"`{name} {arguments[0]}` failed: {said}", FINDINGS)
    return done.stdout


def _refuse_inner_repository(folder: Path) -> None:
    """Stop if Git would take a folder inside the checkout for a repository, because its `config` may name programs to run.

    A commit can contain such a folder: a repository without a working tree has no `.git`, only files such as `HEAD`.
    """
    here = folder.resolve()
    for place in (here, *here.parents):
        if os.path.lexists(place / ".git"):
            return
        if os.path.lexists(place / _HEAD):
            fail(
                f"{place / _HEAD} would make Git use {place} as a repository and obey its configuration: delete it",
                FINDINGS,
            )


def find_root(folder: Path) -> Path:
    """Return the root of the Git repository that contains a folder; stops if there is none."""
    return Path(run_tool("git", "rev-parse", "--show-toplevel", cwd=folder))


def list_first_days(folder: Path) -> dict[str, str]:
    """Return the date (YYYY-MM-DD) of the commit that added each file below a folder, by relative path.

    Stops if the clone is shallow.
    """
    if run_tool("git", "rev-parse", "--is-shallow-repository", cwd=folder) == "true":
        fail("this clone has only part of the history: run `git fetch --unshallow` first", FINDINGS)
    said = run_tool(
        "git", "log", "--no-renames", "--diff-filter=A", "--relative", "--name-only", "-z", "--format=%x01%as",
        "--", ".", cwd=folder,
    )  # fmt: skip
    days: dict[str, str] = {}
    for commit in said.split("\1")[1:]:
        day, _, names = commit.partition("\0")
        days |= {name.strip("\n"): day.strip() for name in names.split("\0") if name.strip("\n")}
    return days


def unpack_revision(revision: str, folder: Path, target: Path) -> Path:
    """Write a folder as of a revision below `target` and return its path; it is empty if the revision did not have the folder.

    The files are those of the commit: unlike `git archive`, no `.gitattributes` leaves any out or changes one.
    """
    root = find_root(folder)
    inside = folder.resolve().relative_to(root.resolve()).as_posix()
    commit = run_tool("git", "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}", cwd=root)
    unpacked = target / inside
    unpacked.mkdir(parents=True, exist_ok=True)
    links: list[tuple[Path, bytes]] = []
    for mode, name, body in _list_files(root, commit, inside):
        with suppress(LeavesError):
            path = target / check_name(name)
            path.parent.mkdir(parents=True, exist_ok=True)
            if mode == _LINK:
                links.append((path, body))
            else:
                path.write_bytes(body)
    for path, aim in links:  # after all files, so that none is written through a link
        with suppress(OSError):  # where the system has no links, the shelf is read without them
            path.symlink_to(os.fsdecode(aim))
            if leads_outside(path, target):
                path.unlink()
    return unpacked


def _list_files(root: Path, commit: str, inside: str) -> Iterator[tuple[str, str, bytes]]:
    """Yield the mode, path and content of each file below a folder in a commit."""
    listed = _run("git", "ls-tree", "-r", "-z", "--full-tree", commit, "--", inside, cwd=root)
    blobs = []
    for entry in filter(None, listed.split(b"\0")):
        about, _, name = entry.partition(b"\t")
        mode, kind, key = about.split()
        if kind == b"blob":  # not the commit of a submodule
            blobs.append((mode.decode(), key, os.fsdecode(name)))
    packed = _run("git", "cat-file", "--batch", cwd=root, given=b"".join(key + b"\n" for _, key, _ in blobs))
    at = 0
    for form, _, path in blobs:
        end = packed.index(b"\n", at)
        at = end + 1 + int(packed[at:end].rpartition(b" ")[2])
        yield form, path, packed[end + 1 : at]
        at += 1
