"""发文字号: a series for each unit and year; a number is given out once and never again."""

from datetime import date
from typing import Any

from sqlmodel import select

from yicheng_coord.errors import RefusedError
from yicheng_coord.papers.numbers import (
    checked_number,
    example_number,
    read_as,
    read_number,
    written,
)
from yicheng_coord.papers.written import TITLES
from yicheng_coord.queries.numbers import (
    ANY_KIND,
    PaperKey,
    forms_of,
    next_seq,
    number_of,
    series_for,
)
from yicheng_coord.queries.recorded import Recorded
from yicheng_coord.services.register import Register
from yicheng_coord.store.models import NumberSeries, PaperNumber
from yicheng_coord.text import harmless
from yicheng_coord.vocabulary import Letter


class NumberTakenError(RefusedError):
    """A number was given to another paper."""

    def __init__(self, number: str, by: str) -> None:
        super().__init__(
            f"字号 {harmless(number)} 已用于{by}，一个字号只用一次。", "查看：coord number list"
        )


class NoSeriesError(RefusedError):
    """Nobody said how the unit's numbers read."""

    def __init__(self, name: str, code: str) -> None:
        super().__init__(
            f"还不知道{name}的字号怎么编。",
            f"先写下它的下一个字号：coord number set {code} 机关代字〔2026〕1号",
        )


_PAPER_OF = (
    "SELECT paper_number.kind, coalesce(matter.letter || matter.number, case_file.number) AS ref "
    "FROM paper_number LEFT JOIN case_file ON case_file.id = paper_number.case_id "
    "LEFT JOIN matter ON matter.id = paper_number.matter_id WHERE paper_number.number = ?"
)
_LETTER_OF = (
    "SELECT letter || number AS ref FROM happening "
    "JOIN matter ON matter.id = matter_id WHERE happening.document = ? AND matter_id IS NOT ? "
    "AND event IN ('request.sent', 'hazard.reported', 'dispute.referred', 'crime.sent', "
    "'enforce.urged', 'enforce.applied') LIMIT 1"
)
"""A letter of another matter that was recorded as sent, with its number."""


def set_series(register: Register, unit: str, example: str, kind: Letter | None) -> Recorded:
    """Say how the numbers of a unit read, by its next one.

    Args:
        register: the register.
        unit: whose papers.
        example: the number that comes next: 峄某发〔2026〕1号.
        kind: papers of this kind only; None: all that have no series of their own.

    Raises:
        NumberFormError: the example shows no year and no count.

    """
    found = example_number(example)
    session, of = register.session, kind.value if kind else ANY_KIND
    known = session.exec(
        select(NumberSeries).where(NumberSeries.unit == unit, NumberSeries.kind == of)
    ).first()
    series = known or NumberSeries(unit=unit, kind=of, form="", first_year=0, first_seq=1)
    series.form, series.first_year, series.first_seq = found.form, found.year, found.seq
    session.add(series)
    session.flush()
    which = f"的{TITLES[kind]}" if kind else ""
    number = written(found.form, found.year, found.seq)
    headline = f"已登记字号的编法：{register.unit_name(unit)}{which}　下一个 {number}"
    register.under_way.summary = headline
    facts: dict[str, Any] = {"type": "number_series", "ref": unit, "unit": unit}
    facts |= {"kind": kind and kind.value, "form": found.form, "next": found.seq}
    return Recorded(
        operation=register.under_way.number, facts=facts, headline=headline,
        met=[], started=[], moved=[], reopened=[], ended=[], notes=[], warnings=[],
        next_step="coord letter 文种 案件 --number auto --out 目录",
    )  # fmt: skip


def give_next(register: Register, key: PaperKey, unit: str, day: date) -> tuple[str, bool]:
    """Give a paper the next number of its unit and year; the one that it has, stays.

    Returns:
        The number, and whether it is new.

    Raises:
        NoSeriesError: nobody said how the unit's numbers read.

    """
    known = number_of(register.reading, key)
    if known:
        return known, False
    series = series_for(register.reading, unit, key.kind)
    if series is None:
        raise NoSeriesError(register.unit_name(unit), unit)
    seq = next_seq(register.reading, series, day.year)
    while _taken_by(register, written(series["form"], day.year, seq), key):
        seq += 1
    number = written(series["form"], day.year, seq)
    _keep(register, key, unit, day, number)
    return number, True


def give_named(
    register: Register, key: PaperKey, unit: str, day: date, text: str
) -> tuple[str, bool]:
    """Give a paper the number that was typed.

    Returns:
        The number, and whether it is new.

    Raises:
        NumberNotStandardError: 第 or leading zeros, in no form of the unit's own.
        NumberTakenError: another paper has it.

    """
    number = checked_number(text, forms_of(register.reading, unit))
    if number == number_of(register.reading, key):
        return number, False
    taken = _taken_by(register, number, key)
    if taken:
        raise NumberTakenError(number, taken)
    _keep(register, key, unit, day, number)
    return number, True


def twice_used(register: Register, key: PaperKey, number: str | None) -> list[str]:
    """Warn of the number of a letter that another paper bears; that it was sent, stays a fact."""
    if not number or _is_its_own(register, key, number):
        return []
    taken = _taken_by(register, number, key)
    return [f"字号 {harmless(number)} 已用于{taken}，请核对"] if taken else []


def _keep(register: Register, key: PaperKey, unit: str, day: date, number: str) -> None:
    forms = sorted(forms_of(register.reading, unit))
    own = next((found for form in forms if (found := read_as(form, number))), None)
    found = own or read_number(number)
    register.session.add(
        PaperNumber(
            number=number,
            unit=unit,
            kind=key.kind,
            case_id=key.case_id,
            matter_id=key.matter_id,
            reminder_id=key.reminder_id,
            addressee=key.addressee,
            form=found.form if found else None,
            year=found.year if found else None,
            seq=found.seq if found else None,
            dated_on=day,
        )
    )
    register.session.flush()


def _is_its_own(register: Register, key: PaperKey, number: str) -> bool:
    """Whether the number was given to the letter before it was recorded as sent."""
    row = register.reading.connection.execute(
        "SELECT 1 FROM paper_number "
        "WHERE number = ? AND kind = ? AND case_id IS ? AND matter_id IS ?",
        (number, key.kind, key.case_id, key.matter_id),
    ).fetchone()
    return row is not None


def _taken_by(register: Register, number: str, key: PaperKey) -> str:
    """Say what has a number: another paper, or a transfer or letter on record; nothing if free."""
    connection = register.reading.connection
    row = connection.execute(_PAPER_OF, (number,)).fetchone()
    if row:
        return f" {row['ref'] or ''} {TITLES[Letter(row['kind'])]}"
    row = connection.execute(_LETTER_OF, (number, key.matter_id)).fetchone()
    if row:
        return f" {row['ref']} 的函件"
    row = connection.execute(
        "SELECT case_id, case_file.number FROM transfer JOIN case_file ON case_file.id = case_id "
        "WHERE transfer.number = ?",
        (number,),
    ).fetchone()
    if row and (row["case_id"] != key.case_id or key.kind != Letter.TRANSFER):
        return f" {row['number']} {TITLES[Letter.TRANSFER]}"
    return ""
