"""What a paper is about: the case, the transfer, who signs it and to whom, and on which day.

A kind gives one paper a case; 抄送 and 配合执行 give one for each unit that the decision names.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from yicheng_coord.errors import RefusedError
from yicheng_coord.papers.written import TITLES
from yicheng_coord.policy.facts import Answer
from yicheng_coord.queries.cases import CaseSheet
from yicheng_coord.queries.numbers import PaperKey
from yicheng_coord.queries.reading import Reading
from yicheng_coord.queries.references import short_ref
from yicheng_coord.vocabulary import Letter

_DATED_BY = {
    Letter.TRANSFER: "sent_on",
    Letter.RECEIPT: "received_on",
    Letter.FEEDBACK: "answered_on",
    Letter.REFER: "referred_on",
    Letter.RESULT: "notified_on",
}
_ADDRESSEES = {Letter.COPY: "copies", Letter.EXECUTION: "execution_by"}
_OF_DECISION = (Letter.RESULT, *_ADDRESSEES)
_NO_ADDRESSEE = {
    Letter.COPY: "没有须抄送的行政处罚决定",
    Letter.EXECUTION: "没有须有关单位配合执行的处理决定",
}


class NoSuchPaperYetError(RefusedError):
    """What the paper would say has not happened."""

    def __init__(self, number: str, kind: Letter, why: str, hint: str) -> None:
        super().__init__(f"不能出具{TITLES[kind]}：{number} {why}。", hint)


@dataclass(frozen=True, slots=True)
class Occasion:
    """One paper to be written.

    Attributes:
        kind: which.
        sheet: its case.
        leg: the transfer that it speaks of.
        issuer: the unit whose paper it is; None where that is not on record.
        addressee: the unit, of a paper of several to the same case.
        day: the day that it bears.

    """

    kind: Letter
    sheet: CaseSheet
    leg: sqlite3.Row | None
    issuer: str | None
    addressee: str | None
    day: date

    @property
    def key(self) -> PaperKey:
        """Which paper a number belongs to."""
        return PaperKey(self.kind.value, self.sheet.row["id"], self.addressee)

    @property
    def receiver(self) -> str | None:
        """The unit that has, or is to have, the case."""
        code: str | None = self.leg["receiver"] if self.leg else self.sheet.row["competent"]
        return code


def occasions_of(
    reading: Reading, kind: Letter, sheet: CaseSheet, dated_on: date | None
) -> Iterator[Occasion]:
    """Go through the papers of a kind that a case gives.

    Raises:
        NoSuchPaperYetError: what a paper would say has not happened.

    """
    _check_happened(reading, kind, sheet)
    leg = _leg_of(kind, sheet)
    receiver = leg["receiver"] if leg else sheet.row["competent"]
    issuer = _signer(kind, sheet, receiver)
    if kind not in _ADDRESSEES:
        day = dated_on or _dated(reading, kind, sheet, leg)
        yield Occasion(kind, sheet, leg, issuer, None, day)
        return
    for one in _addressees(kind, sheet):
        day = dated_on or _day(one["done_on"]) or reading.today
        yield Occasion(kind, sheet, leg, issuer, one["unit"], day)


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
    if kind is Letter.RESULT and not (sheet.facts.verdicts and _sender_of(sheet)):
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
    return sheet.facts.verdicts[-1].decided_by if kind in _OF_DECISION else receiver


def _sender_of(sheet: CaseSheet) -> str | None:
    return sheet.facts.first_sender_for(sheet.facts.verdicts[-1].decided_by)


def _dated(reading: Reading, kind: Letter, sheet: CaseSheet, leg: sqlite3.Row | None) -> date:
    """Return the day of the fact that the paper is about; before it is recorded, today."""
    about = sheet.decisions[-1] if kind is Letter.RESULT else leg
    return _day(about[_DATED_BY[kind]] if about else None) or reading.today


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
