"""Names of the sources of an import: the stem of a file, or its full name if two stems are equal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import PurePath

from generator.formats.values import TextFile


def name_files(files: Sequence[TextFile]) -> Mapping[str, str]:
    """Return the name of the source that each file is, by the file's name."""
    stems = Counter(PurePath(file.name).stem for file in files)
    return {file.name: stem if stems[stem := PurePath(file.name).stem] == 1 else file.name for file in files}
