"""`papershelf build`: build the site of an index."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cli.exit_codes import fail
from generator.cli.run_mkdocs import run_mkdocs
from generator.cli.shared import content_option, load_config_values, need_config
from generator.records.write import write_file
from generator.storage.checksums import render_checksums


@click.command(help="Build the site, like `mkdocs build --strict`.")
@content_option
@click.option(
    "--site-dir", "-d", type=click.Path(path_type=Path, file_okay=False), help="Folder of the built site."
)
@click.option("--strict/--no-strict", default=True, help="Treat warnings as errors (default: yes).")
@click.option(
    "--checksums",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the SHA-256 of every file of the site to this file, which must be outside the site folder.",
)
def build(*, content: Path | None, site_dir: Path | None, strict: bool, checksums: Path | None) -> None:
    config = need_config()
    site = site_dir or config.parent / str(load_config_values(config).get("site_dir", "site"))
    if checksums is not None and checksums.resolve().is_relative_to(site.resolve()):
        fail(f"--checksums {checksums}: choose a file outside the site folder")
    run_mkdocs("build", content, ["--strict"] if strict else [], site_dir)
    if checksums is not None:
        write_file(checksums, render_checksums(site))
