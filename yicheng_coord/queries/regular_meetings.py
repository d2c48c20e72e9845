"""For which interval a regular meeting counts, 一（四）1: that of its own day, whatever its title says."""

import sqlite3
from datetime import date

from yicheng_coord.policy.intervals import Period

FIRST_HELD = (
    "SELECT min(happening.happened_on) FROM matter "
    "CROSS JOIN happening ON happening.matter_id = matter.id WHERE matter.letter = 'M' "
    "AND matter.kind = 'regular' AND happening.event = 'meeting.held' "
    "AND happening.happened_on BETWEEN :first AND :last"
)


def first_held_in(connection: sqlite3.Connection, period: Period) -> date | None:
    """Return the day of the first regular meeting that was held in an interval."""
    days = {"first": period.first.isoformat(), "last": period.last.isoformat()}
    (day,) = connection.execute(FIRST_HELD, days).fetchone()
    return date.fromisoformat(day) if day else None
