"""`papershelf changes` on a repository: every file of the revision counts, whatever Git is told to do with it."""

import subprocess

import pytest
from click.testing import CliRunner

from generator.cli import main

TITLES = {"owls": "Owls at Night", "mice": "Mice, $Format:%H$ and $Id$"}
ATTRIBUTES = [
    "",
    "content/papers/mice.yml export-ignore\n",
    "* export-subst ident\n",
    "content export-ignore\n",
]


@pytest.fixture
def repository(shelf_on_disk):
    """Return a function that commits a shelf with attributes, and gives its content folder."""

    def make(attributes):
        content = shelf_on_disk({f"papers/{key}.yml": f"title: {title}\n" for key, title in TITLES.items()})
        (content.parent / ".gitattributes").write_text(attributes)
        (content / "papers" / "aside.yml").symlink_to("owls.yml")
        (content / "papers" / "out.yml").symlink_to("/etc/hosts")
        git = ("git", "-c", "user.name=Ada", "-c", "user.email=ada@example.org")
        for command in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "Begin"]):
            subprocess.run([*git, *command], cwd=content.parent, check=True)
        for name in ("aside", "out"):
            (content / "papers" / f"{name}.yml").unlink()
        return content

    return make


def changes(content, revision="HEAD"):
    result = CliRunner().invoke(main, ["changes", revision, "--content", str(content)])
    assert result.exit_code == 0, result.output
    return result.stdout.splitlines()


@pytest.mark.parametrize("attributes", ATTRIBUTES)
def test_no_attribute_hides_or_changes_a_paper_of_the_revision(repository, attributes):
    content = repository(attributes)
    assert changes(content)[-1] == "1 deleted"  # the link to owls, read as a record of its own
    (content / "papers" / "mice.yml").unlink()
    assert f"Deleted   mice: {TITLES['mice']}" in changes(content)


def test_a_revision_without_the_folder_has_no_papers(repository):
    content = repository("")
    new = content.parent / "new"
    content.rename(new)
    assert changes(new)[-1] == "2 added"


def test_no_name_of_a_file_begins_a_line_of_the_report(repository):
    """A runner of workflows would take it for a command."""
    content = repository("")
    (content / "papers" / "a\n::error::b.yml").write_text("title: Bats\n")
    (content / "papers" / "c.jsonl").write_text('{"id": "c\\n::error::d", "title": "Cats"}\n')
    lines = changes(content)
    assert "Added     a ::error::b: Bats" in lines
    assert "Added     c ::error::d: Cats" in lines
    assert not [line for line in lines if line.startswith("::")]
