"""Briefs and circulars: drawn from the data of a period, and final once they bear a number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from yicheng_coord.errors import RefusedError
from yicheng_coord.papers.paper import Paper
from yicheng_coord.papers.parser import parse
from yicheng_coord.papers.source import render
from yicheng_coord.papers.written import TITLES, Written
from yicheng_coord.policy.matters import OFFICE
from yicheng_coord.queries.issued import Issued, issued_as
from yicheng_coord.queries.matters import is_matter_ref
from yicheng_coord.queries.reading import Reading
from yicheng_coord.queries.spans import Span, parse_span, until_today
from yicheng_coord.services.final_texts import final_text
from yicheng_coord.services.matters import NewMatter, open_matter, record
from yicheng_coord.services.order import check_order
from yicheng_coord.services.register import Register
from yicheng_coord.store.models import Matter
from yicheng_coord.text import harmless
from yicheng_coord.vocabulary import Letter

DRAFT = "草稿"
"""What the file of a paper is called that was not issued."""


class NotIssuedError(RefusedError):
    """No such paper was issued."""

    def __init__(self, kind: Letter, ref: str) -> None:
        super().__init__(
            f"没有编发过编号为“{harmless(ref)}”的{TITLES[kind]}。",
            f"编发过的：coord brief --list；按期间出草稿：coord letter {kind} 2026年第三季度",
        )


class BeforeItsEndError(RefusedError):
    """A paper cannot tell of days that come after it."""

    def __init__(self, day: date, span: Span) -> None:
        super().__init__(
            f"成文日期 {day} 早于期间的末日 {span.last}：不能写还没有发生的事。",
            "改 --date，或者把期间写短些。",
        )


@dataclass(frozen=True, slots=True)
class Issue:
    """What is to become final.

    Attributes:
        kind: brief or circular.
        span: what it is about.
        day: the day that it bears.

    """

    kind: Letter
    span: Span
    day: date


def issue_of_period(reading: Reading, kind: Letter, span: Span, dated_on: date | None) -> Issue:
    """Check that a paper about a period can be written on a day (default: today).

    Raises:
        NotBegunError, BeforeItsEndError: the period lies ahead, of today or of that day.
        FutureFactError: the day lies ahead.

    """
    day = dated_on or reading.today
    within = until_today(span, reading.today)
    check_order("成文日期", day, reading.today)
    if day < within.last:
        raise BeforeItsEndError(day, within)
    return Issue(kind, within, day)


def named_issue(reading: Reading, kind: Letter, ref: str, dated_on: date | None) -> Issued | Issue:
    """Return what is meant by a reference (B1), or by a period.

    Raises:
        NotIssuedError: nothing was issued by that reference.
        NotAPeriodError, ReversedPeriodError, NotBegunError, BeforeItsEndError: see each.

    """
    if is_matter_ref(ref):
        issued = issued_as(reading, kind, ref)
        if issued is None:
            raise NotIssuedError(kind, ref)
        return issued
    return issue_of_period(reading, kind, parse_span(ref, reading.today), dated_on)


def final_paper(issued: Issued) -> Written:
    """Return a paper as it was issued, whatever was recorded since."""
    final = issued.final
    paper = parse(issued.kind, final["text"], tuple(final["missing"]))
    ref = issued.number if issued.kind == Letter.BRIEF else issued.ref
    return Written(ref, paper)


def drawn(kind: Letter, facts: dict[str, object], folders: Sequence[Path]) -> Written:
    """Return a paper as the data has it now."""
    return Written(DRAFT, render(kind, facts, folders))


def open_issue(
    register: Register, issue: Issue, numbered: Mapping[str, int] | None = None
) -> Matter:
    """Register a brief or circular that is to be issued, as a matter (B1)."""
    span = issue.span
    return open_matter(
        register,
        NewMatter(
            letter="B",
            kind=issue.kind.value,
            title=f"{span.name}{TITLES[issue.kind]}",
            owner=OFFICE,
            details={"from": span.first.isoformat(), "to": span.last.isoformat()}
            | dict(numbered or {}),
        ),
    )


def make_final(
    register: Register, matter: Matter, issue: Issue, paper: Paper, number: str
) -> dict[str, object]:
    """Record that it was issued, with its text and the SHA-256 of that; return these."""
    kept: dict[str, object] = {
        **final_text(register, paper.source, TITLES[issue.kind]),
        "missing": list(paper.missing),
    }
    event = f"{issue.kind}.issued"
    record(register, matter, event, issue.day, document=number, details=kept)
    matter.document = number
    register.session.add(matter)
    register.session.flush()
    return kept
