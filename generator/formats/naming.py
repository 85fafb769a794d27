"""Names for the sources of an import, and for entries in sources without entry names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import PurePath

from generator.formats.values import TextFile
from generator.identifiers import list_work_identifiers
from generator.limits import SHORT
from generator.model import LinkKind
from generator.records.ids import build_slug

_BEST = ("arxiv", "doi", "openreview")


def name_files(files: Sequence[TextFile]) -> Mapping[str, str]:
    """Return the source name of each file by file name: its stem, or the full name if two stems are equal."""
    stems = Counter(PurePath(file.name).stem for file in files)
    return {file.name: stem if stems[stem := PurePath(file.name).stem] == 1 else file.name for file in files}


def name_entry(links: Mapping[LinkKind, Sequence[str]], title: str) -> str:
    """Return the key that identifies an entry of a list in later imports: an identifier, its first URL, or its title.

    The line number is not a key, because it changes with every entry before it.

    >>> name_entry({"arxiv": ["2401.00001"], "code": ["https://a.example/"]}, "Owls")
    'arxiv:2401.00001'
    """
    names = sorted(list_work_identifiers(links), key=lambda name: _BEST.index(name[0]))
    if names:
        return f"{names[0][0]}:{names[0][1]}"
    addresses = [value for values in links.values() for value in values]
    return addresses[0][:SHORT] if addresses else build_slug(title) or title[:SHORT]
