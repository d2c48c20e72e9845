"""Whether a database is whole: for SQLite, for its history, and row by row from that history."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from yicheng_coord.store.history import RECORDED, operation_hash

Rows = dict[int, dict[str, Any]]


def assert_sound(path: Path) -> None:
    """Assert that only whole operations are in it, and nothing that none of them recorded."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert_chained(connection)
        for table in recorded_tables(connection):
            assert rows_of(connection, table) == replayed(connection, table), table


def recorded_tables(connection: sqlite3.Connection) -> list[str]:
    """Return the tables whose rows are kept, as far as a database of an older schema has them."""
    there = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    return [table for table in RECORDED if table in there]


def assert_chained(connection: sqlite3.Connection) -> None:
    """Assert that every operation was sealed, and that its hash still fits."""
    operations = connection.execute("SELECT id, hash FROM operation ORDER BY id").fetchall()
    assert [number for number, _ in operations] == list(range(1, len(operations) + 1))
    for number, stored in operations:
        assert stored == operation_hash(connection, number), f"P{number}"


def rows_of(connection: sqlite3.Connection, table: str) -> Rows:
    """Return a table as it stands."""
    cursor = connection.execute(f"SELECT * FROM {table}")
    names = [one[0] for one in cursor.description]
    return {row[0]: dict(zip(names, row, strict=True)) for row in cursor}


def replayed(connection: sqlite3.Connection, table: str) -> Rows:
    """Return a table as the history alone tells it; before and after must join.

    A row recorded before a column was there has none: it reads as NULL.
    """
    columns = [one[1] for one in connection.execute(f"PRAGMA table_info({table})")]
    rows: Rows = {}
    for row_id, before, after in connection.execute(
        "SELECT row_id, before, after FROM change WHERE table_name = ? ORDER BY id", (table,)
    ):
        assert rows.pop(row_id, None) == _read(before, columns)
        if after:
            rows[row_id] = _read(after, columns) or {}
    return rows


def _read(recorded: str | None, columns: list[str]) -> dict[str, Any] | None:
    if recorded is None:
        return None
    values = json.loads(recorded)
    assert values.keys() <= set(columns)
    return dict.fromkeys(columns) | values


def count(path: Path, table: str) -> int:
    """Count the rows of a table."""
    with closing(sqlite3.connect(path)) as connection:
        number: int = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    return number
