"""Feeds of the arXiv API to drafts: which dates, names and links are a paper's own, and what an answer without papers says."""

import pytest
from support import SHARED

from generator.formats.arxiv.read import import_arxiv
from generator.formats.values import TextFile

RECORDED = SHARED / "corpora" / "arxiv"
FEED = """<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom"
      xmlns="http://www.w3.org/2005/Atom">
  <updated>2025-03-11T22:09:26Z</updated>
  <opensearch:totalResults>1</opensearch:totalResults>
{entries}
</feed>"""
OWLS = """<entry>
<id>http://arxiv.org/abs/2501.00042v3</id>
<title>Owls at Night:
  Counting $n^2$ Mice</title>
<updated>2025-02-20T08:00:00Z</updated>
<link href="https://arxiv.org/abs/2501.00042v3" rel="alternate" type="text/html"/>
<link href="https://arxiv.org/pdf/2501.00042v3" rel="related" type="application/pdf" title="pdf"/>
<summary>  Owls gain 4\\% of
  prey. Code: https://github.com/owner/owls.</summary>
<category term="q-bio.PE" scheme="http://arxiv.org/schemas/atom"/>
<category term="cs.CV" scheme="http://arxiv.org/schemas/atom"/>
<published>2025-01-03T23:59:59Z</published>
<arxiv:comment>9 pages, more at http://owls.example.org, film at https://youtu.be/owlsowls</arxiv:comment>
<arxiv:primary_category term="q-bio.PE"/>
<arxiv:journal_ref>J. Owls 3 (2025) 1-9</arxiv:journal_ref>
<arxiv:doi>10.1234/OWLS.42</arxiv:doi>
<author><name>Ada Owl</name><arxiv:affiliation>Barn</arxiv:affiliation></author>
<author><name>Ben  Wr\\"en</name></author>
</entry>"""


def read(*entries, captured=""):
    return import_arxiv([TextFile(name="owls.xml", text=FEED.format(entries="\n".join(entries)))], captured)


def show(batch):
    return [(p.severity.value, p.code, str(p.place)) for p in batch.problems]


def test_a_paper_has_the_day_of_its_first_version_and_its_versioned_id_as_provenance():
    batch = read(OWLS)
    (draft,) = batch.drafts
    paper, (source,) = draft.paper, draft.paper.sources
    assert (batch.entries, batch.problems, draft.place.line) == (1, (), 6)
    assert paper.title == "Owls at Night: Counting $n^2$ Mice"
    assert paper.abstract == "Owls gain 4% of prey. Code: https://github.com/owner/owls."
    assert [a.name for a in paper.authors] == ["Ada Owl", "Ben Wrën"]
    assert paper.published == "2025-01-03"
    assert (source.name, source.entry, source.date) == ("owls", "2501.00042v3", "2025-03-11")


def test_links_are_those_of_the_paper_and_those_of_a_comment_whose_host_says_what_they_are():
    (draft,) = read(OWLS).drafts
    assert draft.paper.links == {
        "arxiv": ("2501.00042",),
        "code": ("https://github.com/owner/owls",),
        "doi": ("10.1234/owls.42",),
        "pdf": ("https://arxiv.org/pdf/2501.00042",),
        "video": ("https://youtu.be/owlsowls",),
    }


def test_a_journal_reference_is_kept_as_text_and_is_no_venue():
    (draft,) = read(OWLS).drafts
    assert (draft.paper.venue, draft.paper.venue_type) == ("", None)
    assert draft.paper.extra["journal_ref"] == "J. Owls 3 (2025) 1-9"
    assert draft.paper.extra["primary_category"] == "q-bio.PE"
    assert draft.paper.extra["categories"] == "q-bio.PE cs.CV"
    assert draft.paper.extra["comment"].startswith("9 pages")


def test_identifiers_of_the_old_scheme_keep_their_archive():
    (draft,) = read(OWLS.replace("2501.00042v3", "astro-ph/0601001v1")).drafts
    assert draft.paper.links["arxiv"] == ("astro-ph/0601001",)
    assert draft.paper.links["pdf"] == ("https://arxiv.org/pdf/astro-ph/0601001",)
    assert draft.paper.sources[0].entry == "astro-ph/0601001v1"


def test_what_an_entry_does_not_say_stays_unknown():
    (draft,) = read("<entry><id>http://arxiv.org/abs/2501.00042v1</id><title>Owls</title></entry>").drafts
    paper = draft.paper
    assert (paper.authors, paper.published, paper.abstract, dict(paper.extra)) == ((), "", "", {})
    assert paper.links == {"arxiv": ("2501.00042",)}


def test_a_date_that_is_none_is_left_out_and_kept_as_a_claim():
    batch = read(OWLS.replace("2025-01-03T23:59:59Z", "2025-02-30"))
    assert batch.drafts[0].paper.published == ""
    assert batch.drafts[0].paper.sources[0].claims == {"published": "2025-02-30"}
    assert show(batch) == [("warning", "bad-date", "owls.xml:6")]


def test_an_entry_without_an_identifier_or_a_title_is_a_problem_and_the_others_come_in():
    batch = read(
        "<entry><id>urn:owl:1</id><title>A diary</title></entry>",
        OWLS.replace("Owls at Night:\n  Counting $n^2$ Mice", " "),
        OWLS,
    )
    assert (batch.entries, len(batch.drafts)) == (3, 1)
    assert show(batch) == [("error", "bad-link", "owls.xml:6"), ("error", "missing-field", "owls.xml:7")]


def test_an_error_of_the_api_is_a_problem_that_gives_its_message():
    text = "<entry><id>https://arxiv.org/api/errors#no</id><title>Error</title><summary>no such owl</summary></entry>"
    batch = read(text)
    assert (batch.entries, batch.drafts) == (1, ())
    assert show(batch) == [("error", "source-error", "owls.xml:6")]
    assert "no such owl" in batch.problems[0].message


def test_an_empty_feed_imports_nothing_and_says_so():
    batch = read()
    assert (batch.entries, batch.drafts) == (0, ())
    assert show(batch) == [("note", "no-entries", "owls.xml")]


def test_a_feed_that_breaks_off_keeps_its_whole_entries_and_counts_the_broken_one():
    text = FEED.format(entries=f"{OWLS}\n{OWLS}")
    text = text[: text.rindex("<author>")]
    batch = import_arxiv([TextFile(name="owls.xml", text=text)], "")
    assert (batch.entries, len(batch.drafts)) == (2, 1)
    assert show(batch) == [("error", "bad-xml", f"owls.xml:{text.count(chr(10)) + 1}")]


@pytest.mark.parametrize("text", ["", "owls", "<html/>", "<feed/>", "{}"])
def test_what_is_no_feed_is_a_problem_with_its_line(text):
    assert show(import_arxiv([TextFile(name="a.xml", text=text)], "")) == [("error", "bad-xml", "a.xml:1")]


def test_entities_of_a_document_type_are_refused_before_they_are_read(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("nest 7")
    bomb = '<!DOCTYPE feed [<!ENTITY a "owl">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
    )
    for document_type in (
        f"{bomb}]>",
        f'<!DOCTYPE feed [<!ENTITY j SYSTEM "{secret.as_uri()}">]>',
        f'<!DOCTYPE feed SYSTEM "{secret.as_uri()}">',
    ):
        text = FEED.format(entries=OWLS.replace("Owls at Night", "&j;")).replace(
            "?>", f"?>{document_type}", 1
        )
        batch = import_arxiv([TextFile(name="a.xml", text=text)], "")
        assert (batch.entries, batch.drafts) == (0, ())
        assert show(batch) == [("error", "bad-xml", "a.xml:1")]
        assert "document type" in batch.problems[0].message


def test_an_entity_that_nobody_declared_is_a_problem():
    assert show(read(OWLS.replace("Owls at", "&owl; at"))) == [("error", "bad-xml", "owls.xml:8")]


def test_elements_without_end_inside_each_other_are_refused():
    assert show(read("<entry>" + "<a>" * 100_000)) == [("error", "bad-xml", "owls.xml:6")]


def test_two_files_of_one_stem_are_two_sources():
    texts = [TextFile(name=name, text=FEED.format(entries=OWLS)) for name in ("a/owls.xml", "b/owls.xml")]
    assert [d.paper.sources[0].name for d in import_arxiv(texts, "").drafts] == ["a/owls.xml", "b/owls.xml"]


def test_the_day_of_capture_stands_in_where_the_feed_does_not_say_its_day():
    text = FEED.format(entries=OWLS).replace("<updated>2025-03-11T22:09:26Z</updated>", "")
    (draft,) = import_arxiv([TextFile(name="a.xml", text=text)], "2025-04-01").drafts
    assert (draft.paper.added, draft.paper.sources[0].date) == ("2025-04-01", "2025-04-01")


@pytest.mark.skipif(not RECORDED.exists(), reason="the shared corpora are not here")
def test_all_recorded_answers_come_in():
    files = [
        TextFile(name=f.name, text=f.read_text(encoding="utf-8")) for f in sorted(RECORDED.glob("*.xml"))
    ]
    entries = sum(f.text.count("<entry>") for f in files)
    batch = import_arxiv(files, "")
    assert len(files) == 20
    assert (batch.entries, len(batch.drafts)) == (entries, entries - 1)
    assert sorted(p.code for p in batch.problems) == ["no-entries", "no-entries", "source-error"]
    assert all(d.paper.published and d.paper.authors and d.paper.links["arxiv"] for d in batch.drafts)
    assert not any("  " in d.paper.title + d.paper.abstract or "\n" in d.paper.title for d in batch.drafts)
