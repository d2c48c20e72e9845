"""Who is who in the units, on a day or over time."""

import sqlite3
from dataclasses import dataclass
from datetime import date
from typing import Any

from yicheng_coord import masking
from yicheng_coord.queries.reading import Reading
from yicheng_coord.vocabulary import Role

_ROLES = [role.value for role in Role]
_FOR_LETTERS = (Role.CONTACT, Role.LIAISON)
"""Who is named in a unit's letters: 三（二） 具体联络人, else 四（五） 对接专人."""


@dataclass(frozen=True, slots=True)
class Contact:
    """A row of `contact`, with the unit's name as of the day of the list."""

    row: sqlite3.Row
    unit_name: str
    is_unmasked: bool

    @property
    def phone(self) -> str | None:
        """The phone as it may be shown in a list."""
        phone: str | None = self.row["phone"]
        return phone if not phone or self.is_unmasked else masking.masked_phone(phone)

    def as_json(self) -> dict[str, Any]:
        """The stable keys of a contact, days as ISO text; `until` is the day that is no longer."""
        row = self.row
        return {
            "unit": row["unit"],
            "role": row["role"],
            "name": row["name"],
            "post": row["post"],
            "phone": self.phone,
            "from": row["since"],
            "until": row["until"],
        }


def list_contacts(
    reading: Reading,
    *,
    unit: str | None = None,
    role: Role | None = None,
    on: date | None = None,
) -> list[Contact]:
    """Return who has which role on a day (None: whoever had, too), in the order of the units."""
    rows = reading.connection.execute(
        "SELECT * FROM contact WHERE (:unit IS NULL OR unit = :unit) "
        "AND (:role IS NULL OR role = :role) "
        "AND (:on IS NULL OR (since <= :on AND (until IS NULL OR until > :on)))",
        {"unit": unit, "role": role and role.value, "on": on and on.isoformat()},
    ).fetchall()
    places = {one.code: place for place, one in enumerate(reading.units.all)}

    def order(row: sqlite3.Row) -> tuple[int, int, str]:
        return places.get(row["unit"], len(places)), _ROLES.index(row["role"]), row["since"]

    return [
        Contact(row, reading.unit_name(row["unit"]), reading.is_unmasked)
        for row in sorted(rows, key=order)
    ]


def letter_contact(reading: Reading, unit: str | None, on: date) -> dict[str, str | None] | None:
    """Return name and whole phone of whom a unit's letters name on a day."""
    if unit is None:
        return None
    there = {
        contact.row["role"]: contact.row for contact in list_contacts(reading, unit=unit, on=on)
    }
    row = next((there[role] for role in _FOR_LETTERS if role in there), None)
    return {"name": row["name"], "phone": row["phone"]} if row is not None else None
