"""Edits of YAML texts: what changes is written, and every other character stays."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from generator.storage.strict_yaml import parse_yaml
from generator.storage.text_file import make_plain
from generator.storage.yaml_edit import FormError, edit_yaml

TEXT = """\
# On top.

title:   "Owls: at night"   # quoted
summary: >-
  Folded words
  # no comment

  end.
note: |+  # kept
  Kept.

authors:
  - 'Jane Doe'      # first

  # between
  -   {name: Max, orcid: ''}
links: { doi: 10.1000/owls , code: [ a,   b ] }   # spaces
published: '2024'
status: superseded  # why
superseded_by: wrens
aliases:
- old   # former
# Below.
"""


def read(text):
    value, _, faults = parse_yaml(make_plain(text), file="x.yml")
    assert not faults
    return value


def edit(text, **changes):
    wanted = {key: value for key, value in (read(text) | changes).items() if value is not None}
    return edit_yaml(text, wanted)


@pytest.mark.parametrize("text", [TEXT, TEXT.replace("\n", "\r\n"), TEXT.rstrip("\n"), f"\ufeff{TEXT}"])
def test_what_changes_nothing_changes_no_character(text):
    assert edit_yaml(text, read(text)) == text


EDITS = [
    ({"title": 'Owls, "all"'}, '"Owls: at night"', r'"Owls, \"all\""'),
    ({"published": "2024-05"}, "'2024'", "'2024-05'"),
    ({"summary": "Short."}, "summary: >-\n  Folded words\n  # no comment\n\n  end.\n", "summary: Short.\n"),
    ({"note": "Two\nlines."}, "note: |+  # kept\n  Kept.\n\n", 'note: "Two\\nlines."  # kept\n\n'),
    ({"authors": ["Jane Doe", "Ann", {"name": "Max", "orcid": ""}]}, "# first\n", "# first\n  - Ann\n"),
    ({"authors": ["Jane Doe", {"name": "Max", "orcid": "0000"}]}, "orcid: ''", "orcid: '0000'"),
    ({"authors": [{"name": "Max", "orcid": ""}]}, "  - 'Jane Doe'      # first\n", "  # first\n"),
    ({"authors": [{"name": "Jane Doe", "orcid": "1"}, {"name": "Max", "orcid": ""}]}, "'Jane Doe'", "{name: Jane Doe, orcid: '1'}"),
    ({"links": {"doi": ["10.1000/owls", "10.1000/x"], "code": ["a", "b"]}}, "10.1000/owls ,", "[10.1000/owls, 10.1000/x] ,"),
    ({"links": {"doi": "10.1000/owls", "code": ["b", "c"], "pdf": "x"}}, "[ a,   b ] }", "[ b, c ], pdf: x }"),
    ({"links": {"code": ["a", "b"]}}, "doi: 10.1000/owls , ", ""),
    ({"links": {"doi": "10.1000/owls"}}, " , code: [ a,   b ]", ""),
    ({"status": None, "superseded_by": None}, "status: superseded  # why\nsuperseded_by: wrens\n", "# why\n"),
    ({"aliases": ["old", "older"]}, "# former\n", "# former\n- older\n"),
    ({"aliases": ["new"]}, "- old   #", "- new   #"),
    ({"aliases": None}, "aliases:\n- old   # former\n", "# former\n"),
    ({"featured": True, "sources": [{"name": "page", "claims": {"title": "a: b"}}]}, "# former\n",
     "# former\nfeatured: true\nsources:\n  - name: page\n    claims:\n      title: 'a: b'\n"),
]  # fmt: skip


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(("changes", "old", "new"), EDITS)
def test_only_what_changes_is_written(changes, old, new, newline):
    assert TEXT.count(old) == 1
    text = TEXT.replace("\n", newline)
    edited = edit(text, **changes)
    assert edited == TEXT.replace(old, new).replace("\n", newline)
    assert edit(f"\ufeff{text}", **changes) == f"\ufeff{edited}"


@pytest.mark.parametrize(
    ("text", "changes", "after"),
    [
        ('{"title": "Owls", "links": {"doi": "a"}}', {"links": {"doi": ["a", "b"]}, "aliases": ["x"]}, '{"title": "Owls", "links": {"doi": ["a", "b"]}, "aliases": ["x"]}'),
        ('{\n  "title": "Owls",\n  "kind": "paper"\n}\n', {"aliases": ["x"]}, '{\n  "title": "Owls",\n  "kind": "paper",\n  "aliases": ["x"]\n}\n'),
        ("{title: Owls, kind: paper,}", {"aliases": ["x"]}, "{title: Owls, kind: paper, aliases: [x],}"),
        ("{title: Owls, kind: paper}", {"kind": None}, "{title: Owls}"),
        ("title: Owls", {"kind": "paper"}, "title: Owls\nkind: paper"),
        ("title: Owls # c", {"kind": "paper", "note": "x"}, "title: Owls # c\nkind: paper\nnote: x"),
        ("title: Owls\nkind: x", {"kind": None}, "title: Owls"),
        ("title: Owls\nkind: x # c", {"kind": None}, "title: Owls\n# c"),
        ("title: Owls\nkind: x # c", {"kind": None, "note": "n"}, "title: Owls\nnote: n\n# c"),
        ("? title\n: Owls\n? kind\n: x\n", {"note": "x"}, "? title\n: Owls\n? kind\n: x\nnote: x\n"),
        ("---\ntitle: Owls\n...\n", {"kind": "paper"}, "---\ntitle: Owls\nkind: paper\n...\n"),
        ("title: Owls\naliases:\nkind: paper\n", {"aliases": ["x"]}, "title: Owls\naliases: [x]\nkind: paper\n"),
        ("title: Owls\naliases: # none\n", {"aliases": ["x"]}, "title: Owls\naliases: [x] # none\n"),
        ("title: Owls\naliases: x # one\n", {"aliases": ["x", "y"]}, "title: Owls\naliases: [x, y] # one\n"),
        ("title: Owls\naliases: [a, # one\n  b, # two\n  c] # three\n", {"aliases": ["a", "c"]}, "title: Owls\naliases: [a, # one\n  # two\n  c] # three\n"),
        ("title: Owls\naliases: [a, # one\n  b] # two\n", {"aliases": ["a"]}, "title: Owls\naliases: [a # one\n  ] # two\n"),
        ("title: Owls\naliases: [a, b, c]\n", {"aliases": ["a"]}, "title: Owls\naliases: [a]\n"),
        ("title: Owls\naliases: [\n  a,\n  b\n]\n", {"aliases": ["a", "b", "c"]}, "title: Owls\naliases: [\n  a,\n  b,\n  c\n]\n"),
        ("title: Owls\nsources:\n- name: b\n", {"sources": [{"name": "a"}, {"name": "b", "date": "2025"}]}, "title: Owls\nsources:\n- name: a\n- name: b\n  date: '2025'\n"),
        ("title: Owls\nsources:\n-\n  name: b # c\n-\n  name: d\n", {"sources": [{"name": "b"}]}, "title: Owls\nsources:\n-\n  name: b # c\n"),
        ("title: Owls\naliases: # a\n- a # b\nkind: x\n", {"aliases": "x"}, "title: Owls\n# a\n# b\naliases: x\nkind: x\n"),
        ("title: Owls\nsources: # one\n  name: a # a\n  date: '1'\n", {"sources": [{"name": "a", "date": "1"}, {"name": "b"}]}, "title: Owls\n# one\n# a\nsources:\n- name: a\n  date: '1'\n- name: b\n"),
        ("title: 🦉 # 🦉\nkind: é\n", {"kind": "ü"}, "title: 🦉 # 🦉\nkind: ü\n"),
    ],
)  # fmt: skip
def test_every_form_of_a_list_and_a_mapping_can_be_edited(text, changes, after):
    assert edit(text, **changes) == after


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("title: Owls\naliases: [{a: b, # c\n  d: e}]\n", {"aliases": ["x"]}),
        ("# nothing\n", {}),
    ],
)
def test_what_cannot_be_edited_without_a_loss_is_refused(text, changes):
    with pytest.raises(FormError):
        edit_yaml(text, (read(text) or {}) | changes)


WORDS = st.sampled_from(
    ["owls", "it's", 'a "b"', "10", "no", "a: b", "x # y", "- z", "é 🦉", "[a, b", "1.0", "two\nlines"]
)
KEYS = st.sampled_from([f"key{n}" for n in range(6)])
VALUES = st.recursive(
    WORDS,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=4) | st.dictionaries(KEYS, inner, min_size=1, max_size=4)
    ),
    max_leaves=8,
)
RECORDS = st.dictionaries(KEYS, VALUES, min_size=1, max_size=6)
QUOTES = st.sampled_from(["", "'", '"'])


class Writer:
    """Writes a value in one of the many ways in which people do, with comments wherever they may stand."""

    def __init__(self, data, newline):
        self.data, self.newline, self.comments = data, newline, 0

    def comment(self, chance=3):
        if self.data.draw(st.integers(0, chance)):
            return ""
        self.comments += 1
        return f"  # note {self.comments}" if self.data.draw(st.booleans()) else f" # it's: {self.comments}"

    def between(self, indent):
        kinds = {0: "", 1: "\n", 2: f"{indent}# alone {self.comments}\n\n"}
        kind = self.data.draw(st.sampled_from([0, 0, 0, 1, 2]))
        self.comments += kind == 2
        return kinds[kind]

    def scalar(self, text, *, flow):
        quote = self.data.draw(QUOTES)
        if quote == "'" and "\n" not in text:
            return "'" + text.replace("'", "''") + "'"
        is_plain = re.fullmatch(r"[\w.é🦉][\w .é🦉]*", text) and not quote
        if is_plain or (text == "it's" and not quote and not flow):
            return text
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'

    def flow(self, value):
        gap = self.data.draw(st.sampled_from(["", " "]))
        if isinstance(value, dict):
            return "{" + gap + ", ".join(f"{k}: {self.flow(v)}" for k, v in value.items()) + gap + "}"
        if isinstance(value, list):
            return "[" + gap + ",  ".join(map(self.flow, value)) + gap + "]"
        return self.scalar(value, flow=True)

    def block(self, value, indent):
        """Return the lines of a mapping or list; each begins with the indentation."""
        lines = ""
        for entry in value.items() if isinstance(value, dict) else value:
            name, inner = entry if isinstance(value, dict) else ("-", entry)
            lines += self.between(indent)
            head = f"{indent}{name}:" if isinstance(value, dict) else f"{indent}-"
            if isinstance(inner, dict | list) and inner and self.data.draw(st.integers(0, 2)):
                deeper = indent + "  " * self.data.draw(st.integers(1, 2))
                if isinstance(inner, list) and isinstance(value, dict) and self.data.draw(st.booleans()):
                    deeper = indent
                lines += f"{head}{self.comment()}\n{self.block(inner, deeper)}"
            elif isinstance(inner, dict | list):
                lines += f"{head} {self.flow(inner)}{self.comment()}\n"
            elif "\n" in inner and isinstance(value, dict) and self.data.draw(st.booleans()):
                body = "\n".join(f"{indent}   {line}" for line in inner.split("\n"))
                lines += f"{head} |-{self.comment()}\n{body}\n"
            else:
                lines += f"{head} {self.scalar(inner, flow=False)}{self.comment()}\n"
        return lines

    def write(self, value):
        text = self.between("") + self.block(value, "") + self.between("")
        text = text if self.data.draw(st.booleans()) else text.rstrip("\n")
        return self.data.draw(st.sampled_from(["", "", "\ufeff"])) + text.replace("\n", self.newline)


@given(RECORDS, RECORDS, st.sampled_from(["\n", "\r\n"]), st.data())
def test_any_edit_of_any_text_is_read_as_it_was_meant_and_keeps_what_it_does_not_mean(
    old, new, newline, data
):
    text = Writer(data, newline).write(old)
    assume(read(text) == old)
    kept = data.draw(st.sets(st.sampled_from(sorted(old))))
    wanted = {
        **{key: old[key] for key in old if key in kept},
        **{k: v for k, v in new.items() if k not in kept},
    }
    assume(wanted)
    assert edit_yaml(text, old) == text
    edited = edit_yaml(text, wanted)
    assert read(edited) == wanted
    assert edited.startswith("\ufeff") == text.startswith("\ufeff")
    assert newline not in text or newline == "\n" or edited.count("\n") == edited.count("\r\n")
    for mark in re.findall(r"# (?:note|alone|it's:) \d+", text):
        assert mark in edited
    lines = re.split(r"\r?\n", edited)
    for line in re.split(r"\r?\n", text):
        if any(line.startswith(f"{key}:") for key in kept):
            assert line in lines
