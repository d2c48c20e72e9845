"""Which days an office works, and on what paper that rests (班、休、调休).

The base is the package `chinesecalendar`: the years whose State Council notice it carries. Over it
lie the notices and local days that the office put on file. A year is *known* only when a notice
for it is on file; a day of any other year counts by weekday and by the statutory dates of the
policy pack, and what is computed from it is provisional (暂定).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import chinese_calendar
from chinese_calendar import constants

_ONE_DAY = timedelta(days=1)
_WEEKEND = 5  # Saturday's number
_SHORTENED = {"清明", "端午", "中秋"}
_HOLIDAY_NAMES = {
    holiday.value: holiday.chinese + "节" * (holiday.chinese in _SHORTENED)
    for holiday in constants.Holiday
}
"""As 《全国年节及纪念日放假办法》 names them; the package leaves a 节 out."""
_BASE_YEARS = frozenset(day.year for day in constants.holidays)
_LATE_DECEMBER = 25


@dataclass(frozen=True, slots=True)
class DayNote:
    """What a day is: 班 or 休, why, and the paper that says so (empty for plain weekdays)."""

    works: bool
    why: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class ListedDay:
    """One day of a notice."""

    date: date
    name: str
    is_rest: bool


@dataclass(frozen=True, slots=True)
class Notice:
    """A year's notice of the State Council (放假安排), as put on file.

    `days` are the year's special days; days of the December before belong to it too.
    """

    year: int
    papers: tuple[str, ...]
    days: tuple[ListedDay, ...]

    @property
    def source(self) -> str:
        """The papers that it rests on."""
        return "；".join(self.papers)


@dataclass(frozen=True, slots=True)
class LocalDay:
    """A local closure or working day that the office set, with its reason."""

    date: date
    works: bool
    reason: str


@dataclass(frozen=True)
class Workdays:
    """The calendar of one office.

    Args:
        notices: in the order in which they were put on file; the last one of a year wins.
        local: days set by the office; they win over everything.
        statutory: reads the rest days by law; only asked about years that no notice covers.

    """

    notices: tuple[Notice, ...] = ()
    local: tuple[LocalDay, ...] = ()
    statutory: Callable[[], Mapping[date, str]] = dict

    @cached_property
    def _notice_of(self) -> dict[int, Notice]:
        return {notice.year: notice for notice in self.notices}

    @cached_property
    def _listed(self) -> dict[date, DayNote]:
        """The special days of the notices on file; a later year's word on December wins."""
        listed: dict[date, DayNote] = {}
        for year in sorted(self._notice_of):
            notice = self._notice_of[year]
            for day in notice.days:
                listed[day.date] = _listed_day(day, notice.source)
        return listed

    @cached_property
    def _local(self) -> dict[date, DayNote]:
        return {day.date: DayNote(day.works, day.reason, "本单位设定") for day in self.local}

    @cached_property
    def _statutory(self) -> Mapping[date, str]:
        return self.statutory()

    @cached_property
    def _memo(self) -> dict[date, bool]:
        return {}

    @cached_property
    def _between(self) -> dict[tuple[date, date], int]:
        """Lists ask for the same few pairs of days again and again."""
        return {}

    @property
    def known_years(self) -> frozenset[int]:
        """Years with a notice on file."""
        return _BASE_YEARS | self._notice_of.keys()

    def source_of(self, year: int) -> str:
        """Return what the year rests on; empty when it is not known."""
        if year in self._notice_of:
            return self._notice_of[year].source
        return _base_source(year) if year in _BASE_YEARS else ""

    def is_workday(self, day: date) -> bool:
        """Whether the office works on that day; a make-up Saturday or Sunday is a working day."""
        works = self._memo.get(day)
        if works is None:
            works = self._memo[day] = self.note(day).works
        return works

    def note(self, day: date) -> DayNote:
        """Return what that day is, and why."""
        found = self._local.get(day) or self._listed.get(day)
        if found is None and day.year not in self._notice_of:
            found = _base_note(day) if day.year in _BASE_YEARS else self._statutory_note(day)
        return found or _weekday_note(day)

    def _statutory_note(self, day: date) -> DayNote | None:
        name = self._statutory.get(day)
        if name is None:
            return None
        return DayNote(
            works=False, why=f"{name}（法定，暂定）", source="《全国年节及纪念日放假办法》"
        )

    def is_provisional(self, first: date, last: date) -> bool:
        """Whether a count over these days may still move.

        It may where a year has no notice on file, and where it touches 25–31 December while the
        next year's notice is not on file: that notice moved days of this week in 2005, 2006,
        2007, 2011 and 2018.
        """
        known = self.known_years
        if any(year not in known for year in range(first.year, last.year + 1)):
            return True
        late = date(last.year, 12, _LATE_DECEMBER)
        return last >= late and last.year + 1 not in known

    def next_workday(self, day: date) -> date:
        """Return that day, or the first working day after it."""
        while not self.is_workday(day):
            day += _ONE_DAY
        return day

    def previous_workday(self, day: date) -> date:
        """Return that day, or the last working day before it."""
        while not self.is_workday(day):
            day -= _ONE_DAY
        return day

    def nth_workday(self, start: date, n: int) -> date:
        """Return the n-th working day after `start` (before it, for negative n).

        `start` itself is never counted, and is not rolled when it is a rest day: day 1 is the
        first working day after it.
        """
        step = _ONE_DAY if n > 0 else -_ONE_DAY
        day, left = start, abs(n)
        while left:
            day += step
            left -= self.is_workday(day)
        return day

    def workdays_between(self, start: date, end: date) -> int:
        """Count the working days after `start` up to and including `end`; negative backwards."""
        if end < start:
            return -self.workdays_between(end, start)
        count = self._between.get((start, end))
        if count is None:
            count = sum(self.is_workday(day) for day in days_after(start, end))
            self._between[start, end] = count
        return count


def days_after(start: date, end: date) -> Iterable[date]:
    """Yield the days after `start`, up to and including `end`."""
    return (start + timedelta(days=n) for n in range(1, (end - start).days + 1))


def _listed_day(day: ListedDay, source: str) -> DayNote:
    if day.is_rest:
        return DayNote(works=False, why=day.name, source=source)
    return DayNote(works=True, why=f"调休上班（{day.name}）", source=source)


def _base_note(day: date) -> DayNote | None:
    if name := constants.holidays.get(day):
        return DayNote(
            works=False, why=_HOLIDAY_NAMES.get(name, name), source=_base_source(day.year)
        )
    if name := constants.workdays.get(day):
        why = f"调休上班（{_HOLIDAY_NAMES.get(name, name)}）"
        return DayNote(works=True, why=why, source=_base_source(day.year))
    return None


def _base_source(year: int) -> str:
    carrier = f"chinesecalendar {chinese_calendar.__version__}"
    return f"国务院办公厅{year}年节假日安排通知（{carrier} 所载）"


def _weekday_note(day: date) -> DayNote:
    return DayNote(works=False, why="周末") if day.weekday() >= _WEEKEND else DayNote(works=True)
