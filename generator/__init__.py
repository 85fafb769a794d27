"""Papershelf: curated records of papers in, a searchable site of Markdown pages out.

    formats → records → topics → related → pages, search, map, exports …

`pipeline.py` has the stages in their order. `cli/` and `mkdocs_plugin/` run it. Which package may import which is in
pyproject.toml under [tool.importlinter].
"""

__version__ = "0.1.0"
