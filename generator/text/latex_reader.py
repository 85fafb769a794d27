"""Reads the commands of a LaTeX text from left to right: symbols, accents, arguments and URLs."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from msgspec import Struct, field
from pylatexenc.latex2text import LatexNodes2Text, get_default_latex_context_db
from pylatexenc.latexencode import get_builtin_uni2latex_dict

from generator.limits import MARKS
from generator.text.formula_text import run_reader
from generator.text.latex_commands import (
    ACCENTS,
    ARGUMENTS,
    LETTERS,
    MATHS_ACCENTS,
    SIGNS,
    SPACING,
    SWITCHES,
)
from generator.text.maths import plain

PRINTED = dict(zip("\\{}$~-`'", "\ufdd0\ufdd1\ufdd2\ufdd3\ufdd4\ufdd5\ufdd6\ufdd7", strict=True))
"""Placeholders for characters that a command printed, until bare special characters have been read."""
PRINT = str.maketrans(PRINTED)
ASIDE = "\ufdd9"
"""The start of a placeholder for a formula; the next character identifies the formula."""
_TO_TEXT = LatexNodes2Text(math_mode="text")
_KNOWN = get_default_latex_context_db()
_NAMES = {
    **{
        tex[1:]: chr(code)
        for code, tex in sorted(get_builtin_uni2latex_dict().items(), reverse=True)
        if re.fullmatch(r"\\[A-Za-z]+", tex)
    },
    **SIGNS,
}
_LONGEST_SIGN = 2
_COMMAND = re.compile(
    r"\\(?P<name>[A-Za-z]++)(?P<options>\*?(?:\s*+\[[^\[\]{}]{0,200}+\])*+)(?P<blank>\s*+)(?P<group>\{\}|(?=\{)|)"
)
_RAW = r"\{((?:[^{}]++|\{[^{}]*+\})*+)\}"
_LINK = re.compile(rf"\\(url|nolinkurl|path|burl|href)\*?\s*+(?:\[[^\[\]{{}}]{{0,200}}+\]\s*+)?{_RAW}")
_HREF = re.compile(rf"\\href\*?\s*+(?:\[[^\[\]{{}}]{{0,200}}+\]\s*+)?{_RAW}\s*+{_RAW}")
# Characters escaped by TeX in a URL are part of it; a tilde with a letter in braces is an accent.
_ADDRESS = re.compile(
    r"(?:https?|ftp)://(?:[^\s{}\\]|\\[%&_#$]|\\(?:[~/-]|(?:textasciitilde|sim|textunderscore|string)(?![A-Za-z]))(?:\{\}|(?!\s*\{)))+"
)
_WORDS = re.compile(r"(?:(?!(?:https?|ftp)://)[^\\{}])++")
_OPTION = re.compile(r"\s*+(?:\[[^\[\]]*+\]\s*+)*+")
_BREAK = re.compile(r"\\\\(?:\*?\[[^\[\]{}]{0,20}\])?")
_CODE = re.compile(r"\s*+(?:\"([0-9A-F]{1,4})|'([0-7]{1,4})|([0-9]{1,4})|`\\?([!-~]))(?:\s|\{\})?")
# In running text, an accent needs a letter: in `x\^2`, the backslash came from Markdown.
_LETTER = re.compile(r"\s*+(?:\{|[^\W\d_]|\\[ij](?![A-Za-z]))")
# An accent between these two is an apostrophe: `Owl{\'}s`, `the owls{\'} nests`, `O{\'}Wren`.
_POSSESSIVE = re.compile(r"s(?![^\W\d_])")
_CAPITAL_NAME = re.compile(r"[A-Z][a-z]")
_VOWELS = frozenset("aeiouyAEIOUY")
_ABOVE = 230
"""The combining class of marks above a letter."""
_ALL_ACCENTS = {**MATHS_ACCENTS, **ACCENTS}
_BRACES = re.compile(r"[{}]")
_DOTLESS = {"ı": "i", "ȷ": "j"}
_NUMBER = re.compile(r"[0-9]{1,6}")
_LITERAL = frozenset("^~")
_SPACES, _NOTHING = frozenset(",;: \t\n"), frozenset("!/-@")
_ESCAPED = "%&_#${}"
# Special characters if the whole text is LaTeX.
_BARE = (("~", " "), ("---", "—"), ("--", "–"), ("``", "“"), ("''", "”"))


_SIGN_IN_MATHS = re.compile(r"\$\s?([<>_~#%&^]|\\(?:[_%#&]|[A-Za-z]+)(?:\{\})?)\s?\$")
_ESCAPED_SIGN = re.compile(r"\\([%&_#${}])")
_PRINTED_BACK = {ord(stand_in): sign for sign, stand_in in PRINTED.items()}


class _Command(Struct):
    """A command that waits for its arguments, with its source."""

    name: str
    source: str
    count: int = 1
    arguments: list[str] = field(default_factory=list)


class _Group(Struct):
    """The part of an open group that has been read."""

    parts: list[str] = field(default_factory=list)
    waiting: list[_Command] = field(default_factory=list)
    branches: list[int] = field(default_factory=list)
    """The positions in the parts where the branches of `\\ifmmode` begin."""


def read_commands(text: str, *, running: bool = False) -> str:
    r"""Return a text with its commands, accents and URLs replaced by the characters that they print.

    Groups lose their braces, and `~`, `--` and doubled quotes become the characters that TeX prints. In running text,
    they stay unchanged, and only known commands take arguments. Unknown commands are replaced by their names. Special
    characters printed by a command become placeholders of `PRINTED`.

    >>> read_commands(r"Hu\'{\^e}, Se{\'}ve, \textcolor{red}{Owls} for \pounds 5 --- \owlnet")
    'Huế, Séve, Owls for £ 5 — owlnet'
    """
    if "\\" not in text and "://" not in text and not running:
        return "".join(map(_read_bare, _BRACES.split(text)))
    return _Reader(text, running=running).read()


class _Reader:
    def __init__(self, text: str, *, running: bool) -> None:
        self._text, self._running = text, running
        self._groups = [_Group()]
        self._accents = ACCENTS if running else _ALL_ACCENTS
        self._at = 0
        self._mark = ""  # the accent of a group of its own, for the letter behind it

    def read(self) -> str:
        text, at = self._text, 0
        while at < len(text):
            sign = text[at]
            if sign == "{":
                self._groups.append(_Group())
                at += 1
            elif sign == "}":
                at += 1
                self._close(at)
            elif sign == "\\":
                at = self._read_command(at)
            else:
                at = self._read_words(at)
        while len(self._groups) > 1:
            self._end_group(closing="")
        return self._join(self._groups[0])

    def _put(self, piece: str) -> None:
        """Add a piece to the open group or to the command that waits for an argument."""
        group = self._groups[-1]
        while group.waiting:
            command = group.waiting[-1]
            command.arguments.append(piece)
            if len(command.arguments) < command.count:
                return
            group.waiting.pop()
            piece = self._say(command, group)
        if piece:
            group.parts.append(piece)

    def _join(self, group: _Group) -> str:
        """Return the text of a closed group; commands that still wait get empty arguments."""
        while group.waiting:
            self._put("")
        return "".join(group.parts)

    def _close(self, at: int) -> None:
        if len(self._groups) == 1:
            self._put("}" if self._running else "")
            return
        group = self._groups[-1]
        self._at = at
        accent = group.waiting[0].name if len(group.waiting) == 1 and not group.parts else ""
        if accent in self._accents:
            self._groups.pop()
            self._put(self._say_lone_accent(accent, self._groups[-1], own=True))
        else:
            self._end_group(closing="}")

    def _say_lone_accent(self, name: str, group: _Group, *, own: bool) -> str:
        r"""Put an accent without a letter on the previous letter, as in `Se{\'}ve`, or return the text printed for it.

        `own` means that it has its own group; then it may also precede its letter.
        """
        mark, after = self._accents[name], self._text[self._at : self._at + 2]
        if name == "'" and _is_apostrophe(group.parts, after):
            return PRINTED[name]
        if not group.waiting and (own or name not in _LITERAL):
            if _marks_last(group, mark):
                return ""
            if own and after[:1].isalpha() and len(_accent(mark, after[0])) == 1:
                self._mark = mark
                return ""
        if self._running:
            return f"\\{name}" if own else f"\\{name}{{}}"
        return SPACING.get(name, "").translate(PRINT)

    def _end_group(self, *, closing: str) -> None:
        said = self._join(self._groups[-1])
        self._groups.pop()
        keeps = self._running and not self._groups[-1].waiting
        self._put(f"{{{said}{closing}" if keeps else said)

    def _read_words(self, at: int) -> int:
        if words := _WORDS.match(self._text, at):
            self._take_words(words[0])
            return words.end()
        address = _ADDRESS.match(self._text, at)
        end = address.end() if address else at + 1
        self._put(read_address(self._text[at:end]))
        return end

    def _take_words(self, words: str) -> None:
        if self._mark:
            words, self._mark = f"{_accent(self._mark, words[0])}{words[1:]}", ""
        group = self._groups[-1]
        while group.waiting:
            is_accent = group.waiting[-1].name in self._accents
            words = words.lstrip() if is_accent else _OPTION.sub("", words, count=1)
            if not words:
                return
            start = 2 if words[0] == ASIDE else 1
            end = start + _count_marks(words[start:])
            self._put(words[:end])
            words = words[end:]
        if words:
            group.parts.append(words if self._running else _read_bare(words))

    def _read_command(self, at: int) -> int:
        if link := _LINK.match(self._text, at):
            if link[1] == "href":
                self._groups[-1].waiting.append(_Command(name="text", source=link[0]))
            else:
                self._put(read_address(link[2]))
            return link.end()
        match = _COMMAND.match(self._text, at)
        return self._read_name(match) if match else self._read_sign(at)

    def _read_name(self, match: re.Match[str]) -> int:
        """Read a command with a name, and return the position after it."""
        name = match["name"]
        group = self._groups[-1]
        if name in self._accents and self._has_place(match.end("name")):
            group.waiting.append(_Command(name=name, source=f"\\{name}"))
            return match.end("name")
        known = "cite" if name.startswith("cite") or name.endswith("cite") else name
        if known in ARGUMENTS and self._text.startswith("{", match.end("blank")):
            count, _ = ARGUMENTS[known]
            group.waiting.append(_Command(name=known, source=match[0], count=count))
            return match.end("blank")
        if name == "char" and (code := _CODE.match(self._text, match.end("name"))):
            self._put(_read_code(*code.groups()))
            return code.end()
        if name in {"ifmmode", "else", "fi"}:
            self._choose(name, group)
        elif name not in SWITCHES:
            self._put(self._say_name(match))
        return match.end()

    def _has_place(self, at: int) -> bool:
        """Return whether a letter may follow for an accent that ends here."""
        if not self._running or _LETTER.match(self._text, at):
            return True
        return self._text.startswith("}", at) and self._text.startswith("{", at - 3)

    def _choose(self, name: str, group: _Group) -> None:
        r"""Keep the branch of `\ifmmode…\else…\fi` for text outside of formulas, between `\else` and `\fi`."""
        if name == "ifmmode":
            group.branches.append(len(group.parts))
        elif group.branches and name == "else":
            del group.parts[group.branches[-1] :]
            group.branches[-1] = -1
        elif group.branches and (start := group.branches.pop()) >= 0:
            del group.parts[start:]

    def _say_name(self, match: re.Match[str]) -> str:
        """Return the text printed by a command without arguments; an unknown command is replaced by its name."""
        name, rest = match["name"], match["options"] + match["blank"]
        said = say_command(name)
        if match["group"] == "{}":
            return (said or name) + match["options"]
        if self._text.startswith("{", match.end()) and not self._running:
            return f"{said}{rest}" if said else ""
        return (said or name) + ("" if name in LETTERS and said else rest)

    def _read_sign(self, at: int) -> int:
        """Read a command of one character, and return the position after it."""
        sign = self._text[at + 1 : at + 2]
        if sign in self._accents and self._has_place(at + 2):
            self._groups[-1].waiting.append(_Command(name=sign, source=f"\\{sign}"))
        elif sign == "$" and self._running:
            self._put("\\$")
        elif sign and sign in _ESCAPED:
            self._put(PRINTED.get(sign, sign))
        elif self._running or not sign:
            self._put(f"\\{sign}")
        elif pause := _BREAK.match(self._text, at):
            self._put(" ")
            return pause.end()
        else:
            self._put(" " if sign in _SPACES else "" if sign in _NOTHING else f"\\{sign}")
        return at + 2

    def _say(self, command: _Command, group: _Group) -> str:
        """Return the text printed by a command with its arguments, given the group so far."""
        first = command.arguments[0]
        if mark := self._accents.get(command.name):
            return self._say_accent(command, mark, first, group)
        if command.name in {"textsuperscript", "textsubscript"}:
            return _raise(first, "^" if command.name == "textsuperscript" else "_")
        if command.name == "symbol":
            return _read_code(decimal=first.strip()) if _NUMBER.fullmatch(first.strip()) else first
        _, template = ARGUMENTS[command.name]
        if template.startswith(" ") and group.parts and group.parts[-1].endswith("~"):
            group.parts[-1] = group.parts[-1][:-1]
        return template.format(*command.arguments)

    def _say_accent(self, command: _Command, mark: str, base: str, group: _Group) -> str:
        if not base.strip():
            return self._say_lone_accent(command.name, group, own=False)
        if self._running and not base[0].isalpha():
            return f"{command.source}{{{base}}}"
        return base if base.startswith(ASIDE) else _accent(mark, base)


def _marks_last(group: _Group, mark: str) -> bool:
    """Put an accent on the last letter of a group; return whether there is such a letter in Unicode."""
    last = group.parts[-1][-1] if group.parts else ""
    marked = _accent(mark, last)
    if not last.isalpha() or len(marked) != 1:
        return False
    group.parts[-1] = group.parts[-1][:-1] + marked
    return True


def _is_apostrophe(parts: list[str], after: str) -> bool:
    """Return whether an apparent acute accent between letters is an apostrophe in a name or possessive."""
    before = parts[-1][-2:] if parts else ""
    last = before[-1:]
    if last.isupper() and _CAPITAL_NAME.match(after):
        return not before[:-1].isalpha()
    return last not in _VOWELS and (
        bool(_POSSESSIVE.match(after)) or (last == "s" and not after[:1].isalpha())
    )


def _accent(mark: str, base: str) -> str:
    """Return a text with an accent on its first letter, unless the letter already has the maximum number of marks."""
    end = 1 + _count_marks(base[1:])
    return base if end > MARKS else _mark(mark, base[:end]) + base[end:]


@lru_cache(maxsize=4096)
def _mark(mark: str, letter: str) -> str:
    """Return a letter with an accent; on `ı` and `ȷ`, it replaces the dot."""
    if unicodedata.combining(mark[0]) == _ABOVE and letter[:1] in _DOTLESS:
        letter = _DOTLESS[letter[0]] + letter[1:]
        if mark == ACCENTS["."]:
            return letter
    return unicodedata.normalize("NFC", letter + mark)


def _count_marks(text: str) -> int:
    """Return the number of combining characters at the start of a text, up to the limit for a letter."""
    if text[:1].isascii():
        return 0
    return next(
        (n for n, sign in enumerate(text[:MARKS]) if not unicodedata.combining(sign)), len(text[:MARKS])
    )


def _raise(text: str, sign: str) -> str:
    """Return a text as superscript or subscript, if Unicode has all of its characters in that form."""
    said = plain(f"${sign}{{{text}}}$")
    return text if said.startswith(("^", "_", "$")) else said


def _read_code(
    hexadecimal: str | None = None,
    octal: str | None = None,
    decimal: str | None = None,
    sign: str | None = None,
) -> str:
    r"""Return the character that `\char` gives by number; its source if the character is not the same in all fonts."""
    if sign:
        return PRINTED.get(sign, sign)
    code = int(hexadecimal, 16) if hexadecimal else int(octal, 8) if octal else int(decimal or "0")
    sign = chr(code) if code <= 0x7E else ""  # noqa: PLR2004 (the last printed character of ASCII)
    return PRINTED.get(sign, sign) if sign.isprintable() and sign else f"char{code}"


def _read_bare(text: str) -> str:
    if text.isalnum():
        return text
    for tex, sign in _BARE:
        text = text.replace(tex, sign)
    return text


@lru_cache(maxsize=4096)
def say_command(name: str) -> str:
    """Return the characters printed by a command without arguments; empty if it prints none or is unknown."""
    if name in _NAMES:
        return _NAMES[name].translate(PRINT)
    if _KNOWN.get_macro_spec(name) is None:
        return ""
    said = run_reader(_TO_TEXT, rf"\{name}{{}}")
    return said.translate(PRINT) if len(said) <= _LONGEST_SIGN and "<>" not in said else ""


def read_address(text: str) -> str:
    r"""Return a URL or identifier without TeX: with unescaped characters and without `\url`, braces and link text.

    >>> read_address(r"\url{https://example.org/a\_b}"), read_address(r"\href{https://example.org/~owl}{here}")
    ('https://example.org/a_b', 'https://example.org/~owl')
    """
    if "\\" not in text and "{" not in text and "$" not in text:
        return text
    text = _HREF.sub(r"\1 ", text).strip()
    text = _SIGN_IN_MATHS.sub(r"\1", text) if "$" in text else text
    text = re.sub(r"\\(?:(?:url|nolinkurl|path|burl)\s*(?=\{)|string(?![A-Za-z])\s*|[/-])", "", text)
    text = re.sub(r"\\(?:textasciitilde|~|sim)(?:\s*\{\})?", "~", text)
    text = re.sub(r"\\([A-Za-z]+)(?:\s*\{\}|\s+(?=\S))?", _read_sign_of_address, text)
    return _ESCAPED_SIGN.sub(r"\1", re.sub(r"(?<!\\)[{}]", "", text))


def split_links(text: str) -> tuple[str, tuple[str, ...]]:
    r"""Return a TeX text in which each `\href` is replaced by its URL, and the link texts as TeX.

    >>> split_links(r"see \href{https://example.org/a\_b}{the manual}")
    ('see \\url{https://example.org/a\\_b} ', ('the manual',))
    """
    return _HREF.sub(r"\\url{\1} ", text), tuple(match[2] for match in _HREF.finditer(text))


def show_links(text: str) -> str:
    r"""Return a TeX text with the URL of each `\href` after its text.

    >>> show_links(r"see \href{https://example.org/a\_b}{the manual}")
    'see the manual (\\url{https://example.org/a\\_b})'
    """
    return _HREF.sub(r"\2 (\\url{\1})", text)


def _read_sign_of_address(match: re.Match[str]) -> str:
    said = say_command(match[1]).translate(_PRINTED_BACK)
    return said if said.isascii() and said else match[0]
