"""References beside those of another processor of the same styles: `pandoc --citeproc`, for the same items.

    python -m benchmarks.citations --pandoc PANDOC          # invented records and those of ../shared/corpora
    python -m benchmarks.citations                          # only the time that the own ones take

`pandoc` comes with `benchmarks/peers/requirements.txt`. Quotation marks, apostrophes and spaces count as the same whatever their
form, and so does the letter that parts works of one year, since pandoc writes all references as one list.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
import yaml

from generator.citations.facts import build_facts
from generator.citations.join import CLOSE, OPEN
from generator.citations.names import Person
from generator.citations.references import build_references
from generator.citations.style import STYLES, find_file
from generator.formats.registry import TextFile, read_files
from generator.model import Paper

HERE = Path(__file__).parents[1]
CORPORA = HERE.parent / "shared" / "corpora"
SOURCES = {"bibtex": "bibtex/*.bib", "ris": "ris/*.ris", "arxiv": "arxiv/q_*.xml", "acl-xml": "acl-xml/*.xml"}
_SAME = str.maketrans(
    {"'": "’", "‘": "’", '"': "”", "“": "”", "\u00a0": " ", "\u202f": " ", "…": "...", OPEN: "“", CLOSE: "”"}
)
_YEAR_LETTER = re.compile(r"\b((?:19|20)\d\d|n\.d\.)-?[a-z]{1,2}\b(?=[).,])")
_NUMBER = re.compile(r"^(\[\d+\]|\d+\.)\s*")


def list_papers() -> Iterator[Paper]:
    """Yield the invented records of the golden file, then those of the shared collections."""
    golden = yaml.safe_load((HERE / "tests/golden/references.yml").read_text(encoding="utf-8"))
    for entry in golden:
        names = [
            {"name": name} if isinstance(name, str) else name for name in entry["record"].get("authors", ())
        ]
        yield msgspec.convert({**entry["record"], "authors": names}, Paper)
    for form, pattern in SOURCES.items():
        for path in sorted(CORPORA.glob(pattern)):
            file = TextFile(name=path.name, text=path.read_text(encoding="utf-8", errors="replace"))
            yield from (draft.paper for draft in read_files(form, [file], "2025-01-01", {}).drafts)


def build_item(number: int, paper: Paper) -> dict[str, Any]:
    """Return what a style asks of a paper, as pandoc reads it."""
    facts = build_facts(paper)
    names = {
        name: [*map(_build_name, each.people), *([{"literal": "others"}] if each.more else [])]
        for name, each in facts.names.items()
    }
    title = facts.texts["title"].translate(_SAME).replace("<", "&lt;")
    issued = {"issued": {"date-parts": [list(facts.issued)]}} if facts.issued else {}
    language = {} if facts.is_english else {"language": paper.language}
    return {
        "id": f"x{number}",
        "type": facts.type,
        **facts.texts,
        "title": title,
        **names,
        **issued,
        **language,
    }


def _build_name(person: Person) -> dict[str, str]:
    if person.literal:
        return {"literal": person.literal}
    parts = {"family": person.family, "given": person.given, "suffix": person.suffix}
    parts["non-dropping-particle"] = person.particle.rstrip()
    return {name: part for name, part in parts.items() if part}


def ask_pandoc(pandoc: Path, style: str, items: Sequence[dict[str, Any]], folder: Path) -> dict[str, str]:
    """Return pandoc's reference of each item, by its id."""
    bibliography = folder / "items.json"
    bibliography.write_text(json.dumps(items), encoding="utf-8")
    command = [str(pandoc), "--citeproc", "--csl", str(find_file(style)), "--bibliography", str(bibliography)]
    text = '---\nnocite: "@*"\n---\n'
    run = subprocess.run(  # noqa: S603 (the program that the caller names)
        [*command, "-f", "markdown", "-t", "json"], input=text, capture_output=True, text=True, check=True
    )
    found: dict[str, str] = {}
    _collect(json.loads(run.stdout)["blocks"], found)
    return found


def _collect(node: Any, found: dict[str, str]) -> None:  # noqa: ANN401 (pandoc's tree)
    if isinstance(node, list):
        for child in node:
            _collect(child, found)
    elif isinstance(node, dict) and node["t"] == "Div" and node["c"][0][0].startswith("ref-x"):
        found[node["c"][0][0].removeprefix("ref-")] = _say(node["c"][1])
    elif isinstance(node, dict):
        _collect(node.get("c"), found)


def _say(node: Any) -> str:  # noqa: ANN401 (as above)
    """Return the text of a part of pandoc's tree."""
    if isinstance(node, list):
        return "".join(map(_say, node))
    if not isinstance(node, dict):
        return ""
    match node["t"]:
        case "Str":
            return str(node["c"])
        case "Space" | "SoftBreak":
            return " "
        case "Quoted":
            return f"”{_say(node['c'][1])}”"
    return _say(node.get("c"))


def level(text: str) -> str:
    """Return a reference in which what does not count is the same."""
    said = _YEAR_LETTER.sub(r"\1", _NUMBER.sub("", text).translate(_SAME).replace("“", "”"))
    return " ".join(said.split())


def main() -> None:
    """Print the time of the own references, and what is different in pandoc's."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pandoc", type=Path)
    parser.add_argument("--show", type=int, default=5, help="how many differences of each style are printed")
    options = parser.parse_args()
    papers = list(list_papers())
    start = time.process_time()
    own = [build_references(paper) for paper in papers]
    out = sys.stdout
    print(
        f"{(time.process_time() - start) / len(papers) * 1000:.2f} ms a paper for {len(STYLES)} styles, {len(papers)} papers",
        file=out,
    )
    items = [build_item(number, paper) for number, paper in enumerate(papers)]
    for style in STYLES if options.pandoc else ():
        with TemporaryDirectory() as folder:
            theirs = ask_pandoc(options.pandoc, style, items, Path(folder))
        pairs = [(level(text[style]), level(theirs.get(f"x{n}", ""))) for n, text in enumerate(own)]
        other = [pair for pair in pairs if pair[0] != pair[1]]
        print(f"{style}: {len(pairs) - len(other)} of {len(pairs)} are the same", file=out)
        for mine, their in other[: options.show]:
            print(f"  own    {mine}\n  pandoc {their}", file=out)


if __name__ == "__main__":
    main()
