"""The calendar: a year's notice put on file, a day that the office sets itself."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from yicheng_coord.duties import Engine
from yicheng_coord.errors import RefusedError, reason_of
from yicheng_coord.policy.workdays import ListedDay, Notice
from yicheng_coord.queries.recorded import Recorded
from yicheng_coord.services.recounting import recount_open
from yicheng_coord.services.register import Register
from yicheng_coord.store.models import CalendarDay, CalendarNotice
from yicheng_coord.vocabulary import DayStatus

_MAX_BYTES = 1_000_000
_YEARS = range(2000, 2100)
_WEEKEND = 5
_SPECIAL_YEARS = frozenset({2015, 2020})


class NoticeError(RefusedError):
    """The file is no notice of a year."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(
            f"不能载入放假安排：{path.name}：{why}。",
            '格式：{"year": 2027, "papers": ["文号或网址"], "days": '
            '[{"name": "元旦", "date": "2027-01-01", "isOffDay": true}, …]}',
        )


class UnbalancedNoticeError(RefusedError):
    """Rest days gained less make-up days is not what the law gives."""

    def __init__(self, year: int, found: int, expected: int) -> None:
        super().__init__(
            f"{year}年的放假安排核对不上：工作日放假天数减调休上班天数为 {found}，应为 {expected}。",
            "逐日核对通知原文；确认无误后加 --force。",
        )


def read_notice(path: Path) -> Notice:
    """Read a notice in the layout of the public holiday-cn data.

    Raises:
        NoticeError: it cannot be read, names no paper or no day, or a day is out of its year.

    """
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise NoticeError(path, "文件过大")
        raw = json.loads(path.read_text("utf-8-sig"))
        return _notice(path, raw)
    except OSError as wrong:
        raise NoticeError(path, f"读不了（{reason_of(wrong)}）") from wrong
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as wrong:
        raise NoticeError(path, "格式不对") from wrong


def _notice(path: Path, raw: Mapping[str, Any]) -> Notice:
    year = raw["year"]
    if not isinstance(year, int) or year not in _YEARS:
        raise NoticeError(path, f"年份不对：{year}")
    if not isinstance(raw["papers"], list) or not all(
        isinstance(one, str) for one in raw["papers"]
    ):
        raise NoticeError(path, "格式不对")
    papers = tuple(paper.strip() for paper in raw["papers"] if paper.strip())
    if not papers:
        raise NoticeError(path, "没有依据（papers 为空），不能作为已公布的安排")
    days = tuple(_listed(path, year, day) for day in raw["days"])
    if not days:
        raise NoticeError(path, "没有日期（days 为空），不能作为已公布的安排")
    if len({day.date for day in days}) < len(days):
        raise NoticeError(path, "同一天列了两次")
    return Notice(year, papers, days)


def _listed(path: Path, year: int, raw: Mapping[str, Any]) -> ListedDay:
    day = date.fromisoformat(raw["date"])
    december = 12
    if day.year != year and (day.year, day.month) != (year - 1, december):
        raise NoticeError(path, f"{day} 不在{year}年，也不在上年十二月")
    if not isinstance(raw["isOffDay"], bool) or not str(raw["name"]).strip():
        raise NoticeError(path, f"{day} 没有名称，或没有写明放假还是上班")
    return ListedDay(day, str(raw["name"]).strip(), raw["isOffDay"])


def check_balance(notice: Notice) -> None:
    """Compare the days gained with what the law gives: 10 up to 2007, 11 to 2024, 13 from 2025.

    Raises:
        UnbalancedNoticeError: they differ; 2015 and 2020 did, and are not checked.

    """
    if notice.year in _SPECIAL_YEARS:
        return
    gained = sum(day.is_rest and day.date.weekday() < _WEEKEND for day in notice.days)
    made_up = sum(not day.is_rest for day in notice.days)
    expected = _statutory_days(notice.year)
    if gained - made_up != expected:
        raise UnbalancedNoticeError(notice.year, gained - made_up, expected)


def _statutory_days(year: int) -> int:
    first_of_eleven, first_of_thirteen = 2008, 2025
    if year < first_of_eleven:
        return 10
    return 11 if year < first_of_thirteen else 13


def apply_notice(
    register: Register, notice: Notice, *, is_forced: bool, is_trial: bool
) -> Recorded:
    """Put a year's notice on file and count the open deadlines anew; one operation.

    A later notice for the same year wins. The old due days stay in the history.
    """
    warnings = []
    try:
        check_balance(notice)
    except UnbalancedNoticeError as wrong:
        if not is_forced:
            raise
        warnings = [str(wrong)]
    before_change = register.engine
    on_file = CalendarNotice(
        year=notice.year,
        papers=json.dumps(notice.papers, ensure_ascii=False),
        applied_on=register.today,
    )
    register.session.add(on_file)
    register.session.flush()
    for day in notice.days:
        register.session.add(
            CalendarDay(
                notice_id=on_file.id, day=day.date, is_workday=not day.is_rest, name=day.name
            )
        )
    first = min(day.date for day in notice.days)
    return _answer(
        register,
        {"type": "calendar_notice", "ref": str(notice.year), "papers": list(notice.papers)},
        f"已载入{notice.year}年放假安排（{notice.source}，{len(notice.days)} 天）",
        before_change=before_change,
        since=min(first, date(notice.year - 1, 12, 1)),
        is_trial=is_trial,
        warnings=warnings,
    )


def set_day(register: Register, day: date, status: DayStatus, reason: str) -> Recorded:
    """Set a local closure or working day, with its reason."""
    if not reason.strip():
        raise RefusedError("须写明理由（--reason）。")
    before_change = register.engine
    is_workday = status is DayStatus.WORK
    register.session.add(CalendarDay(day=day, is_workday=is_workday, name=reason))
    word = "上班" if is_workday else "休息"
    return _answer(
        register,
        {"type": "calendar_day", "ref": day.isoformat(), "status": status.value, "reason": reason},
        f"已设定：{day} {word}（{reason}）",
        before_change=before_change,
        since=day - timedelta(days=31),
        is_trial=False,
    )


def _answer(
    register: Register,
    facts: dict[str, Any],
    headline: str,
    *,
    before_change: Engine,
    since: date,
    is_trial: bool,
    warnings: Sequence[str] = (),
) -> Recorded:
    register.forget_calendar()
    moved = recount_open(register, since, before_change)
    register.under_way.summary = headline
    register.under_way.is_dropped = is_trial
    return Recorded(
        operation=register.under_way.number,
        facts=facts | {"dry_run": is_trial},
        headline=f"试算，未保存：{headline}" if is_trial else headline,
        moved=moved,
        notes=[f"{len(moved)} 项未完成的时限变动" if moved else "未完成的时限没有变动"],
        warnings=list(warnings),
    )
