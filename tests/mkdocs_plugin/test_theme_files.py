"""MkDocs copies the same files of the theme as before, but does not list its icons first."""

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.theme import Theme

from generator.mkdocs_plugin.theme_files import list_visible_files


def make_theme(folder):
    """Return Material with a folder of the user's own over it."""
    for name in ("assets/own.css", ".hidden/a.css", "assets/.hidden/b.css", ".c.css", "own.html"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
    return Theme("material", custom_dir=str(folder))


def list_copied(theme):
    """Return what MkDocs copies from a theme: the names of the files and where they are."""
    config = MkDocsConfig()
    config.load_dict({"site_name": "Owls", "docs_dir": "/docs", "site_dir": "/site"})
    config.theme = theme
    files = Files([])
    files.add_files_from_theme(theme.get_env(), config)
    return [(file.src_uri, file.abs_src_path) for file in files]


def test_the_files_that_are_copied_are_the_same(tmp_path):
    theme = make_theme(tmp_path)
    before = list_copied(theme)
    list_visible_files(theme)
    assert list_copied(theme) == before
    assert ("assets/own.css", str(tmp_path / "assets" / "own.css")) in before


def test_icons_are_not_listed_and_can_still_be_included(tmp_path):
    theme = make_theme(tmp_path)
    assert len(theme.get_env().list_templates()) > 10_000
    list_visible_files(theme)
    environment = theme.get_env()
    assert len(environment.list_templates()) < 1_000
    assert "<svg" in environment.from_string('{% include ".icons/material/owl.svg" %}').render()
