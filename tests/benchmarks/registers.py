"""Registers of any size, filled by bulk rows within one operation."""

import sqlite3
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from yicheng_coord.store.open import create
from yicheng_coord.store.transaction import operation

TODAY = date(2026, 11, 23)
if TYPE_CHECKING:
    from yicheng_coord.policy.rules import Rule

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


def make_register(path: Path, *, cases: int, duties: int, overdue: int) -> None:
    """Make a register of so many cases and duties, all of them met but those overdue."""
    create(path)
    now = datetime(TODAY.year, TODAY.month, TODAY.day)
    with operation(
        path, now=now, operator="", command=["benchmark"], before_lock=lambda _: None
    ) as under_way:
        connection = under_way.connection
        connection.executemany(_CASE, _cases(cases))
        connection.executemany(_DUTY, _duties(cases, duties, overdue))
        assert _count(connection, "duty") == duties
        assert _count(connection, "duty WHERE met_on IS NULL") == overdue
        under_way.summary = "benchmark"


def _count(connection: sqlite3.Connection, rows: str) -> int:
    number: int = connection.execute(f"SELECT count(*) FROM {rows}").fetchone()[0]
    return number


def _cases(count: int) -> Iterator[tuple[object, ...]]:
    for n in range(1, count + 1):
        found, unit = _day(n), _UNITS[n % len(_UNITS)]
        title = f"吴林街道第 {n} 号堆场占用耕地"
        yield n, f"2026-{n:04d}", 2026, n, title, unit, found, found, found, unit


def _duties(cases: int, count: int, overdue: int) -> Iterator[tuple[object, ...]]:
    """The overdue ones belong to the last cases; a case may have many duties, as years pass."""
    rule = _rule()
    counted = (rule.id, rule.version, rule.kind.value, rule.days, rule.roll.value)
    for n in range(count):
        case, turn = n % cases + 1, n // cases
        is_open = n >= count - overdue
        due = (TODAY - timedelta(days=5 + n % 20)).isoformat() if is_open else _day(case)
        met = None if is_open else _day(case)
        unit = _UNITS[case % len(_UNITS)]
        yield *counted, case, f"{turn}", unit, _day(case), due, due, met


def _rule() -> "Rule":
    from yicheng_coord import paths
    from yicheng_coord.policy.pack import load

    return load(paths.policy_folder()).rule("transfer.send")


def _day(n: int) -> str:
    return (date(2026, 1, 5) + timedelta(days=n % 300)).isoformat()
