"""Bad input: a message with file, line and what to do, exit code 1, and the old site as it was."""

import pytest
from support import fingerprint, mkdocs, papershelf

FAULTS = {
    "unknown field": ("papers/x.yml", "title: X\ncolour: red\n", "papers/x.yml:2"),
    "wrong type": ("papers/x.yml", "title: X\nauthor_count: many\n", "papers/x.yml:2"),
    "bad date": ("papers/x.yml", "title: X\npublished: 2024-13\n", "papers/x.yml:2"),
    "missing title": ("papers/x.yml", "summary: X\n", "papers/x.yml:1"),
    "duplicate id": ("papers/x.yml", "id: owls\ntitle: X\n", "papers/x.yml:1"),
    "topic that does not exist": ("papers/x.yml", "title: X\ntopics: [fish]\n", "papers/x.yml:1"),
    "broken YAML": ("papers/x.yml", "title: [X\n", "papers/x.yml:2"),
    "unreadable file": ("papers/x.yml", b"title: \xff\n", "papers/x.yml:1"),
    "broken topics": ("topics.yml", "birds: yes\n", "topics.yml:1"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_stops_the_build_and_leaves_the_old_site(fault, small_index):
    folder = small_index()
    name, text, place = FAULTS[fault]
    (folder / "site").mkdir()
    (folder / "site" / "index.html").write_text("the old site")
    before = fingerprint(folder / "site")
    path = folder / "content" / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    result = mkdocs("build", cwd=folder)
    assert result.returncode == 1
    assert place in result.stderr
    assert "→" in result.stderr
    assert "Traceback" not in result.stderr
    assert fingerprint(folder / "site") == before
    assert {p.name for p in folder.iterdir()} <= {
        "content",
        "mkdocs.yml",
        "site",
        "theme_overrides",
    }


def test_an_empty_shelf_stops_the_build(small_index):
    folder = small_index()
    for path in (folder / "content" / "papers").iterdir():
        path.unlink()
    (folder / "content" / "topics.yml").unlink()
    result = mkdocs("build", cwd=folder)
    assert result.returncode == 1
    assert "empty-shelf" in result.stderr


def test_a_warning_stops_only_a_strict_build_and_leaves_the_old_site(small_index):
    folder = small_index()
    assert mkdocs("build", "--strict", cwd=folder).returncode == 0
    before = fingerprint(folder / "site")
    (folder / "content" / "papers" / "x.yml").write_text("title: X\nlinks:\n  code: javascript:alert(1)\n")
    result = mkdocs("build", "--strict", cwd=folder)
    assert result.returncode == 1
    assert "bad-link" in result.stderr
    assert fingerprint(folder / "site") == before
    assert mkdocs("build", cwd=folder).returncode == 0
    assert "alert(1)" not in (folder / "site" / "papers" / "x" / "index.html").read_text()


def test_a_plugin_that_fails_late_leaves_the_old_site(small_index):
    folder = small_index()
    assert mkdocs("build", "--strict", cwd=folder).returncode == 0
    before = fingerprint(folder / "site")
    (folder / "hook.py").write_text("def on_post_build(config):\n    raise RuntimeError('late')\n")
    with (folder / "mkdocs.yml").open("a") as config:
        config.write("hooks: [hook.py]\n")
    assert mkdocs("build", cwd=folder).returncode != 0
    assert fingerprint(folder / "site") == before


def test_check_reports_everything_and_goes_on(small_index):
    folder = small_index()
    for number, (name, text, _) in enumerate(FAULTS.values()):
        if name == "papers/x.yml":
            path = folder / "content" / "papers" / f"x{number}.yml"
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
    result = papershelf("check", cwd=folder)
    assert result.returncode == 1
    assert result.stderr.count("error [") == 8


def test_a_site_that_is_too_big_is_not_published(small_index):
    folder = small_index(plugins=[{"papershelf": {"size_limit": 1}}])
    assert mkdocs("build", cwd=folder).returncode == 1


def test_a_big_site_is_said_to_be_big(small_index):
    folder = small_index(plugins=[{"papershelf": {"size_warning": 1}}])
    result = mkdocs("build", "--strict", cwd=folder)
    assert result.returncode == 0
    assert "The site has" in result.stderr
