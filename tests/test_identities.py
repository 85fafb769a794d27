"""What names a paper: both languages write it alike, and the engine finds papers by it."""

import json
import textwrap

import pytest
import yaml
from goldens import FOLDER
from search_support import ENGINE, ask, build_folder, run_node

from generator.identifiers import list_identities, parse_identifier
from generator.model import Paper

CASES = yaml.safe_load((FOLDER / "identifiers.yml").read_text(encoding="utf-8"))
NAMES = (
    f"const IDENTIFIERS = {json.dumps((ENGINE.parents[1] / 'shared' / 'identifiers.js').as_uri())};"
    """
const { identify, nameIdentifier } = await import(IDENTIFIERS);
const name = ({ kind, text }) => [["doi", "arxiv", "openreview"].includes(kind) ? nameIdentifier(kind, text) : identify(text), identify(text)];
return question.map(name);
"""
)


def name_in_python(case):
    found = parse_identifier(case["kind"], case["text"])
    return list(list_identities({case["kind"]: [found]} if found else {}))


def test_python_and_javascript_name_identifiers_alike():
    for case, (by_kind, by_looks) in zip(CASES, run_node(NAMES, CASES), strict=True):
        assert name_in_python(case) == by_kind == case["names"], case
        assert by_looks == case["names"], case


@pytest.mark.parametrize("word", ["multimodal", "hallucination", "benchmarking_owls", "GPT-4", "2024"])
def test_a_word_is_no_identifier(word):
    assert run_node(NAMES, [{"kind": "page", "text": word}])[0][1] == []


PAPERS = [
    Paper(id="owls", title="Owls at Night", links={"doi": ("10.1000/owl-1",), "arxiv": ("2401.00042",)}, added="2025-01-01"),
    Paper(id="wrens-by-day-00c0ffee", title="Wrens by Day", links={"openreview": ("aB3_d-Efgh",)}, aliases=("old-wrens",), added="2025-01-02"),
    Paper(id="mice", title="Mice that Hear 10 Owls, doi, 1000 arXiv", links={"page": ("https://example.org/mice/",)}, added="2025-01-03"),
    Paper(id="wrens-by-day-00-c0ffee", title="Wrens", links={"doi": ("10.48550/arxiv.2401.00043",)}, added="2025-01-04"),
]  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return build_folder(PAPERS, tmp_path_factory.mktemp("index"))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("10.1000/OWL-1", "owls"),
        ("doi:10.1000/owl-1", "owls"),
        ("doi: 10.1000/owl-1", "owls"),
        ("https://doi.org/10.1000/owl-1", "owls"),
        ("arXiv:2401.00042v7", "owls"),
        (" 2401.00042 ", "owls"),
        ("https://arxiv.org/pdf/2401.00042v1.pdf", "owls"),
        ("2401.00043", "wrens-by-day-00-c0ffee"),
        ("aB3_d-Efgh", "wrens-by-day-00c0ffee"),
        ("http://www.example.org/mice", "mice"),
    ],
)
def test_an_identifier_finds_its_paper_alone_and_says_nothing_else(folder, query, found):
    answer = ask(folder, query)
    assert [card["id"] for card in answer["cards"]] == [found]
    assert answer["problems"] == answer["mended"] == []


@pytest.mark.parametrize("query", ["old-wrens", "wrens-by-day-00c0ffee"])
def test_an_id_finds_its_paper_first(folder, query):
    assert ask(folder, query)["cards"][0]["id"].startswith("wrens-by-day")


def test_an_identifier_still_obeys_filters(folder):
    assert ask(folder, "2401.00042", filters={"kind": ["survey"]})["total"] == 0


CALLS = (
    f"const ENGINE = {json.dumps(ENGINE.as_uri())};"
    """
const { Engine } = await import(ENGINE);
const { folder, ids, names } = question;
const loads = [];
const engine = await Engine.open(async (file) => { loads.push(file); return new Uint8Array(await readFile(`${folder}/${file}`)); });
const found = await engine.find(names);
const blocks = loads.filter((file) => file.startsWith("t-"));
return { found: [...found], documents: [...(await engine.documentsOf(ids))], blocks };
"""
)


def call(folder, *, ids=(), names=()):
    return run_node(CALLS, {"folder": str(folder), "ids": list(ids), "names": list(names)})


def test_ids_lead_to_documents_even_former_ones_and_those_that_look_alike(folder):
    ids = ["mice", "wrens-by-day-00-c0ffee", "wrens-by-day-00c0ffee", "old-wrens", "owls", "no-such", ""]
    assert dict(call(folder, ids=ids)["documents"]) == {
        "mice": 2, "wrens-by-day-00-c0ffee": 3, "wrens-by-day-00c0ffee": 1, "old-wrens": 1, "owls": 0,
    }  # fmt: skip


def test_names_lead_to_documents(folder):
    found = dict(
        call(folder, names=["owlsatnight", "doi:10.1000/owl-1", "url:example.org/mice", "nothing"])["found"]
    )
    assert found == {"owlsatnight": [0], "doi:10.1000/owl-1": [0], "url:example.org/mice": [2]}


def test_many_names_load_each_block_once_and_only_those_of_names(tmp_path):
    papers = [Paper(id=f"p{n}", title=f"Owls {n} and wrens {n * 7} of woods {n * 31}", links={"doi": (f"10.1000/{n}",)}) for n in range(1500)]  # fmt: skip
    folder = build_folder(papers, tmp_path)
    answer = call(folder, names=[f"doi:10.1000/{n}" for n in range(3000)])
    assert len(answer["found"]) == 1500
    assert len(answer["blocks"]) == len(set(answer["blocks"]))
    manifest = json.loads((folder / "manifest.json").read_bytes())
    blocks = textwrap.wrap(manifest["blocks"], 6)
    named = [n for n, first in enumerate(manifest["firsts"]) if first.startswith("=#")]
    allowed = {f"t-{blocks[n]}.bin" for n in [named[0] - 1, *named]}
    assert set(answer["blocks"]) <= allowed
    assert len(allowed) < len(blocks) - 3
