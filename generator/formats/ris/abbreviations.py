"""Names of journals: whether one is short for another."""

from __future__ import annotations

import re

from generator.text.titles import fold_title

_SMALL = frozenset("a an and de der des di du et for fur in la le of on the und".split())  # noqa: SIM905 (a list of words)


def abbreviates(short: str, long: str) -> bool:
    """Return whether a journal name is an abbreviation of another one, or the same.

    >>> abbreviates("J. Natl. Owls", "Journal of National Owls"), abbreviates("JNO", "Journal of National Owls")
    (True, True)
    >>> abbreviates("Feather", "Feathers on Show")
    False
    """
    mine, whole = _list_words(short), _list_words(long)
    if len(mine) == 1 and "".join(mine) == "".join(word[0] for word in whole):
        return True
    return len(mine) == len(whole) and all(map(_is_short_for, mine, whole))


def _list_words(name: str) -> list[str]:
    return [word for word in re.findall(r"\w+", fold_title(name)) if word not in _SMALL]


def _is_short_for(short: str, word: str) -> bool:
    """Return whether a word begins like another one and has its letters in the same order: `natl`, `national`."""
    rest = iter(word)
    return word.startswith(short[0]) and all(letter in rest for letter in short)
