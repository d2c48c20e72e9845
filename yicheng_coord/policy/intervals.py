"""How often something is reported, where the office set it: by month or by quarter."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


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
        first: its first day.

    """

    key: str
    label: str
    first: date


def period_of(interval: Interval, day: date) -> Period:
    """Return the interval that a day lies in."""
    if interval is Interval.MONTH:
        return Period(f"{day:%Y-%m}", f"{day.year}年{day.month}月", day.replace(day=1))
    quarter = (day.month + 2) // 3
    first = date(day.year, 3 * quarter - 2, 1)
    return Period(f"{day.year}Q{quarter}", f"{day.year}年第{quarter}季度", first)
