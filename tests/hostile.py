"""Texts that try to be more than text, and an index that is full of them."""

import json

import yaml
from invented import PNG
from support import mkdocs

RAN = "window.__ran=1"
DIGESTS = 10
STRINGS = [
    # elements, in every case, split, nested, unfinished
    f"<script>{RAN}</script>",
    f"<ScRiPt>{RAN}</sCrIpT>",
    f"</title><script>{RAN}</script>",
    f"</script><script>{RAN}</script>",
    f"<scr<script>ipt>{RAN}</scr</script>ipt>",
    f"<script\n>{RAN}</script\t>",
    f"<script/x>{RAN}</script/x>",
    f"<!--><script>{RAN}</script>-->",
    f"<!-- --!><script>{RAN}</script>",
    f"<![CDATA[<script>{RAN}</script>]]>",
    f"<?xml x?><script>{RAN}</script>",
    f"</style></textarea></noscript></template><script>{RAN}</script>",
    f'<noscript><p title="</noscript><img src=x onerror={RAN}>">',
    f'<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror={RAN}&gt;">',
    f"<svg><script>{RAN}</script></svg>",
    f"<svg onload={RAN}>",
    f"<svg/onload={RAN}//",
    f"<svg><animate onbegin={RAN} attributeName=x dur=1s>",
    f"<img src=x onerror={RAN}>",
    f"<IMG SRC=x OnErRoR='{RAN}'>",
    f"<img/src/onerror={RAN}>",
    f"<<img src=x onerror={RAN}>>",
    "<img src='//evil.example/x.png'>",
    f"<body onload={RAN}>",
    f"<details open ontoggle={RAN}>",
    f"<input autofocus onfocus={RAN}>",
    "<iframe srcdoc='<script>parent.__ran=1</script>'></iframe>",
    "<iframe src=javascript:parent.__ran=1></iframe>",
    f"<object data=javascript:{RAN}></object>",
    "<embed src=//evil.example/x>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=//evil.example/'>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>@import '//evil.example/x.css';*{display:none}</style>",
    "<form action=//evil.example/><button>x</button></form>",
    f"<a href=javascript:{RAN}>x</a>",
    f"<marquee onstart={RAN}>x</marquee>",
    f"<template><img src=x onerror={RAN}></template>",
    # out of attributes
    f'" onmouseover="{RAN}" x="',
    f"' autofocus onfocus='{RAN}' x='",
    f'x" onfocus={RAN} tabindex=1 style="position:fixed;inset:0"',
    f"`onerror={RAN}",
    # entities, and what they stand for
    f"&lt;script&gt;{RAN}&lt;/script&gt;",
    f"&#60;script&#62;{RAN}&#60;/script&#62;",
    f"&#x3c;img src=x onerror={RAN}&#x3e;",
    "&amp;lt;b&amp;gt; &copy &notin; &#0; &#x110000;",
    f"&NewLine;<img src=x onerror={RAN}>",
    # JSON and scripts
    f'","@type":"x"}}</script><script>{RAN}</script>',
    f"\\u003cscript\\u003e{RAN}\\u003c/script\\u003e",
    f'\\"}};{RAN};//',
    f"<!--<script>{RAN}",
    f"${{{RAN}}} `${{{RAN}}}`",
    # templates
    "{{ config.site_name }} {{ 7*7 }}",
    "{% include 'main.html' %} {% raw %} {% endraw %}",
    "{# comment #} {{ ''.__class__.__mro__ }}",
    "--8<-- \"mkdocs.yml\" ;--8<-- 'mkdocs.yml'",
    "papershelfshelltitle papershelfshelltags papershelfshellcontent papershelf-shell",
    # Markdown
    f"[x](javascript:{RAN})",
    f"[x](data:text/html,<script>{RAN}</script>)",
    f"<javascript:{RAN}>",
    "![x](//evil.example/x.png)",
    f"[x]: javascript:{RAN}",
    f"x {{: onclick={RAN} .c #i }}",
    "# Heading {#evil onclick=1}",
    "*a* **b** _c_ __d__ ~~e~~ ==f== ^g^ `h` ``i``",
    "1. one 2) two - three * four + five > six",
    "--- title: x --- *** ___ === ...",
    "| a | b | --- | :-: |",
    "[^1]: note *[HTML]: x !!! note ??? x",
    "``` js ~~~ html $$x$$ \\(y\\) \\[z\\]",
    "http://evil.example/ www.evil.example me@evil.example :smile: @me #1",
    "\\`\\*\\_\\<b\\> C:\\owls\\n",
    # TeX
    "Owls in $\\href{javascript:x}{y}$ and $\\input{/etc/passwd}$",
    "Owls in $\\text{<img src=x onerror=1>}$ and $x^2 <script$",
    "$\\unicode{x3c}script$ 50% of {mice} and } or { ~ \\write18{x}",
    # tables, feeds and files
    '=HYPERLINK("//evil.example","x")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "a;=1+1;+2;-3",
    "TY  - JOUR ER  - AU  - Evil",
    "}, author = {Evil}, @article{evil, x = {",
    "]]></title><entry><title>x</title></entry>",
    # harmless and odd
    "x < y && y > z, \"q\" 'q' “q” – naïve",
    "猫の検索 「フクロウ」 فهرس البوم \u202eesrever\u202c",
    "🦉👩‍👩‍👧 e\u0301\u0301\u0301 \u200b\u00a0\u2028x",
    "__proto__ constructor toString",
]


def write_index(folder, title="{}", **config):
    """Write an index in which every text of a record, of a topic and of the site is hostile."""
    papers = folder / "content" / "papers"
    papers.mkdir(parents=True)
    (folder / "content" / "figures").mkdir()
    (folder / "content" / "figures" / "It's (a) [b] *c* _d_ `e`.png").write_bytes(PNG)
    number = len(STRINGS)
    for n, text in enumerate(STRINGS):
        other = STRINGS[(n + 7) % number]
        record = {
            "title": title.format(f"{text} zq{n:02}x owls"),
            "summary": f"{text} is said {other}",
            "abstract": f"{text}\n\n{other}\n\nowls {text}",
            "authors": [
                text,
                {"name": f"{other}, {text}"},
                {"name": "Jane Möwe", "orcid": "0000-0002-1825-0097"},
            ],
            "venue": f"{other} {text}",
            "venue_type": ("journal", "conference", "book")[n % 3],
            "published": f"20{10 + n % 15}-0{1 + n % 9}",
            "added": f"2025-01-{1 + n % 28:02}",
            "featured": True,
            "note": text,
            "status": ("active", "withdrawn")[n % 2],
            "status_note": text,
            "publisher": text,
            "volume": text,
            "pages": text,
            "topics": [f"t{n % 20}"],
            "links": {
                "page": [f"https://a.example/?q={n}&x=(y)'\"><{{{{z}}}}"],
                "code": f"https://github.com/o/r{n}",
            },
            "image": {
                "file": "figures/It's (a) [b] *c* _d_ `e`.png",
                "alt": text,
                "licence": other,
                "source": text,
            },
            "extra": {f"f{m}": STRINGS[(n + m) % number] for m in range(4)},
            "sources": [{"name": text, "entry": other, "organisation": text, "claims": {"title": other}}],
        }
        (papers / f"p{n:02}.yml").write_text(yaml.safe_dump(record))
    topics = [
        {"id": f"t{n}", "name": STRINGS[n * 4], "description": f"{STRINGS[n * 4 + 1]} {STRINGS[n * 4 + 2]}", **({"parent": "t0"} if n % 3 else {}),
         "rules": ["owls"] if n < 3 else ["mice"], "start_here": [{"paper": f"p{n:02}", "why": STRINGS[n]}]}
        for n in range(20)
    ]  # fmt: skip
    (folder / "content" / "topics.yml").write_text(yaml.safe_dump(topics))
    (folder / "content" / "overviews").mkdir()
    for n, text in enumerate(STRINGS[:20]):
        written = "".join(
            c if c.isalnum() or c.isspace() else f"\\{c}" for c in " ".join(text.split()) if not c.isdigit()
        )
        (folder / "content" / "overviews" / f"t{n}.md").write_text(
            f"Owls {written} [{written}](../papers/p{n:02}.md)\n\n- mice {written}\n"
        )
    (folder / "content" / "digests").mkdir()
    for n in range(DIGESTS):
        text = (folder / "content" / "overviews" / f"t{n}.md").read_text().partition("\n\n")[0]
        (folder / "content" / "digests" / f"2025-01-{n + 1:02}.md").write_text(text)
    names = [
        {"name": "Jane Möwe", "kind": "author", "orcid": "0000-0002-1825-0097", "aliases": STRINGS, "note": STRINGS[0]},
        {"name": STRINGS[1], "kind": "model", "aliases": [f"zq{n:02}x" for n in range(20)] + STRINGS[2:20]},
    ]  # fmt: skip
    (folder / "content" / "names.yml").write_text(yaml.safe_dump(names))
    glossary = [{"term": f"owls {n} {text}"[:99], "aliases": ["owls"][:n == 0], "meaning": f"{text} owls"} for n, text in enumerate(STRINGS)]  # fmt: skip
    (folder / "content" / "glossary.yml").write_text(yaml.safe_dump(glossary))
    whole = ["".join(c for c in text if not c.isdigit()) for text in STRINGS]
    reading = [
        {"id": f"r{n}", "name": f"owls {whole[n]}"[:99], "lead": f"{whole[n + 1]} owls", "introduction": f"{whole[n + 2]} owls", "steps": [{"paper": f"p{m:02}", "why": f"{whole[m]} owls"} for m in range(n, n + 30)]}
        for n in (0, 30)
    ]  # fmt: skip
    (folder / "content" / "paths.yml").write_text(yaml.safe_dump(reading))
    fields = {f"f{n}": {"label": STRINGS[n][:99]} for n in range(4)}
    (folder / "content" / "shelf.yml").write_text(yaml.safe_dump({"format": 1, "fields": fields}))
    tables = [{"id": "facts", "name": f"owls {STRINGS[3]}"[:99], "lead": f"{STRINGS[4]} owls", "introduction": f"{STRINGS[5]} owls", "columns": list(fields)}]  # fmt: skip
    (folder / "content" / "tables.yml").write_text(yaml.safe_dump(tables))
    (folder / "content" / "map.csv").write_text(
        "id,x,y\n" + "".join(f"p{n:02},{n * 100},{n * n % 9000}\n" for n in range(number))
    )
    deep = folder / "content" / "by" / "hand"
    deep.mkdir(parents=True)
    own = "<script>document.documentElement.dataset.own = 'ran';</script>"
    (deep / "page.md").write_text(f"# By hand\n\n{own}\n\n[a paper](../../papers/p00.md)\n\n```\ncode\n```\n")
    values = {
        "site_name": " | ".join(STRINGS[:40]),
        "site_description": " | ".join(STRINGS[40:]),
        "site_author": " | ".join(STRINGS[:40]),
        "site_url": "https://example.org/index/",
        "docs_dir": "content",
        "theme": {"name": "material", "font": False, "features": ["content.code.copy", "navigation.top"], "palette": [{"scheme": "default", "toggle": {"icon": "material/weather-night", "name": "x"}}]},
        "plugins": [{"papershelf": {"per_page": 40}}],
        "nav": [{"Home": "index.md"}, {"Hand": "by/hand/page.md"}, {"More": ["papers/p00.md", "papers/p38.md", "topics/t3.md", "papers/index.md"]}],
    } | config  # fmt: skip
    (folder / "mkdocs.yml").write_text(json.dumps(values))
    return folder


def build_index(folder, **config):
    """Build the hostile index, and return its site."""
    result = mkdocs("build", "--strict", cwd=write_index(folder, **config))
    assert result.returncode == 0, result.stdout + result.stderr
    return folder / "site"
