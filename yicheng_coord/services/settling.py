"""Bringing the stored duties of a case, or a matter, in line with what its facts imply."""

from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any, Self

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from yicheng_coord.duties import COUNTED_BY, NO_LONGER, Clock, Engine
from yicheng_coord.policy.counting import Due
from yicheng_coord.policy.facts import CaseFacts
from yicheng_coord.policy.matters import MatterFacts
from yicheng_coord.store.models import CaseFile, Duty, Matter


@dataclass
class Settled:
    """What settling a case changed: row numbers of duties."""

    met: list[int] = field(default_factory=list)
    started: list[int] = field(default_factory=list)
    moved: list[tuple[int, str | None]] = field(default_factory=list)
    reopened: list[int] = field(default_factory=list)
    ended: list[int] = field(default_factory=list)

    def __iadd__(self, other: "Settled") -> Self:
        """Gather what settling several changed."""
        for one in fields(self):
            getattr(self, one.name).extend(getattr(other, one.name))
        return self


class Settling:
    """Settles one case or matter after the other, by one calendar and one pack."""

    def __init__(self, session: Session, engine: Engine, today: date) -> None:
        self._session = session
        self._engine = engine
        self._today = today

    def settle(self, owner: CaseFile | Matter, facts: CaseFacts | MatterFacts) -> Settled:
        """Start, meet, move, reopen and end the duties of a case or a matter.

        A duty whose clock did not change keeps its due day, whatever the rules say now.
        """
        stored = {(duty.rule, duty.subject): duty for duty in self._session.exec(_duties_of(owner))}
        settled = Settled()
        for clock in self._engine.clocks(facts):
            duty = stored.pop((clock.rule.id, clock.subject), None)
            if duty is None:
                duty = self._start(owner, clock, settled)
            else:
                self._wind_again(duty, clock, settled)
            if not duty.is_waived:
                self._meet_or_end(duty, clock, settled)
        for duty in stored.values():
            if not _is_cancelled(duty):
                self._end(duty, self._today, NO_LONGER, settled)
        return settled

    def _start(self, owner: CaseFile | Matter, clock: Clock, settled: Settled) -> Duty:
        counted = self._engine.due(clock)
        original = self._engine.due(replace(clock, extended_by=None))
        case_id, matter_id = (
            (owner.case_id, owner.id) if isinstance(owner, Matter) else (owner.id, None)
        )
        duty = Duty(
            case_id=case_id,
            matter_id=matter_id,
            original_due_on=original.on,
            **_identity(clock),
        )
        apply_due(duty, counted)
        self._session.add(duty)
        self._session.flush()
        if not clock.ended_on:
            settled.started.append(duty.id)
        return duty

    def _wind_again(self, duty: Duty, clock: Clock, settled: Settled) -> None:
        """Count a clock that changed, or that runs again: the calendar may have changed since.

        The first due day is kept beside it.
        """
        runs_again = _is_over(duty) and not (clock.met_on or clock.ended_on)
        if not runs_again and not _clock_changed(duty, clock):
            return
        before, was_assumed = (duty.due_on, duty.due_at), duty.assumed_start
        for name, value in clock.stored().items():
            setattr(duty, name, value)
        apply_due(duty, self._engine.due(clock))
        if clock.extended_by:  # beside an extension stands what would be due without it
            duty.original_due_on = self._engine.due(replace(clock, extended_by=None)).on
        if before != (duty.due_on, duty.due_at) or (was_assumed and not clock.assumed_start):
            settled.moved.append((duty.id, before[0].isoformat() if before[0] else None))

    def _meet_or_end(self, duty: Duty, clock: Clock, settled: Settled) -> None:
        was_over, was_met = _is_over(duty), duty.met_on is not None
        duty.met_on, duty.met_at = clock.met_on, clock.met_at
        if clock.ended_on:
            if not _is_cancelled(duty):
                self._end(duty, clock.ended_on, clock.why_ended, settled)
            return
        duty.cancelled_on = duty.cancel_reason = None
        if clock.met_on and not was_met:
            settled.met.append(duty.id)
        elif was_over and not clock.met_on:
            settled.reopened.append(duty.id)

    def _end(self, duty: Duty, on: date, reason: str, settled: Settled) -> None:
        duty.met_on = duty.met_at = None
        duty.cancelled_on, duty.cancel_reason = on, reason
        settled.ended.append(duty.id)


def _duties_of(owner: CaseFile | Matter) -> SelectOfScalar[Duty]:
    """What is asked because of a case hangs on its own matter, and is not the case's own."""
    if isinstance(owner, Matter):
        return select(Duty).where(Duty.matter_id == owner.id)
    return select(Duty).where(Duty.case_id == owner.id, col(Duty.matter_id).is_(None))


def apply_due(duty: Duty, counted: Due) -> None:
    """Give a duty the day that was counted."""
    duty.due_on, duty.due_at, duty.provisional = counted.on, counted.at, counted.provisional


def _identity(clock: Clock) -> dict[str, Any]:
    return {"rule": clock.rule.id, "subject": clock.subject} | clock.stored()


def _is_over(duty: Duty) -> bool:
    return duty.met_on is not None or duty.cancelled_on is not None


def _is_cancelled(duty: Duty) -> bool:
    """Whether it stands cancelled for a reason; one that was just restored has none left."""
    return duty.cancelled_on is not None and duty.cancel_reason is not None


def _clock_changed(duty: Duty, clock: Clock) -> bool:
    return any(
        getattr(duty, name) != value
        for name, value in clock.stored().items()
        if name not in COUNTED_BY
    )
