"""`papershelf snapshot`: write a built site as an archive with its exports and checksums."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import shutil
import tarfile
from pathlib import Path

import click

from generator.cli.exit_codes import fail
from generator.cli.git import run_tool
from generator.cli.shared import find_config, load_config_values, refuse_links
from generator.records.write import write_file
from generator.storage.checksums import render_checksums
from generator.urls.files import EXPORT_FILES

ARCHIVE, SUMS = "site.tar.gz", "SHA256SUMS"


@click.command(
    help="Write the built site to DIR as an archive, with its exports and checksums.\n\n"
    "The archive of the same site always has the same bytes."
)
@click.argument("out", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--site-dir", "-d", "site_dir", type=click.Path(path_type=Path, file_okay=False), help="The built site."
)
@click.option(
    "--release",
    is_flag=True,
    help="Publish the files as a GitHub release named after the date and the last commit, which must be pushed. Needs `git` and `gh`.",
)
def snapshot(*, out: Path, site_dir: Path | None, release: bool) -> None:
    config = find_config()
    site = site_dir or (
        config.parent / str(load_config_values(config).get("site_dir", "site")) if config else Path("site")
    )
    refuse_links(site, out)
    if not (site / "index.html").is_file():
        fail(f"no site found in {site}: build it with `papershelf build`")
    if link := next((path for path in site.rglob("*") if path.is_symlink()), None):
        fail(f"{link} is a symbolic link, which a built site never contains: build the site again")
    if out.exists() and any(out.iterdir()):
        fail(f"{out} is not empty: choose a new folder")
    commit = run_tool("git", "rev-parse", "HEAD", cwd=Path.cwd()) if release else ""
    out.mkdir(parents=True, exist_ok=True)
    _write_archive(site, out / ARCHIVE)
    for export in sorted(site.glob(EXPORT_FILES)):
        shutil.copyfile(export, out / export.name)
    write_file(out / SUMS, render_checksums(out))
    click.echo(f"{len(list(out.iterdir()))} files in {out}; verify them with: sha256sum -c {SUMS}")
    if release:
        click.echo(_release(out, commit))


def _release(out: Path, commit: str) -> str:
    """Create a release with the files of a folder and return its URL; each commit has at most one release a day."""
    name = f"{dt.datetime.now(tz=dt.UTC):%Y-%m-%d}-{commit[:7]}"
    made = ["--target", commit, "--title", f"Snapshot {name}", "--notes-file", str(out / SUMS)]
    files = sorted(map(str, out.iterdir()))
    return run_tool("gh", "release", "create", f"snapshot-{name}", *files, *made, cwd=Path.cwd())


def _write_archive(site: Path, target: Path) -> None:
    """Pack a site in sorted order and without dates and owners, so that every machine gives the same bytes."""
    with (
        target.open("wb") as raw,
        gzip.GzipFile(filename="", fileobj=raw, mode="wb", mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive,
    ):
        for path in sorted(p for p in site.rglob("*") if p.is_file()):
            body = path.read_bytes()
            entry = tarfile.TarInfo(f"site/{path.relative_to(site).as_posix()}")
            entry.size = len(body)
            archive.addfile(entry, io.BytesIO(body))
