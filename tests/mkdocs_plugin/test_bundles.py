"""Bundles of scripts do what their modules do by themselves: Node runs both."""

import json
import subprocess

import pytest
from search_support import run_node

from generator.labels.labels import load_labels
from generator.mkdocs_plugin import bundles
from generator.mkdocs_plugin.bundles import BUNDLES, BundleError, bundle_scripts
from generator.mkdocs_plugin.theme import find_theme, is_script, is_versioned, pack_scripts

SAID = 'import { say } from "./shared/said.js";\n'
MODULES = {
    "shared/said.js": "export const said = [];\nexport function say(text) {\n  said.push(text);\n}\n",
    "start.js": 'import { say } from "./shared/said.js";\nimport "./first.js";\nimport {\n  double as twice,\n  Box,\n} from "./tools/values.js";\n'
    'say(`start ${twice(4)} ${new Box().size}`);\nexport const open = () => import("./later.js");\n',
    "first.js": f'{SAID}import {{ double }} from "./tools/values.js";\nsay(`first ${{double(1)}}`);\n',
    "tools/values.js": 'import { say } from "../shared/said.js";\nsay("values");\nexport function double(n) {\n  return 2 * n;\n}\n'
    'export class Box {\n  size = 3;\n}\nexport async function wait() {\n  return "waited";\n}\nconst inner = 7;\nexport { inner as outer, double as again };\n',
    "later.js": 'import * as values from "./tools/values.js";\nimport sum from "./tools/sum.js";\nimport { say } from "./shared/said.js";\n'
    'say("later");\nexport const found = [values.outer, values.again(5), sum(2, 3), new URL("../x", import.meta.url).pathname.split("/").slice(-2).join("/")];\n'
    "export const waited = values.wait();\n",
    "tools/sum.js": "function sum(a, b) {\n  return a + b;\n}\nexport default sum;\n",
}
"""Modules with every way to import and export, which say what runs, and when."""
RUN = """
const start = await import(`${question.folder}/start.js`);
const get = async (path) => question.bundled ? (await import(`${question.folder}/${question.places[path]}`)).default[path]() : import(`${question.folder}/${path}`);
const { open } = await get("start.js");
const [later, again] = [await open(), await open()];
return { found: later.found, same: later === again, waited: await later.waited, said: (await get("shared/said.js")).said };
"""


def write(folder, scripts):
    for path, text in scripts.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    (folder / "package.json").write_text('{"type": "module"}')
    return folder.as_uri()


@pytest.mark.parametrize(
    "plan",
    [
        {"start.js": ()},
        {"start.js": (), "later.js": ()},
        {"start.js": ("later.js",)},
        {"shared/said.js": (), "tools/values.js": (), "start.js": ()},
        {},
    ],
    ids=["rest alone", "two", "one", "shared first", "all alone"],
)
def test_a_bundle_runs_as_its_modules_do(tmp_path, monkeypatch, plan):
    monkeypatch.setattr(bundles, "BUNDLES", plan)
    places = bundles.place_modules(MODULES)
    alone = run_node(RUN, {"folder": write(tmp_path / "site" / "alone", MODULES), "bundled": False})
    made = bundle_scripts(MODULES, lambda _, text: text)
    assert set(made) == set(places.values())
    folder = write(tmp_path / "site" / "bundled", made)
    together = run_node(RUN, {"folder": folder, "bundled": True, "places": places})
    assert alone["said"] == ["values", "first 2", "start 8 3", "later"]
    assert alone["same"] is True
    assert alone["found"][:3] == [7, 10, 5]
    assert together == alone


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('import { a } from "./gone.js";\n', "there is no script gone.js"),
        ('const a = () => import("./gone.js");\n', "there is no script gone.js"),
        ('import { a } from "somewhere";\n', "'somewhere' by an address that begins with a dot"),
        ('export { a } from "./start.js";\n', "write 'export { a } from \"./start.js\";'"),
        ("export let a = 1;\n", "write 'export let a = 1;'"),
        ("export const { a, b } = window;\n", "write 'export const { a, b } = window;'"),
        ('export * from "./start.js";\n', "write 'export * from"),
    ],
)
def test_what_cannot_be_put_together_is_refused_with_its_path(text, said):
    with pytest.raises(BundleError, match=r"^own\.js: ") as fault:
        bundle_scripts({"start.js": "", "own.js": text}, lambda _, text: text)
    assert said in str(fault.value)


def read_theme():
    theme = find_theme()
    names = {path.relative_to(theme).as_posix(): path for path in theme.rglob("*.js")}
    return {name: path.read_text("utf-8") for name, path in names.items() if is_script(name)}


def test_the_order_of_files_makes_no_difference():
    scripts, labels = read_theme(), load_labels()
    packed = pack_scripts(scripts, labels)
    assert (
        pack_scripts(dict(reversed(scripts.items())), labels) is packed
    )  # the builds of a preview do it once
    name = next(iter(scripts))
    assert pack_scripts(scripts | {name: f"{scripts[name]}\n1;"}, labels) != packed


def test_every_module_of_the_theme_is_in_one_bundle_that_node_can_read(tmp_path):
    packed = pack_scripts(read_theme(), load_labels())
    modules = {path for path in read_theme() if is_versioned(path)}
    served = {path: text for path, text in packed.items() if is_versioned(path)}
    folder = "assets/papershelf/"
    assert {path.removeprefix(folder) for path in served} == {*BUNDLES, "copy.js", "lost.js", "tables.js"}
    held = [
        name
        for text in served.values()
        for name in modules
        if f"{json.dumps(name.removeprefix(folder))}:$once(" in text
    ]
    assert sorted(held) == sorted(modules)
    for path, text in served.items():
        script = tmp_path / f"{path.replace('/', '-')}.mjs"
        script.write_text(text, "utf-8")
        checked = subprocess.run(["node", "--check", script], check=False, capture_output=True, text=True)
        assert checked.returncode == 0, checked.stderr
