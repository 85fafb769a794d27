"""Notes on records that are valid and probably not meant."""

import pytest

from generator.model import Paper, Shelf
from generator.problems import Place
from generator.records.advice import advise


def notes(**fields):
    shelf = Shelf(
        papers={"owls": Paper(id="owls", title="Owls", **fields)}, places={"owls": Place(file="owls.yml")}
    )
    return [(problem.code, problem.message) for problem in advise(shelf)]


@pytest.mark.parametrize(
    ("kind", "url", "codes"),
    [
        ("project", "https://github.com/owls/nest", ["repository-kind"]),
        ("model", "https://www.gitlab.com/owls/nest", ["repository-kind"]),
        ("data", "https://github.com/owls/nest", []),
        ("code", "https://github.com/owls/nest", []),
        ("project", "https://github.com/owls", []),
        ("project", "https://owls.github.io/nest", []),
        ("model", "https://hf-mirror.com/owls/nest", ["mirror"]),
        ("model", "https://huggingface.co/owls/nest", []),
    ],
)
def test_a_repository_is_code_and_a_mirror_is_nobodys(kind, url, codes):
    assert [code for code, _ in notes(links={kind: (url,)})] == codes


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Pairs of owl–mouse images", ["owl–mouse"]),
        ("Nest–egg pairs and nest—egg pairs", ["Nest–egg", "nest—egg"]),
        ("A Bose–Einstein nest", []),
        ("Owls – and mice – in 2019–2024", []),
        ("owl-mouse", []),
        ("a" * 100_000, []),
        ("–" * 100_000, []),
        ("a–" * 3, ["a–a"]),
    ],
)
def test_a_dash_in_a_compound_is_named(text, found):
    messages = [message for code, message in notes(summary=text) if code == "dash-for-hyphen"]
    assert messages == [f"summary: “{word}” has a dash instead of a hyphen" for word in found]
