"""What must hold: 一案一移送, 不得再行移送, a status that the facts imply; minutes that stay."""

import itertools
import sqlite3
from collections.abc import Iterator, Sequence

from yicheng_coord.checks.cases import CaseOnFile, every_case
from yicheng_coord.checks.final_texts import altered_texts
from yicheng_coord.checks.finding import Finding, Place
from yicheng_coord.policy.facts import Answer
from yicheng_coord.policy.lifecycle import STATUS_NAMES, standing
from yicheng_coord.policy.sequence import contradictions
from yicheng_coord.vocabulary import CaseStatus

_CLAUSE = "（二（二）2）"


def check_invariants(place: Place) -> Iterator[Finding]:
    """Hold every case against the state table and the order of facts, minutes against their hash."""
    for case in every_case(place.reading.connection):
        number = case.row["number"]
        for what in _broken(place, case):
            yield Finding(number, what, f"看是怎么来的：coord history {number} -v")
        for first, then in contradictions(case.facts):
            yield Finding(
                number,
                f"{then.name} {then.on} 早于{first.name} {first.on}",
                f"更正写错的那个日期：coord correct {number} 事实 --on 日期 --reason 理由",
            )
    yield from altered_texts(place)


def _broken(place: Place, case: CaseOnFile) -> Iterator[str]:
    row = case.row
    if row["number"] != f"{row['year']}-{row['seq']:04d}":
        yield f"编号与年份、顺序号不符（{row['year']} 年第 {row['seq']} 号）"
    now = standing(case.facts)
    if row["status"] != now.status:
        yield f"状态记作“{_status(row['status'])}”，按所登记的事实应为“{_status(now.status)}”"
    if row["holder"] != now.holder:
        holder, rightly = (
            place.reading.unit_name(one) or "无" for one in (row["holder"], now.holder)
        )
        yield f"现由{holder}承办，按所登记的事实应为{rightly}"
    yield from _broken_legs(case.legs, row["found_by"])


def _status(status: str) -> str:
    return STATUS_NAMES[CaseStatus(status)]


def _broken_legs(legs: Sequence[sqlite3.Row], finder: str) -> Iterator[str]:
    if sum(map(_is_open, legs)) > 1:
        yield f"同时有几次未完的移送，一案只能有一次{_CLAUSE}"
    for before, leg in itertools.pairwise(legs):
        if before["answer"] == Answer.ACCEPTED:
            yield f"受理之后又有第 {leg['leg']} 程移送，不得再行移送{_CLAUSE}"
        elif leg["assigned_on"] is None and before["withdrawn_on"] is None:
            yield f"第 {leg['leg']} 程不是区人民政府指定的，不得再行移送{_CLAUSE}"
    by_id = {leg["id"]: leg for leg in legs}
    for leg in legs:
        if leg["assigned_on"] and not _follows(leg, by_id.get(leg["predecessor_id"])):
            yield f"第 {leg['leg']} 程的指定没有报请在先{_CLAUSE}"
        if leg["sent_on"] and leg["sender"] != finder:
            yield f"第 {leg['leg']} 程不是由发现单位移送的"


def _is_open(leg: sqlite3.Row) -> bool:
    is_over = leg["withdrawn_on"] or leg["replaced_on"] or leg["answer"] == Answer.ACCEPTED
    return not is_over


def _follows(leg: sqlite3.Row, before: sqlite3.Row | None) -> bool:
    """An assignment replaces what was referred, or an earlier assignment."""
    return (
        before is not None
        and before["replaced_on"] == leg["assigned_on"]
        and bool(before["referred_on"] or before["assigned_on"])
    )
