"""A preview that keeps what has not changed shows, byte for byte, what a fresh build shows."""

import threading

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, PluginError
from support import fingerprint

from generator.meaning.embeddings import hash_text, render_embeddings
from generator.mkdocs_plugin.rendering import Filling
from generator.pages.parts import sizes
from generator.pipeline import build_assets
from generator.storage.state import find_own
from generator.user_folders import find_cache

MORE = {f"more-{n}": f"title: More Owls {n}\nsummary: Owl number {n} hunts {'mice' if n % 2 else 'voles'}.\n" for n in range(30)}  # fmt: skip
MORE |= {f"old-{n}": f"title: Old Owls {n}\npublished: '{2020 + n % 3}'\n" for n in range(6)} | {"bats": "title: Bats\npublished: '2021'\n"}  # fmt: skip


def rename(content, old, new, *aliases):
    text = (content / "papers" / f"{old}.yml").read_text().partition("aliases:")[0]
    (content / "papers" / f"{old}.yml").unlink()
    (content / "papers" / f"{new}.yml").write_text(f"{text}aliases: [{', '.join(aliases)}]\n")


def write(path, text):
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)


def edit(path, old, new):
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


TEXTS = {
    "a summary": lambda c: edit(c / "papers" / "more-3.yml", "hunts", "really hears"),
    "a title, shown by others": lambda c: edit(c / "papers" / "more-4.yml", "More Owls 4", "Fewer Wrens"),
    "a date, which sorts the lists": lambda c: edit(c / "papers" / "more-5.yml", "title", "published: '2024'\ntitle"),
    "a date, which only the figures of other papers' topics show": lambda c: edit(c / "papers" / "bats.yml", "2021", "2022"),
    "a new paper": lambda c: (c / "papers" / "new.yml").write_text("title: New Owls\nsummary: They hunt voles.\n"),
    "one paper less": lambda c: (c / "papers" / "more-6.yml").unlink(),
    "a topic's name": lambda c: edit(c / "topics.yml", "name: Birds", "name: Feathered friends"),
    "a topic's rule": lambda c: edit(c / "topics.yml", "owl", "voles"),
    "a template": lambda c: edit(c.parent / "theme_overrides" / "partials" / "tabs.html", "ps-tabs", "ps-tabs new"),
    "vectors of a model": lambda c: write(c / "embeddings.txt", render_embeddings({hash_text(f"More Owls {n}. Owl number {n} hunts {'mice' if n % 2 else 'voles'}."): bytes([100 * (n % 5 == m) for m in range(192)]) for n in (1, 2, 6, 7)})),
    "a map": lambda c: (c / "map.csv").write_text("id,x,y\nowls,100,200\nwrens,9000,400\n"),
    "a place on the map": lambda c: edit(c / "map.csv", "owls,100", "owls,5000"),
    "an overview": lambda c: write(c / "overviews" / "birds.md", "[Owls](../papers/owls.md) hunt.\n"),
    "its words": lambda c: edit(c / "overviews" / "birds.md", "hunt", "sleep"),
    "names": lambda c: write(c / "names.yml", "- {name: Nobody, kind: author, aliases: [N. Body]}\n"),
    "a digest": lambda c: write(c / "digests" / "2025-01-02.md", "[Owls](../papers/owls.md) hunt.\n"),
    "another digest": lambda c: edit(c / "digests" / "2025-01-02.md", "hunt", "sleep"),
    "a glossary": lambda c: write(c / "glossary.yml", "- {term: vole, meaning: A small animal.}\n"),
    "a meaning, on all pages that use the term": lambda c: edit(c / "glossary.yml", "small", "tiny"),
    "a reading path": lambda c: write(c / "paths.yml", "- {id: way, name: A way, lead: By night., steps: [{paper: more-1, why: First.}, {paper: more-2, why: Then.}]}\n"),
    "another order of it": lambda c: write(c / "paths.yml", "- {id: way, name: A way, lead: By day., steps: [{paper: more-2, why: First.}, {paper: more-9, why: Last.}]}\n"),
    "fields and a table": lambda c: (write(c / "shelf.yml", "format: 1\nfields: {size: {label: Size}}\n"), write(c / "tables.yml", "- {id: sizes, name: Sizes, lead: How large., columns: [size]}\n"), write(c / "papers" / "sized.yml", "title: Sized Owls\nextra: {size: large}\n")),
    "another name of it": lambda c: edit(c / "tables.yml", "Sizes", "Lengths"),
    "another fact": lambda c: edit(c / "papers" / "sized.yml", "large", "small"),
    "no table": lambda c: (c / "tables.yml").unlink(),
    "no path": lambda c: (c / "paths.yml").unlink(),
    "an option": lambda c: edit(c.parent / "mkdocs.yml", "per_page: 7", "per_page: 9"),
    "a hand-written page in the place of a generated one": lambda c: (c / "papers" / "more-7.md").write_text("# Mine\n"),
    "a hand-written page less": lambda c: (c / "papers" / "more-7.md").unlink(),
}  # fmt: skip
ADDRESSES = {
    "a fault": lambda c: (c / "papers" / "bad.yml").write_text("title: [\n"),
    "no fault any more": lambda c: (c / "papers" / "bad.yml").unlink(),
    "another id": lambda c: rename(c, "more-8", "eight", "more-8"),
    "another one once more": lambda c: rename(c, "eight", "acht", "more-8", "eight"),
    "the first id again": lambda c: rename(c, "acht", "more-8", "eight", "acht"),
    "a ledger": lambda c: (c / "urls.txt").write_text("papers/more-9/\tMore Owls 9\npapers/page/44/\tAll papers\n"),
    "a paper less, which leaves a stone": lambda c: (c / "papers" / "more-9.yml").unlink(),
    "the paper again": lambda c: (c / "papers" / "more-9.yml").write_text("title: More Owls 9\n"),
    "a paper that says that it was removed": lambda c: edit(c / "papers" / "more-9.yml", "title", "status: removed\ntitle"),
    "and was not": lambda c: edit(c / "papers" / "more-9.yml", "status: removed\n", ""),
    "a topic's id": lambda c: (edit(c / "topics.yml", "id: birds", "id: feathered\n  aliases: [birds]"), edit(c / "papers" / "owls.yml", "[birds]", "[feathered]")),
    "nothing": lambda _: None,
}  # fmt: skip


class Preview:
    """Builds a site again and again as `mkdocs serve` does, and afresh for comparison."""

    def __init__(self, folder):
        self.folder = folder
        self.printed = []

    def build(self, site, *, fresh=False):
        config = load_config(str(self.folder / "mkdocs.yml"), site_dir=str(self.folder / site))
        plugin = self.plugin = config.plugins["papershelf"]
        kept = plugin.preview
        config.plugins.on_startup(command="serve", dirty=False)
        if fresh:
            plugin.preview = None
            content = self.folder / "content"
            find_own(find_cache(content), content, "records.bin").unlink(missing_ok=True)
        self.printed.clear()
        build(config, serve_url="http://127.0.0.1/")
        plugin.preview.wait()
        if fresh:
            plugin.preview = kept
        return fingerprint(self.folder / site)

    def read(self):
        """Return a digest of all that builds read."""
        read = (fingerprint(self.folder / name) for name in ("content", "theme_overrides"))
        return hash(
            (self.folder.joinpath("mkdocs.yml").read_text(), *(tuple(files.items()) for files in read))
        )

    def undo(self):
        """Undo a build that failed, as the server does, and return what there is then."""
        self.plugin.preview.restore()
        self.plugin.preview.wait()
        return fingerprint(self.folder / "kept")


def compare(one, other):
    """Return the paths of files that differ, but for the one with the times of builds."""
    return sorted({path for path, _ in one.items() ^ other.items()} - {"sitemap.xml"})


@pytest.fixture
def preview(small_index, monkeypatch):
    folder = small_index(plugins=[{"papershelf": {"per_page": 7}}])
    for key, text in MORE.items():
        (folder / "content" / "papers" / f"{key}.yml").write_text(text)
    found = Preview(folder)
    fill_page = Filling.fill_page

    def note(self, shells, plan, file):
        found.printed.append(plan.path)
        fill_page(self, shells, plan, file)

    monkeypatch.setattr(Filling, "fill_page", note)
    return found


@pytest.mark.parametrize("edits", [TEXTS, ADDRESSES], ids=["texts", "addresses"])
def test_after_every_edit_the_preview_is_what_a_fresh_build_makes(preview, edits):
    """Also where an edit brings back what was there, of which there has been a fresh build."""
    known = {preview.read(): preview.build("kept")}
    for name, change in edits.items():
        change(preview.folder / "content")
        if name == "a fault":
            before = fingerprint(preview.folder / "kept")
            with pytest.raises(Abort):
                preview.build("kept")
            assert fingerprint(preview.folder / "kept") == before
            continue
        kept, state = preview.build("kept"), preview.read()
        if state not in known:
            known[state] = preview.build("fresh", fresh=True)
        assert compare(kept, known[state]) == [], name


def test_only_pages_that_show_a_change_are_printed(preview):
    assert not any(path.startswith("cards/") for path in preview.build("kept"))
    everything = len(preview.printed)
    preview.build("kept")
    assert preview.printed == []
    edit(preview.folder / "content" / "papers" / "more-3.yml", "title", "note: Read this.\ntitle")
    preview.build("kept")
    assert "papers/more-3.md" in preview.printed
    assert len(preview.printed) < everything / 4


def test_a_shelf_that_grows_beyond_a_bound_is_printed_anew(preview, monkeypatch):
    monkeypatch.setattr(sizes, "LARGE", len(MORE) + 4)
    papers = preview.folder / "content" / "papers"
    before = len(list(papers.iterdir()))
    assert before <= sizes.LARGE
    preview.build("kept")
    assert b"Z3988" in (preview.folder / "kept" / "papers" / "index.html").read_bytes()
    for number in range(sizes.LARGE + 1 - before):
        (papers / f"newer-{number}.yml").write_text(f"title: Bats {number}\n")
    kept, fresh = preview.build("kept"), preview.build("fresh", fresh=True)
    assert compare(kept, fresh) == []
    assert b"Z3988" not in (preview.folder / "kept" / "papers" / "index.html").read_bytes()


def change_much(folder):
    """Change filled pages and pages of MkDocs, add and remove some, and write one by hand in the place of another."""
    papers = folder / "content" / "papers"
    edit(papers / "more-3.yml", "hunts", "hunts and hunts")
    (papers / "more-4.yml").unlink()
    (papers / "newer.yml").write_text("title: Newer Owls\n")
    (papers / "more-7.md").write_text("# Mine\n")
    edit(folder / "content" / "topics.yml", "name: Birds", "name: Feathered friends")
    (folder / "content" / "about.md").write_text("# Another page\n")
    (folder / "content" / "more.txt").write_text("more\n")
    edit(folder / "theme_overrides" / "partials" / "tabs.html", "ps-tabs", "ps-tabs new")


EVENTS = ["pre_build(config)", "files(files, config)", "env(env, config, files)", "post_page(output, page, config)", "post_build(config)"]  # fmt: skip


@pytest.mark.parametrize("undo", ["each time", "in the end", "never"])
def test_a_build_that_failed_in_the_middle_leaves_the_last_good_one_and_the_next_is_right(preview, undo):
    before = preview.build("kept")
    config, content = preview.folder / "mkdocs.yml", preview.folder / "content"
    tabs = preview.folder / "theme_overrides" / "partials" / "tabs.html"
    old = {p: p.read_bytes() for p in (config, tabs, *content.rglob("*")) if p.is_file()}
    for event in EVENTS if undo == "each time" else EVENTS[-2:]:  # when files are there
        (preview.folder / "hook.py").write_text(f"def on_{event}:\n    raise RuntimeError('no')\n")
        config.write_bytes(old[config] + b"hooks: [hook.py]\n")
        change_much(preview.folder)
        for last in (False, True):
            with pytest.raises(RuntimeError):
                preview.build("kept")
            if undo == "each time" or (undo == "in the end" and last):
                assert preview.undo() == before, event
        for path in content.rglob("*"):
            if path.is_file() and path not in old:
                path.unlink()
        for path, body in old.items():
            path.write_bytes(body)
        assert compare(preview.build("kept"), before) == [], event


def test_the_index_of_the_last_good_build_is_made_even_if_the_next_fails(preview, monkeypatch):
    whole = preview.build("kept")
    edit(preview.folder / "content" / "papers" / "more-3.yml", "hunts", "hunts and hunts")
    plugin, wait = preview.plugin, threading.Event()
    made = build_assets
    monkeypatch.setattr(
        "generator.mkdocs_plugin.plugin.build_assets", lambda *given: (wait.wait(), made(*given))[1]
    )
    monkeypatch.setattr(plugin.preview, "wait", lambda: None)
    preview.build("kept")
    monkeypatch.undo()
    monkeypatch.setattr(Filling, "fill_page", lambda *_: 1 / 0)
    edit(preview.folder / "content" / "papers" / "more-3.yml", "hunts and hunts", "hears")
    with pytest.raises(ZeroDivisionError):
        preview.build("kept")
    wait.set()
    found = preview.undo()
    edit(preview.folder / "content" / "papers" / "more-3.yml", "hears", "hunts and hunts")
    monkeypatch.undo()
    fresh = preview.build("fresh", fresh=True)
    assert compare(found, fresh) == []
    assert found["search/index/manifest.json"] != whole["search/index/manifest.json"]


def test_what_was_printed_before_a_fault_is_not_trusted(preview, monkeypatch):
    before = preview.build("kept")
    record = preview.folder / "content" / "papers" / "more-3.yml"
    edit(record, "hunts", "really hears")
    working = Filling.fill_page

    def fail_after_the_first(self, shells, plan, file):
        working(self, shells, plan, file)
        raise OSError("no space left")

    monkeypatch.setattr(Filling, "fill_page", fail_after_the_first)
    with pytest.raises(PluginError, match="no space left"):
        preview.build("kept")
    assert preview.undo() == before
    monkeypatch.setattr(Filling, "fill_page", working)
    edit(record, "really hears", "hunts")
    assert compare(preview.build("kept"), before) == []
