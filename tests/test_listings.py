"""The five saved listings, counted from outside."""

import json

import pytest
from support import LISTINGS, ROOT, papershelf

pytestmark = pytest.mark.skipif(not LISTINGS, reason="the saved listings are not beside this checkout")


def import_into(content, *extra):
    result = papershelf(
        "import",
        "listing",
        *LISTINGS,
        "--captured",
        "2025-12-08",
        "--content",
        content,
        "--format",
        "json",
        *extra,
    )
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def test_398_entries_are_307_records_and_91_named_merges(tmp_path):
    report = import_into(tmp_path)
    assert (report["entries"], report["new"], report["merged"], report["refused"]) == (398, 307, 91, 0)
    assert len(report["merges"]) == 91
    assert all(merge["into"] in report["added"] and merge["why"] for merge in report["merges"])
    assert len(list((tmp_path / "papers").glob("*.yml"))) == 307
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.yml")}
    again = import_into(tmp_path)
    assert (again["entries"], again["new"], again["merged"], again["known"]) == (398, 0, 0, 398)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.yml")} == before


def test_the_order_of_the_pages_makes_no_difference(tmp_path):
    import_into(tmp_path / "one")
    result = papershelf(
        "import", "listing", *LISTINGS[::-1], "--captured", "2025-12-08", "--content", tmp_path / "two"
    )
    assert result.returncode == 0
    one, two = ({p.name: p.read_bytes() for p in (tmp_path / name).rglob("*.yml")} for name in ("one", "two"))
    assert one == two


def test_the_topics_cover_the_imported_listings(real_content):
    report = json.loads(papershelf("topics", "--content", real_content, "--format", "json").stdout)
    assert 15 <= len(report["by_topic"]) <= 25
    assert min(report["by_topic"].values()) >= 5
    assert max(report["by_topic"].values()) <= 307 / 3
    assert report["placed"] >= 0.97 * 307
    assert report["by_number"]["2"] + report["by_number"]["3"] > 307 / 2


def test_an_import_without_abstracts_keeps_topics_and_reasons(tmp_path):
    (tmp_path / "topics.yml").write_bytes((ROOT / "content" / "topics.yml").read_bytes())
    import_into(tmp_path, "--no-abstracts")
    texts = [path.read_text() for path in (tmp_path / "papers").glob("*.yml")]
    assert not [text for text in texts if "\nabstract:" in text]
    assert sum("in the abstract" in text for text in texts) > 100
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.yml")}
    import_into(tmp_path, "--no-abstracts")
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.yml")} == before


def test_a_dry_run_writes_nothing(tmp_path):
    report = import_into(tmp_path / "none", "--dry-run")
    assert report["new"] == 307
    assert not (tmp_path / "none").exists()
