"""Which duties are open: overdue, due within days, ageing; what is missing among them too."""

import sqlite3
from collections.abc import Iterable
from datetime import date

from yicheng_coord.policy.periodic import BEGUN_BY_TIME
from yicheng_coord.queries.duties import Duty, seen
from yicheng_coord.queries.filters import DutyFilter
from yicheng_coord.queries.periodic import missing_duties
from yicheng_coord.queries.planned import OWED_SINCE
from yicheng_coord.queries.reading import Reading
from yicheng_coord.vocabulary import DutyStatus

_LIST = "SELECT * FROM duty_list WHERE {open} AND due_on IS"
_OPEN_DATED = _LIST + " NOT NULL {filters} ORDER BY due_on, id"
_OPEN_UNDATED = _LIST + " NULL {filters} ORDER BY started_on, id"
_OPEN = (
    "met_on IS NULL AND cancelled_on IS NULL AND (started_on <= '{day}' OR start_event NOT IN "
    f"({', '.join(map(repr, sorted(BEGUN_BY_TIME)))}))"
)
"""As `Duty.is_open` and `Duty.is_ahead` have it."""
_WAS_OPEN = (
    f"{OWED_SINCE} <= '{{day}}' AND (met_on IS NULL OR met_on > '{{day}}') "
    "AND (cancelled_on IS NULL OR cancelled_on > '{told}')"
)
"""On a day before the newest operation, which no index knows."""


def _open(reading: Reading) -> str:
    sql = _WAS_OPEN if reading.is_of_the_past else _OPEN
    return sql.format(day=reading.today, told=reading.struck_out_by)


def _missing(reading: Reading, wanted: DutyFilter) -> list[Duty]:
    return [one for one in missing_duties(reading, wanted) if one.is_open and not one.is_ahead]


def overdue(reading: Reading, wanted: DutyFilter) -> list[Duty]:
    """Return what is overdue, earliest due day first, then by number."""
    dated = _open_until(reading, wanted, reading.today)
    return [duty for duty in dated if duty.status is DutyStatus.OVERDUE]


def pending(reading: Reading, wanted: DutyFilter, within: int | None = None) -> list[Duty]:
    """Return all open duties by due day, then those without one, oldest first.

    Args:
        reading: the register.
        wanted: which.
        within: only those due within so many working days (and none without a due day).

    """
    if within is not None:
        last = reading.workdays.nth_workday(reading.today, within) if within else reading.today
        return _open_until(reading, wanted, last)
    filters, values = wanted.sql()
    is_open = _open(reading)
    dated = reading.connection.execute(_OPEN_DATED.format(open=is_open, filters=filters), values)
    undated = reading.connection.execute(
        _OPEN_UNDATED.format(open=is_open, filters=f"AND started_on <= ?{filters}"),
        [reading.today.isoformat(), *values],
    )
    missing = _missing(reading, wanted)
    return [*_by_due_day(reading, dated, missing), *_by_age(reading, undated, missing)]


def ageing(reading: Reading, wanted: DutyFilter) -> list[Duty]:
    """Return 及时 duties that are 久未办理, oldest first."""
    days = reading.policy.prompt_days
    latest = reading.workdays.nth_workday(reading.today, -days) if days else reading.today
    filters, values = wanted.sql()
    rows = reading.connection.execute(
        _OPEN_UNDATED.format(open=_open(reading), filters=f"AND started_on <= ?{filters}"),
        [latest.isoformat(), *values],
    )
    oldest_first = _by_age(reading, rows, _missing(reading, wanted))
    return [duty for duty in oldest_first if duty.status is DutyStatus.AGEING]


def _open_until(reading: Reading, wanted: DutyFilter, last: date) -> list[Duty]:
    filters, values = wanted.sql()
    sql = _OPEN_DATED.format(open=_open(reading), filters=f"AND due_on <= ?{filters}")
    rows = reading.connection.execute(sql, [last.isoformat(), *values])
    dated = _by_due_day(reading, rows, _missing(reading, wanted))
    return [duty for duty in dated if duty.due_on is not None and duty.due_on <= last]


def _by_due_day(reading: Reading, rows: Iterable[sqlite3.Row], missing: list[Duty]) -> list[Duty]:
    found = [*seen(reading, rows), *(duty for duty in missing if duty.due_on)]
    return sorted(found, key=lambda duty: duty.due_on or date.max)


def _by_age(reading: Reading, rows: Iterable[sqlite3.Row], missing: list[Duty]) -> list[Duty]:
    found = [*seen(reading, rows), *(duty for duty in missing if not duty.due_on)]
    return sorted(found, key=lambda duty: duty.started_on)
