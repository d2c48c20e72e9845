"""Writing: one command, one transaction, one operation in the history."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from yicheng_coord.store.history import begin_operation, seal_operation
from yicheng_coord.store.open import connect, explained

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlmodel import Session


@dataclass
class Operation:
    """An operation under way.

    Attributes:
        number: what `P…` names.
        connection: its transaction by plain DB-API, for bulk rows and for reading.
        summary: what was done, in words; kept in the history.
        undoes: the operation that it takes back.
        is_dropped: set it to end without keeping anything (a trial run).

    """

    number: int
    connection: sqlite3.Connection
    summary: str = ""
    undoes: int | None = None
    is_dropped: bool = field(default=False)

    @cached_property
    def session(self) -> "Session":
        """For the rows of a single case, in the same transaction.

        Loaded by whoever first asks for it: a list, and most undos, move whole sets of rows.
        """
        from sqlmodel import Session

        return Session(_engine(self.connection), autoflush=False)

    def flush(self) -> None:
        """Write what waits in the session, if anybody asked for one."""
        if "session" in self.__dict__:
            self.session.flush()

    def close(self) -> None:
        """Let go of the session."""
        if "session" in self.__dict__:
            self.session.close()


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
        before_lock(connection)
        try:
            number = begin_operation(connection, now=now, operator=operator, command=command)
        except sqlite3.Error as wrong:
            raise explained(wrong, path) from wrong
        with closing(Operation(number, connection)) as under_way:
            yield under_way
            under_way.flush()
            if not under_way.is_dropped:
                seal_operation(connection, number, under_way.summary, under_way.undoes)
                connection.execute("COMMIT")
    finally:
        connection.close()


def _engine(connection: sqlite3.Connection) -> "Engine":
    """Return an engine over this one connection, whose transaction we began ourselves.

    SQLAlchemy's first look at a connection ends in a rollback, so it gets another to look at.
    """
    from sqlalchemy import create_engine
    from sqlalchemy.pool import StaticPool

    looked_at = sqlite3.connect(":memory:")
    connections = iter((looked_at, connection))
    engine = create_engine("sqlite://", creator=lambda: next(connections), poolclass=StaticPool)
    with engine.connect():
        pass
    engine.dispose()
    return engine
