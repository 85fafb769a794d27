"""`papershelf serve`: preview the site and rebuild it after each edit."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cli.run_mkdocs import run_mkdocs
from generator.cli.shared import content_option


@click.command(help="Preview the site and rebuild it after each edit, like `mkdocs serve`.")
@content_option
@click.option(
    "--dev-addr", "-a", default=None, metavar="ADDR", help="Address and port, such as 127.0.0.1:8000."
)
def serve(*, content: Path | None, dev_addr: str | None) -> None:
    run_mkdocs("serve", content, ["--dev-addr", dev_addr] if dev_addr else [], None)
