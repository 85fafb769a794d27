"""Changes of the code: which there are, and how a loaded module is given one."""

from __future__ import annotations

import ast
import contextlib
import difflib
import functools
import gc
import importlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType

ROOT = Path(__file__).parent.parent.parent
_CACHED = type(functools.cache(len))


@dataclass
class Mutant:
    """A change of a file: how it reads, as a diff without surroundings, and the functions that it changes with their new code."""

    diff: str
    codes: list[tuple[FunctionType, CodeType]]

    @property
    def names(self) -> set[str]:
        """The names of the changed functions."""
        return {one.__code__.co_qualname for one, _ in self.codes}

    def apply(self) -> None:
        """Give the functions their new code, and empty all caches. Raise ValueError for another number of free variables."""
        for one, new in self.codes:
            one.__code__ = new
        for kept in gc.get_objects():
            if type(kept) is _CACHED:
                kept.cache_clear()


def list_mutants(file: Path, module: str) -> Iterator[Mutant]:
    """Return each change of a file that changes a function of its module, in the order of the file."""
    mutation_of = importlib.import_module(
        "mutmut.mutation.file_mutation"
    )  # installed by hand, by whoever runs this
    importlib.import_module(module)
    source = file.read_text()
    known = _find_codes(compile(source, str(file), "exec"))
    functions = _find_functions(module)
    for one in functions:
        one.__code__ = known.get(one.__code__.co_qualname, one.__code__)
    tree, mutations, *_ = mutation_of.create_mutations(str(file), source)
    for mutation in mutations:
        if not mutation.contained_by_top_level_function:
            continue
        changed = mutation_of.deep_replace(tree, mutation.original_node, mutation.mutated_node).code
        with contextlib.suppress(SyntaxError):
            found = _find_codes(compile(changed, str(file), "exec"))
            codes = [(one, found.get(one.__code__.co_qualname, one.__code__)) for one in functions]
            lines = difflib.unified_diff(source.splitlines(), changed.splitlines(), n=0, lineterm="")
            if codes := [(one, new) for one, new in codes if new != one.__code__]:
                yield Mutant("\n".join(list(lines)[2:]), codes)


def note_calls(file: Path, module: str) -> set[str]:
    """Change a loaded module so that its functions and methods put their names into a set when they are called; return that set."""
    calls: set[str] = set()
    tree = ast.parse(file.read_text())
    bodies = {"": tree.body} | {
        f"{one.name}.": one.body for one in tree.body if isinstance(one, ast.ClassDef)
    }
    for place, body in bodies.items():
        for one in body:
            if isinstance(one, ast.FunctionDef):
                name = place + one.name
                one.body.insert(bool(ast.get_docstring(one)), ast.parse(f"_calls.add({name!r})").body[0])
    found = _find_codes(compile(tree, str(file), "exec"))
    for function in _find_functions(module):
        function.__code__ = found.get(function.__code__.co_qualname, function.__code__)
        function.__globals__["_calls"] = calls
    return calls


def _find_codes(code: CodeType) -> dict[str, CodeType]:
    """Return the code of each function and method of a module by its qualified name."""
    found: dict[str, CodeType] = {}
    for inner in (const for const in code.co_consts if isinstance(const, CodeType)):
        found |= {inner.co_qualname: inner} | _find_codes(inner)
    return found


def _find_functions(name: str) -> list[FunctionType]:
    """Return the functions that a loaded module defines."""
    found = [one for one in gc.get_objects() if isinstance(one, FunctionType) and one.__module__ == name]
    names = {one.__code__.co_qualname for one in found}
    if len(names) != len({id(one.__code__) for one in found}):
        sys.exit(f"{name}: two functions have one name")
    return found
