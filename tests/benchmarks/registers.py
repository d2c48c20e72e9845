"""Registers of any size: the cases of one operation, and each duty of an operation of its own."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from yicheng_coord.store.history import begin_operation, seal_operation
from yicheng_coord.store.open import connect, create

TODAY = date(2026, 11, 23)
if TYPE_CHECKING:
    from yicheng_coord.policy.rules import Rule

_FAR = "2036-11-24"
_UNITS = ("zrj", "zjj", "swj", "gsly", "lyz", "tsjd", "wljd", "jtj")
_CASE = (
    "INSERT INTO case_file (id, number, year, seq, title, found_by, found_on, competent, "
    "determined_on, disclaimed_on, status, holder) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, 'zfj', ?, ?, 'registered', ?)"
)
_DUTY = (
    "INSERT INTO duty (rule, rule_version, kind, days, roll, case_id, subject, owed_by, owed_to, "
    "started_on, start_event, due_on, original_due_on, met_on) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'zfj', ?, 'case.determined', ?, ?, ?)"
)

_HISTORY = (
    "CREATE TEMP TRIGGER own_operation BEFORE INSERT ON main.duty BEGIN "
    "INSERT INTO operation (at, operator, command, summary) "
    "VALUES ('2026-11-23T00:00:00', '', '[\"coord\"]', '历年登记'); END"
)
"""Makes the history as long as the duties are many, within SQLite: a million in a minute."""
_SEALED = "UPDATE operation SET hash = printf('%064d', id) WHERE hash IS NULL AND id < :own"
"""Not chained: nothing that is timed looks at the hash of any operation but the newest."""
_ROW = "水-{n},第 {n} 号堆场占用耕地,非法占用耕地,某某{party}有限公司,{unit},{found},zfj,某某村"
_HEADINGS = "案件编号,案件名称,案由,当事人,发现单位,发现日期,有权处理单位,地点"


def make_list(path: Path, rows: int) -> None:
    """Write a list of so many cases, as a unit would send it."""
    with path.open("w", encoding="utf-8") as file:
        file.write(f"{_HEADINGS}\n")
        for n in range(rows):
            unit, party = _UNITS[n % len(_UNITS)], n % 977
            file.write(_ROW.format(n=n, party=party, unit=unit, found=_day(n)) + "\n")


def make_register(
    path: Path, *, cases: int, duties: int, overdue: int, others_met: bool = True
) -> None:
    """Make a register of so many cases, duties and operations.

    All but those overdue are met, or else due in ten years.
    """
    create(path)
    now = datetime(TODAY.year, TODAY.month, TODAY.day)
    with closing(connect(path)) as connection:
        begin_operation(connection, now=now, operator="", command=["coord"])
        connection.executemany(_CASE, _cases(cases))
        connection.execute(_HISTORY)
        connection.executemany(_DUTY, _duties(cases, duties, overdue, others_met=others_met))
        assert _count(connection, "duty") == duties
        is_open = f"duty WHERE met_on IS NULL AND due_on < '{TODAY}'"
        assert _count(connection, is_open) == overdue
        last = _count(connection, "operation")
        connection.execute(_SEALED, {"own": last})
        seal_operation(connection, last, "历年登记", None)
        connection.execute("COMMIT")


def _count(connection: sqlite3.Connection, rows: str) -> int:
    number: int = connection.execute(f"SELECT count(*) FROM {rows}").fetchone()[0]
    return number


def _cases(count: int) -> Iterator[tuple[object, ...]]:
    for n in range(1, count + 1):
        found, unit = _day(n), _UNITS[n % len(_UNITS)]
        title = f"吴林街道第 {n} 号堆场占用耕地"
        yield n, f"2026-{n:04d}", 2026, n, title, unit, found, found, found, unit


def _duties(
    cases: int, count: int, overdue: int, *, others_met: bool
) -> Iterator[tuple[object, ...]]:
    """The overdue ones belong to the last cases; a case may have many duties, as years pass."""
    rule = _rule()
    counted = (rule.id, rule.version, rule.kind.value, rule.days, rule.roll.value)
    for n in range(count):
        case, turn = n % cases + 1, n // cases
        is_late = n >= count - overdue
        other = _day(case) if others_met else _FAR
        due = (TODAY - timedelta(days=5 + n % 20)).isoformat() if is_late else other
        met = _day(case) if others_met and not is_late else None
        unit = _UNITS[case % len(_UNITS)]
        yield *counted, case, f"{turn}", unit, _day(case), due, due, met


def _rule() -> "Rule":
    from yicheng_coord import paths
    from yicheng_coord.policy.pack import load

    return load(paths.policy_folder()).rule("transfer.send")


def _day(n: int) -> str:
    return (date(2026, 1, 5) + timedelta(days=n % 300)).isoformat()
