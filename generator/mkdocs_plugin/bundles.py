"""Bundles the scripts of the theme: modules that are used together become one file, so that a page needs few requests.

In a bundle, a module is a function that runs when its values are first used, and keeps them. So modules run in the same order and as
often as separate files do: the module that gives the bundle its name runs when the bundle is loaded, the others when they are first
imported. We do not use a published bundler, because those in JavaScript need Node and those in Python are not maintained.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping

BUNDLES: Mapping[str, tuple[str, ...]] = {
    "start.js": (),
    "shared/show.js": ("shared/save.js", "search/results.js"),
    "search/engine.js": ("search/open.js", "search/suggest.js"),
    "search/browse.js": (),
    "search/refine.js": (),
    "help.js": ("desk/menu.js", "desk/tray.js"),
    "desk/page.js": (),
    "shared/table.js": (),
    "desk/compare.js": (),
    "desk/progress.js": (),
    "facts/page.js": (),
    "map/page.js": (),
    "check/page.js": (),
    "check/bibtex.js": (),
}
"""Each bundle by the module that it is named after, with more that belong to it. A bundle also has what these import, unless
one above has it. A module that is in none has a file of its own, such as one of a site's own theme."""

_IMPORT = re.compile(r'^import\s+(?:([^"\';()]+?)\s+from\s+)?["\']([^"\']+)["\'];?', re.MULTILINE)
_LATER = re.compile(r'\bimport\(\s*"([^"]+)"\s*\)')
_DECLARED = re.compile(
    r"^export\s+(?=(?:async\s+function|function|class|const)\b\s*\*?\s*([\w$]+))", re.MULTILINE
)
_DEFAULT = re.compile(r"^export\s+default\s+([\w$.]+);?[ \t]*$", re.MULTILINE)
_LISTED = re.compile(r"^export\s*\{([^}]*)\};?[ \t]*$", re.MULTILINE)
_LEFT = re.compile(r"^(?:import\b(?!\s*[(.])|export\b).*", re.MULTILINE)
_AS = re.compile(r"\s+as\s+")
_OWN_ADDRESS = "import.meta.url"


class BundleError(ValueError):
    """A script of the theme that cannot be put together with others, with the reason."""


def bundle_scripts(scripts: Mapping[str, str], pack: Callable[[str, str], str]) -> dict[str, str]:
    r"""Return the text of each bundle by the path of the module that it is named after; `scripts` are modules by their paths.

    `pack` is given the path and the text of a module, and returns the text that is served.

    Raises:
        BundleError: where a module imports what is not there, or imports or exports in a way that is not read here.

    >>> scripts = {"start.js": 'import { a } from "./a.js";\na();', "a.js": "export function a() {}"}
    >>> list(bundle_scripts(scripts, lambda path, text: text))
    ['start.js']
    """
    places = place_modules(scripts)
    bundles: dict[str, list[str]] = {}
    for path in sorted(scripts):
        bundles.setdefault(places[path], []).append(path)
    return {
        head: _write_bundle(
            head,
            {path: pack(path, _write_body(path, scripts[path], places)) for path in paths},
            places,
            scripts,
        )
        for head, paths in bundles.items()
    }


def place_modules(scripts: Mapping[str, str]) -> dict[str, str]:
    """Return for each module the bundle that it is in."""
    places: dict[str, str] = {}
    for head in (*BUNDLES, *sorted(scripts)):
        waiting = [head, *BUNDLES.get(head, ())] if head in scripts and head not in places else []
        while waiting:
            path = waiting.pop()
            if path in places:
                continue
            if path not in scripts:
                raise BundleError(f"{head}: there is no script {path}")
            places[path] = head
            waiting += _list_imports(path, scripts[path])
    return places


def _list_imports(path: str, text: str) -> list[str]:
    """Return the paths of what a module imports before it runs."""
    return [_find(path, name) for _, name in _IMPORT.findall(text)]


def _find(path: str, name: str) -> str:
    """Return the path of what a module calls by a relative address."""
    if not name.startswith("."):
        raise BundleError(f"{path}: import {name!r} by an address that begins with a dot")
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), name))


def _reach(path: str, other: str) -> str:
    """Return the relative address of a script as another one imports it."""
    found = posixpath.relpath(other, posixpath.dirname(path) or ".")
    return found if found.startswith(".") else f"./{found}"


def _write_body(path: str, text: str, places: Mapping[str, str]) -> str:
    """Return the body of the function that a module becomes, which returns what the module exports."""
    head = places[path]

    def load(match: re.Match[str]) -> str:
        target = _find(path, match[1])
        if target not in places:
            raise BundleError(f"{path}: there is no script {target}")
        file = json.dumps(_reach(head, places[target]))
        return f"import({file}).then((all) => all.default[{json.dumps(target)}]())"

    body = _LATER.sub(load, _IMPORT.sub(lambda match: _write_import(path, match), text))
    exports = ", ".join(_list_exports(body))
    body = _DEFAULT.sub("", _LISTED.sub("", _DECLARED.sub("", body)))
    if left := _LEFT.search(body):
        reason = "as the theme's own scripts write what they import and export"
        raise BundleError(f"{path}: write {left[0].strip()!r} {reason}")
    address = f"new URL({json.dumps(_reach(head, path))}, {_OWN_ADDRESS})"
    return f"{body.replace(_OWN_ADDRESS, address)}\nreturn {{ {exports} }};"


def _write_import(path: str, match: re.Match[str]) -> str:
    """Return the statement that stands for an import."""
    said = f"$take({json.dumps(_find(path, match[2]))});"
    names = (match[1] or "").strip()
    if not names:
        return said
    if names.startswith("{"):
        return f"const {_AS.sub(': ', names)} = {said}"
    every = re.fullmatch(r"\*\s+as\s+([\w$]+)", names)
    return f"const {every[1]} = {said}" if every else f"const {{ default: {names} }} = {said}"


def _list_exports(text: str) -> Iterator[str]:
    """Yield what a module exports, as properties of an object."""
    yield from _DECLARED.findall(text)
    for listed in _LISTED.findall(text):
        for one in filter(None, map(str.strip, listed.split(","))):
            name, *other = _AS.split(one)
            yield f"{other[0]}: {name}" if other else name
    for name in _DEFAULT.findall(text):
        yield f"default: {name}"


def _write_bundle(
    head: str, bodies: Mapping[str, str], places: Mapping[str, str], scripts: Mapping[str, str]
) -> str:
    """Return the text of a bundle, given what its modules become."""
    needed = {places[target] for path in bodies for target in _list_imports(path, scripts[path])} - {head}
    others = [f'import ${n} from"{_reach(head, other)}";' for n, other in enumerate(sorted(needed))]
    every = "".join(f"...${n}," for n in range(len(others)))
    own = ",".join(f"{json.dumps(path)}:$once(()=>{{{body}}})" for path, body in bodies.items())
    return (
        f"{''.join(others)}const $once=(make)=>{{let made;return()=>made??=make()}};"
        f"const $own={{{own}}};const $all={{{every}...$own}};const $take=(path)=>$all[path]();"
        f"$take({json.dumps(head)});export default $own;"
    )
