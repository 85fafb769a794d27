"""TeX formulas as plain characters: symbols, superscripts, subscripts and operators."""

from __future__ import annotations

import logging
import re
import unicodedata
from functools import cache, lru_cache
from typing import Any

from latex2mathml.symbols_parser import SYMBOLS
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db
from pylatexenc.latexwalker import get_default_latex_context_db as get_default_macros
from pylatexenc.macrospec import LatexContextDb, std_macro

from generator.limits import TEX_DEPTH

logging.getLogger("pylatexenc").setLevel(logging.ERROR)  # it warns of every character that it does not know
_PARENTHESIS = re.compile(r"\\(?:begin|end)(?![A-Za-z])|\\.|[{}\[\]]", re.DOTALL)
_OPTIONAL = re.compile(r"\\(?:[A-Za-z]+\*?|\\)\s*\[")  # a command that takes what follows in brackets
_GROUP = r"\{[^{}]*\}"
_SCRIPT = re.compile(rf"([_^])\s*(?:\{{([^{{}}]*)\}}|(\\[A-Za-z]+(?:{_GROUP})?|[^\s{{}}(]))")
_OPERATORS = (
    "arccos|arcsin|arctan|arg|cos|cosh|cot|coth|csc|deg|det|dim|exp|gcd|hom|inf|ker|lg|lim|liminf|limsup|ln|log|max|min|Pr|"
    "sec|sin|sinh|sup|tan|tanh|bmod|mod"
)
_OPERATOR = re.compile(
    rf"(?P<before>\s*)\\(?:operatorname\*?\s*(?P<own>{_GROUP})|(?P<name>{_OPERATORS})(?![A-Za-z]))(?:\s*\\(?:no)?limits(?![A-Za-z]))?"
    rf"(?P<scripts>(?:\s*[_^]\s*(?:{_GROUP}|\\[A-Za-z]+(?:{_GROUP})?|[^\s\\{{}}])){{0,2}})(?P<after>\s*)"
)
_ENDS_TERM = re.compile(r"[\w)\]}'!]")
_BEGINS_TERM = re.compile(
    r"[\w{]|\\(?!(?:left|right|[bB]igg?[lr]?|[lr]?[vV]ert|mid|middle)(?![A-Za-z]))[A-Za-z]"
)
_SPACES = re.compile(r"(?:\\ \s*)+")
_SPACE = re.compile(r"\\[,;: !]|~")
_BETWEEN_BLANKS = re.compile(r"(?<=\s)(\\[A-Za-z]+)\s+")
_TEXT = re.compile(r"\\(?:text[a-z]*|[mh]box)\s*\{[^{}]*\}")
_DOLLARS = re.compile(r"\$([^$]+)\$")
_FRACTION = re.compile(r"\\[dtc]frac(?![A-Za-z])")
_NAME = re.compile(r"\\operatorname\{(\w+)\}")
_LONG_SCRIPT = re.compile(rf"([_^])\s*\{{((?:[^{{}}]|{_GROUP})+)\}}")
_COMPOUND = re.compile(r"[\s,/<=>+±×·∓−∧∨∩∪-]")
_ENCLOSED = re.compile(r"\([^()]*\)")
# The effect of these on a formula cannot be shown in one line.
_SILENT = frozenset(
    """left right middle big Big bigg Bigg bigl bigr Bigl Bigr limits nolimits displaystyle textstyle scriptstyle mathop
    mathrel mathbin mathord mathopen mathclose rm bf it sf tt cal boldsymbol bm pmb nonumber notag allowbreak protect
    color hspace vspace label phantom hphantom vphantom
    """.split()  # noqa: SIM905 (a list of words reads best as words)
)
_RAISED = {
    unicodedata.normalize("NFKD", chr(c)): chr(c)
    for c in (*range(0x2070, 0x2080), 0xB9, 0xB2, 0xB3)
    if unicodedata.decomposition(chr(c)).startswith("<super>")
}
_LOWERED = {
    unicodedata.normalize("NFKD", chr(c)): chr(c)
    for c in range(0x2080, 0x209D)
    if unicodedata.decomposition(chr(c)).startswith("<sub>")
}


def is_sound(tex: str) -> bool:
    """Return whether braces, brackets after commands, and environments are balanced and not nested too deeply.

    For other formulas, the parsers retry repeatedly, and the cost doubles with each level.
    """
    found = _PARENTHESIS.findall(tex)
    strict = bool(_OPTIONAL.search(tex))
    closing = {"}": "{", "]": "[", r"\end": r"\begin"}
    opened: list[str] = []
    for sign in found:
        if sign.startswith("\\") and sign not in {r"\begin", r"\end"}:
            continue
        if sign in "[]" and not strict:
            continue
        if sign not in closing:
            opened.append(sign)
        elif not opened or opened.pop() != closing[sign]:
            return False
        if len(opened) > TEX_DEPTH:
            return False
    return not opened


def run_reader(reader: LatexNodes2Text, tex: str, **flags: object) -> str:
    """Return the plain text of a piece of LaTeX on one line, or an empty text if it cannot be read."""
    if not is_sound(tex):
        return ""
    try:
        said = str(reader.latex_to_text(tex, **flags))
    except Exception:  # noqa: BLE001 (the reader fails in many ways on macros without their arguments)
        return ""
    return "" if "%s" in said else " ".join(said.split())


@lru_cache(maxsize=4096)
def formula_to_text(tex: str) -> str:
    r"""Return a formula in plain characters: `n log n` for `n\log n`; empty if it cannot be read."""
    tex = tex.replace("%", r"\%").replace(r"\\%", r"\%").replace(r"\|", "‖")
    tex = _SPACE.sub(lambda match: "" if match[0] == r"\!" else " ", _FRACTION.sub(r"\\frac", tex))
    tex = _BETWEEN_BLANKS.sub(_keep_blanks, _NAME.sub(r"\1", space_operators(tex)))
    for _ in range(TEX_DEPTH):
        before, tex = tex, _SCRIPT.sub(_say_script, tex)
        if tex == before:
            break
    tex = _LONG_SCRIPT.sub(r"\1(\2)", tex)  # such as that of x^{\frac{1}{2}}
    reader, macros = _build_reader()
    return run_reader(reader, tex, latex_context=macros)


def space_operators(tex: str) -> str:
    r"""Return TeX with explicit spaces around named operators, as TeX prints them: `n\ \operatorname{log}\ n`.

    Mathematics inside the text of a formula (`\text{if $x$}`) is moved out of it.
    """
    tex = _TEXT.sub(lambda match: _DOLLARS.sub(r"}\1\\text{", match[0]), tex)
    return _SPACES.sub(r"\\ ", _OPERATOR.sub(_space_operator, tex))


def _space_operator(match: re.Match[str]) -> str:
    text = match.string
    words = _SPACE.sub(
        " ", match["own"][1:-1] if match["own"] else match["name"].replace("bmod", "mod")
    ).split()
    name = r"\ ".join(
        rf"\operatorname{{{word}}}" if word.isalnum() else rf"\mathrm{{{word}}}" for word in words
    )
    left = r"\ " if _ENDS_TERM.match(text[match.start() - 1 : match.start()]) else match["before"]
    right = r"\ " if _BEGINS_TERM.match(text, match.end()) else match["after"]
    return f"{left}{name}{match['scripts']}{right}"


def _keep_blanks(match: re.Match[str]) -> str:
    r"""Return a symbol with the spaces on both sides, as in `x \in X`; TeX drops the space after a command."""
    symbol = SYMBOLS.get(match[1])
    return rf"{match[1]}\ " if symbol else match[0]


def _say_script(match: re.Match[str]) -> str:
    """Return a superscript or subscript in Unicode characters if they exist, otherwise unchanged."""
    small = _RAISED if match[1] == "^" else _LOWERED
    inner = match[2] if match[2] is not None else match[3]
    if inner and all(c in small for c in inner):
        return "".join(small[c] for c in inner)
    inner = inner.strip()
    if inner == r"\prime":
        return "′"
    if inner[:1] == "\\" and inner in SYMBOLS:
        inner = chr(int(SYMBOLS[inner], 16))
    return f"{match[1]}{inner}" if len(inner) == 1 else f"{match[1]}({inner})" if inner else ""


@cache
def _build_reader() -> tuple[LatexNodes2Text, LatexContextDb]:
    """Return a reader of formulas that drops nothing; unknown commands are replaced by their names."""
    texts = get_default_latex_context_db()
    texts.add_context_category(
        "formulas",
        prepend=True,
        macros=[
            *(MacroTextSpec(name, discard=True) for name in _SILENT),
            *(MacroTextSpec(name, "%s") for name in ("mbox", "hbox", "texttt", "textsf", "textmd", "textup")),
            MacroTextSpec("pmod", "(mod %s)"),
            MacroTextSpec("sqrt", simplify_repl=_say_root),
            *(MacroTextSpec(name, simplify_repl=_say_fraction) for name in ("frac", "nicefrac")),
            MacroTextSpec("binom", "(%(1)s choose %(2)s)"),
            MacroTextSpec("xrightarrow", "→(%(2)s)"),
            MacroTextSpec("xleftarrow", "←(%(2)s)"),
        ],
    )
    texts.set_unknown_macro_spec(MacroTextSpec("", simplify_repl=_name_unknown))
    macros = get_default_macros()
    macros.add_context_category(
        "formulas",
        prepend=True,
        macros=[
            *(std_macro(name, "{") for name in ("mbox", "hbox", "pmod", "phantom", "hphantom", "vphantom")),
            std_macro("binom", "{{"),
        ],
    )
    return LatexNodes2Text(latex_context=texts, math_mode="text", keep_comments=True), macros


def _say_parts(node: Any, l2tobj: LatexNodes2Text) -> list[str]:  # noqa: ANN401 (a node of the reader)
    parts = node.nodeargd.argnlist if node.nodeargd else ()
    return ["" if part is None else str(l2tobj.nodelist_to_text([part])).strip() for part in parts]


def _say_root(node: Any, l2tobj: LatexNodes2Text) -> str:  # noqa: ANN401 (a node of the reader)
    """Return a root, with its degree if it has one: `³√(x)`, `√[k](x)`."""
    degree, inner = _say_parts(node, l2tobj)
    degree = degree.removeprefix("[").removesuffix("]")
    if all(sign in _RAISED for sign in degree):
        return f"{''.join(_RAISED[sign] for sign in degree)}√({inner})"
    return f"√[{degree}]({inner})"


def _say_fraction(node: Any, l2tobj: LatexNodes2Text) -> str:  # noqa: ANN401 (a node of the reader)
    """Return a fraction on one line, with parentheses where its parts would otherwise come apart: `(a+b)/c`."""
    return "/".join(
        f"({part})" if _COMPOUND.search(part) and not _ENCLOSED.fullmatch(part) else part
        for part in _say_parts(node, l2tobj)
    )


def _name_unknown(node: Any, l2tobj: LatexNodes2Text) -> str:  # noqa: ANN401 (a node of the reader)
    symbol = SYMBOLS.get(f"\\{node.macroname}")
    found = node.nodeargd.argnlist if node.nodeargd and node.nodeargd.argnlist else ()
    said = "".join(str(l2tobj.nodelist_to_text([part])) for part in found if part is not None)
    return f"{chr(int(symbol, 16)) if symbol else node.macroname + node.macro_post_space}{said}"
