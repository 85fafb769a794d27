"""The export of a shelf with hard names and titles, as real BibTeX, biber and pdflatex print it in the usual styles."""

import re
import shutil
import subprocess

import pytest

from generator.exports.texts import EXPORTS
from generator.model import Author, Paper
from generator.text.escaping import escape_bibtex
from generator.text.latex import latex_to_text

pytestmark = pytest.mark.skipif(
    not all(map(shutil.which, ("bibtex", "biber", "pdflatex"))),
    reason="TeX is not installed: `sh tests/install_tools.sh tex` installs it as root on Debian",
)

FULL = ("plain", "unsrt", "alpha", "plainnat")
SHORT = ("abbrv", "ieeetr", "apalike")
NAMES = {  # as the record has it: as styles print it in full, and abbreviated
    "João Muñoz": ("João Muñoz", "J. Muñoz"),
    "Ángel Íñigo": ("Ángel Íñigo", "Á. Íñigo"),
    "Çelik, Şule": ("Şule Çelik", "Ş. Çelik"),
    "Holeš, Žan": ("Žan Holeš", "Ž. Holeš"),
    "Nguyễn, Lan": ("Lan Nguyễn", "L. Nguyễn"),
    "Trần, Đức": ("Đức Trần", "Đ. Trần"),
    "Phạm, Ồn": ("Ồn Phạm", "Ồ. Phạm"),
    "Hưởng, Ảnh": ("Ảnh Hưởng", "Ả. Hưởng"),
    "Ṣafī, Ḥasan": ("Ḥasan Ṣafī", "Ḥ. Ṣafī"),
    "Ǧazāl, Ẓāhir": ("Ẓāhir Ǧazāl", "Ẓ. Ǧazāl"),
    "Gogh, ’Abd": ("’Abd Gogh", "’A. Gogh"),
    "van der Öwl, Jean-Łuc": ("Jean-Łuc van der Öwl", "J.-Ł. van der Öwl"),
    "Owl, Jane, Jr.": ("Jane Owl, Jr.", "J. Owl, Jr."),
}
BODIES = (
    "World Bird Organization",
    "U.S. Dept. of Nests, Owls and Wrens",
    "Aéro Club",
    "École des Nids",
    "Owl Team",
)
TITLES = {  # with what no style may put into lower case
    r"Nest search in $O(N)$ with $\Delta$-trees and $k$NN": (r"$O(N)$", r"$\Delta$-trees", "$k$NN"),
    "On β-OWL, ΔNest and ÖVB with ŁLM, Part I": ("β-OWL", "ΔNest", "ÖVB", "ŁLM", "Part I".rpartition(" ")[2]),
    "“Owls” & 50% of_them: {x} \\o § 3 in Huế": ("“Owls”", "& 50% of_them", "{x} \\o § 3"),
}
PAPERS = [
    *(
        Paper(
            id=f"name-{number}", title="Nests", authors=(Author(name=name),), published="2020-10-03",
            venue="Birds & Beasts", venue_type="journal", volume="3", pages="1–9", editors=("Wren, Bob",),
        )
        for number, name in enumerate(NAMES)
    ),
    *(
        Paper(
            id=f"body-{number}", title="Nests", authors=(Author(name=name, literal=True), Author(name="Owl, Ann")),
            published="2020", venue="Birds", venue_type="journal",
        )
        for number, name in enumerate(BODIES)
    ),
    *(
        Paper(
            id=f"alone-{number}", title="Nests", authors=(Author(name=name, literal=True),), published="2020", venue="Birds",
            venue_type="journal",
        )
        for number, name in enumerate(BODIES)
    ),
    *(
        Paper(
            id=f"title-{number}", title=title, authors=(Author(name="Owl, Jane"),), published="2020", venue="Birds",
            venue_type="conference", extra={"others": "authors"}, links={"doi": ("10.1000/a_b{c}",)},
        )
        for number, title in enumerate(TITLES)
    ),
]  # fmt: skip


def run(folder, *command):
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=300)
    return done.returncode, (done.stdout + done.stderr).decode("utf-8", "replace")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return a folder with the export and the bibliography that each style makes of it."""
    folder = tmp_path_factory.mktemp("tex")
    (folder / "shelf.bib").write_text(EXPORTS["bibtex"].render_list(PAPERS))
    for style in (*FULL, *SHORT):
        (folder / f"{style}.aux").write_text(f"\\citation{{*}}\n\\bibstyle{{{style}}}\n\\bibdata{{shelf}}\n")
        code, said = run(folder, "bibtex", style)
        assert (code, "Warning" in said) == (0, False), said
    return folder


def read_entries(folder, style):
    """Return the entries of a bibliography as people see them, by key, on one line each."""
    text = (folder / f"{style}.bbl").read_text("utf-8")
    parts = re.split(r"\\bibitem.*?\{((?:name|body|alone|title)-\d+)\}", text, flags=re.DOTALL)[1:]
    shown = (
        " ".join(re.sub(r"\\newblock|\\emph|\\em\b|\\end\{.*", " ", part, flags=re.DOTALL).split())
        for part in parts[1::2]
    )
    return {
        key: latex_to_text(" ".join(part.split()), whole=True)
        for key, part in zip(parts[::2], shown, strict=True)
    }


@pytest.mark.parametrize("style", [*FULL, *SHORT])
def test_no_style_tears_a_name(folder, style):
    entries = read_entries(folder, style)
    assert len(entries) == len(PAPERS)
    for number, (full, short) in enumerate(NAMES.values()):
        said = entries[f"name-{number}"]
        if style == "apalike":
            initials, _, family = short.removesuffix(", Jr.").partition(" ")
            assert said.startswith(family)
            assert initials in said
        else:
            assert (full if style in FULL else short) in said
    for number, name in enumerate(BODIES):
        assert name in entries[f"body-{number}"]
        assert name in entries[f"alone-{number}"]


@pytest.mark.parametrize("style", [*FULL, *SHORT])
def test_no_style_changes_formulas_and_capitals(folder, style):
    entries = read_entries(folder, style)
    for number, (title, kept) in enumerate(TITLES.items()):
        said = entries[f"title-{number}"]
        assert title.casefold() in said.casefold()
        assert [part for part in kept if part not in said] == []
        assert re.search(r"et al|and others", said)
    assert style == "apalike" or re.search(r"Oct(ober|\.)", entries["name-0"])


def test_pdflatex_prints_all_styles(folder):
    lines = [
        r"\documentclass{article}\usepackage[T1]{fontenc}\usepackage{amssymb}\usepackage{url}\usepackage[numbers]{natbib}\begin{document}"
    ]
    lines += [rf"\input{{{style}.bbl}}" for style in (*FULL, *SHORT)]
    (folder / "all.tex").write_text("\n".join([*lines, r"\end{document}", ""]))
    code, said = run(folder, "pdflatex", "-draftmode", "-interaction=nonstopmode", "all.tex")
    assert [line for line in said.splitlines() if line.startswith("!") or "Missing character" in line] == []
    assert code == 0


BIBLATEX = r"""\documentclass{article}\usepackage[T1]{fontenc}\usepackage{amssymb}
\usepackage[backend=biber,giveninits=true]{biblatex}
% biber writes letters, and pdflatex must know those that are in no font of T1
%s
\addbibresource{shelf.bib}\begin{document}\nocite{*}\printbibliography\end{document}
"""


def test_biber_reads_each_letter(folder):
    letters = {sign for name in NAMES for sign in name if ord(sign) > 0x17F} | {"ế"}
    known = "".join(
        rf"\DeclareUnicodeCharacter{{{ord(sign):04X}}}{escape_bibtex(sign)}"
        for sign in sorted(letters - {"’"})
    )
    (folder / "biber.tex").write_text(BIBLATEX.replace("%s", known))
    latex = ("pdflatex", "-draftmode", "-interaction=nonstopmode", "biber.tex")
    run(folder, *latex)
    code, said = run(folder, "biber", "biber")
    assert (code, "WARN" in said) == (0, False), said
    bbl = (folder / "biber.bbl").read_text("utf-8")
    for number, name in enumerate(NAMES):
        part = bbl.partition(rf"\entry{{name-{number}}}")[2].partition(r"\endentry")[0]
        given, initial = (
            re.search(rf"{field}={{(.*?)}}+[,%]*$", part, re.MULTILINE)[1] for field in ("given", "giveni")
        )
        assert latex_to_text(given.replace(r"\bibnamedelima", ""), whole=True) in name
        assert initial.removesuffix(r"\bibinitperiod")[0] in "ÁŞŽLĐỒAḤẒ’J"
    said = run(folder, *latex)[1]
    assert [line for line in said.splitlines() if line.startswith("!") or "Missing character" in line] == []
