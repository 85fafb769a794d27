"""Removes text about online access from fields with venues."""

from __future__ import annotations

import re

_MONTH = r"(?:jan|feb|mar|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)[a-z]{0,7}"
_DATE = rf"(?:(?:\d{{1,4}}(?:st|nd|rd|th)?|{_MONTH})[\s,./-]*){{0,6}}"
_ACCESSED = re.compile(
    r"\b(?:last\s|date\s)?(?:access(?:ed)?|retrieved|visited|viewed|checked|consulted|abgerufen|zugriff|besucht|consulté)\b"
    rf"(?:\s(?:on|am|le|date))*[\s:]*{_DATE}",
    re.IGNORECASE,
)
"""Access dates of URLs, for which biblatex has `urldate`."""
_WORDS = re.compile(
    r"(?:(?:the|an?|online|on-line|electronic|electronically|internet|web|www|website|webpage|site|page|homepage|home|url|link"
    r"|available|published|publication|accessible|downloaded|download|downloadable|see|also|from|at|on|via|here|in|form"
    r"|resource|document|verfügbar|unter|disponible|en|ligne)\b\s*)+",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_PART = re.compile(r"[^;,:.()\[\]<>]+")


def strip_remains(text: str) -> str:
    """Return a text without parts about online availability and access dates.

    >>> strip_remains("[Online]. Available:"), strip_remains("Nest Weekly, accessed 29-January-2020")
    ('', 'Nest Weekly')
    """
    kept = _PART.sub(
        lambda part: "" if _WORDS.fullmatch(part[0].strip()) else part[0], _ACCESSED.sub("", text)
    )
    if kept == text:
        return text
    if not any(sign.isalnum() for sign in kept):
        return ""
    return re.sub(r"\(\s?\)|\[\s?\]", "", kept).strip(" .,;:")


def is_url_text(text: str) -> bool:
    """Return whether a text is a URL, optionally with introductory words.

    >>> is_url_text("https://example.org/nest"), is_url_text("Available at https://example.org/nest")
    (True, True)
    >>> is_url_text("Code: https://example.org/nest")
    False
    """
    return "://" in text and not strip_remains(_ADDRESS.sub(" ", text)).strip()
