"""Make the frozen database of the newest schema, once, when it is released.

`.venv/bin/python tests/freeze.py`, from the repository's root; a file that is there stays. It is the
one before, upgraded, with rows in what the steps since added. Rows are invented.
"""

import os
import shutil
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from frozen import FROZEN, NEWEST

from yicheng_coord.cli import main

CONTENT = b"invented\n"
"""What the file of the one material that is a file would hold; it is not frozen beside."""
LINES = (
    ("number", "set", "lxb", "峄联办函〔2026〕1号"),
    ("remind", "--number", "auto"),
)


def freeze(target: Path) -> None:
    """Write the file."""
    before = FROZEN[max(version for version in FROZEN if version < NEWEST)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "coord.db"
        shutil.copyfile(before, path)
        os.environ |= {"COORD_DB": str(path), "COORD_OPERATOR": "王五", "COORD_TODAY": "2026-11-23"}
        for line in LINES:
            sys.argv = ["coord", *line]
            assert main() == 0, line
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(target)) as kept:
            source.backup(kept)


if __name__ == "__main__":
    wanted = Path(__file__).parent / "data" / f"schema-{NEWEST}.db"
    if wanted.exists():
        sys.exit(f"{wanted} is frozen")
    freeze(wanted)
