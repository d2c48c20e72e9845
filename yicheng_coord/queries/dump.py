"""The whole register as one JSON document: every table of the field, row by row."""

import json
import sqlite3
from collections.abc import Mapping
from typing import IO, Any

from yicheng_coord.masking import MASKS, masked_phone
from yicheng_coord.queries.history import list_operations
from yicheng_coord.queries.reading import Reading
from yicheng_coord.store.history import RECORDED

FORMAT = "coord register"
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
            file.write(_json(_shown(dict(row), is_whole=reading.is_unmasked)))
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


def _shown(row: dict[str, Any], *, is_whole: bool) -> Mapping[str, Any]:
    if is_whole:
        return row
    masks = MASKS if "party_id" in row else {"phone": masked_phone}
    for name, mask in masks.items():
        if row.get(name):
            row[name] = mask(row[name])
    return row


def _json(value: Any) -> bytes:  # noqa: ANN401 – whatever JSON takes
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")
