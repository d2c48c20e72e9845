"""All rows of a database replaced by another's, within one transaction."""

import sqlite3

from yicheng_coord.store.open import make_views_and_triggers, statements


class ForeignTableError(sqlite3.DatabaseError):
    """What should be a table is none, or points to rows that are not there."""


def refill(connection: sqlite3.Connection) -> None:
    """Make the database anew, with the rows of the one that is attached as `restored`.

    Tables, indexes, views and triggers are this program's own, whatever either had; the triggers
    come last, so that nothing is recorded. A transaction is open, foreign keys are off.

    Raises:
        sqlite3.Error: the attached one has not these tables and columns, or rows that the
            constraints refuse; the transaction is to be rolled back.

    """
    _drop_everything(connection)
    for statement in statements("schema.sql"):
        connection.execute(statement)
    tables = plain_tables(connection, "main")
    if missing := tables - plain_tables(connection, "restored"):
        raise ForeignTableError(f"no such table: {min(missing)}")
    for table in sorted(tables):
        _copy_rows(connection, table)
    if broken := connection.execute("PRAGMA main.foreign_key_check").fetchone():
        raise ForeignTableError(f"foreign key mismatch: {broken[0]}")
    make_views_and_triggers(connection)


def _copy_rows(connection: sqlite3.Connection, table: str) -> None:
    names = _columns(connection, "main", table)
    if names == _columns(connection, "restored", table):  # SQLite copies page by page
        connection.execute(f"INSERT INTO main.{table} SELECT * FROM restored.{table}")
        return
    into = ", ".join(f'"{name}"' for name in names)
    # Named with its table: a lone "name" that is no column would be a text to SQLite.
    of = ", ".join(f'source."{name}"' for name in names)
    connection.execute(
        f"INSERT INTO main.{table} ({into}) SELECT {of} FROM restored.{table} AS source"
    )


def _columns(connection: sqlite3.Connection, database: str, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA {database}.table_info({table})")]


def _drop_everything(connection: sqlite3.Connection) -> None:
    """Triggers and views before the tables that they look at; indexes go with these."""
    for kind in ("trigger", "view", "table"):
        names = connection.execute(
            "SELECT name FROM main.sqlite_master WHERE type = ? AND name NOT LIKE 'sqlite~_%' "
            "ESCAPE '~'",
            (kind,),
        ).fetchall()
        for (name,) in names:
            connection.execute(f'DROP {kind} main."{name.replace(chr(34), chr(34) * 2)}"')


def plain_tables(connection: sqlite3.Connection, database: str) -> set[str]:
    """Return the names of the plain tables: no view, no virtual table."""
    rows = connection.execute(
        f"SELECT name FROM {database}.sqlite_master WHERE type = 'table' AND rootpage > 0 "
        "AND name NOT LIKE 'sqlite~_%' ESCAPE '~'"
    )
    return {row[0] for row in rows}
