"""Files from anywhere to text, or to a problem."""

from generator.formats.text_file import load_text


def test_windows_line_ends_and_a_byte_order_mark_make_no_difference(tmp_path):
    file = tmp_path / "page.txt"
    file.write_bytes("\ufeffone\r\ntwo\rthree\n".encode())
    assert load_text(file) == ("one\ntwo\nthree\n", ())


def test_a_file_that_is_not_utf8_is_named_with_its_line(tmp_path):
    file = tmp_path / "page.txt"
    file.write_bytes(b"one\ntwo \xff\n")
    text, (problem,) = load_text(file, name="page.txt")
    assert (text, problem.code, str(problem.place)) == ("", "unreadable-file", "page.txt:2")


def test_a_missing_file_is_a_problem(tmp_path):
    _, (problem,) = load_text(tmp_path / "none.txt", name="none.txt")
    assert problem.code == "unreadable-file"
