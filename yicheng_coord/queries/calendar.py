"""The office's calendar: the base, the notices on file, the days that it set itself."""

import json
import sqlite3
from dataclasses import dataclass
from datetime import date

from yicheng_coord.policy.pack import Policy
from yicheng_coord.policy.workdays import ListedDay, LocalDay, Notice, Workdays


@dataclass(frozen=True, slots=True)
class YearOnFile:
    """A year of the calendar: whether it is known, and by what."""

    year: int
    known: bool
    source: str


def workdays_on_file(connection: sqlite3.Connection, policy: Policy) -> Workdays:
    """Build the calendar from what is on file; the last notice of a year comes last."""
    days = connection.execute(
        "SELECT notice_id, day, is_workday, name FROM calendar_day ORDER BY id"
    ).fetchall()
    notices = connection.execute("SELECT id, year, papers FROM calendar_notice ORDER BY id")
    return Workdays(
        notices=tuple(_notice(row, days) for row in notices),
        local=tuple(
            LocalDay(date.fromisoformat(row["day"]), bool(row["is_workday"]), row["name"])
            for row in days
            if row["notice_id"] is None
        ),
        statutory=policy.statutory,
    )


def _notice(row: sqlite3.Row, days: list[sqlite3.Row]) -> Notice:
    listed = tuple(
        ListedDay(date.fromisoformat(day["day"]), day["name"], not day["is_workday"])
        for day in days
        if day["notice_id"] == row["id"]
    )
    return Notice(row["year"], tuple(json.loads(row["papers"])), listed)


def years_on_file(workdays: Workdays, today: date) -> list[YearOnFile]:
    """Return last year, this one and the next two: what deadlines of these days rest on."""
    return [
        YearOnFile(year, year in workdays.known_years, workdays.source_of(year))
        for year in range(today.year - 1, today.year + 3)
    ]


def calendar_warnings(workdays: Workdays, today: date) -> list[str]:
    """Say which notices are wanted: this year's always, the next year's from October on."""
    from_october = 10
    warnings = []
    if today.year not in workdays.known_years:
        warnings.append(_wanted(today.year))
    if today.month >= from_october and today.year + 1 not in workdays.known_years:
        warnings.append(_wanted(today.year + 1))
    return warnings


def _wanted(year: int) -> str:
    return (
        f"{year}年放假安排未载入，涉及的时限为暂定；"
        f"通知公布后执行：coord calendar apply {year}年放假安排.json"
    )
