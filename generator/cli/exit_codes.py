"""Exit codes of the command line, and the function that ends a command with a message."""

from __future__ import annotations

import sys
from typing import NoReturn

import click

FINDINGS = 1
WRONG_USAGE = 2
NETWORK = 3
CRASH = 70
"""A bug in the command itself; the number is EX_SOFTWARE of sysexits.h."""
INTERRUPTED = 130


def fail(message: str, code: int = WRONG_USAGE) -> NoReturn:
    """Print an error message and exit with the code."""
    click.echo(f"papershelf: {message}", err=True)
    sys.exit(code)
