"""催办函 and 督办通知 as papers: one a unit, what it owes, and how each due day was counted."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from yicheng_coord.dates import in_chinese
from yicheng_coord.policy.events import EVENTS
from yicheng_coord.policy.matters import OFFICE
from yicheng_coord.queries.duties import Duty
from yicheng_coord.queries.duty_words import (
    against_original,
    days_in_words,
    is_set_to_a_day,
    is_start_left_out,
    label,
    ledger_lines,
    method,
    reading_of,
)
from yicheng_coord.queries.explain import ToldExtension, proof
from yicheng_coord.queries.reading import Reading
from yicheng_coord.queries.reminders import ReminderSheet, granted_until, sheets_named
from yicheng_coord.services.occasion import NoSuchPaperYetError, Occasion
from yicheng_coord.text import harmless
from yicheng_coord.vocabulary import Letter


def occasions_of_reminders(
    reading: Reading, refs: Sequence[str], dated_on: date | None
) -> Iterator[Occasion]:
    """Go through the letters on record that references mean, each once.

    Raises:
        NoSuchPaperYetError: nothing was sent.
        UnknownOperationError, UnknownDutyError, UnknownUnitError: nothing is called so.

    """
    found: dict[int, ReminderSheet] = {}
    for ref in refs:
        sheets = sheets_named(reading, ref)
        if not sheets:
            hint = "催办：coord remind；这里只重印已登记的"
            raise NoSuchPaperYetError(harmless(ref), Letter.CHASE, "没有催办过", hint)
        found |= {sheet.number: sheet for sheet in sheets}
    for sheet in found.values():
        yield Occasion(
            kind=Letter.CHASE,
            ref=sheet.on.isoformat(),
            day=dated_on or sheet.on,
            issuer=OFFICE,
            addressee=sheet.unit,
            party=sheet.unit,
            reminder=sheet,
        )


def reminder_facts(reading: Reading, sheet: ReminderSheet) -> dict[str, Any]:
    """Return what a letter says: what is late with its ledger, and what it has to ask first.

    Of what is counted from a stand-in (暂计) no due day is named: it would be a guess.
    """
    late = [duty for duty in sheet.duties if not duty.is_assumed]
    return {
        "chase": {
            "level": sheet.level,
            "on": in_chinese(sheet.on),
            "supervise_days": reading.policy.supervise_days,
            "granted_until": _granted_until(reading, sheet.on),
            "late": [_late(duty, sheet) for duty in late],
            "asked": [_asked(duty, sheet) for duty in sheet.duties if duty.is_assumed],
            "ledgers": [_ledger(reading, sheet, duty) for duty in late],
        }
    }


def _granted_until(reading: Reading, on: date) -> str | None:
    """Return the day, where no notice to come can move it."""
    day = granted_until(reading, on)
    first = min(on + timedelta(days=1), day)
    return None if reading.workdays.is_provisional(first, day) else in_chinese(day)


def _named(duty: Duty, sheet: ReminderSheet) -> dict[str, Any]:
    row = duty.row
    about = row["case_number"] or row["matter_ref"]
    title = row["case_title"] or row["matter_title"]
    first = next((one.on for one in duty.reminded if one.is_current and one.level == 1), None)
    return {
        "ref": duty.ref,
        "label": label(duty),
        "clause": duty.rule.clause,
        "about": f"{about or ''} {title or ''}{sheet.taken_over(duty)}".strip(),
        "first_on": in_chinese(first) if first else None,
    }


def _late(duty: Duty, sheet: ReminderSheet) -> dict[str, Any]:
    name = "超过一般时限" if duty.rule.is_soft else "超期"
    words = f"{name} {days_in_words(duty, -(duty.days_left or 0))}{against_original(duty)}"
    return _named(duty, sheet) | {"due": _due(duty), "late": words.replace(" ", "")}


def _due(duty: Duty) -> str | None:
    if duty.due_on is None:
        return None
    return in_chinese(duty.due_on) + (f"{duty.due_at:%H:%M}" if duty.due_at else "")


def _asked(duty: Duty, sheet: ReminderSheet) -> dict[str, Any]:
    known = EVENTS[duty.row["start_event"]].label
    return _named(duty, sheet) | {
        "known": f"{in_chinese(duty.started_on)}{known}",
        "wanted": f"{EVENTS[duty.rule.starts].label}的日期",
    }


def _ledger(reading: Reading, sheet: ReminderSheet, duty: Duty) -> dict[str, Any]:
    shown = proof(reading, duty)
    told = [one for one in shown.extensions if one.effect.told.told_on <= sheet.on]
    at = duty.row["started_at"] if duty.due_at else None
    clock = at[11:16] if at else ""
    left_out = "，当日不计" if is_start_left_out(duty) else ""
    began = f"{in_chinese(duty.counts_from)}起督促，" if is_set_to_a_day(duty) else ""
    return _named(duty, sheet) | {
        "quote": duty.rule.quote,
        "origin": duty.rule.source if duty.rule.source != reading.policy.number else None,
        "reading": reading_of(duty),
        "start": f"{began}{in_chinese(duty.started_on)}{clock}{shown.trigger}{left_out}",
        "method": method(duty).replace(" ", ""),
        "extended": "；".join(map(_extended, told)),
        "days": [line._asdict() for line in ledger_lines(shown.days, "应办日期")],
        "due": _due(duty),
        "other": _other_reading(duty),
    }


def _other_reading(duty: Duty) -> str | None:
    other = duty.due_on_other_reading
    name = "自然日" if duty.rule.counts_working_days else "工作日"
    return f"{name}计为{in_chinese(other)}" if other else None


def _extended(one: ToldExtension) -> str:
    told = f"{in_chinese(one.effect.told.told_on)}告知延长{one.effect.told.days}个工作日"
    if one.effect.holds:
        return told
    return f"{told}，已过应办日期，不是事先告知，仍按原日期计"
