"""The reader's side of the bibliography check: entries, what they stand for, and what the shelf has of them."""

import hashlib
import json

import pytest
from msgspec.structs import replace
from search_support import ENGINE, build_folder, run_node
from support import SHARED

from generator.formats.bibtex.write import render_bibtex
from generator.formats.registry import TextFile, read_files
from generator.mkdocs_plugin.theme import find_theme
from generator.model import Author, Paper
from generator.records.deduplicate import merge_drafts
from generator.text.maths import plain
from generator.text.words import squeeze

CHECK = ENGINE.parent.parent / "check"
FOUND = (
    f"const [SCRIPTS, ENGINE] = {json.dumps([CHECK.as_uri(), ENGINE.as_uri()])};"
    """
const { readBibtex } = await import(`${SCRIPTS}/bibtex.js`);
const { readReference } = await import(`${SCRIPTS}/reference.js`);
const { matchReferences, renderEntry } = await import(`${SCRIPTS}/match.js`);
const { Engine } = await import(ENGINE);
const { folder, text } = question;
const parts = [...readBibtex(text)];
const references = parts.flatMap((part) => part.entries.map(readReference));
const verdicts = [];
const loads = [];
if (folder) {
  const engine = await Engine.open(async (file) => { loads.push(file); return new Uint8Array(await readFile(`${folder}/${file}`)); });
  for await (const some of matchReferences(engine, references)) for (const { reference, state, reason, card, said, update } of some)
    verdicts.push({ key: reference.entry.key, state, reason, id: card?.id ?? "", said, updated: update < 0 ? "" : await renderEntry(engine, update, reference.entry.key) });
}
return { references, faults: parts.flatMap((part) => part.faults), verdicts, loads };
"""
)


def read(text, folder=None):
    """Return the references and faults of a bibliography, and with an index the verdicts on them."""
    return run_node(FOUND, {"folder": folder and str(folder), "text": text})


def fields(text):
    return [reference["entry"]["fields"] for reference in read(text)["references"]]


def test_entries_keep_their_lines_and_their_text():
    text = "Words\r\n\r\n@Article{a,\r\n title={One}}\r\n % @misc{no, title={No}}\n@comment{x}\n @misc(b, title={Two}) @misc{c,title={Three}}\n"
    entries = [reference["entry"] for reference in read(text)["references"]]
    assert [(e["key"], e["line"], e["type"]) for e in entries] == [
        ("a", 3, "article"),
        ("b", 7, "misc"),
        ("c", 7, "misc"),
    ]
    assert entries[0]["raw"] == "@Article{a,\n title={One}}"


def test_strings_are_joined_and_macros_hold_wherever_they_stand_before():
    text = '@string{jan = "January"}\n@string(owl = {Owl } # jan)\n@misc{a, title = owl # { and } # "mice" # 7, month = mar}'
    assert fields(text)[0]["title"] == "Owl January and mice7"


def test_dollars_braces_and_odd_keys_do_no_harm():
    text = (
        "@misc{doi:10.1/a(b)@c, title={It costs $5 {Now}}}\n@misc{Müller!, title={{A}}}\n@misc{, title={C}}"
    )
    found = read(text)
    assert found["faults"] == []
    assert [r["entry"]["key"] for r in found["references"]] == ["doi:10.1/a(b)@c", "Müller!", ""]
    assert found["references"][0]["title"] == "It costs $5 Now"


@pytest.mark.parametrize(
    ("broken", "line", "what"),
    [
        ("@misc{a,\n title={never {closed\n}", 3, "A brace is opened and never closed"),
        ('@misc{a,\n title="never closed}', 3, "A quotation mark is opened and never closed"),
        ("@misc{a,\n title={x}\n year={2020}}", 5, "The closing } is missing before “year={2020}}”"),
        ("@misc{a,\n title={x},\n year 2020}", 5, "After “year” there is no equals sign"),
        ("@misc{a, title={x}", 3, "The closing } is missing"),
        ("@misc{a, tit", 3, "After “tit” there is no equals sign"),
    ],
)
def test_a_broken_entry_is_named_with_its_line_and_the_others_are_read(broken, line, what):
    found = read(f"@misc{{one, title={{One}}}}\n\n{broken}\n@misc{{two, title={{Two}}}}\n")
    assert [r["entry"]["key"] for r in found["references"]] == ["one", "two"]
    assert [(fault["line"], fault["what"].rstrip(".")) for fault in found["faults"]] == [(line, what)]


def test_what_would_cost_more_than_its_length_is_refused():
    many = (
        "@misc{a, " + "title={x}," * 40_000 + "}\n@misc{b, " + "title={x}," * 600 + "}\n@misc{c, title={C}}"
    )
    found = read(many)
    assert [r["entry"]["key"] for r in found["references"]] == ["c"]
    assert [fault["line"] for fault in found["faults"]] == [1, 2]


@pytest.mark.parametrize(
    "title",
    [
        r"M{\"o}wen, na{\"\i}ve {\AA}ngstr{\"o}m and \'Etude \v{S}koda \c{c}a \ss{} \o re {\L}\'{o}d\'{z}",
        r"On \emph{Owls} --- and \textbf{Mice}: 50\% \& more",
        r"An $\alpha$-Study of $O(n^2)$ and {$\Gamma$}~Rays",
        "Plain Title with {CAPITALS}",
    ],
)
def test_titles_are_read_as_the_importer_reads_them(title):
    text = f"@misc{{a, title = {{{title}}}}}"
    (draft,) = read_files("bibtex", [TextFile(name="a.bib", text=text)], "", {}).drafts
    assert read(text)["references"][0]["titles"] == [squeeze(plain(draft.paper.title))]


@pytest.mark.parametrize(
    ("entry", "names"),
    [
        ("doi = {https://doi.org/10.1000/A\\_b}", ["doi:10.1000/a_b"]),
        ("doi = {10.48550/arXiv.2401.00042}", ["doi:10.48550/arxiv.2401.00042", "arxiv:2401.00042"]),
        ("eprint = {2401.00042v2}, archiveprefix = {arXiv}", ["arxiv:2401.00042"]),
        ("eprint = {12345}, eprinttype = {pubmed}", []),
        ("journal = {arXiv preprint arXiv:2401.00042}", ["arxiv:2401.00042"]),
        ("journal = {CoRR}, volume = {abs/2401.00042}", ["arxiv:2401.00042"]),
        ("url = {https://openreview.net/forum?id=aB3_d-Efgh}", ["openreview:aB3_d-Efgh"]),
        ("howpublished = {\\url{https://example.org/a_b,c}}", ["url:example.org/a_b,c"]),
        ("note = {See https://arxiv.org/abs/2401.00042.}", ["arxiv:2401.00042"]),
        ("url = {https://huggingface.co/papers/2401.00042}", ["arxiv:2401.00042"]),
        ("url = {alphaxiv.org/abs/2401.00042v2}", ["arxiv:2401.00042"]),
        ("note = {Read it at ar5iv.labs.arxiv.org/html/2401.00042.}", ["arxiv:2401.00042"]),
        ("url = {https://dl.acm.org/doi/full/10.1145/1.2}", ["doi:10.1145/1.2"]),
        ("url = {openreview.net/pdf?id=aB3_d-Efgh}", ["openreview:aB3_d-Efgh"]),
        ("url = {https://aclanthology.org/N19-1423/}", ["doi:10.18653/v1/n19-1423", "url:aclanthology.org/N19-1423", "url:aclanthology.org/N19-1423.pdf"]),
        ("eprint = {2401.00042v1 [cs.CL]}", ["arxiv:2401.00042"]),
        ("eprint = {arXiv:2401.00042v1 [cs.CL]}", ["arxiv:2401.00042"]),
    ],
)  # fmt: skip
def test_what_names_a_work_is_found_in_its_fields(entry, names):
    assert read(f"@misc{{a, {entry}}}")["references"][0]["names"] == names


PAPER = Paper(
    id="owls", title="Owls at Night: A Study", authors=(Author(name="Möwe, Jane"),), published="2024-05", venue="Journal of Owls",
    venue_type="journal", links={"doi": ("10.1000/owl",), "arxiv": ("2401.00042",)},
)  # fmt: skip


def judge(tmp_path, entry, *papers):
    folder = build_folder([PAPER, *papers], tmp_path)
    (verdict,) = read(entry, folder)["verdicts"]
    return verdict


TITLE = 'title = {Owls at Night: A Study}, author = {Jane M{\\"o}we}'


@pytest.mark.parametrize(
    ("entry", "state", "reason"),
    [
        (f"@article{{k, {TITLE}, journal = {{J. Owls}}, year = 2024, doi = {{10.1000/OWL}}}}", "here", "same DOI"),
        (f"@misc{{k, {TITLE}, eprint = {{2401.00042v1}}, archiveprefix = {{arXiv}}}}", "newer", "same arXiv number"),
        (f"@article{{k, {TITLE}, journal = {{arXiv preprint}}, year = 2024}}", "newer", "same title"),
        (f"@article{{k, {TITLE}, journal = {{CoRR}}, year = 2023}}", "newer", "same title"),
        (f"@inproceedings{{k, {TITLE}, booktitle = {{Owls}}, year = 2022}}", "here", "same title"),
        (f"@inproceedings{{k, {TITLE}, booktitle = {{Owls}}, year = 2021}}", "perhaps", "same title, but 2024 here, 2021 in yours"),
        ("@misc{k, title = {Owls at Night}, doi = {10.1000/owl}}", "here", "same DOI"),
        ("@misc{k, doi = {10.1000/owl}}", "here", "same DOI"),
        ("@misc{k, title = {Wrens in the Morning}, doi = {10.1000/owl}}", "perhaps", "same DOI, but another title"),
        ("@misc{k, title = {Owls at Night: A Study}, author = {Bo Finch}}", "perhaps", "same title, but by Jane Möwe here"),
        ("@misc{k, title = {Owls}, doi = {10.1000/wren}}", "missing", ""),
    ],
)  # fmt: skip
def test_a_reference_has_a_state_and_a_reason(tmp_path, entry, state, reason):
    verdict = judge(tmp_path, entry)
    assert (verdict["state"], verdict["reason"]) == (state, reason)


@pytest.mark.parametrize(
    ("title", "state", "found"),
    [("Owls in C++", "here", "plus"), ("Owls in C\\#", "here", "sharp"), ("Owls in C", "perhaps", "plus"), ("{Owl} 15", "perhaps", "half"), ("owl-1.5.", "here", "half")],
)  # fmt: skip
def test_a_sign_that_is_part_of_a_name_tells_papers_apart(tmp_path, title, state, found):
    papers = [
        Paper(id=i, title=t)
        for i, t in (("plus", "Owls in C++"), ("sharp", "Owls in C#"), ("half", "Owl 1.5"))
    ]
    verdict = judge(tmp_path, f"@inproceedings{{k, title={{{title}}}, booktitle={{Birds}}}}", *papers)
    assert (verdict["state"], verdict["id"]) == (state, found)
    assert verdict["reason"] == (
        "same title" if state == "here" else "same title, but with another character"
    )


@pytest.mark.parametrize(
    ("entry", "found"),
    [
        ("title = {Eyes Wide Shut?}", "eyes"),
        ("title = {Wrens}", "wrens"),
        ("title = {NestBench: Comprehensive Multimodal Nest Benchmark}", "nest"),
        ("title = {Modelling Nests -- Large and Small}", "large"),
        ("title = {Nest Bench}, year = 2023", "nest"),
        ("title = {Nest Bench}, year = 2015", None),
        ("title = {Nest Bench}, author = {Finch, Bo}", None),
        ("title = {Nest Bench}, author = {Ann Owl and Bo Finch}", "nest"),
        ("title = {Nests}", None),
        ("title = {A Benchmark of Nests and Mice}", None),
        ("title = {The Wide}", None),
        ("title = {In the}", None),
    ],
)  # fmt: skip
def test_a_title_that_is_shorter_or_a_word_apart_is_perhaps_here(tmp_path, entry, found):
    papers = [
        Paper(id="eyes", title="Eyes Wide Shut? What Owls Do not See"),
        Paper(id="wrens", title="Wrens: Small Birds of the Woods"),
        Paper(id="nest", title="Nest-Bench: A Comprehensive Multi-modal Nest Benchmark", published="2024", authors=(Author(name="Ann Owl"),)),
        Paper(id="large", title="Modeling Nests: Large & Small"),
    ]  # fmt: skip
    verdict = judge(tmp_path, f"@misc{{k, {entry}}}", *papers)
    assert (verdict["state"], verdict["reason"]) == (
        ("perhaps", "similar title") if found else ("missing", "")
    )
    assert verdict["id"] == (found or "")


def test_a_withdrawn_paper_is_said_to_be_withdrawn_however_it_is_found(tmp_path):
    gone = Paper(id="gone", title="Gone Mice", status="withdrawn", status_note="A trap was set.")
    verdict = judge(tmp_path, "@inproceedings{k, title={Gone Mice}, booktitle={Mice}}", gone)
    assert (verdict["state"], verdict["said"]) == ("withdrawn", "This paper was withdrawn: A trap was set.")


def test_a_superseded_paper_leads_to_the_one_in_its_place_with_the_key_of_the_reader(tmp_path):
    old = Paper(id="old", title="Old Wrens", status="superseded", superseded_by="owls")
    verdict = judge(tmp_path, "@article{my$&key, title={Old Wrens}, journal={Wrens}}", old)
    assert verdict["state"] == "newer"
    assert verdict["updated"] == render_bibtex(replace(PAPER, id="my$&key")) + "\n"


def test_papers_whose_names_share_a_hash_are_told_apart(tmp_path):
    """These two DOIs have the same 32-bit hash; only the record says which of them the shelf has."""
    found = read("@misc{k, title={Another}, doi={%s}}" % TWINS[1], build_folder([Paper(id="twin", title="Twin", links={"doi": (TWINS[0],)})], tmp_path))  # fmt: skip  # noqa: UP031
    assert found["verdicts"][0]["state"] == "missing"


TWINS = ("10.1000/ehvdym", "10.1000/mvjrme")


def test_every_entry_of_an_imported_bibliography_is_found(tmp_path):
    files = sorted((SHARED / "corpora" / "bibtex").glob("*.bib"))
    if not files:
        pytest.skip("the corpora are not beside this checkout")
    text = "\n".join(file.read_text(encoding="utf-8") for file in files)
    batch = read_files("bibtex", [TextFile(name="all.bib", text=text)], "", {})
    report = merge_drafts({}, batch.drafts)
    verdicts = read(text, build_folder(list(report.papers.values()), tmp_path))["verdicts"]
    taken = {source.entry for paper in report.papers.values() for source in paper.sources}
    lost = [v["key"] for v in verdicts if v["key"] in taken and v["state"] not in {"here", "newer"}]
    assert len(verdicts) == batch.entries
    assert lost == ["BibTeXEscapeTest1"]  # a title of nothing but backslashes and braces


def test_every_paper_of_a_large_bibliography_is_found_and_only_what_is_needed_is_loaded(tmp_path):
    corpus = SHARED / "corpora" / "acl-anthology-8k.jsonl"
    if not corpus.exists():
        pytest.skip("the corpora are not beside this checkout")
    with corpus.open(encoding="utf-8") as file:
        rows = [json.loads(line) for line, _ in zip(file, range(1500), strict=False)]
    papers = [
        Paper(id=f"p{n:05}", title=row["title"], published=str(row["year"]), venue=row["venue"] or "", venue_type="conference",
              authors=tuple(Author(name=name) for name in row["authors"]), links={"doi": (row["doi"].lower(),)} if row.get("doi") else {})
        for n, row in enumerate(rows)
    ]  # fmt: skip
    folder = build_folder(papers, tmp_path)
    found = read("\n".join(render_bibtex(paper) for paper in papers), folder)
    assert found["faults"] == []
    states = [(v["key"], v["state"]) for v in found["verdicts"] if v["state"] != "here"]
    assert states == []
    assert not [file for file in found["loads"] if file.startswith("e-")]


def test_the_vendored_reader_is_the_published_one():
    vendor = find_theme() / "assets" / "papershelf" / "check" / "vendor"
    digest = hashlib.sha256((vendor / "verbatim.js").read_bytes()).hexdigest()
    assert digest == "ddd29fa0f92bb0a69af5cfb258aa6c0dd049cd298287e8321ee73b0847807c0e", "run `make vendor`"
    assert "MIT License" in (vendor / "verbatim.LICENSE").read_text()


def test_the_browser_reads_the_letters_that_we_write():
    title = "Nests of Đức Hưởng, Ảnh Nguyễn, Şule Řehoř, Иван, 李明 and Żak at Huế"
    paper = replace(PAPER, title=title, authors=(Author(name="Hưởng, Ảnh"), Author(name="João Íñigo")))
    (reference,) = read(render_bibtex(paper))["references"]
    assert reference["title"] == title, reference
