"""The rows that an operation touched: what it made of each, who touched them since, putting back.

However often an operation touched a row, its first and its last change of it are what counts.
"""

import sqlite3
from dataclasses import dataclass

from yicheng_coord.store.bulk_changes import CACHE, remove_in_bulk
from yicheng_coord.store.history import RECORDED, columns_of, differs_from_recorded

_MANY = 1000
"""So many rows are removed as a set."""

_OF_OPERATION = (
    "FROM change WHERE id BETWEEN (SELECT min(id) FROM change WHERE operation_id = :operation) "
    "AND (SELECT max(id) FROM change WHERE operation_id = :operation) "
    "AND +operation_id = :operation"
)
"""In the order in which they lie: by way of the index alone each would have to be looked up."""
_FILL = (
    "INSERT INTO touched SELECT :table, row_id, first >> 1, last >> 1, CASE "
    "WHEN NOT first & 1 AND last & 1 THEN 'made' WHEN first & 1 AND last & 1 AND gone THEN 'remade' "
    "WHEN first & 1 AND last & 1 THEN 'changed' "
    "WHEN first & 1 THEN 'removed' ELSE 'passed' END FROM (SELECT row_id, "
    "min(id << 1 | (before IS NOT NULL)) AS first, max(id << 1 | (after IS NOT NULL)) AS last, "
    "max(after IS NULL) AS gone "
    f"{_OF_OPERATION} AND +table_name = :table GROUP BY row_id)"
)
"""The first and the last change of each row, with whether there was a row before, or after, it.

A table at a time: numbers are sorted in half the time that names and numbers take."""
_FILL_MADE = (
    "INSERT INTO touched SELECT :table, row_id, id, id, 'made' "
    f"{_OF_OPERATION} AND +table_name = :table"
)
"""Of a table where nothing but new rows came: each was touched once, which needs no sorting."""
_MORE_THAN_MADE = (
    f"SELECT EXISTS (SELECT 1 {_OF_OPERATION} AND +table_name = :table AND before IS NOT NULL)"
)
_IS_THERE = "('made', 'remade')"
_WAS_THERE = "('removed', 'remade')"


@dataclass(frozen=True)
class Touched:
    """The rows that an operation touched, in a temporary table of the connection.

    Attributes:
        number: the operation.
        own: the operation under way, which takes it back.
        fates: what became of rows of which table: `made`, `changed`, `removed`; `remade`, for one that
            was removed to make room for another of its number; or `passed`, for one that was made
            and removed again.

    """

    connection: sqlite3.Connection
    number: int
    own: int
    fates: frozenset[tuple[str, str]]

    @property
    def tables(self) -> frozenset[str]:
        """The tables of which any row was touched."""
        return frozenset(table for table, _ in self.fates)

    def touched_since(self) -> set[int]:
        """Return the later operations that left one of the rows other than this one did."""
        later: set[int] = set()
        for table in self.tables:
            later.update(self._touched_since(table))
        return later

    def _touched_since(self, table: str) -> set[int]:
        differs = differs_from_recorded(self.connection, table, "there", "left.after")
        rows = self.connection.execute(
            "SELECT touched.row_id FROM touched JOIN change AS left ON left.id = touched.last "
            f"LEFT JOIN {table} AS there ON there.id = touched.row_id "
            "WHERE touched.table_name = :table AND EXISTS (SELECT 1 FROM change AS later "
            "WHERE later.table_name = :table AND later.row_id = touched.row_id "
            f"AND later.id > touched.last) AND {differs}",
            {"table": table},
        ).fetchall()
        found: set[int] = set()
        for (row_id,) in rows:
            operations = self.connection.execute(
                "SELECT DISTINCT operation_id FROM change "
                "WHERE table_name = ? AND row_id = ? AND operation_id > ?",
                (table, row_id, self.number),
            )
            found.update(operation for (operation,) in operations)
        return found

    def put_back(self) -> None:
        """Remove the rows that it made; make those that it changed or removed what they were.

        Until all is put back, a changed row may point to one that is gone already.
        """
        self.connection.execute("PRAGMA defer_foreign_keys = ON")
        for table in reversed(RECORDED):
            if {(table, "made"), (table, "remade")} & self.fates:
                self._remove_made(table)
        for table in RECORDED:
            if (table, "changed") in self.fates:
                self._restore_changed(table)
            if {(table, "removed"), (table, "remade")} & self.fates:
                self._bring_back_removed(table)

    def _remove_made(self, table: str) -> None:
        count, first, last = self.connection.execute(
            "SELECT count(*), min(row_id), max(row_id) FROM touched "
            f"WHERE table_name = ? AND fate IN {_IS_THERE}",
            (table,),
        ).fetchone()
        which = (
            f"id BETWEEN {first} AND {last}"
            if last - first + 1 == count
            else f"id IN (SELECT row_id FROM touched WHERE table_name = '{table}' "
            f"AND fate IN {_IS_THERE})"
        )
        if count >= _MANY:
            self.connection.execute(f"PRAGMA cache_size = -{CACHE >> 10}")
            remove_in_bulk(self.connection, self.own, table, which)
        else:
            self.connection.execute(f"DELETE FROM {table} WHERE {which}")

    def _restore_changed(self, table: str) -> None:
        columns = columns_of(self.connection, table)
        values = ", ".join(f"{name} = json_extract(start.before, '$.{name}')" for name in columns)
        self.connection.execute(
            f"UPDATE {table} SET {values} FROM touched "
            "JOIN change AS start ON start.id = touched.first WHERE touched.table_name = ? "
            f"AND touched.fate = 'changed' AND {table}.id = touched.row_id",
            (table,),
        )

    def _bring_back_removed(self, table: str) -> None:
        columns = columns_of(self.connection, table)
        values = ", ".join(f"json_extract(start.before, '$.{name}')" for name in columns)
        self.connection.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} FROM touched "
            "JOIN change AS start ON start.id = touched.first WHERE touched.table_name = ? "
            f"AND touched.fate IN {_WAS_THERE} ORDER BY touched.row_id",
            (table,),
        )


def touched_by(connection: sqlite3.Connection, number: int, own: int) -> Touched:
    """Look once through the changes of an operation, for another that is to take it back."""
    make_table(connection)
    tables = connection.execute(
        f"SELECT DISTINCT table_name {_OF_OPERATION}", {"operation": number}
    ).fetchall()
    for (table,) in tables:
        named = {"operation": number, "table": table}
        (is_more,) = connection.execute(_MORE_THAN_MADE, named).fetchone()
        connection.execute(_FILL if is_more else _FILL_MADE, named)
    fates = connection.execute("SELECT DISTINCT table_name, fate FROM touched")
    return Touched(connection, number, own, frozenset((row[0], row[1]) for row in fates))


def make_table(connection: sqlite3.Connection) -> None:
    """Make the temporary table."""
    connection.execute(
        "CREATE TEMP TABLE touched ("
        "table_name TEXT, row_id INTEGER, first INTEGER, last INTEGER, fate TEXT)"
    )


def count_changes(connection: sqlite3.Connection, number: int) -> int:
    """Count the changes of an operation."""
    counted: int = connection.execute(
        "SELECT count(*) FROM change WHERE operation_id = ?", (number,)
    ).fetchone()[0]
    return counted
