"""The examples in docstrings say what their functions return."""

import doctest
import importlib
import linecache
import pkgutil

import generator

_ASIDE = ("generator.scaffold", "generator.__main__")
FEWEST = 50


def test_the_examples_of_all_docstrings_are_true():
    names = [module.name for module in pkgutil.walk_packages(generator.__path__, "generator.")]
    linecache.clearcache()  # doctest looks again at every file in it, for each docstring
    results = [
        doctest.testmod(importlib.import_module(name)) for name in names if not name.startswith(_ASIDE)
    ]
    assert sum(result.failed for result in results) == 0
    assert sum(result.attempted for result in results) >= FEWEST
