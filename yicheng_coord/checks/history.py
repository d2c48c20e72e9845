"""Whether the history is unbroken, and whether the tables are what it tells."""

from collections.abc import Iterator
from itertools import groupby

from yicheng_coord.checks.finding import RESTORE, Finding, Place
from yicheng_coord.queries.labels import label, table_label
from yicheng_coord.store.history import RECORDED, differing, operation_hash, recorded_rows

_BACKWARDS = f"有人绕过 coord 改了数据库，或文件有损坏。{RESTORE}"
_STATES = (
    "SELECT row_id, operation_id, before, after FROM change WHERE table_name = ? "
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
    for table in RECORDED:
        yield from _replayed(place, table)


def _replayed(place: Place, table: str) -> Iterator[Finding]:
    connection = place.reading.connection
    rows = recorded_rows(connection, table)
    there = next(rows, None)
    changes = connection.execute(_STATES, (table,))
    for row, states in groupby(changes, key=lambda change: change["row_id"]):
        while there is not None and there[0] < row:
            yield _unrecorded(table, there[0])
            there = next(rows, None)
        last = None
        for state in states:
            if names := differing(last, state["before"]):
                where = f"P{state['operation_id']} {table_label(table)} {row}"
                yield Finding(where, f"改动以前已被改过：{_named(table, names)}", _BACKWARDS)
            last = state["after"]
        now = None
        if there is not None and there[0] == row:
            now, there = there[1], next(rows, None)
        if names := differing(last, now):
            yield _changed(table, row, last, now, names)
    while there is not None:
        yield _unrecorded(table, there[0])
        there = next(rows, None)


def _unrecorded(table: str, row: int) -> Finding:
    return Finding(f"{table_label(table)} {row}", "没有操作记录", _BACKWARDS)


def _changed(table: str, row: int, last: str | None, now: str | None, names: list[str]) -> Finding:
    if now is None:
        what = "操作记录里有，表里没有了"
    elif last is None:
        what = "操作记录里已经删去，表里还有"
    else:
        what = f"与操作记录不符：{_named(table, names)}"
    return Finding(f"{table_label(table)} {row}", what, _BACKWARDS)


def _named(table: str, names: list[str]) -> str:
    return "整行" if names == ["id"] else "、".join(label(table, name) for name in names)
