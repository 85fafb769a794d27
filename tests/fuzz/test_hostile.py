"""Hostile files through the commands: no traceback, an exit code, everything accounted for, nothing else touched."""

import json
import os
import socket

import pytest
from click.testing import CliRunner
from fuzz.cases import BYTES, HARMLESS, IMPORTS, RECORDS, SEPARATORS, UNSEEN
from support import fingerprint

from generator.cli import main
from generator.text.maths import plain


def call(*arguments):
    """Run a command here; an exception that is none of its own fails the test with its traceback."""
    result = CliRunner().invoke(main, [str(a) for a in arguments], catch_exceptions=False)
    assert result.exit_code in {0, 1, 2}
    assert "Traceback" not in result.output
    return result


@pytest.fixture
def folder(tmp_path):
    """Return a folder with an empty content folder, and assert that nothing beside it is touched."""
    (tmp_path / "content" / "papers").mkdir(parents=True)
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "secret.yml").write_text("title: Secret\n")
    before = fingerprint(tmp_path / "kept")
    yield tmp_path
    assert fingerprint(tmp_path / "kept") == before
    assert {p.name for p in tmp_path.iterdir()} <= {"content", "kept", "in"}


def check(folder):
    """Return the report of `papershelf check`."""
    result = call("check", "--content", folder / "content", "--format", "json")
    report = json.loads(result.stdout)
    assert result.exit_code == (1 if any(p["severity"] == "error" for p in report["problems"]) else 0)
    return report


def bring_in(folder, name, text):
    """Return the report of `papershelf import`, whose counts must add up, and whose records must be sound."""
    file = folder / "in"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    result = call("import", name, file, "--content", folder / "content", "--format", "json", "--as", "jsonl")
    if result.exit_code == 2 or not result.stdout.strip():
        return None
    report = json.loads(result.stdout)
    parts = report["new"] + report["merged"] + report["known"] + report["refused"]
    assert report["entries"] == parts
    assert not report["refused"] or report["problems"]
    if report["new"]:
        assert not [p for p in check(folder)["problems"] if p["severity"] == "error"]
    return report


def read_back(folder):
    """Return the records as `papershelf export` gives them."""
    return [
        json.loads(x) for x in call("export", "jsonl", "--content", folder / "content").stdout.splitlines()
    ]


@pytest.mark.parametrize("name", RECORDS)
def test_a_broken_record_is_named_with_its_line(folder, name):
    text, code, line = RECORDS[name]
    (folder / "content" / "papers" / "owls.yml").write_text(text, encoding="utf-8")
    found = [(p["code"], p["line"]) for p in check(folder)["problems"] if p["file"] == "papers/owls.yml"]
    assert (code, line or None) in [(c, at or None) for c, at in found]


@pytest.mark.parametrize("name", BYTES)
@pytest.mark.parametrize("command", ["check", "import"])
def test_bytes_that_are_no_text_are_named(folder, name, command):
    data, word, line = BYTES[name]
    file = folder / ("content/papers/owls.yml" if command == "check" else "in")
    file.write_bytes(data)
    arguments = [] if command == "check" else ["bibtex", file]
    result = call(command, *arguments, "--content", folder / "content")
    assert result.exit_code == 1
    assert word in result.stderr
    assert f"{file.name}:{line}: " in result.stderr if line else f"{file.name}: " in result.stderr


@pytest.mark.parametrize("name", HARMLESS)
def test_odd_text_is_kept_exactly(folder, name):
    title = HARMLESS[name]
    record = {"title": title, "summary": title, "authors": [title], "venue": title, "extra": {"a": title}}
    report = bring_in(folder, "jsonl", json.dumps(record) + "\n")
    assert report["new"] == 1, report
    (kept,) = read_back(folder)
    assert [kept[k] for k in ("title", "summary", "venue")] == [title] * 3
    assert (kept["authors"], kept["extra"]) == ([title], {"a": title})


@pytest.mark.parametrize("name", HARMLESS)
def test_odd_text_in_a_csl_title_is_kept_but_for_its_markup(folder, name):
    report = bring_in(folder, "csl-json", json.dumps([{"type": "book", "title": HARMLESS[name]}]))
    assert report["entries"] == 1


@pytest.mark.parametrize("name", UNSEEN)
def test_signs_that_nobody_sees_are_left_out_and_said(folder, name):
    given, left = UNSEEN[name]
    report = bring_in(folder, "jsonl", json.dumps({"title": given, "abstract": f"x {given}"}) + "\n")
    assert "unseen-characters" in [p["code"] for p in report["problems"]]
    (kept,) = read_back(folder)
    assert (kept["title"], kept["abstract"]) == (left, f"x {left}")


@pytest.mark.parametrize("name", SEPARATORS)
def test_every_separator_is_a_space_in_a_title(folder, name):
    sign = SEPARATORS[name]
    report = bring_in(folder, "jsonl", json.dumps({"title": f"Owls{sign}at"}) + '\n{"title": "Mice"}\n')
    assert report["new"] == 2
    assert [p["title"] for p in read_back(folder)] == ["Mice", "Owls at"]
    (folder / "content" / "papers" / "wrens.yml").write_text(
        f"title: Wrens{sign}by\nx: y\n", encoding="utf-8"
    )
    found = [(p["code"], p["line"]) for p in check(folder)["problems"] if p["file"] == "papers/wrens.yml"]
    assert found == [
        ("bad-yaml", 1) if sign in "\x0b\x0c" else ("unknown-field", 2)
    ]  # YAML has not these two


@pytest.mark.parametrize("name", IMPORTS)
def test_a_hostile_import_ends_with_its_problems(folder, name):
    form, text, codes = IMPORTS[name]
    report = bring_in(folder, form, text)
    assert report is not None
    if codes is not None:
        found = {p["code"] for p in report["problems"] if p["severity"] != "note"}
        assert found == codes


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_a_mark_make_no_difference(folder, line_end, mark):
    text = mark + line_end.join(["title: Owls", "summary: x", "owl: y", ""])
    (folder / "content" / "papers" / "owls.yml").write_bytes(text.encode())
    (problem,) = check(folder)["problems"]
    assert (problem["code"], problem["line"]) == ("unknown-field", 3)


@pytest.mark.parametrize(
    "name",
    ["papers/owls.yml", "topics.yml", "map.csv", "page.md", "papers", "docs"],
    ids=lambda n: n.replace("/", "-"),
)
def test_a_link_that_leads_out_of_the_content_is_refused(folder, name):
    path = folder / "content" / name
    if name == "papers":
        path.rmdir()
    path.symlink_to(folder / "kept" / ("" if name in {"papers", "docs"} else "secret.yml"))
    report = check(folder)
    assert report["papers"] == 0
    found = [(p["file"], p["code"]) for p in report["problems"] if "symbolic" in p["message"]]
    assert found == [(name, "unreadable-file")]


def test_a_link_inside_the_content_is_followed(folder):
    (folder / "content" / "real.yml").write_text("title: Owls\n")
    (folder / "content" / "papers" / "owls.yml").symlink_to("../real.yml")
    assert check(folder)["papers"] == 1


@pytest.mark.parametrize("kind", ["folder", "pipe", "socket", "device", "loop", "nowhere", "forbidden"])
def test_what_is_no_plain_file_is_named_and_not_waited_for(folder, kind, monkeypatch):
    path = folder / "content" / "papers" / "owls.jsonl"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "socket":
        monkeypatch.chdir(path.parent)  # a socket's path may not be long
        with socket.socket(socket.AF_UNIX) as bound:
            bound.bind(path.name)
    elif kind == "forbidden":
        path.write_text("{}")
        path.chmod(0)
    else:
        path = folder / "in"
        path.symlink_to({"device": "/dev/zero", "loop": path, "nowhere": folder / "none"}[kind])
    if kind == "forbidden" and os.access(path, os.R_OK):
        pytest.skip("this user may read everything")
    result = call("import", "jsonl", path, "--content", folder / "content")
    assert result.exit_code in {1, 2}
    assert check(folder)["papers"] == 0
    if path.is_socket() or kind == "pipe":
        path.unlink()


def test_a_file_of_another_length_than_it_says_is_not_read_for_ever(folder):
    result = call("import", "jsonl", "/dev/zero", "--content", folder / "content")
    assert "a device" in result.stderr


@pytest.mark.parametrize(
    "name",
    [
        b"\xff.bib",
        b"a\nb.bib",
        b"\x1b[31m.bib",
        b".hidden.bib",
        b"--.bib",
        b"con.bib",
        b"x" * 200 + b".bib",
        "\u202e.bib".encode(),
    ],
)
def test_the_name_of_a_file_does_no_harm(folder, name):
    (folder / "in").mkdir()
    path = os.path.join(os.fsencode(folder / "in"), name)  # noqa: PTH118 (bytes)
    with open(path, "wb") as file:  # noqa: PTH123 (as above)
        file.write(b"@misc{a, title={Owls}}\n@misc{b}\n")
    result = call("import", "bibtex", os.fsdecode(path), "--content", folder / "content", "--as", "jsonl")
    assert "2 entries = 1 new record + 0 merges + 1 refused" in result.stdout
    assert "\x1b" not in result.output
    assert check(folder)["papers"] == 1


@pytest.mark.parametrize(
    "text",
    ["[", "a", "- a", "docs_dir: [", "a: !!python/object:os.system x", "\x00", "docs_dir: " + "[" * 3000],
)
def test_a_broken_configuration_is_named(folder, text, monkeypatch):
    (folder / "in").mkdir()
    (folder / "in" / "mkdocs.yml").write_text(text)
    monkeypatch.chdir(folder / "in")
    assert call("check").exit_code in {1, 2}


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("topics.yml", "- id: a\n  parent: a\n", "missing-field"),
        ("topics.yml", "- {id: a, name: A, parent: b}\n- {id: b, name: B, parent: a}\n", "topic-loop"),
        ("topics.yml", "- {id: a, name: A, parent: a}\n", "topic-loop"),
        ("topics.yml", "- {id: a, name: A, rules: [{any: x, times: many}]}\n", "bad-rule"),
        ("topics.yml", "- {id: a, name: A, rules: [{}]}\n", "bad-rule"),
        ("topics.yml", "- {id: index, name: A}\n", "bad-id"),
        ("topics.yml", "&a [*a]\n", "bad-yaml"),
        ("topics.yml", "[" * 9000, "bad-yaml"),
        ("topics.yml", "a: b\n", "bad-field"),
        ("map.csv", "id,x,y\nowls,1\n", "bad-position"),
        ("map.csv", "id,x,y\nowls,²,1\n", "bad-position"),
        ("map.csv", "id,x,y\nowls,-1,1\n", "bad-position"),
        ("map.csv", f"id,x,y\nowls,{'9' * 9000},1\n", "bad-position"),
        ("map.csv", "=1+1\n", "bad-position"),
        ("map.csv", "\x00", "unreadable-file"),
    ],
)  # fmt: skip
def test_broken_files_of_the_shelf_are_named(folder, name, text, code):
    (folder / "content" / "papers" / "owls.yml").write_text("title: Owls\n")
    (folder / "content" / name).write_text(text)
    assert code in [p["code"] for p in check(folder)["problems"] if p["file"] == name]


@pytest.mark.parametrize(
    "event",
    [
        "", "{", "[]", "null", '{"issue": null}', '{"issue": {"number": "1; rm -rf /", "body": "x"}}',
        '{"issue": {"number": 1, "body": null}}', '{"issue": {"number": 1e999, "body": "x"}}', '{"issue": {"number": true, "body": "x"}}',
        '{"issue": {"number": 1, "body": "x\\u0000y"}}', '{"issue": {"number": 1, "body": "\\ud800"}}', "[" * 100_000,
        '{"issue": {"number": ' + "9" * 5_000 + ', "body": "x"}}', '{"issue": {"number": 1, "body": "' + "x" * 2_000_000 + '"}}',
    ],
    ids=range(14),
)  # fmt: skip
def test_an_event_that_holds_no_form_is_named(folder, event):
    file = folder / "in"
    file.mkdir()
    (file / "event.json").write_text(event)
    result = call("import", "issue-form", file / "event.json", "--content", folder / "content", "--format", "json")  # fmt: skip
    assert result.exit_code == 1
    assert json.loads(result.stdout)["new"] == 0
    assert not list((folder / "content" / "papers").iterdir())


@pytest.mark.parametrize("date", ["2024-01- 5", "2024- 1", " 024", "2024-1-01", "2024-02-30", "٢٠٢٤", "0000"])
def test_what_is_no_date_is_none(folder, date):
    record = {"id": "a", "title": "A", "published": date, "added": date}
    (folder / "content" / "papers" / "a.jsonl").write_text(json.dumps(record) + "\n")
    assert [p["code"] for p in check(folder)["problems"]] == ["bad-date", "bad-date"]


@pytest.mark.parametrize("unit", [r"\tilde{", r"\bar\nicefrac\tilde{", r"\hat{"])
def test_accents_inside_each_other_say_no_more_than_a_page(unit):
    for depth in (5, 10, 11, 20):
        tex = unit * depth + "x" + "}" * depth
        assert len(plain(f"${tex}$")) < 60 * len(tex)


def test_macros_of_macros_stand_for_no_more_than_the_limit(folder):
    lines = ['@string{s0 = "owls "}', *(f"@string{{s{n} = s{n - 1} # s{n - 1}}}" for n in range(1, 60))]
    report = bring_in(folder, "bibtex", "\n".join(lines) + "\n@misc{a, title = {A}, note = s3}\n@misc{b, title = s59}\n")  # fmt: skip
    assert report["new"] == 2
    assert any("macros expand to too much text" in p["message"] for p in report["problems"])
    assert sum(len(json.dumps(record)) for record in read_back(folder)) < 100_000


@pytest.mark.parametrize("name", ["papers/loop.yml", "page.md", "papers"])
def test_a_link_in_a_circle_is_named(folder, name):
    path = folder / "content" / name
    if name == "papers":
        path.rmdir()
    path.symlink_to(path.name)
    report = check(folder)
    assert [(p["file"], p["code"]) for p in report["problems"]] == [(name, "unreadable-file")]


@pytest.mark.parametrize("line", ["&a title: Owls", "!!python/object/apply:os.system title: Owls", "? &a title\n: Owls"])  # fmt: skip
def test_keys_have_no_anchors_and_no_tags(folder, line):
    (folder / "content" / "papers" / "owls.yml").write_text(f"{line}\n")
    assert [p["code"] for p in check(folder)["problems"]] == ["bad-yaml"]


@pytest.mark.parametrize(
    ("followers", "named"),
    [
        ({"owls": "owls"}, ["owls"]),
        ({"bats": "mice", "mice": "owls", "owls": "mice", "wrens": "bats"}, ["mice", "owls"]),
        ({"bats": "mice", "mice": "owls", "owls": "", "wrens": "mice"}, []),
    ],
)
def test_successors_lead_nowhere_but_on(folder, followers, named):
    for key, successor in followers.items():
        text = f"title: {key}\nstatus: superseded\n" + f"superseded_by: {successor}\n" * bool(successor)
        (folder / "content" / "papers" / f"{key}.yml").write_text(text)
    said = [(p["code"], p["file"], p["line"]) for p in check(folder)["problems"] if p["severity"] == "error"]
    assert said == [("bad-field", f"papers/{key}.yml", 3) for key in named]


@pytest.mark.parametrize(
    "title",
    [
        "\u3164",
        "\uffa0\u3164 \u2800",
        "\u115f\u1160",
        "\ufe0f",
        "\u200d",
        "\u0301",
        "\u17b4\u17b5",
        "\U000e0100",
        "\u180b\u180c",
    ],
)
def test_a_title_of_signs_that_show_nothing_is_none(folder, title):
    (folder / "content" / "papers" / "owls.yml").write_text(f"title: '{title}'\n", encoding="utf-8")
    assert [p["code"] for p in check(folder)["problems"]] == ["missing-field"]


def test_every_fault_of_a_topic_is_told(folder):
    topics = "- name: [Owls]\n  parent: {}\n  aliases: owl\n  color: red\n  rules:\n    - {foo: 1}\n  start_here:\n    - {why: x}\n"
    (folder / "content" / "topics.yml").write_text(f"{topics}- id: Bad Id\n  name: {{}}\n- bats\n")
    said = [(p["code"], p["line"]) for p in check(folder)["problems"] if p["file"] == "topics.yml"]
    assert said == [
        ("bad-field", 1),
        ("missing-field", 1),
        ("bad-field", 2),
        ("bad-field", 3),
        ("unknown-field", 4),
        ("bad-rule", 6),
        ("missing-field", 8),
        ("bad-id", 9),
        ("bad-field", 10),
        ("bad-field", 11),
    ]


def test_a_record_without_an_id_follows_nobody(folder):
    (folder / "content" / "papers" / "a.yml").write_text("title: A\nid:\n")
    assert [p["code"] for p in check(folder)["problems"]] == ["bad-id", "different-file-name"]


def test_two_records_of_one_paper_are_named_whichever_identifier_they_give(folder):
    doi = "doi: https://doi.org/10.48550/arXiv.2401.00042"
    for name, link in (("owls", f"arxiv: '2401.00042'\n  {doi}"), ("wrens", f"{doi}\n  arxiv: 2401.00042v2")):  # fmt: skip
        (folder / "content" / "papers" / f"{name}.yml").write_text(f"title: {name}\nlinks:\n  {link}\n")
    assert [(p["code"], p["file"]) for p in check(folder)["problems"]] == [("duplicate-paper", "papers/wrens.yml")]  # fmt: skip
