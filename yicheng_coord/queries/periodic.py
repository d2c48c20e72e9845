"""What began with an interval and is not on record yet; nothing is written here."""

import json
from dataclasses import dataclass
from datetime import date

from yicheng_coord.policy.counting import due, limit_of
from yicheng_coord.policy.intervals import Interval, Period, period_of
from yicheng_coord.policy.matters import MEETING_OWED
from yicheng_coord.policy.periodic import Report, report_of
from yicheng_coord.policy.rules import Rule
from yicheng_coord.queries.duties import Duty
from yicheng_coord.queries.filters import DutyFilter
from yicheng_coord.queries.reading import Reading
from yicheng_coord.queries.regular_meetings import first_held_in

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
    """Return what began, or begins next, with an interval and is not on record, in the pack's order.

    Nothing of an interval that was over before the register's first operation, and nothing of
    a unit that is closed. What was undone is not missing.
    """
    return [
        one
        for rule, interval in reading.policy.with_interval(reading.today)
        if (report := report_of(rule))
        for period in _periods(reading, rule, report, interval)
        for one in _lacking(reading, rule, report, period)
    ]


def _periods(reading: Reading, rule: Rule, report: Report, interval: Interval) -> list[Period]:
    """Return the newest interval of which anything is on record, and all after it up to the next.

    Where nothing is: from the register's first operation, if the Opinion owes it; else the present
    one and the next.
    """
    first, present = _first(reading, rule, interval), period_of(interval, reading.today)
    if present.first < first:
        return []
    found = [present]
    while not (is_known := _is_known(reading, report, found[0])) and found[0].first > first:
        found.insert(0, found[0].before)
    if not is_known and not report.is_of_opinion:
        found = [present]
    return [*found, present.after]


def _first(reading: Reading, rule: Rule, interval: Interval) -> date:
    """Return the first day of the interval in which the register began, and the rule was in force."""
    row = reading.connection.execute("SELECT at FROM operation WHERE id = 1").fetchone()
    began = date.fromisoformat(row[0][:10]) if row else reading.today
    in_force = min(one.since for one in reading.policy.versions if one.id == rule.id)
    return period_of(interval, max(began, in_force)).first


def _is_known(reading: Reading, report: Report, period: Period) -> bool:
    return any(
        kind == report.kind
        for found in (_on_record, _taken_back)
        for kind, _ in found(reading, report, period)
    )


def _on_record(reading: Reading, report: Report, period: Period) -> set[tuple[str, str]]:
    rows = reading.connection.execute(ON_RECORD, _wanted(report, period))
    return {(row[0], row[1]) for row in rows}


def _taken_back(reading: Reading, report: Report, period: Period) -> set[tuple[str, str]]:
    rows = reading.connection.execute(TAKEN_BACK, _wanted(report, period) | {"by_time": BY_TIME})
    return {(row[0], row[1]) for row in rows}


def _wanted(report: Report, period: Period) -> dict[str, str]:
    return {"letter": report.letter, "details": json.dumps(details_of(period))}


def _lacking(reading: Reading, rule: Rule, report: Report, period: Period) -> list[Missing]:
    owed = {
        (report.kind, owner): Missing(rule, report, period, owner, to)
        for owner, to in report.owed(reading.units)
    }
    lacking = owed.keys() - _on_record(reading, report, period)
    if lacking:  # the history is asked only where something is
        lacking -= _taken_back(reading, report, period)
    return [one for key, one in owed.items() if key in lacking]


def missing_duties(reading: Reading, wanted: DutyFilter) -> list[Duty]:
    """Return what is owed of that, a duty an addressee, as lists show it: without a number.

    Some are met already, and some begin with the next interval.
    """
    if wanted.case_id is not None:
        return []
    return [
        _duty(reading, one, unit)
        for one in missing(reading)
        if wanted.unit in (None, one.owner) and wanted.rule in (None, one.rule.id)
        for unit in one.to or (None,)
    ]


def _duty(reading: Reading, one: Missing, to: str | None) -> Duty:
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
        "met_on": _met_on(reading, one),
        "matter_title": one.title,
    }
    return Duty(row, rule, reading)


def _met_on(reading: Reading, one: Missing) -> str | None:
    """A register may have had its meeting before anything was owed by time."""
    if one.report.letter != MEETING_OWED:
        return None
    held_on = first_held_in(reading.connection, one.period)
    return held_on.isoformat() if held_on else None


_NOTHING = (
    "id",
    "subject",
    "started_at",
    "urgent_on",
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
