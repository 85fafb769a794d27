"""What is proposed for a paper, and what never is."""

import pytest
from msgspec.structs import replace
from network import answers
from support import SHARED

from generator.formats.crossref.read import import_crossref
from generator.formats.registry import TextFile
from generator.model import Author, Paper
from generator.network.client import Client
from generator.network.lookup import Lookup
from generator.network.services import SERVICES

RECORDED = SHARED / "corpora" / "arxiv"
OWLS = Paper(id="owls", title="Owls at Night")


@pytest.fixture
def ask(service, time):
    def run(name, *papers):
        at = replace(SERVICES[name], base=service.base)
        client = Client(agent="test", clock=time.clock, sleep=time.sleep)
        return Lookup({p.id: p for p in papers}, client).run([papers[0].id], [at])

    return run


def show(findings):
    return {p.field: p.value for p in findings.proposals}


def codes(findings):
    return [p.code for p in findings.problems]


def test_arxiv_is_asked_by_identifier(ask, service):
    service.say("/api/query?id_list=2401.00042&", answers.feed(answers.entry(doi="10.1234/OWLS.42")))
    findings = ask("arxiv", replace(OWLS, links={"arxiv": ("2401.00042",)}))
    assert show(findings) == {
        "doi": "10.1234/owls.42",
        "authors": ["Ada Owl", "Ben Wren"],
        "published": "2024-01-03",
    }
    assert {(p.source, p.url) for p in findings.proposals} == {
        ("arxiv 2401.00042v2", "https://arxiv.org/abs/2401.00042")
    }
    assert len(service.seen) == 1


def test_openalex_knows_the_published_version_of_a_preprint(ask, service):
    service.say("/works/doi:10.48550/arxiv.2401.00042", answers.WORK)
    findings = ask("openalex", replace(OWLS, links={"arxiv": ("2401.00042",)}))
    assert show(findings) == {
        "doi": "10.1234/owls.42",
        "authors": [{"name": "Ada Owl", "orcid": "0000-0002-1825-0097"}, "Ben Wren"],
        "published": "2024-05-06",
        "venue": "Journal of Owls",
        "venue_type": "journal",
        "volume": "3",
        "issue": "2",
        "pages": "1–9",
    }


def test_crossref_is_asked_by_doi(ask, service):
    service.say("/works/10.1234%2Fowls.42", {"message": answers.MESSAGE})
    findings = ask(
        "crossref", replace(OWLS, links={"doi": ("10.1234/owls.42",)}, authors=(Author(name="A. Owl"),))
    )
    assert show(findings) == {
        "published": "2024-05",
        "venue": "Journal of Owls",
        "venue_type": "journal",
        "volume": "3",
        "issue": "2",
        "pages": "1–9",
    }
    assert {p.source for p in findings.proposals} == {"crossref 10.1234/owls.42"}


@pytest.mark.parametrize(
    ("name", "path", "answer"),
    [
        ("arxiv", "/api/query?search_query=", answers.feed(answers.entry(title="OWLS at night"))),
        ("openalex", "/works?filter=title.search", {"results": [answers.WORK]}),
        ("crossref", "/works?query.bibliographic", {"message": {"items": [answers.MESSAGE]}}),
    ],
)
def test_without_an_identifier_the_title_is_looked_for(ask, service, name, path, answer):
    service.say(path, answer)
    assert {"authors", "published"} <= show(ask(name, OWLS)).keys()
    assert not show(ask(name, replace(OWLS, title="Night at Owls")))
    others = (Author(name="Cy Mouse"), Author(name="Di Vole"))
    assert not show(ask(name, replace(OWLS, authors=others)))
    assert not show(ask(name, replace(OWLS, published="1999")))


def test_an_unknown_identifier_leads_to_the_title(ask, service):
    service.say("/works?query", {"message": {"items": [answers.MESSAGE]}})
    assert "doi" not in show(ask("crossref", replace(OWLS, links={"doi": ("10.1234/mice",)})))
    assert len(service.seen) == 2


def test_an_identifier_with_another_title_is_for_a_person(ask, service):
    service.say("/api/query?id_list", answers.feed(answers.entry(title="Mice by Day")))
    findings = ask("arxiv", replace(OWLS, links={"arxiv": ("2401.00042",)}))
    assert not findings.proposals
    assert codes(findings) == ["conflict"]


def test_two_papers_of_one_title_are_for_a_person(ask, service):
    other = {**answers.MESSAGE, "DOI": "10.1234/other"}
    service.say("/works?query", {"message": {"items": [answers.MESSAGE, other]}})
    findings = ask("crossref", OWLS)
    assert not findings.proposals
    assert codes(findings) == ["conflict"]


def test_nothing_is_made_up(ask, service):
    service.say("/works?query", {"message": {"items": [{"DOI": "10.1234/owls", "title": ["Owls at Night"]}]}})
    assert show(ask("crossref", OWLS)) == {"doi": "10.1234/owls"}
    cut = {**answers.WORK, "authors_count": 200, "publication_date": "2024-01-01", "publication_year": 2024}
    service.say("/works?filter", {"results": [cut]})
    found = show(ask("openalex", OWLS))
    assert "authors" not in found
    assert found["published"] == "2024"


def test_what_stands_in_the_record_is_left_alone(ask, service):
    service.say("/works?filter", {"results": [answers.WORK]})
    full = replace(
        OWLS, authors=(Author(name="A. Owl"), Author(name="Wren, Ben")), published="2023", venue="Owl Days",
        links={"doi": ("10.1234/owls.42",), "arxiv": ("2401.00042",)},
    )  # fmt: skip
    assert not show(ask("openalex", full))
    assert show(ask("openalex", replace(full, published="2024"))) == {"published": "2024-05-06"}


def test_the_identifier_of_another_record_is_not_proposed(ask, service):
    service.say("/works?query", {"message": {"items": [answers.MESSAGE]}})
    findings = ask("crossref", OWLS, Paper(id="wrens", title="Wrens", links={"doi": ("10.1234/owls.42",)}))
    assert "doi" not in show(findings)
    assert codes(findings) == ["duplicate-paper"]


def test_a_withdrawal_is_proposed(ask, service):
    gone = answers.entry(comment="This paper has been withdrawn by the owls")
    service.say("/api/query", answers.feed(gone))
    service.say("/works?filter", {"results": [{**answers.WORK, "is_retracted": True}]})
    for name in ("arxiv", "openalex"):
        assert show(ask(name, OWLS))["status"] == "withdrawn"
        assert "status" not in show(ask(name, replace(OWLS, status="withdrawn")))
    service.say("/api/query", answers.feed(answers.entry(comment="An earlier paper has been withdrawn")))
    assert "status" not in show(ask("arxiv", OWLS))


def test_answers_that_are_none_are_said_aloud(ask, service):
    for text, code in (("<feed", "bad-xml"), ("{}", "bad-xml")):
        service.say("/api/query", text)
        findings = ask("arxiv", OWLS)
        assert not findings.proposals
        assert code in codes(findings)
    service.say("/works", "<html>")
    assert "bad-json" in codes(ask("crossref", OWLS))


def test_a_service_out_of_order_is_left_alone(ask, service):
    service.say("/", (500, {}, ""))
    findings = ask("crossref", OWLS)
    assert (findings.answers, findings.failures) == (0, 1)
    assert "no-answer" in codes(findings)


@pytest.mark.skipif(not RECORDED.is_dir(), reason="the recorded answers are not here")
def test_recorded_answers_of_arxiv(ask, service):
    def say(name):
        (path,) = RECORDED.glob(name)
        service.say("/api/query?id_list", path.read_text(encoding="utf-8"))

    title = "Heat-bath random walks with Markov bases"
    say("id_1605.08386_*")
    findings = ask("arxiv", Paper(id="walks", title=title, links={"arxiv": ("1605.08386",)}))
    assert show(findings) == {"authors": ["Caprice Stanley", "Tobias Windisch"], "published": "2016-05-26"}
    say("id_abc_*")
    assert "source-error" in codes(
        ask("arxiv", Paper(id="walks", title=title, links={"arxiv": ("1605.08386",)}))
    )
    say("id_0000.0000_*")
    assert not ask("arxiv", Paper(id="walks", title=title, links={"arxiv": ("1605.08386",)})).proposals


def test_works_of_crossref_become_drafts():
    batch = import_crossref([TextFile(name="crossref", text='{"message": {"title": ["Owls"]}}')], "")
    assert (batch.entries, [p.code for p in batch.problems]) == (1, ["missing-field"])
    text = """{"message": {"items": [{"DOI": "10.1234/a", "title": ["Owls"], "issued": {"date-parts": [[null]]},
      "author": [{"name": "Owl Society"}, {"family": "Wren"}, {}, 7], "page": "e12", "type": "other"}, 4]}}"""
    batch = import_crossref([TextFile(name="crossref", text=text)], "")
    paper = batch.drafts[0].paper
    assert [a.name for a in paper.authors] == ["Owl Society", "Wren"]
    assert (paper.author_count, paper.published, paper.pages, paper.venue_type) == (4, "", "e12", None)
    assert len(batch.drafts) + len(batch.problems) == batch.entries
