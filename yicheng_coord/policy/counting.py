"""How a deadline is counted: one convention for every rule.

The trigger day is not counted; day 1 is the first day after it that counts. 立即 is due on the
trigger day itself and never rolled. Hours run through nights and rest days. 及时 has no due day.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from yicheng_coord.policy.rules import Rule
from yicheng_coord.policy.workdays import Workdays, days_after
from yicheng_coord.vocabulary import Kind, Roll

_LAST_MONTH_OF_QUARTER = 3


@dataclass(frozen=True, slots=True)
class Limit:
    """What is counted.

    Attributes:
        kind: how.
        n: working days, calendar days, hours or months, as `kind` says; 0 where it has none.
        roll: where a calendar day goes that falls on a rest day.

    """

    kind: Kind
    n: int = 0
    roll: Roll = Roll.NONE


def limit_of(rule: Rule, extended_by: int | None = None) -> Limit:
    """Return what a rule counts, with an extension in the rule's own days."""
    return Limit(rule.kind, (rule.days or 0) + (extended_by or 0), rule.roll)


@dataclass(frozen=True, slots=True)
class Due:
    """The day (for hours the moment too) by which a duty is to be done.

    Attributes:
        on: None for 及时.
        provisional: 暂定: a day that it rests on may still be moved by a notice.
        other_reading: working days read as calendar days, or the other way round; None where
            the text leaves no room.
        rolled_on: the working day after an own calendar deadline, shown beside it.
        safe_on: for a deadline counted back in calendar days, the same in working days.

    """

    on: date | None
    at: datetime | None = None
    provisional: bool = False
    other_reading: date | None = None
    rolled_on: date | None = None
    safe_on: date | None = None


@dataclass(frozen=True, slots=True)
class LedgerDay:
    """One line of the proof: 日期、星期、班休、计数、说明."""

    date: date
    works: bool
    counts: bool
    n: int | None
    why: str
    source: str


def due(limit: Limit, start: date, workdays: Workdays, at: datetime | None = None) -> Due:
    """Count a limit from its trigger.

    Args:
        limit: what is counted.
        start: the trigger day (for `date`, the day that was set; for the kinds that count back,
            the day of the event).
        workdays: the office's calendar.
        at: the trigger's moment, needed for hours.

    """
    return _COUNTERS[limit.kind](limit, start, workdays, at)


def _working(limit: Limit, start: date, workdays: Workdays, _at: datetime | None) -> Due:
    on = workdays.nth_workday(start, limit.n)
    other = workdays.next_workday(start + timedelta(days=limit.n))
    return Due(on, provisional=_touched(workdays, start, on), other_reading=other)


def _calendar(limit: Limit, start: date, workdays: Workdays, _at: datetime | None) -> Due:
    return _rolled(limit, start, start + timedelta(days=limit.n), workdays)


def _months(limit: Limit, start: date, workdays: Workdays, _at: datetime | None) -> Due:
    from dateutil.relativedelta import relativedelta

    return _rolled(limit, start, start + relativedelta(months=limit.n), workdays)


def _rolled(limit: Limit, start: date, plain: date, workdays: Workdays) -> Due:
    rolled = workdays.next_workday(plain)
    on = rolled if limit.roll is Roll.FORWARD else plain
    other = workdays.nth_workday(start, limit.n) if limit.kind is Kind.CALENDAR else None
    provisional = limit.roll is Roll.FORWARD and _touched(
        workdays, plain - timedelta(days=1), rolled
    )
    return Due(on, provisional=provisional, other_reading=other, rolled_on=rolled)


def _window(limit: Limit, start: date, _workdays: Workdays, _at: datetime | None) -> Due:
    return Due(start + timedelta(days=limit.n))


def _calendar_back(limit: Limit, start: date, workdays: Workdays, _at: datetime | None) -> Due:
    on = workdays.previous_workday(start - timedelta(days=limit.n))
    safe = workdays.nth_workday(start, -limit.n)
    first = min(on, safe) - timedelta(days=1)
    return Due(on, provisional=_touched(workdays, first, start), other_reading=safe, safe_on=safe)


def _working_back(limit: Limit, start: date, workdays: Workdays, _at: datetime | None) -> Due:
    on = workdays.nth_workday(start, -limit.n)
    return Due(on, provisional=_touched(workdays, on - timedelta(days=1), start))


def _hours(limit: Limit, start: date, _workdays: Workdays, at: datetime | None) -> Due:
    moment = at or datetime(start.year, start.month, start.day)
    end = moment + timedelta(hours=limit.n)
    return Due(end.date(), at=end)


def _same_day(_limit: Limit, start: date, _workdays: Workdays, _at: datetime | None) -> Due:
    return Due(start)


def _quarter(_limit: Limit, start: date, _workdays: Workdays, _at: datetime | None) -> Due:
    return Due(quarter_end(start))


def _prompt(_limit: Limit, _start: date, _workdays: Workdays, _at: datetime | None) -> Due:
    return Due(None)


_Counter = Callable[[Limit, date, Workdays, datetime | None], Due]
_COUNTERS: dict[Kind, _Counter] = {
    Kind.WORKING: _working,
    Kind.CALENDAR: _calendar,
    Kind.CALENDAR_BACK: _calendar_back,
    Kind.WORKING_BACK: _working_back,
    Kind.IMMEDIATE: _same_day,
    Kind.HOURS: _hours,
    Kind.MONTHS: _months,
    Kind.DATE: _same_day,
    Kind.QUARTER: _quarter,
    Kind.PROMPT: _prompt,
    Kind.WINDOW: _window,
}


def quarter_end(day: date) -> date:
    """Return the last day of that day's quarter."""
    month = day.month + (-day.month % _LAST_MONTH_OF_QUARTER)
    next_month = date(day.year + month // 12, month % 12 + 1, 1)
    return next_month - timedelta(days=1)


def _touched(workdays: Workdays, before: date, last: date) -> bool:
    """Whether one of the days after `before`, up to `last`, may still be moved."""
    return workdays.is_provisional(min(before + timedelta(days=1), last), last)


def ledger(limit: Limit, start: date, end: date, workdays: Workdays) -> tuple[LedgerDay, ...]:
    """Return one line a day from the trigger (not counted) to the due day.

    The kinds that count back list the days from the due day up to the day before the event. Where
    no days are counted (months, a quarter), the first and the last day prove it, and the rest days
    that the last one was rolled over.
    """
    if limit.kind in (Kind.MONTHS, Kind.QUARTER):
        return tuple(_corners(limit, start, end, workdays))
    if limit.kind in (Kind.CALENDAR_BACK, Kind.WORKING_BACK):
        days = tuple(
            reversed(tuple(days_after(end - timedelta(days=1), start - timedelta(days=1))))
        )
    else:
        days = tuple(days_after(start, end)) or ((start,) if start == end else ())
    return tuple(_numbered(limit, days, workdays))


def _corners(limit: Limit, start: date, end: date, workdays: Workdays) -> Iterable[LedgerDay]:
    first, last = _CORNERS[limit.kind]
    yield _noted(start, first, workdays)
    plain = end
    if limit.kind is Kind.MONTHS:
        plain = min(end, _months(Limit(Kind.MONTHS, limit.n), start, workdays, None).on or end)
    yield _noted(plain, last, workdays)
    for day in days_after(plain, end):
        yield _noted(day, "顺延" if day < end else "", workdays)


_CORNERS = {Kind.MONTHS: ("起算当日", "对应日"), Kind.QUARTER: ("季度首日", "季度末日")}


def _noted(day: date, what: str, workdays: Workdays) -> LedgerDay:
    note = workdays.note(day)
    why = "，".join(filter(None, (note.why, what)))
    return LedgerDay(day, note.works, counts=False, n=None, why=why, source=note.source)


def _numbered(limit: Limit, days: Iterable[date], workdays: Workdays) -> Iterable[LedgerDay]:
    counts_rest = limit.kind not in (Kind.WORKING, Kind.WORKING_BACK)
    n = 0
    for day in days:
        note = workdays.note(day)
        has_number = (note.works or counts_rest) and (n < limit.n)
        n += has_number
        yield LedgerDay(
            day, note.works, has_number, n if has_number else None, note.why, note.source
        )
