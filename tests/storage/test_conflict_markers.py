"""Merges that git left open are found in every file that people write, and texts that only look like it are left alone."""

import json

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.storage.conflict_markers import find_conflicts

OPEN = "<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> other\n"


def indent(text, by="  "):
    return "".join(f"{by}{line}\n" for line in text.splitlines())


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (OPEN, [1]),
        (f"a\n{indent(OPEN)}b\n\n{OPEN}", [2, 9]),
        (OPEN.replace("\n", "\r\n"), [1]),
        ("x\n<<<<<<< ours\na\n||||||| base\nb\n=======\nc\n>>>>>>> theirs\n", [2]),
        ("<<<<<<<\na\n=======\nb\n>>>>>>>\n", [1]),
        ("<<<<<<< HEAD\nours\n=======\ntheirs\n", [1]),
        ("Owls\n=======\ntheirs\n>>>>>>> other\n", [4]),
        ("\tours\n\t<<<<<<< HEAD\n\t>>>>>>> other\n", [2]),
        ("<<<<<<< a\n=======\n>>>>>>> b\n<<<<<<< c\n=======\n>>>>>>> d", [1, 4]),
        ("Owls\n=======\n\nMice\n=======\n", []),
        ("=======", []),
        ("Owls\n=======\n\n<<<<<<< is how git marks what is open.\n", []),
        (">>>>>>> Seven are quoted here.\n", []),
        ("<<<<<<<< HEAD\n========\n>>>>>>>> other\n", []),
        ("a <<<<<<< HEAD\nb =======\nc >>>>>>> other\n", []),
        ("<<<<<<<HEAD\n=======x\n>>>>>>>other\n", []),
        ("||||||| a table | with | empty | cells\n", []),
        ("", []),
    ],
)
def test_a_conflict_is_a_set_of_markers(text, lines):
    assert list(find_conflicts(text)) == lines


FILES = {
    "papers/owls.yml": ("title: Owls\nsummary: |\n  Owls hunt.\n" + indent(OPEN), 4),
    "papers/mice.yml": ("title: Mice\nnote: >-\n" + indent(OPEN, "    "), 3),
    "papers/many.jsonl": ('{"id": "larks", "title": "Larks"}\n' + OPEN, 2),
    "topics.yml": ("- id: birds\n  name: Birds\n  description: |\n" + indent(OPEN, "   "), 4),
    "urls.txt": ("papers/wrens/\tWrens\n" + OPEN, 2),
    "map.csv": ("id,x,y\n" + OPEN.replace("ours", "wrens,1,2").replace("theirs", "wrens,3,4"), 2),
    "shelf.yml": (OPEN.replace("ours", "format: 1").replace("theirs", "format: 1"), 1),
    "names.yml": (OPEN, 1),
    "enrich.yml": ("wrens:\n" + OPEN, 2),
    "links.csv": ("address,day,answer\n" + OPEN, 2),
    "sources.txt": ("# Ours.\n" + OPEN, 2),
    "about.md": ("# About\n\nOwls\n=======\n\n" + OPEN, 6),
    "docs/deep/page.markdown": ("\n" + OPEN, 2),
    "assets/own.css": (OPEN, 1),
    "notes.txt": (OPEN, 1),
}


@pytest.mark.parametrize("name", FILES)
def test_every_file_that_people_write_is_looked_at(shelf_on_disk, name):
    text, line = FILES[name]
    content = shelf_on_disk({"papers/wrens.yml": "title: Wrens\n"})
    (content / name).parent.mkdir(parents=True, exist_ok=True)
    (content / name).write_text(text)
    result = CliRunner().invoke(main, ["check", "--format", "json", "--content", str(content)])
    assert result.exit_code == 1
    found = [(p["code"], p["severity"], p["file"], p["line"]) for p in json.loads(result.stdout)["problems"]]
    assert found == [("merge-conflict", "error", name, line)]
    edit = CliRunner().invoke(main, ["remove", "wrens", "--content", str(content)])
    assert (edit.exit_code, (content / name).read_text()) == (1, text)


def test_what_only_looks_like_it_passes(shelf_on_disk):
    heading = "Owls\n=======\n\nAll about owls, and >>>>>>> arrows.\n"
    files = {
        "papers/wrens.yml": "title: Wrens\nsummary: |\n" + indent(heading),
        "about.md": heading, "urls.txt": "papers/wrens/\tWrens\n", ".hidden.md": OPEN, "picture.png": OPEN,
    }  # fmt: skip
    content = shelf_on_disk({})
    (content / "papers").mkdir()
    for name, text in files.items():
        (content / name).write_text(text)
    result = CliRunner().invoke(main, ["check", "--strict", "--content", str(content)])
    assert result.exit_code == 0, result.output
