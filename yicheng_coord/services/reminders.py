"""Chasing what is overdue, 一（二）1、2: one letter a unit and level, recorded before it is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from yicheng_coord.errors import CoordError, reason_of
from yicheng_coord.papers.sent import Sent
from yicheng_coord.papers.written import Written
from yicheng_coord.queries.duties import Duty
from yicheng_coord.queries.duty_lists import overdue
from yicheng_coord.queries.duty_words import REMINDED
from yicheng_coord.queries.filters import DutyFilter, duty_filter
from yicheng_coord.queries.reading import Reading
from yicheng_coord.queries.recorded import Recorded
from yicheng_coord.queries.reminders import (
    ReminderSheet,
    Verdict,
    at_the_end_of,
    judged,
    sheets_of_operation,
)
from yicheng_coord.services.letter_files import Sheet, made_letters, put_letters
from yicheng_coord.services.letters import LetterOrder, draw_letters, number_letters
from yicheng_coord.services.order import check_order
from yicheng_coord.services.register import Register
from yicheng_coord.store.reminder_models import Reminder, ReminderItem
from yicheng_coord.vocabulary import Letter

_NAMED = 5
"""Units that the headline names."""


class NotWrittenError(CoordError):
    """The letters are on record, and their files could not be written."""

    def __init__(self, ref: str, error: OSError) -> None:
        super().__init__(
            f"催办已登记（{ref}），但文书没有全部写出：{reason_of(error)}。",
            f"排除后重印，不会再催一次：coord letter chase {ref} --out 文件夹",
        )


@dataclass(frozen=True, slots=True)
class ReminderOrder:
    """Whom to chase.

    Attributes:
        unit: this unit alone, by any of its names.
        level: this level alone: 1 催办函, 2 督办通知.
        number: 发文字号 of the one letter; `auto`: the next of the office for each.
        on: the day of the letters; None: today.
        is_trial: only look; nothing is kept.

    """

    unit: str | None = None
    level: int | None = None
    number: str | None = None
    on: date | None = None
    is_trial: bool = False


def remind(register: Register, order: ReminderOrder, folders: Sequence[Path], sheet: Sheet) -> Sent:
    """Record whom to chase about what, and make the letters; one operation.

    What can go wrong with a template or a letterhead does so before anything is on record.

    Raises:
        UnknownUnitError: nothing is called so.
        FutureFactError, TooEarlyError: no letter was sent on that day.
        LetterheadError: the letterhead cannot be filled.
        OneNumberError, NumberTakenError, NumberNotStandardError, NoSeriesError: see `numbering`.

    """
    under_way, day = register.under_way, order.on or register.today
    check_order("催办日期", day, register.today)
    reading = register.reading
    then = reading if day == register.today else at_the_end_of(reading, day)
    verdicts = list(judged(then, _wanted(then, order.unit), order.level))
    left = [one for one in verdicts if not one.level]
    ripe = [one for one in verdicts if one.level]
    if not ripe:
        under_way.is_dropped = True
        return Sent(None, [], [], [], [], left)
    _keep(register, ripe, then)
    letters = sheets_of_operation(reading, under_way.number)
    papers, numbers = _drawn(register, order, folders)
    under_way.summary, under_way.is_dropped = _headline(reading, letters), order.is_trial
    recorded = None if order.is_trial else _recorded(register, letters)
    return Sent(recorded, letters, papers, made_letters(papers, sheet), numbers, left)


def write_reminders(sent: Sent, sheet: Sheet) -> list[Written]:
    """Write the letters of what is on record by now.

    Raises:
        NotWrittenError: the folder or a file cannot be written.

    """
    try:
        return put_letters(sent.papers, sent.made, sheet)
    except OSError as error:
        ref = f"P{sent.recorded.operation}" if sent.recorded else ""
        raise NotWrittenError(ref, error) from error


def _wanted(then: Reading, unit: str | None) -> list[Duty]:
    """Return what is overdue, of all or of one: what it owes, and what it answers for."""
    wanted = duty_filter(then, unit=unit).unit
    late = [duty for duty in overdue(then, DutyFilter()) if duty.ref]
    if wanted is None:
        return late
    return [duty for duty in late if wanted in (duty.row["owed_by"], _addressee(then, duty))]


def _addressee(then: Reading, duty: Duty) -> str:
    """Return to whom a letter about a duty goes: nobody opens those to a closed unit."""
    unit = duty.row["owed_by"]
    heir = then.units.answering_for(unit)
    return heir.code if heir else unit


def _keep(register: Register, ripe: Sequence[Verdict], then: Reading) -> None:
    places = {unit.code: place for place, unit in enumerate(then.units.all)}

    def whose(one: Verdict) -> tuple[int, str, int]:
        unit = _addressee(then, one.duty)
        return places.get(unit, len(places)), unit, one.level

    for (_, unit, level), some in groupby(sorted(ripe, key=whose), key=whose):
        letter = Reminder(unit=unit, level=level, reminded_on=then.today)
        register.session.add(letter)
        register.session.flush()
        register.session.add_all(_item(letter, one.duty) for one in some)
    register.session.flush()


def _item(letter: Reminder, duty: Duty) -> ReminderItem:
    return ReminderItem(
        reminder_id=letter.id,
        duty_id=duty.row["id"],
        due_on=date.fromisoformat(duty.row["due_on"]),
        due_at=duty.due_at,
        assumed_start=duty.is_assumed,
    )


def _drawn(
    register: Register, order: ReminderOrder, folders: Sequence[Path]
) -> tuple[list[Written], list[str]]:
    """Draw the letters of this operation from what is recorded of it, as any later reprint."""
    wanted = LetterOrder(Letter.CHASE, [f"P{register.under_way.number}"], number=order.number)
    if order.number is None:
        return draw_letters(register.reading, wanted, folders), []
    return number_letters(register, wanted, folders)


def _headline(reading: Reading, letters: Sequence[ReminderSheet]) -> str:
    return "，".join(
        f"已登记{REMINDED[level]} {len(some)} 份（{_units(reading, some)}）"
        for level in sorted(REMINDED)
        if (some := [one for one in letters if one.level == level])
    )


def _units(reading: Reading, letters: Sequence[ReminderSheet]) -> str:
    named = "、".join(
        f"{reading.unit_name(one.unit)} {len(one.duties)} 项" for one in letters[:_NAMED]
    )
    return f"{named}等" if len(letters) > _NAMED else named


def _recorded(register: Register, letters: Sequence[ReminderSheet]) -> Recorded:
    number = register.under_way.number
    facts: dict[str, Any] = {"type": "reminder", "ref": f"P{number}"}
    facts["letters"] = [
        {
            "unit": one.unit,
            "level": one.level,
            "on": one.on.isoformat(),
            "duties": [duty.ref for duty in one.duties],
        }
        for one in letters
    ]
    return Recorded(
        operation=number,
        facts=facts,
        headline=register.under_way.summary,
        next_step=f"重印：coord letter chase P{number}；没有发出的：coord undo P{number}",
    )
