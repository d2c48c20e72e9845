"""The whole register as one JSON document: every table of the field, row by row."""

import json
import sqlite3
from typing import IO, Any

from yicheng_coord.masking import MASKS, masked_phone
from yicheng_coord.queries.history import list_operations
from yicheng_coord.queries.history_masks import mark_of
from yicheng_coord.queries.reading import Reading
from yicheng_coord.store.history import RECORDED

FORMAT = "coord register"
_OF_MATTERS = ("matter", "happening")
_SAID = ("title", "document", "text")
TABLES = RECORDED
"""What a document holds, in the order in which it can be put back: no row before what it names."""


def dump(reading: Reading, file: IO[bytes]) -> dict[str, int]:
    """Write the document; return how many rows of each table it holds.

    The history goes along to be read; it is not put back, since another register's is its own.
    """
    head = {
        "format": FORMAT,
        "schema": _schema(reading.connection),
        "exported_at": reading.now.isoformat(),
        "is_masked": not reading.is_unmasked,
    }
    counts = {}
    file.write(_json(head)[:-1] + b',\n"tables": {')
    for number, table in enumerate(TABLES):
        file.write((b",\n" if number else b"\n") + _json(table) + b": [")
        counts[table] = 0
        for row in reading.connection.execute(f"SELECT * FROM {table} ORDER BY id"):
            file.write(b",\n" if counts[table] else b"\n")
            kept = dict(row)
            if not reading.is_unmasked:
                _mask(kept, _mark(reading.connection, table, row))
            file.write(_json(kept))
            counts[table] += 1
        file.write(b"]")
    file.write(b'},\n"history": [')
    for number, one in enumerate(list_operations(reading)):
        file.write((b",\n" if number else b"\n") + _json(one.as_json()))
    file.write(b"]}\n")
    return counts


def _schema(connection: sqlite3.Connection) -> str:
    version: str = connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]
    return version


def _mark(connection: sqlite3.Connection, table: str, row: sqlite3.Row) -> str:
    """Return what is shown instead of the words of a marked matter, 四（二）3."""
    if table not in _OF_MATTERS:
        return ""
    return mark_of(connection, row["id"] if table == "matter" else row["matter_id"])


def _mask(row: dict[str, Any], mark: str) -> None:
    masks = MASKS if "party_id" in row else {"phone": masked_phone}
    for name, mask in masks.items():
        if row.get(name):
            row[name] = mask(row[name])
    if mark:
        row |= {name: mark for name in _SAID if row.get(name)}
        row["details"] = _details_under(mark, row["details"])


def _details_under(mark: str, details: str | None) -> str | None:
    """What is counted by (days, which decision) stays; what was said does not."""
    if details is None:
        return None
    kept = {
        name: mark if isinstance(value, str) else value
        for name, value in json.loads(details).items()
    }
    return json.dumps(kept, ensure_ascii=False)


def _json(value: Any) -> bytes:  # noqa: ANN401 – whatever JSON takes
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")
