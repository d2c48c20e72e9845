"""Rows on their way in: parsed and counted before the write lock, moved in under it by SQL.

The rows wait in temporary tables of the same connection, which lock nothing and need no memory;
the lock is held for three statements, however many rows there are.
"""

import sqlite3
from collections.abc import Sequence
from typing import Any

from yicheng_coord.intake.fields import FIELDS
from yicheng_coord.masking import MASKS, is_masked, is_masked_extra
from yicheng_coord.services import staged_ledger
from yicheng_coord.store.bulk_changes import Bulk, checks_aside, made_in_bulk

_TABLES = ("case_file", "transfer", "decision", "matter", "matter_party", "happening", "duty")
_UNREAD = ("case_file", "duty")

CASE_COLUMNS = (
    *FIELDS,
    "origin",
    "natural_key",
    "disclaimed_on",
    "extra",
)
"""What a staged row says of its case, in this order."""

DUTY_COLUMNS = (
    "rule",
    "rule_version",
    "kind",
    "days",
    "roll",
    "subject",
    "owed_by",
    "owed_to",
    "started_on",
    "start_event",
    "assumed_start",
    "due_on",
    "original_due_on",
    "provisional",
    "urgent",
    "urgent_on",
    "met_on",
    "cancelled_on",
    "cancel_reason",
)

COMPARED = tuple(field for field in FIELDS if field != "external_number")
"""Where a list says otherwise, its case reads otherwise; what it leaves blank says nothing."""


def make_tables(connection: sqlite3.Connection) -> None:
    """Make the temporary tables, and what tells a mask in them from a value."""
    for name, function in (("is_masked", is_masked), ("is_masked_extra", is_masked_extra)):
        connection.create_function(name, 2, function, deterministic=True)
    case_columns = ", ".join(CASE_COLUMNS)
    duty_columns = ", ".join(DUTY_COLUMNS)
    connection.execute(
        "CREATE TEMP TABLE staged (id INTEGER PRIMARY KEY, file INTEGER, line INTEGER, "
        "own_number TEXT, facts INTEGER, fate TEXT DEFAULT 'new', case_id INTEGER, twin INTEGER, "
        f"{case_columns})"
    )
    connection.execute(f"CREATE TEMP TABLE staged_duty (facts INTEGER, {duty_columns})")
    staged_ledger.make_table(connection)


def stage_cases(connection: sqlite3.Connection, rows: Sequence[Sequence[Any]]) -> None:
    """Put rows of (id, file, line, our number or None, facts, *CASE_COLUMNS) aside.

    `facts` is the number under which `stage_duties` put what such a case owes.
    """
    columns = ("id", "file", "line", "own_number", "facts", *CASE_COLUMNS)
    staged_ledger.put(connection, "staged", columns, rows)


def stage_duties(connection: sqlite3.Connection, rows: Sequence[Sequence[Any]]) -> None:
    """Put duties of (facts, *DUTY_COLUMNS) aside: once for all cases alike in their facts."""
    staged_ledger.put(connection, "staged_duty", ("facts", *DUTY_COLUMNS), rows)


def settle_fates(connection: sqlite3.Connection) -> None:
    """Tell what each row is: `new`, or `same` as or `changed` against a case or an earlier row."""
    connection.execute("CREATE INDEX staged_by_key ON staged (natural_key)")
    connection.execute("CREATE INDEX staged_duty_by_facts ON staged_duty (facts)")
    # Only rows that are not new are written again; mostly all are.
    connection.execute(
        "UPDATE staged SET case_id = coalesce((SELECT case_file.id FROM case_file "
        "WHERE case_file.number = staged.own_number "
        "AND case_file.natural_key = staged.natural_key), "
        "(SELECT case_file.id FROM case_file "
        "WHERE case_file.natural_key = staged.natural_key AND case_file.voided_on IS NULL "
        "ORDER BY case_file.id LIMIT 1)) "
        "WHERE EXISTS (SELECT 1 FROM case_file WHERE natural_key = staged.natural_key)"
    )
    connection.execute(
        "UPDATE staged SET twin = (SELECT min(first.id) FROM staged AS first "
        "WHERE first.natural_key = staged.natural_key AND first.id < staged.id "
        "AND first.own_number IS staged.own_number) "
        "WHERE case_id IS NULL AND natural_key IN "
        "(SELECT natural_key FROM staged GROUP BY natural_key HAVING count(*) > 1)"
    )
    for other, link, tells_alike in (
        ("case_file", "case_id", staged_ledger.same_as_case()),
        ("staged", "twin", staged_ledger.same_as_twin()),
    ):
        connection.execute(
            f"UPDATE staged SET fate = CASE WHEN EXISTS (SELECT 1 FROM {other} AS there "
            f"WHERE there.id = staged.{link} AND {_reads_alike()} AND {tells_alike}) "
            f"THEN 'same' ELSE 'changed' END WHERE {link} IS NOT NULL"
        )


def _reads_alike() -> str:
    """What is blank, or masked where there is a value, says nothing."""
    masked = {
        field: f" OR (there.{field} IS NOT NULL AND is_masked('{field}', staged.{field}))"
        for field in MASKS
    }
    fields = " AND ".join(
        f"(staged.{field} IS NULL OR staged.{field} IS 0 OR staged.{field} IS there.{field}"
        f"{masked.get(field, '')})"
        for field in COMPARED
    )
    return (
        f"{fields} AND (staged.extra IS NULL OR staged.extra IS there.extra OR NOT EXISTS ("
        "SELECT 1 FROM json_each(staged.extra) AS ours LEFT JOIN json_each(there.extra) AS theirs "
        "ON theirs.key = ours.key WHERE theirs.value IS NOT ours.value "
        "AND (theirs.value IS NULL OR NOT is_masked_extra(ours.key, ours.value))))"
    )


_OF_COPY = "staged_duty.subject LIKE 'copy:%'"
"""The copy of a penalty hangs on its own matter (I), as when it was typed."""


def move_in(connection: sqlite3.Connection, operation: int, year: int, first_seq: int) -> int:
    """Register the new rows, numbered in the order of the list; return how many duties began."""
    new = connection.execute("SELECT count(*) FROM staged WHERE fate = 'new'").fetchone()[0]
    with made_in_bulk(connection, operation, Bulk(_TABLES, _UNREAD, new)):
        if connection.execute("SELECT EXISTS (SELECT 1 FROM staged_ledger)").fetchone()[0]:
            return _make(connection, year, first_seq)
        with checks_aside(connection):  # of a plain list: its few days were read as days
            return _make(connection, year, first_seq)


def _make(connection: sqlite3.Connection, year: int, first_seq: int) -> int:
    columns = ", ".join(CASE_COLUMNS)
    first_id = connection.execute("SELECT coalesce(max(id), 0) FROM case_file").fetchone()[0]
    case_id = _numbered(connection, first_id)
    seq = f"({case_id} - {first_id - first_seq + 1})"
    connection.execute(
        f"INSERT INTO case_file (id, number, year, seq, status, holder, closed_on, {columns}) "
        f"SELECT {case_id}, printf('{year}-%04d', {seq}), {year}, {seq}, "
        "coalesce(told.status, 'registered'), "
        "CASE WHEN told.staged_id IS NULL THEN found_by ELSE told.holder END, told.closed_on, "
        f"{columns} FROM staged LEFT JOIN staged_ledger AS told ON told.staged_id = staged.id "
        "WHERE fate = 'new' ORDER BY id"
    )
    staged_ledger.move_in(connection, case_id)
    duties = connection.execute(
        f"INSERT INTO duty (case_id, {', '.join(DUTY_COLUMNS)}) "
        f"SELECT {case_id}, {', '.join(f'staged_duty.{name}' for name in DUTY_COLUMNS)} "
        "FROM staged CROSS JOIN staged_duty ON staged_duty.facts = staged.facts "
        f"WHERE staged.fate = 'new' AND NOT {_OF_COPY} ORDER BY staged.id, staged_duty.rowid"
    )
    of_matter = [
        "'I' || matter.number || ':' || owed_to" if name == "subject" else f"staged_duty.{name}"
        for name in DUTY_COLUMNS
    ]
    copies = connection.execute(
        f"INSERT INTO duty (case_id, matter_id, {', '.join(DUTY_COLUMNS)}) "
        f"SELECT matter.case_id, matter.id, {', '.join(of_matter)} "
        "FROM staged_ledger AS told JOIN staged ON staged.id = told.staged_id "
        f"JOIN matter ON matter.case_id = {case_id} AND matter.letter = 'I' "
        "JOIN staged_duty ON staged_duty.facts = staged.facts "
        f"WHERE staged.fate = 'new' AND {_OF_COPY} ORDER BY staged.id"
    )
    return duties.rowcount + copies.rowcount


def _numbered(connection: sqlite3.Connection, first_id: int) -> str:
    """Return the SQL by which a new row's case is numbered; where all are new, they count on."""
    others = "SELECT EXISTS (SELECT 1 FROM staged WHERE fate <> 'new')"
    if not connection.execute(others).fetchone()[0]:
        return f"(staged.id + {first_id})"
    connection.execute(
        "UPDATE staged SET case_id = ? + place.n FROM "
        "(SELECT id, row_number() OVER (ORDER BY id) AS n FROM staged WHERE fate = 'new') AS place "
        "WHERE staged.id = place.id",
        (first_id,),
    )
    return "staged.case_id"


def follow_twins(connection: sqlite3.Connection) -> None:
    """Give rows that read otherwise than an earlier row the case that the earlier one became."""
    connection.execute(
        "UPDATE staged SET case_id = "
        "(SELECT first.case_id FROM staged AS first WHERE first.id = staged.twin) "
        "WHERE twin IS NOT NULL AND fate = 'changed'"
    )


def fates(connection: sqlite3.Connection, file: int) -> dict[str, int]:
    """Count the fates of a file's rows."""
    rows = connection.execute(
        "SELECT fate, count(*) FROM staged WHERE file = ? GROUP BY fate", (file,)
    )
    return dict(rows)


_ROWS = (
    "SELECT staged.*, case_file.number AS case_number, first.line AS twin_line, "
    "first.file AS twin_file FROM staged "
    "LEFT JOIN case_file ON case_file.id = staged.case_id "
    "LEFT JOIN staged AS first ON first.id = staged.twin "
    "WHERE staged.file = ? AND {condition} ORDER BY staged.id"
)


def rows_with_fate(connection: sqlite3.Connection, file: int, fate: str) -> list[sqlite3.Row]:
    """Return the rows of a fate with the case or the earlier row that they are compared with."""
    return connection.execute(_ROWS.format(condition="staged.fate = ?"), (file, fate)).fetchall()


def rows_worth_naming(connection: sqlite3.Connection, file: int) -> list[sqlite3.Row]:
    """Return the rows that read otherwise than their case, or that stand twice in the lists."""
    condition = "(staged.fate = 'changed' OR staged.twin IS NOT NULL)"
    return connection.execute(_ROWS.format(condition=condition), (file,)).fetchall()
