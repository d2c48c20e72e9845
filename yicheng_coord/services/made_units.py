"""Units that an operation brought in or changed, and what rests on that since.

An edition says all of a unit, so a later one repeats what the one before it says.
"""

import sqlite3
from collections.abc import Collection

from yicheng_coord.queries.labels import UNIT_COLUMNS
from yicheng_coord.store.history import differs_from_recorded

_MADE = (
    "SELECT DISTINCT json_extract(after, '$.code') FROM change "
    "WHERE operation_id = ? AND table_name = 'unit_edition' AND before IS NULL"
)
_REPEATING = (
    "SELECT DISTINCT operation_id FROM change WHERE table_name = 'unit_edition' "
    "AND operation_id > :operation AND row_id IN (SELECT other.row_id FROM "
    "(SELECT row_id, min(id) AS first FROM change WHERE table_name = 'unit_edition' "
    "AND operation_id > :operation AND json_extract(coalesce(after, before), '$.code') IN "
    "(SELECT json_extract(coalesce(after, before), '$.code') FROM change "
    "WHERE operation_id = :operation AND table_name = 'unit_edition') AND row_id NOT IN "
    "(SELECT row_id FROM change WHERE operation_id = :operation AND table_name = 'unit_edition') "
    "GROUP BY row_id) AS other JOIN change AS start ON start.id = other.first "
    "LEFT JOIN unit_edition AS there ON there.id = other.row_id WHERE {differs})"
)
_NAMED_SINCE = (
    "SELECT DISTINCT operation_id FROM change WHERE table_name = 'unit_edition' "
    "AND operation_id > ? AND operation_id < ? "
    "AND json_extract(coalesce(after, before), '$.code') IN ({marks})"
)
_OTHER_EDITION = (
    "SELECT 1 FROM unit_edition WHERE code = ? AND id NOT IN "
    "(SELECT row_id FROM change WHERE operation_id = ? AND table_name = 'unit_edition')"
)
_USERS = (
    "SELECT DISTINCT operation_id FROM change WHERE table_name = ? AND operation_id > ? "
    "AND row_id IN (SELECT id FROM {table} WHERE {names_it})"
)


def repeating_units(connection: sqlite3.Connection, number: int) -> set[int]:
    """Return the later operations that left another edition of a unit that this one touched.

    What has been taken back since does not count.
    """
    differs = differs_from_recorded(connection, "unit_edition", "there", "start.before")
    rows = connection.execute(_REPEATING.format(differs=differs), {"operation": number})
    return {operation for (operation,) in rows}


def renaming_units(
    connection: sqlite3.Connection, number: int, own: int, codes: Collection[str]
) -> set[int]:
    """Return the operations between two that changed one of the units."""
    sql = _NAMED_SINCE.format(marks=", ".join("?" * len(codes)))
    return {operation for (operation,) in connection.execute(sql, (number, own, *codes))}


def using_units(connection: sqlite3.Connection, number: int, known: Collection[str]) -> set[int]:
    """Return the later operations on rows that name a unit which would be gone without this one.

    Args:
        connection: the register.
        number: the operation.
        known: codes of the pack, which stay whatever is taken back.

    """
    users: set[int] = set()
    for (code,) in connection.execute(_MADE, (number,)).fetchall():
        is_kept = connection.execute(_OTHER_EDITION, (code, number)).fetchone()
        if code in known or is_kept:
            continue
        for table, columns in UNIT_COLUMNS.items():
            names_it = " OR ".join(f"{column} = ?" for column in columns)
            sql = _USERS.format(table=table, names_it=names_it)
            rows = connection.execute(sql, (table, number, *[code] * len(columns)))
            users.update(row[0] for row in rows)
    return users
