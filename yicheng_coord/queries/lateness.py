"""What was late in a period, and how late, in words that lists and papers share."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time

from yicheng_coord.masking import masked_text
from yicheng_coord.queries.counted import perhaps_late
from yicheng_coord.queries.duties import Duty
from yicheng_coord.queries.duty_words import days_in_words
from yicheng_coord.queries.reading import Reading
from yicheng_coord.queries.spans import Span
from yicheng_coord.queries.statistics import Sort, sort_of
from yicheng_coord.vocabulary import DutyStatus


def at_the_end(reading: Reading, span: Span) -> Reading:
    """Return the register as it stood at the end of the last day of a period.

    What was struck out since (a voided case, 不适用, a withdrawn transfer) is not in it: nobody is
    to be named for what he did not owe.
    """
    if span.last >= reading.today:
        return reading
    end = datetime.combine(span.last, time(23, 59, 59))
    return replace(reading, now=end, told_on=reading.today)


def late_in(at_end: Reading, span: Span) -> Iterator[Duty]:
    """Yield what was overdue at the end of a period, or was met late within it, by number.

    No matter when it began: what begins in one period and is late in the next is told in that.
    A right is never chased, and 及时 has no day to be late by.
    """
    for duty in perhaps_late(at_end, span.first.isoformat()):
        if sort_of(duty) in (Sort.PROMPT, Sort.WINDOW):
            continue
        is_late = duty.status is DutyStatus.MET_LATE and duty.met_on and duty.met_on >= span.first
        if is_late or duty.status is DutyStatus.OVERDUE:
            yield duty


def late_in_words(duty: Duty, day: date) -> str:
    """超期5个工作日; soft ones pass 一般时限; 暂计 is said; and when it was met, as far as that is known.

    Args:
        duty: as it stood at the end of the period.
        day: the paper's own day, before which it may have been met.

    """
    word = "超过一般时限" if duty.rule.is_soft else "超期"
    late = word + days_in_words(duty, -(duty.days_left or 0)).replace(" ", "")
    if duty.is_assumed:
        late = f"暂计{late}，起算日期待核实"
    met = duty.row["met_on"]
    if not met or met > day.isoformat():
        return f"{late}，未完成"
    return f"{late}，{met}完成"


def about_in_words(duty: Duty) -> str:
    """Return what it is about, as it may be shown outside: number and masked title."""
    row = duty.row
    title = row["matter_title"] or row["case_title"] or ""
    about = row["case_number"] or row["matter_ref"] or ""
    return f"{about} {masked_text(title, *_people(duty))}".strip()


def _people(duty: Duty) -> tuple[str | None, ...]:
    """Return the names that its case knows."""
    found = duty.reading.connection.execute(
        "SELECT party, informant FROM case_file WHERE id = ?", (duty.row["case_id"],)
    ).fetchone()
    return tuple(found) if found else ()
