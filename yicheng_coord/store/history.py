"""The append-only history: who did what when, and before and after of each row.

The rows are recorded by triggers, so that no code can change a table and forget to say so; the
operations are chained by hash, so that a change made behind the program's back is found.
"""

import json
import re
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import datetime

RECORDED = (
    "case_file",
    "inquiry",
    "transfer",
    "decision",
    "decision_addressee",
    "material",
    "matter",
    "matter_party",
    "happening",
    "attendance",
    "duty",
    "reminder",
    "reminder_item",
    "calendar_notice",
    "calendar_day",
    "unit_edition",
    "contact",
    "number_series",
    "paper_number",
)
"""Tables whose every change is kept."""

_CASE_OF = {
    "case_file": "{row}.id",
    "decision_addressee": "(SELECT case_id FROM decision WHERE id = {row}.decision_id)",
    "calendar_notice": "NULL",
    "calendar_day": "NULL",
    "unit_edition": "NULL",
    "contact": "NULL",
    "matter_party": "(SELECT case_id FROM matter WHERE id = {row}.matter_id)",
    "happening": "(SELECT case_id FROM matter WHERE id = {row}.matter_id)",
    "number_series": "NULL",
    "attendance": "NULL",
    "reminder": "NULL",
    "reminder_item": "(SELECT case_id FROM duty WHERE id = {row}.duty_id)",
}
"""Which case a row belongs to, where it does not say so itself."""

_MATTER_OF = {
    "matter": "{row}.id",
    "matter_party": "{row}.matter_id",
    "happening": "{row}.matter_id",
    "attendance": "{row}.matter_id",
    "duty": "{row}.matter_id",
    "reminder_item": "(SELECT matter_id FROM duty WHERE id = {row}.duty_id)",
    "paper_number": "{row}.matter_id",
}
"""Which matter a row belongs to; the rows of other tables belong to none."""

_CHANGE = (
    "INSERT INTO change (operation_id, table_name, row_id, case_id, matter_id, before, after) "
    "VALUES ((SELECT max(id) FROM operation), '{table}', {row}.id, {case}, {matter}, "
    "{before}, {after})"
)
"""VALUES, and not SELECT, which would pass every row through a temporary table: a fourth slower."""

_SILENT = re.compile(r',"\w+":null(?=[,}])')
"""A column that says nothing, in a recorded row; within a text the quotes are escaped."""

_HASHED = (
    "SELECT CAST(char(10) || table_name || char(31) || row_id || char(31) "
    "|| coalesce(before, 'None') || char(31) || coalesce(after, 'None') AS BLOB) "
    "FROM change WHERE id BETWEEN (SELECT min(id) FROM change WHERE operation_id = :operation) "
    "AND (SELECT max(id) FROM change WHERE operation_id = :operation) "
    "AND +operation_id = :operation ORDER BY id"
)
"""The bytes of each change, joined by SQLite: an import has hundreds of thousands, which are read
in the order in which they lie, and not each by way of the index."""


def make_recording_triggers(connection: sqlite3.Connection) -> None:
    """Make three triggers a table, from the columns that it has."""
    for table in RECORDED:
        columns = columns_of(connection, table)
        old, new = as_json("OLD", columns), as_json("NEW", columns)
        for event, row, before, after in (
            ("INSERT", "NEW", "NULL", new),
            ("UPDATE", "NEW", old, new),
            ("DELETE", "OLD", old, "NULL"),
        ):
            case, matter = case_of(table, row), matter_of(table, row)
            change = _CHANGE.format(
                table=table, row=row, case=case, matter=matter, before=before, after=after
            )
            changed = f"WHEN {_differ(columns)} " if event == "UPDATE" else ""
            connection.execute(
                f"CREATE TRIGGER {table}_{event.lower()}_recorded AFTER {event} ON {table} "
                f"{changed}BEGIN {change}; END"
            )


def differs_from_recorded(
    connection: sqlite3.Connection, table: str, row: str, recorded: str
) -> str:
    """Return the SQL condition that a row of a table is not what was recorded of it.

    A row recorded before a step of the schema lacks the columns that the step added: NULL then.
    So what differs as text is read once more, column by column; most rows never get that far.

    Args:
        connection: its columns are those of now.
        table: the table.
        row: the alias of its row, which may be absent (a LEFT JOIN).
        recorded: the recorded JSON as an SQL expression; NULL = there was no row.

    """
    columns = columns_of(connection, table)
    stands = f"CASE WHEN {row}.id IS NOT NULL THEN {as_json(row, columns)} END"
    reread = ", ".join(f"'{name}', json_extract({recorded}, '$.{name}')" for name in columns)
    again = f"CASE WHEN {recorded} IS NOT NULL THEN json_object({reread}) END"
    return f"({recorded} IS NOT {stands} AND {again} IS NOT {stands})"


def recorded_rows(connection: sqlite3.Connection, table: str) -> Iterator[tuple[int, str]]:
    """Yield the rows of a table as they would be recorded now, by id."""
    told = as_json(table, columns_of(connection, table))
    yield from connection.execute(f"SELECT id, {told} FROM {table} ORDER BY id")


def differing(one: str | None, other: str | None) -> list[str] | None:
    """Compare two recorded states of a row; NULL and a column that was not there yet are alike.

    Returns:
        The columns that differ; `["id"]` where one of the two is no row; None where nothing does.

    """
    if one == other:
        return None
    if one is None or other is None:
        return ["id"]
    if _SILENT.sub("", one) == _SILENT.sub("", other):  # mostly so, and soon found
        return None
    first, second = json.loads(one), json.loads(other)
    names = [name for name in {**first, **second} if first.get(name) != second.get(name)]
    return names or None


def columns_of(connection: sqlite3.Connection, table: str) -> list[str]:
    """Return the columns of a table, in their order."""
    return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]


def case_of(table: str, row: str) -> str:
    """Return the SQL of the case that a row of a table belongs to."""
    return _CASE_OF.get(table, "{row}.case_id").format(row=row)


def matter_of(table: str, row: str) -> str:
    """Return the SQL of the matter that a row of a table belongs to."""
    return _MATTER_OF.get(table, "NULL").format(row=row)


def as_json(row: str, columns: Sequence[str]) -> str:
    """Return the SQL of a row as it is recorded."""
    return "json_object(" + ", ".join(f"'{name}', {row}.{name}" for name in columns) + ")"


def _differ(columns: Sequence[str]) -> str:
    return " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in columns)


def begin_operation(
    connection: sqlite3.Connection,
    *,
    now: datetime,
    operator: str,
    command: Sequence[str],
) -> int:
    """Take the write lock and open an operation; its number is what `P…` names."""
    connection.execute("BEGIN IMMEDIATE")
    return add_operation(connection, now=now, operator=operator, command=command)


def add_operation(
    connection: sqlite3.Connection,
    *,
    now: datetime,
    operator: str,
    command: Sequence[str],
) -> int:
    """Open an operation within the transaction that is open already."""
    cursor = connection.execute(
        "INSERT INTO operation (at, operator, command) VALUES (?, ?, ?)",
        (now.isoformat(), operator, json.dumps(list(command), ensure_ascii=False)),
    )
    number = cursor.lastrowid
    if number is None:
        raise AssertionError
    return number


def seal_operation(
    connection: sqlite3.Connection, number: int, summary: str, undoes: int | None
) -> None:
    """End an operation: say in words what it did, and chain it to the one before."""
    connection.execute(
        "UPDATE operation SET summary = ?, undoes = ? WHERE id = ?", (summary, undoes, number)
    )
    connection.execute(
        "UPDATE operation SET hash = ? WHERE id = ?", (operation_hash(connection, number), number)
    )


def operation_hash(connection: sqlite3.Connection, number: int) -> str:
    """SHA-256 over the operation before, this one's own words and every row that it changed."""
    before = connection.execute(
        "SELECT hash FROM operation WHERE id < ? ORDER BY id DESC LIMIT 1", (number,)
    ).fetchone()
    head = connection.execute(
        "SELECT id, at, operator, command, summary, undoes FROM operation WHERE id = ?", (number,)
    ).fetchone()
    from hashlib import sha256  # only writers need it

    digest = sha256()
    digest.update(json.dumps([before[0] if before else "", *head], ensure_ascii=False).encode())
    cursor = connection.cursor()
    cursor.row_factory = None  # plain tuples are made faster
    for (change,) in cursor.execute(_HASHED, {"operation": number}):
        digest.update(change)
    return digest.hexdigest()
