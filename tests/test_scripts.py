"""What the theme's scripts import, also when it is loaded later or is only a type."""

import functools
import graphlib
import json
import subprocess

from support import ROOT

SCRIPTS = ROOT / "theme_overrides" / "assets" / "papershelf"


WAYS = [
    'import { a } from "./a.js";',
    'import "./a.js";',
    'export { a } from "./a.js";',
    'const load = () => import("./a.js");',
    "const load = () => import(`./a.js${location.search}`);",
    '/** @typedef {import("./a.js").A} A */',
    '/** @param {import("./a.js").A} a */\nfunction b(a) {}',
    'class B {\n  constructor() {\n    /** @type {Set<import("./a.js").A>} */\n    this.a = new Set();\n  }\n}',
    'const b = /** @type {import("./a.js").A} */ (window);',
]
"""Every way to import a script."""


def read_imports(folder):
    """Return for each script of a folder which ones it imports."""
    paths = [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*.js"))]
    command = ["node", ROOT / "tests" / "imports.mjs"]
    result = subprocess.run(
        command, input=json.dumps(paths), capture_output=True, text=True, check=True, cwd=folder
    )
    return {path: set(found) for path, found in json.loads(result.stdout).items()}


@functools.cache
def read_own_imports():
    return read_imports(SCRIPTS)


def find_cycle(imports):
    """Return scripts of which each imports the next, from one to itself, or nothing."""
    try:
        graphlib.TopologicalSorter(imports).prepare()
    except graphlib.CycleError as fault:
        return fault.args[1][::-1]
    return []


def test_scripts_import_what_exists():
    imports = read_own_imports()
    assert set().union(*imports.values()) <= set(imports)
    assert {"desk/cards.js", "search/suggest.js"} <= imports["start.js"]
    assert "desk/menu.js" in imports["desk/cards.js"]
    assert "desk/desk.js" in imports["desk/menu.js"]
    assert imports["scheme.js"] == {"renew.js"}


def test_no_scripts_import_each_other_in_a_circle():
    assert find_cycle(read_own_imports()) == []


def test_what_rooms_share_imports_nothing_of_a_room():
    imports = read_own_imports()
    shared = [path for path in imports if path.startswith("shared/")]
    assert [path for path in shared if not all(name.startswith("shared/") for name in imports[path])] == []


def test_the_search_imports_nothing_of_another_room():
    imports = read_own_imports()
    search = {path for path in imports if path.startswith("search/")}
    assert {name.split("/")[0] for path in search for name in imports[path]} == {"search", "shared"}


def test_a_circle_is_found_however_a_script_imports(tmp_path):
    for number, text in enumerate(WAYS):
        (tmp_path / str(number)).mkdir()
        (tmp_path / str(number) / "a.js").write_text('import { b } from "./b.js";\n')
        (tmp_path / str(number) / "b.js").write_text(text)
    imports = read_imports(tmp_path)
    for number, text in enumerate(WAYS):
        pair = {f"{number}/a.js", f"{number}/b.js"}
        assert set(find_cycle({path: imports[path] for path in pair})) == pair, text
