"""When a duty was chased: each 催办函 and 督办通知 of it, and the clock that it was sent for."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

_Row = sqlite3.Row | Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Reminded:
    """One letter about a duty.

    Attributes:
        level: 1 催办函, 2 督办通知.
        on: the day of the letter.
        ref: the operation that recorded it: P12.
        due_on: the due day (ISO) that it was sent for.
        is_current: whether the duty still has that clock; one counted anew may be chased anew.

    """

    level: int
    on: date
    ref: str
    due_on: str
    is_current: bool

    def as_json(self) -> dict[str, Any]:
        """The stable keys of a letter about a duty."""
        keys = {"level": self.level, "on": self.on.isoformat(), "ref": self.ref}
        return keys | {"due_on": self.due_on, "current": self.is_current}


def reminded(row: _Row, today: date) -> tuple[Reminded, ...]:
    """Return the letters about the duty of a row of `duty_list` up to a day, in their order."""
    if not row["reminded"]:
        return ()
    letters = (_letter(row, one) for one in json.loads(row["reminded"]))
    until = (one for one in letters if one.on <= today)
    return tuple(sorted(until, key=lambda one: (one.on, one.level)))


def _letter(row: _Row, kept: Mapping[str, Any]) -> Reminded:
    return Reminded(
        level=kept["level"],
        on=date.fromisoformat(kept["on"]),
        ref=kept["ref"],
        due_on=kept["due_on"],
        is_current=clock_of(kept) == clock_of(row),
    )


def clock_of(row: _Row) -> tuple[Any, ...]:
    """Return what makes a clock another one: its due day or moment, and whether it is 暂计."""
    return row["due_on"], row["due_at"], bool(row["assumed_start"])
