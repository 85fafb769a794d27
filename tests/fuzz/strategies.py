"""Texts that are nearly right: every format filled with hostile fragments, then cut, doubled and spoilt."""

import csv
import io
import json
from html import escape

from hypothesis import strategies as st

from generator.formats.issue_form.read import QUESTIONS

FRAGMENTS = (
    "", " ", "\n", "\n\n", "\t", "Owls at Night", "Owls", "Jane Doe", "Doe, Jane and Roe, R.", "2024", "2024-05-01", "2024-02-30",
    "0", "-1", "1e999", "9" * 30, "9" * 5000, "true", "null", "~", "no", "1:30", "2301.00010v2", "arXiv:2301.00010", "10.1000/a<b>;c", "10.1/x",
    "https://arxiv.org/abs/2301.00010", "https://github.com/a/b", "http://", "https://[::1", "https://a.b:99999/", "javascript:alert(1)",
    "//a.b", "data:text/html,x", "https://a.b/\u202ex", "<script>alert(1)</script>", "<svg/onload=x>", "<!--", "]]>", "&amp;", "&lt;", "&#0;",
    "{{ 7*7 }}", "{% raw %}", "{", "}", "{}", "[", "]", "(", ")", '"', "'", "`", "```", "$", "$x^2$", r"$\frac{", r"$\sqrt[$", "\\", "\\\\", r"\input{x}",
    r"\'e", r"\textbf{a}", r"\begin{a}", r"\end{a}", "%", "#", "@", "@misc{", "@string{a=", "=", ",", ";", ":", "|", "---", "- ", "* ", "> ", "1. ", "# ",
    "### Title", "_No response_", "&x", "*x", "!!python/object:os.system x", "<<", "? ", "%YAML 1.1", "\ufeff", "\u202e", "\u2066", "\u200b", "\u200d",
    "e" + "\u0301" * 20, "漢字", "שלום", "👩‍👩‍👧", "\U000e0041", "\ud800", "\ufffe", "\ufdd0", "\x00", "\x1b[31m", "\x7f", "\x85", "\u2028", "\u2029", "=1+1",
    "+1", "-1", "@SUM(1)", "CON", "index", "../../etc", "C:\\x", ".", "..", "README", "x" * 1200, "A. B. and C.", "et al.", "ER  - ", "TY  - JOUR", "• 6 authors", "· Mar 10", "Mar 11",
)  # fmt: skip
words = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=6), max_size=4).map("".join)
numbers = st.integers() | st.floats() | st.booleans() | st.none()
values = st.recursive(
    words | numbers,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=6,
)


def records(*names, always=()):
    """Return mappings of some of the names to hostile values; those of `always` are there with a title of their own."""
    fields = st.dictionaries(st.sampled_from(names) | words, words | values, max_size=6)
    return st.tuples(
        fields, st.fixed_dictionaries({name: words | st.just("Owls at Night") for name in always})
    ).map(lambda pair: pair[0] | pair[1])


@st.composite
def spoilt(draw, texts):
    """Return a text that may be cut, or have a fragment or a part of itself in another place."""
    text = draw(texts)
    for _ in range(draw(st.integers(0, 3))):
        at, to = sorted(draw(st.tuples(*[st.integers(0, len(text))] * 2)))
        put = draw(st.sampled_from(FRAGMENTS) | st.just(text[at:to]))
        text = draw(st.sampled_from([text[:at], text[:at] + put + text[at:], text[:at] + put + text[to:]]))
    return text.encode(errors="replace").decode()  # files are UTF-8: only escapes in JSON make half pairs


def _xml(text):
    return escape(
        "".join(
            c
            for c in text
            if c in "\t\n" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
        )
    )


def _bib(entry):
    kind, key, fields = entry
    return f"@{kind}{{{key},\n" + ",\n".join(f"  {k} = {{{v}}}" for k, v in fields.items()) + "\n}\n"


def _atom(fields):
    inner = "".join(f"<{k}>{_xml(v)}</{k}>" for k, v in fields.items())
    return f"<entry>{inner}<author><name>{_xml(fields.get('name', ''))}</name></author></entry>"


def _table(rows):
    out = io.StringIO()
    csv.writer(out).writerows([[cell.replace("\0", "") for cell in row] for row in rows])
    return out.getvalue()


def many(one, join="".join):
    return st.lists(one, min_size=1, max_size=4).map(join)


def mapped(*names):
    return st.dictionaries(st.sampled_from(names), words, max_size=7)


def _lines(items):
    return "\n".join(json.dumps(item) for item in items)


_FORM = st.tuples(*[words] * len(QUESTIONS)).map(
    lambda said: "".join(f"### {q}\n\n{a}\n\n" for q, a in zip(QUESTIONS, said, strict=True))
)
_EVENT = st.tuples(_FORM | words, st.integers(-1, 9) | words).map(
    lambda said: json.dumps({"action": "edited", "issue": {"number": said[1], "body": said[0]}})
)
_BULLET = st.tuples(words, words, words).map(lambda w: f"- [{w[0]}]({w[1]}) {w[2]}\n")
_ROW = st.tuples(words, words).map(lambda w: f"| {w[0]} | [{w[1]}](https://arxiv.org/abs/2301.00010) |\n")
_HEADERS = (
    "title",
    "authors",
    "year",
    "doi",
    "arxiv",
    "url",
    "abstract",
    "venue",
    "author_count",
    "kind",
    "code",
    "date",
)
_RECORD = (
    "id", "title", "summary", "abstract", "authors", "author_count", "published", "venue", "venue_type", "links", "kind", "topics", "added",
    "status", "aliases", "featured", "sources", "extra", "superseded_by", "editors", "pages",
)  # fmt: skip
TEXTS = {
    "bibtex": many(
        st.tuples(st.sampled_from(["article", "misc", "book", "string", "xdata", "comment"]) | words, words | st.just("k"), mapped(
            "title", "author", "year", "date", "month", "doi", "url", "eprint", "archiveprefix", "journal", "crossref", "xdata", "abstract", "note"
        )).map(_bib)
    ),
    "ris": many(st.lists(st.tuples(st.sampled_from(["TY", "TI", "AU", "PY", "DA", "DO", "UR", "AB", "N1", "SN", "ER", "SP", "JO", "PT"]), words), max_size=8).map(
        lambda rows: "TY  - JOUR\n" + "".join(f"{t}  - {w}\n" for t, w in rows) + "ER  - \n"
    )),
    "medline": many(st.lists(st.tuples(st.sampled_from(["PMID", "TI", "AU", "FAU", "DP", "LID", "AID", "AB", "OT", "MH", "PG", "JT"]), words), max_size=8).map(
        lambda rows: "PMID- 1\n" + "".join(f"{t.ljust(4)}- {w}\n" for t, w in rows)
    )),
    "enw": many(st.lists(st.tuples(st.sampled_from("0ATBJDVNPRUX8@KIEZ%!"), words), max_size=8).map(
        lambda rows: "%0 Journal Article\n" + "".join(f"%{t} {w}\n" for t, w in rows)
    )),
    "csl-json": st.lists(records("type", "title", "author", "issued", "DOI", "URL", "abstract", "container-title", "ISBN", "id", "number", "editor", always=["title"]), max_size=3).map(json.dumps),
    "arxiv": many(mapped("id", "title", "summary", "published", "updated", "name").map(_atom)).map(
        lambda inner: f'<feed xmlns="http://www.w3.org/2005/Atom">{inner}</feed>'
    ),
    "endnote-xml": many(mapped("title", "secondary-title", "author", "year", "abstract", "isbn", "electronic-resource-num", "url", "keyword", "style").map(
        lambda f: "<record><contributors><authors><author>" + _xml(f.get("author", "")) + "</author></authors></contributors><titles>"
        + "".join(f"<{k}>{_xml(v)}</{k}>" for k, v in f.items()) + "</titles></record>"
    )).map(lambda inner: f"<xml><records>{inner}</records></xml>"),
    "arxiv-rss": many(mapped("title", "description", "category", "pubDate", "dc:creator", "arxiv:DOI", "arxiv:announce_type").map(
        lambda f: "<item><guid>oai:arXiv.org:2301.00010v1</guid>" + "".join(f"<{k}>{_xml(v)}</{k}>" for k, v in f.items()) + "</item>"
    )).map(lambda inner: f'<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>{inner}</channel></rss>'),
    "oai-pmh": many(mapped("title", "creator", "subject", "description", "date", "identifier", "language", "type", "publisher").map(
        lambda f: '<record><header><identifier>oai:nest:1</identifier></header><metadata><x xmlns:dc="http://purl.org/dc/elements/1.1/">' + "".join(f"<dc:{k}>{_xml(v)}</dc:{k}>" for k, v in f.items()) + "</x></metadata></record>"
    )).map(lambda inner: f'<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords>{inner}</ListRecords></OAI-PMH>'),
    "dblp-xml": many(mapped("title", "author", "editor", "year", "month", "journal", "booktitle", "volume", "number", "ee", "isbn", "note").map(
        lambda f: '<article key="a/1">' + "".join(f"<{k}>{_xml(v)}</{k}>" for k, v in f.items()) + "</article>"
    )).map(lambda inner: f"<dblp>{inner}</dblp>"),
    "hf": st.lists(st.fixed_dictionaries({"paper": records("id", "title", "summary", "authors", "publishedAt", "upvotes", "githubRepo", "organization", always=["title"])}), max_size=3).map(json.dumps),
    "openalex": st.lists(records("id", "title", "display_name", "doi", "ids", "publication_date", "publication_year", "authorships", "authors_count", "abstract_inverted_index", "primary_location", "locations", "open_access", "biblio", "type", always=["title"]), max_size=3).map(lambda items: json.dumps({"results": items})),
    "crossref": st.lists(records("DOI", "title", "author", "editor", "issued", "container-title", "abstract", "type", "page", "ISBN", "subject", "indexed", always=["title"]), max_size=3).map(lambda items: json.dumps({"message-type": "work-list", "message": {"items": items}})),
    "semantic-scholar": st.lists(records("paperId", "externalIds", "title", "abstract", "venue", "year", "publicationDate", "authors", "journal", "publicationVenue", "openAccessPdf", "tldr", "fieldsOfStudy", always=["title"]), max_size=3).map(lambda items: json.dumps({"data": items})),
    "openreview": st.lists(st.fixed_dictionaries({"id": st.just("owl_Note_1") | words, "content": records("title", "authors", "abstract", "venue", "venueid", "pdf", "keywords", "_bibtex", always=["title"])}), max_size=3).map(lambda items: json.dumps({"notes": items})),
    "better-bibtex-json": st.lists(records("itemType", "title", "creators", "date", "DOI", "url", "extra", "tags", "collections", "itemID", "ISBN", "publicationTitle", always=["title"]), max_size=3).map(lambda items: json.dumps({"collections": {"a": {"name": "Owls", "parent": "a", "items": [1]}}, "items": items})),
    "csv": st.lists(st.lists(words, min_size=len(_HEADERS), max_size=len(_HEADERS)), max_size=3).map(lambda rows: _table([_HEADERS, *rows])),
    "acl-xml": many(mapped("title", "abstract", "doi", "url", "author", "pages", "booktitle", "year", "bibkey").map(
        lambda f: '<paper id="1">' + "".join(f"<{k}>{_xml(v)}</{k}>" for k, v in f.items()) + "</paper>"
    )).map(lambda inner: f'<collection id="2020.acl"><volume id="1"><meta><booktitle>Owls</booktitle></meta>{inner}</volume></collection>'),
    "readme": many(_BULLET | _ROW | words | st.just("| title | link |\n|---|---|\n") | st.just("\n\n## Papers\n")),
    "jsonl": st.lists(records(*_RECORD, always=["title"]), max_size=3).map(_lines),
    "yaml": st.lists(records("title", "id", "authors", "year", "paper", "url", "links", "tags", "abstract", "venue", always=["title"]), max_size=3).map(json.dumps),
    "issue-form": _FORM | _EVENT,
    "listing": many(st.tuples(words, words, words).map(
        lambda w: f"Owls that Hunt {w[0]} by Night\n\nWe study owls. {w[1]} They hunt.\n\n• 6 authors\n· Mar 10 {w[2]}\n\n"
    )).map(lambda inner: f"new\n\nMar 11\n\n{inner}"),
}  # fmt: skip
"""A strategy of texts for every format."""


def _yaml(fields):
    return "".join(f"{k}: {v}\n" for k, v in fields)


_ANY_YAML = values.map(json.dumps) | words | words.map(lambda w: "|\n  " + w.replace("\n", "\n  "))
RECORD_FILES = spoilt(
    st.lists(st.tuples(st.sampled_from(_RECORD), _ANY_YAML), max_size=6).map(
        lambda f: "title: Owls\n" + _yaml(f)
    )
)
TOPIC_FILES = spoilt(many(st.lists(st.tuples(st.sampled_from(["name", "parent", "rules", "neighbours", "start_here", "aliases", "description"]), _ANY_YAML), max_size=4).map(
    lambda f: "- id: birds\n" + "".join(f"  {k}: {v}\n" for k, v in f)
)))  # fmt: skip
SPOT_FILES = spoilt(
    many(st.tuples(words | st.just("owls"), words | st.just("5")).map(lambda w: f"{w[0]},{w[1]},7\n")).map(
        lambda t: "id,x,y\n" + t
    )
)
ENRICH_FILES = spoilt(many(st.lists(st.tuples(st.sampled_from(["field", "value", "source", "url", "accept"]), _ANY_YAML), max_size=5).map(
    lambda f: "owls:\n- field: doi\n" + "".join(f"  {k}: {v}\n" for k, v in f)
)))  # fmt: skip
