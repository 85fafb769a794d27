"""`papershelf propose`: open a pull request with the changes, using `git` and `gh`."""

from __future__ import annotations

import json
import re
import tempfile
from pathlib import Path

import click

from generator.cli.exit_codes import FINDINGS, fail
from generator.cli.git import find_root, run_tool
from generator.cli.report_text import quote_report
from generator.cli.shared import content_option, find_content

NAME, MAIL = "Papershelf", "papershelf@localhost.invalid"
"""The committer. Nobody else has this e-mail address, so commits by other people can be recognised."""
_BRANCH = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@click.command(
    help="Open a pull request from a new branch BRANCH with all changes in the shelf's folder.\n\n"
    "Commits by other people on that branch are never replaced."
)
@click.argument("branch", metavar="BRANCH")
@content_option
@click.option("--title", required=True, help="Title of the pull request and of its commit.")
@click.option(
    "--report",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File with the text of the pull request.",
)
@click.option("--closes", type=int, metavar="NUMBER", help="Issue that the pull request closes.")
@click.option(
    "--file",
    "files",
    multiple=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="A file outside the shelf's folder whose changes are included, such as README.md.",
)
@click.option("--replace", is_flag=True, help="Replace a branch that an earlier run of this command created.")
def propose(  # noqa: PLR0913 (one parameter an option)
    *,
    branch: str,
    content: Path | None,
    title: str,
    report: Path | None,
    closes: int | None,
    files: tuple[Path, ...],
    replace: bool,
) -> None:
    if not _BRANCH.fullmatch(branch):
        fail(f"invalid branch name {branch!r}: use letters, digits, hyphens, dots and underscores")
    folder = find_content(content).resolve()
    root = find_root(folder)
    changed = [str(path.resolve()) for path in (folder, *files)]
    if not run_tool("git", "status", "--porcelain", "--", *changed, cwd=root):
        click.echo("nothing changed: no pull request was opened")
        return
    base = run_tool("git", "symbolic-ref", "--short", "HEAD", cwd=root)
    if branch == base:
        fail(f"{branch} is the current branch: choose another name")
    old = _find_branch(root, branch, base, replace=replace)
    run_tool("git", "switch", "--quiet", "--force-create" if replace else "--create", branch, cwd=root)
    run_tool("git", "add", "--", *changed, cwd=root)
    who = ("-c", f"user.name={NAME}", "-c", f"user.email={MAIL}")
    run_tool("git", *who, "commit", "--quiet", "--no-verify", "--message", title, "--", *changed, cwd=root)
    lease = f"--force-with-lease={branch}:{old}"  # refused when somebody has pushed meanwhile
    _reach(root, "push", "--quiet", lease, "origin", f"HEAD:refs/heads/{branch}")
    number = _find_open(root, branch) if old else ""
    with tempfile.TemporaryDirectory() as place:
        text = Path(place) / "body.md"
        text.write_text(_build_body(report, closes), encoding="utf-8")
        if number:
            address = (
                f"repos/{{owner}}/{{repo}}/pulls/{number}"  # `gh pr edit` asks for projects, too, and may not
            )
            run_tool("gh", "api", "--method", "PATCH", address, "--field", f"body=@{text}", cwd=root)
            click.echo(f"updated the pull request {number}")
            return
        where = ("--head", branch, "--base", base, "--title", title, "--body-file", str(text))
        _open(root, branch, where)


def _find_branch(root: Path, branch: str, base: str, *, replace: bool) -> str:
    """Return the commit of the branch at the remote; stops if the branch must not be replaced."""
    found = _reach(root, "ls-remote", "origin", f"refs/heads/{branch}").partition("\t")[0]
    if not found:
        return ""
    if not replace:
        fail(f"the branch {branch} exists already: merge or delete it, then try again", FINDINGS)
    _reach(root, "fetch", "--quiet", "origin", f"refs/heads/{branch}")
    mails = run_tool("git", "log", "--format=%ce", f"{base}..{found}", cwd=root).split()
    if set(mails) - {MAIL}:
        fail(
            f"the branch {branch} has commits by another person: merge or delete it, then try again", FINDINGS
        )
    return found


def _reach(root: Path, *arguments: str) -> str:
    """Return the output of a git command that contacts the remote. The token comes from `gh` and is not stored."""
    helper = ("-c", "credential.helper=", "-c", "credential.helper=!gh auth git-credential")
    return run_tool("git", *helper, *arguments, cwd=root)


def _find_open(root: Path, branch: str) -> str:
    """Return the number of the open pull request of a branch, or an empty text. Forks may have a branch of the same name."""
    given = ("--head", branch, "--state", "open", "--json", "number,isCrossRepository")
    found = json.loads(run_tool("gh", "pr", "list", *given, cwd=root))
    return next((str(entry["number"]) for entry in found if not entry["isCrossRepository"]), "")


def _open(root: Path, branch: str, where: tuple[str, ...]) -> None:
    """Open the pull request; if that fails, delete the branch again."""
    try:
        click.echo(run_tool("gh", "pr", "create", *where, cwd=root))
    except SystemExit:
        _reach(root, "push", "--quiet", "origin", "--delete", f"refs/heads/{branch}")
        hint = "Settings → Actions → General → “Allow GitHub Actions to create and approve pull requests”"
        click.echo(f"    → this workflow needs the repository setting {hint}", err=True)
        raise


def _build_body(report: Path | None, closes: int | None) -> str:
    parts = [quote_report(report)] if report else []
    return (
        "\n\n".join([*parts, *([f"Closes #{closes}"] if closes else [])]) or "Made by `papershelf propose`."
    )
