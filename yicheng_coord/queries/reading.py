"""What a list is read with: the database, the policy pack, the calendar, and what day it is."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from yicheng_coord.policy.events import ROLES
from yicheng_coord.policy.matters import DELEGATES, GROUPS
from yicheng_coord.policy.pack import Policy, load
from yicheng_coord.policy.units import Units
from yicheng_coord.queries.units import units_on_file
from yicheng_coord.store.open import reading

if TYPE_CHECKING:
    from yicheng_coord.policy.workdays import Workdays


@dataclass(frozen=True)
class Reading:
    """One consistent view of the office's register at one moment.

    Attributes:
        is_unmasked: identity numbers, phones and informants are shown whole, which is on record.
        told_on: where a day that is over is told of later: when. What turned out by then to be no
            duty (a voided case, 不适用) is none; None: the day itself.

    """

    connection: sqlite3.Connection
    policy: Policy
    now: datetime
    is_unmasked: bool = False
    told_on: date | None = None

    def __post_init__(self) -> None:
        """Read the names at once: answers are shown after the register was closed."""
        _ = self.units

    @property
    def today(self) -> date:
        """The day that statuses and time left refer to."""
        return self.now.date()

    @property
    def struck_out_by(self) -> date:
        """The day up to which something may have been struck out."""
        return self.told_on or self.today

    @cached_property
    def is_of_the_past(self) -> bool:
        """Whether something was recorded after the day that the reader asks about."""
        newest = self.connection.execute(
            "SELECT at FROM operation WHERE id = (SELECT max(id) FROM operation)"
        ).fetchone()
        return newest is not None and newest[0][:10] > self.today.isoformat()

    @cached_property
    def workdays(self) -> "Workdays":
        """The office's calendar; many lists count no day and need none."""
        from yicheng_coord.queries.calendar import workdays_on_file

        return workdays_on_file(self.connection, self.policy)

    def as_of(self, moment: datetime) -> "Reading":
        """Return the same register and calendar as of another moment."""
        then = replace(self, now=moment)
        then.__dict__["workdays"] = self.workdays  # answers are shown after the register was closed
        return then

    @cached_property
    def units(self) -> Units:
        """The units as they are today."""
        return self.units_on(self.today)

    def units_on(self, day: date) -> Units:
        """Return the units as they were on a day: a paper bears the names of its own day."""
        return units_on_file(self.connection, self.policy.units, day)

    def unit_name(self, code: str | None) -> str:
        """Return the name that lists print, of a unit or of a role that is no single unit."""
        if not code:
            return ""
        if code in GROUPS:
            return ROLES[code]
        return DELEGATES.get(code) or self.units.get(code).name


@contextmanager
def open_reading(
    database: Path, policy_folder: Path, now: datetime, *, is_unmasked: bool = False
) -> Iterator[Reading]:
    """Hold the register open for reading.

    Raises:
        DatabaseError: the database cannot be used.
        PolicyPackError: the policy pack cannot be read.

    """
    policy = load(policy_folder)
    with reading(database) as connection:
        yield Reading(connection, policy, now, is_unmasked)
