"""Counting open duties anew, after the calendar changed."""

from collections.abc import Iterator, Sequence
from datetime import date

from sqlmodel import col, select

from yicheng_coord.duties import Engine, Timed
from yicheng_coord.queries.duties import Duty as DutyView
from yicheng_coord.queries.duties import by_ids
from yicheng_coord.services.register import Register
from yicheng_coord.services.settling import apply_due
from yicheng_coord.store.models import Duty, Happening, Matter
from yicheng_coord.vocabulary import Kind, Roll


def recount_open(
    register: Register, since: date, before_change: Engine
) -> list[tuple[DutyView, str | None]]:
    """Count open duties due since a day anew, after the calendar changed.

    Only what the calendar moves is moved: a changed pack does not rewrite running duties.

    Returns:
        The duties whose due day moved, with the day before.

    """
    open_since = select(Duty).where(
        col(Duty.met_on).is_(None), col(Duty.cancelled_on).is_(None), col(Duty.due_on) >= since
    )
    duties = register.session.exec(open_since.order_by(col(Duty.due_on), col(Duty.id))).all()
    before = {duty.id: duty.due_on for duty in duties}
    for duty in duties:
        clock = _timed(register, duty)
        counted, was = register.engine.due(clock), before_change.due(clock)
        duty.provisional = counted.provisional
        if (counted.on, counted.at) != (was.on, was.at):
            apply_due(duty, counted)
    register.settle(*_extended(register, duties))
    moved = [
        (duty.id, was_on.isoformat() if was_on else None)
        for duty in duties
        if (was_on := before[duty.id]) != duty.due_on
    ]
    register.session.flush()
    views = {view.row["id"]: view for view in by_ids(register.reading, [one for one, _ in moved])}
    return [(views[number], before) for number, before in moved]


def _extended(register: Register, duties: Sequence[Duty]) -> Iterator[Matter]:
    """Yield what an extension was told of: whether in time hangs on the calendar too."""
    for number in sorted({duty.matter_id for duty in duties if duty.matter_id}):
        told = select(Happening.id).where(
            Happening.matter_id == number, Happening.event == "request.extended"
        )
        if register.session.exec(told).first() is not None:
            yield register.session.get_one(Matter, number)


def _timed(register: Register, duty: Duty) -> Timed:
    kind, roll = Kind(duty.kind), Roll(duty.roll)
    rule = register.policy.counted_as(duty.rule, duty.rule_version, kind, duty.days, roll)
    return Timed(
        rule, duty.started_on, duty.started_at, duty.urgent, duty.urgent_on, duty.extended_by
    )
