"""BibTeX with only what is known."""

from hypothesis import given
from hypothesis import strategies as st

from generator.formats.bibtex.write import render_bibtex
from generator.model import Author, Paper


def test_unknown_facts_have_no_field():
    assert render_bibtex(Paper(id="owls", title="Owls & LLaMAs: 50% of $n^2$", author_count=6)) == (
        "@misc{owls,\n  title = {Owls \\& {LLaMAs}: 50\\% of {$n^2$}},\n}"
    )


def test_known_facts_have_their_field():
    paper = Paper(
        id="owls",
        title="Owls",
        authors=(Author(name="Jane Öwl"), Author(name="Owl Team")),
        published="2024-07-25",
        venue="Birds & Beasts",
        venue_type="conference",
        links={"doi": ("10.1000/owls",), "arxiv": ("2401.00001",)},
    )
    entry = render_bibtex(paper)
    assert entry.startswith("@inproceedings{owls,")
    for line in (
        'author = {Jane {\\"O}wl and {Owl Team}}',
        "year = {2024}",
        "month = jul",
        "booktitle = {Birds \\& Beasts}",
        "doi = {10.1000/owls}",
        "eprint = {2401.00001}",
        "url = {https://doi.org/10.1000/owls}",
    ):
        assert f"  {line}," in entry


@given(st.text(max_size=60), st.text(max_size=30))
def test_no_value_can_end_its_field_or_add_one(text, name):
    paper = Paper(id="owls", title=text, volume=text, pages=text, venue=text, authors=(Author(name=name),))
    entry = render_bibtex(paper)
    depth = 0
    for number, sign in enumerate(entry):
        depth += (sign == "{") - (sign == "}")
        assert depth > 0 or number < len("@misc") or number == len(entry) - 1
    assert depth == 0
