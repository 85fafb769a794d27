"""MEDLINE to drafts."""

from generator.formats.detect import detect_format
from generator.formats.registry import read_files
from generator.formats.values import TextFile

TEXT = """\
PMID- 99999999
OWN - NLM
DP  - 2020 Feb 3
TI  - Owls that hum
      at night.
PG  - 12-9
LID - 10.5555/owls [doi]
AID - S0000-0000(20)00000-0 [pii]
AB  - Owls hum.
FAU - Example, Ada
AU  - Example A
FAU - van Sample, Ben
AU  - van Sample B
JT  - Journal of Invented Birds
VI  - 4
IP  - 2
OT  - humming
OT  - night
MH  - *Strigiformes
GR  - 12/Owl Fund

PMID- 99999998
TI  - Wrens in rain.
AU  - Sample BC
CN  - Wren Group
DP  - 2021
"""


def test_the_entries_of_pubmed_come_in():
    assert detect_format("owls.nbib", TEXT) == detect_format("owls.txt", TEXT) == "medline"
    batch = read_files("medline", [TextFile(name="owls.nbib", text=TEXT)], "", {})
    assert not batch.problems
    owls, wrens = (draft.paper for draft in batch.drafts)
    assert (owls.title, owls.published, owls.venue) == (
        "Owls that hum at night",
        "2020-02-03",
        "Journal of Invented Birds",
    )
    assert [a.name for a in owls.authors] == ["Example, Ada", "van Sample, Ben"]
    assert (owls.volume, owls.issue, owls.pages, owls.abstract) == ("4", "2", "12-9", "Owls hum.")
    assert owls.links == {"doi": ("10.5555/owls",), "page": ("https://pubmed.ncbi.nlm.nih.gov/99999999/",)}
    assert owls.groups == {"keywords": ("humming", "night"), "subjects": ("*Strigiformes",)}
    assert owls.extra == {"pmid": "99999999", "GR": "12/Owl Fund"}
    assert (owls.sources[0].entry, batch.drafts[1].place.line) == ("99999999", 22)
    assert [a.name for a in wrens.authors] == ["Sample, BC", "Wren Group"]


def test_an_entry_without_a_title_is_named():
    batch = read_files("medline", [TextFile(name="x.nbib", text="PMID- 7\nAU  - Owl J\n")], "", {})
    assert [(p.code, p.place.line) for p in batch.problems] == [("missing-field", 1)]
