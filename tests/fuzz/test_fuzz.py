"""Every reader, given what is nearly right: it never fails, and what it accepts is sound."""

import pytest
from fuzz.invariants import PLACE, check_import
from fuzz.strategies import ENRICH_FILES, RECORD_FILES, SPOT_FILES, TEXTS, TOPIC_FILES, spoilt
from hypothesis import given, settings
from support import share

from generator.formats.registry import FORMATS
from generator.network.proposals import load_proposals
from generator.problems import errors_of
from generator.records.check import check_record
from generator.records.parse import build_record, parse_record
from generator.records.positions import load_positions
from generator.storage.strict_yaml import parse_yaml
from generator.topics.classify import build_classifier
from generator.topics.taxonomy import load_taxonomy


def test_every_format_is_tried():
    assert TEXTS.keys() == FORMATS.keys()


@pytest.mark.parametrize("name", TEXTS)
def test_any_text_is_imported_or_named(name):
    @settings(max_examples=share(40))
    @given(spoilt(TEXTS[name]))
    def try_all(text):
        check_import(name, text)

    try_all()


def read_record(text):
    """Read the text of a record's file; what is accepted must be read again as it was."""
    value, _, faults = parse_yaml(text, file="x")
    paper, wrong = parse_record(value, PLACE) if value is not None else (None, ())
    assert paper is not None or faults or wrong or value is None
    if paper is not None:
        clean, found = check_record(paper, PLACE)
        if not errors_of(found):
            again, more = check_record(parse_record(build_record(clean), PLACE)[0], PLACE)
            assert (again, errors_of(more)) == (clean, ())


@settings(max_examples=share(40))
@given(RECORD_FILES)
def test_any_record_is_read_or_named(text):
    read_record(text)


def read_content(folder, name, text):
    """Read a text as one of the files of a shelf."""
    data = text.encode(errors="surrogatepass")
    (folder / name).write_bytes(data)
    if name == "topics.yml":
        build_classifier(load_taxonomy(folder)[0])
    elif name == "map.csv":
        load_positions(folder, {"owls"})
    else:
        load_proposals(folder / name)


@pytest.mark.parametrize(
    ("name", "texts"), [("topics.yml", TOPIC_FILES), ("map.csv", SPOT_FILES), ("enrich.yml", ENRICH_FILES)]
)
def test_any_file_of_the_shelf_is_read_or_named(name, texts, tmp_path):
    @settings(max_examples=share(40))
    @given(texts)
    def try_all(text):
        read_content(tmp_path, name, text)

    try_all()
