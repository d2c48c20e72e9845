"""The history of many rows at once: one statement a table, where a trigger would tell of each row.

A list makes hundreds of thousands of rows, and its undo removes them; recorded one by one they take
more than twice as long. So within the transaction triggers, and indexes, stand aside and are back
before it ends: nobody else ever sees the register without them, and a kill leaves them as they were.

What is recorded is the same, but for columns that none of the rows says anything in: they are left
out, as if a later step of the schema had added them.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from yicheng_coord.store.history import as_json, case_of, columns_of, matter_of

_RECORD = (
    "INSERT INTO change (operation_id, table_name, row_id, case_id, matter_id, before, after) "
    "SELECT :operation, '{table}', id, {case}, {matter}, {before}, {after} "
    "FROM {table} WHERE {which} ORDER BY id"
)
CACHE = 128 << 20
"""Bytes of the register to be held in memory meanwhile: its indexes are written all over."""
_WITHIN = "change_within_operation"
"""It looks up the operation for each change; here all are of the one that is under way."""


@dataclass(frozen=True, slots=True)
class Bulk:
    """What is about to be made.

    Attributes:
        tables: where rows are made, each with an id above all that are there; parents first.
        unread: those of them in which nothing is looked up meanwhile but by id.
        rows: how many come at least, in each of `unread`.

    """

    tables: Sequence[str]
    unread: Sequence[str]
    rows: int


@contextmanager
def made_in_bulk(connection: sqlite3.Connection, operation: int, bulk: Bulk) -> Iterator[None]:
    """Record the rows that are made meanwhile when all of them are there.

    Where more come than there are, their indexes are made anew after them, in half the time.

    Args:
        connection: within the transaction of the operation.
        operation: the operation under way.
        bulk: what is about to be made.

    """
    last = {table: _last(connection, table) for table in bulk.tables}
    recorders = [f"{table}_insert_recorded" for table in bulk.tables]
    few = [table for table in bulk.unread if last[table] < bulk.rows]
    with _standing_aside(connection, [_WITHIN, *recorders]):
        with _standing_aside(connection, _indexes(connection, few)):
            yield
        for table in bulk.tables:
            _record(connection, operation, table, f"id > {last[table]}", is_made=True)


@contextmanager
def checks_aside(connection: sqlite3.Connection) -> Iterator[None]:
    """Let rows be made without their CHECKs, which read each day as a text again: a fifteenth.

    Only for rows whose days were days before they became texts; types, NOT NULL, uniqueness and
    links are held as ever, and `coord check` reads the CHECKs of all rows.
    """
    connection.execute("PRAGMA ignore_check_constraints = ON")
    try:
        yield
    finally:
        connection.execute("PRAGMA ignore_check_constraints = OFF")


def remove_in_bulk(connection: sqlite3.Connection, operation: int, table: str, which: str) -> None:
    """Record the rows of a table that a condition tells, and remove them.

    Where fewer are left, the table's indexes are made anew of those.
    """
    (is_most,) = connection.execute(f"SELECT 2 * total({which}) > count(*) FROM {table}").fetchone()
    indexes = _indexes(connection, [table]) if is_most else []
    with _standing_aside(connection, [_WITHIN, f"{table}_delete_recorded"]):
        _record(connection, operation, table, which, is_made=False)
        with _standing_aside(connection, indexes):
            connection.execute(f"DELETE FROM {table} WHERE {which}")


def _last(connection: sqlite3.Connection, table: str) -> int:
    last: int = connection.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()[0]
    return last


def _record(
    connection: sqlite3.Connection, operation: int, table: str, which: str, *, is_made: bool
) -> None:
    told = as_json(table, _telling(connection, table, which))
    before, after = ("NULL", told) if is_made else (told, "NULL")
    case, matter = case_of(table, table), matter_of(table, table)
    connection.execute(
        _RECORD.format(
            table=table, case=case, matter=matter, before=before, after=after, which=which
        ),
        {"operation": operation},
    )


def _telling(connection: sqlite3.Connection, table: str, which: str) -> list[str]:
    """Return the columns in which any of the rows says something; mostly the first few tell all."""
    columns = columns_of(connection, table)
    silent = list(columns)
    while silent:
        says = " OR ".join(f"{name} IS NOT NULL" for name in silent)
        found = connection.execute(
            f"SELECT {', '.join(silent)} FROM {table} WHERE {which} AND ({says}) LIMIT 1"
        ).fetchone()
        if found is None:
            break
        silent = [name for name, value in zip(silent, found, strict=True) if value is None]
    return [name for name in columns if name not in silent]


@contextmanager
def _standing_aside(connection: sqlite3.Connection, names: Sequence[str]) -> Iterator[None]:
    """Drop triggers or indexes, and make them again just as they were."""
    marks = ", ".join("?" * len(names))
    made = connection.execute(
        f"SELECT type, name, sql FROM sqlite_master WHERE name IN ({marks}) ORDER BY rowid", names
    ).fetchall()
    for kind, name, _ in made:
        connection.execute(f"DROP {kind} {name}")
    yield
    for _, _, sql in made:
        connection.execute(sql)


def _indexes(connection: sqlite3.Connection, tables: Sequence[str]) -> list[str]:
    """Return the indexes of tables that nothing needs while rows are made or removed.

    Those of their constraints cannot be dropped; those by which a table points to itself are
    looked into for each row that goes.
    """
    return [
        index
        for table in tables
        for _, index, _, origin, _ in connection.execute(f"PRAGMA index_list({table})").fetchall()
        if origin == "c" and not _points_to_itself(connection, table, index)
    ]


def _points_to_itself(connection: sqlite3.Connection, table: str, index: str) -> bool:
    (first,) = connection.execute(
        "SELECT name FROM pragma_index_info(?) WHERE seqno = 0", (index,)
    ).fetchone()
    links = connection.execute(f"PRAGMA foreign_key_list({table})")
    return any(link[2] == table and link[3] == first for link in links)
