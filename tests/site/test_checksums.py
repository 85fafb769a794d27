"""The checksums of a site are those that `sha256sum -c` finds right, and no others."""

import shutil
import subprocess

import pytest
from support import fingerprint, papershelf

from generator.storage.checksums import render_checksums


def verify(folder, sums):
    if shutil.which("sha256sum") is None:
        pytest.skip("there is no sha256sum here")
    command = ["sha256sum", "--check", "--strict", "--quiet", sums]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_a_build_writes_them_in_order_and_sha256sum_agrees(small_index):
    folder = small_index()
    result = papershelf("build", "--checksums", "SHA256SUMS", cwd=folder)
    assert result.returncode == 0, result.stderr
    lines = [line.split("  ", 1) for line in (folder / "SHA256SUMS").read_text().splitlines()]
    assert {name: digest for digest, name in lines} == fingerprint(folder / "site")
    assert [name for _, name in lines] == sorted(name for _, name in lines)
    assert verify(folder / "site", folder / "SHA256SUMS").returncode == 0
    (folder / "site" / "index.html").write_text("another")
    changed = verify(folder / "site", folder / "SHA256SUMS")
    assert changed.returncode == 1
    assert "index.html: FAILED" in changed.stdout


@pytest.mark.parametrize("file", ["site/SHA256SUMS", "site/data/../SHA256SUMS"])
def test_they_never_stand_in_the_site(small_index, file):
    folder = small_index()
    result = papershelf("build", "--checksums", file, cwd=folder)
    assert result.returncode == 2
    assert "outside" in result.stderr
    assert not (folder / "site").exists()


def test_a_build_that_fails_writes_none(small_index):
    folder = small_index()
    (folder / "content" / "papers" / "x.yml").write_text("colour: red\n")
    assert papershelf("build", "--checksums", "SHA256SUMS", cwd=folder).returncode == 1
    assert not (folder / "SHA256SUMS").exists()


def test_names_of_every_kind_can_be_verified(tmp_path):
    folder = tmp_path / "site"
    for name in ("a.txt", "Z.txt", "b c.txt", "ü.txt", "back\\slash", "line\nend", "deep/a.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
    sums = tmp_path / "sums"
    sums.write_text(render_checksums(folder))
    assert verify(folder, sums).returncode == 0
    assert [line.split("  ")[1] for line in sums.read_text().splitlines()][:2] == ["Z.txt", "a.txt"]
