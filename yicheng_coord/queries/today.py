"""The morning sheet: what the clerk looks at first."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from yicheng_coord.queries.calendar import calendar_warnings
from yicheng_coord.queries.duties import Duty
from yicheng_coord.queries.duty_lists import ageing, overdue, pending
from yicheng_coord.queries.filters import DutyFilter
from yicheng_coord.queries.meetings import next_meetings, unrecorded_meetings
from yicheng_coord.queries.reading import Reading
from yicheng_coord.vocabulary import DutyStatus

UNRECORDED = "会期已过，没有登记召开、改期或者取消"
_SOON = 3
"""Working days."""


@dataclass(frozen=True, slots=True)
class MorningSheet:
    """What is overdue, due, due soon and ageing on one day.

    Attributes:
        meetings: those of today and tomorrow; without any, the next one.
        unrecorded: those whose day is over, and that were not held, moved or cancelled.

    """

    today: date
    overdue: list[Duty]
    due_today: list[Duty]
    due_soon: list[Duty]
    ageing: list[Duty]
    meetings: list[dict[str, Any]]
    unrecorded: list[dict[str, Any]]
    warnings: list[str]

    def as_json(self) -> dict[str, Any]:
        """The stable keys of the sheet."""
        return {
            "date": self.today.isoformat(),
            "overdue": [duty.as_json() for duty in self.overdue],
            "due_today": [duty.as_json() for duty in self.due_today],
            "due_soon": [duty.as_json() for duty in self.due_soon],
            "ageing": [duty.as_json() for duty in self.ageing],
            "next_meeting": self.meetings[0] if self.meetings else None,
            "warnings": [*self.warnings, *map(_unrecorded_in_words, self.unrecorded)],
        }


def _unrecorded_in_words(meeting: dict[str, Any]) -> str:
    what = "　".join((meeting["ref"], meeting["at"], meeting["title"]))
    return f"{what}：{UNRECORDED}"


def morning_sheet(reading: Reading) -> MorningSheet:
    """Collect the sheet; what is due within three working days does not repeat what is due today."""
    everyone = DutyFilter()
    near = pending(reading, everyone, within=_SOON)
    return MorningSheet(
        today=reading.today,
        overdue=overdue(reading, everyone),
        due_today=[duty for duty in near if duty.status is DutyStatus.DUE_TODAY],
        due_soon=[duty for duty in near if duty.status is DutyStatus.OPEN],
        ageing=ageing(reading, everyone),
        meetings=next_meetings(reading),
        unrecorded=unrecorded_meetings(reading),
        warnings=calendar_warnings(reading.workdays, reading.today),
    )
