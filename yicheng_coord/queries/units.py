"""The units as they are on a day: the pack's, and over them what the office recorded since."""

import json
import sqlite3
from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from yicheng_coord.policy.units import Unit, Units
from yicheng_coord.text import folded

_ALL = "SELECT * FROM unit_edition ORDER BY code, since"
_OF_ONE = "SELECT * FROM unit_edition WHERE code = ? ORDER BY since"


class Edition(NamedTuple):
    """What a unit was from a day on ("" = since ever)."""

    since: str
    unit: Unit


def units_on_file(connection: sqlite3.Connection, pack: Units, on: date) -> Units:
    """Return the units as they are called, and are, on a day.

    A unit that was added counts as known before that too: it had its first name then.
    """
    rows = connection.execute(_ALL).fetchall()
    if not rows:
        return pack
    by_code = {unit.code: unit for unit in pack.all}
    former: dict[str, str] = {}
    for code, some in groupby(rows, key=lambda row: str(row["code"])):
        *past, present = _until(on, by_code.get(code), list(some))
        by_code[code] = present.unit
        former.update((folded(name), code) for one in past for name in one.unit.spellings)
    return Units(tuple(by_code.values()), former)


def editions_of(connection: sqlite3.Connection, pack: Units, code: str, on: date) -> list[Edition]:
    """Return what one unit was until a day, oldest first."""
    rows = connection.execute(_OF_ONE, (code,)).fetchall()
    base = next((unit for unit in pack.all if unit.code == code), None)
    return _until(on, base, rows)


def _until(on: date, base: Unit | None, rows: Sequence[sqlite3.Row]) -> list[Edition]:
    known = [Edition("", base)] if base else []
    earlier = [row for row in rows if row["since"] <= on.isoformat()]
    if not known and not earlier:
        earlier = list(rows[:1])
    return [*known, *(Edition(row["since"], unit_of(row)) for row in earlier)]


def unit_of(row: sqlite3.Row) -> Unit:
    """Return the unit that an edition describes."""
    return Unit(
        code=row["code"],
        name=row["name"],
        full_name=row["full_name"],
        kind=row["kind"],
        is_member=bool(row["is_member"]),
        short_names=tuple(json.loads(row["short_names"])),
        aliases=tuple(json.loads(row["aliases"])),
        note=row["note"] or "",
        closed_on=date.fromisoformat(row["since"]) if row["is_closed"] else None,
        successor=row["successor"],
    )
