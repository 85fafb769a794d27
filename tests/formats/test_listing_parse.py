"""Listing pages: entries, facts, and everything that is no entry."""

import msgspec
import pytest
from goldens import goldens, show

from generator.formats.listing.parse import parse_listing


@pytest.mark.parametrize("case", goldens("listing"))
def test_a_page_gives_its_entries_and_names_the_rest(case):
    page, problems = parse_listing(case["text"], file="page.txt")
    entries = [
        {k: v for k, v in msgspec.to_builtins(e).items() if v not in (None, "") and k != "number"}
        for e in page.entries
    ]
    for entry in entries:
        if "day" in entry:
            entry["day"] = {k: v for k, v in entry["day"].items() if v}
    assert entries == case["entries"]
    assert (str(page.day) if page.day else None) == case["day"]
    assert show(problems) == case.get("problems", [])
