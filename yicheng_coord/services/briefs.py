"""工作简报, 一（三）1: drafted from the data of a period, numbered by issue, then final."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from yicheng_coord.errors import InputError, RefusedError
from yicheng_coord.papers.paper import Paper
from yicheng_coord.papers.source import render
from yicheng_coord.papers.written import Written
from yicheng_coord.queries.issued import Issued, issue_of, issued_about, last_issue
from yicheng_coord.queries.reading import Reading
from yicheng_coord.queries.recorded import Recorded
from yicheng_coord.queries.spans import Span
from yicheng_coord.services.issuing import (
    Issue,
    drawn,
    issue_of_period,
    make_final,
    open_issue,
)
from yicheng_coord.services.matters import ref_of
from yicheng_coord.services.read_ahead import ReadAhead, facts_about
from yicheng_coord.services.register import Register
from yicheng_coord.text import harmless
from yicheng_coord.vocabulary import Letter

_NEXT = "auto"
_MOST = 9999


class IssueNumberError(InputError):
    """An issue is a number, or the next one."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"期号“{harmless(text)}”不是 1 至 {_MOST} 的数。",
            "写作 --number 3；下一期：--number auto",
        )


class IssueTakenError(RefusedError):
    """An issue of a year is given out once."""

    def __init__(self, issued: Issued) -> None:
        super().__init__(
            f"{issued.number}已于 {issued.row['happened_on']} 编发（{issued.ref}，{issued.span.name}）。",
            f"再印一份：coord letter brief {issued.ref}；另编一期：--number auto",
        )


def draft_brief(
    reading: Reading,
    span: Span,
    folders: Sequence[Path],
    *,
    dated_on: date | None = None,
    copies: int | None = None,
) -> tuple[Written, list[str]]:
    """Draw a brief of a period that has no issue yet; nothing is recorded.

    Returns:
        The paper, and what to look at.

    Raises:
        NotBegunError, BeforeItsEndError, FutureFactError: see `issue_of_period`.

    """
    issue = issue_of_period(reading, Letter.BRIEF, span, dated_on)
    facts = facts_about(reading, issue) | {"print_run": copies}
    return drawn(Letter.BRIEF, facts, folders), _cut(span, issue)


def brief_ahead(span: Span, dated_on: date | None) -> ReadAhead:
    """Return what reads a brief before the write lock is taken."""
    return ReadAhead(lambda reading: [issue_of_period(reading, Letter.BRIEF, span, dated_on)])


def issue_brief(
    register: Register,
    span: Span,
    number: str,
    folders: Sequence[Path],
    *,
    ahead: ReadAhead,
    dated_on: date | None = None,
    copies: int | None = None,
) -> tuple[Recorded, Written]:
    """Issue a brief: its text is final, and stays what it was when data changes later.

    Args:
        register: the register.
        span: what it is about.
        number: its issue of the year, or `auto`: the next.
        folders: where templates are looked for, in this order.
        ahead: what was read before the lock.
        dated_on: the day that it bears; None = today.
        copies: how many are printed.

    Raises:
        IssueNumberError: the number is none.
        IssueTakenError: the year has that issue already.
        NotBegunError, BeforeItsEndError, FutureFactError: see `issue_of_period`.

    """
    reading = register.reading
    issue = issue_of_period(reading, Letter.BRIEF, span, dated_on)
    year, count = issue.day.year, _count(reading, number, issue.day.year)
    before = issued_about(reading, Letter.BRIEF, issue.span)
    facts = ahead.facts(reading, issue) | {"issue": f"第{count}期", "print_run": copies}
    paper = render(Letter.BRIEF, facts, folders)
    name = f"{year}年第{count}期"
    matter = open_issue(register, issue, {"year": year, "issue": count})
    kept = make_final(register, matter, issue, paper, name)
    recorded = register.recorded(
        matter,
        facts={"type": "brief", "ref": ref_of(matter), "number": name, "issue": count}
              | _dates(issue) | {"sha256": kept["sha256"]},
        headline=f"已编发工作简报：{ref_of(matter)} {name}　{issue.span.name}（{issue.day}）",
        notes=[f"定稿校验值　{kept['sha256']}"],
        warnings=[*_cut(span, issue), *_warnings(before, paper)],
    )  # fmt: skip
    return replace(recorded, next_step=f"coord letter brief {ref_of(matter)}"), Written(name, paper)


def _dates(issue: Issue) -> dict[str, str]:
    span = issue.span
    days = {"from": span.first, "to": span.last, "issued_on": issue.day}
    return {name: day.isoformat() for name, day in days.items()}


def _cut(span: Span, issue: Issue) -> list[str]:
    """Say that a period is told up to today alone."""
    if span == issue.span:
        return []
    return [f"期间的末日 {span.last} 还没有到，写到 {issue.span.last} 为止"]


def _warnings(before: Issued | None, paper: Paper) -> Iterator[str]:
    if before:
        yield f"这一期间已编发过{before.number}（{before.ref}）"
    if paper.missing:
        yield f"简报中还有待补：{'、'.join(paper.missing)}"


def _count(reading: Reading, number: str, year: int) -> int:
    if number == _NEXT:
        return last_issue(reading, year) + 1
    if not (number.isascii() and number.isdigit() and 0 < int(number) <= _MOST):
        raise IssueNumberError(number)
    taken = issue_of(reading, year, int(number))
    if taken:
        raise IssueTakenError(taken)
    return int(number)
