"""The structure of a database as it can be compared: a new one and one that climbed are alike."""

import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing

from yicheng_coord.store.open import make_structure

Structure = Mapping[tuple[str, str], object]
"""(kind, name) → its definition, without what says nothing."""

_COMMENT = re.compile(r"--[^\n]*")
_STRINGS_OR_SPACE = re.compile(r"'(?:[^']|'')*'|\s+")


def expected_structure() -> Structure:
    """Return the structure that this version of the program makes."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        make_structure(connection)
        return structure_of(connection)


def structure_of(connection: sqlite3.Connection) -> Structure:
    """Return the tables, indexes, views and triggers of a database."""
    made = connection.execute(
        "SELECT type, name, sql FROM sqlite_master "
        "WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite^_%' ESCAPE '^'"
    )
    return {
        (kind, name): _table(sql) if kind == "table" else _spaced(sql) for kind, name, sql in made
    }


def _spaced(sql: str) -> str:
    """Return a statement without comments, line breaks and doubled spaces; strings as they are."""
    plain = _COMMENT.sub("", sql)
    return _STRINGS_OR_SPACE.sub(lambda one: " " if one[0].isspace() else one[0], plain).strip()


def _table(sql: str) -> tuple[tuple[str, ...], str]:
    """Return the definitions of a table in any order (a step adds a column last), and the rest."""
    plain = _spaced(sql)
    start, end = plain.index("("), plain.rindex(")")
    return tuple(sorted(_definitions(plain[start + 1 : end]))), plain[end + 1 :].strip()


def _definitions(body: str) -> Iterator[str]:
    depth, start = 0, 0
    for place, sign in enumerate(body):
        depth += (sign == "(") - (sign == ")")
        if sign == "," and not depth:
            yield body[start:place].strip()
            start = place + 1
    yield body[start:].strip()
