"""Files as programs and publishers export them, each written as its program writes: what is read in them."""

import pytest
from goldens import goldens, show

from generator.formats.files import sort_files
from generator.formats.registry import read_files
from generator.formats.values import TextFile


def tell(paper, fields):
    """Return the named facts of a paper as a golden file writes them."""
    facts = {
        "authors": [author.name for author in paper.authors],
        "editors": [editor.name for editor in paper.list_editors()],
        "groups": {name: list(values) for name, values in paper.groups.items()},
        **{kind: values[0] if len(values) == 1 else list(values) for kind, values in paper.links.items()},
    }
    return {name: facts[name] if name in facts else getattr(paper, name, "") for name in fields}


@pytest.mark.parametrize("golden", goldens("programs"))
def test_an_export_is_read(golden):
    for export in golden:
        files, unknown = sort_files([TextFile(name=export["file"], text=export["text"])])
        assert not [problem for problem in unknown if problem.severity != "note"]
        ((form, texts),) = files.items()
        assert form == export["format"], export["file"]
        batch = read_files(form, texts, "", {})
        assert show(batch.problems) == export.get("problems", []), export["file"]
        found = [tell(draft.paper, wanted) for draft, wanted in zip(batch.drafts, export["papers"], strict=True)]  # fmt: skip
        assert found == export["papers"], export["file"]
        links = {kind for draft in batch.drafts for kind in draft.paper.links}
        assert links <= {name for wanted in export["papers"] for name in wanted}, export["file"]
