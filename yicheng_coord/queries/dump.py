"""The whole register as one JSON document: every table of the field, row by row."""

import json
import sqlite3
from collections.abc import Mapping
from typing import IO, Any

from yicheng_coord.masking import MASKS, is_masked, masked_phone
from yicheng_coord.queries.history import list_operations
from yicheng_coord.queries.history_masks import MARKS, mark_of
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
            is_whole = reading.is_unmasked
            file.write(_json(dict(row) if is_whole else masked_row(reading.connection, table, row)))
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


def masked_row(connection: sqlite3.Connection, table: str, row: sqlite3.Row) -> dict[str, Any]:
    """Return a row of the register as a document says it that is not to show people whole."""
    kept = dict(row)
    mark = _mark(connection, table, row)
    masks = MASKS if "party_id" in kept else {"phone": masked_phone}
    kept |= {name: mask(kept[name]) for name, mask in masks.items() if kept.get(name)}
    if mark:
        kept |= {name: mark for name in _SAID if kept.get(name)}
        kept["details"] = _details_under(mark, kept["details"])
    return kept


def says_masked(document: Mapping[str, Any]) -> bool:
    """Whether a document was written masked: by its own word, else by the masks in it."""
    said = document.get("is_masked")
    if isinstance(said, bool):
        return said
    return any(
        _bears_mask(table, name, value)
        for table, rows in document["tables"].items()
        for row in rows
        for name, value in row.items()
        if isinstance(value, str)
    )


def _bears_mask(table: str, name: str, value: str) -> bool:
    if table in _OF_MATTERS and name in _SAID:
        return value in MARKS
    return is_masked(name, value)


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
