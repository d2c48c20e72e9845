"""What began with the current interval and is not on record yet; nothing is written here."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from yicheng_coord.policy.counting import due, limit_of
from yicheng_coord.policy.intervals import Interval, Period, period_of
from yicheng_coord.policy.periodic import Report, report_of
from yicheng_coord.policy.rules import Rule
from yicheng_coord.queries.duties import Duty
from yicheng_coord.queries.filters import DutyFilter
from yicheng_coord.queries.reading import Reading

BY_TIME = "[]"
"""The command of an operation that nobody typed: time itself began something."""

ON_RECORD = "SELECT kind, owner FROM matter WHERE details = :details AND +letter = :letter"
"""By the whole of the details, which are the interval alone: an index knows that, and not a part."""
TAKEN_BACK = (
    "SELECT json_extract(after, '$.kind'), json_extract(after, '$.owner') "
    "FROM operation AS undoing CROSS JOIN operation AS undone ON undone.id = undoing.undoes "
    "CROSS JOIN change ON change.operation_id = undone.id "
    "WHERE undoing.undoes IS NOT NULL AND undone.command = :by_time "
    "AND +table_name = 'matter' AND before IS NULL AND json_extract(after, '$.letter') = :letter "
    "AND json_extract(after, '$.details') = :details"
)
"""Made once and undone: it stays so until that is undone. Joined in this order, from the undos."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A matter that began with an interval and is not on record; units by code."""

    rule: Rule
    report: Report
    period: Period
    owner: str
    to: tuple[str, ...]

    @property
    def title(self) -> str:
        """2026年第4季度执法情况."""
        return self.period.label + self.report.what


def details_of(period: Period) -> dict[str, str]:
    """Return what a matter keeps of its interval, and nothing else beside it."""
    return {"interval": period.key}


def missing(reading: Reading) -> list[Missing]:
    """Return what began with the interval of today and is not on record, in the pack's order.

    Nothing of an interval that was over before the register's first operation, and nothing of
    a unit that is closed. What was undone is not missing.
    """
    return [
        one
        for rule, interval in reading.policy.with_interval(reading.today)
        if (report := report_of(rule)) and not _is_before_register(reading, interval)
        for one in _missing(reading, rule, report, period_of(interval, reading.today))
    ]


def _is_before_register(reading: Reading, interval: Interval) -> bool:
    first = reading.connection.execute("SELECT at FROM operation ORDER BY id LIMIT 1").fetchone()
    if first is None:
        return False
    began = period_of(interval, date.fromisoformat(first[0][:10]))
    return period_of(interval, reading.today).first < began.first


def _missing(reading: Reading, rule: Rule, report: Report, period: Period) -> list[Missing]:
    owed = [Missing(rule, report, period, owner, to) for owner, to in report.owed(reading.units)]
    wanted = {
        "letter": report.letter,
        "details": json.dumps(details_of(period)),
        "by_time": BY_TIME,
    }
    lacking = _without(owed, reading.connection.execute(ON_RECORD, wanted))
    if not lacking:  # the history is asked only where something is
        return []
    return _without(lacking, reading.connection.execute(TAKEN_BACK, wanted))


def _without(owed: Iterable[Missing], there: Iterable[sqlite3.Row]) -> list[Missing]:
    known = {(row[0], row[1]) for row in there}
    return [one for one in owed if (one.report.kind, one.owner) not in known]


def missing_duties(reading: Reading, wanted: DutyFilter) -> list[Duty]:
    """Return what is owed of that, a duty an addressee, as lists show it: without a number."""
    if wanted.case_id is not None:
        return []
    return [
        _duty(reading, one, unit)
        for one in missing(reading)
        if wanted.unit in (None, one.owner) and wanted.rule in (None, one.rule.id)
        for unit in one.to
    ]


def _duty(reading: Reading, one: Missing, to: str) -> Duty:
    first = one.period.first
    rule = reading.policy.rule(one.rule.id, on=first)
    counted = due(limit_of(rule), first, reading.workdays)
    due_on = counted.on.isoformat() if counted.on else None
    row = {
        **dict.fromkeys(_NOTHING),
        "rule": rule.id,
        "rule_version": rule.version,
        "kind": rule.kind.value,
        "days": rule.days,
        "roll": rule.roll.value,
        "owed_by": one.owner,
        "owed_to": to,
        "started_on": first.isoformat(),
        "start_event": one.report.event,
        "assumed_start": 0,
        "due_on": due_on,
        "original_due_on": due_on,
        "due_at": counted.at.isoformat() if counted.at else None,
        "provisional": int(counted.provisional),
        "urgent": 0,
        "matter_title": one.title,
    }
    return Duty(row, rule, reading)


_NOTHING = (
    "id",
    "subject",
    "started_at",
    "urgent_on",
    "met_on",
    "met_at",
    "cancelled_on",
    "cancel_reason",
    "extended_by",
    "reminded",
    "case_id",
    "case_number",
    "case_title",
    "matter_id",
    "matter_ref",
)
"""What a duty without a number lacks."""
