"""Taking back exactly one operation, from the recorded before and after of its rows.

No command knows of it: rows that the operation made are removed, rows that it changed or removed
become again what they were, as long as nothing later builds on them. Taking back is an operation
itself, and can be taken back.
"""

import json
import sqlite3
import sys
from collections.abc import Collection
from datetime import date, timedelta

from yicheng_coord.duties import Engine
from yicheng_coord.errors import RefusedError
from yicheng_coord.policy.sequence import contradictions, matter_contradictions
from yicheng_coord.queries.duties import Duty as DutyView
from yicheng_coord.queries.history import (
    OperationView,
    operation_id,
    without_changes,
)
from yicheng_coord.queries.periodic import BY_TIME
from yicheng_coord.queries.reading import Reading
from yicheng_coord.queries.recorded import Recorded
from yicheng_coord.queries.units import units_on_file
from yicheng_coord.services.hanging import hung_on
from yicheng_coord.services.made_units import renaming_units, repeating_units, using_units
from yicheng_coord.services.register import Register
from yicheng_coord.services.touched import Touched, touched_by

_WENT_ON = (
    "SELECT id FROM {table} WHERE id IN (SELECT {column} FROM change "
    "WHERE operation_id = :operation AND {column} IS NOT NULL) AND EXISTS (SELECT 1 FROM change "
    "WHERE {column} = {table}.id AND operation_id > :operation AND operation_id < :own) ORDER BY id"
)
"""The cases, or matters, that an operation touched, and a later one too."""
_OPERATIONS_ON = (
    "SELECT id, summary FROM operation WHERE id > :operation AND id < :own AND id IN "
    "(SELECT operation_id FROM change WHERE {column} = :owner) ORDER BY id"
)
_LOOKED = "--no-mask"
"""The option of what only looks, and is on record."""
_CALENDAR_REACH = timedelta(days=31)
"""A day of the calendar reaches deadlines that end before it: whether they are provisional."""


class NothingToUndoError(RefusedError):
    """The operation changed nothing, or there is none."""

    def __init__(self, ref: str = "", summary: str = "") -> None:
        what = f"{ref} 没有改动登记内容（{summary}）" if ref else "还没有任何操作"
        super().__init__(f"没有可撤销的：{what}。", "查看：coord history")


class AlreadyUndoneError(RefusedError):
    """It was taken back, and that has not been taken back itself."""

    def __init__(self, ref: str, by: str) -> None:
        super().__init__(f"不能撤销：{ref} 已由 {by} 撤销。", f"要恢复：coord undo {by}")


class BuiltUponError(RefusedError):
    """Later operations rest on what this one did."""

    def __init__(self, ref: str, later: list[tuple[int, str]]) -> None:
        named = "；".join(f"P{number} {summary}" for number, summary in later[:5])
        more = f" 等 {len(later)} 次" if len(later) > 5 else ""  # noqa: PLR2004
        super().__init__(
            f"不能撤销 {ref}：之后的操作以它为基础：{named}{more}。",
            f"先撤销后面的：coord undo P{later[-1][0]}",
        )


def _last_done(reading: Reading) -> int | None:
    """Return the newest that somebody did and that did something; to look at the masked does not."""
    last_change = _last_change(reading, sys.maxsize)
    while last_change and _command(reading, last_change) == BY_TIME:
        last_change = _last_change(reading, last_change)
    since = reading.connection.execute(
        "SELECT id, command FROM operation WHERE id > ? ORDER BY id DESC", (last_change or 0,)
    )
    typed = ((number, json.loads(command)) for number, command in since)
    done = (number for number, words in typed if words and _LOOKED not in words)
    return next(done, last_change)


def _last_change(reading: Reading, before: int) -> int | None:
    found = reading.connection.execute(
        "SELECT max(operation_id) FROM change WHERE operation_id < ?", (before,)
    )
    number: int | None = found.fetchone()[0]
    return number


def _command(reading: Reading, number: int) -> str:
    found = reading.connection.execute("SELECT command FROM operation WHERE id = ?", (number,))
    return str(found.fetchone()[0])


def operation_to_undo(reading: Reading, ref: str | None) -> OperationView:
    """Return the operation that is meant: the one named, else the newest that changed something.

    Raises:
        UnknownOperationError, NothingToUndoError: there is none.

    """
    number = operation_id(reading, ref) if ref else _last_done(reading)
    if number is None:
        raise NothingToUndoError
    return without_changes(reading, number)


def undo(register: Register, target: OperationView) -> Recorded:
    """Take back one operation.

    Raises:
        NothingToUndoError: it changed nothing.
        AlreadyUndoneError: it is taken back already.
        BuiltUponError: later operations, which are named, build on it.

    """
    number = target.row["id"]
    before_change = register.engine
    in_pack = {unit.code for unit in register.policy.units.all}
    touched = touched_by(register.under_way.connection, number, register.under_way.number)
    _check(touched, target, in_pack)
    touched.put_back()
    _check_names(register, touched, target)
    moved = _recount(register, touched, before_change)
    _settle_what_went_on(register, target)
    if "happening" in touched.tables:  # which meetings were held tells what the intervals owe
        register.settle(*register.meetings_owed())
    headline = f"已撤销 {target.ref}：{target.row['summary']}"
    register.under_way.summary = headline
    register.under_way.undoes = number
    own = register.under_way.number
    return Recorded(
        operation=own,
        facts={"type": "undo", "ref": target.ref, "undoes": target.ref},
        headline=headline,
        met=[],
        started=[],
        moved=moved,
        reopened=[],
        ended=[],
        notes=[],
        warnings=[],
        next_step=f"要恢复：coord undo P{own}",
    )


def _check(touched: Touched, target: OperationView, known_units: Collection[str]) -> None:
    if target.undone_by:
        raise AlreadyUndoneError(target.ref, f"P{target.undone_by}")
    if not touched.tables:
        raise NothingToUndoError(target.ref, target.row["summary"])
    later = _later_operations(touched, known_units)
    if later:
        raise BuiltUponError(target.ref, later)


def _check_names(register: Register, touched: Touched, target: OperationView) -> None:
    """Refuse to give a unit back a name that another has taken since."""
    if "unit_edition" not in touched.tables:
        return
    units = units_on_file(touched.connection, register.policy.units, register.today)
    codes = {code for some in units.shared.values() for code in some}
    if not codes:
        return
    own = register.under_way.number
    later = renaming_units(touched.connection, touched.number, own, codes)
    if later:
        raise BuiltUponError(target.ref, _summaries(touched.connection, later))


def _recount(
    register: Register, touched: Touched, before_change: Engine
) -> list[tuple[DutyView, str | None]]:
    """Count the open duties anew that the calendar moves, when it was the calendar."""
    if "calendar_day" not in touched.tables:
        return []
    (first,) = touched.connection.execute(
        "SELECT min(json_extract(coalesce(after, before), '$.day')) FROM change "
        "WHERE operation_id = ? AND table_name = 'calendar_day'",
        (touched.number,),
    ).fetchone()
    register.forget_calendar()
    from yicheng_coord.services.recounting import recount_open

    return recount_open(register, date.fromisoformat(first) - _CALENDAR_REACH, before_change)


def _settle_what_went_on(register: Register, target: OperationView) -> None:
    """Bring in line the cases and matters that later operations went on with.

    Raises:
        BuiltUponError: their facts do not fit what would be again.

    """
    cases, matters = (_gone_on(register, target, table) for table in ("case_file", "matter"))
    if not (cases or matters):
        return
    from yicheng_coord.store.models import CaseFile, Matter

    for case_id in cases:
        case = register.session.get_one(CaseFile, case_id)
        if contradictions(register.facts(case)):
            raise BuiltUponError(target.ref, _operations_on(register, target, "case_id", case_id))
        register.settle(case)
    for matter_id in matters:
        matter = register.session.get_one(Matter, matter_id)
        if matter_contradictions(register.matter_facts(matter)):
            later = _operations_on(register, target, "matter_id", matter_id)
            raise BuiltUponError(target.ref, later)
        register.settle(matter)


def _gone_on(register: Register, target: OperationView, table: str) -> list[int]:
    column = {"case_file": "case_id", "matter": "matter_id"}[table]
    rows = register.under_way.connection.execute(
        _WENT_ON.format(table=table, column=column),
        {"operation": target.row["id"], "own": register.under_way.number},
    )
    return [row[0] for row in rows.fetchall()]


def _operations_on(
    register: Register, target: OperationView, column: str, owner: int
) -> list[tuple[int, str]]:
    rows = register.under_way.connection.execute(
        _OPERATIONS_ON.format(column=column),
        {"operation": target.row["id"], "own": register.under_way.number, "owner": owner},
    )
    return [(row[0], row[1]) for row in rows]


def _later_operations(touched: Touched, known_units: Collection[str]) -> list[tuple[int, str]]:
    """Return the operations that left a row other than this one did, or that hang on what it did."""
    connection, number = touched.connection, touched.number
    later = touched.touched_since() | hung_on(touched)
    if "unit_edition" in touched.tables:
        later |= repeating_units(connection, number)
        later |= using_units(connection, number, known_units)
    return _summaries(connection, later) if later else []


def _summaries(connection: sqlite3.Connection, numbers: set[int]) -> list[tuple[int, str]]:
    marks = ", ".join("?" * len(numbers))
    rows = connection.execute(
        f"SELECT id, summary FROM operation WHERE id IN ({marks}) ORDER BY id", sorted(numbers)
    )
    return [(row[0], row[1]) for row in rows]
