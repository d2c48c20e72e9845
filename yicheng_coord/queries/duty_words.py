"""How people say what a duty is, how it counts, and how late it is: the same in lists and papers."""

from collections.abc import Iterator
from typing import NamedTuple

from yicheng_coord.dates import weekday
from yicheng_coord.policy.counting import LedgerDay
from yicheng_coord.policy.events import EVENTS
from yicheng_coord.queries.duties import Duty
from yicheng_coord.vocabulary import Kind


def label(duty: Duty) -> str:
    """事项; a soft rule says so."""
    soft = "（一般应）" if duty.rule.is_soft else ""
    return duty.rule.label + soft + ("（紧急）" if duty.row["urgent"] else "")


def days_in_words(duty: Duty, days: int) -> str:
    """5 个工作日, or 5 天 for duties that count calendar days; late by a rest day, or by hours, is not 0."""
    working = duty.rule.counts_working_days and not duty.is_immediate
    if duty.is_late_by_rest_days_only:
        return "不足 1 个工作日" if working else "不足 1 天"
    return f"{days} 个工作日" if working else f"{days} 天"


def against_original(duty: Duty) -> str:
    """Of an extended duty that is late by the day that was due before: how late by that."""
    left = duty.days_left_originally
    if left is None or left >= 0:
        return ""
    return f"（按原日期超 {-left}）"


def assumed_note(duty: Duty) -> str:
    """What it is counted from while the clause's own trigger is not recorded, and what to do."""
    if not duty.is_assumed:
        return ""
    start = EVENTS[duty.row["start_event"]].short
    if not duty.rule.starts:  # the rule was taken out of the pack
        return f"暂按{start}日计"
    return f"暂按{start}日计，{EVENTS[duty.rule.starts].short}日期登记后重新计算"


def method(duty: Duty) -> str:
    """方式: how it counts."""
    rule = duty.rule
    if duty.is_immediate:
        start = "转为紧急的当日" if duty.row["urgent_on"] else "起算当日"
        return f"立即（紧急：{start}办理，不顺延）"
    words = {
        Kind.WORKING: f"{rule.days} 个工作日",
        Kind.CALENDAR: f"{rule.days} 日（自然日）",
        Kind.CALENDAR_BACK: f"会前 {rule.days} 日倒推，遇休息日提前",
        Kind.WORKING_BACK: f"提前 {rule.days} 个工作日",
        Kind.IMMEDIATE: "立即（当日）",
        Kind.HOURS: f"{rule.days} 小时，昼夜与休息日连续计算",
        Kind.MONTHS: f"{rule.days} 个月，按对应日",
        Kind.DATE: "按指定日期",
        Kind.QUARTER: "季度最后一日",
        Kind.PROMPT: "及时（原文没有天数，不计超期）",
        Kind.WINDOW: f"{rule.days} 日内可以行使的权利",
    }
    extended_by = duty.row["extended_by"]
    extended = f"，延长 {extended_by} 个" if extended_by else ""
    return words[rule.kind] + extended + ("，一般应" if rule.is_soft else "")


def reading_of(duty: Duty) -> str:
    """解读 of the rule; none of its days where 立即 counts instead."""
    return "" if duty.is_immediate else duty.rule.reading


REMINDED = {1: "催办函", 2: "督办通知"}
"""The two levels of a letter about what is overdue."""


def mark_of_reminder(duty: Duty) -> str:
    """已催办 11-24, 已督办 12-01: how far its present clock was chased."""
    letters = [one for one in duty.reminded if one.is_current]
    if not letters:
        return ""
    last = letters[-1]
    day = f"{last.on:%m-%d}" if last.on.year == duty.reading.today.year else f"{last.on}"
    return f"{'已督办' if last.level > 1 else '已催办'} {day}"


def is_start_left_out(duty: Duty) -> bool:
    """Whether its trigger day is one that is not counted: 当日不计."""
    counts = (Kind.WORKING, Kind.CALENDAR, Kind.MONTHS)
    return duty.rule.kind in counts and not duty.is_immediate


def is_set_to_a_day(duty: Duty) -> bool:
    """Whether a date that was set is its due day: it began when that was set, and counts nothing."""
    return duty.rule.kind is Kind.DATE


class LedgerLine(NamedTuple):
    """One line of the ledger: 日期、星期、班休、计数、说明, the notice that a special day rests on."""

    date: str
    weekday: str
    works: str
    n: str
    why: str
    source: str


def ledger_lines(days: tuple[LedgerDay, ...], last_note: str) -> Iterator[LedgerLine]:
    """Go through the days; the last says what it is, for example 应办日期."""
    for day in days:
        note = last_note if day is days[-1] else ""
        yield LedgerLine(
            day.date.isoformat(),
            weekday(day.date),
            "班" if day.works else "休",
            str(day.n) if day.counts else "",
            "，".join(part for part in (day.why, note) if part),
            day.source,
        )
