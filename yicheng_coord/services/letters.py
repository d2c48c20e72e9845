"""Papers of cases and matters: numbered, rendered from their facts, and written to files."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from yicheng_coord.errors import InputError
from yicheng_coord.papers.source import render
from yicheng_coord.papers.written import Written
from yicheng_coord.queries.numbers import number_of
from yicheng_coord.queries.reading import Reading
from yicheng_coord.services.circulars import (
    OF_PERIODS,
    circulars_ahead,
    draw_of_periods,
    number_circulars,
)
from yicheng_coord.services.letter_facts import facts_for
from yicheng_coord.services.meeting_letter_facts import notes_on
from yicheng_coord.services.numbering import give_named, give_next
from yicheng_coord.services.occasion import Occasion
from yicheng_coord.services.occasions import occasions_of, subject_of
from yicheng_coord.services.read_ahead import ReadAhead
from yicheng_coord.services.register import Register
from yicheng_coord.services.reminder_letters import occasions_of_reminders
from yicheng_coord.store.models import Transfer
from yicheng_coord.vocabulary import Letter

NEXT_NUMBER = "auto"


class OneNumberError(InputError):
    """A number is used once: several papers cannot bear the same."""

    def __init__(self, count: int) -> None:
        super().__init__(
            f"一个字号只能用于一份文书，这里有 {count} 份。", "依次编号：--number auto"
        )


@dataclass(frozen=True, slots=True)
class LetterOrder:
    """Which paper of which cases or matters, and how it is numbered and dated.

    Attributes:
        kind: which paper.
        refs: the cases or matters; of letters that chased, units, duties or operations; of
            circulars, the periods.
        number: 发文字号; `auto`: the next of its unit.
        dated_on: 成文日期; None: the day of what it is about.

    """

    kind: Letter
    refs: Sequence[str]
    number: str | None = None
    dated_on: date | None = None


def draw_letters(reading: Reading, order: LetterOrder, folders: Sequence[Path]) -> list[Written]:
    """Render the papers of all; each bears the number that it was given before.

    Args:
        reading: the register.
        order: what is wanted; without a number.
        folders: where templates are looked for, in this order.

    Raises:
        NoSuchPaperYetError: what a paper would say has not happened.
        NotAboutThatError, UnknownMatterError, UnknownCaseError, AmbiguousCaseError: see `subject_of`.

    """
    if order.kind in OF_PERIODS:
        return draw_of_periods(reading, order.kind, order.refs, order.dated_on, folders)
    return [_drawn(reading, occasion, None, folders) for occasion in _occasions(reading, order)]


def letters_ahead(order: LetterOrder) -> ReadAhead:
    """Return what reads the papers about periods before the write lock is taken."""
    if order.kind not in OF_PERIODS:
        return ReadAhead()
    return circulars_ahead(order.kind, order.refs, order.dated_on)


def number_letters(
    register: Register, order: LetterOrder, folders: Sequence[Path], ahead: ReadAhead | None = None
) -> tuple[list[Written], list[str]]:
    """Give all papers their numbers and render them; one operation.

    Args:
        register: the register.
        order: what is wanted; with a number, or `auto`.
        folders: where templates are looked for, in this order.
        ahead: what papers about periods say, as it was read before the lock.

    Returns:
        The papers, and the numbers that are new.

    Raises:
        OneNumberError: one number for several papers.
        NumberTakenError, NumberNotStandardError, NoSeriesError: see `numbering`.
        NoSuchPaperYetError: what a paper would say has not happened.
        NotAboutThatError, UnknownMatterError, UnknownCaseError, AmbiguousCaseError: see `subject_of`.

    """
    if order.kind in OF_PERIODS:
        return _number_of_periods(register, order, folders, ahead or ReadAhead())
    occasions = list(_occasions(register.reading, order))
    count = max(len(occasions), len(order.refs))
    if order.number != NEXT_NUMBER and count > 1:
        raise OneNumberError(count)
    papers, new = [], []
    for occasion in occasions:
        number, is_new = _number(register, occasion, order.number or NEXT_NUMBER)
        if is_new:
            new.append(number)
        papers.append(_drawn(register.reading, occasion, number, folders))
    register.under_way.summary = f"已编字号：{'、'.join(new)}"
    register.under_way.is_dropped = not new
    return papers, new


def _number_of_periods(
    register: Register, order: LetterOrder, folders: Sequence[Path], ahead: ReadAhead
) -> tuple[list[Written], list[str]]:
    number, count = order.number or NEXT_NUMBER, len(set(order.refs))
    if number != NEXT_NUMBER and count > 1:
        raise OneNumberError(count)
    papers, new = number_circulars(
        register, order.kind, order.refs, number, order.dated_on, folders, ahead
    )
    register.under_way.summary = f"已印发通报，已编字号：{'、'.join(new)}"
    register.under_way.is_dropped = not new
    return papers, new


def _occasions(reading: Reading, order: LetterOrder) -> Iterator[Occasion]:
    if order.kind is Letter.CHASE:
        yield from occasions_of_reminders(reading, order.refs, order.dated_on)
        return
    found = (subject_of(reading, order.kind, ref) for ref in order.refs)
    subjects = {(type(one), one.row["id"]): one for one in found}  # each once
    for subject in subjects.values():
        yield from occasions_of(reading, order.kind, subject, order.dated_on)


def _number(register: Register, occasion: Occasion, wanted: str) -> tuple[str, bool]:
    """Give a paper its number; a transfer that was sent without one has it from now on."""
    leg = occasion.leg if occasion.kind is Letter.TRANSFER else None
    if wanted == NEXT_NUMBER and occasion.recorded_number:
        return occasion.recorded_number, False
    key, signer, day = occasion.key, occasion.signer, occasion.day
    if wanted == NEXT_NUMBER:
        number, is_new = give_next(register, key, signer, day)
    else:
        number, is_new = give_named(register, key, signer, day, wanted)
    if is_new and leg is not None and not leg["number"]:
        register.session.get_one(Transfer, leg["id"]).number = number
        register.session.flush()
    return number, is_new


def _drawn(
    reading: Reading, occasion: Occasion, number: str | None, folders: Sequence[Path]
) -> Written:
    known = number or number_of(reading, occasion.key)
    paper = render(occasion.kind.value, facts_for(reading, occasion, known), folders)
    notes = notes_on(occasion)
    return Written(occasion.ref, paper, reading.unit_name(occasion.party), notes=notes)
