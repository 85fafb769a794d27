"""The last door: what writes generated pages and files refuses a path that leaves the folder of its output."""

import pytest
from click.testing import CliRunner
from msgspec.structs import replace
from support import fingerprint

import generator.cli.generate
import generator.mkdocs_plugin.plugin
from generator.cli import main
from generator.model import Asset

PATH = "papers/../../../escaped"


def lead_out(monkeypatch, kind):
    """Let one page or file of the site have another path."""
    for module in (generator.mkdocs_plugin.plugin, generator.cli.generate):
        plan_pages, build_assets = module.plan_pages, module.build_assets

        def plan(*arguments, plan_pages=plan_pages):
            pages = list(plan_pages(*arguments))
            first = next(page for page in pages if (page.layout == "paper") == (kind == "printed"))
            path = f"{PATH}.md"
            return [*pages, replace(first, path=path, make=lambda: replace(first.make(), path=path))]

        def build(*arguments, build_assets=build_assets):
            return [*build_assets(*arguments), Asset(path=PATH, body=b"EVIL")]

        if kind == "asset":
            monkeypatch.setattr(module, "build_assets", build)
        else:
            monkeypatch.setattr(module, "plan_pages", plan)


@pytest.mark.parametrize("kind", ["printed", "rendered", "asset"])
@pytest.mark.parametrize("words", [["build"], ["generate", "site"]], ids=lambda words: words[0])
def test_no_path_leaves_the_site(small_index, monkeypatch, words, kind):
    folder = small_index()
    monkeypatch.chdir(folder)
    (folder / "site").mkdir()
    if words[0] == "build":
        (folder / "site" / "index.html").write_text("the old site")
    before = fingerprint(folder.parent)
    lead_out(monkeypatch, kind)
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 1, result.output
    assert "leads out of its folder" in result.output
    assert "is unchanged" in result.output
    assert fingerprint(folder.parent) == before
