"""Words of a text: tokens, stems, stop words, and the fingerprint by which titles are compared."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

from generator.text.maths import plain

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_HYPHENATED = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_STEMMER = snowballstemmer.stemmer("english")
STOP_WORDS = frozenset(
    """a about across after all also although among an and any are as at be because been being both but by can
    could do does each either etc few for from further given had has have having how however i if in into is it its
    just less let many may more most much must nor not of on one only or other our out over own per same shall she
    should show since so some still such than that the their them then there these they this those though three
    through thus to too toward towards two under up upon us use used uses using very via was we well were what when
    where whether which while who whose why will with within without would yet you your""".split()  # noqa: SIM905 (a list of words reads best as words)
)


def fold(text: str) -> str:
    """Return the text in lower case without accents, in Unicode's compatibility form."""
    if text.isascii():
        return text.casefold()
    decomposed = unicodedata.normalize("NFKD", text)
    return unicodedata.normalize(
        "NFKC", "".join(c for c in decomposed if not unicodedata.combining(c))
    ).casefold()


def split_words(text: str) -> list[str]:
    """Return the words of a text, folded, in their order; hyphens separate."""
    return _WORD.findall(fold(plain(text)).replace("’", "'").replace("'s", ""))


def split_hyphenated(text: str) -> list[str]:
    """Return the words of a text, folded, in their order; words joined by hyphens stay joined."""
    return _HYPHENATED.findall(fold(plain(text)).replace("’", "'").replace("'s", ""))


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Return the Porter2 stem of an English word (snowballstem.org/algorithms/english)."""
    return str(_STEMMER.stemWord(word))


def build_fingerprint(title: str) -> str:
    """Return the letters and digits of a title, folded: equal for two spellings of one title.

    A title without a letter or digit keeps its own signs, so that two of them do not fall together.
    """
    folded = fold(plain(title))
    return "".join(c for c in folded if c.isalnum()) or "".join(
        c for c in folded if not c.isspace() and unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Cn"}
    )
