"""Clocks that a planned day starts: since when they are owed, which is before that day."""

import sqlite3
from collections.abc import Mapping
from datetime import date
from typing import Any

from yicheng_coord.policy.matters import KNOWN_BY
from yicheng_coord.vocabulary import Kind

_PLANNED = ", ".join(
    f"('{start}', '{event}')" for start, events in KNOWN_BY.items() for event in events
)
_KNOWN = (
    "SELECT max(known.happened_on) FROM happening AS known WHERE known.matter_id IN "
    "(duty_list.matter_id, (SELECT meeting_id FROM matter WHERE id = duty_list.matter_id)) "
    f"AND (duty_list.start_event, known.event) IN (VALUES {_PLANNED})"
)
OWED_SINCE = (
    f"coalesce(CASE WHEN duty_list.matter_id IS NOT NULL THEN ({_KNOWN}) END, "
    "min(started_on, coalesce(due_on, started_on)))"
)
"""SQL over `duty_list`: the day since which a duty is owed. Of a clock that starts on a planned day
it is that on which the plan was known, not the planned day itself."""
TO_A_PLAN = (Kind.DATE, Kind.CALENDAR_BACK, Kind.WORKING_BACK)
"""Kinds whose due day is the planned day that starts them, or lies before it."""


def owed_since(row: sqlite3.Row | Mapping[str, Any], connection: sqlite3.Connection) -> date:
    """Return the day since which the duty of a row is owed; see `OWED_SINCE`."""
    if row["start_event"] not in KNOWN_BY:
        return date.fromisoformat(min(row["started_on"], row["due_on"] or row["started_on"]))
    found = connection.execute(
        f"SELECT {OWED_SINCE} FROM duty_list WHERE id = ?", (row["id"],)
    ).fetchone()
    return date.fromisoformat(found[0])
