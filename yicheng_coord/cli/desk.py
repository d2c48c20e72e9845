"""What every command starts from: which database, what day it is, who is at the keyboard."""

import getpass
import os
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from yicheng_coord import paths
from yicheng_coord.errors import InputError

if TYPE_CHECKING:
    from yicheng_coord.policy.units import Units
    from yicheng_coord.queries.reading import Reading
    from yicheng_coord.services.register import Prepare, Register


_YEARS = range(2000, 2100)


class StrangeTodayError(InputError):
    """A day that nobody calls today."""

    def __init__(self, text: str) -> None:
        super().__init__(f"--today {text!r} 不在 2000 至 2099 年之间。")


@dataclass(frozen=True)
class Desk:
    """The clerk's desk: taken from the global options and the environment, once."""

    database: Path
    is_named: bool
    today_text: str | None
    operator: str

    @classmethod
    def of(cls, *, db: str | None, today: str | None, operator: str | None) -> "Desk":
        """Lay out the desk from the global options."""
        desk = cls(
            database=paths.followed(Path(db) if db else paths.default_database()),
            is_named=bool(db),
            today_text=today,
            operator=operator or _system_user(),
        )
        global _current  # noqa: PLW0603 – for the sentence about a database that failed
        _current = desk.database
        return desk

    @staticmethod
    def at(ctx: typer.Context) -> "Desk":
        """Return the desk of a command."""
        desk: Desk = ctx.obj
        return desk

    @staticmethod
    def current_database() -> Path:
        """Return the database that this command line is about."""
        return _current or paths.default_database()

    @property
    def now(self) -> datetime:
        """The moment that counts as now."""
        from yicheng_coord.dates import now_in_shanghai, parse_moment

        clock = now_in_shanghai()
        if not self.today_text:
            return clock
        moment = parse_moment(self.today_text, clock.date())
        if moment.year not in _YEARS:
            raise StrangeTodayError(self.today_text)
        return moment

    @property
    def today(self) -> date:
        """The day that counts as today."""
        return self.now.date()

    @property
    def policy_folder(self) -> Path:
        """The policy pack: the office's own (COORD_POLICY), else the shipped one."""
        own = os.environ.get("COORD_POLICY")
        return Path(own) if own else paths.policy_folder()

    def reading(self, *, unmasked: str = "") -> AbstractContextManager["Reading"]:
        """Open the register for reading.

        Args:
            unmasked: what is to be shown whole (--no-mask); that goes into the history first.

        """
        from yicheng_coord.queries.reading import open_reading

        self._make_default()
        if unmasked:
            with self.recording() as register:
                register.under_way.summary = f"查看未遮盖的内容：{unmasked}"
        return open_reading(self.database, self.policy_folder, self.now, is_unmasked=bool(unmasked))

    def recording(
        self, prepare: "Prepare | None" = None, *, keeps_time: bool = True
    ) -> AbstractContextManager["Register"]:
        """Open the register for one operation, after what time itself started is recorded.

        Args:
            prepare: runs before the write lock is taken.
            keeps_time: not for a trial, which keeps nothing, nor where the register is to be empty.

        """
        if keeps_time:
            self.keep_time()
        return self._recording(["coord", *typed], prepare)

    def keep_time(self) -> None:
        """Record what began, or begins next, with an interval, if anything of it is missing.

        A register that may only be read is read as it is: lists show what is missing all the same.
        """
        from yicheng_coord.policy.pack import load

        if not any(load(self.policy_folder).with_interval(self.today)) or self._is_read_only:
            return
        from yicheng_coord.queries.periodic import missing

        with self.reading() as reading:
            if reading.is_of_the_past or not missing(reading):
                return
        from yicheng_coord.services.periodic import begin_interval

        with self._recording([]) as register:
            begin_interval(register)

    @property
    def _is_read_only(self) -> bool:
        return self.database.exists() and not os.access(self.database, os.W_OK)

    def _recording(
        self, command: list[str], prepare: "Prepare | None" = None
    ) -> AbstractContextManager["Register"]:
        from yicheng_coord.services.register import recording

        self._make_default()
        return recording(
            self.database,
            self.policy_folder,
            now=self.now,
            operator=self.operator,
            command=command,
            prepare=prepare,
        )

    def _make_default(self) -> None:
        """The default database is made by the first command; a named one only by `init`."""
        if self.is_named or self.database.exists():
            return
        from yicheng_coord.store.open import DatabaseExistsError, create

        try:
            create(self.database)
        except DatabaseExistsError:  # another first command was faster
            return

    def unit(self, text: str) -> str:
        """Return the code of a unit that somebody typed."""
        return self._units.named(text).code

    @cached_property
    def _units(self) -> "Units":
        with self.reading() as reading:
            return reading.units


_current: Path | None = None
typed: list[str] = []
"""The words of the command line that runs, those that were asked for included."""


def _system_user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # no such account, or none at all
        return "未知"
