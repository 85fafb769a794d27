"""A new index from the installed wheel, outside the repository."""

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest
import yaml
from support import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    out = tmp_path_factory.mktemp("wheel")
    builder = "import sys, hatchling.build; print(hatchling.build.build_wheel(sys.argv[1]))"
    subprocess.run([sys.executable, "-c", builder, str(out)], cwd=ROOT, check=True, capture_output=True)
    (built,) = out.glob("*.whl")
    return built


def test_the_wheel_carries_templates_and_theme(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    for path in (ROOT / "theme_overrides").rglob("*"):
        if path.is_file():
            assert (
                f"generator/theme_overrides/{path.relative_to(ROOT / 'theme_overrides').as_posix()}" in names
            )
    for path in (ROOT / "generator" / "pages" / "templates").iterdir():
        assert f"generator/pages/templates/{path.name}" in names
    assert "generator/scaffold/mkdocs.yml" in names


def test_a_new_index_builds_in_strict_mode(wheel, tmp_path):
    """The wheel is unpacked beside the locked packages, in an environment that does not see the checkout."""
    venv.create(tmp_path / "venv", with_pip=False)
    python = tmp_path / "venv" / "bin" / "python"
    (own,) = (tmp_path / "venv" / "lib").glob("python*/site-packages")
    zipfile.ZipFile(wheel).extractall(own)
    packages = Path(yaml.__file__).parent.parent
    (own / "packages.pth").write_text(f"{packages}\n")
    environment = {**os.environ, "PYTHONPATH": "", "NO_MKDOCS_2_WARNING": "1"}

    def run(module, *arguments, cwd):
        command = [str(python), "-m", module, *map(str, arguments)]
        return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)

    started = run("generator", "init", tmp_path / "index", cwd=tmp_path)
    assert started.returncode == 0, started.stderr
    assert "mkdocs serve" in started.stdout
    built = run("mkdocs", "build", "--strict", cwd=tmp_path / "index")
    assert built.returncode == 0, built.stderr
    site = tmp_path / "index" / "site"
    assert len(list((site / "papers").glob("*/index.html"))) == 2
    assert (site / "assets" / "papershelf" / "papershelf.css").is_file()
    again = run("generator", "init", tmp_path / "index", cwd=tmp_path)
    assert again.returncode == 2
    assert "not empty" in again.stderr
