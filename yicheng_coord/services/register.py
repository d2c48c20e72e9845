"""The office's register, open for one operation; and what a fact does to the duties of its case."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yicheng_coord.duties import Engine
from yicheng_coord.policy.facts import CaseFacts
from yicheng_coord.policy.lifecycle import standing
from yicheng_coord.policy.matters import MEETING, MEETING_OWED, MatterFacts
from yicheng_coord.policy.pack import Policy, load
from yicheng_coord.queries.case_facts import facts_of
from yicheng_coord.queries.duties import Duty as DutyView
from yicheng_coord.queries.duties import by_ids, of_matter
from yicheng_coord.queries.matters import matter_facts, matter_row, sheet_of_matter
from yicheng_coord.queries.meetings import MeetingSheet
from yicheng_coord.queries.next_steps import next_of_case, next_of_matter
from yicheng_coord.queries.reading import Reading
from yicheng_coord.queries.recorded import Recorded
from yicheng_coord.queries.references import case_row, short_ref
from yicheng_coord.store.transaction import Operation, operation

if TYPE_CHECKING:  # what moves whole sets of rows, an import or its undo, never loads SQLModel
    from sqlmodel import Session

    from yicheng_coord.services.settling import Settled
    from yicheng_coord.store.models import CaseFile, Matter


@dataclass
class Register:
    """The register open for one operation; the same transaction is read and written."""

    under_way: Operation
    policy: Policy
    now: datetime

    @property
    def session(self) -> "Session":
        """For writing the rows of a single case."""
        return self.under_way.session

    @property
    def today(self) -> date:
        """No fact lies after it."""
        return self.now.date()

    @cached_property
    def reading(self) -> Reading:
        """The register as it stands within this operation."""
        return Reading(self.under_way.connection, self.policy, self.now)

    @cached_property
    def engine(self) -> Engine:
        """The rules over the office's calendar."""
        return Engine(self.policy, self.reading.workdays)

    def case(self, ref: str) -> "CaseFile":
        """Find a case as people name it.

        Raises:
            UnknownCaseError, AmbiguousCaseError: see `references.case_row`.

        """
        from yicheng_coord.store.models import CaseFile

        row = case_row(self.reading.connection, ref, self.today.year)
        return self.session.get_one(CaseFile, row["id"])

    def facts(self, case: "CaseFile") -> CaseFacts:
        """Return what is on record about a case, this operation's rows included."""
        return facts_of(self.reading.connection, self._row("case_file", case.id))

    def matter(self, ref: str, letter: str = "") -> "Matter":
        """Find a matter by its reference.

        Raises:
            UnknownMatterError: nothing bears it.

        """
        from yicheng_coord.store.models import Matter

        row = matter_row(self.reading.connection, ref, letter)
        return self.session.get_one(Matter, row["id"])

    def matter_facts(self, matter: "Matter") -> MatterFacts:
        """Return what is on record about a matter, this operation's rows included."""
        return matter_facts(self.reading.connection, self._row("matter", matter.id))

    def _row(self, table: str, number: int) -> sqlite3.Row:
        self.under_way.flush()
        found = self.reading.connection.execute(f"SELECT * FROM {table} WHERE id = ?", (number,))
        row: sqlite3.Row = found.fetchone()
        return row

    def ref(self, case: "CaseFile") -> str:
        """Return the case as the clerk would type it."""
        return short_ref(case.number, self.today.year)

    def unit_name(self, code: str | None) -> str:
        """Return a unit's name as the Opinion writes it."""
        return self.reading.unit_name(code)

    def settle(self, *owners: "CaseFile | Matter") -> "Settled":
        """Bring the status and the duties of cases and matters in line with what is on record.

        What was asked, or told, because of a case is settled with it; with a meeting, what the
        intervals owe.
        """
        from yicheng_coord.services.settling import Settled, Settling
        from yicheng_coord.store.models import Matter

        settling, settled = Settling(self.session, self.engine, self.today), Settled()
        for owner in {id(one): one for one in self._with_matters(owners)}.values():
            if isinstance(owner, Matter):
                settled += settling.settle(owner, self.matter_facts(owner))
                continue
            facts = self.facts(owner)
            now = standing(facts)
            owner.status, owner.holder = now.status.value, now.holder
            settled += settling.settle(owner, facts)
        self.session.flush()
        return settled

    def _with_matters(self, owners: "Sequence[CaseFile | Matter]") -> "Iterator[CaseFile | Matter]":
        from sqlmodel import select

        from yicheng_coord.store.models import CaseFile, Matter

        self.session.flush()
        for owner in owners:
            yield owner
            if isinstance(owner, CaseFile):
                yield from self.session.exec(select(Matter).where(Matter.case_id == owner.id))
            elif owner.letter == MEETING:
                yield from self.meetings_owed()

    def meetings_owed(self) -> "Sequence[Matter]":
        """Return what the intervals owe: each is met by the meetings held in it, 一（四）1."""
        from sqlmodel import select

        from yicheng_coord.store.models import Matter

        return self.session.exec(select(Matter).where(Matter.letter == MEETING_OWED)).all()

    def recorded(
        self,
        *owners: "CaseFile | Matter",
        facts: dict[str, Any],
        headline: str,
        notes: Sequence[str] = (),
        warnings: Sequence[str] = (),
        next_command: str = "",
    ) -> Recorded:
        """Settle the cases and matters, and say what happened; the headline goes into the history.

        Args:
            owners: what was recorded about; the next step is that of the first.
            facts: what was recorded, as JSON values.
            headline: the same in words.
            notes: what else to know.
            warnings: what to look at.
            next_command: the next step, where it is not what the first owner's state says.

        """
        settled = self.settle(*owners)
        self.under_way.summary = headline
        views = {view.row["id"]: view for view in self._views(settled)}
        return Recorded(
            operation=self.under_way.number,
            facts=facts,
            headline=headline,
            met=[views[number] for number in settled.met],
            started=[views[number] for number in settled.started],
            moved=[(views[number], old) for number, old in settled.moved],
            reopened=[views[number] for number in settled.reopened],
            ended=[views[number] for number in settled.ended],
            notes=list(notes),
            warnings=[*warnings, *_provisional_warnings(views.values())],
            next_step=next_command or self._next_step(owners[0]),
        )

    def _next_step(self, owner: "CaseFile | Matter") -> str:
        from yicheng_coord.store.models import CaseFile

        if isinstance(owner, CaseFile):
            row = self._row("case_file", owner.id)
            return str(next_of_case(self.reading, row, facts_of(self.reading.connection, row)))
        if owner.letter == MEETING:  # where it stands decides, not what was left undone before
            row = self._row("matter", owner.id)
            return MeetingSheet(sheet_of_matter(self.reading, row)).next_step
        duties = of_matter(self.reading, owner.id)
        return str(next_of_matter(duties, f"{owner.letter}{owner.number}"))

    def forget_calendar(self) -> None:
        """Read the calendar anew: it was changed by this operation."""
        self.under_way.flush()
        for name in ("reading", "engine"):
            self.__dict__.pop(name, None)

    def _views(self, settled: "Settled") -> list[DutyView]:
        moved = [number for number, _ in settled.moved]
        touched = {*settled.met, *settled.started, *moved, *settled.reopened, *settled.ended}
        return by_ids(self.reading, sorted(touched))


def _provisional_warnings(duties: Iterable[DutyView]) -> list[str]:
    provisional = [duty for duty in duties if duty.is_provisional]
    if not provisional:
        return []
    refs = "、".join(duty.ref for duty in provisional)
    return [f"{refs} 的应办日期为暂定：所涉年度的放假安排未载入"]


Prepare = Callable[[Reading], None]
"""What is to be done on the same connection before the write lock is taken."""


@contextmanager
def recording(
    database: Path,
    policy_folder: Path,
    *,
    now: datetime,
    operator: str,
    command: Sequence[str],
    prepare: Prepare | None = None,
) -> Iterator[Register]:
    """Hold the register open for one operation: all of it is kept, or none.

    Raises:
        DatabaseError: the database cannot be used.
        PolicyPackError: the policy pack cannot be read.

    """
    policy = load(policy_folder)

    def before_lock(connection: sqlite3.Connection) -> None:
        if prepare:
            prepare(Reading(connection, policy, now))

    with operation(
        database, now=now, operator=operator, command=command, before_lock=before_lock
    ) as under_way:
        yield Register(under_way, policy, now)
