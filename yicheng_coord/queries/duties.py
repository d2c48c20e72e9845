"""Duties as lists and sheets show them: stored facts, and what today makes of them."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from yicheng_coord.policy.counting import Due, Limit, due, limit_of
from yicheng_coord.policy.periodic import BEGUN_BY_TIME
from yicheng_coord.policy.rules import Rule
from yicheng_coord.queries.planned import TO_A_PLAN, owed_since
from yicheng_coord.queries.reading import Reading
from yicheng_coord.queries.reminded import Reminded, reminded
from yicheng_coord.vocabulary import DutyStatus, Kind, Roll


@dataclass(frozen=True)
class Duty:
    """One duty on one day.

    Attributes:
        row: of the view `duty_list`; its number is None of what is owed though nobody recorded it.

    """

    row: sqlite3.Row | Mapping[str, Any]
    rule: Rule
    reading: Reading

    @property
    def ref(self) -> str:
        """D57; empty, where there is none."""
        return f"D{self.row['id']}" if self.row["id"] else ""

    @property
    def started_on(self) -> date:
        """The trigger day."""
        return date.fromisoformat(self.row["started_on"])

    @cached_property
    def begun_on(self) -> date:
        """Since when it is owed: its trigger; of what is due by a planned day, when that was known.

        Of a resolution that is the signature of its minutes, not the day that they set.
        """
        if self.rule.kind not in TO_A_PLAN:
            return self.started_on
        return owed_since(self.row, self.reading.connection)

    @property
    def counts_from(self) -> date:
        """What is shown as 起算日期: a date that was set is nothing to count from."""
        return self.begun_on if self.rule.kind is Kind.DATE else self.started_on

    @property
    def due_on(self) -> date | None:
        """The last day; None for 及时."""
        return _day(self.row["due_on"])

    @property
    def due_at(self) -> datetime | None:
        """The last moment, for limits in hours."""
        return datetime.fromisoformat(self.row["due_at"]) if self.row["due_at"] else None

    @property
    def met_on(self) -> date | None:
        """When it was done, as far as that was so on the day of the list."""
        return self._until("met_on", self.reading.today)

    @property
    def cancelled_on(self) -> date | None:
        """Since when it is no longer owed, as far as that was so when the list was told."""
        return self._until("cancelled_on", self.reading.struck_out_by)

    def _until(self, column: str, last: date) -> date | None:
        day = _day(self.row[column])
        return day if day is None or day <= last else None

    @property
    def is_assumed(self) -> bool:
        """暂计: counted from a stand-in, since the clause's own trigger is not recorded."""
        return bool(self.row["assumed_start"])

    @property
    def is_provisional(self) -> bool:
        """暂定: a notice may still move it."""
        return bool(self.row["provisional"])

    @cached_property
    def status(self) -> DutyStatus:
        """What it is today; overdue from the day after it is due, hours from the moment."""
        if self.cancelled_on:
            return DutyStatus.CANCELLED
        if self.met_on:
            return DutyStatus.MET_LATE if self._was_late(self.met_on) else DutyStatus.MET
        return self._open_status()

    def _was_late(self, met_on: date) -> bool:
        """Of a limit in hours the moment decides, where it is on record."""
        if self.row["due_at"] and self.row["met_at"]:
            return bool(self.row["met_at"] > self.row["due_at"])
        return self.due_on is not None and met_on > self.due_on

    def _open_status(self) -> DutyStatus:
        today = self.reading.today
        if self.due_on is None:
            is_old = self.age_days > self.reading.policy.prompt_days
            return DutyStatus.AGEING if is_old else DutyStatus.OPEN
        if self.due_on < today or (self.due_at and self.due_at < self.reading.now):
            return DutyStatus.OVERDUE if self.rule.can_be_overdue else DutyStatus.LAPSED
        return DutyStatus.DUE_TODAY if self.due_on == today else DutyStatus.OPEN

    @property
    def is_ahead(self) -> bool:
        """Whether time begins it on a later day; what follows from a plan is owed at once."""
        return self.started_on > self.reading.today and self.row["start_event"] in BEGUN_BY_TIME

    @property
    def is_open(self) -> bool:
        """Whether it is still owed."""
        return self.met_on is None and self.cancelled_on is None

    @property
    def days_left(self) -> int | None:
        """In the rule's own days; negative = so many days late. Of a met one: when it was met."""
        if self.due_on is None:
            return None
        days = self._days(self.met_on or self.reading.today, self.due_on)
        counts_hours = self.due_at and self.status is DutyStatus.MET_LATE
        return min(days, -1) if counts_hours or self.status is DutyStatus.OVERDUE else days

    @property
    def days_left_originally(self) -> int | None:
        """The same against the due day before its extension; None where it has none."""
        original = self.row["original_due_on"]
        if not self.row["extended_by"] or not original:
            return None
        return self._days(self.met_on or self.reading.today, date.fromisoformat(original))

    @property
    def is_late_by_rest_days_only(self) -> bool:
        """Overdue, or met late, before the first working day after the due day was over."""
        if self.due_on is None or self.status not in (DutyStatus.OVERDUE, DutyStatus.MET_LATE):
            return False
        return self._days(self.met_on or self.reading.today, self.due_on) == 0

    def _days(self, start: date, end: date) -> int:
        if self.rule.counts_working_days and not self.is_immediate:
            return self.reading.workdays.workdays_between(start, end)
        return (end - start).days

    @property
    def age_days(self) -> int:
        """Working days since it began, until it was met or today."""
        return max(
            0,
            self.reading.workdays.workdays_between(
                self.begun_on, self.met_on or self.reading.today
            ),
        )

    @cached_property
    def is_immediate(self) -> bool:
        """Whether 立即 decides its due day; what turned urgent too late keeps the rule's own."""
        urgent_on = self.row["urgent_on"]
        is_hurried = not urgent_on or self.due_on == date.fromisoformat(urgent_on)
        return bool(self.row["urgent"]) and (is_hurried or self.due_on == self.started_on)

    @property
    def limit(self) -> Limit:
        """What was counted, an extension included."""
        return limit_of(self.rule, self.row["extended_by"])

    @cached_property
    def recount(self) -> Due:
        """Count it anew, for the readings that are not stored."""
        start_at = self.row["started_at"]
        moment = datetime.fromisoformat(start_at) if start_at else None
        return due(self.limit, self.started_on, self.reading.workdays, moment)

    @property
    def due_on_other_reading(self) -> date | None:
        """Working days read as calendar days, or the other way round."""
        return None if self.is_immediate else self.recount.other_reading

    @cached_property
    def reminded(self) -> tuple[Reminded, ...]:
        """Every letter that chased it, as far as that was so on the day of the list."""
        return reminded(self.row, self.reading.today)

    def as_json(self) -> dict[str, Any]:
        """The stable keys of a duty, days as ISO text."""
        row = self.row
        other = self.due_on_other_reading
        return {
            "id": self.ref or None,
            "rule": row["rule"],
            "clause": self.rule.clause,
            "duty": self.rule.label,
            "status": self.status.value,
            "case": row["case_number"],
            "case_title": row["case_title"],
            "matter": row["matter_ref"],
            "matter_title": row["matter_title"],
            "subject": row["subject"],
            "owed_by": row["owed_by"],
            "owed_to": row["owed_to"],
            "started_on": self.counts_from.isoformat(),
            "started_at": row["started_at"],
            "assumed_start": self.is_assumed,
            "due_on": row["due_on"],
            "due_at": row["due_at"],
            "due_on_other_reading": other.isoformat() if other else None,
            "original_due_on": row["original_due_on"],
            "extended_by": row["extended_by"],
            "provisional": self.is_provisional,
            "urgent": bool(row["urgent"]),
            "soft": self.rule.is_soft,
            "met_on": self.met_on.isoformat() if self.met_on else None,
            "cancelled_on": self.cancelled_on.isoformat() if self.cancelled_on else None,
            "cancel_reason": row["cancel_reason"],
            "days_left": self.days_left,
            "days_left_originally": self.days_left_originally,
            "age_days": self.age_days,
            "rule_version": row["rule_version"],
            "reminded": [one.as_json() for one in self.reminded],
        }


def by_ids(reading: Reading, ids: Iterable[int]) -> list[Duty]:
    """Return duties by number, in that order; unknown numbers are left out."""
    found = []
    for number in ids:
        rows = reading.connection.execute("SELECT * FROM duty_list WHERE id = ?", (number,))
        found += seen(reading, rows)
    return found


def of_case(reading: Reading, case_id: int) -> list[Duty]:
    """Return every duty of a case, open or not, in the order in which they began."""
    rows = reading.connection.execute(
        "SELECT * FROM duty_list WHERE case_id = ? ORDER BY started_on, id", (case_id,)
    )
    return seen(reading, rows)


def of_matter(reading: Reading, matter_id: int) -> list[Duty]:
    """Return every duty of a matter, open or not, in the order in which they began."""
    rows = reading.connection.execute(
        "SELECT * FROM duty_list WHERE matter_id = ? ORDER BY started_on, id", (matter_id,)
    )
    return seen(reading, rows)


def all_duties(reading: Reading) -> Iterator[Duty]:
    """Yield every duty, open or not, by number."""
    for row in reading.connection.execute("SELECT * FROM duty_list ORDER BY id"):
        yield from seen(reading, [row])


def seen(reading: Reading, rows: Iterable[sqlite3.Row | Mapping[str, Any]]) -> list[Duty]:
    """Return the duties of rows of the view; answers are shown after the register was closed."""
    duties = [Duty(row, _rule(reading, row), reading) for row in rows]
    for duty in duties:
        _ = duty.begun_on
    return duties


def _rule(reading: Reading, row: sqlite3.Row | Mapping[str, Any]) -> Rule:
    kind, roll = Kind(row["kind"]), Roll(row["roll"])
    return reading.policy.counted_as(row["rule"], row["rule_version"], kind, row["days"], roll)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
