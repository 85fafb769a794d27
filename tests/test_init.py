"""A new index, alone or around a list that is there: nothing is overwritten, and nothing invented stays."""

import pytest
from click.testing import CliRunner

from generator.cli import main

LIST = "# Awesome: *Owls*\n\n[![badge](https://example.org/b.svg)](https://example.org)\n\n## Night\n\n- [Owls](https://arxiv.org/abs/2401.00001), ICML 2024\n"


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def call(*words):
        return CliRunner().invoke(main, [str(word) for word in words])

    return call


def texts(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_repository_with_a_list_gets_what_is_missing(run, tmp_path):
    (tmp_path / "README.md").write_text(LIST)
    (tmp_path / ".gitignore").write_text("/site/\nnotes.txt")
    (tmp_path / "Makefile").write_text("all:\n")
    (tmp_path / "requirements.txt").write_text("pandas\n")
    (tmp_path / ".github" / "workflows").mkdir(parents=True)
    (tmp_path / ".github" / "workflows" / "paper.yml").write_text("name: mine\n")
    before = texts(tmp_path)
    result = run("init", ".")
    assert result.exit_code == 0, result.output
    after = texts(tmp_path)
    assert {name: after[name] for name in before if name != ".gitignore"} == {
        name: text for name, text in before.items() if name != ".gitignore"
    }
    lines = after[".gitignore"].decode().splitlines()
    assert lines[:2] == ["/site/", "notes.txt"]
    assert lines.count("/site/") == 1
    assert "/.venv/" in lines
    for name in ("README.md", "Makefile", "requirements.txt", ".github/workflows/paper.yml"):
        assert f"  {name} is there already and stays as it is" in result.output
    assert "add the line " in result.output
    assert "import readme README.md --topics sections" in result.output
    assert 'site_name: "Awesome: Owls"\n' in after["mkdocs.yml"].decode()
    assert not [name for name in after if name.startswith("content/papers/")]
    assert "[empty-shelf]" in run("check").output
    again = run("init", ".")
    assert "Added 0 files" in again.output
    assert texts(tmp_path) == after


def test_the_papers_of_the_list_come_in_with_its_sections(run, tmp_path):
    (tmp_path / "README.md").write_text(LIST)
    run("init", ".")
    result = run("import", "readme", "README.md", "--topics", "sections")
    assert result.exit_code == 0, result.output
    assert "- id: night\n  name: Night\n" in (tmp_path / "content" / "topics.yml").read_text()


def test_what_is_invented_goes_when_papers_come(run, tmp_path):
    (tmp_path / "list.md").write_text(LIST)
    run("init", "new")
    content = tmp_path / "new" / "content"
    assert len(list((content / "papers").iterdir())) == 2
    dry = run("import", "list.md", "--content", content, "--dry-run")
    assert "1 on the shelf" in dry.output, "its format is detected"
    assert len(list((content / "papers").iterdir())) == 2
    result = run("import", "readme", "list.md", "--content", content)
    assert "1 entry = 1 new record" in result.output
    assert "0 records changed, 1 on the shelf" in result.output
    assert [path.name for path in (content / "papers").iterdir()] == ["owls.yml"]
    assert "birdsong" not in (content / "topics.yml").read_text()
    assert run("check", "--content", content).exit_code == 0


def test_what_somebody_changed_or_published_stays(run, tmp_path):
    (tmp_path / "list.md").write_text(LIST)
    run("init", "changed")
    content = tmp_path / "changed" / "content"
    mine = content / "papers" / "a-map-of-wrens.yml"
    mine.write_text(mine.read_text().replace("Wrens", "Larks"))
    (content / "topics.yml").write_text((content / "topics.yml").read_text() + "- {id: larks, name: Larks}\n")
    run("import", "readme", "list.md", "--content", content, "--topics", "sections")
    assert sorted(path.name for path in (content / "papers").iterdir()) == ["a-map-of-wrens.yml", "owls.yml"]
    assert "id: birdsong" in (content / "topics.yml").read_text()
    run("init", "published")
    content = tmp_path / "published" / "content"
    assert run("check", "--update-ledger", "--content", content).exit_code == 0
    run("import", "readme", "list.md", "--content", content)
    assert len(list((content / "papers").iterdir())) == 3


def test_a_link_of_a_commit_leads_init_nowhere(run, tmp_path):
    clone = tmp_path / "clone"
    clone.mkdir()
    (clone / "README.md").write_text(LIST)
    (clone / ".github").symlink_to("../outside")
    (tmp_path / "outside").mkdir()
    (clone / ".git").mkdir()
    result = run("init", clone)
    assert result.exit_code == 2
    assert not list((tmp_path / "outside").iterdir())
    assert sorted(path.name for path in clone.iterdir()) == [".git", ".github", "README.md"]
