"""What the reader says of each error, word by word, and what it keeps."""

import pytest
from msgspec.structs import replace

from generator.limits import FILE_BYTES, LINE_CHARACTERS, RECORD_BYTES
from generator.model import MapPosition, Paper, Shelf
from generator.problems import Place
from generator.records.cache import RecordCache
from generator.records.read import is_data, leave_out_removed, load_shelf


@pytest.fixture
def read(shelf_on_disk):
    """Return a function that reads files: the shelf, and what is said of them as severity, code, place, message and hint."""

    def look(files, cache=None):
        shelf, problems = load_shelf(shelf_on_disk(files), cache)
        return shelf, [(str(p.severity), p.code, str(p.place), p.message, p.hint) for p in problems]

    return look


def test_an_id_belongs_to_the_first_that_has_it(read):
    shelf, said = read(
        {"papers/a.jsonl": '{"id":"owls","title":"Owls"}\n\n{"id":"owls","title":"Wrens"}\n{"id":"mice","title":"Mice"}', "papers/b.yml": "title: Other\nid: mice\n"}
    )  # fmt: skip
    assert {key: paper.title for key, paper in shelf.papers.items()} == {"mice": "Mice", "owls": "Owls"}
    assert shelf.places == {"mice": Place(file="papers/a.jsonl", line=4), "owls": Place(file="papers/a.jsonl", line=1)}  # fmt: skip
    hint = "change one of the two ids"
    assert said == [
        ("error", "duplicate-id", "papers/a.jsonl:3", "the id 'owls' is already used in papers/a.jsonl:1", hint),
        ("warning", "different-file-name", "papers/b.yml:2", "the file of the record 'mice' is named b.yml", "rename the file to mice.yml"),
        ("error", "duplicate-id", "papers/b.yml:2", "the id 'mice' is already used in papers/a.jsonl:4", hint),
    ]  # fmt: skip
    _, said = read({"papers/c.yml": "title: Wrens\nid: owls\n", "papers/d.yml": "title: Wrens\n\nid: owls\n"})
    assert (
        "error",
        "duplicate-id",
        "papers/c.yml:2",
        "the id 'owls' is already used in papers/a.jsonl:1",
        hint,
    ) in said
    assert (
        "error",
        "duplicate-id",
        "papers/d.yml:3",
        "the id 'owls' is already used in papers/a.jsonl:1",
        hint,
    ) in said


def test_a_duplicate_in_yaml_is_told_with_the_line_of_the_first(read):
    _, said = read({"papers/a.yml": "title: Owls\nid: owls\n", "papers/b.yml": "title: Wrens\nid: owls\n"})
    assert ("error", "duplicate-id", "papers/b.yml:2", "the id 'owls' is already used in papers/a.yml:2", "change one of the two ids") in said  # fmt: skip


def test_what_is_no_record_is_told_and_what_is_hidden_is_not(read):
    shelf, said = read({"papers/.hidden.yml": "title: Hidden\n", "papers/a.txt": "x", "papers/b.yml": "title: B\n", "papers/z.JSONL": "{}"})  # fmt: skip
    hint = "delete it or move it; records are files ending in .yml, .yaml, .jsonl, directly in papers/"
    assert said == [("warning", "stray-file", f"papers/{name}", "this file is not a record and is ignored", hint) for name in ("a.txt", "z.JSONL")]  # fmt: skip
    assert list(shelf.papers) == ["b"]


def test_a_link_that_leads_out_is_told_and_the_others_are_read(read, tmp_path):
    (tmp_path / "secret.yml").write_text("title: Secret\n")
    (tmp_path / "content" / "papers").mkdir(parents=True)
    (tmp_path / "content" / "papers" / "a.yml").symlink_to(tmp_path / "secret.yml")
    shelf, said = read({"papers/b.yml": "title: B\n"})
    assert said == [("error", "unreadable-file", "papers/a.yml", "a symbolic link out of the content folder or to itself", "replace the link with the file")]  # fmt: skip
    assert list(shelf.papers) == ["b"]


def test_a_folder_of_records_that_leads_out_or_is_none_is_not_read(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "owls.yml").write_text("title: Owls\n")
    content = tmp_path / "content"
    content.mkdir()
    assert load_shelf(content) == (Shelf(papers={}, places={}), ())
    (content / "papers").symlink_to(tmp_path / "elsewhere")
    shelf, (problem,) = load_shelf(content)
    assert not shelf.papers
    assert problem.place.file == "papers"
    (content / "papers").unlink()
    (content / "papers").write_text("no folder")
    assert not load_shelf(content)[0].papers


def test_a_folder_that_cannot_be_listed_is_told(monkeypatch, read):
    def refuse(_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.iterdir", refuse)
    shelf, said = read({"papers/b.yml": "title: B\n"})
    assert not shelf.papers
    assert said == [("error", "unreadable-file", "papers/", "cannot be read: Permission denied", "")]


def test_lines_may_be_longer_than_records_in_yaml(read):
    long = "x" * (RECORD_BYTES + 1)
    shelf, said = read({"papers/a.jsonl": '{"title":"Owls"}\n' * 1 + " " * len(long), "papers/b.yml": f"# {long}\ntitle: B\n"})  # fmt: skip
    assert list(shelf.papers) == ["owls"]
    assert said == [("error", "unreadable-file", "papers/b.yml", f"the file has more than {RECORD_BYTES:,} bytes", "split the file")]  # fmt: skip
    assert FILE_BYTES > RECORD_BYTES


def test_a_line_may_have_so_many_characters(read):
    whole = '{"id":"a","title":"A"}'
    shelf, said = read({"papers/a.jsonl": whole + " " * (LINE_CHARACTERS - len(whole)) + "\n" + whole.replace("a", "b") + " " * LINE_CHARACTERS + '\n{"title":"C"}'})  # fmt: skip
    assert list(shelf.papers) == ["a", "c"]
    assert said == [("error", "too-long", "papers/a.jsonl:2", "the line is longer than a record may be", "shorten it")]  # fmt: skip


def test_a_line_that_is_no_json_is_told_with_what_is_wrong(read):
    shelf, said = read({"papers/a.jsonl": '{"title":"A"}\n{"title":\n[1]\n{"title":"C"}\n{"venue":"D"}'})
    assert list(shelf.papers) == ["a", "c"]
    one = "write one JSON object on each line"
    assert said == [
        ("error", "bad-json", "papers/a.jsonl:2", "Input data was truncated", one),
        ("error", "bad-field", "papers/a.jsonl:3", "a record must be a mapping of fields", "write `title: …` and so on"),
        ("error", "missing-field", "papers/a.jsonl:5", "the record has no title", "add `title: …`"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ('{"title":"A","id":"b","title":"B"}', "title"),
        ('{"title" : "A", "extra": {"x": "\\":", "x":"y"}}', "x"),
        ('  {"title":"A","sources":[{"name":"a","name" :"b"}]}', "name"),
    ],
)
def test_no_key_of_a_line_stands_twice(read, line, key):
    shelf, said = read({"papers/a.jsonl": f'{{"title":"Owls","summary":"\\"x\\" :"}}\n{line}'})
    assert list(shelf.papers) == ["owls"]
    told = f"ambiguous: the key '{key}' appears twice"
    assert said == [("error", "bad-json", "papers/a.jsonl:2", told, "correct the line")]


@pytest.mark.parametrize("depth", [70, 300, 700, 5_000])
def test_a_line_of_values_inside_each_other_is_told(read, depth):
    line = '{"title":"A","extra":' + '{"a":' * depth + "1" + "}" * depth + "}"
    shelf, ((_, code, place, _, _),) = read({"papers/a.jsonl": line})
    assert (dict(shelf.papers), code, place) == ({}, "bad-json", "papers/a.jsonl:1")


def test_what_else_is_wrong_with_a_record_without_a_title_is_told(read):
    text = "published: 2024-13-01\naliases: [A]\nlinks: {code: 'javascript:x'}\nspell: x\n"
    shelf, said = read({"papers/owls.yml": text, "papers/a.jsonl": '{"published":"soon"}'})
    assert not shelf.papers
    assert sorted((code, place) for _, code, place, _, _ in said) == [
        ("bad-date", "papers/a.jsonl:1"),
        ("bad-date", "papers/owls.yml:1"),
        ("bad-id", "papers/owls.yml:2"),
        ("bad-link", "papers/owls.yml:3"),
        ("missing-field", "papers/a.jsonl:1"),
        ("missing-field", "papers/owls.yml:1"),
        ("unknown-field", "papers/owls.yml:4"),
    ]


def test_an_empty_file_is_told(read):
    _, said = read({"papers/a.yml": "", "papers/b.yml": "# nothing\n"})
    assert said == [("error", "missing-field", f"papers/{name}.yml", "the file is empty", "write at least `title: …`") for name in "ab"]  # fmt: skip


def test_a_record_stands_on_its_first_line(read):
    shelf, said = read({"papers/a.yml": "# A note.\n\ntitle: A\n\nvenue: 7\nowl: 1\n", "papers/b.jsonl": '\n\n{"title":"B"}'})  # fmt: skip
    assert {key: str(place) for key, place in shelf.places.items()} == {"a": "papers/a.yml:3", "b": "papers/b.jsonl:3"}  # fmt: skip
    assert [(code, place) for _, code, place, *_ in said] == [("unknown-field", "papers/a.yml:6")]


def test_known_records_stand_where_they_stand_now(read):
    cache = RecordCache()
    files = {"papers/a.jsonl": '{"title":"A"}\n{"title":"B"}\n', "papers/c.yml": "\ntitle: C\n"}
    first, said = read(files, cache)
    assert said == []
    again, said = read({"papers/a.jsonl": '\n{"title":"B"}\n{"title":"A"}\n', "papers/c.yml": files["papers/c.yml"]}, cache)  # fmt: skip
    assert said == []
    assert again.papers == first.papers
    assert {key: place.line for key, place in first.places.items()} == {"a": 1, "b": 2, "c": 2}
    assert {key: place.line for key, place in again.places.items()} == {"a": 3, "b": 2, "c": 2}


def test_a_known_file_is_known_by_its_name_and_its_text(read):
    cache = RecordCache()
    text = "title: Owls\n"
    for _ in range(2):
        shelf, said = read({"papers/a.yml": text, "papers/b.yml": text}, cache)
        assert list(shelf.papers) == ["a", "b"]
        assert said == []
    shelf, _ = read({"papers/b.yml": "title: Wrens\n"}, cache)
    assert [paper.title for paper in shelf.papers.values()] == ["Owls", "Wrens"]


def test_what_was_removed_is_kept_apart():
    papers = {key: Paper(id=key, title=key, status="removed" if key == "b" else "published") for key in "abc"}
    map_positions = {"a": MapPosition(x=1, y=2), "b": MapPosition(x=3, y=4)}
    shelf = Shelf(papers=papers, places={}, map_positions=map_positions)
    seen = leave_out_removed(shelf)
    assert list(seen.papers) == ["a", "c"]
    assert seen.removed == {"b": papers["b"]}
    assert seen.map_positions == {"a": map_positions["a"]}
    whole = replace(shelf, papers={"a": papers["a"]})
    assert leave_out_removed(whole) is whole


@pytest.mark.parametrize(
    ("path", "data"),
    [("topics.yml", True), ("papers/a.yml", True), ("papers/a.md", False), ("index.md", False), ("a/topics.yml", False), ("map.csv", True), ("papersa.yml", False)],
)  # fmt: skip
def test_data_are_no_pages(path, data):
    assert is_data(path) == data
