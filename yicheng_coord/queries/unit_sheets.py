"""One unit with what it was called before and who is who in it."""

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from yicheng_coord.dates import EARLIEST
from yicheng_coord.policy.units import Unit
from yicheng_coord.queries.contacts import Contact, list_contacts
from yicheng_coord.queries.reading import Reading
from yicheng_coord.queries.units import editions_of


@dataclass(frozen=True, slots=True)
class UnitSheet:
    """Everything that `unit show` prints.

    Attributes:
        former: what it was called: (until the day before, name, full name), oldest first.
        contacts: who is in office today, with whole phones: the sheet of one unit is no list.

    """

    unit: Unit
    successor: str
    former: list[tuple[str, str, str]]
    contacts: list[Contact]

    def as_json(self) -> dict[str, Any]:
        """The stable keys beside those of the unit."""
        return {
            "former": [
                {"until": until, "name": name, "full_name": full_name}
                for until, name, full_name in self.former
            ],
            "contacts": [contact.as_json() for contact in self.contacts],
        }


def unit_sheet(reading: Reading, text: str) -> UnitSheet:
    """Read everything about one unit.

    Raises:
        UnknownUnitError: nothing is called so.

    """
    unit = reading.units.named(text)
    editions = editions_of(reading.connection, reading.policy.units, unit.code, reading.today)
    former = [  # an edition since ever is not a change: the pack's was put right
        (later.since, earlier.unit.name, earlier.unit.full_name)
        for earlier, later in pairwise(editions)
        if later.since != EARLIEST.isoformat()
        and (earlier.unit.name, earlier.unit.full_name) != (later.unit.name, later.unit.full_name)
    ]
    unmasked = replace(reading, is_unmasked=True)
    return UnitSheet(
        unit=unit,
        successor=reading.unit_name(unit.successor),
        former=former,
        contacts=list_contacts(unmasked, unit=unit.code, on=reading.today),
    )


def unit_json(unit: Unit) -> dict[str, Any]:
    """The stable keys of a unit."""
    return {
        "code": unit.code,
        "name": unit.name,
        "full_name": unit.full_name,
        "kind": unit.kind,
        "member": unit.is_member,
        "short_names": list(unit.short_names),
        "aliases": list(unit.aliases),
        "note": unit.note,
        "closed_on": unit.closed_on.isoformat() if unit.closed_on else None,
        "successor": unit.successor,
    }


def units_json(reading: Reading) -> list[dict[str, Any]]:
    """Every unit with who was, and is, who in it."""
    contacts = list_contacts(reading)
    return [
        unit_json(unit)
        | {"contacts": [one.as_json() for one in contacts if one.row["unit"] == unit.code]}
        for unit in reading.units.all
    ]
