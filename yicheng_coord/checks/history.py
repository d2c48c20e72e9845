"""Whether the history is unbroken, and whether the tables are what it tells."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from yicheng_coord.checks.finding import RESTORE, Finding, Place
from yicheng_coord.queries.labels import label, table_label
from yicheng_coord.store.history import RECORDED, differing, operation_hash, recorded_rows

_BACKWARDS = f"有人绕过 coord 改了数据库，或文件有损坏。{RESTORE}"
_CHANGES = (
    "SELECT row_id, operation_id, case_id, before, after FROM change WHERE table_name = ? "
    "ORDER BY row_id, id"
)


def check_chain(place: Place) -> Iterator[Finding]:
    """Compute every operation's hash anew; numbers follow each other, and every one is sealed."""
    connection, expected = place.reading.connection, 1
    for number, stored in connection.execute("SELECT id, hash FROM operation ORDER BY id"):
        if number != expected:
            gone = f"P{expected}" if number == expected + 1 else f"P{expected} 至 P{number - 1}"
            yield Finding(gone, "操作记录不见了", _BACKWARDS)
        expected = number + 1
        if stored is None:
            yield Finding(f"P{number}", "操作没有封存", _BACKWARDS)
        elif stored != operation_hash(connection, number):
            yield Finding(f"P{number}", "操作记录的内容与校验值不符", _BACKWARDS)


def check_replay(place: Place) -> Iterator[Finding]:
    """Replay the history: each change begins where the one before ended, and the last is now."""
    connection = place.reading.connection
    for table in RECORDED:
        for row in _side_by_side(connection, table):
            for operation, what in _broken(table, row):
                yield Finding(f"{operation}{_named(connection, table, row)}", what, _BACKWARDS)


class _Row(NamedTuple):
    """A row: its changes, in their order, and what it is now; None = there is none."""

    id: int
    changes: Sequence[sqlite3.Row]
    now: str | None


def _side_by_side(connection: sqlite3.Connection, table: str) -> Iterator[_Row]:
    """Yield every row that is there or is told of, by id."""
    rows = recorded_rows(connection, table)
    there = next(rows, None)
    changes = connection.execute(_CHANGES, (table,))
    for number, told in groupby(changes, key=lambda change: change["row_id"]):
        while there is not None and there[0] < number:
            yield _Row(there[0], (), there[1])
            there = next(rows, None)
        now = None
        if there is not None and there[0] == number:
            now, there = there[1], next(rows, None)
        yield _Row(number, list(told), now)
    while there is not None:
        yield _Row(there[0], (), there[1])
        there = next(rows, None)


def _broken(table: str, row: _Row) -> Iterator[tuple[str, str]]:
    """Yield at which operation (empty = now) a row was not what the history tells, and what."""
    last = None
    for change in row.changes:
        if names := differing(last, change["before"]):
            yield f"P{change['operation_id']} ", f"改动以前已被改过：{_words(table, names)}"
        last = change["after"]
    names = differing(last, row.now)
    if names is None:
        return
    if not row.changes:
        yield "", "没有操作记录"
    elif row.now is None:
        yield "", "操作记录里有，表里没有了"
    elif last is None:
        yield "", "操作记录里已经删去，表里还有"
    else:
        yield "", f"与操作记录不符：{_words(table, names)}"


def _words(table: str, names: list[str]) -> str:
    return "整行" if names == ["id"] else "、".join(label(table, name) for name in names)


def _named(connection: sqlite3.Connection, table: str, row: _Row) -> str:
    """Return a row as people name it: 2026-0001, 2026-0001 D3, 2026-0001 材料 2, 单位 4."""
    of_table = f"D{row.id}" if table == "duty" else f"{table_label(table)} {row.id}"
    case = connection.execute(
        "SELECT number FROM case_file WHERE id = ?", (_case_of(table, row),)
    ).fetchone()
    if case is None:
        return of_table
    return case["number"] if table == "case_file" else f"{case['number']} {of_table}"


def _case_of(table: str, row: _Row) -> int | None:
    case: int | None = row.id
    if table != "case_file":
        case = (
            row.changes[-1]["case_id"]
            if row.changes
            else json.loads(row.now or "{}").get("case_id")
        )
    return case
