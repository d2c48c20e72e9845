"""What is to be chased today, and what is not and why; the letters on record, as they were sent."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from yicheng_coord.queries.duties import Duty, seen
from yicheng_coord.queries.history import is_operation_ref, operation_id
from yicheng_coord.queries.reading import Reading
from yicheng_coord.queries.references import duty_id, is_duty_ref
from yicheng_coord.queries.reminded import reminded

_LAST_MOMENT = time(23, 59, 59)
_MADE_BY = (
    "SELECT max(operation_id) FROM change "
    "WHERE table_name = 'reminder' AND row_id = ? AND before IS NULL"
)
_MADE = (
    "SELECT row_id FROM change WHERE operation_id = ? AND +table_name = 'reminder' "
    "AND before IS NULL ORDER BY id"
)
_NEWEST_ABOUT = "SELECT max(reminder_id) FROM reminder_item WHERE duty_id = ?"
_NEWEST_TO = "SELECT max(id) FROM reminder WHERE unit = ?"
_AS_IT_WAS = (
    "SELECT after FROM change WHERE table_name = 'duty' AND row_id = ? AND operation_id <= ? "
    "ORDER BY id DESC LIMIT 1"
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an overdue duty is chased today.

    Attributes:
        duty: the duty.
        level: 1 催办函, 2 督办通知; 0: neither.
        why: then why not.

    """

    duty: Duty
    level: int
    why: str = ""


def judged(
    reading: Reading, duties: Iterable[Duty], wanted: int | None = None
) -> Iterator[Verdict]:
    """Say of each overdue duty at which level it is to be chased today.

    A 督办通知 follows the 催办函 of the same clock once the working days that this one grants (the
    pack says how many) are over; a clock that was counted anew begins anew.

    Args:
        reading: the register.
        duties: what is overdue, and on record.
        wanted: this level alone; None: each at its own.

    """
    for duty in duties:
        why = _never(reading, duty)
        verdict = Verdict(duty, 0, why) if why else _next(reading, duty)
        if wanted and verdict.level not in (0, wanted):
            verdict = Verdict(duty, 0, _OTHER_LEVEL[verdict.level])
        yield verdict


_OTHER_LEVEL = {1: "还没有催办，应先发催办函", 2: "已催办，现在应发督办通知"}


def _never(reading: Reading, duty: Duty) -> str:
    if not reading.policy.has(duty.rule.id):
        return "规则已停用"
    if duty.is_provisional:
        return "应办日期暂定，载入放假安排后再催"
    if reading.units.answering_for(duty.row["owed_by"]) is None:
        return f"{reading.unit_name(duty.row['owed_by'])}已撤销，没有登记由谁承接"
    return ""


def _next(reading: Reading, duty: Duty) -> Verdict:
    sent = {one.level: one.on for one in reminded(duty.row, date.max) if one.is_current}
    if 2 in sent:  # noqa: PLR2004 - the second level
        return Verdict(duty, 0, f"已于 {sent[2]} 督办")
    if 1 not in sent:
        return Verdict(duty, 1)
    first = supervised_from(reading, sent[1])
    if reading.today < first:
        return Verdict(duty, 0, f"已于 {sent[1]} 催办，{first} 起可以督办")
    return Verdict(duty, 2)


def at_the_end_of(reading: Reading, day: date) -> Reading:
    """Return the register as of a day: what was overdue on it is so at its end, hours too."""
    return reading.as_of(datetime.combine(day, _LAST_MOMENT))


def granted_until(reading: Reading, reminded_on: date) -> date:
    """Return the last day that a 催办函 of a day still grants: its n-th working day."""
    days = reading.policy.supervise_days
    return reading.workdays.nth_workday(reminded_on, days) if days else reminded_on


def supervised_from(reading: Reading, reminded_on: date) -> date:
    """Return the day from which on a 督办通知 may follow: the day after, as overdue begins."""
    return granted_until(reading, reminded_on) + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ReminderSheet:
    """One letter on record, and its duties as they were when it was sent.

    Attributes:
        number: its row.
        ref: the operation that recorded it: P12.
        level: 1 催办函, 2 督办通知.
        unit: to whom, by code.
        on: its day.
        duties: what it is about, earliest due first.

    """

    number: int
    ref: str
    level: int
    unit: str
    on: date
    duties: tuple[Duty, ...]

    def taken_over(self, duty: Duty) -> str:
        """Say whose it was, where that unit is no more and the letter goes to its successor."""
        was = duty.row["owed_by"]
        return f"（原由{duty.reading.unit_name(was)}承担）" if was != self.unit else ""


def sheets_named(reading: Reading, ref: str) -> list[ReminderSheet]:
    """Return the letters that a reference means; none, where nothing was sent.

    Args:
        reading: the register.
        ref: P12: all that this operation sent; D57: the latest about that duty; a unit: all to it
            (closed: else to its successor) of the operation that sent it the latest.

    Raises:
        UnknownOperationError, UnknownDutyError, UnknownUnitError: nothing is called so.

    """
    if is_duty_ref(ref):
        newest = _one(reading, _NEWEST_ABOUT, duty_id(reading, ref))
        return [_sheet(reading, newest)] if newest else []
    if is_operation_ref(ref):
        return sheets_of_operation(reading, operation_id(reading, ref))
    unit = reading.units.named(ref)
    heir = reading.units.answering_for(unit.code) or unit
    for code in dict.fromkeys((unit.code, heir.code)):
        if newest := _one(reading, _NEWEST_TO, code):
            together = sheets_of_operation(reading, _one(reading, _MADE_BY, newest) or 0)
            return [sheet for sheet in together if sheet.unit == code]
    return []


def sheets_of_operation(reading: Reading, number: int) -> list[ReminderSheet]:
    """Return the letters that an operation sent, as far as they still stand."""
    rows = reading.connection.execute(_MADE, (number,)).fetchall()
    standing = (row[0] for row in rows if _one(reading, _MADE_BY, row[0]) == number)
    return [_sheet(reading, one) for one in standing if _is_there(reading, one)]


def _one(reading: Reading, sql: str, value: object) -> int | None:
    found: int | None = reading.connection.execute(sql, (value,)).fetchone()[0]
    return found


def _is_there(reading: Reading, number: int) -> bool:
    found = reading.connection.execute("SELECT 1 FROM reminder WHERE id = ?", (number,))
    return found.fetchone() is not None


def _sheet(reading: Reading, number: int) -> ReminderSheet:
    row = reading.connection.execute("SELECT * FROM reminder WHERE id = ?", (number,)).fetchone()
    on, made_by = date.fromisoformat(row["reminded_on"]), _one(reading, _MADE_BY, number)
    duties = reading.connection.execute(
        "SELECT duty_id FROM reminder_item WHERE reminder_id = ? ORDER BY due_on, duty_id",
        (number,),
    ).fetchall()
    then = at_the_end_of(reading, on)
    rows = [_as_it_was(reading, one["duty_id"], made_by) for one in duties]
    ref, found = f"P{made_by}", tuple(seen(then, rows))
    return ReminderSheet(number, ref, row["level"], row["unit"], on, found)


def _as_it_was(reading: Reading, duty: int, operation: int | None) -> Mapping[str, Any]:
    """Return a row of `duty_list` with what stood in the duty when the letter was sent."""
    connection = reading.connection
    row = dict(connection.execute("SELECT * FROM duty_list WHERE id = ?", (duty,)).fetchone())
    kept = connection.execute(_AS_IT_WAS, (duty, operation)).fetchone()
    stored = json.loads(kept["after"]) if kept else {}
    return row | {name: value for name, value in stored.items() if name in row}
