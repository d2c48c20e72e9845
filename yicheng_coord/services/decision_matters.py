"""What follows from a decision goes by its day: copies (I, 三（四）), letters (R, 四（三）), enforcement."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import select

from yicheng_coord.policy.sequence import Fact, matter_contradictions
from yicheng_coord.services.matters import decision_of, happenings_of
from yicheng_coord.services.register import Register
from yicheng_coord.store.models import CaseFile, Decision, Happening, Matter

DECIDED = ("penalty.decided", "execution.decided")
"""The decision, as the matters that follow from it tell of it."""


def move_decision(
    register: Register, decision: Decision, column: str, on: date
) -> list[tuple[Fact, Fact]]:
    """Move a day of a decision, and what is the same day seen from a copy or a letter.

    Returns:
        What would contradict itself then, in what follows from the decision.

    """
    case = register.session.get_one(CaseFile, decision.case_id)
    sender = register.facts(case).first_sender_for(decision.decided_by)
    of_case = register.session.exec(select(Matter).where(Matter.case_id == case.id)).all()
    matters = [one for one in of_case if decision_of(one) == decision.ordinal]
    known = _contradictions(register, matters)
    before = getattr(decision, column)
    setattr(decision, column, on)
    for matter in matters:
        for happening in happenings_of(register, matter):
            if happening.happened_on == before and _is_same(happening, column, sender):
                happening.happened_on = on
    return [one for one in _contradictions(register, matters) if one not in known]


def _contradictions(register: Register, matters: Sequence[Matter]) -> list[tuple[Fact, Fact]]:
    return [
        one for matter in matters for one in matter_contradictions(register.matter_facts(matter))
    ]


def _is_same(happening: Happening, column: str, sender: str | None) -> bool:
    if column == "decided_on":
        return happening.event in DECIDED
    is_copy_of_sender = happening.event == "info.shared" and happening.unit == sender
    return column == "notified_on" and is_copy_of_sender
