"""LaTeX commands by name: the symbols and accents that they print, and which of their arguments are text.

The symbols are those of the LaTeX kernel (tuenc.def, textcomp) that pylatexenc lacks. The other commands are from
packages that databases and reference managers use: mathscinet, babel, csquotes, hyperref, eurosym, gensymb, vntex.
"""

from __future__ import annotations

from collections.abc import Mapping

_FIGURES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_GREEK = """alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mugreek nu xi omikron pi rho sigma tau upsilon
    phi chi psi omega""".split()  # noqa: SIM905 (a list of words reads best as words)
SIGNS: Mapping[str, str] = {
    "textless": "<", "textgreater": ">", "textbar": "|", "textunderscore": "_", "textquotedbl": '"',
    "textbraceleft": "{", "textbraceright": "}", "textbardbl": "‖", "textsurd": "√", "textminus": "−",
    "S": "§", "P": "¶", "pounds": "£", "copyright": "©", "dag": "†", "ddag": "‡", "ddagger": "‡", "SS": "ẞ",
    "textlegacysection": "§", "textlegacyparagraph": "¶", "textlegacydagger": "†", "textlegacydaggerdbl": "‡",
    "textlegacybullet": "•", "textlegacyperiodcentered": "·", "textlegacybardbl": "‖",
    "textlegacyasteriskcentered": "∗", "textpilcrow": "¶", "textborn": "⋆", "textdied": "†", "textleaf": "❧",
    "textmarried": "⚭", "textdivorced": "⚮", "textcopyleft": "🄯", "textguarani": "₲", "textdollaroldstyle": "$",
    "textcentoldstyle": "¢", "textgravedbl": "˵", "textlquill": "⁅", "textrquill": "⁆", "textlbrackdbl": "⟦",
    "textrbrackdbl": "⟧", "textinterrobangdown": "⸘", "textdblhyphen": "⹀", "textdblhyphenchar": "⹀",
    "textnonbreakinghyphen": "‑", "textfiguredash": "‒", "texthorizontalbar": "―", "textthreequartersemdash": "—",
    "texttwelveudash": "—", "textquotestraightbase": "‚", "textquotestraightdblbase": "„",
    **{f"text{name}oldstyle": str(n) for n, name in enumerate(_FIGURES)},
    "hwithstroke": "ħ", "Hwithstroke": "Ħ", "texthash": "#", "textpartial": "∂", "textlozenge": "◊",
    "textinfinity": "∞", "textpeseta": "₧", "textsquare": "□", "textblacksquare": "■",
    # Quotation marks of LaTeX, babel and csquotes
    "lq": "‘", "rq": "’", "guillemetleft": "«", "guillemetright": "»", "flqq": "«", "frqq": "»", "flq": "‹", "frq": "›",
    "glqq": "„", "grqq": "“", "glq": "‚", "grq": "‘", "og": "«\N{NO-BREAK SPACE}", "fg": "\N{NO-BREAK SPACE}»",
    "textquotestraight": "'", "mdash": "—", "ndash": "–",
    # Symbols of plain TeX, eurosym, gensymb, textgreek, amssymb
    "slash": "/", "lbrack": "[", "rbrack": "]", "space": " ", "nobreakspace": " ", "thinspace": " ", "enspace": " ",
    "quad": " ", "qquad": " ", "par": " ", "newline": " ", "linebreak": " ",
    "euro": "€", "EUR": "€", "eurologo": "€", "officialeuro": "€", "degree": "°", "celsius": "℃", "perthousand": "‰", "micro": "µ", "ohm": "Ω", "trademark": "™", "registered": "®",
    "checkmark": "✓", "female": "♀", "male": "♂", "No": "№", "hyphen": "-", "texttimes": "×", "prime": "′",
    **{f"text{name}": sign for name, sign in zip(_GREEK, "αβγδεζηθικλμνξοπρστυφχψω", strict=True)},
    # Letters of mathscinet, vntex and biblatex
    "Dbar": "Đ", "dbar": "đ", "cprime": "ʹ", "cdprime": "ʺ", "Cprime": "ʹ", "Cdprime": "ʺ", "bud": "ʺ", "tprime": "ʹ", "lasp": "ʿ", "rasp": "ʾ",
    "cydot": "·", "ohorn": "ơ", "OHORN": "Ơ", "uhorn": "ư", "UHORN": "Ư", "addcomma": ",", "addcolon": ":",
    "addsemicolon": ";", "adddot": ".", "addperiod": ".", "addspace": " ", "addnbspace": " ", "addslash": "/",
    "addhyphen": "-", "addnbthinspace": " ", "bibrangedash": "–",
    # Commands that print names
    "LaTeX": "LaTeX", "TeX": "TeX", "BibTeX": "BibTeX", "today": "today",
}  # fmt: skip
"""The text printed by commands without arguments."""
LETTERS = frozenset(
    """o O l L ae AE oe OE ss SS aa AA i j dh DH th TH dj DJ ng NG ij IJ Dbar dbar cprime cdprime bud tprime Cprime Cdprime
    ohorn OHORN uhorn UHORN hwithstroke Hwithstroke lq rq glqq grqq flqq frqq glq grq flq frq og fg textquoteleft textquotedblleft
    guillemotleft guillemetleft guilsinglleft quotedblbase quotesinglbase""".split()  # noqa: SIM905 (as a list of words)
)
"""Commands for letters and quotation marks; a space after one only ends its name."""
_COMMA_BELOW = "\u0326"
ACCENTS: Mapping[str, str] = {
    "'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "H": "\u030b", "c": "\u0327", "d": "\u0323", "b": "\u0331", "k": "\u0328", "r": "\u030a", "u": "\u0306",
    "v": "\u030c", "t": "\u0361", "h": "\u0309", "textcommabelow": _COMMA_BELOW,
    "textcommaabove": "\u0313", "textdoublegrave": "\u030f", "textinvbreve": "\u0311", "textdotbelow": "\u0323",
    "textsubdot": "\u0323", "textsubbar": "\u0331", "textsubring": "\u0325", "textsubbreve": "\u032e",
    "textogonekcentered": "\u0328",
    "lfhook": _COMMA_BELOW, "polhk": "\u0328", "soft": "\u030c", "ocirc": "\u030a", "udot": "\u0323",
    "cflex": "\u0302", "cfac": "\u0302\u0301", "cfgr": "\u0302\u0300", "cftil": "\u0302\u0303",
    "dudot": "\u0324", "utilde": "\u0330", "uarc": "\u032e",
    "capitalgrave": "\u0300", "capitalacute": "\u0301", "capitalcircumflex": "\u0302", "capitaltilde": "\u0303",
    "capitalmacron": "\u0304", "capitalbreve": "\u0306", "capitaldotaccent": "\u0307", "capitaldieresis": "\u0308",
    "capitalring": "\u030a", "capitalhungarumlaut": "\u030b", "capitalcaron": "\u030c", "capitalcedilla": "\u0327",
    "capitalogonek": "\u0328", "capitaltie": "\u0361", "newtie": "\u0361", "capitalnewtie": "\u0361",
}  # fmt: skip
"""Commands that put an accent on the next letter, with Unicode's combining characters of the same shape."""
MADE_ACCENTS: Mapping[str, str] = {r"\llap{\raise.3ex\hbox{'}\kern.1em}": "\u0309", r"\llap{'}": "\u031b"}
"""The hook and horn of Vietnamese letters, built from an apostrophe for fonts that lack them."""
MATHS_ACCENTS: Mapping[str, str] = {
    "acute": "\u0301", "grave": "\u0300", "hat": "\u0302", "ddot": "\u0308", "tilde": "\u0303", "bar": "\u0304",
    "breve": "\u0306", "dot": "\u0307", "check": "\u030c", "mathring": "\u030a",
}  # fmt: skip
"""Accents of mathematics, which databases also use in names."""
SPACING: Mapping[str, str] = {
    **{sign: sign for sign in "'`^\"~=."}, "c": "¸", "k": "˛", "r": "˚", "u": "˘", "v": "ˇ", "H": "˝",
}  # fmt: skip
"""The text printed by an accent without a letter."""
SWITCHES = frozenset(
    """bf it em tt sc rm sf sl bfseries itshape scshape upshape mdseries rmfamily sffamily ttfamily slshape normalfont tiny
    scriptsize footnotesize small normalsize large Large LARGE huge Huge relax protect xspace ignorespaces unskip
    leavevmode noindent centering boldmath unboldmath null nopunct isdot newblock allowbreak nolinebreak nobreak""".split()  # noqa: SIM905 (as a list of words)
)
"""Commands that print nothing; a space after one only ends its name."""
STYLES = frozenset(
    """textbf textit emph mkbibemph mkbibbold mkbibitalic texttt textsc textrm textsf textsl textup textmd textnormal text
    underline uline mbox hbox""".split()  # noqa: SIM905 (as a list of words)
)
"""Commands that print their single argument in another style."""
_SILENT = """hspace vspace noopsort SortNoop sortnoop label color pagecolor index phantom hphantom vphantom selectlanguage
    fontfamily fontseries fontshape vskip hskip""".split()  # noqa: SIM905 (as a list of words)
_SECOND = """foreignlanguage textlang textcolor colorbox raisebox parbox scalebox rotatebox hyperlink hypertarget href
    bibinfo bibfield""".split()  # noqa: SIM905 (as a list of words)
ARGUMENTS: Mapping[str, tuple[int, str]] = {
    **dict.fromkeys(_SILENT, (1, "")),
    **dict.fromkeys(_SECOND, (2, "{1}")),
    **dict.fromkeys(STYLES, (1, "{0}")),
    "begin": (1, " "), "end": (1, " "), "fontsize": (2, ""), "setlength": (2, ""), "addtolength": (2, ""), "rule": (2, ""),
    "usefont": (4, ""), "fcolorbox": (3, "{2}"), "resizebox": (3, "{2}"), "makebox": (1, "{0}"), "framebox": (1, "{0}"),
    "hyphenquote": (2, "“{1}”"), "foreignquote": (2, "“{1}”"), "textquote": (1, "“{0}”"), "enquote": (1, "“{0}”"),
    "mkbibquote": (1, "“{0}”"), "mkbibparens": (1, "({0})"), "mkbibbrackets": (1, "[{0}]"),
    "texorpdfstring": (2, "{0}"), "printfirst": (2, "{0}"), "switchargs": (2, "{1}{0}"), "singleletter": (1, "{0}"),
    "textsuperscript": (1, "{0}"), "textsubscript": (1, "{0}"), "symbol": (1, "{0}"),
    "footnote": (1, " ({0})"), "thanks": (1, " ({0})"), "cite": (1, " [{0}]"), "ref": (1, " [{0}]"),
}  # fmt: skip
"""Commands with arguments in braces: the number of arguments, and the template of their output."""
