"""The scripts as a site serves them, run by Node: the real engine over an index on disk, asked one question at a time."""

import atexit
import functools
import json
import subprocess
import tempfile
from pathlib import Path

from generator.catalogue import build_catalogue
from generator.labels.labels import ENGLISH, load_labels
from generator.mkdocs_plugin.theme import find_theme, is_script, pack_script
from generator.model import Shelf, Site, Taxonomy
from generator.search.index import build_index
from generator.urls.files import SEARCH_INDEX


@functools.cache
def pack_scripts(language=ENGLISH):
    """Return a folder with the theme's scripts in a language, which is gone when the tests end."""
    holder = tempfile.TemporaryDirectory(prefix="papershelf-scripts-")
    atexit.register(holder.cleanup)
    folder = Path(holder.name)
    (folder / "package.json").write_text('{"type": "module"}')
    theme = find_theme()
    for script in theme.rglob("*.js"):
        name = script.relative_to(theme).as_posix()
        if is_script(name):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(pack_script(script.read_text("utf-8"), load_labels(language)), "utf-8")
    return folder / "assets" / "papershelf"


ENGINE = pack_scripts() / "search" / "engine.js"
ASK = """
const {engine: url, folder, questions} = question;
const {Engine} = await import(url);
const engine = await Engine.open(async (file) => new Uint8Array(await readFile(`${folder}/${file}`)));
const answers = [];
for (const [query, options] of questions) {
  const results = await engine.search(query, options);
  const counts = results.counts && Object.fromEntries(Object.entries(results.counts).map(([k, v]) => [k, Object.fromEntries(v)]));
  const cards = await engine.cards(results.documents.slice(0, 10));
  answers.push({...results, counts, cards, authors: await engine.authors(query, 5)});
}
return answers;
"""


def build_folder(papers, folder, *, meaning=False, embeddings=None):
    """Write the index of some papers and return the folder that holds its files."""
    shelf = Shelf(papers={paper.id: paper for paper in papers}, places={}, embeddings=embeddings or {})
    site = Site(
        shelf=shelf, taxonomy=Taxonomy(), placements={}, related={}, catalogue=build_catalogue(shelf, {})
    )
    for file in build_index(site, abstracts=True, meaning=meaning):
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.body)
    return folder / SEARCH_INDEX


def ask(folder, query, **options):
    """Return the engine's answer to a query."""
    return ask_many(folder, [(query, options)])[0]


def ask_many(folder, questions):
    """Return the engine's answers to queries, each with its options."""
    return run_node(ASK, {"engine": ENGINE.as_uri(), "folder": str(folder), "questions": questions})


@functools.cache
def start_node():
    """Start the Node that runs code for all tests; starting one for each would take a third of the time of the tests."""
    process = subprocess.Popen(
        ["node", Path(__file__).with_name("node.mjs")], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    atexit.register(process.kill)
    return process


def run_node(code, question):
    """Return what the body of an async function returns when it is given a question; both are JSON on the way."""
    node = start_node()
    node.stdin.write(json.dumps({"code": code, "question": question}).encode() + b"\n")
    node.stdin.flush()
    answer = json.loads(node.stdout.readline())
    assert "error" not in answer, answer["error"]
    return answer.get("value")


def export(folder, documents, name):
    """Return some documents as the engine exports them."""
    code = """
const {engine: url, folder, documents, name} = question;
const {Engine} = await import(url);
const engine = await Engine.open(async (file) => new Uint8Array(await readFile(`${folder}/${file}`)));
return (await engine.exportAs(documents, name)).text;
"""
    question = {"engine": ENGINE.as_uri(), "folder": str(folder), "documents": documents, "name": name}
    return run_node(code, question)
