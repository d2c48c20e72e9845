"""How often something is owed anew, where the pack says so: by month or by quarter."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

_DAY = timedelta(days=1)
_QUARTER = "Q"
_MONTHS_OF_QUARTER = 3


class Interval(StrEnum):
    """How long one interval is."""

    MONTH = "month"
    QUARTER = "quarter"


@dataclass(frozen=True, slots=True)
class Period:
    """One interval of the calendar.

    Attributes:
        key: 2026Q4, 2026-11.
        label: 2026年第4季度, 2026年11月.
        first, last: its first and its last day.

    """

    interval: Interval
    key: str
    label: str
    first: date
    last: date

    @property
    def before(self) -> "Period":
        """The one before."""
        return period_of(self.interval, self.first - _DAY)

    @property
    def after(self) -> "Period":
        """The next one."""
        return period_of(self.interval, self.last + _DAY)


def period_of(interval: Interval, day: date) -> Period:
    """Return the interval that a day lies in."""
    if interval is Interval.MONTH:
        label, first, last = f"{day.year}年{day.month}月", day.replace(day=1), _last_of(day, 0)
        return Period(interval, f"{day:%Y-%m}", label, first, last)
    quarter = (day.month + 2) // _MONTHS_OF_QUARTER
    first = date(day.year, _MONTHS_OF_QUARTER * quarter - 2, 1)
    key, label = f"{day.year}{_QUARTER}{quarter}", f"{day.year}年第{quarter}季度"
    return Period(interval, key, label, first, _last_of(first, _MONTHS_OF_QUARTER - 1))


def period_named(key: str) -> Period:
    """Return the interval of a key."""
    year, is_quarter, quarter = key.partition(_QUARTER)
    if is_quarter:
        day = date(int(year), int(quarter) * _MONTHS_OF_QUARTER, 1)
        return period_of(Interval.QUARTER, day)
    return period_of(Interval.MONTH, date.fromisoformat(f"{key}-01"))


def _last_of(day: date, months: int) -> date:
    """Return the last day of the month so many months later, in the same year."""
    month = day.month + months
    following = date(day.year + month // 12, month % 12 + 1, 1)
    return following - _DAY
