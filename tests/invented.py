"""A record and topics with all facts that there are, invented."""

import struct
import zlib


def draw_png(width, height):
    """Return a picture of one colour in PNG."""

    def chunk(name, body):
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x80" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


PNG = draw_png(640, 400)
RECORD = """
title: 'Owls & <b>"Mice"</b>: $x^2$ nights at $\\frac{a}{b}$'
summary: Owls hunt $\\mathbb{R}^n$ mice. They <hear> them.
abstract: "One $\\\\alpha$ paragraph.\\n\\nAnother & more."
authors: [Jane Möwe, {name: Ann Owl, orcid: 0000-0002-1825-0097}]
published: '2024-05-01'
added: '2025-01-02'
extra: {tests: 'Mice & <voles>, =2', nests: 1.2K}
venue: Journal of $n$ Birds
venue_type: journal
kind: survey
status: superseded
status_note: See $y$.
superseded_by: owls
featured: true
note: Begin here.
topics: [birds, wrens]
links:
  doi: 10.1000/owls?a=1&b=2
  arxiv: '2301.00010'
  pdf: https://a.example/x.pdf?a=1&b="2"
  code: [https://github.com/owner/owls, https://github.com/owner/mice]
image: {file: figures/owls.png, alt: 'An owl & a <mouse>.', licence: CC BY 4.0, source: https://a.example/owls?a=1&b=2}
sources: [{name: a list, entry: '3', date: '2025-01-01', organisation: Owl & Co, discussion: 4, claims: {title: Owls}}]
"""
TOPICS = """
- {id: wrens, name: 'Wrens & "kin"', description: 'Small $n$ birds.', parent: birds, neighbours: [mice], rules: [wren]}
- {id: mice, name: Mice, rules: [mice]}
"""
REMOVED = "title: Gone $x^2$ & <more>\nstatus: removed\nstatus_note: See <b>.\naliases: [former]\nlinks: {doi: 10.1000/gone}\n"
LEDGER = 'papers/lost/\tLost & "found" <papers>\tdoi:10.1000/a&b\tremoved\nold page/\tOld\t\tremoved: Nobody read it.\npapers/page/99/\tAll\n'
OVERVIEW = """\
Birds hunt at night, as [owls](../papers/owls.md) do, and by day, as [wrens](../papers/wrens.md) do; a *nest* is home.

- [Owls](../papers/owls.md) hear the mice that they catch.
- [Wrens](../papers/wrens.md) see the spiders that they catch.

No paper asks which [birds](../topics/birds.md) sleep.
"""
DIGEST = "Five [birds & mice](../papers/all-facts.md) for *one* night, $n$ of them [owls](../papers/owls.md) <or more.\n"
GLOSSARY = """
- {term: nest, aliases: [eyrie, hollow], meaning: The place in which birds raise $n$ young., topic: birds}
- {term: mouse, aliases: [mice], meaning: A small animal & the prey of owls.}
"""
PATHS = """
- id: night
  name: Into the night & "back"
  lead: How birds hunt $n$ mice at night.
  introduction: |
    # Two papers of birds, each with its nest.

    - One of all facts.
  steps:
    - {paper: owls, why: They <hear> the mouse.}
    - {paper: all-facts, why: '- And $x^2$ nights follow.'}
    - {paper: wrens, why: Wrens eat spiders instead.}
"""
FIELDS = """format: 1
fields:
  tests: {label: What is heard, headers: [heard]}
  nests: {label: Nests, type: number, unit: K}
"""
TABLES = """
- id: hearing
  name: Who <hears> & "what"
  lead: How many $n$ nests were heard.
  introduction: "# Most of the nests are not <known>."
  columns: [tests, nests]
"""
