"""Periods as people name them (2026Q3, 2026-10, 2026年上半年), for papers about one."""

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from yicheng_coord.dates import NotADateError, in_chinese, parse_day
from yicheng_coord.errors import InputError, RefusedError
from yicheng_coord.text import harmless

_NUMERALS = "一二三四"
_YEAR = re.compile(r"([0-9]{4})年?")
_HALF = re.compile(r"([0-9]{4})(?:-?[Hh]([12])|年?([上下])半年)")
_QUARTER = re.compile(r"([0-9]{4})(?:-?[Qq]([1-4])|年?第?([一二三四1-4])季度)")
_MONTH = re.compile(r"([0-9]{4})(?:[-/.]|年)(0?[1-9]|1[0-2])月?")
_RANGE = re.compile(r"(.+?)(?:至|到|\.\.|~)(.+)")
_MONTHS_OF = {"年": 12, "半年": 6, "季度": 3, "月": 1}


class NotAPeriodError(InputError):
    """The text names no period."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"“{harmless(text)}”不是期间。",
            "期间写作 2026Q3、2026年第三季度、2026-10、2026年10月、2026年上半年、2026，"
            "或 2026-07-01至2026-09-30。",
        )


class ReversedPeriodError(RefusedError):
    """A period that ends before it begins."""

    def __init__(self, first: date, last: date) -> None:
        super().__init__(
            f"期间的末日 {last} 早于首日 {first}。", "写作 --from 2026-10-01 --to 2026-12-31。"
        )


class NotBegunError(RefusedError):
    """Nothing can be told of it yet."""

    def __init__(self, name: str, today: date) -> None:
        super().__init__(f"{name}还没有开始（今天是 {today}），没有可写的内容。")


@dataclass(frozen=True, slots=True)
class Span:
    """A period; both days lie within it."""

    first: date
    last: date

    @property
    def key(self) -> str:
        """2026-07-01/2026-09-30."""
        return f"{self.first}/{self.last}"

    @property
    def name(self) -> str:
        """2026年第三季度 where it is one, else from day to day."""
        first, last = self.first, self.last
        if first == last:
            return in_chinese(first)
        for name, months in _MONTHS_OF.items():
            if (first.month - 1) % months == 0 and self == _months(first.year, first.month, months):
                return _named(name, first)
        end = in_chinese(last)
        return f"{in_chinese(first)}至{end.removeprefix(f'{first.year}年')}"


def _named(name: str, first: date) -> str:
    inner = {
        "年": "",
        "半年": "上半年" if first.month == 1 else "下半年",
        "季度": f"第{_NUMERALS[(first.month - 1) // 3]}季度",
        "月": f"{first.month}月",
    }
    return f"{first.year}年{inner[name]}"


def _months(year: int, month: int, count: int) -> Span:
    last = month + count - 1
    return Span(date(year, month, 1), date(year, last, monthrange(year, last)[1]))


def parse_span(text: str, today: date) -> Span:
    """Read a period.

    Raises:
        NotAPeriodError, NotADateError: it is none.
        ReversedPeriodError: it ends before it begins.

    """
    plain = unicodedata.normalize("NFKC", text).strip()
    try:
        return _whole(plain) or _from_to(plain, today)
    except NotADateError:
        raise NotAPeriodError(text) from None
    except ValueError:  # the year 0000
        raise NotAPeriodError(text) from None


def _whole(plain: str) -> Span | None:
    if found := _YEAR.fullmatch(plain):
        return _months(int(found[1]), 1, 12)
    if found := _HALF.fullmatch(plain):
        return _months(int(found[1]), 1 if found[2] == "1" or found[3] == "上" else 7, 6)
    if found := _QUARTER.fullmatch(plain):
        said = found[2] or found[3]
        number = _NUMERALS.find(said) + 1 or int(said)
        return _months(int(found[1]), 3 * number - 2, 3)
    if found := _MONTH.fullmatch(plain):
        return _months(int(found[1]), int(found[2]), 1)
    return None


def _from_to(plain: str, today: date) -> Span:
    found = _RANGE.fullmatch(plain)
    first, last = (parse_day(one, today) for one in (found.groups() if found else (plain, plain)))
    return checked(first, last)


def checked(first: date, last: date) -> Span:
    """Return the period from one day to another.

    Raises:
        ReversedPeriodError: it ends before it begins.

    """
    if last < first:
        raise ReversedPeriodError(first, last)
    return Span(first, last)


def until_today(span: Span, today: date) -> Span:
    """Return as much of a period as is there to be told: up to today.

    Raises:
        NotBegunError: it lies ahead.

    """
    if span.first > today:
        raise NotBegunError(span.name, today)
    return Span(span.first, min(span.last, today))
