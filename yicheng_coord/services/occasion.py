"""One paper to be written: what it is about, who signs it and to whom, and on which day."""

import sqlite3
from dataclasses import dataclass
from datetime import date
from typing import Any

from yicheng_coord.errors import RefusedError
from yicheng_coord.papers.written import TITLES
from yicheng_coord.queries.cases import CaseSheet
from yicheng_coord.queries.matters import MatterSheet
from yicheng_coord.queries.numbers import PaperKey
from yicheng_coord.queries.reminders import ReminderSheet
from yicheng_coord.vocabulary import Letter


class NoSuchPaperYetError(RefusedError):
    """What the paper would say has not happened."""

    def __init__(self, ref: str, kind: Letter, why: str, hint: str) -> None:
        super().__init__(f"不能出具{TITLES[kind]}：{ref} {why}。", hint)


@dataclass(frozen=True, slots=True)
class Occasion:
    """One paper to be written.

    Attributes:
        kind: which.
        ref: its case or matter, as its file is called.
        day: the day that it bears.
        issuer: the unit whose paper it is; None where that is not on record.
        addressee: the unit that it goes to, where that does not follow from the transfer.
        party: which unit it is about, where there is a paper for each of several.
        sheet: its case, if there is one.
        leg: the transfer that it speaks of.
        decision: the decision that it speaks of.
        matter: its matter, if there is one.
        reminder: the recorded 催办函 or 督办通知 that it is.
        recorded_number: its 发文字号, where that was recorded with what it is about.
        repeated_on: the day (ISO) of what may happen again, and then gives another paper.
        is_of_its_day: whether a paper of another day is another one, with its own number.

    """

    kind: Letter
    ref: str
    day: date
    issuer: str | None
    addressee: str | None = None
    party: str | None = None
    sheet: CaseSheet | None = None
    leg: sqlite3.Row | None = None
    decision: dict[str, Any] | None = None
    matter: MatterSheet | None = None
    reminder: ReminderSheet | None = None
    recorded_number: str | None = None
    repeated_on: str | None = None
    is_of_its_day: bool = False

    @property
    def key(self) -> PaperKey:
        """Which paper a number belongs to."""
        if self.reminder:
            return PaperKey(self.kind.value, None, self.addressee, reminder_id=self.reminder.number)
        case_id = self.sheet.row["id"] if self.sheet else None
        if self.matter is None:
            return PaperKey(self.kind.value, case_id, self.addressee, since=self.repeated_on)
        matter_id = self.matter.row["id"]
        kind, to, by = self.kind.value, self.addressee, self.issuer
        if self.is_of_its_day:
            day = self.day.isoformat()
            return PaperKey(kind, case_id, to, matter_id, by, since=day, until=day)
        return PaperKey(kind, case_id, to, matter_id, by, self.repeated_on)

    @property
    def receiver(self) -> str | None:
        """The unit that has, or is to have, the case."""
        if self.leg or not self.sheet:
            return self.leg["receiver"] if self.leg else None
        code: str | None = self.sheet.row["competent"]
        return code

    @property
    def signer(self) -> str:
        """Whose number it bears: the issuer's; while that is not on record, the finder's."""
        return self.issuer or (str(self.sheet.row["found_by"]) if self.sheet else "")
