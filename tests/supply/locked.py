"""What the two lock files lock: every package with its version, its hashes, and who wants it."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent.parent
PYTHON, NODE = ROOT / "requirements" / "dev.txt", ROOT / "package-lock.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Locked:
    """A locked package; `ecosystem` is its name in the OSV format."""

    ecosystem: str
    name: str
    version: str
    marker: str = ""
    """The environments that it is for, where others have another version."""
    hashes: tuple[str, ...] = ()
    wanted_by: tuple[str, ...] = ()
    address: str = ""


def load_python(path=PYTHON):
    """Return the packages of a file that `uv pip compile` wrote."""
    found = []
    text = re.sub(r"^#.*\n", "", path.read_text(), flags=re.MULTILINE)
    for block in re.split(r"\n(?=\S)", text.strip()):
        requirement = Requirement(block.split("\\\n")[0].split("\n")[0])
        (version,) = requirement.specifier
        assert version.operator == "==", block
        found.append(
            Locked(
                ecosystem="PyPI",
                name=canonicalize_name(requirement.name),
                version=version.version,
                marker=str(requirement.marker or ""),
                hashes=tuple(re.findall(r"--hash=(sha256:[0-9a-f]{64})\b", block)),
                wanted_by=tuple(re.findall(r"^ +# (?:via |  )(\S+)", block, re.MULTILINE)),
            )
        )
    return found


def load_node(path=NODE):
    """Return the packages of an npm lock file."""
    return [
        Locked(
            ecosystem="npm",
            name=place.rpartition("node_modules/")[2],
            version=package["version"],
            hashes=tuple(package.get("integrity", "").split()),
            address=package.get("resolved", ""),
        )
        for place, package in json.loads(path.read_text())["packages"].items()
        if place
    ]
