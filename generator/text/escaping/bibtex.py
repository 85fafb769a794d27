"""Escaping for BibTeX: LaTeX for text, titles and names, and URLs whose braces do not end the field.

Every non-ASCII letter becomes a command in its own braces. BibTeX treats such a group as one letter when it
abbreviates a name, sorts, or changes the case of a title (btxdoc, section 4; “Tame the BeaST”, section 3.2).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from latex2mathml import commands
from latex2mathml.symbols_parser import SYMBOLS
from pylatexenc.latexencode import get_builtin_uni2latex_dict

from generator.text.escaping.lines import clean_line
from generator.text.formulas import FormulaPart, show_words, split_maths

_ACCENTS: Mapping[str, str] = {
    "\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0304": "=", "\u0306": "u", "\u0307": ".",
    "\u0308": '"', "\u030a": "r", "\u030b": "H", "\u030c": "v", "\u0323": "d", "\u0327": "c", "\u0328": "k",
    "\u0331": "b", "\u0326": "textcommabelow",
}  # fmt: skip
"""TeX's accents, by Unicode combining character."""
MADE_MARKS: Mapping[str, str] = {"\u0309": r"\llap{\raise.3ex\hbox{'}\kern.1em}", "\u031b": r"\llap{'}"}
"""The hook and horn of Vietnamese letters, built from an apostrophe because default fonts lack them."""
_MOST_MARKS = 3
_KEPT = 16_384  # parts of names, which are on several papers
_COMMANDS = get_builtin_uni2latex_dict()
_TEXT_COMMAND = re.compile(r"\\[A-Za-z]+|\\ensuremath\{.+\}")
_PACKAGE_COMMANDS = frozenset("ƕƞəɛɸʔʞϒ")  # need packages for phonetics, or are mathematics without its mark
# The table's commands for these are wrong or lossy (`Ű` becomes `Ú`, a Greek `Α` becomes Latin) or need other encodings.
_UNTOUCHED = frozenset((*map(ord, "ĦħŦŧŉĿŀĸʼˆ˜˙˚˛‐‑‒―′″"), *range(0x300, 0x530), *range(0x2150, 0x2160)))
_SIGNS: Mapping[str, str] = {
    **{sign: f"\\{sign}" for sign in "&%$#_"},
    '"': '{"}', "{": r"{\textbraceleft}", "}": r"{\textbraceright}", "\xa0": "~",
}  # fmt: skip
# biber and pdflatex agree on stacked accents if the inner letter is supported by itself.
_KNOWN_LETTERS = frozenset(map(chr, range(0xC0, 0x17F)))

_DECLARATION = re.compile(r"<[!?/]")  # no mathematics; Python-Markdown takes it for HTML even in code
_COMMAND = re.compile(r"\\(?:[A-Za-z@]+|.)|%")
# Mathematical commands, without those that define commands, take names of commands or files, or are not LaTeX.
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
_LIGATURE = re.compile(r"-(?=-)|`(?=`)|'(?=')")  # TeX makes one character of two such
# A letter with its combining marks, or a special character of TeX; all other ASCII characters stay unchanged.
_TO_ENCODE = re.compile('["#$%&<>\\\\^_{}~]|(?:[^\x00-\x7f]|[A-Za-z](?=[\u0300-\u036f]))[\u0300-\u036f]*')
_WORD_MARK = re.compile(r"([ -])")
_STOPS = ".,:;?!"
_PREFIX = 3
"""Number of letters of a name that the style `alpha` uses in a label."""
_TWO_BYTES = 0x7FF


def escape_bibtex(text: str) -> str:
    r"""Return a text escaped for the value of a field in braces.

    BibTeX counts braces, including escaped ones, to find the end of a value (btxdoc, section 3.1), so braces are
    balanced. Special characters become commands. Formulas stay unchanged if they contain only known mathematical
    commands, so that no title can read a file (`\input`) or define commands (`\def`) where it is cited.

    >>> escape_bibtex("Çelik & Öwl: $x^2$")
    '{\\c{C}}elik \\& {\\"O}wl: $x^2$'
    """
    return "".join(f"${part.tex}$" if part.tex else _encode(part.source) for part in _split(text))


def escape_bibtex_title(title: str) -> str:
    r"""Return a title escaped by `escape_bibtex`, with braces around parts that styles must not change to lower case.

    These are all formulas, words with a capital after the first character, and single capital letters except `A`.

    >>> escape_bibtex_title("A Part I of ÖVB Owls in $O(N)$")
    'A Part {I} of {{\\"O}VB} Owls in {$O(N)$}'
    """
    words: list[list[FormulaPart]] = [[]]
    for part in _split(title):
        first, *rest = [part] if part.tex else [FormulaPart(word) for word in part.source.split(" ")]
        words[-1].append(first)
        words += [[word] for word in rest]
    return " ".join(_protect(word, is_first=number == 0) for number, word in enumerate(words))


def _split(text: str) -> Iterator[FormulaPart]:
    """Yield the words of a text, and its formulas if they are harmless."""
    for part in split_maths(clean_line(text)):
        if part.tex and _is_harmless(part.tex):
            yield part
        else:
            yield FormulaPart(part.source if part.tex else show_words(part.source))


def _protect(word: Sequence[FormulaPart], *, is_first: bool) -> str:
    """Return a word in braces if its capitals must stay, excluding punctuation at its ends."""
    if not _has_capitals(word, is_first=is_first):
        return "".join(f"{{${part.tex}$}}" if part.tex else _encode(part.source) for part in word)
    first, last = word[0], word[-1]
    before = "" if first.tex else first.source[: _count_signs(first.source)]
    after = "" if last.tex else last.source[len(last.source) - _count_signs(reversed(last.source)) :]
    said = "".join(f"${part.tex}$" if part.tex else _encode(part.source) for part in word)
    before, after = _encode(before), _encode(after)
    return f"{before}{{{said.removeprefix(before).removesuffix(after)}}}{after}"


def _count_signs(text: Iterable[str]) -> int:
    """Return the number of characters before the first letter or digit."""
    number = 0
    for character in text:
        if character.isalnum() or unicodedata.combining(character):
            return number
        number += 1
    return number


def _has_capitals(word: Sequence[FormulaPart], *, is_first: bool) -> bool:
    said = "".join("1" if part.tex else part.source for part in word)
    if len(alone := said.strip(_STOPS)) == 1:
        return alone.isupper() and alone != "A" and not is_first
    return any(letter.isupper() or letter.istitle() for letter in said[1:])


@lru_cache(maxsize=_KEPT)
def escape_bibtex_name(part: str) -> str:
    r"""Return a part of a person's name escaped by `escape_bibtex`, so that styles can abbreviate each word.

    BibTeX abbreviates to the first ASCII letter, the first group with a command, or otherwise the first byte. Letters
    without a command, and characters before a letter, are therefore put in a group that begins with a command without
    effect.

    >>> escape_bibtex_name("Ángel Иван")
    "{\\'A}ngel {\\relax{}И}ван"
    """
    return "".join(word if word in " -" else _keep_first(word) for word in _WORD_MARK.split(clean_line(part)))


def _keep_first(word: str) -> str:
    """Return a word whose first letter (in multi-byte scripts also the second and third) counts as one letter in BibTeX."""
    at = next((number for number, sign in enumerate(word) if _is_letter(sign)), len(word)) + 1
    while at < len(word) and unicodedata.combining(word[at]):
        at += 1
    first = _encode(word[:at])
    if not (word[:at].isascii() or (_TO_ENCODE.fullmatch(word[:at]) and first[0] == "{")):
        first = _group(first)
    following = at
    while following < min(len(word), at + _PREFIX - 1) and _is_cut_anywhere(word[following]):
        first += _group(word[following])
        following += 1
    return first + _encode(word[following:])


def _is_letter(sign: str) -> bool:
    return sign.isalpha() and unicodedata.category(sign) != "Lm"  # not ʿ, which is before one


def _is_cut_anywhere(letter: str) -> bool:
    return ord(letter) > _TWO_BYTES and _encode(letter) == letter


def _group(encoded: str) -> str:
    return f"{{\\relax{{}}{encoded}}}"


def escape_bibtex_body(name: str) -> str:
    r"""Return a name in braces, so that no style splits it.

    The style `alpha` takes the first three letters even inside braces; if this would cut a command, the name becomes
    one letter for it.

    >>> escape_bibtex_body("World Bird Organization")
    '{World Bird Organization}'
    """
    encoded = escape_bibtex(name)
    return _group(encoded) if _is_cut(encoded) else f"{{{encoded}}}"


def _is_cut(encoded: str) -> bool:
    depth = seen = 0
    for sign in encoded:
        if sign in "{}":
            depth += 1 if sign == "{" else -1
            continue
        seen += 1
        if seen > _PREFIX:
            return depth > 0
        if not sign.isascii():
            return True
    return False


def _encode(text: str) -> str:
    if "_" not in text and text.isascii() and text.replace(" ", "").isalnum():
        return text
    return _LIGATURE.sub(r"\g<0>{}", _TO_ENCODE.sub(lambda match: _encode_letter(match[0]), text))


@lru_cache(maxsize=4096)
def _encode_letter(letter: str) -> str:
    """Return the TeX code of a letter with its combining marks or of a special character; others stay unchanged."""
    letter = unicodedata.normalize("NFC", letter)
    if sign := _SIGNS.get(letter):
        return sign
    base, *marks = list(unicodedata.normalize("NFD", letter))
    if marks and len(marks) <= _MOST_MARKS and (inner := _accent(base, marks)):
        return f"{{{inner}}}" if inner[0] == "\\" else _group(inner)
    if len(letter) == 1:
        return f"{{{command}}}" if (command := _name_letter(letter)) else letter
    return letter


def _name_letter(letter: str) -> str:
    """Return the command for a letter or symbol; empty if there is none without a package."""
    command = _COMMANDS.get(ord(letter), "")
    if not _TEXT_COMMAND.fullmatch(command) or letter in _PACKAGE_COMMANDS:
        return ""
    is_maths = re.fullmatch(r"\\ensuremath\{\\[A-Za-z]+\}", command)
    return "" if ord(letter) in _UNTOUCHED and not is_maths else command


def _accent(base: str, marks: Sequence[str]) -> str:
    """Return the TeX code of a base letter with marks, the nearest first; empty if TeX lacks one of them."""
    if not ((base.isascii() and base.isalpha()) or base in _KNOWN_LETTERS):
        return ""
    made = "".join(tex for mark, tex in MADE_MARKS.items() if mark in marks)
    rest = [mark for mark in marks if mark not in MADE_MARKS]
    if not _ACCENTS.keys() >= set(rest):
        return ""
    tex = unicodedata.normalize("NFC", base + "".join(rest)) if made else base
    if made and tex in _KNOWN_LETTERS:
        return f"{tex}{made}"
    tex = base
    for number, mark in enumerate(ordered := _order(base, rest)):
        if number == 1 and _is_known(base, ordered[0]):
            tex = unicodedata.normalize("NFC", base + ordered[0])
        tex = _add(mark, tex)
    return f"{tex}{made}"


def _order(base: str, marks: Sequence[str]) -> Sequence[str]:
    """Return two marks in the order in which the inner letter is supported by itself: `ê` in `ệ`."""
    if len(marks) == 2 and not _is_known(base, marks[0]) and _is_known(base, marks[1]):  # noqa: PLR2004 (a pair)
        one, two = marks
        if unicodedata.combining(one) != unicodedata.combining(two):
            return two, one
    return marks


def _is_known(base: str, mark: str) -> bool:
    return unicodedata.normalize("NFC", base + mark) in _KNOWN_LETTERS


def _add(mark: str, tex: str) -> str:
    command = _ACCENTS[mark]
    is_bare = len(tex) == 1 and tex.isascii() and not command.isalpha()
    return f"\\{command}{tex}" if is_bare else f"\\{command}{{{tex}}}"


def _is_harmless(tex: str) -> bool:
    """Return whether a formula has balanced braces, no markup, no comments, no character codes, and only known commands."""
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
    """Return an identifier or URL with percent-encoded braces, which would otherwise end the field."""
    return identifier.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")
