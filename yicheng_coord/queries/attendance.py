"""Who came to a meeting, by the roster as of its day, 一（四）3."""

import sqlite3
from dataclasses import dataclass
from datetime import date
from typing import Any

from yicheng_coord.policy.units import Unit
from yicheng_coord.queries.contacts import list_contacts
from yicheng_coord.queries.reading import Reading
from yicheng_coord.vocabulary import Attending, Role


@dataclass(frozen=True)
class AttendanceSheet:
    """The attendance of one meeting; units by code, in the order of the roster.

    Attributes:
        rows: of the table `attendance`.
        absent: members of that day for whom nobody came or asked for leave, with who is 成员.
        leader: 组长 on that day.

    """

    rows: list[sqlite3.Row]
    absent: list[tuple[str, str | None]]
    leader: str | None

    def of(self, status: Attending) -> list[sqlite3.Row]:
        """Return those who came, asked for leave, or sat in."""
        return [row for row in self.rows if row["status"] == status]

    def as_json(self) -> dict[str, Any]:
        """The stable keys of an attendance."""
        return {
            "leader": self.leader,
            "present": [*map(_json, self.of(Attending.PRESENT))],
            "leave": [*map(_json, self.of(Attending.LEAVE))],
            "guest": [*map(_json, self.of(Attending.GUEST))],
            "absent": [{"unit": unit, "name": name} for unit, name in self.absent],
        }


def _json(row: sqlite3.Row) -> dict[str, Any]:
    return {name: row[name] for name in ("unit", "name", "post", "reason")}


def attendance_of(
    reading: Reading, meeting_id: int, day: date, *, is_over: bool
) -> AttendanceSheet:
    """Collect the attendance; nobody is absent from a meeting that is not over."""
    places = {unit.code: place for place, unit in enumerate(reading.units.all)}
    rows = reading.connection.execute(
        "SELECT * FROM attendance WHERE matter_id = ? ORDER BY id", (meeting_id,)
    ).fetchall()
    rows.sort(key=lambda row: (places.get(row["unit"], len(places)), row["id"]))
    accounted_for = {row["unit"] for row in rows}
    leaders = list_contacts(reading, role=Role.LEADER, on=day)
    names = {
        one.row["unit"]: one.row["name"] for one in list_contacts(reading, role=Role.MEMBER, on=day)
    }
    missing = [unit.code for unit in members_on(reading, day) if unit.code not in accounted_for]
    return AttendanceSheet(
        rows=rows,
        absent=[(unit, names.get(unit)) for unit in missing] if is_over else [],
        leader=leaders[0].row["name"] if leaders else None,
    )


def members_on(reading: Reading, day: date) -> list[Unit]:
    """Return the members of the joint meeting on a day."""
    return [unit for unit in reading.units_on(day).present if unit.is_member]
