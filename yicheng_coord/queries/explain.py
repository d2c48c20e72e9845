"""The sheet that settles an argument: how one deadline was counted, day by day."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from yicheng_coord.policy.counting import LedgerDay, Limit, due, ledger, limit_of
from yicheng_coord.policy.events import EVENTS
from yicheng_coord.policy.extensions import Extended, extensions
from yicheng_coord.queries.duties import Duty, by_ids
from yicheng_coord.queries.duty_words import reading_of
from yicheng_coord.queries.matters import matter_sheet, told_of
from yicheng_coord.queries.reading import Reading
from yicheng_coord.queries.references import duty_id
from yicheng_coord.vocabulary import Kind


@dataclass(frozen=True, slots=True)
class EarlierDue:
    """A due day that the duty had before its trigger was corrected or recorded."""

    due_on: str | None
    started_on: str
    changed_at: str


@dataclass(frozen=True, slots=True)
class ToldExtension:
    """An extension that was told of: what it does, and why it was asked for."""

    effect: Extended
    reason: str | None

    def as_json(self) -> dict[str, Any]:
        """The stable keys of an extension."""
        return {
            "days": self.effect.told.days,
            "reason": self.reason,
            "told_on": self.effect.told.told_on.isoformat(),
            "holds": self.effect.holds,
            "due_on_before": self.effect.before.isoformat(),
            "due_on": self.effect.after.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class Explanation:
    """One duty, the event that started it, its days, and what its due day was before."""

    duty: Duty
    trigger: str
    days: tuple[LedgerDay, ...]
    earlier: tuple[EarlierDue, ...]
    extensions: tuple[ToldExtension, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The duty's keys, and the proof."""
        row = self.duty.row
        return self.duty.as_json() | {
            "quote": self.duty.rule.quote,
            "source": self.duty.rule.source,
            "reading": reading_of(self.duty),
            "trigger": {
                "event": row["start_event"],
                "label": self.trigger,
                "on": row["started_on"],
                "assumed": self.duty.is_assumed,
            },
            "extensions": [one.as_json() for one in self.extensions],
            "days": [day_json(day) for day in self.days],
            "earlier": [
                {"due_on": one.due_on, "started_on": one.started_on, "changed_at": one.changed_at}
                for one in self.earlier
            ],
        }


def day_json(day: LedgerDay) -> dict[str, Any]:
    """The stable keys of one line of the ledger."""
    return {
        "date": day.date.isoformat(),
        "weekday": day.date.isoweekday(),
        "works": day.works,
        "counts": day.counts,
        "why": day.why,
        "n": day.n,
        "source": day.source,
    }


def explain(reading: Reading, ref: str) -> Explanation:
    """Collect the proof of one due day.

    Raises:
        UnknownDutyError: no duty has that number.

    """
    (duty,) = by_ids(reading, [duty_id(reading, ref)])
    return proof(reading, duty)


def proof(reading: Reading, duty: Duty) -> Explanation:
    """Collect the proof of the due day of a duty, which may be one as it was."""
    return Explanation(
        duty=duty,
        trigger=EVENTS[duty.row["start_event"]].label,
        days=_days(duty),
        earlier=_earlier(reading, duty.row["id"]),
        extensions=_extensions(reading, duty),
    )


def _extensions(reading: Reading, duty: Duty) -> tuple[ToldExtension, ...]:
    law = duty.rule.extension
    if law is None or duty.row["matter_id"] is None:
        return ()
    _, _, unit = duty.row["subject"].partition(":")
    sheet = matter_sheet(reading, duty.row["matter_ref"])
    rows = sorted(
        (row for row in sheet.happenings
         if row["event"] == "request.extended" and row["unit"] == unit),
        key=lambda row: told_of(row).told_on,
    )  # fmt: skip

    def due_with(days: int) -> date:
        limit = limit_of(duty.rule, days)
        return due(limit, duty.started_on, reading.workdays).on or duty.started_on

    found = extensions(law, map(told_of, rows), due_with)
    return tuple(
        ToldExtension(effect, sheet.shown(row["text"]))
        for effect, row in zip(found, rows, strict=True)
    )


def _days(duty: Duty) -> tuple[LedgerDay, ...]:
    if duty.due_on is None or duty.due_at:  # hours are not counted in days
        return ()
    if duty.is_immediate:
        limit = Limit(Kind.IMMEDIATE)
        return ledger(limit, duty.due_on, duty.due_on, duty.reading.workdays)
    return ledger(duty.limit, duty.started_on, duty.due_on, duty.reading.workdays)


def _earlier(reading: Reading, number: int) -> tuple[EarlierDue, ...]:
    """Read from the history every due day that was replaced by another."""
    rows = reading.connection.execute(
        "SELECT change.before, change.after, operation.at FROM change "
        "JOIN operation ON operation.id = change.operation_id "
        "WHERE table_name = 'duty' AND row_id = ? AND before IS NOT NULL AND after IS NOT NULL "
        "ORDER BY change.id",
        (number,),
    )
    found = []
    for before_json, after_json, at in rows:
        before, after = json.loads(before_json), json.loads(after_json)
        if before["due_on"] != after["due_on"]:
            found.append(EarlierDue(before["due_on"], before["started_on"], at))
    return tuple(found)
