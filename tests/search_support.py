"""The real engine over an index on disk, asked one question at a time."""

import json
import subprocess

from support import ROOT

from generator.links.catalogue import build_catalogue
from generator.model import Shelf, Site, Taxonomy
from generator.outputs.search.index import FOLDER, build_index

ENGINE = ROOT / "theme_overrides" / "assets" / "papershelf" / "search" / "engine.js"
ASK = """
import {readFile} from "node:fs/promises";
const {Engine} = await import(%s);
const {folder, questions} = JSON.parse(await new Response(process.stdin).text());
const engine = await Engine.open(async (file) => new Uint8Array(await readFile(`${folder}/${file}`)));
const answers = [];
for (const [query, options] of questions) {
  const results = await engine.search(query, options);
  const counts = results.counts && Object.fromEntries(Object.entries(results.counts).map(([k, v]) => [k, Object.fromEntries(v)]));
  const cards = await engine.cards(results.documents.slice(0, 10));
  answers.push({...results, counts, cards, authors: await engine.authors(query, 5)});
}
console.log(JSON.stringify(answers));
"""


def build_folder(papers, folder, *, meaning=False):
    """Write the index of some papers and return the folder that holds its files."""
    shelf = Shelf(papers={paper.id: paper for paper in papers}, places={})
    site = Site(
        shelf=shelf, taxonomy=Taxonomy(), placements={}, related={}, catalogue=build_catalogue(shelf, {})
    )
    for file in build_index(site, abstracts=True, meaning=meaning):
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.body)
    return folder / FOLDER


def ask(folder, query, **options):
    """Return the engine's answer to a query."""
    return ask_many(folder, [(query, options)])[0]


def ask_many(folder, questions):
    """Return the engine's answers to queries, each with its options."""
    return run_node(ASK % json.dumps(ENGINE.as_uri()), {"folder": str(folder), "questions": questions})


def run_node(code, question):
    """Return what a module prints as JSON when it is given a question as JSON."""
    command = ["node", "--input-type=module", "-e", code]
    done = subprocess.run(command, input=json.dumps(question), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def export(folder, documents, name):
    """Return some documents as the engine exports them."""
    code = """
import {readFile} from "node:fs/promises";
const {Engine} = await import(%s);
const {folder, documents, name} = JSON.parse(await new Response(process.stdin).text());
const engine = await Engine.open(async (file) => new Uint8Array(await readFile(`${folder}/${file}`)));
console.log(JSON.stringify((await engine.exportAs(documents, name)).text));
"""
    question = {"folder": str(folder), "documents": documents, "name": name}
    return run_node(code % json.dumps(ENGINE.as_uri()), question)
