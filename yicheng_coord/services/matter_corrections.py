"""Putting the date of something right that happened to a matter (I, R, H, Q …)."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, select

from yicheng_coord.dates import When
from yicheng_coord.errors import InputError, RefusedError
from yicheng_coord.policy.events import EVENTS
from yicheng_coord.policy.matters import LETTERS, NAMED_BY_CASE
from yicheng_coord.policy.sequence import contradictions, matter_contradictions
from yicheng_coord.queries.matters import is_matter_ref
from yicheng_coord.queries.recorded import Recorded
from yicheng_coord.services.cases import EmptyTextError
from yicheng_coord.services.corrections import (
    ContradictionError,
    NotRecordedError,
    SameDateError,
    contradiction_in_words,
    correct,
    is_on_record,
)
from yicheng_coord.services.decision_matters import DECIDED
from yicheng_coord.services.matters import (
    decision_of,
    happenings_of,
    last_day_of,
    parties_of,
    ref_of,
)
from yicheng_coord.services.meeting_corrections import (
    check_is_not_its_meetings,
    correct_due,
    is_not_owed_yet,
    move_with_meeting,
    of_that_meeting,
    said_otherwise,
)
from yicheng_coord.services.order import check_order
from yicheng_coord.services.register import Register
from yicheng_coord.services.state import decided_instead
from yicheng_coord.store.models import CaseFile, Happening, Matter
from yicheng_coord.vocabulary import ALSO_CALLED, Fact


class OfItsCaseError(RefusedError):
    """The day of a decision is put right where the decision is."""

    def __init__(self, register: Register, matter: Matter, case_id: int) -> None:
        case = register.ref(register.session.get_one(CaseFile, case_id))
        super().__init__(
            f"{ref_of(matter)} 的决定日期就是案件 {case} 的决定日期，应在案件中更正。",
            f"更正：coord correct {case} decided --on 日期 --reason 理由",
        )


class NoPartiesError(InputError):
    """A case has no parties to choose from."""

    def __init__(self) -> None:
        super().__init__("--unit 只用于 I、R 等事项，案件不用。")


class NoTimeError(InputError):
    """What a case has of its own is a day."""

    def __init__(self) -> None:
        super().__init__("这个事实只记日期，不记时刻。")


def correct_any(
    register: Register, ref: str, fact: Fact, *, when: When, reason: str, unit: str | None = None
) -> Recorded:
    """Correct the date of a recorded fact of a case or of a matter; see `correct`.

    What a case itself has no such fact of may be one of what is named by the case: its way to
    the police, its enforcement.
    """
    if is_matter_ref(ref):
        return correct_matter(register, ref, fact, when=when, reason=reason, unit=unit)
    if unit:
        raise NoPartiesError
    if not is_on_record(register, ref, fact) and (own := _own_matter(register, ref, fact)):
        return correct_matter(register, own, fact, when=when, reason=reason)
    if when.at:
        raise NoTimeError
    return correct(register, ref, fact, on=when.on, reason=reason)


def _own_matter(register: Register, ref: str, fact: Fact) -> str | None:
    """Return the newest matter that is named by the case and has such a fact."""
    case = register.case(ref)
    wanted = select(Matter).where(Matter.case_id == case.id, col(Matter.letter).in_(NAMED_BY_CASE))
    for matter in register.session.exec(wanted.order_by(col(Matter.id).desc())).all():
        if any(_is(one, fact) for one in happenings_of(register, matter)):
            return ref_of(matter)
    return None


def correct_matter(
    register: Register, ref: str, fact: Fact, *, when: When, reason: str, unit: str | None = None
) -> Recorded:
    """Correct the date of what happened; every duty that hangs on it is counted anew.

    A day alone leaves the time of day as it was.

    Of several the latest; `unit` names the party that is meant. What happened to several parties
    at once is several facts.

    Raises:
        NotRecordedError, SameDateError: nothing to correct.
        FutureFactError, TooEarlyError, ContradictionError: the new date does not fit.

    """
    if not reason.strip():
        raise EmptyTextError("更正理由（--reason）")
    matter = register.matter(ref)
    if ALSO_CALLED.get(fact, fact) is Fact.SET and is_not_owed_yet(register, matter):
        return correct_due(register, matter, when=when, reason=reason)
    happening = _happening(register, matter, fact, unit)
    if happening.event in DECIDED and decision_of(matter) and matter.case_id:
        raise OfItsCaseError(register, matter, matter.case_id)
    check_is_not_its_meetings(register, matter, happening)
    if EVENTS[happening.event].is_plan:
        when = when.near(happening.happened_on)
    name, on = _day_of(happening), when.on
    check_order(name, on, last_day_of(register, happening.event))
    before = When(happening.happened_on, happening.happened_at)
    after = _with_time(when, before)
    if before == after:
        raise SameDateError(ref_of(matter), name, on)
    case = register.session.get(CaseFile, matter.case_id) if matter.case_id else None
    known = set(decided_instead(register, case))
    touched = _moved(register, matter, happening, after)
    return register.recorded(
        matter,
        *touched,
        facts={"type": "correction", "ref": ref_of(matter), "fact": fact.value,
               "on": on.isoformat(), "before": before.on.isoformat(), "reason": reason},
        headline=f"已更正：{ref_of(matter)}　{name} {before} → {after}（{reason}）",
        warnings=[*said_otherwise(register, matter, happening, before.on),
                  *(said for one, said in decided_instead(register, case)
                    if (one, said) not in known)],
    )  # fmt: skip


def _day_of(happening: Happening) -> str:
    return f"{EVENTS[happening.event].short}日期"


def _moved(
    register: Register, matter: Matter, happening: Happening, to: When
) -> list[CaseFile | Matter]:
    """Move what happened, and what moves with it; return what else that touches.

    Raises:
        ContradictionError: that brings about what cannot have been.

    """
    case = register.session.get(CaseFile, matter.case_id) if matter.case_id else None
    before, with_it = happening.happened_on, of_that_meeting(register, matter, happening)
    others = list({one.id: one for one, _ in with_it}.values())
    known = _contradictions(register, matter, case, others)
    _move(register, matter, happening, to)
    move_with_meeting(matter, happening, with_it, before)
    found = [one for one in _contradictions(register, matter, case, others) if one not in known]
    if found:
        raise ContradictionError(ref_of(matter), found)
    return [*others, *([case] if case else [])]


def _move(register: Register, matter: Matter, happening: Happening, to: When) -> None:
    for one in happenings_of(register, matter):
        is_with_it = one.event in LETTERS[matter.letter].together.get(happening.event, ())
        if is_with_it and one.happened_on == happening.happened_on:
            one.happened_on = to.on
    happening.happened_on, happening.happened_at = to.on, to.at


def _with_time(when: When, before: When) -> When:
    if when.at is None and before.at is not None:
        return When(when.on, datetime.combine(when.on, before.at.time()))
    return when


def _contradictions(
    register: Register, matter: Matter, case: CaseFile | None, others: Sequence[Matter]
) -> list[str]:
    """Say what does not fit within the matter, between it and its case, or in those with it."""
    of_case = contradictions(register.facts(case)) if case else []
    own = [*matter_contradictions(register.matter_facts(matter)), *of_case]
    return [
        *map(contradiction_in_words, own),
        *(
            f"{ref_of(other)} 的{contradiction_in_words(one)}"
            for other in others
            for one in matter_contradictions(register.matter_facts(other))
        ),
    ]


def _happening(register: Register, matter: Matter, fact: Fact, unit: str | None) -> Happening:
    for happening in reversed(happenings_of(register, matter)):
        if _is(happening, fact) and unit in (None, happening.unit):
            return happening
    if unit:
        parties_of(register, matter, [unit])
    raise NotRecordedError(ref_of(matter), f"这个日期（{fact.value}）", "history")


def _is(happening: Happening, fact: Fact) -> bool:
    return happening.event.rpartition(".")[2] == ALSO_CALLED.get(fact, fact)
