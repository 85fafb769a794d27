"""Names of papers on the command line and in lists."""

from generator.formats.names import read_lists, read_names
from generator.formats.values import TextFile

LIST = """# Owls
2401.00001   # the first one

https://doi.org/10.1000/X
doi: 10.1000/y for chapter 2
owls
\t# nothing
"""


def test_a_list_has_a_name_a_line_and_loses_nothing():
    found = read_lists([TextFile(name="list.txt", text=LIST)])
    assert [(*name.key, name.place.line, name.remark) for name in found.names] == [
        ("arxiv", "2401.00001", 2, "the first one"),
        ("doi", "10.1000/x", 4, ""),
        ("doi", "10.1000/y", 5, "for chapter 2"),
    ]
    assert [(p.code, p.place.line) for p in found.problems] == [("remark", 2), ("remark", 5), ("no-name", 6)]
    assert found.entries == 4


def test_each_word_of_the_command_line_is_a_name():
    found = read_names(["arXiv:2401.00001v2", "barn owl"])
    assert [(name.key, str(name.place)) for name in found.names] == [
        (("arxiv", "2401.00001"), "arXiv:2401.00001v2")
    ]
    assert [(str(p.severity), p.code, str(p.place)) for p in found.problems] == [
        ("error", "no-name", "barn owl")
    ]
    assert "10.1000/x" in found.problems[0].hint


def test_a_list_without_a_name_is_an_error():
    found = read_lists([TextFile(name="list.txt", text="# nothing yet\n\n")])
    assert [(p.code, p.severity) for p in found.problems] == [("no-entries", "error")]
