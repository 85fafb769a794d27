"""Advisories in the OSV format, all of them invented, against locked packages."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from advisories import find_faults, is_affected, load_advisories
from locked import Locked, load_python

OWLS = Locked(ecosystem="PyPI", name="night-owls", version="2.5")


def describe(*events, kind="ECOSYSTEM", **more):
    return {"ranges": [{"type": kind, "events": list(events)}], **more}


def advise(key, name="night-owls", ecosystem="PyPI", **affected):
    return {"id": key, "affected": [{"package": {"ecosystem": ecosystem, "name": name}, **affected}]}


@pytest.mark.parametrize(
    ("affected", "is_hit"),
    [
        (describe({"introduced": "0"}), True),
        (describe({"introduced": "0"}, {"fixed": "2.5"}), False),
        (describe({"introduced": "0"}, {"fixed": "2.5.1"}), True),
        (describe({"introduced": "2.5"}), True),
        (describe({"introduced": "2.5.0.post1"}), False),
        (describe({"introduced": "0"}, {"last_affected": "2.5"}), True),
        (describe({"introduced": "0"}, {"last_affected": "2.4.9"}), False),
        (describe({"introduced": "0"}, {"fixed": "1.9"}, {"introduced": "2.0"}, {"fixed": "2.10"}), True),
        (describe({"introduced": "2.0"}, {"fixed": "2.10"}, {"introduced": "0"}, {"fixed": "1.9"}), True),
        (describe({"introduced": "0"}, {"fixed": "2.0"}, {"introduced": "2.6"}), False),
        (describe({"introduced": "0"}, {"limit": "2.5"}), False),
        (describe({"introduced": "0"}, kind="GIT"), False),
        (describe({"introduced": "0"}, kind="SEMVER"), True),
        ({"versions": ["2.4", "2.5"]}, True),
        ({"versions": ["2.4"]}, False),
        (describe({"introduced": "some day"}), True),
        ({}, False),
    ],
)
def test_a_version_is_affected_or_not(affected, is_hit):
    assert is_affected("2.5", affected) is is_hit


def test_the_report_names_package_version_advisory_and_what_mends_it():
    advisories = [
        advise("OWL-2", **describe({"introduced": "0"}, {"fixed": "3.0"})),
        advise(
            "OWL-1",
            name="Night_Owls",
            **describe({"introduced": "0"}, {"fixed": "2.4"}, {"introduced": "2.5"}),
        ),
        advise("OWL-3", ecosystem="npm", **describe({"introduced": "0"})),
        advise("OWL-4", name="day-owls", **describe({"introduced": "0"})),
    ]
    assert find_faults([OWLS], advisories) == [
        ("night-owls", "2.5", "OWL-1", "2.4"),
        ("night-owls", "2.5", "OWL-2", "3.0"),
    ]


def test_advisories_come_from_files_and_from_zips_but_not_the_withdrawn_ones(tmp_path):
    (tmp_path / "PyPI").mkdir()
    (tmp_path / "PyPI" / "a.json").write_text(json.dumps(advise("OWL-1")))
    (tmp_path / "b.json").write_text(json.dumps(advise("OWL-2") | {"withdrawn": "2026-01-01T00:00:00Z"}))
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("c.json", json.dumps(advise("OWL-3")))
        archive.writestr("notes.txt", "none")
    assert sorted(found["id"] for found in load_advisories(tmp_path)) == ["OWL-1", "OWL-3"]


def run(folder):
    command = [sys.executable, Path(__file__).parent / "advisories.py", folder]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_command_says_what_it_found_by_its_exit_code(tmp_path):
    assert run(tmp_path).returncode == 2
    (mkdocs,) = (package for package in load_python() if package.name == "mkdocs")
    file = tmp_path / "a.json"
    file.write_text(
        json.dumps(advise("OWL-1", name="mkdocs", **describe({"introduced": "0"}, {"fixed": "0.1"})))
    )
    assert run(tmp_path).returncode == 0
    file.write_text(
        json.dumps(advise("OWL-1", name="mkdocs", **describe({"introduced": "0"}, {"fixed": "999"})))
    )
    found = run(tmp_path)
    assert found.returncode == 1
    assert found.stdout == f"mkdocs {mkdocs.version}: OWL-1, mended in 999\n"
