"""Calls of `git` and `gh`, and the messages when they fail."""

from __future__ import annotations

import io
import subprocess
import tarfile
from pathlib import Path

from generator.cli.exit_codes import FINDINGS, fail


def run_tool(name: str, *arguments: str, cwd: Path) -> str:
    """Return the output of a program; stops with its error message if it fails or is not installed."""
    try:
        done = subprocess.run([name, *arguments], cwd=cwd, capture_output=True, check=False)  # noqa: S603 (no shell; arguments stay arguments)
    except FileNotFoundError:
        fail(f"`{name}` is not installed: install it")
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip() or f"exit code {done.returncode}"
        fail(f"`{name} {arguments[0]}` failed: {said}", FINDINGS)
    return done.stdout.decode("utf-8", "replace").strip()


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
    """Write a folder as of a revision below `target` and return its path; it is empty if the revision did not have the folder."""
    root = find_root(folder)
    inside = folder.resolve().relative_to(root.resolve()).as_posix()
    commit = run_tool("git", "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}", cwd=root)
    unpacked = target / inside
    unpacked.mkdir(parents=True, exist_ok=True)
    if run_tool("git", "ls-tree", "-d", "--name-only", commit, "--", inside, cwd=root) or inside == ".":
        archive = target / "revision.tar"
        run_tool("git", "archive", f"--output={archive}", commit, "--", inside, cwd=root)
        with tarfile.open(fileobj=io.BytesIO(archive.read_bytes())) as files:
            files.extractall(target, filter=_leave_out)  # noqa: S202 (its filter is that for data)
    return unpacked


def _leave_out(member: tarfile.TarInfo, target: str) -> tarfile.TarInfo | None:
    """Return a member if it is safe to unpack, otherwise None; a link out of the folder is never part of a shelf."""
    try:
        return tarfile.data_filter(member, target)
    except tarfile.FilterError:
        return None
