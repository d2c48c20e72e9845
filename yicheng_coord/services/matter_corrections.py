"""Putting the date of something right that happened to a matter (I, R, H, Q …)."""

from datetime import date

from yicheng_coord.errors import InputError, RefusedError
from yicheng_coord.policy.events import EVENTS
from yicheng_coord.policy.sequence import matter_contradictions
from yicheng_coord.queries.matters import is_matter_ref
from yicheng_coord.queries.recorded import Recorded
from yicheng_coord.services.cases import EmptyTextError
from yicheng_coord.services.corrections import (
    ContradictionError,
    NotRecordedError,
    SameDateError,
    contradiction_in_words,
    correct,
)
from yicheng_coord.services.decision_matters import DECIDED
from yicheng_coord.services.matters import (
    decision_of,
    happenings_of,
    last_day_of,
    parties_of,
    ref_of,
)
from yicheng_coord.services.order import check_order
from yicheng_coord.services.register import Register
from yicheng_coord.store.models import CaseFile, Happening, Matter
from yicheng_coord.vocabulary import Fact


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


def correct_any(
    register: Register, ref: str, fact: Fact, *, on: date, reason: str, unit: str | None = None
) -> Recorded:
    """Correct the date of a recorded fact of a case or of a matter; see `correct`."""
    if is_matter_ref(ref):
        return correct_matter(register, ref, fact, on=on, reason=reason, unit=unit)
    if unit:
        raise NoPartiesError
    return correct(register, ref, fact, on=on, reason=reason)


def correct_matter(
    register: Register, ref: str, fact: Fact, *, on: date, reason: str, unit: str | None = None
) -> Recorded:
    """Correct the date of what happened; every duty that hangs on it is counted anew.

    Of several the latest; `unit` names the party that is meant. What happened to several parties
    at once is several facts.

    Raises:
        NotRecordedError, SameDateError: nothing to correct.
        FutureFactError, TooEarlyError, ContradictionError: the new date does not fit.

    """
    if not reason.strip():
        raise EmptyTextError("更正理由（--reason）")
    matter = register.matter(ref)
    happening = _happening(register, matter, fact, unit)
    if happening.event in DECIDED and decision_of(matter) and matter.case_id:
        raise OfItsCaseError(register, matter, matter.case_id)
    name = f"{EVENTS[happening.event].short}日期"
    check_order(name, on, last_day_of(register, happening.event))
    before = happening.happened_on
    if before == on:
        raise SameDateError(ref_of(matter), name, on)
    known = matter_contradictions(register.matter_facts(matter))
    happening.happened_on = on
    found = [
        one for one in matter_contradictions(register.matter_facts(matter)) if one not in known
    ]
    if found:
        raise ContradictionError(ref_of(matter), [contradiction_in_words(one) for one in found])
    return register.recorded(
        matter,
        facts={"type": "correction", "ref": ref_of(matter), "fact": fact.value,
               "on": on.isoformat(), "before": before.isoformat(), "reason": reason},
        headline=f"已更正：{ref_of(matter)}　{name} {before} → {on}（{reason}）",
    )  # fmt: skip


def _happening(register: Register, matter: Matter, fact: Fact, unit: str | None) -> Happening:
    if unit:
        parties_of(register, matter, [unit])
    for happening in reversed(happenings_of(register, matter)):
        is_it = happening.event.rpartition(".")[2] == fact.value
        if is_it and unit in (None, happening.unit):
            return happening
    raise NotRecordedError(ref_of(matter), f"这个日期（{fact.value}）")
