"""Papershelf: curated records of papers in, a searchable site of Markdown pages out.

    importers → shelf → topics → links → pages, outputs → press

`pipeline.py` has the stages in their order; `cli/` and `plugin/` are the two shells around it. The layers, and
what each may import, are in pyproject.toml under [tool.importlinter].
"""

__version__ = "0.1.0"
