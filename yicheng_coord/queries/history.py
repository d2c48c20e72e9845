"""What was done, by whom, when: one line an operation; before and after of each row on request."""

import json
import re
import sqlite3
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from yicheng_coord.errors import RefusedError
from yicheng_coord.queries.history_masks import mark_of, mark_of_operation, masked, without_secrets
from yicheng_coord.queries.matters import is_matter_ref, matter_row
from yicheng_coord.queries.reading import Reading
from yicheng_coord.queries.references import case_row, duty_id, is_duty_ref
from yicheng_coord.store.history import columns_of
from yicheng_coord.text import harmless

_REF = re.compile(r"[Pp]0*([1-9]\d{0,17})")


_LIST = "SELECT * FROM operation WHERE {where} ORDER BY id"
_NEWEST = (
    "SELECT * FROM (SELECT * FROM operation WHERE {where} ORDER BY id DESC LIMIT ?) ORDER BY id"
)


class UnknownOperationError(RefusedError):
    """No operation has that number."""

    def __init__(self, ref: str) -> None:
        super().__init__(f"没有这次操作：“{harmless(ref)}”。", "编号形如 P12，见 coord history")


@dataclass(frozen=True, slots=True)
class Change:
    """One row before and after: only the columns that differ; None = there was, or is, no row."""

    table: str
    row: int
    before: dict[str, Any] | None
    after: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose history: a condition on `change`, and its values; everything's without one."""

    condition: str = ""
    values: tuple[object, ...] = ()

    def operations(self) -> str:
        """Return the condition on `operation`."""
        if not self.condition:
            return "1"
        return f"id IN (SELECT operation_id FROM change WHERE {self.condition})"

    def changes(self) -> str:
        """Return the same as a further condition on `change`."""
        return f" AND {self.condition}" if self.condition else ""


_EVERYTHING = Scope()
_OF_CASE = "case_id = ?"
_OF_MATTER = "matter_id = ?"
_OF_DUTY = (
    "((table_name = 'duty' AND row_id = ?) OR (+table_name = 'reminder_item' "
    "AND {column} = ? AND json_extract(coalesce(after, before), '$.duty_id') = ?))"
)
"""The letters about it are found by its case, or matter, since no index knows their duties."""
_OF_UNIT = (
    "(table_name = 'unit_edition' AND json_extract(coalesce(after, before), '$.code') = ? "
    "OR table_name = 'contact' AND json_extract(coalesce(after, before), '$.unit') = ?)"
)


@dataclass(frozen=True)
class OperationView:
    """One operation of the history."""

    row: sqlite3.Row
    undone_by: int | None = None
    changes: tuple[Change, ...] = ()
    is_unmasked: bool = False
    mark: str = ""

    @property
    def ref(self) -> str:
        """P12."""
        return f"P{self.row['id']}"

    @property
    def command(self) -> str:
        """What was typed, without identity numbers, phones, informants, and what is marked."""
        words = json.loads(self.row["command"])
        return " ".join(words if self.is_unmasked else without_secrets(words, self.mark))

    def as_json(self) -> dict[str, Any]:
        """The stable keys of an operation."""
        row = self.row
        return {
            "ref": self.ref,
            "at": row["at"],
            "operator": row["operator"],
            "command": self.command,
            "summary": row["summary"],
            "undoes": f"P{row['undoes']}" if row["undoes"] else None,
            "undone_by": f"P{self.undone_by}" if self.undone_by else None,
            "hash": row["hash"],
            "changes": [
                {"table": one.table, "row": one.row, "before": one.before, "after": one.after}
                for one in self.changes
            ],
        }


def is_operation_ref(ref: str) -> bool:
    """Whether it has the form of an operation's number."""
    return bool(_REF.fullmatch(unicodedata.normalize("NFKC", ref).strip()))


def operation_id(reading: Reading, ref: str) -> int:
    """Find an operation by `P12`.

    Raises:
        UnknownOperationError: no operation has that number.

    """
    match = _REF.fullmatch(unicodedata.normalize("NFKC", ref).strip())
    if match:
        found = reading.connection.execute(
            "SELECT id FROM operation WHERE id = ?", (int(match[1]),)
        ).fetchone()
        if found is not None:
            return int(found[0])
    raise UnknownOperationError(ref)


def list_operations(
    reading: Reading,
    scope: Scope = _EVERYTHING,
    *,
    has_details: bool = False,
    last: int | None = None,
    since: date | None = None,
) -> list[OperationView]:
    """Return the history, or that of one thing and of its rows alone, oldest first.

    Args:
        reading: the register.
        scope: whose history.
        has_details: with the rows before and after.
        last: only so many of the newest.
        since: only what was recorded on that day or later.

    """
    where, values = scope.operations(), [*scope.values]
    if since:
        where, values = f"{where} AND at >= ?", [*values, since.isoformat()]
    sql = _LIST.format(where=where)
    if last is not None:
        sql, values = _NEWEST.format(where=where), [*values, last]
    rows = reading.connection.execute(sql, values).fetchall()
    undone = undone_operations(reading.connection)
    return [
        _view(
            reading,
            row,
            undone.get(row["id"]),
            _changes(reading, row["id"], scope) if has_details else (),
        )
        for row in rows
    ]


def _view(
    reading: Reading, row: sqlite3.Row, undone_by: int | None, changes: tuple[Change, ...] = ()
) -> OperationView:
    mark = mark_of_operation(reading.connection, row["id"], json.loads(row["command"]))
    return OperationView(row, undone_by, changes, reading.is_unmasked, mark)


def undone_operations(connection: sqlite3.Connection) -> dict[int, int]:
    """Return the operations that are taken back now, each with what took it back.

    Taking back is an operation, and may be taken back: then what it took back stands again.
    """
    rows = connection.execute(
        "SELECT undoes, max(id) FROM operation WHERE undoes IS NOT NULL "
        "GROUP BY undoes ORDER BY undoes DESC"
    )
    undone: dict[int, int] = {}
    for number, by in rows:  # what takes back comes after what it takes back, so it is known here
        if by not in undone:
            undone[number] = by
    return undone


def operations_named(
    reading: Reading,
    ref: str | None,
    *,
    has_details: bool = False,
    last: int | None = None,
    since: date | None = None,
) -> list[OperationView]:
    """Return the history: all, or of a case, a matter (I3), a duty (D57), a unit; or one operation.

    Raises:
        UnknownOperationError, UnknownDutyError, UnknownMatterError, UnknownCaseError,
            AmbiguousCaseError: nothing is called so.

    """
    if ref is not None and is_operation_ref(ref):
        return [one_operation(reading, operation_id(reading, ref))]
    scope = _EVERYTHING if ref is None else _scope_of(reading, ref)
    return list_operations(reading, scope, has_details=has_details, last=last, since=since)


def _scope_of(reading: Reading, ref: str) -> Scope:
    if is_duty_ref(ref):
        return _scope_of_duty(reading, duty_id(reading, ref))
    if is_matter_ref(ref):
        return Scope(_OF_MATTER, (matter_row(reading.connection, ref)["id"],))
    unit = reading.units.find(ref)
    if unit is not None:
        return Scope(_OF_UNIT, (unit.code, unit.code))
    return Scope(_OF_CASE, (case_row(reading.connection, ref, reading.today.year)["id"],))


def _scope_of_duty(reading: Reading, number: int) -> Scope:
    row = reading.connection.execute(
        "SELECT case_id, matter_id FROM duty WHERE id = ?", (number,)
    ).fetchone()
    column = "matter_id" if row["matter_id"] else "case_id"
    return Scope(_OF_DUTY.format(column=column), (number, row[column], number))


def one_operation(reading: Reading, number: int) -> OperationView:
    """Return one operation with its changes."""
    changes = _changes(reading, number, _EVERYTHING)
    return replace(without_changes(reading, number), changes=changes)


def without_changes(reading: Reading, number: int) -> OperationView:
    """Return one operation alone: its changes may be hundreds of thousands."""
    row = reading.connection.execute(_LIST.format(where="id = ?"), (number,)).fetchone()
    undone_by = undone_operations(reading.connection).get(number)
    return _view(reading, row, undone_by)


def _changes(reading: Reading, number: int, scope: Scope) -> tuple[Change, ...]:
    rows = reading.connection.execute(
        "SELECT table_name, row_id, matter_id, before, after FROM change "
        f"WHERE operation_id = ?{scope.changes()} ORDER BY id",
        (number, *scope.values),
    ).fetchall()
    blank = {
        table: dict.fromkeys(columns_of(reading.connection, table))
        for table in {row["table_name"] for row in rows}
    }
    return tuple(_change(reading, blank[row["table_name"]], *row) for row in rows)


def _change(
    reading: Reading,
    blank: Mapping[str, None],
    table: str,
    row: int,
    matter_id: int | None,
    before_json: str | None,
    after_json: str | None,
) -> Change:
    # What was recorded may leave out columns that say nothing.
    before = {**blank, **json.loads(before_json)} if before_json else None
    after = {**blank, **json.loads(after_json)} if after_json else None
    if before is not None and after is not None:
        differing = [name for name in after if before.get(name) != after[name]]
        before = {name: before.get(name) for name in differing}
        after = {name: after[name] for name in differing}
    if reading.is_unmasked:
        return Change(table, row, before, after)
    mark = mark_of(reading.connection, matter_id)
    return Change(table, row, masked(before, mark), masked(after, mark))
