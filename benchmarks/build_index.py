"""`python -m benchmarks.build_index FOLDER [off] < documents`: the index of documents, one JSON object a line, in a folder.

`off` leaves out what finds papers by meaning.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from benchmarks.search import write_index
from generator.model import Paper

if __name__ == "__main__":
    rows = [json.loads(line) for line in sys.stdin]
    papers = [Paper(id=f"d{n:07}", title=row["title"], abstract=row["text"]) for n, row in enumerate(rows)]
    write_index(papers, Path(sys.argv[1]), meaning="off" not in sys.argv[2:])
