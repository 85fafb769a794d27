"""Formats, exports and services of other packages, which are found by their entry points."""

import os
import subprocess
import sys

import pytest
from support import ROOT

MODULE = """\
from papershelf import Batch, Draft, ExportFormat, ImportFormat, Paper, Place


def read(files, captured):
    drafts = tuple(
        Draft(paper=Paper(title=line), place=Place(file=file.name, line=number))
        for file in files
        for number, line in enumerate(file.text.splitlines()[1:], 2)
    )
    return Batch(drafts=drafts, entries=len(drafts), problems=())


TITLES = ImportFormat(
    name="titles", description="one title on each line", read=read, matches=lambda name, text: text.startswith("TITLES\\n")
)
SHOUT = ExportFormat(name="shout", ending="txt", media="text/plain", render=lambda paper: paper.title.upper() + "\\n")
WRONG = "no format at all"
"""
VERBS = {"formats]": "import", "exports]": "export", "services]": "enrich"}
POINTS = (
    "[papershelf.formats]\ntitles = owl_formats:TITLES\n[papershelf.exports]\nshout = owl_formats:SHOUT\n"
)


@pytest.fixture
def package(tmp_path):
    """Return a function that installs a package with the given entry points, and returns the folder that it is in."""

    def install(points=POINTS, module=MODULE):
        folder = tmp_path / "packages"
        info = folder / "owl_formats-1.0.dist-info"
        info.mkdir(parents=True)
        (folder / "owl_formats.py").write_text(module)
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: owl-formats\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(points)
        return folder

    return install


def run(packages, *arguments):
    """Run a new interpreter, which finds the packages."""
    path = os.pathsep.join(map(str, (packages, ROOT, ROOT / "generator" / "public")))
    command = [sys.executable, "-m", "generator", *map(str, arguments)]
    return subprocess.run(
        command, cwd=ROOT, env=os.environ | {"PYTHONPATH": path}, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("form", ["titles", "auto"])
def test_an_import_format_of_another_package_is_named_and_detected(package, shelf_on_disk, tmp_path, form):
    content = shelf_on_disk({"papers/owls.yml": "title: Owls\n"})
    (tmp_path / "new.txt").write_text("TITLES\nLarks in the Morning\n")
    result = run(package(), "import", form, tmp_path / "new.txt", "--content", content)
    assert (result.returncode, result.stderr) == (0, "")
    assert "title: Larks in the Morning" in (content / "papers" / "larks-in-the-morning.yml").read_text()


def test_an_export_of_another_package_is_written(package, shelf_on_disk):
    content = shelf_on_disk({"papers/owls.yml": "title: Owls\n"})
    assert run(package(), "export", "shout", "--content", content).stdout == "OWLS\n"


@pytest.mark.parametrize(
    ("points", "module", "said"),
    [
        ("[papershelf.formats]\nbibtex = owl_formats:TITLES\n", MODULE, "(papershelf.formats: bibtex) has a name that is already used"),
        ("[papershelf.formats]\ntitles = owl_formats:WRONG\n", MODULE, "(papershelf.formats: titles) is not of the type ImportFormat"),
        ("[papershelf.exports]\nshout = owl_formats:LOST\n", MODULE, "(papershelf.exports: shout) cannot be imported"),
        ("[papershelf.exports]\nshout = owl_formats:SHOUT\n", "1 / 0\n", "cannot be imported: ZeroDivisionError"),
        ("[papershelf.services]\nowls = owl_formats:WRONG\n", MODULE, "(papershelf.services: owls) is not of the type Service"),
    ],
)  # fmt: skip
def test_an_extension_that_cannot_be_used_is_named_with_its_package(package, points, module, said):
    verb = next(verb for word, verb in VERBS.items() if word in points)
    result = run(package(points, module), verb, "--help")
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith("papershelf: the package owl-formats (")
    assert said in result.stderr
    assert "Traceback" not in result.stderr
