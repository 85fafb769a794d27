"""Hostile input by family, as files of a shelf or of an import, each with what must become of it."""

import gzip
import io
import json
import tarfile
import zipfile

from fuzz.strategies import QUESTIONS

ODD = "unseen-characters"
# What reads the same after it was read: text is never executed, and never lost.
HARMLESS = {
    "script": "<script>alert(1)</script> Owls", "script-capitals": "<ScRiPt>alert(1)</sCrIpT> Owls", "script-split": "<scr<script>ipt>alert(1) Owls",
    "script-entity": "&lt;script&gt;alert(1) Owls", "script-number": "&#60;script&#62; Owls", "event": '" onload="alert(1) Owls', "event-bare": "x onerror=alert(1) Owls",
    "svg": "<svg/onload=alert(1)> Owls", "mathml": "<math><mtext><style><img src=x onerror=alert(1)> Owls", "comment": "<!-- Owls", "cdata": "<![CDATA[ Owls ]]>",
    "end-of-title": "</title><script>1</script> Owls", "braces": "{{ 7*7 }} Owls", "percent": "{% include 'x' %} Owls", "markdown-link": "[Owls](javascript:alert(1))",
    "markdown-image": "![Owls](https://example.org/x.png)", "fence": "```Owls", "reference": "[owls]: https://example.org", "front-matter": "--- Owls", "attributes": "Owls {: onclick=alert(1)}",
    "heading": "# Owls", "quotation": "> Owls", "table": "| Owls | a |", "snippet": '--8<-- "owls.md"', "protocol-relative": "//example.org Owls", "vbscript": "vbscript:msgbox Owls",
    "data-address": "data:text/html,Owls", "punctuation": "?!", "emoji": "🦉🐁", "family": "👩‍👩‍👧 Owls", "flag": "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f Owls", "han": "猫头鹰夜间狩猎",
    "hebrew": "ינשופים בלילה", "arabic": "البوم ليلا", "persian-joiner": "می‌خواهم", "accents": "Möwe, naïve, Łódź", "decomposed": "Mo\u0308we", "maths": "$O(n^2)$ Owls", "prose": "When a < b and b > c, Owls",
    "quotes": "“Owls” 'and' \"Mice\"", "formula": "=1+1 Owls", "formula-at": "@SUM(A1) Owls", "formula-minus": "-1+1 Owls", "unbalanced": r"$\frac{{{$ Owls", "input": r"\input{/etc/passwd} Owls", "no": "no", "null": "null",
    "number": "2301.00010", "time": "1:30", "date": "2024-01-01", "tilde": "~ Owls", "device": "CON", "device-end": "aux.txt", "dots": "../../etc/passwd", "slashes": "a/b\\c", "drive": "C:\\Owls",
    "dotfile": ".owls", "index": "index", "readme": "README.md", "windows": "NUL", "case-fold": "Straße", "long-word": "o" * 450, "private": "\ue000 Owls", "tower-of-eight": "e" + "\u0301" * 8,
}  # fmt: skip
# Characters that nobody sees, or that turn the text around: what is left of a title.
UNSEEN = {
    "override": ("Owls \u202eecim", "Owls ecim"), "isolate": ("Owls \u2066at\u2069 night", "Owls at night"), "embedding": ("\u202bOwls\u202c", "Owls"), "zero-width": ("Ow\u200bls", "Owls"),
    "joiner-of-words": ("Ow\u2060ls", "Owls"), "mark-inside": ("Ow\ufeffls", "Owls"), "soft-hyphen": ("Ow\u00adls", "Owls"), "tower": ("e" + "\u0301" * 40, "e" + "\u0301" * 8),
    "tags": ("Owls\U000e0041\U000e0042", "Owls"), "bell": ("Ow\x07ls", "Owls"), "escape": ("\x1b[31mOwls", "[31mOwls"), "delete": ("Ow\x7fls", "Owls"), "c1": ("Ow\x9bls", "Owls"),
    "noncharacter": ("Ow\ufdd0ls", "Owls"), "last": ("Ow\U0010ffffls", "Owls"),
}  # fmt: skip
SEPARATORS = {
    "line": "\u2028",
    "paragraph": "\u2029",
    "next-line": "\x85",
    "form-feed": "\x0c",
    "tab": "\t",
    "vertical": "\x0b",
    "no-break": "\u00a0",
}
# Records in YAML: the text, the code and the line of its error.
RECORDS = {
    "empty": ("", "missing-field", 0), "only-a-comment": ("# owls\n", "missing-field", 0), "no-title": ("summary: x\n", "missing-field", 1), "blank-title": ("title: '  '\n", "missing-field", 1),
    "title-of-nothing": ('title: "\\u200b"\n', "missing-field", 1), "long-title": (f"title: {'owls ' * 300}\n", "too-long", 1), "long-abstract": (f"title: Owls\nabstract: {'owl ' * 6000}\n", "too-long", 2),
    "long-name": (f"title: Owls\nauthors: [{'a' * 600}]\n", "too-long", 2), "many-authors": (f"title: Owls\nauthors: [{'a, ' * 10_001}]\n", "too-long", 2), "many-aliases": ("title: Owls\naliases: [" + ", ".join(f"a{n}" for n in range(1001)) + "]\n", "too-long", 2),
    "alias-bomb": ("a: &a [x]\nb: [*a, *a]\n", "bad-yaml", 1), "alias": ("title: *a\n", "bad-yaml", 1), "anchor": ("title: &a Owls\n", "bad-yaml", 1), "tag": ("title: !!python/object:os.system Owls\n", "bad-yaml", 1), "own-tag": ("title: !owl Owls\n", "bad-yaml", 1),
    "binary": ("title: !!binary T3dscw==\n", "bad-yaml", 1), "twice": ("title: Owls\ntitle: Mice\n", "bad-yaml", 2), "two-documents": ("title: Owls\n---\ntitle: Mice\n", "bad-yaml", 2), "deep": ("title: " + "[" * 5000, "bad-yaml", 1),
    "deep-mapping": ("title: " + "{a: " * 5000, "bad-yaml", 1), "list-key": ("? [a]\n: b\n", "bad-yaml", 1), "merge-key": ("title: Owls\n<<: {a: b}\n", "unknown-field", 2), "unknown": ("title: Owls\nowl: x\n", "unknown-field", 2),
    "torn": ('title: "Owls\n', "bad-yaml", 2), "tab-indent": ("title: Owls\nlinks:\n\tdoi: x\n", "bad-yaml", 3), "colon": ("title: Owls: a: study\n", "bad-yaml", 1), "bell": ("summary: x\ntitle: O\x07wls\n", "bad-yaml", 2),
    "list": ("- title: Owls\n", "bad-field", 1), "text": ("Owls\n", "bad-field", 1), "title-list": ("title: [Owls]\n", "bad-field", 1), "title-mapping": ("title: {a: b}\n", "bad-field", 1), "date-that-is-none": ("title: Owls\npublished: 2024-02-30\n", "bad-date", 2),
    "date-in-words": ("title: Owls\nadded: yesterday\n", "bad-date", 2), "date-of-digits": ("title: Owls\npublished: ２０２４\n", "bad-date", 2), "id-of-device": ("id: con\ntitle: Owls\n", "id-is-reserved", 1), "id-of-index": ("id: index\ntitle: Owls\n", "id-is-reserved", 1),
    "id-with-dots": ("id: ../owls\ntitle: Owls\n", "bad-id", 1), "id-in-capitals": ("id: Owls\ntitle: Owls\n", "bad-id", 1), "id-of-digits": ("id: 12\ntitle: Owls\n", "bad-id", 1), "long-id": (f"id: {'a' * 81}\ntitle: Owls\n", "bad-id", 1),
    "id-in-cyrillic": ("id: оwls\ntitle: Owls\n", "bad-id", 1), "alias-with-slash": ("title: Owls\naliases: [a/b]\n", "bad-id", 2), "kind": ("title: Owls\nkind: spell\n", "bad-field", 2), "status": ("title: Owls\nstatus: gone\n", "bad-field", 2),
    "count-of-nothing": ("title: Owls\nauthor_count: -1\n", "bad-field", 2), "count-of-too-many": (f"title: Owls\nauthor_count: {'9' * 18}\n", "bad-field", 2), "endless-count": (f"title: Owls\nauthor_count: {'9' * 6000}\n", "bad-field", 2), "count-in-words": ("title: Owls\nauthor_count: many\n", "bad-field", 2),
    "script-address": ("title: Owls\nlinks: {page: 'javascript:alert(1)'}\n", "bad-link", 2), "data-address": ("title: Owls\nlinks: {page: 'data:text/html,x'}\n", "bad-link", 2), "file-address": ("title: Owls\nlinks: {page: 'file:///etc/passwd'}\n", "bad-link", 2),
    "no-scheme": ("title: Owls\nlinks: {page: '//example.org/x'}\n", "bad-link", 2), "control-in-scheme": ('title: Owls\nlinks: {page: "java\\tscript:alert(1)"}\n', "bad-link", 2), "password": ("title: Owls\nlinks: {page: 'https://a:b@example.org/'}\n", "bad-link", 2),
    "quote-in-host": ("title: Owls\nlinks: {page: 'https://a.b\"onload=x/'}\n", "bad-link", 2), "markup-in-host": ("title: Owls\nlinks: {page: 'https://a.b<script>/'}\n", "bad-link", 2), "port": ("title: Owls\nlinks: {page: 'https://a.b:99999/'}\n", "bad-link", 2),
    "torn-host": ("title: Owls\nlinks: {page: 'https://[::1'}\n", "bad-link", 2), "long-address": (f"title: Owls\nlinks: {{page: 'https://a.b/{'x' * 3000}'}}\n", "bad-link", 2), "space-in-doi": ("title: Owls\nlinks: {doi: 10.1000/a b}\n", "bad-link", 2),
    "unknown-kind": ("title: Owls\nlinks: {spell: 'https://a.b/'}\n", "bad-field", 2), "unknown-topic": ("title: Owls\ntopics: [spells]\n", "unknown-topic", 1), "superseded": ("title: Owls\nsuperseded_by: mice\n", "unknown-paper", 2), "bom-inside": ("title: Owls\n\ufeffsummary: x\n", "bad-yaml", 2),
}  # fmt: skip


def _pack(kind):
    out = io.BytesIO()
    if kind == "zip":
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("owls.bib", "x")
    else:
        with tarfile.open(fileobj=out, mode="w") as archive:
            archive.addfile(tarfile.TarInfo("owls.bib"), io.BytesIO(b""))
    return out.getvalue()


# Bytes that are no text, whatever the file is called: a word of the message, and the line.
BYTES = {
    "zip": (_pack("zip"), "zip", 0), "gzip": (gzip.compress(b"x"), "gzip", 0), "tar": (_pack("tar"), "tar", 0), "bzip2": (b"BZh91AY&SY\x00", "bzip2", 0), "xz": (b"\xfd7zXZ\x00\x00", "xz", 0),
    "pdf": (b"%PDF-1.7\n", "PDF", 0), "7z": (b"7z\xbc\xaf\x27\x1c\x00", "7z", 0), "utf-16": ("title: Owls".encode("utf-16"), "UTF-16", 1), "utf-16-bare": ("title: Owls".encode("utf-16-le"), "NUL", 1), "utf-32": ("Owls".encode("utf-32"), "UTF-32", 1),
    "latin-1": ("summary: x\ntitle: Möwe".encode("latin-1"), "not UTF-8", 2), "latin-1-after-mark": (b"\xef\xbb\xbfsummary: x\ntitle: M\xf6we", "not UTF-8", 2), "half-a-pair": (b"title: \xed\xa0\x80\n", "not UTF-8", 1), "overlong": (b"title: \xc0\xae\n", "not UTF-8", 1),
    "torn-letter": (b"title: Owls \xe2\x82", "not UTF-8", 1), "nul": (b"summary: x\n\ntitle: Ow\0ls\n", "NUL", 3),
}  # fmt: skip
# Imports: the format, the text, and the codes that it must give; an empty set is an import without an error.
_ATOM = '<feed xmlns="http://www.w3.org/2005/Atom">'
_BOMB = '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
_OUTSIDE = '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def _form(**answers):
    return "".join(
        f"### {q}\n\n{answers.get(q.split()[0].casefold(), '_No response_')}\n\n" for q in QUESTIONS
    )


def _deep(depth):
    return "[" * depth + "]" * depth


IMPORTS = {
    **{f"nothing-{name}": (name, "", None) for name in ("bibtex", "ris", "csl-json", "arxiv", "hf", "openalex", "csv", "acl-xml", "readme", "jsonl", "issue-form", "listing")},
    "bibtex-torn": ("bibtex", "@misc{a, title={Owls\n@misc{b, title={Mice}}", {"broken-entry"}), "bibtex-twice": ("bibtex", "@misc{a,title={Owls}}\n@misc{a,title={Mice}}", {"duplicate-key"}),
    "bibtex-loop": ("bibtex", "@misc{a,title={Owls},crossref={b}}\n@misc{b,title={Mice},crossref={a}}", set()), "bibtex-itself": ("bibtex", "@misc{a,title={Owls},crossref={a}}", set()), "bibtex-macro-of-itself": ("bibtex", "@string{a = a # a}\n@misc{k,title=a}", {"broken-entry"}),
    "bibtex-long-chain": ("bibtex", "".join(f"@misc{{k{n},title={{Owls {n}}},crossref={{k{n + 1}}}}}\n" for n in range(3000)) + "@misc{k3000,title={End}}", {"unknown-entry"}), "bibtex-braces": ("bibtex", "@misc{a,title={" + "{" * 5000 + "Owls" + "}" * 5000 + "}}", None),
    "bibtex-no-title": ("bibtex", "@misc{a,author={Owl}}", {"missing-field"}), "bibtex-long-title": ("bibtex", f"@misc{{a,title={{{'owls ' * 400}}}}}", {"too-long"}), "bibtex-input": ("bibtex", "@misc{a,title={\\input{/etc/passwd} Owls}}", set()),
    "bibtex-date": ("bibtex", "@misc{a,title={Owls},date={2024-02-30}}", None), "bibtex-tex": ("bibtex", r"@misc{a,title={$" + r"\frac{" * 60 + "}" * 60 + r"$ Owls}}", None),
    "ris-torn": ("ris", "TY  - JOUR\nTI  - Owls\n", {"cut-off"}), "ris-no-start": ("ris", "TI  - Owls\nER  - \n", {"broken-entry"}), "ris-no-title": ("ris", "TY  - JOUR\nER  - \n", {"missing-field"}), "ris-forged-end": ("ris", "TY  - JOUR\nTI  - Owls\nER  - \nER  - \n", set()),
    "json-torn": ("csl-json", '[{"title": "Owls"}, {"title": "Mi', {"bad-json"}), "json-deep": ("csl-json", _deep(100_000), {"bad-json"}), "json-deep-inside": ("csl-json", json.dumps([{"title": "Owls"}])[:-2] + f', "a": {_deep(70)}}}]', {"bad-json"}), "json-long-number": ("csl-json", '[{"title": "Owls", "a": ' + "9" * 5000 + "}]", {"bad-json"}),
    "json-half-pair": ("csl-json", r'[{"title": "Owls \ud800"}]', set()), "json-nul": ("csl-json", r'[{"title": "Owls \u0000"}]', set()), "json-nan": ("csl-json", '[{"title": "Owls", "volume": NaN}]', None), "json-twice": ("csl-json", '[{"title": "Mice", "title": "Owls"}]', {"bad-json"}), "json-brackets": ("csl-json", "[[[", {"bad-json"}), "jsonl-twice": ("jsonl", '{"title": "Mice", "title": "Owls"}', {"bad-json"}), "json-text": ("csl-json", '"Owls"', {"bad-json"}),
    "json-title-number": ("csl-json", '[{"title": 7, "author": 7, "issued": 7}]', None), "json-huge-year": ("csl-json", '[{"title": "Owls", "issued": {"date-parts": [[99999999999]]}}]', None), "json-comma": ("csl-json", '[{"title": "Owls"},]', {"bad-json"}),
    "hf-deep": ("hf", '[{"paper": {"title": "Owls", "a": ' + _deep(5000) + "}}]", {"bad-json"}), "hf-no-object": ("hf", '[7, null, "x", []]', {"bad-json"}), "hf-types": ("hf", '[{"paper": {"title": "Owls", "authors": "x", "upvotes": "many", "publishedAt": 7}}]', None), "hf-huge": ("hf", '[{"paper": {"title": "Owls", "upvotes": 1' + "0" * 30 + "}}]", None),
    "openalex-places": ("openalex", '{"results": [{"title": "Owls", "abstract_inverted_index": {"a": [999999999999, -5], "b": "x"}}]}', set()), "openalex-count": ("openalex", '{"results": [{"title": "Owls", "authors_count": 1' + "0" * 20 + "}]}", {"bad-field"}), "openalex-torn": ("openalex", '{"results": [{"title": "Owls"}', {"bad-json"}),
    "atom-bomb": ("arxiv", _BOMB + _ATOM + "<entry><title>&b;</title></entry></feed>", {"bad-xml"}), "atom-outside": ("arxiv", _OUTSIDE + _ATOM + "<entry><title>&a;</title></entry></feed>", {"bad-xml"}), "atom-deep": ("arxiv", _ATOM + "<a>" * 5000, {"bad-xml"}), "atom-torn": ("arxiv", _ATOM + "<entry><title>Owls", {"bad-xml"}),
    "atom-other": ("arxiv", "<html/>", {"bad-xml"}), "atom-control": ("arxiv", _ATOM + "<entry><title>\x07</title></entry></feed>", {"bad-xml"}), "atom-number": ("arxiv", _ATOM + "<entry><title>&#0;</title></entry></feed>", {"bad-xml"}), "acl-bomb": ("acl-xml", _BOMB + '<collection id="a"/>', {"bad-xml"}), "acl-include": ("acl-xml", '<collection id="a" xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="/etc/passwd"/></collection>', None),
    "csv-torn": ("csv", 'title,a\n"Owls,b\n', {"wrong-cells"}), "csv-cells": ("csv", "title,a\nOwls\n", {"wrong-cells"}), "csv-no-title": ("csv", "a,b\nOwls,x\n", {"missing-field"}), "json-long-date": ("csl-json", '[{"title": "Owls", "issued": {"date-parts": [["' + "9" * 5000 + '"]]}}]', None), "acl-long-month": ("acl-xml", '<collection id="2020.acl"><volume id="1"><meta><booktitle>Owls</booktitle><month>' + "9" * 5000 + '</month><year>2020</year></meta><paper id="1"><title>Owls</title></paper></volume></collection>', None),
    "csv-count": ("csv", f"title,author_count\nOwls,{'9' * 5000}\n", None), "csv-formula": ("csv", "title,venue\n=1+1 Owls,@SUM(A1)\n", set()), "csv-marks": ("csv", 'title,a\n"Ow""ls",b\n', set()), "csv-address": ("csv", "title,url\nOwls,javascript:alert(1)\n", {"bad-link"}),
    "readme-return": ("readme", "| title | link |\n|---|---|\nOwls at Night\rOwls at Night", set()),
    "readme-deep": ("readme", "".join("  " * n + "- a\n" for n in range(300)), None), "readme-brackets": ("readme", "- " + "[" * 5000, None), "readme-script": ("readme", "- [Owls at Night](https://arxiv.org/abs/2301.00010) <script>x</script>\n", set()), "readme-address": ("readme", "- **Owls at Night** [[paper]](javascript:alert(1))\n", None), "readme-reference": ("readme", "- [Owls at Night][1]\n\n[1]: https://arxiv.org/abs/2301.00010\n", set()),
    "jsonl-blank-alias": ("jsonl", '{"title": "Owls", "aliases": " "}', {"bad-id"}),
    "jsonl-dead-end": ("jsonl", '{"title": "Owls", "superseded_by": "mice"}\n', {"unknown-paper"}),
    "jsonl-torn": ("jsonl", '{"title": "Owls"}\n{"title": \n', {"bad-json"}), "jsonl-list": ("jsonl", "[]\n", {"bad-field"}), "jsonl-deep": ("jsonl", _deep(100_000), {"bad-json"}), "jsonl-id": ("jsonl", '{"title": "Owls", "id": "../x"}\n', set()), "jsonl-device": ("jsonl", '{"title": "Owls", "id": "con"}\n', set()), "jsonl-types": ("jsonl", '{"title": {"a": 1}}\n', {"bad-field"}), "jsonl-huge-count": ("jsonl", '{"title": "Owls", "author_count": 1' + "0" * 40 + "}\n", {"bad-field"}),
    "form-forged": ("issue-form", _form(title="Owls\n\n### Links\n\nhttps://a.b/"), {"not-the-form"}), "form-other": ("issue-form", "### Owls\n", {"not-the-form"}), "form-before": ("issue-form", "x\n" + _form(title="Owls"), {"not-the-form"}), "form-address": ("issue-form", _form(title="Owls", links="javascript:alert(1)"), {"bad-link"}), "form-date": ("issue-form", _form(title="Owls", published="2024-02-30"), {"bad-date"}), "form-no-title": ("issue-form", _form(), {"missing-field"}), "form-markup": ("issue-form", _form(title="<img src=x onerror=alert(1)> Owls"), set()),
    "listing-torn": ("listing", "new\n\nMar 11\n\nOwls that Hunt at Night\n", {"cut-off"}), "listing-no-day": ("listing", "Owls that Hunt at Night\n\nWe study owls. They hunt.\n", {"no-page-date"}), "listing-day": ("listing", "new\n\nFeb 30\n\nOwls that Hunt at Night\n\nWe study owls. They hunt.\n", None),
}  # fmt: skip
