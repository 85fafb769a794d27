"""Parts of the documentation that are made from the code: `make docs` writes them, a test compares them."""

import ast
import json
import re
from collections import Counter
from pathlib import Path
from typing import get_args

import click
from field_uses import list_uses

from generator.cli import VERBS, main
from generator.fields import FIELDS
from generator.limits import LIMITS
from generator.model import Paper
from generator.problems import CODES
from generator.records.parse import FIELD_TYPES

ROOT = Path(__file__).parent.parent.parent
DOCS = ROOT / "content" / "docs"


def list_modules():
    """Return the table of modules with the first line of each."""
    rows = ["| module | what it is |", "|---|---|"]
    for path in sorted((ROOT / "generator").rglob("*.py")):
        if "scaffold" in path.parts:
            continue
        first = (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").split("\n")[0]
        name = path.relative_to(ROOT).as_posix().removesuffix("__init__.py")
        rows.append(f"| `{name}` | {first.replace('|', chr(92) + '|')} |")
    return "\n".join(rows)


def list_commands():
    """Return the help of every command."""
    parts = []
    for name in VERBS:
        command = main.get_command(None, name)
        top = click.Context(main, info_name="papershelf", terminal_width=100, **main.context_settings)
        context = click.Context(command, info_name=name, parent=top)
        parts.append(f"### {name}\n\n```text\n{command.get_help(context)}\n```")
    return "\n\n".join(parts)


def list_problems():
    """Return the table of problem codes."""
    return "\n".join(
        ["| code | meaning |", "|---|---|", *(f"| `{code}` | {text} |" for code, text in CODES.items())]
    )


def list_fields():
    """Return the table of the fields of a record."""
    rows = ["| field | meaning | example | limit |", "|---|---|---|---|"]
    for name, row in FIELDS.items():
        unit = "characters" if isinstance(getattr(Paper(title=""), name), str) else "items"
        limit = f"{row.limit:,} {unit}" if row.limit else ""
        kinds = (FIELD_TYPES[name], *get_args(FIELD_TYPES[name]))
        words = [word for kind in kinds for word in get_args(kind) if isinstance(word, str)]
        meaning = (
            f"{row.meaning} One of {', '.join(f'`{word}`' for word in words)}." if words else row.meaning
        )
        rows.append(f"| `{name}` | {meaning} | `{row.example}` | {limit} |")
    return "\n".join(rows)


def list_field_uses():
    """Return the table of what becomes of the fields of a record on the site and in exports."""
    forms = {"bibtex": "BibTeX", "ris": "RIS", "csl-json": "CSL-JSON", "csv": "CSV"}
    rows = [f"| field | shown in | {' | '.join(forms.values())} |", "|---" * (len(forms) + 2) + "|"]
    for field, (places, names) in list_uses().items():
        cells = [", ".join(f"`{name}`" for name in names[form]) for form in forms]
        rows.append(f"| `{field}` | {', '.join(places)} | {' | '.join(cells)} |")
    return "\n".join(rows)


def list_limits():
    """Return the table of limits."""
    rows = [f"| {x.subject} | {x.number:,} {x.unit} | {x.beyond} |" for x in LIMITS]
    return "\n".join(["| on | limit | beyond it |", "|---|---|---|", *rows])


def list_builds():
    """Return the tables of the whole builds that were measured, made from the reports of `benchmarks.build`."""
    parts = []
    reports = [
        json.loads(path.read_text()) for path in (ROOT / "benchmarks" / "results").glob("builds-*.json")
    ]
    for report in sorted(reports, key=lambda r: r["papers"]):
        parts.append(
            f"### {report['papers']:,} papers\n\nMeasured on {report['date']}: {report['machine']}.\n"
        )
        rows = [
            "| generator | seconds | of all processors | peak MB | pages | MB |",
            "|---|---|---|---|---|---|",
        ]
        for name, b in report["builds"].items():
            cells = (
                b["wall_s"],
                b["user_s"],
                f"{b['peak_mb']:,}",
                f"{b['pages']:,}",
                f"{b['bytes'] / 1e6:,.1f}",
            )
            rows.append(f"| {name} | {' | '.join(map(str, cells))} |")
        own = report["builds"]["papershelf"]
        stages = ", ".join(f"{name} {seconds} s" for name, seconds in own["stages"].items())
        records = report["records"]
        parts.append("\n".join(rows))
        parts.append(
            f"\nStages of papershelf: {stages}. Writing the same files with nothing else: {own['disk_s']} s. "
            f"Reading the records: JSON Lines {records['jsonl']} s, YAML {records['yaml']} s, "
            f"YAML when kept from an earlier build {records['yaml_again']} s.\n"
        )
    return "\n".join(parts).strip()


def list_faults():
    """Return the table of the errors that were made on purpose, from the report of `benchmarks.faults`."""
    report = json.loads((ROOT / "benchmarks" / "results" / "faults.json").read_text())
    rows = [
        f"Measured on {report['date']}: {report['machine']}.\n",
        "| fault | tried | survived |",
        "|---|---|---|",
    ]
    rows += [
        f"| {case['what']} | {case['tried']} | {case['survived']} |" for case in report["cases"].values()
    ]
    memory = report["cases"].get("768 MB", {}).get("trials", [])
    return "\n".join([*rows, *(f"\nMemory of 10,000 papers: {'; '.join(memory)}." for _ in memory[:1])])


def list_tried():
    """Return the tables of what was tried on readers and on tests, from the reports of `benchmarks.fuzz` and `benchmarks.mutants`."""
    results = ROOT / "benchmarks" / "results"
    fuzzed = json.loads((results / "fuzz.json").read_text())
    rows = ["| reader | minutes of a processor | texts |", "|---|---|---|"]
    rows += [f"| `{name}` | {row['minutes']:g} | {row['texts']:,} |" for name, row in fuzzed.items()]
    rows += ["", "| broken on purpose | changes | noticed by tests | share |", "|---|---|---|---|"]
    reasons = Counter()
    for name, files in json.loads((results / "mutants.json").read_text()).items():
        made, noticed = (sum(row[key] for row in files.values()) for key in ("mutants", "noticed"))
        rows.append(f"| {name}, {len(files)} files | {made:,} | {noticed:,} | {noticed / made:.1%} |")
        for row in files.values():
            reasons.update(row["missed"].values())
    rows += ["", "| why a change was not noticed | changes |", "|---|---|"]
    return "\n".join([*rows, *(f"| {reason} | {number} |" for reason, number in reasons.most_common())])


def list_search_peers():
    """Return the table of searches that were measured, from the report of `benchmarks.search_peers`."""
    report = json.loads((ROOT / "benchmarks" / "results" / "search-peers.json").read_text())
    rows = [
        f"Measured on {report['date']}: {report['machine']}.\n",
        f"| {' | '.join(report['columns'])} |",
        "|---" * len(report["columns"]) + "|",
    ]
    return "\n".join([*rows, *(f"| {' | '.join(row)} |" for row in report["rows"])])


def list_page_speeds():
    """Return the tables of what pages take on a phone, made from the reports of `benchmarks.pages`."""
    parts = []
    reports = [
        json.loads(path.read_text()) for path in (ROOT / "benchmarks" / "results").glob("pages-*.json")
    ]
    for report in sorted(reports, key=lambda r: r["papers"]):
        name, size = report["largest"]
        parts.append(
            f"### Pages of {report['papers']:,} papers\n\nMeasured on {report['date']}: {report['machine']}, "
            f"the median of {report['runs']} visits. The largest page, `{name}`, has {size:,} bytes.\n"
        )
        rows = [
            "| page | LCP ms | TBT ms | busy ms | shift | HTML kB | CSS kB | JS kB | data kB | requests |",
            "|---|---|---|---|---|---|---|---|---|---|",
        ]
        for page, row in report["pages"].items():
            sent = [f"{row['sent'].get(kind, 0) / 1000:.1f}" for kind in ("html", "css", "js", "data")]
            cells = (
                row["lcp_ms"],
                row["tbt_ms"],
                row["busy_ms"],
                f"{row['shift']:.3f}",
                *sent,
                row["requests"],
            )
            rows.append(f"| {page} | {' | '.join(map(str, cells))} |")
        parts.append("\n".join(rows) + "\n")
        if "scores" in report:
            names = list(next(iter(report["scores"].values())))
            rows = [f"| Lighthouse | {' | '.join(names)} |", "|---" * (len(names) + 1) + "|"]
            rows += [
                f"| {page} | {' | '.join(map(str, s.values()))} |" for page, s in report["scores"].items()
            ]
            parts.append("\n".join(rows) + "\n")
    return "\n".join(parts).strip()


def list_imports():
    """Return the table of imports that were measured, from the report of `benchmarks.imports`."""
    report = json.loads((ROOT / "benchmarks" / "results" / "imports.json").read_text())
    rows = [
        f"Measured on {report['date']}: {report['machine']}.\n",
        "| file | entries | processor s | peak MB | report kB |",
        "|---|---|---|---|---|",
    ]
    for name, row in report["files"].items():
        times = sorted(row["processor_s"])
        said = f"{times[len(times) // 2]:.1f} ({times[0]:.1f} to {times[-1]:.1f})"
        rows.append(
            f"| {name} | {row['entries']:,} | {said} | {row['peak_mb']} | {row['report_bytes'] / 1000:.0f} |"
        )
    return "\n".join(rows)


PARTS = {
    "speed.md": {
        "builds": list_builds,
        "imports": list_imports,
        "search": list_search_peers,
        "pages": list_page_speeds,
    },
    "modules.md": {"modules": list_modules},
    "reference.md": {
        "commands": list_commands,
        "problems": list_problems,
        "faults": list_faults,
        "fields": list_fields,
        "field uses": list_field_uses,
        "limits": list_limits,
        "tried": list_tried,
    },
}


def renew(text, parts):
    """Return a page with its generated parts made anew."""
    for name, build in parts.items():
        pattern = re.compile(f"<!-- {name} -->\n.*?<!-- /{name} -->", re.DOTALL)
        assert pattern.search(text), f"no place for {name}"
        made = f"<!-- {name} -->\n\n{build()}\n\n<!-- /{name} -->"
        text = pattern.sub(made.replace("\\", r"\\"), text)
    return text


if __name__ == "__main__":
    for file, parts in PARTS.items():
        path = DOCS / file
        path.write_text(renew(path.read_text(encoding="utf-8"), parts), encoding="utf-8")
