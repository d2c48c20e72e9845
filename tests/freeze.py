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
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from frozen import FROZEN, NEWEST

from yicheng_coord.cli import main
from yicheng_coord.store.history import begin_operation, seal_operation
from yicheng_coord.store.open import connect

CONTENT = b"invented\n"
"""What the file of the material would hold; it is not frozen beside."""
LINES = (
    ("unit", "add", "ycs", "--name", "区某某所", "--full-name", "峄城区某某所"),
    ("contact", "set", "zrj", "--role", "具体联络人", "--name", "张某", "--from", "2026-11-01"),
)
MATERIAL = (
    "INSERT INTO material (case_id, kind, title, copies, listed_on, file_hash, file_name, file_size)"
    " VALUES (1, '证据', '现场照片', 1, '2026-11-23', ?, '照片.txt', ?)"
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
        with closing(connect(path)) as connection:
            record_material(connection)
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(target)) as kept:
            source.backup(kept)


def record_material(connection: sqlite3.Connection) -> None:
    """Record a material that is a file, without the file."""
    now = datetime(2026, 11, 23)
    number = begin_operation(connection, now=now, operator="王五", command=["coord"])
    connection.execute(MATERIAL, (sha256(CONTENT).hexdigest(), len(CONTENT)))
    seal_operation(connection, number, "已登记材料：2026-0001 证据　现场照片 1 份", None)
    connection.execute("COMMIT")


if __name__ == "__main__":
    wanted = Path(__file__).parent / "data" / f"schema-{NEWEST}.db"
    if wanted.exists():
        sys.exit(f"{wanted} is frozen")
    freeze(wanted)
