"""Days as case lists write them: every form that is typed, times, Excel's serial numbers."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from yicheng_coord.dates import EARLIEST, SHANGHAI, NotADateError, parse_day
from yicheng_coord.intake.cells import Memo, Reason, is_nothing, shown

_EPOCH = date(1899, 12, 30)  # Excel's day 0, its 29 February 1900 allowed for
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_000
_CLOCK = re.compile(
    r"(?:[\sT]+|(?<=日))(?:上午|下午|[AP]M)?\s*"
    r"(\d{1,2})[:时点](?:(\d{1,2})分?)?(?::?(\d{1,2})(?:\.\d+)?秒?)?\s*(Z|[+-]\d\d:?\d\d|[AP]M)?$",
    re.IGNORECASE,
)
_PLAIN_CLOCK = re.compile(r"(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?")
_WEEKDAY = re.compile(r"[(\s]*(?:星期|周)[一二三四五六日天]\)?\s*$")
_SHORT_YEAR = re.compile(r"\d{1,2}[-/.年]\d{1,2}[-/.月]\d{1,4}日?")
_NO_SUCH = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{8}")


class Days:
    """Reads the cells of one column of days.

    Args:
        label: what the column is called in a reason: 发现日期.
        today: a day after it is refused: a list tells of facts.
        form: as of `strptime`, where the map gives one; then no other is understood.

    """

    def __init__(self, label: str, today: date, form: str = "") -> None:
        self._label, self._today, self._form = label, today, form
        self._plain: Memo[date] = Memo(self._day)

    def __call__(self, text: str) -> date | Reason | None:
        """Return the day, why it is none, or None where the cell says that there is none."""
        day_text, space, clock_text = text.partition(" ")
        try:
            if space and not self._form and _PLAIN_CLOCK.fullmatch(clock_text):
                day = self._plain[day_text]  # most moments differ, few days do
            else:
                day = self._told(text) if self._form else self._guessed(text)
        except (ValueError, OverflowError, NotADateError):
            return None if is_nothing(text) else self._reason(text)
        if day > self._today:
            return Reason(f"{self._label}在今天之后", shown(text))
        if day < EARLIEST:
            return Reason(f"{self._label}早得不合理", shown(text))
        return day

    def _told(self, text: str) -> date:
        try:
            return datetime.strptime(text, self._form).date()
        except ValueError:
            return date.fromisoformat(text[:10])  # a real date cell, whatever the form

    def _guessed(self, text: str) -> date:
        plain = unicodedata.normalize("NFKC", text).strip()
        serial = _SERIAL.fullmatch(plain)
        if serial and _FIRST_SERIAL <= int(serial[1]) <= _LAST_SERIAL:
            return _EPOCH + timedelta(days=int(serial[1]))
        clock = _CLOCK.search(plain)
        if clock is None:
            return self._day(plain)
        day = self._day(plain[: clock.start()])
        at = time(int(clock[1]), int(clock[2] or 0), int(clock[3] or 0))
        return _in_shanghai(day, at, clock[4] or "")

    def _day(self, text: str) -> date:
        return parse_day("".join(_WEEKDAY.sub("", text).split()), self._today)

    def _reason(self, text: str) -> Reason:
        if self._form:
            return Reason(f"{self._label}不合对照表里的写法", shown(text))
        plain = "".join(unicodedata.normalize("NFKC", text).split())
        if _SHORT_YEAR.match(plain) and not _NO_SUCH.match(plain):
            return Reason(f"{self._label}的年份要写四位", shown(text))
        if _NO_SUCH.match(plain):
            return Reason(f"{self._label}没有这一天", shown(text))
        return Reason(f"{self._label}无法识别", shown(text))


def _in_shanghai(day: date, at: time, zone: str) -> date:
    """Return the day here: some systems export UTC, where 16:30Z is half past midnight."""
    if not zone or zone.upper() in ("AM", "PM"):
        return day
    moment = datetime.fromisoformat(f"{datetime.combine(day, at).isoformat()}{zone.upper()}")
    return moment.astimezone(SHANGHAI).date()
