"""LaTeX in running text made readable. Mathematics between dollar signs is left unchanged."""

from __future__ import annotations

import re
from functools import lru_cache

from pylatexenc.latex2text import LatexNodes2Text, get_default_latex_context_db

from generator.limits import TEX_CHARACTERS
from generator.text.formulas import bare_dollars, simplify_delimiters, split_maths
from generator.text.tex_text import read_latex

_TO_TEXT = LatexNodes2Text(math_mode="text")
_QUOTES = ((re.compile(r"``|(?<![^\s(\[])''(?=\w)"), "“"), (re.compile("''"), "”"))
# `\'e`, `\"{o}`, `\v{c}`: an accent and the letter that carries it.
_ACCENT = re.compile(r"""\\(?:['"`^~=.]\s*(?:\{\\?[A-Za-z]\}|\\?[A-Za-z])|[Hcdbkruvt]\{\\?[A-Za-z]{1,2}\})""")
_COMMAND = re.compile(r"\\([A-Za-z]+)(?:\{\})?")
_ESCAPED = re.compile(r"\\([%&_#{}])")
_INLINE = re.compile(r"\\\(((?:(?!\\[()]).){1,300})\\\)")
_TIE = re.compile(r"(?<=[^\W\d_]|\.)~(?=\w)")
_GROUP = re.compile(r"\{([^{}\s,]+)\}")
# Some pages drop the backslash of a character beside a figure: "by sim75%", "20times larger".
_BARE = (
    (re.compile(r"(?<![A-Za-z])sim ?(?=\d[\d.,]*(?:\\?%|times\b|×|[xkKMB]\b|\s|$))"), "∼"),
    (re.compile(r"(?<=\d)times\b"), "×"),
)
_URL = re.compile(r"(https?://[^\s{}]+)")
_ADDRESS = re.compile(r"\\url\s*\{([^{}]*)\}")
_LINK = re.compile(r"\\(?:href|textcolor)\s*\{[^{}]*\}\s*\{([^{}]*)\}")
_NOTE = re.compile(r"\\footnote\s*\{([^{}]*)\}")
_CITE = re.compile(r"~?\\(?:cite[a-z]*|ref|label)\s*\{([^{}]*)\}")
_SWITCH = re.compile(r"\\(?:bf|it|em|tt|sc|rm|sf|small|large|bfseries|itshape)\b\s*")
_FORMULA = re.compile(
    r"(?:\\(?:mathcal|mathbb|mathbf|mathrm|sqrt|frac|hat|bar|tilde|vec)\s*(?:\{[^{}]*\}){1,2})"
)
_STYLED = re.compile(r"\\(?:textbf|textit|emph|texttt|textsc|textrm|text|underline)\{([^{}]*)\}")
_LONGEST_SIGN = 2
_KNOWN = get_default_latex_context_db()
_STAND_INS = re.compile("[\ufdd0-\ufdef]")
_DEEPEST_GROUP = 5
_LEFT, _RIGHT = "\ufdda", "\ufddb"  # stand for `\{` and `\}` while groups are opened


def _command(match: re.Match[str]) -> str:
    """Return the character that a command stands for, or its bare name when it is an author's own macro."""
    if _KNOWN.get_macro_spec(match[1]) is None:
        return match[1]
    said = _read(match[0])
    return said if said and len(said) <= _LONGEST_SIGN and "<" not in said else match[1]


@lru_cache(maxsize=8192)
def _read(tex: str) -> str:
    return read_latex(_TO_TEXT, tex)


def _open_groups(text: str) -> str:
    """Return the text without the braces that only group one word, and without braces that lack a partner."""
    for _ in range(_DEEPEST_GROUP):
        before, text = text, _GROUP.sub(r"\1", text)
        if before == text:
            break
    if text.count("{") != text.count("}"):
        text = text.replace("{", "").replace("}", "")
    return text


def _words(text: str) -> str:
    text = _INLINE.sub(lambda m: f"${m[1]}$" if re.search(r"[\\^_]", _ESCAPED.sub("", m[1])) else m[1], text)
    if "\\" in text:
        for pattern, kept in (
            (_NOTE, r" (\1)"),
            (_CITE, r" [\1]"),
            (_SWITCH, ""),
        ):
            text = pattern.sub(kept, text)
        text = _ACCENT.sub(lambda m: _read(m[0]) or m[0], text)
        text = _STYLED.sub(r"\1", text)
        text = text.replace(r"\{", _LEFT).replace(r"\}", _RIGHT)
        text = _COMMAND.sub(_command, _ESCAPED.sub(r"\1", text))
    text = _TIE.sub(" ", text)
    for tex, sign in (*_BARE, *_QUOTES):
        text = tex.sub(sign, text)
    if "{" in text or "}" in text:
        text = _open_groups(text)
    return text.replace(_LEFT, "{").replace(_RIGHT, "}")


def _prose(text: str) -> str:
    """Return words and addresses made readable; of an address only escaped characters are corrected."""
    parts = _URL.split(_LINK.sub(r"\1", _ADDRESS.sub(r"\1", text)))
    return "".join(_ESCAPED.sub(r"\1", part) if n % 2 else _words(part) for n, part in enumerate(parts))


def latex_to_text(text: str) -> str:
    """Return the text with LaTeX commands, accents, quotes and groups turned into the characters they stand for."""
    if len(text) > TEX_CHARACTERS:
        return text
    text = _STAND_INS.sub("", text)
    text = "".join(
        part.source if part.tex else _FORMULA.sub(r"$\g<0>$", part.source) for part in split_maths(text)
    )
    text = "".join(part.source if part.tex else _prose(part.source) for part in split_maths(text))
    return bare_dollars(simplify_delimiters(text))
