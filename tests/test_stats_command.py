"""`papershelf stats`: counts of a shelf, what is known, and what is missing."""

import json

from support import papershelf

FILES = {
    "papers/owls.yml": "title: Owls\npublished: '2021-05-01'\nadded: '2024-01-02'\ntopics: [birds]\nlinks: {code: https://a.example/}\n",
    "papers/wrens.yml": "title: Wrens\npublished: '2023'\nadded: '2024-01-01'\nkind: survey\n",
    "papers/mice.yml": "title: Mice\n",
    "topics.yml": "- {id: birds, name: Birds}\n- {id: bats, name: Bats}\n",
}


def test_a_report_for_programs(shelf_on_disk):
    result = papershelf("stats", "--content", shelf_on_disk(FILES), "--format", "json")
    assert result.returncode == 0, result.stderr
    report = json.loads(result.stdout)
    assert report["papers"] == 3
    assert report["kinds"] == {"paper": 2, "survey": 1}
    assert report["published"] == {"2021": 1, "2022": 0, "2023": 1, "unknown": 1}
    assert report["added"] == {"2024-01": 2, "unknown": 1}
    assert (report["oldest"], report["newest"], report["latest"]) == ("owls", "wrens", "owls")
    assert (report["known"]["date"], report["known"]["code"], report["known"]["topic"]) == (2, 1, 1)
    assert (report["empty_periods"], report["empty_topics"]) == (["2022"], ["bats"])


def test_a_report_for_people(shelf_on_disk):
    text = papershelf("stats", "--content", shelf_on_disk(FILES)).stdout
    assert text.startswith("3 papers, 2 topics\n")
    assert "      2  date (67%)\n" in text
    assert "Oldest: 2021-05-01 owls\nNewest: 2023 wrens\nAdded last: 2024-01-02 owls\n" in text
    assert text.endswith("Empty periods: 2022\nEmpty topics: bats\n")


def test_the_papers_that_lack_something(shelf_on_disk):
    content = shelf_on_disk(FILES)
    assert papershelf("stats", "--content", content, "--missing", "date").stdout == "mice\n"
    found = papershelf("stats", "--content", content, "--missing", "code", "--format", "json").stdout
    assert json.loads(found) == ["mice", "wrens"]


def test_an_empty_shelf_is_counted_and_is_a_finding(shelf_on_disk):
    result = papershelf("stats", "--content", shelf_on_disk({"topics.yml": "[]\n"}))
    assert result.returncode == 1
    assert "Oldest: unknown" in result.stdout
    assert "empty-shelf" in result.stderr
