"""Writing: one command, one transaction, one operation in the history."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, create_engine
from sqlalchemy.pool import StaticPool
from sqlmodel import Session

from yicheng_coord.store.history import begin_operation, seal_operation
from yicheng_coord.store.open import connect, explained


@dataclass
class Operation:
    """An operation under way.

    Attributes:
        number: what `P…` names.
        session: for the rows of a single case.
        connection: the same transaction by plain DB-API, for bulk rows and for reading.
        summary: what was done, in words; kept in the history.
        undoes: the operation that it takes back.
        is_dropped: set it to end without keeping anything (a trial run).

    """

    number: int
    session: Session
    connection: sqlite3.Connection
    summary: str = ""
    undoes: int | None = None
    is_dropped: bool = field(default=False)


@contextmanager
def operation(
    path: Path,
    *,
    now: datetime,
    operator: str,
    command: Sequence[str],
    before_lock: Callable[[sqlite3.Connection], None],
) -> Iterator[Operation]:
    """Hold the write lock for one operation; any error, or a kill, leaves nothing of it.

    Args:
        path: the database.
        now: the moment that the history keeps.
        operator: who did it.
        command: what was typed.
        before_lock: is called with the connection before the lock is taken.

    Raises:
        DatabaseError: the database cannot be opened, or stays locked.

    """
    connection = connect(path)
    try:
        with Session(_engine(connection), autoflush=False) as session:
            before_lock(connection)
            session.connection()  # SQLAlchemy's first look at a connection ends in a rollback …
            try:  # … so that our transaction begins after it
                number = begin_operation(connection, now=now, operator=operator, command=command)
            except sqlite3.Error as wrong:
                raise explained(wrong, path) from wrong
            under_way = Operation(number, session, connection)
            yield under_way
            session.flush()
            if not under_way.is_dropped:
                seal_operation(connection, number, under_way.summary, under_way.undoes)
                connection.execute("COMMIT")
    finally:
        connection.close()


def _engine(connection: sqlite3.Connection) -> Engine:
    """Return an engine over this one connection, whose transaction we began ourselves."""
    return create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)
