"""What follows from a decision: its copies (I, 三（四）) and its letters (R, 四（三）) go by its day."""

from datetime import date

from sqlmodel import select

from yicheng_coord.policy.sequence import Fact, matter_contradictions
from yicheng_coord.services.matters import decision_of, happenings_of
from yicheng_coord.services.register import Register
from yicheng_coord.store.models import CaseFile, Decision, Happening, Matter

DECIDED = ("penalty.decided", "execution.decided")
"""The decision, as the matters that follow from it tell of it."""


def follow_decision(
    register: Register, decision: Decision, column: str, before: date, on: date
) -> list[tuple[Fact, Fact]]:
    """Move what is the same day seen from a copy or a letter.

    Returns:
        What would contradict itself then.

    """
    case = register.session.get_one(CaseFile, decision.case_id)
    sender = register.facts(case).first_sender_for(decision.decided_by)
    found = []
    for matter in register.session.exec(select(Matter).where(Matter.case_id == case.id)).all():
        if decision_of(matter) != decision.ordinal:
            continue
        known = matter_contradictions(register.matter_facts(matter))
        for happening in happenings_of(register, matter):
            if happening.happened_on == before and _is_same(happening, column, sender):
                happening.happened_on = on
        now = matter_contradictions(register.matter_facts(matter))
        found += [one for one in now if one not in known]
    return found


def _is_same(happening: Happening, column: str, sender: str | None) -> bool:
    if column == "decided_on":
        return happening.event in DECIDED
    is_copy_of_sender = happening.event == "info.shared" and happening.unit == sender
    return column == "notified_on" and is_copy_of_sender
