"""A bare count of days, for a clerk who asks what a date would be."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from yicheng_coord.errors import RefusedError
from yicheng_coord.policy.counting import Due, LedgerDay, Limit, due, ledger
from yicheng_coord.queries.explain import day_json
from yicheng_coord.queries.reading import Reading
from yicheng_coord.vocabulary import CountKind, Kind, Roll

_LIMITS = {
    CountKind.WORKING: (Kind.WORKING, Roll.NONE),
    CountKind.CALENDAR: (Kind.CALENDAR, Roll.NONE),
    CountKind.BACK: (Kind.CALENDAR_BACK, Roll.BACK),
    CountKind.WORKING_BACK: (Kind.WORKING_BACK, Roll.NONE),
    CountKind.MONTHS: (Kind.MONTHS, Roll.FORWARD),
    CountKind.HOURS: (Kind.HOURS, Roll.NONE),
}


class CountTooFarError(RefusedError):
    """The count leaves the calendar of four-digit years."""

    def __init__(self) -> None:
        super().__init__("数得太远，超出了可用的日期。")


@dataclass(frozen=True, slots=True)
class Count:
    """What was asked, the day it gives, and the days between."""

    start: datetime
    n: int
    kind: CountKind
    due: Due
    days: tuple[LedgerDay, ...]

    def as_json(self) -> dict[str, Any]:
        """The stable keys of a count."""
        due = self.due
        is_hours = self.kind is CountKind.HOURS
        return {
            "from": self.start.isoformat() if is_hours else self.start.date().isoformat(),
            "n": self.n,
            "kind": self.kind.value,
            "due_on": _iso(due.on),
            "due_at": due.at.isoformat() if due.at else None,
            "rolled_on": _iso(due.rolled_on),
            "safe_on": _iso(due.safe_on),
            "due_on_other_reading": _iso(due.other_reading),
            "provisional": due.provisional,
            "days": [day_json(day) for day in self.days],
        }


def count(reading: Reading, start: datetime, n: int, kind: CountKind) -> Count:
    """Count from a day (or, for hours, a moment).

    Raises:
        CountTooFarError: beyond the year 9999, or before the year 1.

    """
    day = start.date()
    limit = Limit(_LIMITS[kind][0], n, _LIMITS[kind][1])
    try:
        found = due(limit, day, reading.workdays, start)
        is_listed = found.on is not None and kind is not CountKind.HOURS
        end = found.rolled_on if kind is CountKind.CALENDAR and found.rolled_on else found.on
        days = ledger(limit, day, end, reading.workdays) if is_listed and end else ()
    except (OverflowError, ValueError) as wrong:
        raise CountTooFarError from wrong
    return Count(start, n, kind, found, days)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
