"""Remains of LaTeX in running text, made readable; mathematics between dollars is left as it is."""

from __future__ import annotations

import re

from pylatexenc.latex2text import LatexNodes2Text

from generator.text.maths import split_maths

_TO_TEXT = LatexNodes2Text(math_mode="text")
_QUOTES = ((re.compile(r"``|(?<![^\s(\[])''(?=\w)"), "“"), (re.compile("''"), "”"))
# `\'e`, `\"{o}`, `\v{c}`: an accent and the letter that carries it.
_ACCENT = re.compile(r"""\\(?:['"`^~=.]\s*(?:\{\\?[A-Za-z]\}|\\?[A-Za-z])|[Hcdbkruvt]\{\\?[A-Za-z]{1,2}\})""")
_COMMAND = re.compile(r"\\([A-Za-z]+)(?:\{\})?")
_ESCAPED = re.compile(r"\\([%&_#${}])")
_INLINE = re.compile(r"\\\((.{1,300}?)\\\)")
_TIE = re.compile(r"(?<=[^\W\d_]|\.)~(?=\w)")
_GROUP = re.compile(r"\{([^{}\s,]+)\}")
# Some pages drop the backslash of a sign beside a figure: "by sim75%", "20times larger".
_BARE = ((re.compile(r"(?<![A-Za-z])sim ?(?=\d)"), "∼"), (re.compile(r"(?<=\d)times\b"), "×"))
_STYLED = re.compile(r"\\(?:textbf|textit|emph|texttt|textsc|textrm|text|underline)\{([^{}]*)\}")
_LEFT, _RIGHT = "\ue000", "\ue001"  # stand in for `\{` and `\}` while groups are opened


def _command(match: re.Match[str]) -> str:
    """Return the character that a command stands for, or its bare name when it is an author's own macro."""
    return str(_TO_TEXT.latex_to_text(match[0])).strip() or match[1]


def _open_groups(text: str) -> str:
    """Return the text without the braces that only group one word, and without braces that lack a partner."""
    before = ""
    while before != text:
        before, text = text, _GROUP.sub(r"\1", text)
    if text.count("{") != text.count("}"):
        text = text.replace("{", "").replace("}", "")
    return text


def _words(text: str) -> str:
    text = _INLINE.sub(lambda m: f"${m[1]}$" if re.search(r"[\\^_]", _ESCAPED.sub("", m[1])) else m[1], text)
    if "\\" in text:
        text = _ACCENT.sub(lambda m: str(_TO_TEXT.latex_to_text(m[0])), text)
        text = _STYLED.sub(r"\1", text)
        text = text.replace(r"\{", _LEFT).replace(r"\}", _RIGHT)
        text = _ESCAPED.sub(r"\1", text)
        text = _COMMAND.sub(_command, text)
    text = _TIE.sub(" ", text)
    for tex, sign in (*_BARE, *_QUOTES):
        text = tex.sub(sign, text)
    if "{" in text or "}" in text:
        text = _open_groups(text)
    return text.replace(_LEFT, "{").replace(_RIGHT, "}")


def make_readable(text: str) -> str:
    """Return the text with LaTeX commands, accents, quotes and groups turned into the characters they stand for."""
    return "".join(f"${part}$" if is_maths else _words(part) for is_maths, part in split_maths(text))
