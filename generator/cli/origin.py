"""The source of this installation as a line of requirements.txt, so that a new index installs the same version."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.metadata import Distribution, PackageNotFoundError
from pathlib import Path
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from generator import __version__
from generator.cli.exit_codes import fail

_WHEELS = "wheels"
_EXTRAS = "cards"
"""The extra that a new index installs: social images."""
_HEAD = "# The version of Papershelf that builds this index.\n"


class PackageOrigin(Struct, frozen=True):
    """A line of requirements.txt, the wheel to copy for it, and the command that creates the wheel if it is missing."""

    line: str
    wheel: Path | None = None
    step: str = ""


def find_origin() -> PackageOrigin:
    """Return the source of this installation (PEP 610); stops if Papershelf is not installed."""
    try:
        text = Distribution.from_name("papershelf").read_text("direct_url.json")
    except PackageNotFoundError:
        fail(
            "Papershelf is not installed, so a new index cannot install the same version: run `pip install` with its wheel"
        )
    if not text:
        return PackageOrigin(f"papershelf[{_EXTRAS}]=={__version__}")
    origin = json.loads(text)
    if commit := origin.get("vcs_info", {}).get("commit_id"):
        return PackageOrigin(f"papershelf[{_EXTRAS}] @ git+{origin['url']}@{commit}")
    url = urlsplit(origin["url"])
    if url.scheme != "file":
        return PackageOrigin(f"papershelf[{_EXTRAS}] @ {origin['url']}")
    path = Path(unquote(url.path))
    if path.suffix != ".whl":
        line = f"./{_WHEELS}/papershelf-{__version__}-py3-none-any.whl[{_EXTRAS}]"
        return PackageOrigin(line, step=f"pip wheel --no-deps --wheel-dir {_WHEELS} {path}")
    line = f"./{_WHEELS}/{path.name}[{_EXTRAS}]"
    return PackageOrigin(line, path) if path.is_file() else PackageOrigin(line, step=f"cp {path} {_WHEELS}/")


def list_requirements(origin: PackageOrigin) -> Mapping[str, bytes]:
    """Return requirements.txt by its name and, if Papershelf was installed from a wheel file, a copy of the wheel."""
    files = {f"{_WHEELS}/{origin.wheel.name}": origin.wheel.read_bytes()} if origin.wheel else {}
    return {**files, "requirements.txt": f"{_HEAD}{origin.line}\n".encode()}
