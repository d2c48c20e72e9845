"""What papers a case or a matter gives: who signs each and to whom, and on which day.

A kind gives one paper a case; 抄送 and 配合执行 give one for each unit that the decision names.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from yicheng_coord.policy.facts import Answer
from yicheng_coord.policy.matters import NAMED_BY_CASE
from yicheng_coord.queries.cases import CaseSheet, case_sheet
from yicheng_coord.queries.matters import MatterSheet, is_matter_ref, list_matters, matter_sheet
from yicheng_coord.queries.reading import Reading
from yicheng_coord.queries.references import short_ref
from yicheng_coord.services.judicial_papers import latest_of_case
from yicheng_coord.services.matter_occasions import (
    PAPERS,
    NotAboutThatError,
    occasions_of_matter,
)
from yicheng_coord.services.occasion import NoSuchPaperYetError, Occasion
from yicheng_coord.services.results import told_of
from yicheng_coord.text import harmless
from yicheng_coord.vocabulary import Letter

_DATED_BY = {
    Letter.TRANSFER: "sent_on",
    Letter.RECEIPT: "received_on",
    Letter.FEEDBACK: "answered_on",
    Letter.REFER: "referred_on",
    Letter.RESULT: "notified_on",
}
_ADDRESSEES = {Letter.COPY: "copies", Letter.EXECUTION: "execution_by"}
_NO_ADDRESSEE = {
    Letter.COPY: "没有须抄送的行政处罚决定",
    Letter.EXECUTION: "没有须有关单位配合执行的处理决定",
}


def subject_of(reading: Reading, kind: Letter, ref: str) -> CaseSheet | MatterSheet:
    """Return the case, or the matter, that a kind of paper is to be about.

    Raises:
        NotAboutThatError: the kind is about matters of another sort.
        NoSuchPaperYetError: what it is about is named by its case, which has none of it.
        UnknownMatterError: nothing bears that reference.
        UnknownCaseError, AmbiguousCaseError: no case, or more than one, is meant.

    """
    about = PAPERS.get(kind)
    if about and is_matter_ref(ref):
        sheet = matter_sheet(reading, ref)
        if sheet.facts.letter != about.letter:
            raise NotAboutThatError(kind, sheet.ref)
        return sheet
    if about and about.letter in NAMED_BY_CASE:
        return latest_of_case(reading, kind, ref)
    if about and kind not in _ADDRESSEES:
        raise NotAboutThatError(kind, harmless(ref))
    return case_sheet(reading, ref)


def occasions_of(
    reading: Reading, kind: Letter, subject: CaseSheet | MatterSheet, dated_on: date | None
) -> Iterator[Occasion]:
    """Go through the papers of a kind that a case or a matter gives.

    Raises:
        NoSuchPaperYetError: what a paper would say has not happened.

    """
    if isinstance(subject, MatterSheet):
        yield from occasions_of_matter(reading, kind, subject, dated_on)
        return
    _check_happened(reading, kind, subject)
    if kind in _ADDRESSEES:
        yield from _of_decision(reading, kind, subject, dated_on)
        return
    leg, told = _leg_of(kind, subject), told_of(subject) if kind is Letter.RESULT else None
    receiver = leg["receiver"] if leg else subject.row["competent"]
    yield Occasion(
        kind=kind,
        ref=subject.row["number"],
        day=dated_on or _dated(kind, told or leg) or reading.today,
        issuer=told["decided_by"] if told else _signer(kind, subject, receiver),
        sheet=subject,
        leg=leg,
        decision=told or (subject.decisions[-1] if subject.decisions else None),
        repeated_on=told["decided_on"] if told else None,
        recorded_number=leg["number"] if leg and kind is Letter.TRANSFER else None,
    )


def _of_decision(
    reading: Reading, kind: Letter, sheet: CaseSheet, dated_on: date | None
) -> Iterator[Occasion]:
    """Go through those of the last decision: of its matters; older registers name units alone."""
    number, matters = sheet.row["number"], _matters_of_decision(reading, kind, sheet)
    named = {unit for one in matters for _, unit in one.facts.parties}
    for matter in matters:
        for occasion in occasions_of_matter(reading, kind, matter, dated_on):
            yield replace(occasion, ref=number)
    for one in _addressees(kind, sheet):
        if one["unit"] not in named:
            yield Occasion(
                kind=kind,
                ref=number,
                day=dated_on or _day(one["done_on"]) or reading.today,
                issuer=_signer(kind, sheet, None),
                addressee=one["unit"],
                party=one["unit"],
                sheet=sheet,
                decision=sheet.decisions[-1],
            )


def _matters_of_decision(reading: Reading, kind: Letter, sheet: CaseSheet) -> list[MatterSheet]:
    found = list_matters(reading, PAPERS[kind].letter, case_id=sheet.row["id"])
    last = len(sheet.decisions)
    return [one for one in found if one.details.get("decision") == last]


def _check_happened(reading: Reading, kind: Letter, sheet: CaseSheet) -> None:
    number, ref = sheet.row["number"], short_ref(sheet.row["number"], reading.today.year)
    if kind in _ADDRESSEES:
        if not _addressees(kind, sheet):
            hint = f"查看：coord case show {ref}"
            raise NoSuchPaperYetError(number, kind, _NO_ADDRESSEE[kind], hint)
        return
    if kind is not Letter.TRANSFER and sheet.facts.standing is None:
        hint = f"下一步：coord transfer send {ref} --to 单位"
        raise NoSuchPaperYetError(number, kind, "没有移送", hint)
    leg = _leg_of(kind, sheet)
    if kind is Letter.REFER and leg is None:
        why = "的接收单位没有表示不属于其管辖"
        raise NoSuchPaperYetError(number, kind, why, f"查看：coord transfer show {ref}")
    if kind is Letter.FEEDBACK and leg is not None and leg["answer"] is None:
        hint = f"下一步：coord transfer accept {ref}，或 decline {ref} --reason 理由"
        raise NoSuchPaperYetError(number, kind, "还没有反馈意见", hint)
    if kind is Letter.RESULT and told_of(sheet) is None:
        why = "没有须通报原移送单位的处理决定"
        raise NoSuchPaperYetError(number, kind, why, f"查看：coord case show {ref}")


def _addressees(kind: Letter, sheet: CaseSheet) -> list[dict[str, Any]]:
    if not sheet.decisions:
        return []
    found: list[dict[str, Any]] = sheet.decisions[-1][_ADDRESSEES[kind]]
    return found


def _leg_of(kind: Letter, sheet: CaseSheet) -> sqlite3.Row | None:
    """Return the transfer that a paper speaks of: a 请示 of the one that was declined."""
    legs = [leg for leg in sheet.legs if not leg["withdrawn_on"]]
    if kind is Letter.REFER:
        legs = [leg for leg in legs if leg["answer"] == Answer.DECLINED]
    return legs[-1] if legs else None


def _signer(kind: Letter, sheet: CaseSheet, receiver: str | None) -> str | None:
    """Return the unit whose paper it is."""
    if kind is Letter.TRANSFER:
        return str(sheet.row["found_by"])
    return sheet.facts.verdicts[-1].decided_by if kind in _ADDRESSEES else receiver


def _dated(kind: Letter, about: Mapping[str, Any] | sqlite3.Row | None) -> date | None:
    """Return the day of the fact that the paper is about, once it is recorded."""
    return _day(about[_DATED_BY[kind]]) if about else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
