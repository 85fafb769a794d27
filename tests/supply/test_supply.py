"""Everything that is installed is locked by its hash, within the bounds that the project sets."""

import ast
import base64
import hashlib
import json
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

sys.path.insert(0, str(Path(__file__).parent))
from locked import ROOT, load_node, load_python

OWN = {"generator", "papershelf", "benchmarks"} | {path.stem for path in (ROOT / "tests").rglob("*")}
BROUGHT = {"markupsafe": "jinja2", "threadpoolctl": "scikit-learn"}
"""Parts of what another package gives its users, published on their own."""
FLOORS = {
    "mkdocs-material": "9.8.1",
    "pymdown-extensions": "11.0.2",
    "markdown": "3.11",
    "jinja2": "3.1.6",
    "pygments": "2.20",
}
"""The lowest versions without known errors."""


@pytest.fixture(scope="module")
def wanted():
    """Return what pyproject.toml asks for: what the project needs, and what its development does."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    return [Requirement(text) for text in [*project["dependencies"], *extras["dev"], *extras["map"]]]


@pytest.fixture(scope="module")
def locked():
    """Return the locked versions of each package: several where environments differ."""
    found = {}
    for package in load_python():
        found.setdefault(package.name, []).append(package)
    return found


def list_imports(folder):
    for path in (ROOT / folder).rglob("*.py"):
        if "site-packages" in path.parts:  # of peers, installed beside the benchmarks
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from ((path, alias.name.partition(".")[0]) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and not node.level:
                yield path, node.module.partition(".")[0]


def test_every_dependency_is_locked_within_its_bounds(wanted, locked):
    for requirement in wanted:
        for package in locked[canonicalize_name(requirement.name)]:
            assert requirement.specifier.contains(package.version), f"run `make lock`: {requirement}"
            assert "papershelf" in package.wanted_by, f"run `make lock`: {requirement}"


def test_the_lock_has_nothing_that_nobody_wants(wanted, locked):
    names = {canonicalize_name(requirement.name) for requirement in wanted}
    for name, packages in locked.items():
        for package in packages:
            assert package.wanted_by, name
            assert set(map(canonicalize_name, package.wanted_by)) <= locked.keys() | {"papershelf"}, name
            assert "papershelf" not in package.wanted_by or name in names, f"run `make lock`: {name}"


def test_every_package_has_hashes_and_one_version_for_each_environment(locked):
    assert len(locked) > 50
    for name, packages in locked.items():
        assert all(package.hashes for package in packages), name
        assert len({package.marker for package in packages}) == len(packages), name
        assert len(packages) == 1 or all(package.marker for package in packages), name


@pytest.mark.parametrize("folder", ["generator", "tests", "benchmarks"])
def test_every_import_comes_from_a_locked_package(folder, locked):
    installed = packages_distributions()
    for path, name in list_imports(folder):
        if name in sys.stdlib_module_names or name in OWN:
            continue
        sources = {canonicalize_name(source) for source in installed.get(name, [])}
        assert sources & locked.keys(), f"{path.relative_to(ROOT)} imports {name}"


def test_what_the_generator_imports_is_asked_for_by_name(wanted):
    """A package that only another one brings along may go when that one no longer needs it."""
    installed = packages_distributions()
    names = {canonicalize_name(requirement.name) for requirement in wanted}
    for path, name in list_imports("generator"):
        if name not in sys.stdlib_module_names and name != "generator":
            sources = {canonicalize_name(source) for source in installed[name]}
            assert sources & names or BROUGHT.get(name) in names, f"{path.relative_to(ROOT)} imports {name}"


@pytest.mark.parametrize("name", FLOORS)
def test_versions_with_known_faults_are_shut_out(name, wanted, locked):
    (requirement,) = (r for r in wanted if canonicalize_name(r.name) == name)
    assert min(Version(s.version) for s in requirement.specifier if s.operator == ">=") >= Version(
        FLOORS[name]
    )
    assert all(Version(package.version) >= Version(FLOORS[name]) for package in locked[name])


def test_versions_that_stop_the_preview_from_watching_are_shut_out(wanted):
    (click,) = (r.specifier for r in wanted if r.name == "click")
    assert not any(click.contains(version) for version in ("8.2.2", "8.3.0", "8.3.1", "8.3.9"))


def test_npm_packages_are_locked_by_their_content_and_name_no_host():
    packages = load_node()
    assert {"wink-porter2-stemmer", "@retorquere/bibtex-parser", "typescript"} <= {p.name for p in packages}
    for package in packages:
        assert package.hashes, package.name
        assert all(value.startswith("sha512-") for value in package.hashes), package.name
        assert package.address == "", package.name
    manifest = json.loads((ROOT / "package.json").read_text())
    exact = manifest["dependencies"] | manifest["devDependencies"]
    assert exact.items() <= {p.name: p.version for p in packages}.items()


def write_wheel(folder):
    """Write the smallest package that pip takes."""
    info = "owls-1.0.dist-info"
    files = {
        "owls.py": "NIGHT = True\n",
        f"{info}/METADATA": "Metadata-Version: 2.1\nName: owls\nVersion: 1.0\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: hand\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    rows = []
    for name, text in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
        rows.append(f"{name},sha256={digest},{len(text)}\n")
    path = folder / "owls-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        for name, text in files.items():
            wheel.writestr(name, text)
        wheel.writestr(f"{info}/RECORD", "".join(rows) + f"{info}/RECORD,,\n")
    return path


def install(folder, digest):
    lock = folder / "lock.txt"
    lock.write_text(f"owls==1.0 \\\n    --hash=sha256:{digest}\n")
    command = [sys.executable, "-m", "pip", "--isolated", "--disable-pip-version-check", "install", "--dry-run",
               "--require-hashes", "--no-deps", "--no-index", "--find-links", folder, "--target", folder / "out",
               "-r", lock]  # fmt: skip
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_changed_hash_fails_the_install(tmp_path):
    digest = hashlib.sha256(write_wheel(tmp_path).read_bytes()).hexdigest()
    assert install(tmp_path, digest).returncode == 0
    changed = install(tmp_path, digest[:-1] + ("0" if digest[-1] != "0" else "1"))
    assert changed.returncode != 0
    assert "DO NOT MATCH THE HASHES" in changed.stderr


def test_make_installs_only_by_hash():
    makefile = (ROOT / "Makefile").read_text()
    installs = [line for line in makefile.splitlines() if "pip install" in line]
    assert installs
    for line in installs:
        assert (
            "--require-hashes -r requirements/dev.txt" in line
            or "--require-hashes -r requirements/site.txt" in line
            or "--require-hashes -r requirements/uv.txt" in line
            or "--no-deps --no-build-isolation -e ." in line
        )
    assert "npm ci " in makefile
    assert "npm install" not in makefile


def test_a_site_is_built_with_the_packages_of_the_tests_and_only_those_it_needs():
    site, uv, tests = (
        *(load_python(ROOT / "requirements" / f"{name}.txt") for name in ("site", "uv")),
        load_python(),
    )
    key = lambda package: (package.name, package.version, package.hashes)  # noqa: E731 (used twice, here)
    assert {key(package) for package in (*site, *uv)} < {key(package) for package in tests}
    assert not {package.name for package in site} & {
        "playwright",
        "pytest",
        "mypy",
        "scikit-learn",
        "zensical",
    }
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    names = {canonicalize_name(Requirement(text).name) for text in wanted}
    assert names <= {package.name for package in site}
