"""Where each field of a record shows, and what exports call it: seen by building a shelf with the field and without it."""

import json
import re
import tempfile
from pathlib import Path

import yaml

from generator.exports.texts import ALL_EXPORTS
from generator.fields import FIELDS
from generator.pages.parts.templates import render_markdown
from generator.pipeline import build_assets, build_site, plan_pages
from generator.settings import Settings

KEY, OTHER = "owls-at-night", "owls-in-the-dark"
TOPICS = "- {id: hearing, name: Hearing, rules: [ears]}\n- {id: vision, name: Vision, rules: [owls]}\n"
STATUS = {"status": "superseded", "status_note": "They left.", "superseded_by": OTHER}
PARTS = {"t": "search", "p": "search", "d": "results", "c": "filters", "o": "filters", "f": "filters"}
"""What a file of the search index is for, by the first letter of its name."""
PICTURE = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\2\0\0\0\2"
"""The beginning of a picture of two by two pixels."""
TAGS = {
    "bibtex": re.compile(r"^ +(\w+) = ", re.MULTILINE),
    "ris": re.compile(r"^(\w\w)  - ", re.MULTILINE),
}


def build(values, folder):
    """Return the site of a shelf of two records, one of them with these values, and its settings."""
    (folder / "papers").mkdir()
    (folder / "figures").mkdir()
    (folder / "figures" / "owls.png").write_bytes(PICTURE)
    record = yaml.safe_dump(
        {name: value for name, value in values.items() if name != "id"}, allow_unicode=True
    )
    (folder / "papers" / f"{KEY}.yml").write_text(record)
    (folder / "papers" / f"{OTHER}.yml").write_text(
        "title: Owls in the Dark\npublished: '2025'\nadded: '2025-01-02'\n"
    )
    (folder / "topics.yml").write_text(TOPICS)
    settings = Settings(content=folder, abstracts="show")
    return build_site(settings)[0], settings


def list_names(form, text):
    """Return what a format calls the facts in the text of one paper, each with its values."""
    if form == "csl-json":
        return json.loads(text)[0]
    if form == "csv":
        head, row = (line.split(",") for line in text.splitlines())
        return dict(zip(head, row, strict=False))
    first, *parts = TAGS[form].split(text.rstrip().removesuffix("}"))
    names = dict(zip(("type of the entry", "key of the entry"), first.strip("@,\n").split("{"), strict=False))
    for name, value in zip(parts[::2], parts[1::2], strict=True):
        names[name] = names.get(name, "") + value.rstrip(",\n")
    return names


def look(values):
    """Return what there is of a record with these values: its page, the parts of the search, and its exports."""
    with tempfile.TemporaryDirectory() as folder:
        site, settings = build(values, Path(folder))
        page = next(plan for plan in plan_pages(site, settings) if plan.path == f"papers/{KEY}.md").make()
        text = re.sub(r"<pre>.*?</pre>", "", render_markdown(page), flags=re.DOTALL)
        seen = {"page": text, "tags": str(page.head["tags"])}
        for asset in build_assets(site, settings):
            name = Path(asset.path).name
            part = PARTS.get(name.partition("-")[0].removesuffix("x"))
            if "/index/" in asset.path and part:
                seen[part] = (*seen.get(part, ()), asset.body)
        paper = [site.shelf.papers[KEY]]
        exports = {
            form: list_names(form, ALL_EXPORTS[form].render_list(paper))
            for form in ("bibtex", "ris", "csl-json", "csv")
        }
    return seen, exports


def list_uses():
    """Return for each field where it shows, and its names in BibTeX, RIS, CSL-JSON and CSV."""
    full = {name: yaml.safe_load(row.example) for name, row in FIELDS.items() if name not in STATUS}
    whole, superseded = look(full), look(full | STATUS)
    uses = {}
    for name in FIELDS:
        if name == "id":
            continue
        base = superseded if name in STATUS else whole
        values = full | STATUS if name in STATUS else full
        other = {"title": "A Barn", "status": "active"}.get(name)
        less = look(
            {key: value for key, value in values.items() if key != name} | ({name: other} if other else {})
        )
        places = [place for place in base[0] if base[0][place] != less[0].get(place)]
        names = {
            form: [tag for tag in said if said[tag] != less[1][form].get(tag)]
            for form, said in base[1].items()
        }
        uses[name] = (places, names)
    return uses
