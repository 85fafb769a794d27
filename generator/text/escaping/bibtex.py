"""Escaping for BibTeX: LaTeX for text, and URLs whose braces do not end the field."""

from __future__ import annotations

import re

from latex2mathml import commands
from latex2mathml.symbols_parser import SYMBOLS
from pylatexenc.latexencode import (
    RULE_DICT,
    UnicodeToLatexConversionRule,
    UnicodeToLatexEncoder,
    get_builtin_uni2latex_dict,
)

from generator.text.escaping.lines import clean
from generator.text.formulas import show_words, split_maths

# The encoder's commands for these are wrong or lossy (`Ű` becomes `Ú`, a Greek `Α` a Latin one): they stay as they are,
# as every engine of today reads them. Greek letters that are commands of mathematics are right.
_UNTOUCHED = (*map(ord, "ĦħŦŧŰűŉĿŀĸʼˆ˜˙˚˛‐‑‒―′″"), *range(0x300, 0x530), *range(0x2150, 0x2160))
_COMMANDS = get_builtin_uni2latex_dict()
_KEPT = UnicodeToLatexConversionRule(
    RULE_DICT,
    {
        code: chr(code)
        for code in _UNTOUCHED
        if not re.fullmatch(r"\\ensuremath\{\\[A-Za-z]+\}", _COMMANDS.get(code, ""))
    },
)
_ENCODER = UnicodeToLatexEncoder(
    conversion_rules=[_KEPT, "defaults"],
    unknown_char_policy="keep",
    replacement_latex_protection="braces-after-macro",
)

_DECLARATION = re.compile(r"<[!?/]")  # no mathematics; Python-Markdown takes it for HTML even in code
_COMMAND = re.compile(r"\\(?:[A-Za-z@]+|.)|%")
# Commands of mathematics; not those that define, that take a name of a command or a file, or that are none in LaTeX.
_KNOWN = (
    frozenset(
        value
        for name, values in vars(commands).items()
        if name.isupper()
        for value in ((values,) if isinstance(values, str) else values)
    )
    | SYMBOLS.keys()
)
_KNOWN -= {
    r"\begin", r"\end", r"\def", r"\newcommand", r"\newenvironment", r"\DeclareMathOperator", r"\href", r"\verb", r"\class",
    r"\style", r"\unicode", "%",
}  # fmt: skip
# Needs no encoding; far most texts are such.
_PLAIN = re.compile(r"(?:[\w !()*+,./:;=?@\[\]|]++|'(?!')|`(?!`)|-(?!-))*+", re.ASCII)
_TILDE = re.compile(r"\\~([A-Za-z])")  # in braces, so that no address ends in a tilde and a letter
_LIGATURE = re.compile(r"-(?=-)|`(?=`)|'(?=')")  # TeX makes one character of two such


def escape_bibtex(text: str) -> str:
    r"""Return the text for the value of a field in braces.

    BibTeX counts braces, even escaped ones, and knows no other end of a value (btxdoc, section 3.1); these come in pairs.
    Signs that mean something to TeX are commands for themselves. Mathematics stays as it is where it is made of known
    commands of mathematics, so that no title reads a file (`\input`) or makes commands (`\def`) where it is cited.
    """
    if "_" not in text and _PLAIN.fullmatch(text):
        return text
    text = clean(text)
    parts = (
        f"${part.tex}$"
        if part.tex and _is_harmless(part.tex)
        else _encode_words(part.source if part.tex else show_words(part.source))
        for part in split_maths(text)
    )
    return "".join(parts)


def _encode_words(text: str) -> str:
    parts = text.split('"')
    encoded = '{"}'.join(_LIGATURE.sub(r"\g<0>{}", str(_ENCODER.unicode_to_latex(part))) for part in parts)
    encoded = _TILDE.sub(r"\\~{\1}", encoded)
    return encoded.replace(r"\{", r"\textbraceleft{}").replace(r"\}", r"\textbraceright{}")


def _is_harmless(tex: str) -> bool:
    """Return whether a formula has its braces in pairs, no markup, no comment, no character by its code, and known commands only."""
    depth = 0
    for sign in tex:
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return False
    return (
        not depth
        and "^^" not in tex
        and not _DECLARATION.search(tex)
        and _KNOWN.issuperset(_COMMAND.findall(tex))
    )


def escape_bibtex_address(identifier: str) -> str:
    """Return an identifier or address whose braces, which would end the field, are written as in addresses."""
    return identifier.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")
