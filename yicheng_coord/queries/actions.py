"""Actions (五, 四（三）, 七（二）) as they are shown: who came, the police, what cases grew out."""

import json
import sqlite3
from datetime import date, datetime
from typing import Any

from yicheng_coord.queries.matters import MatterSheet


def arrivals(sheet: MatterSheet) -> list[dict[str, Any]]:
    """Return of each department that was called whether it came, when, and how long after."""
    called = sheet.facts.of("action.whistled")
    if called is None:
        return []
    rows = {row["unit"]: row for row in sheet.happenings if row["event"] == "action.arrived"}
    return [
        _arrival(sheet, unit, rows.get(unit), called.on, called.at)
        for unit in sheet.facts.units("member")
    ]


def _arrival(
    sheet: MatterSheet,
    unit: str,
    row: sqlite3.Row | None,
    called_on: date,
    called_at: datetime | None,
) -> dict[str, Any]:
    known: dict[str, Any] = {"unit": unit, "arrived_on": None, "arrived_at": None, "name": None,
                             "after_workdays": None, "after_minutes": None}  # fmt: skip
    if row is None:
        return known
    on, at = date.fromisoformat(row["happened_on"]), row["happened_at"]
    minutes = None
    if at and called_at:
        minutes = int((datetime.fromisoformat(at) - called_at).total_seconds()) // 60
    return known | {
        "arrived_on": row["happened_on"],
        "arrived_at": at,
        "name": json.loads(row["details"] or "{}").get("name"),
        "after_workdays": sheet.reading.workdays.workdays_between(called_on, on),
        "after_minutes": minutes,
    }


def cases_of_action(sheet: MatterSheet) -> list[str]:
    """Return the numbers of the cases that grew out of it."""
    rows = sheet.reading.connection.execute(
        "SELECT number FROM case_file WHERE action_id = ? ORDER BY year, seq", (sheet.row["id"],)
    )
    return [row["number"] for row in rows]
