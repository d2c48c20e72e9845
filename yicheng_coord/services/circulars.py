"""The papers of `coord letter` about a period: 通报 (一（二）2), and briefs as drafted or issued."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from yicheng_coord.errors import InputError, RefusedError
from yicheng_coord.papers.source import render
from yicheng_coord.papers.written import Written
from yicheng_coord.policy.matters import OFFICE
from yicheng_coord.queries.issued import Issued, issued_about
from yicheng_coord.queries.numbers import PaperKey
from yicheng_coord.queries.reading import Reading
from yicheng_coord.services.issuing import (
    Issue,
    drawn,
    final_paper,
    make_final,
    named_issue,
    open_issue,
)
from yicheng_coord.services.matters import ref_of
from yicheng_coord.services.numbering import give_named, give_next
from yicheng_coord.services.read_ahead import ReadAhead, facts_about
from yicheng_coord.services.register import Register
from yicheng_coord.vocabulary import Letter

OF_PERIODS = (Letter.CIRCULAR, Letter.BRIEF)
_NEXT = "auto"


class BriefNumberError(InputError):
    """An issue is given by the command of briefs."""

    def __init__(self) -> None:
        super().__init__(
            "工作简报的期号用 coord brief 编。",
            "如：coord brief --from 2026-07-01 --to 2026-09-30 --number auto",
        )


class NumberedAlreadyError(RefusedError):
    """What was issued keeps its number."""

    def __init__(self, issued: Issued) -> None:
        super().__init__(
            f"{issued.span.name}的通报已印发（{issued.ref}，{issued.number}），不再另编字号。",
            f"再印一份：coord letter circular {issued.ref}；编错的：coord history {issued.ref}，再 coord undo",
        )


def draw_of_periods(
    reading: Reading,
    kind: Letter,
    refs: Sequence[str],
    dated_on: date | None,
    folders: Sequence[Path],
) -> list[Written]:
    """Draw the papers about periods (2026Q3), or print again what was issued (B1).

    A circular that was issued stays what it was; a brief of a period is always a draft.

    Raises:
        NotIssuedError, NotAPeriodError, ReversedPeriodError, NotBegunError, BeforeItsEndError: see
            `named_issue`.

    """
    named = (named_issue(reading, kind, ref, dated_on) for ref in dict.fromkeys(refs))
    return [_drawn(reading, one, folders) for one in named]


def _drawn(reading: Reading, one: Issued | Issue, folders: Sequence[Path]) -> Written:
    if isinstance(one, Issue) and one.kind is Letter.BRIEF:
        return drawn(one.kind, facts_about(reading, one), folders)
    issued = one if isinstance(one, Issued) else issued_about(reading, one.kind, one.span)
    if issued:
        return final_paper(issued)
    assert isinstance(one, Issue)  # noqa: S101 – for mypy
    return drawn(one.kind, facts_about(reading, one), folders)


def circulars_ahead(kind: Letter, refs: Sequence[str], dated_on: date | None) -> ReadAhead:
    """Return what reads the circulars that are new before the write lock is taken."""

    def new(reading: Reading) -> Iterator[Issue]:
        for ref in refs if kind is Letter.CIRCULAR else ():
            one = named_issue(reading, kind, ref, dated_on)
            if isinstance(one, Issue) and not issued_about(reading, kind, one.span):
                yield one

    return ReadAhead(new)


def number_circulars(
    register: Register,
    kind: Letter,
    refs: Sequence[str],
    number: str,
    dated_on: date | None,
    folders: Sequence[Path],
    ahead: ReadAhead,
) -> tuple[list[Written], list[str]]:
    """Issue the circulars of periods under the office's numbers; their texts are final.

    Returns:
        The papers, and the numbers that are new.

    Raises:
        BriefNumberError: briefs are numbered by `coord brief`.
        NumberedAlreadyError: it was issued under another number.
        NumberTakenError, NumberNotStandardError, NoSeriesError: see `numbering`.

    """
    if kind is Letter.BRIEF:
        raise BriefNumberError
    papers, new = [], []
    for ref in dict.fromkeys(refs):
        one = named_issue(register.reading, kind, ref, dated_on)
        issued = one if isinstance(one, Issued) else issued_about(register.reading, kind, one.span)
        if issued and number not in (_NEXT, issued.number):
            raise NumberedAlreadyError(issued)
        if isinstance(one, Issue) and not issued:
            paper, given = _issued(register, one, number, folders, ahead)
            new.append(given)
        elif issued:
            paper = final_paper(issued)
        papers.append(paper)
    return papers, new


def _issued(
    register: Register, issue: Issue, wanted: str, folders: Sequence[Path], ahead: ReadAhead
) -> tuple[Written, str]:
    matter = open_issue(register, issue)
    key = PaperKey(issue.kind.value, None, matter_id=matter.id, unit=OFFICE)
    if wanted == _NEXT:
        number, _ = give_next(register, key, OFFICE, issue.day)
    else:
        number, _ = give_named(register, key, OFFICE, issue.day, wanted)
    facts = ahead.facts(register.reading, issue) | {"letter_number": number}
    paper = render(issue.kind, facts, folders)
    make_final(register, matter, issue, paper, number)
    return Written(ref_of(matter), paper), number
