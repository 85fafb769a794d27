"""`make advisories DB=FOLDER`: locked packages of which a database of advisories knows an error, without a network.

The database is a folder with advisories in the OSV format (https://ossf.github.io/osv-schema), as JSON files or in zip
files, such as the exports that osv.dev publishes for each ecosystem. Exit code 1 when there is one, 2 when the folder
holds no advisories.
"""

import json
import sys
import zipfile
from pathlib import Path

import click
from locked import load_node, load_python
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version


def load_advisories(folder):
    """Yield every advisory below a folder that was not withdrawn."""
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".json":
            texts = [path.read_bytes()]
        elif path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                texts = [archive.read(name) for name in archive.namelist() if name.endswith(".json")]
        else:
            continue
        try:
            advisories = [json.loads(text) for text in texts]
        except ValueError as fault:
            raise click.ClickException(f"{path} cannot be read as JSON: {fault}") from fault
        yield from (found for found in advisories if "withdrawn" not in found)


def find_faults(packages, advisories):
    """Return (name, version, id of the advisory, versions that correct it) for each locked package with an error, in order."""
    by_name = {}
    for package in packages:
        by_name.setdefault((package.ecosystem, package.name), []).append(package)
    found = set()
    for advisory in advisories:
        for affected in advisory.get("affected", []):
            about = affected.get("package", {})
            name = (
                canonicalize_name(about.get("name", ""))
                if about.get("ecosystem") == "PyPI"
                else about.get("name")
            )
            for package in by_name.get((about.get("ecosystem"), name), []):
                if is_affected(package.version, affected):
                    found.add(
                        (package.name, package.version, advisory["id"], ", ".join(list_fixes(affected)))
                    )
    return sorted(found)


def is_affected(version, affected):
    """Return whether a version is one of those listed, or within a range; what cannot be compared counts as within."""
    if version in affected.get("versions", []):
        return True
    ranges = [r for r in affected.get("ranges", []) if r.get("type") in {"ECOSYSTEM", "SEMVER"}]
    try:
        return any(_is_within(Version(version), r["events"]) for r in ranges)
    except InvalidVersion:
        return True


def _is_within(version, events):
    """Return what the events up to a version make of it (the schema's "Evaluation")."""
    order = {"introduced": 0, "fixed": 0, "limit": 0, "last_affected": 1}
    steps = sorted((_read(at), order[kind], kind) for event in events for kind, at in event.items())
    within = False
    for at, _, kind in steps:
        if kind == "introduced" and version >= at:
            within = True
        elif (kind in {"fixed", "limit"} and version >= at) or (kind == "last_affected" and version > at):
            within = False
    return within


def _read(text):
    """Return a version of an event; `0` comes before every other."""
    return Version("0.dev0") if text == "0" else Version(text)


def list_fixes(affected):
    """Return the versions that correct an error."""
    return [
        e["fixed"]
        for r in affected.get("ranges", [])
        if r.get("type") != "GIT"
        for e in r["events"]
        if "fixed" in e
    ]


@click.command(help=__doc__)
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
def main(folder):
    advisories = list(load_advisories(folder))
    if not advisories:
        click.echo(f"there is no advisory in {folder}", err=True)
        sys.exit(2)
    packages = [*load_python(), *load_node()]
    faults = find_faults(packages, advisories)
    for name, version, key, fixes in faults:
        click.echo(f"{name} {version}: {key}, mended in {fixes or 'no version yet'}")
    click.echo(f"{len(packages)} packages, {len(advisories)} advisories, {len(faults)} faults", err=True)
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
