"""The theme's scripts as they are served."""

import json
import re
import subprocess

from support import ROOT

from generator.mkdocs_plugin.theme import (
    FONT_FOLDER,
    STABLE,
    WORKER,
    find_theme,
    is_code,
    is_versioned,
    name_version,
    place_in_version,
    squeeze_script,
)

SCRIPTS = [*sorted((find_theme() / "assets").rglob("*.js")), find_theme() / WORKER]


def list_literals(*texts):
    command = ["node", ROOT / "tests" / "literals.mjs"]
    result = subprocess.run(
        command, input=json.dumps(texts), capture_output=True, text=True, check=True, cwd=ROOT
    )
    return json.loads(result.stdout)


def test_packing_a_script_changes_none_of_its_texts():
    texts = [script.read_text(encoding="utf-8") for script in SCRIPTS]
    packed, given = list_literals(*map(squeeze_script, texts)), list_literals(*texts)
    assert dict(zip(SCRIPTS, packed, strict=True)) == dict(zip(SCRIPTS, given, strict=True))


def test_the_version_follows_from_contents_and_paths_alone():
    files = {"assets/papershelf/a.js": b"1", "assets/papershelf/b.css": b"2"}
    version = name_version(files)
    assert version == name_version(dict(reversed(files.items())))
    others = [
        {**files, "assets/papershelf/a.js": b"3"},
        {"assets/papershelf/a.js": b"1", "assets/papershelf/c.css": b"2"},
        {"assets/papershelf/a.js": b"12", "assets/papershelf/b.css": b""},
        {"assets/papershelf/a.js": b"1"},
    ]
    assert len({version, *map(name_version, others)}) == len(others) + 1


def test_all_but_pictures_and_what_must_stay_stands_in_the_folder_of_the_version():
    theme = find_theme()
    paths = {path.relative_to(theme).as_posix() for path in (theme / "assets").rglob("*") if path.is_file()}
    assert paths > STABLE
    assert paths - {path for path in paths if is_versioned(path)} == {
        *STABLE,
        "assets/papershelf/logo.svg",
        *(path for path in paths if path.startswith(FONT_FOLDER)),
    }
    assert {path for path in paths if path.endswith((".js", ".css"))} <= {p for p in paths if is_code(p)}
    assert (
        place_in_version("assets/papershelf/shared/site.js", "0123abcd")
        == "assets/ps-0123abcd/shared/site.js"
    )
    assert place_in_version("assets/papershelf/logo.svg", "0123abcd") == "assets/papershelf/logo.svg"
    assert place_in_version("assets/stylesheets/main.css", "0123abcd") == "assets/stylesheets/main.css"


def test_scripts_that_stay_import_nothing_that_moves():
    for name in STABLE:
        text = (find_theme() / name).read_text(encoding="utf-8")
        assert "from " + '"' not in text
        assert set(re.findall(r"import\(`?([^)$`]+)", text)) <= {"./renew.js"}
