"""需配合执行的, 四（三）: a decision opens the request, the letter within five working days meets it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from yicheng_coord.errors import RefusedError
from yicheng_coord.policy.matters import BUREAU, REQUEST_NAMES
from yicheng_coord.services.matters import (
    DoneAlreadyError,
    NewMatter,
    decision_of,
    matters_of_case,
    open_matter,
    record,
    ref_of,
)
from yicheng_coord.services.register import Register
from yicheng_coord.store.models import CaseFile, Decision, Matter
from yicheng_coord.vocabulary import Outcome, RequestKind, Secrecy

_EXECUTION = RequestKind.EXECUTION


class NoDecisionError(RefusedError):
    """Help with execution is asked for what was decided."""

    def __init__(self, number: str, document: str) -> None:
        where = f"{number} 没有" if number else "没有写明案件（--case），也就没有"
        super().__init__(
            f"不能函告配合执行：{where}区综合行政执法局的处罚决定（{document} 四（三））。",
            f"先登记决定：coord case decide {number or '编号'} --outcome 处罚 --execution-by 单位",
        )


@dataclass(frozen=True, slots=True)
class Letter:
    """What the letter says."""

    text: str | None
    number: str | None
    on: date
    secrecy: Secrecy


def open_execution(
    register: Register, case: CaseFile, decision: Decision, units: Sequence[str]
) -> Matter:
    """Register whose help a decision of the bureau needs: the five days of the letter begin."""
    new = NewMatter(
        letter="R",
        kind=_EXECUTION.value,
        title=f"{case.title}{REQUEST_NAMES[_EXECUTION]}",
        owner=decision.decided_by,
        parties=[("asked", unit) for unit in units],
        case_id=case.id,
        details={"decision": decision.ordinal},
    )
    matter = open_matter(register, new)
    record(register, matter, "execution.decided", decision.decided_on)
    return matter


def send_execution(
    register: Register, case: CaseFile | None, units: Sequence[str], letter: Letter
) -> list[Matter]:
    """Record the letters that a decision needs, which meets the five days of each.

    A unit that the decision did not name is added: the five days count from the decision too.

    Raises:
        NoDecisionError: the bureau has punished nobody in this case.
        DoneAlreadyError: the letter was sent.

    """
    decision = _last_penalty(register, case) if case else None
    if case is None or decision is None:
        raise NoDecisionError(case.number if case else "", register.policy.number)
    waiting = {unit: _waiting(register, case, decision, unit) for unit in units}
    unnamed = [unit for unit, matter in waiting.items() if matter is None]
    added = open_execution(register, case, decision, unnamed) if unnamed else None
    touched: dict[int, Matter] = {}
    for unit, matter in waiting.items():
        about = matter or added
        if about is None:
            raise AssertionError
        record(register, about, "request.sent", letter.on, unit=unit, document=letter.number,
               text=letter.text)  # fmt: skip
        about.text = about.text or letter.text
        if letter.secrecy is not Secrecy.NONE:
            about.secrecy = letter.secrecy.value
        touched[about.id] = about
    return list(touched.values())


def _last_penalty(register: Register, case: CaseFile) -> Decision | None:
    penalties = select(Decision).where(
        Decision.case_id == case.id,
        Decision.decided_by == BUREAU,
        Decision.outcome == Outcome.PENALTY.value,
    )
    return register.session.exec(penalties.order_by(col(Decision.ordinal).desc())).first()


def _waiting(register: Register, case: CaseFile, decision: Decision, unit: str) -> Matter | None:
    """Return the request that waits for the letter to a unit, oldest first; None: not named."""
    done: DoneAlreadyError | None = None
    for matter in matters_of_case(register, case.id, "R", _EXECUTION):
        facts = register.matter_facts(matter)
        if unit not in facts.units("asked"):
            continue
        sent = facts.of("request.sent", unit)
        if sent is None:
            return matter
        if decision_of(matter) == decision.ordinal:
            name = register.unit_name(unit)
            done = DoneAlreadyError(ref_of(matter), "request.sent", name, sent.on)
    if done:
        raise done
    return None
