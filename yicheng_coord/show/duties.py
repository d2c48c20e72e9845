"""Duties as people read them: how bad, when, what, who, which case; then what to type next."""

from datetime import date

from yicheng_coord.dates import WEEKDAYS, in_chinese, weekday
from yicheng_coord.queries.duties import Duty
from yicheng_coord.queries.duty_words import (
    against_original,
    days_in_words,
    label,
    mark_of_reminder,
)
from yicheng_coord.queries.today import MorningSheet
from yicheng_coord.show.morning_meetings import meetings_in_words
from yicheng_coord.show.output import hint, is_terminal, say, write_json
from yicheng_coord.show.table import Column, Listing, draw, show
from yicheng_coord.vocabulary import DutyStatus, Format, Kind

_SHOWN_AGEING = 10
_BEFORE_MARK = 3
"""编号, how late, 应办日期: then how far it was chased, which goes before 责任单位 in a narrow terminal."""

STATUS_NAMES = {
    DutyStatus.OPEN: "未到期",
    DutyStatus.DUE_TODAY: "今日到期",
    DutyStatus.OVERDUE: "超期",
    DutyStatus.AGEING: "久未办理",
    DutyStatus.MET: "按期完成",
    DutyStatus.MET_LATE: "逾期完成",
    DutyStatus.LAPSED: "未行使",
    DutyStatus.CANCELLED: "不再适用",
}


_READINGS = {
    Kind.WORKING: "{days}按工作日计",
    Kind.CALENDAR: "{days}按自然日计",
    Kind.CALENDAR_BACK: "会前{days}按自然日倒推",
}
_NUMERALS = "一二三四五六七八九十"


def reading_note(duties: list[Duty]) -> str:
    """Say how the days of the listed rules were read: the pack decides, and old duties keep theirs.

    立即, 及时, hours and dates that were set leave nothing to be read; what a state rule says is no
    reading of the Opinion.
    """
    found: dict[tuple[str, Kind], set[int]] = {}
    for duty in duties:
        kind, days = duty.rule.kind, duty.rule.days
        if kind in _READINGS and days and not duty.is_immediate:
            found.setdefault((_state_rule(duty), kind), set()).add(days)
    ours, others = ([key for key in found if bool(key[0]) == is_law] for is_law in (False, True))
    said = [law + _read(kind, found[law, kind]) for law, kind in (*ours, *others)]
    if ours:
        said[len(ours) - 1] += "（本办解读，原文未写明）"
    return "，".join([*said, "见 coord explain 编号"])


def _state_rule(duty: Duty) -> str:
    """国务院令第310号, without its article; "": the Opinion itself."""
    source = duty.rule.source
    if source in ("", duty.reading.policy.number):
        return ""
    return source.partition("》")[0] + "》" if "》" in source else source.split()[0]


def _read(kind: Kind, days: set[int]) -> str:
    """三日、五日按工作日计."""
    words = (f"{_NUMERALS[n - 1] if n <= len(_NUMERALS) else n}日" for n in sorted(days))
    return _READINGS[kind].format(days="、".join(words))


def lateness(duty: Duty) -> str:
    """How bad it is: 超期 or, of a soft rule, 超过一般时限; 暂计 said beside it."""
    mark = "（暂计）" if duty.is_assumed else ""
    match duty.status:
        case DutyStatus.OVERDUE:
            return f"{days_in_words(duty, -(duty.days_left or 0))}{mark}{against_original(duty)}"
        case DutyStatus.DUE_TODAY:
            return f"今日到期{mark}"
        case DutyStatus.OPEN if duty.days_left is not None:
            return f"还有 {days_in_words(duty, duty.days_left)}{mark}{against_original(duty)}"
        case DutyStatus.AGEING:
            return f"久未办理 {duty.age_days} 个工作日"
        case DutyStatus.OPEN:
            return f"已 {duty.age_days} 个工作日"
        case _:
            return STATUS_NAMES[duty.status]


def status_in_words(duty: Duty) -> str:
    """状态; a soft rule is not 超期, and what is counted from a stand-in says so."""
    name = STATUS_NAMES[duty.status]
    if duty.status is DutyStatus.OVERDUE and duty.rule.is_soft:
        name = "超过一般时限"
    is_late = duty.status in (DutyStatus.OVERDUE, DutyStatus.MET_LATE)
    return f"{name}（暂计）" if is_late and duty.is_assumed else name


def short_day(day: date, today: date) -> str:
    """11-16 周一; with its year when that is not this one."""
    text = f"{day:%m-%d}" if day.year == today.year else day.isoformat()
    return f"{text} {weekday(day)}"


def due_day(duty: Duty) -> str:
    """应办日期, with the hour where the limit is in hours, and 暂定 where it may move."""
    if duty.due_on is None:
        return "及时"
    text = short_day(duty.due_on, duty.reading.today)
    if duty.due_at:
        text += f" {duty.due_at:%H:%M}"
    return f"{text} 暂定" if duty.is_provisional else text


def case_in_words(duty: Duty) -> str:
    """What it is about: the case's number and title, or those of the matter."""
    return f"{_about(duty)} {_title(duty)}".strip()


def _about(duty: Duty) -> str:
    return duty.row["case_number"] or duty.row["matter_ref"] or ""


def _title(duty: Duty) -> str:
    return duty.row["case_title"] or duty.row["matter_title"] or ""


def owed_by(duty: Duty) -> str:
    """责任单位."""
    return duty.reading.unit_name(duty.row["owed_by"])


def columns(lateness_heading: str) -> tuple[Column[Duty], ...]:
    """The columns of every list of duties; 对象单位 and the like go into plain and CSV only."""
    return (
        Column("编号", lambda duty: duty.ref or "未登记"),
        Column(lateness_heading, lateness, style="red" if lateness_heading == "超期" else ""),
        Column(
            "应办日期", due_day, lambda duty: duty.row["due_at"] or duty.row["due_on"] or "及时"
        ),
        Column("事项", label, drop=1),
        Column("责任单位", owed_by, drop=2),
        Column("案件", _about, drop=3),
        Column("名称", _title, drop=4, folds=True),
    )


def _drawn(duties: list[Duty], lateness_heading: str, form: Format) -> tuple[Column[Duty], ...]:
    """The same; where something was chased, a terminal shows that too (elsewhere it is in MORE)."""
    plain = columns(lateness_heading)
    if form is not Format.TABLE or not is_terminal() or not any(map(mark_of_reminder, duties)):
        return plain
    return (*plain[:_BEFORE_MARK], Column("催办", mark_of_reminder, drop=2), *plain[_BEFORE_MARK:])


MORE: tuple[Column[Duty], ...] = (
    Column("状态", status_in_words),
    Column("如按另一口径", lambda duty: duty.due_on_other_reading),
    Column("暂定", lambda duty: "是" if duty.is_provisional else ""),
    Column("起算日期", lambda duty: duty.counts_from.isoformat()),
    Column("暂计", lambda duty: "是" if duty.is_assumed else ""),
    Column("对象单位", lambda duty: duty.reading.unit_name(duty.row["owed_to"])),
    Column("依据", lambda duty: duty.rule.clause),
    Column("规则", lambda duty: duty.row["rule"]),
    Column("所属事项", lambda duty: duty.row["matter_ref"]),
    Column("催办", mark_of_reminder),
)


def show_overdue(duties: list[Duty], today: date, form: Format) -> None:
    """Write the list of every morning."""
    show(
        Listing(
            rows=duties,
            columns=_drawn(duties, "超期", form),
            more=MORE,
            as_json=Duty.as_json,
            title=f"超期事项　{in_chinese(today)} {_long_weekday(today)}",
            footer=f"{_count(duties)}。{reading_note(duties)}；催办前先核对收件回执。",
            empty=f"{in_chinese(today)}没有超期事项。",
        ),
        form,
    )


def show_pending(duties: list[Duty], today: date, form: Format) -> None:
    """Write all open duties."""
    show(
        Listing(
            rows=duties,
            columns=_drawn(duties, "时限", form),
            more=MORE,
            as_json=Duty.as_json,
            title=f"待办事项　{in_chinese(today)} {_long_weekday(today)}",
            footer=f"{_count(duties)}。{reading_note(duties)}。",
            empty="没有待办事项。",
        ),
        form,
    )


def _count(duties: list[Duty]) -> str:
    units = {duty.row["owed_by"] for duty in duties}
    soft = sum(duty.rule.is_soft for duty in duties)
    assumed = sum(duty.is_assumed for duty in duties)
    provisional = sum(duty.is_provisional for duty in duties)
    parts = [f"共 {len(duties)} 项，{len(units)} 个单位"]
    for number, words in ((soft, "一般应"), (assumed, "暂计"), (provisional, "暂定")):
        if number:
            parts.append(f"{words} {number} 项")
    return "，".join(parts)


def _long_weekday(day: date) -> str:
    return "星期" + WEEKDAYS[day.weekday()][1]


def show_today(sheet: MorningSheet, form: Format) -> None:
    """Write the morning sheet: one block a question, in the order of how bad it is."""
    if form is Format.JSON:
        write_json(sheet.as_json())
        return
    if form is Format.CSV:
        rows = [*sheet.overdue, *sheet.due_today, *sheet.due_soon, *sheet.ageing]
        show(_block(rows, form), form)
        return
    say(f"今日工作　{in_chinese(sheet.today)} {_long_weekday(sheet.today)}")
    for title, duties, most in (
        ("一、已超期", sheet.overdue, None),
        ("二、今日到期", sheet.due_today, None),
        ("三、三个工作日内到期", sheet.due_soon, None),
        ("四、久未办理（及时办理的事项）", sheet.ageing, _SHOWN_AGEING),
    ):
        say()
        _show_block(title, duties, most)
    say()
    for line in meetings_in_words(sheet):
        say(line)
    for warning in sheet.warnings:
        hint(f"注意：{warning}")
    if sheet.overdue or sheet.due_today:
        hint("下一步：coord explain 编号 查看时限如何计算")


def _show_block(title: str, duties: list[Duty], most: int | None) -> None:
    if not duties:
        say(f"{title}：没有。")
        return
    say(f"{title}　{len(duties)} 项")
    block = _block(duties[:most], Format.TABLE)
    if is_terminal():
        draw(block)
    else:
        show(block, Format.TABLE)
    if most and len(duties) > most:
        say(f"  其余 {len(duties) - most} 项见 coord pending")


def _block(duties: list[Duty], form: Format) -> Listing[Duty]:
    return Listing(
        rows=duties,
        columns=_drawn(duties, "时限", form),
        more=MORE,
        as_json=Duty.as_json,
        empty="没有事项。",
    )
