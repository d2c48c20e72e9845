"""What a database holds, for those who copy or replace it: its chain's head, its counts, its flaws."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Head:
    """The newest operation: its number and its hash; 0 and None before the first."""

    number: int
    hash: str | None

    def as_json(self) -> dict[str, int | str | None]:
        """The stable keys of a chain's head."""
        return {"number": self.number, "hash": self.hash}


_COUNTS = {
    "operations": "SELECT count(*) FROM operation",
    "cases": "SELECT count(*) FROM case_file",
    "materials": "SELECT count(*) FROM material",
}
_FILES = "SELECT DISTINCT file_hash FROM material WHERE file_hash IS NOT NULL ORDER BY file_hash"


def head_of(connection: sqlite3.Connection) -> Head:
    """Return the head of the chain; what is under way is not in it yet."""
    row = connection.execute(
        "SELECT id, hash FROM operation WHERE id >= (SELECT max(id) FROM operation) - 1 "
        "AND hash IS NOT NULL ORDER BY id DESC LIMIT 1"
    ).fetchone()
    return Head(row[0], row[1]) if row else Head(0, None)


def counts_of(connection: sqlite3.Connection) -> dict[str, int]:
    """Return how much there is of what people count."""
    return {name: connection.execute(sql).fetchone()[0] for name, sql in _COUNTS.items()}


def files_of(connection: sqlite3.Connection) -> list[str]:
    """Return the SHA-256 of every file that a material names."""
    return [row[0] for row in connection.execute(_FILES)]


def flaw_of(connection: sqlite3.Connection) -> str | None:
    """Return what SQLite finds wrong with the file, if anything."""
    found: str = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    return None if found == "ok" else found


def copy_database(source: sqlite3.Connection, target: Path) -> None:
    """Copy what is committed, in one step: others may write meanwhile."""
    with closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
