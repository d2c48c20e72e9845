"""`coord explain`: the clause, the trigger, one line a day, and what the other reading gives."""

from collections.abc import Sequence
from datetime import date, timedelta

from yicheng_coord.dates import weekday
from yicheng_coord.policy.counting import LedgerDay
from yicheng_coord.queries.duties import Duty
from yicheng_coord.queries.duty_words import (
    REMINDED,
    LedgerLine,
    against_original,
    assumed_note,
    days_in_words,
    is_set_to_a_day,
    is_start_left_out,
    label,
    ledger_lines,
    method,
    reading_of,
)
from yicheng_coord.queries.explain import EarlierDue, Explanation, ToldExtension
from yicheng_coord.queries.reminded import Reminded
from yicheng_coord.show.duties import case_in_words, due_day, owed_by, status_in_words
from yicheng_coord.show.output import is_terminal, say, write_json
from yicheng_coord.show.table import Column, Listing, draw, show
from yicheng_coord.text import harmless
from yicheng_coord.vocabulary import DutyStatus, Format


def _what(duty: Duty) -> str:
    return "案件" if duty.row["case_number"] else "事项"


def show_proofs(proofs: Sequence[Explanation], form: Format) -> None:
    """Write the sheets; as text each can be attached to a 催办函, as CSV it is the days."""
    if form is Format.JSON:
        sheets = [proof.as_json() for proof in proofs]
        write_json(sheets[0] if len(sheets) == 1 else sheets)
    elif form is Format.CSV:
        show(ledger_listing(tuple(day for proof in proofs for day in proof.days), ""), form)
    else:
        for number, proof in enumerate(proofs):
            if number:
                say()
            _show_text(proof)


def _show_text(proof: Explanation) -> None:
    duty = proof.duty
    for line in _head(proof):
        say(harmless(line))
    if proof.days:
        say()
        show_ledger(proof.days, last_note="应办日期")
    say()
    extended = [_extended(one) for one in proof.extensions]
    earlier = [_earlier(one) for one in proof.earlier if not _is_extension(proof, one)]
    reminded = [_reminded(one) for one in duty.reminded]
    for line in (*_readings(duty), *extended, *earlier, *reminded, f"现状　{_standing(duty)}"):
        say(harmless(line))


def show_ledger(days: tuple[LedgerDay, ...], last_note: str) -> None:
    """Write the days: 日期、星期、班休、计数、说明 and the notice that each special day rests on."""
    listing = ledger_listing(days, last_note)
    if is_terminal():
        draw(listing)
    else:
        show(listing, Format.TABLE)


def ledger_listing(days: tuple[LedgerDay, ...], last_note: str) -> Listing[LedgerLine]:
    """Return the days as a list in all its forms."""
    columns: tuple[Column[LedgerLine], ...] = (
        Column("日期", lambda line: line.date),
        Column("星期", lambda line: line.weekday),
        Column("班休", lambda line: line.works),
        Column("计数", lambda line: line.n),
        Column("说明", lambda line: line.why),
        Column("依据", lambda line: line.source, drop=1, folds=True),
    )
    rows = tuple(ledger_lines(days, last_note))
    return Listing(rows=rows, columns=columns, as_json=str, empty="")


def _head(proof: Explanation) -> list[str]:
    duty, rule = proof.duty, proof.duty.rule
    to = duty.reading.unit_name(duty.row["owed_to"])
    units = f"{owed_by(duty)} → {to}" if to else owed_by(duty)
    start = "，当日不计" if is_start_left_out(duty) else ""
    lines = [
        f"{duty.ref} {label(duty)}　{units}　{_what(duty)} {case_in_words(duty)}",
        f"依据　{duty.reading.policy.number} {rule.clause}：“{rule.quote}”",
    ]
    if rule.source != duty.reading.policy.number:
        lines.append(f"时限　{rule.source}")
    if reading := reading_of(duty):
        lines.append(f"解读　{reading}")
    assumed = f"；{assumed_note(duty)}" if duty.is_assumed else ""
    began = f"{duty.counts_from} 起督促，" if is_set_to_a_day(duty) else ""
    trigger = f"{_moment(duty, 'started')} {proof.trigger}"
    lines.append(f"起算　{began}{trigger}（{_kind_of_start(duty)}{start}{assumed}）")
    lines.append(f"方式　{method(duty)}")
    if duty.row["urgent_on"]:
        lines.append(f"紧急　自 {duty.row['urgent_on']} 起")
    return lines


def _moment(duty: Duty, what: str) -> str:
    """The day; of a limit in hours with its time."""
    at = duty.row[f"{what}_at"] if duty.due_at else None
    return at.replace("T", " ")[:16] if at else f"{duty.row[f'{what}_on']}"


def _kind_of_start(duty: Duty) -> str:
    return "暂计" if duty.is_assumed else "已登记"


def _readings(duty: Duty) -> list[str]:
    if duty.due_on is None:
        return ["应办　及时，没有固定日期"]
    clock = f" {duty.due_at:%H:%M}" if duty.due_at else ""
    lines = [f"应办　{duty.due_on} {weekday(duty.due_on)}{clock}"]
    other = duty.due_on_other_reading
    if other:
        name = "自然日" if duty.rule.counts_working_days else "工作日"
        lines.append(f"如按{name}　{other}{_rolled_from(duty, other)}")
    rolled_on = duty.recount.rolled_on
    if rolled_on and rolled_on != duty.due_on:
        lines.append(f"该日为休息日，其后第一个工作日为 {rolled_on}")
    if not duty.is_immediate and duty.recount.on != duty.due_on:
        lines.append(f"现行日历　如重新计算为 {duty.recount.on}；已完成的事项保留当时的应办日期")
    if duty.is_provisional:
        lines.append("暂定　所涉年度的放假安排未载入，通知公布后可能变动：coord calendar status")
    return lines


def _rolled_from(duty: Duty, other: date) -> str:
    """Say so where the other reading's own day is a rest day."""
    plain = duty.started_on + timedelta(days=duty.limit.n)
    if not duty.rule.counts_working_days or plain == other:
        return ""
    return f"（{plain:%m-%d} 为休息日，顺延）"


def _extended(one: ToldExtension) -> str:
    effect = one.effect
    told = f"延长　{effect.told.told_on} 告知延长 {effect.told.days} 个工作日（{one.reason}）"
    if effect.holds:
        return f"{told}，应办日期 {effect.before} → {effect.after}"
    return f"{told}：已过应办日期 {effect.before}，不是事先告知，仍按该日计"


def _is_extension(proof: Explanation, one: EarlierDue) -> bool:
    """What an extension moved is told as one, and not as counted anew."""
    return any(
        extension.effect.before.isoformat() == one.due_on
        and one.started_on == proof.duty.row["started_on"]
        for extension in proof.extensions
    )


def _earlier(one: EarlierDue) -> str:
    return f"原应办　{one.due_on}（按 {one.started_on} 起算；{one.changed_at[:10]} 重新计算）"


def _reminded(one: Reminded) -> str:
    before = "" if one.is_current else f"；按当时的应办日期 {one.due_on}，其后已重新计算"
    return f"催办　{one.on} {REMINDED[one.level]}（{one.ref}{before}）"


def _standing(duty: Duty) -> str:
    match duty.status:
        case DutyStatus.OVERDUE:
            late = days_in_words(duty, -(duty.days_left or 0))
            words = f"{status_in_words(duty)}{_space(duty)}{late}"
            return f"{duty.rule.undone}，{words}{against_original(duty)}"
        case DutyStatus.DUE_TODAY:
            return f"{duty.rule.undone}，今日到期"
        case DutyStatus.OPEN if duty.days_left is not None:
            left = days_in_words(duty, duty.days_left)
            return f"{duty.rule.undone}，还有 {left}{against_original(duty)}"
        case DutyStatus.OPEN | DutyStatus.AGEING:
            return f"{duty.rule.undone}，已 {duty.age_days} 个工作日"
        case DutyStatus.MET:
            return f"{_moment(duty, 'met')} 完成，未超期{against_original(duty)}"
        case DutyStatus.MET_LATE:
            late = days_in_words(duty, -(duty.days_left or 0))
            soft = "超过一般时限" if duty.rule.is_soft else "超期"
            soft += "（暂计）" if duty.is_assumed else ""
            return f"{_moment(duty, 'met')} 完成，{soft} {late}{_against_original(duty)}"
        case DutyStatus.LAPSED:
            return f"{due_day(duty)} 已过，未行使"
        case _:
            return f"不再适用：{duty.row['cancel_reason']}"


def _space(duty: Duty) -> str:
    """After a full-width bracket there is room enough."""
    return "" if duty.is_assumed else " "


def _against_original(duty: Duty) -> str:
    if duty.days_left_originally is not None:
        return against_original(duty)
    original = duty.row["original_due_on"]
    if not original or original == duty.row["due_on"]:
        return ""
    return f"（原应办日期 {original}）"
