"""Where this installation came from, as a line of requirements.txt: an index that is begun with it installs the same."""

from __future__ import annotations

import json
import shutil
from importlib.metadata import Distribution, PackageNotFoundError
from pathlib import Path
from urllib.parse import unquote, urlsplit

from generator import __version__

_WHEELS = "wheels"
_HEAD = "# The version of Papershelf that makes this index.\n"


def write_requirements(folder: Path) -> None:
    """Write requirements.txt, with a copy of the wheel where one was installed from a file (PEP 610 says so)."""
    (folder / "requirements.txt").write_text(_HEAD + _find_requirement(folder), encoding="utf-8")


def _find_requirement(folder: Path) -> str:
    try:
        text = Distribution.from_name("papershelf").read_text("direct_url.json")
    except PackageNotFoundError:
        text = None
    origin = json.loads(text) if text else {}
    if not origin:
        return f"papershelf=={__version__}\n"
    if commit := origin.get("vcs_info", {}).get("commit_id"):
        return f"papershelf @ git+{origin['url']}@{commit}\n"
    path = Path(unquote(urlsplit(origin["url"]).path))
    if path.suffix == ".whl" and path.is_file():
        (folder / _WHEELS).mkdir()
        shutil.copyfile(path, folder / _WHEELS / path.name)
        return f"./{_WHEELS}/{path.name}\n"
    name = f"papershelf-{__version__}-py3-none-any.whl"
    make = f"pip wheel --no-deps --wheel-dir {_WHEELS} CHECKOUT"
    return f"# Installed from a checkout, so make its wheel: {make}\n./{_WHEELS}/{name}\n"
