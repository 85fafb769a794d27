"""Compiled templates are kept, and nothing about them can spoil a build."""

import jinja2
import pytest

from generator.pages.parts.compiled_templates import TemplateCache, keep_compiled

SOURCES = {"base.html": "<{% block x %}{% endblock %}>", "page.html": "{% extends 'base.html' %}{% block x %}{{ y }}{% endblock %}"}  # fmt: skip


class Counting(jinja2.Environment):
    """An environment that counts what it compiles."""

    compiled = 0

    def compile(self, *arguments, **options):
        self.compiled += 1
        return super().compile(*arguments, **options)


def render(cache, sources=SOURCES, **options):
    """Return what a page shows in a new environment, and how many templates were compiled for it."""
    environment = Counting(loader=jinja2.DictLoader(sources), **options)
    keep_compiled(environment, cache)
    return environment.get_template("page.html").render(y="owl"), environment.compiled


def test_a_second_build_compiles_nothing_but_what_changed(tmp_path):
    assert render(tmp_path) == ("<owl>", 2)
    assert render(tmp_path) == ("<owl>", 0)
    assert render(tmp_path, SOURCES | {"base.html": "[{% block x %}{% endblock %}]"}) == ("[owl]", 1)


def test_other_options_have_their_own_files(tmp_path):
    sources = {"page.html": "{% if y %}\nowl{% endif %}"}
    assert render(tmp_path, sources) == ("\nowl", 1)
    assert render(tmp_path, sources, trim_blocks=True) == ("owl", 1)
    assert render(tmp_path, sources, autoescape=jinja2.select_autoescape()) == ("\nowl", 1)
    assert len(list((tmp_path / "templates").iterdir())) == 3


@pytest.mark.parametrize("body", [b"", b"\0" * 200, b"j2"])
def test_a_damaged_file_is_made_anew(tmp_path, body):
    render(tmp_path)
    for path in tmp_path.rglob("*.cache"):
        path.write_bytes(body)
    assert render(tmp_path) == ("<owl>", 2)
    assert render(tmp_path) == ("<owl>", 0)


def test_without_a_place_or_space_templates_are_compiled_in_every_build(tmp_path, monkeypatch):
    assert render(None) == render(None) == ("<owl>", 2)
    (tmp_path / "templates").write_text("a file in the way")
    assert render(tmp_path) == ("<owl>", 2)

    def fail(*_):
        raise OSError("no space left")

    monkeypatch.setattr(TemplateCache.__base__, "dump_bytecode", fail)
    assert render(tmp_path / "other") == render(tmp_path / "other") == ("<owl>", 2)
