"""Units that an operation brought in, and who speaks of them since."""

import sqlite3
from collections.abc import Collection

from yicheng_coord.queries.labels import UNIT_COLUMNS

_MADE = (
    "SELECT DISTINCT json_extract(after, '$.code') FROM change "
    "WHERE operation_id = ? AND table_name = 'unit_edition' AND before IS NULL"
)
_OTHER_EDITION = (
    "SELECT 1 FROM unit_edition WHERE code = ? AND id NOT IN "
    "(SELECT row_id FROM change WHERE operation_id = ? AND table_name = 'unit_edition')"
)
_USERS = (
    "SELECT DISTINCT operation_id FROM change WHERE table_name = ? AND operation_id > ? "
    "AND row_id IN (SELECT id FROM {table} WHERE {names_it})"
)


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
