"""Records that were read before: the same shelf with the cache and without it, whatever became of its file."""

import os
import stat

import pytest
from msgspec.structs import replace

from generator.records import cache as module
from generator.records.cache import RecordCache
from generator.records.read import load_shelf


@pytest.fixture
def content(tmp_path):
    papers = tmp_path / "content" / "papers"
    papers.mkdir(parents=True)
    (papers / "owls.yml").write_text("# Owls\n\ntitle: Owls\npublished: '2024'\nlinks: {code: nowhere}\n")
    (papers / "wrens.yml").write_text("title: Wrens\nsuperseded_by: nobody\n")
    (papers / "more.jsonl").write_text(
        '{"title": "Robins"}\n\n{"title": "Mice", "published": "May"}\n{"title": "Voles"}\n'
    )
    return tmp_path / "content"


def load(content, file):
    return load_shelf(content, RecordCache(file))


def open_to_others(file):
    file.chmod(0o666)


def put_pipe(file):
    file.unlink()
    os.mkfifo(file)


def put_link(file):
    file.rename(file.parent / "elsewhere")
    file.symlink_to(file.parent / "elsewhere")


def damage_nothing(file):
    file.unlink()


def cut(file):
    file.write_bytes(file.read_bytes()[:-3])


def flip(file):
    body = bytearray(file.read_bytes())
    body[len(body) // 2] ^= 1
    file.write_bytes(body)


@pytest.mark.parametrize("harm", [None, damage_nothing, cut, flip])
def test_the_shelf_and_its_faults_are_the_same_with_a_cache(content, tmp_path, harm):
    file = tmp_path / ".papershelf" / "records.bin"
    plain = load_shelf(content)
    assert load(content, file) == plain
    if harm:
        harm(file)
    assert load(content, file) == plain
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_records_are_taken_from_the_file(content, tmp_path, monkeypatch):
    file = tmp_path / "records.bin"
    load(content, file)
    read = []
    monkeypatch.setattr("generator.records.check.check_record", lambda paper, _: read.append(paper.id) or (paper, []))  # fmt: skip
    load(content, file)
    assert sorted(read) == ["mice", "owls"]


def test_a_line_that_moved_is_named_where_it_stands(content, tmp_path):
    file = tmp_path / "records.bin"
    load(content, file)
    path = content / "papers" / "more.jsonl"
    path.write_text(f"\n\n{path.read_text()}")
    shelf, _ = load(content, file)
    assert shelf.places["voles"].line == 6


def test_another_version_of_the_program_reads_again(content, tmp_path, monkeypatch):
    file = tmp_path / "records.bin"
    load(content, file)
    monkeypatch.setattr(module, "_mark", lambda: b"another")
    assert RecordCache(file).get(module.digest("", '{"title": "Robins"}')) is None


def test_what_is_gone_is_forgotten(content, tmp_path):
    file = tmp_path / "records.bin"
    load(content, file)
    size = file.stat().st_size
    (content / "papers" / "more.jsonl").unlink()
    load(content, file)
    assert file.stat().st_size < size


@pytest.mark.parametrize("harm", [open_to_others, put_pipe, put_link])
def test_a_file_that_is_not_our_own_is_none(content, tmp_path, harm):
    file = tmp_path / "records.bin"
    load(content, file)
    key = module.digest("", '{"title": "Robins"}')
    assert RecordCache(file).get(key)
    harm(file)
    assert RecordCache(file).get(key) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "../../../escaped"}, {"id": "a/b"}, {"id": "index"}, {"aliases": ("../x",)}, {"published": "../.."}, {"added": "x"},
        {"links": {"page": ("javascript:alert(1)",)}}, {"links": {"doi": ("javascript:alert(1)",)}},
        {"links": {"page": ("https://example.org", "data:text/html,x")}},
    ],
)  # fmt: skip
def test_what_no_record_may_hold_never_comes_from_the_file(content, tmp_path, wrong):
    """Whoever wrote it, and although its digest is right."""
    file = tmp_path / "records.bin"
    plain = load(content, file)
    known, save = module._load(file), module._save  # noqa: SLF001 (a file as it is written)
    save(file, {key: replace(k, paper=replace(k.paper, **wrong)) for key, k in known.items()})
    assert load(content, file) == plain
    save(file, {key: replace(k, paper=replace(k.paper, title="Poisoned")) for key, k in known.items()})
    assert load(content, file) != plain, "the file is read"
