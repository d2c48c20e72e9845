"""Days and moments as people write them. All of them are of one place, Asia/Shanghai (UTC+8)."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone

from yicheng_coord.errors import InputError
from yicheng_coord.text import harmless

SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")  # no daylight saving, so no tz database
WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")

EARLIEST = date(1949, 10, 1)
"""No fact of this office lies before it; an earlier day is a slip of the pen."""

_LONGEST_PLAN = timedelta(days=215)
"""A plan seldom lies further ahead; the longest term that follows a fact here, to sue, is six months."""

_RELATIVE = {"今天": 0, "昨天": -1, "前天": -2, "明天": 1}
_FULL_WIDTH = str.maketrans("０１２３４５６７８９：．／－　", "0123456789:./- ")
_FULL = re.compile(r"(\d{4})(?:-(\d{1,2})-|/(\d{1,2})/|\.(\d{1,2})\.|年(\d{1,2})月)(\d{1,2})(日?)")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SHORT = re.compile(r"(\d{1,2})(?:-(\d{1,2})|月(\d{1,2})日)")
_CLOCK = re.compile(r"(\d{1,2})[:时](\d{1,2})分?(?::(\d{1,2}))?")


class NotADateError(InputError):
    """The text is no date, or a day that does not exist."""

    def __init__(self, text: str, why: str = "不是日期") -> None:
        super().__init__(
            f"“{harmless(text)}”{why}。",
            "日期写作 2026-11-23、2026/11/23、2026.11.23、20261123、2026年11月23日、11-23、"
            "今天、昨天、前天、明天。",
        )


class UnclearYearError(InputError):
    """A plan without its year may as well be of the year before."""

    def __init__(self, text: str, earlier: date, later: date) -> None:
        super().__init__(
            f"“{harmless(text)}”没有写年份，可能是 {earlier}，也可能是 {later}。",
            f"请写明年份：{earlier} 或 {later}。",
        )


def now_in_shanghai() -> datetime:
    """The wall clock of the district, without a zone."""
    return datetime.now(SHANGHAI).replace(tzinfo=None, microsecond=0)


def parse_day(text: str, today: date, *, ahead: bool = False) -> date:
    """Read a day.

    Args:
        text: any form named in `NotADateError`'s hint, full-width digits included.
        today: what 今天 means, and what a day without a year is near to.
        ahead: a day without a year is the next such day (a plan), not the latest (a fact).

    Raises:
        NotADateError: the text is no date, or no such day exists (2026-02-30).

    """
    plain = text.translate(_FULL_WIDTH).strip()
    if plain in _RELATIVE:
        return today + timedelta(days=_RELATIVE[plain])
    if (match := _FULL.fullmatch(plain)) and bool(match[5]) == bool(match[7]):
        month = next(part for part in match.groups()[1:5] if part)
        return _day(text, int(match[1]), int(month), int(match[6]))
    if match := _COMPACT.fullmatch(plain):
        return _day(text, *map(int, match.groups()))
    if match := _SHORT.fullmatch(plain):
        return _nearest(text, int(match[1]), int(match[2] or match[3]), today, ahead=ahead)
    raise NotADateError(text)


def parse_plan(text: str, today: date, since: date) -> date:
    """Read the day of a plan: one without a year is the first such day on or after a fact.

    Args:
        text: as in `parse_day`.
        today: what 今天 means.
        since: the fact that the plan follows; today, where none is known.

    Raises:
        NotADateError: the text is no date.
        UnclearYearError: that day lies so far ahead that the one a year before may be meant.

    """
    day = parse_day(text, since, ahead=True) if is_yearless(text) else parse_day(text, today)
    if is_yearless(text) and day - since > _LONGEST_PLAN:
        raise UnclearYearError(text, parse_day(text, since), day)
    return day


def is_yearless(text: str) -> bool:
    """Whether a day is written without its year: 11-23, 11月23日."""
    return bool(_SHORT.fullmatch(text.translate(_FULL_WIDTH).strip()))


@dataclass(frozen=True, slots=True)
class PlannedDay:
    """The day of a plan as it was typed, to be read when the fact that it follows is known."""

    text: str
    today: date

    def since(self, fact: date) -> date:
        """Read it; see `parse_plan`."""
        return parse_plan(self.text, self.today, fact)


def parse_moment(text: str, today: date, *, since: date | None = None) -> datetime:
    """Read a day with an optional time (15:30, 15时30分); without one it is the day's start.

    `since`: it is a plan's, and follows that fact: the day is read as in `parse_plan`.

    Raises:
        NotADateError: the day or the time cannot be read.
        UnclearYearError: as in `parse_plan`.

    """
    plain = text.translate(_FULL_WIDTH).strip().replace("T", " ")
    day_text, _, clock_text = plain.partition(" ")
    day = parse_plan(day_text, today, since) if since else parse_day(day_text, today)
    if not clock_text:
        return datetime(day.year, day.month, day.day)
    clock = _CLOCK.fullmatch(clock_text.strip())
    if clock is None:
        raise NotADateError(text, "不是时刻")
    try:
        return datetime(
            day.year, day.month, day.day, int(clock[1]), int(clock[2]), int(clock[3] or 0)
        )
    except ValueError:
        raise NotADateError(text, "没有这个时刻") from None


@dataclass(frozen=True, slots=True)
class When:
    """A day, and the moment of it where that was said.

    Attributes:
        yearless: the day as it was typed, where it had no year.

    """

    on: date
    at: datetime | None = None
    yearless: str = field(default="", compare=False)

    def __str__(self) -> str:
        """2026-11-23 15:30, or the day alone."""
        return f"{self.at:%Y-%m-%d %H:%M}" if self.at else f"{self.on}"

    def near(self, day: date) -> "When":
        """Read a day without its year as the nearest to one: a plan that moves does not move far."""
        if not self.yearless:
            return self
        both = (parse_day(self.yearless, day), parse_day(self.yearless, day, ahead=True))
        on = min(both, key=lambda one: abs(one - day))
        return When(on, datetime.combine(on, self.at.time()) if self.at else None)


def parse_when(text: str, today: date, *, is_exact: bool = False) -> When:
    """Read a day, with its time where one is written.

    Args:
        text: a day, and a time after a blank.
        today: what 今天 means.
        is_exact: hours are counted from it, so that a time must be there.

    Raises:
        NotADateError: it cannot be read, or lacks the time that it must have.

    """
    moment = parse_moment(text, today)
    day_text, has_time, _ = text.translate(_FULL_WIDTH).strip().replace("T", " ").partition(" ")
    if is_exact and not has_time:
        raise NotADateError(text, "没有写到时分（如 2026-11-23 15:30），时限从这一时刻按小时计")
    yearless = day_text if is_yearless(day_text) else ""
    return When(moment.date(), moment if has_time else None, yearless)


def _day(text: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise NotADateError(text, "没有这一天") from None


def _nearest(text: str, month: int, day: int, today: date, *, ahead: bool) -> date:
    """02-29 looks back, or on, to a year that has one."""
    step = 1 if ahead else -1
    for year in range(today.year, today.year + 9 * step, step):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if (found >= today) if ahead else (found <= today):
            return found
    raise NotADateError(text, "没有这一天")


def weekday(day: date) -> str:
    """周一 … 周日."""
    return WEEKDAYS[day.weekday()]


def in_chinese(day: date) -> str:
    """2026年11月23日, as letters write it: no leading zeros."""
    return f"{day.year}年{day.month}月{day.day}日"
