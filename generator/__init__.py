"""Papershelf: turns curated records of papers into a searchable site of Markdown pages.

    formats → records → topics → related → pages, search, map, exports …

`pipeline.py` has the stages in order. `cli/` and `mkdocs_plugin/` run it. The allowed imports between packages are in
pyproject.toml under [tool.importlinter].
"""

__version__ = "0.1.0"
