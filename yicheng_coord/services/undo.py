"""Taking back exactly one operation, from the recorded before and after of its rows.

No command knows of it: rows that the operation made are removed, rows that it changed or removed
become again what they were, as long as nothing later builds on them. Taking back is an operation
itself, and can be taken back.
"""

import sqlite3
from collections.abc import Collection
from datetime import date, timedelta

from yicheng_coord.duties import Engine
from yicheng_coord.errors import RefusedError
from yicheng_coord.policy.sequence import contradictions
from yicheng_coord.queries.duties import Duty as DutyView
from yicheng_coord.queries.history import (
    OperationView,
    last_change,
    one_operation,
    operation_id,
)
from yicheng_coord.queries.reading import Reading
from yicheng_coord.queries.recorded import Recorded
from yicheng_coord.services.made_units import using_units
from yicheng_coord.services.register import Register
from yicheng_coord.store.history import RECORDED, differs_from_recorded
from yicheng_coord.store.models import CaseFile

_FIRST_AND_LAST = (
    "SELECT row_id, min(id) AS first, max(id) AS last FROM change "
    "WHERE operation_id = :operation AND table_name = :table GROUP BY row_id"
)
"""What an operation made of each row of a table, however often it touched it."""
_WENT_ON = (
    "SELECT case_file.id FROM case_file WHERE id IN (SELECT case_id FROM change "
    "WHERE operation_id = :operation AND case_id IS NOT NULL) AND EXISTS (SELECT 1 FROM change "
    "WHERE case_id = case_file.id AND operation_id > :operation AND operation_id < :own) ORDER BY id"
)
"""The cases that an operation touched, and a later one too."""
_CALENDAR_REACH = timedelta(days=31)
"""A day of the calendar reaches deadlines that end before it: whether they are provisional."""


class NothingToUndoError(RefusedError):
    """The operation changed nothing, or there is none."""

    def __init__(self, ref: str = "") -> None:
        what = f"{ref} 没有改动登记内容" if ref else "还没有任何操作"
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


def operation_to_undo(reading: Reading, ref: str | None) -> OperationView:
    """Return the operation that is meant: the one named, else the newest that changed something.

    Raises:
        UnknownOperationError, NothingToUndoError: there is none.

    """
    number = operation_id(reading, ref) if ref else last_change(reading)
    if number is None:
        raise NothingToUndoError
    return one_operation(reading, number)


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
    _check(register.under_way.connection, target, in_pack)
    for table in reversed(RECORDED):
        _remove_made(register.under_way.connection, table, number)
    for table in RECORDED:
        _restore_changed(register.under_way.connection, table, number)
        _bring_back_removed(register.under_way.connection, table, number)
    moved = _recount(register, number, before_change)
    _settle_what_went_on(register, target)
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


def _check(
    connection: sqlite3.Connection, target: OperationView, known_units: Collection[str]
) -> None:
    number = target.row["id"]
    if target.undone_by:
        raise AlreadyUndoneError(target.ref, f"P{target.undone_by}")
    touched = connection.execute(
        "SELECT 1 FROM change WHERE operation_id = ? LIMIT 1", (number,)
    ).fetchone()
    if touched is None:
        raise NothingToUndoError(target.ref)
    later = _later_operations(connection, number, known_units)
    if later:
        raise BuiltUponError(target.ref, later)


def _recount(
    register: Register, number: int, before_change: Engine
) -> list[tuple[DutyView, str | None]]:
    """Count the open duties anew that the calendar moves, when it was the calendar."""
    connection = register.under_way.connection
    (first,) = connection.execute(
        "SELECT min(json_extract(coalesce(after, before), '$.day')) FROM change "
        "WHERE operation_id = ? AND table_name = 'calendar_day'",
        (number,),
    ).fetchone()
    if first is None:
        return []
    register.forget_calendar()
    return register.recount_open(date.fromisoformat(first) - _CALENDAR_REACH, before_change)


def _settle_what_went_on(register: Register, target: OperationView) -> None:
    """Bring in line the cases that later operations went on with.

    Raises:
        BuiltUponError: their facts do not fit what would be again.

    """
    connection = register.under_way.connection
    number, own = target.row["id"], register.under_way.number
    cases = connection.execute(_WENT_ON, {"operation": number, "own": own}).fetchall()
    for (case_id,) in cases:
        case = register.session.get_one(CaseFile, case_id)
        if contradictions(register.facts(case)):
            rows = connection.execute(
                "SELECT id, summary FROM operation WHERE id > ? AND id < ? AND id IN "
                "(SELECT operation_id FROM change WHERE case_id = ?) ORDER BY id",
                (number, own, case_id),
            )
            raise BuiltUponError(target.ref, [(row[0], row[1]) for row in rows])
        register.settle(case)


def _later_operations(
    connection: sqlite3.Connection, number: int, known_units: Collection[str]
) -> list[tuple[int, str]]:
    """Return the operations that left a row other than this one did, or hang on a row it made."""
    later: set[int] = set()
    for table in RECORDED:
        later.update(_changed_since(connection, table, number))
    later.update(_hung_on(connection, number))
    later.update(using_units(connection, number, known_units))
    if not later:
        return []
    marks = ", ".join("?" * len(later))
    rows = connection.execute(
        f"SELECT id, summary FROM operation WHERE id IN ({marks}) ORDER BY id", sorted(later)
    )
    return [(row[0], row[1]) for row in rows]


def _changed_since(connection: sqlite3.Connection, table: str, number: int) -> set[int]:
    differs = differs_from_recorded(connection, table, "there", "end_state.after")
    rows = connection.execute(
        f"SELECT touched.row_id FROM ({_FIRST_AND_LAST}) AS touched "
        "JOIN change AS end_state ON end_state.id = touched.last "
        f"LEFT JOIN {table} AS there ON there.id = touched.row_id "
        f"WHERE {differs}",
        {"operation": number, "table": table},
    ).fetchall()
    found: set[int] = set()
    for (row_id,) in rows:
        found.update(
            row[0]
            for row in connection.execute(
                "SELECT DISTINCT operation_id FROM change "
                "WHERE table_name = ? AND row_id = ? AND operation_id > ?",
                (table, row_id, number),
            )
        )
    return found


def _hung_on(connection: sqlite3.Connection, number: int) -> set[int]:
    """Rows made later, and there still, that belong to a case that this one made, or name it."""
    rows = connection.execute(
        "SELECT DISTINCT later.operation_id FROM change AS made "
        "JOIN change AS later ON later.case_id = made.row_id AND later.operation_id > :operation "
        "WHERE made.operation_id = :operation AND made.table_name = 'case_file' "
        "AND made.before IS NULL AND later.before IS NULL AND later.table_name <> 'case_file' "
        "AND NOT EXISTS (SELECT 1 FROM change AS gone WHERE gone.table_name = later.table_name "
        "AND gone.row_id = later.row_id AND gone.id > later.id AND gone.after IS NULL)",
        {"operation": number},
    )
    same = connection.execute(
        "SELECT max(later.operation_id) FROM case_file "
        "JOIN change AS later ON later.table_name = 'case_file' AND later.row_id = case_file.id "
        "WHERE case_file.same_as IN (SELECT row_id FROM change WHERE operation_id = :operation "
        "AND table_name = 'case_file' AND before IS NULL) GROUP BY case_file.id "
        "HAVING max(later.operation_id) > :operation",
        {"operation": number},
    )
    return {row[0] for row in (*rows, *same)}


def _remove_made(connection: sqlite3.Connection, table: str, number: int) -> None:
    connection.execute(
        f"DELETE FROM {table} WHERE id IN (SELECT touched.row_id FROM ({_FIRST_AND_LAST}) AS touched "
        "JOIN change AS start ON start.id = touched.first "
        "JOIN change AS finish ON finish.id = touched.last "
        "WHERE start.before IS NULL AND finish.after IS NOT NULL)",
        {"operation": number, "table": table},
    )


def _restore_changed(connection: sqlite3.Connection, table: str, number: int) -> None:
    columns = _columns(connection, table)
    values = ", ".join(f"{name} = json_extract(start.before, '$.{name}')" for name in columns)
    connection.execute(
        f"UPDATE {table} SET {values} FROM ({_FIRST_AND_LAST}) AS touched "
        "JOIN change AS start ON start.id = touched.first "
        "JOIN change AS finish ON finish.id = touched.last "
        f"WHERE {table}.id = touched.row_id AND start.before IS NOT NULL "
        "AND finish.after IS NOT NULL",
        {"operation": number, "table": table},
    )


def _bring_back_removed(connection: sqlite3.Connection, table: str, number: int) -> None:
    columns = _columns(connection, table)
    values = ", ".join(f"json_extract(start.before, '$.{name}')" for name in columns)
    connection.execute(
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} "
        f"FROM ({_FIRST_AND_LAST}) AS touched "
        "JOIN change AS start ON start.id = touched.first "
        "JOIN change AS finish ON finish.id = touched.last "
        "WHERE start.before IS NOT NULL AND finish.after IS NULL ORDER BY touched.row_id",
        {"operation": number, "table": table},
    )


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
