"""处理决定: made, told to the first sender, and the case closed (二（二）2, 三（四）, 四（三）)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import select

from yicheng_coord.errors import RefusedError
from yicheng_coord.policy.facts import BUREAU, CaseFacts, usual_copies
from yicheng_coord.policy.lifecycle import next_step, standing
from yicheng_coord.policy.referrals import Referral
from yicheng_coord.policy.sequence import named
from yicheng_coord.queries.duties import of_case
from yicheng_coord.queries.recorded import Recorded
from yicheng_coord.services.cases import EmptyTextError, last_withdrawn_on
from yicheng_coord.services.competence import check_there
from yicheng_coord.services.executions import open_execution
from yicheng_coord.services.information import copied_too, penalty_copies
from yicheng_coord.services.matters import record
from yicheng_coord.services.order import check_order
from yicheng_coord.services.penalty_terms import unfinished
from yicheng_coord.services.register import Register
from yicheng_coord.services.state import NotNowError, decided_instead, require
from yicheng_coord.store.models import CaseFile, Decision
from yicheng_coord.vocabulary import CaseStatus as Status
from yicheng_coord.vocabulary import Outcome


class NotYoursToDecideError(RefusedError):
    """A case that belongs to another unit is sent, not decided."""

    def __init__(self, number: str, name: str, document: str, hint: str) -> None:
        super().__init__(
            f"不能登记处理决定：{number} 已认定由{name}管辖，应当移送（{document} 二（二）1）。",
            hint,
        )


class CopiesError(RefusedError):
    """Who gets a copy of the penalty contradicts itself."""


class StillMissingError(RefusedError):
    """A case is closed only when nothing is missing; all of it is named."""

    def __init__(self, number: str, missing: list[str], hint: str) -> None:
        super().__init__(f"不能办结：{number} 还缺：{'；'.join(missing)}。", hint)


@dataclass(frozen=True, slots=True)
class NewDecision:
    """The facts of a decision; units by code.

    Attributes:
        copy_to: whom the penalty is copied to; none named: the first sender.
        no_copy_reason: why it is copied to no one.
        execution_by: the units whose help its execution needs.

    """

    outcome: Outcome
    text: str | None = None
    party: str | None = None
    number: str | None = None
    copy_to: Sequence[str] = ()
    no_copy_reason: str | None = None
    execution_by: Sequence[str] = ()


def decide(register: Register, ref: str, new: NewDecision, on: date) -> Recorded:
    """Record the decision of the unit that holds the case.

    Starts the three days to tell the first sender (二（二）2); a penalty of 执法局 also the five
    days of its copies (三（四）), and help with execution the five days of the letter (四（三）).
    """
    case = register.case(ref)
    require(register, case, "decide", on)
    facts = register.facts(case)
    decider = standing(facts).holder or case.found_by
    _check_jurisdiction(register, case, facts)
    check_order("决定日期", on, register.today, after=follows(facts))
    withdrawn_on = last_withdrawn_on(facts)
    check_order("决定日期", on, register.today, after=("撤回日期", withdrawn_on))
    check_order("决定日期", on, register.today, after=("公安机关退回日期", facts.came_back_on))
    copies = _copies(facts, decider, new)
    for unit in (*new.copy_to, *new.execution_by):
        check_there(register, unit, on)
    ordinal = len(facts.verdicts) + 1
    decision = _made(register, Decision(case_id=case.id, ordinal=ordinal, decided_by=decider,
                                        decided_on=on, outcome=new.outcome.value), new)  # fmt: skip
    if copies:
        penalty_copies(register, case, decision, copies)
    if new.execution_by:
        open_execution(register, case, decision, new.execution_by)
    name = register.unit_name(decider)
    return register.recorded(
        case,
        facts={
            "type": "decision",
            "ref": case.number,
            "by": decider,
            "outcome": new.outcome.value,
            "decided_on": on.isoformat(),
        },
        headline=f"已登记处理决定：{case.number} {case.title}　{name}：{new.outcome}（{on}）",
        warnings=[
            *_uncopied(register, decider, new, copies),
            *(words for one, words in decided_instead(register, case) if one[0] == ordinal),
        ],
    )


def _made(register: Register, decision: Decision, new: NewDecision) -> Decision:
    for name in ("text", "party", "number", "no_copy_reason"):
        setattr(decision, name, getattr(new, name))
    register.session.add(decision)
    register.session.flush()
    return decision


def _check_jurisdiction(register: Register, case: CaseFile, facts: CaseFacts) -> None:
    if facts.standing is None and facts.is_disclaimed:
        hint = f"下一步：coord transfer send {register.ref(case)} --to {case.competent}"
        name = register.unit_name(case.competent)
        raise NotYoursToDecideError(case.number, name, register.policy.number, hint)


def follows(facts: CaseFacts) -> tuple[str, date | None]:
    """Return what an act of the unit that holds the case cannot lie before."""
    leg = facts.standing
    if leg:
        return "受理日期", leg.answered_on
    return (
        ("认定日期", facts.determined_on) if facts.determined_on else ("发现日期", facts.found_on)
    )


def _copies(facts: CaseFacts, decider: str, new: NewDecision) -> Sequence[str]:
    is_penalty = decider == BUREAU and new.outcome is Outcome.PENALTY
    if new.copy_to and new.no_copy_reason is not None:
        raise CopiesError("--copy-to 与 --no-copy 不能并用。")
    if (new.copy_to or new.no_copy_reason is not None) and not is_penalty:
        raise CopiesError(
            "只有区综合行政执法局的处罚决定须抄送（三（四）），--copy-to、--no-copy 不适用。"
        )
    if new.execution_by and not is_penalty:
        raise CopiesError(
            "只有区综合行政执法局的处罚决定须函告配合执行（四（三）），--execution-by 不适用。"
        )
    if new.no_copy_reason is not None and not new.no_copy_reason.strip():
        raise EmptyTextError("不抄送的理由（--reason）")
    if decider in new.copy_to or decider in new.execution_by:
        raise CopiesError("抄送和配合执行的单位不能是作出决定的单位自己。")
    if not is_penalty or new.no_copy_reason is not None:
        return ()
    return tuple(dict.fromkeys(new.copy_to)) or usual_copies(facts, decider, new.outcome)


def _uncopied(
    register: Register, decider: str, new: NewDecision, copies: Sequence[str]
) -> list[str]:
    is_due = decider == BUREAU and new.outcome is Outcome.PENALTY and new.no_copy_reason is None
    if copies or not is_due:
        return []
    clause = f"{register.policy.number} 三（四）"
    return [f"处罚决定应于五日内抄送相关单位（{clause}），没有原移送单位，也没有写明 --copy-to"]


def notify(register: Register, ref: str, *, on: date) -> Recorded:
    """Record that the first sender was told of the result in writing (二（二）2).

    A penalty copy that goes to the first sender is met by it too (三（四）).
    """
    case = register.case(ref)
    require(register, case, "notify")
    facts = register.facts(case)
    decider = _to_tell_of(facts)
    sender = facts.first_sender_for(decider) if decider else None
    if sender is None:
        raise NotNowError(
            f"不能通报处理结果：{case.number} 没有待通报的处理决定，或没有原移送单位。",
            f"下一步：{next_step(facts, register.ref(case))}",
        )
    untold = select(Decision).where(
        Decision.case_id == case.id,
        Decision.notified_on == None,  # noqa: E711 – SQL
    )
    for decision in register.session.exec(untold).all():
        check_order("通报日期", on, register.today, after=("决定日期", decision.decided_on))
        decision.notified_on = on
    for referral in facts.untold:
        record(register, register.matter(referral.ref), "decision.notified", on)
    copied_too(register, case, sender, on)
    name = register.unit_name(sender)
    return register.recorded(
        case,
        facts={
            "type": "notification",
            "ref": case.number,
            "to": sender,
            "notified_on": on.isoformat(),
        },
        headline=f"已书面通报原移送单位：{case.number} {case.title}　{name}（{on}）",
    )


def _to_tell_of(facts: CaseFacts) -> str | None:
    """Return whose sending to the police, or decision, the first sender is still to be told of."""
    if facts.untold:
        return facts.untold[-1].holder
    return facts.untold_verdict.decided_by if facts.untold_verdict else None


def close(register: Register, ref: str, *, on: date) -> Recorded:
    """Close a case of which nothing is missing.

    Raises:
        StillMissingError: naming everything that is.

    """
    case = register.case(ref)
    facts = register.facts(case)
    status = standing(facts).status
    if status in (Status.CLOSED, Status.VOID):
        require(register, case, "close")
    missing = [*_missing(facts, status), *unfinished(register, case)]
    if missing:
        hint = f"查看：coord case show {register.ref(case)}"
        raise StillMissingError(case.number, missing, hint)
    check_order("办结日期", on, register.today, after=_last_step(facts))
    case.closed_on = on
    return register.recorded(
        case,
        facts={"type": "closing", "ref": case.number, "closed_on": on.isoformat()},
        headline=f"已办结：{case.number} {case.title}（{on}）",
        warnings=_unfinished(register, case.id, facts),
    )


def _last_step(facts: CaseFacts) -> tuple[str, date]:
    told = (("通报日期", one.notified_on) for one in facts.verdicts)
    decided = (("决定日期", one.decided_on) for one in facts.verdicts)
    referred = (named(one) for referral in facts.referrals for one in referral.before_closing)
    known = [(name, on) for name, on in (*decided, *told, *referred) if on]
    return max(known, key=lambda one: one[1])


def _missing(facts: CaseFacts, status: Status) -> list[str]:
    missing = {
        Status.REGISTERED: ["认定管辖并移送"] if facts.is_disclaimed else [],
        Status.SENT: ["接收单位的反馈意见"],
        Status.RECEIVED: ["接收单位的反馈意见"],
        Status.DECLINED: ["报请区人民政府决定", "区人民政府的指定", "被指定单位受理"],
        Status.REFERRED: ["区人民政府的指定", "被指定单位受理"],
        Status.ASSIGNED: ["被指定单位受理"],
    }.get(status, [])
    if facts.unsettled:
        missing.append(f"公安机关一节：{_police_owe(facts.unsettled)}（六（二）：不得以罚代刑）")
    is_filed = facts.with_police is not None and facts.with_police.is_filed
    if not facts.verdicts and not is_filed:
        missing.append("处理决定")
    if facts.untold or facts.untold_verdict or (not is_filed and _is_to_be_told(facts)):
        missing.append("书面通报原移送单位")
    return missing


def _police_owe(referral: Referral) -> str:
    if not referral.is_pending:
        return "立案或者不予立案的答复"
    return "移送公安机关" if referral.of("crime.approved") else "批准或者不批准移送"


def _is_to_be_told(facts: CaseFacts) -> bool:
    """Whether the decision that is lacking will have to be told to a first sender."""
    decider = facts.standing.receiver if facts.standing else facts.finder
    return not facts.verdicts and facts.first_sender_for(decider) is not None


def _unfinished(register: Register, case_id: int, facts: CaseFacts) -> list[str]:
    waiting = [
        register.unit_name(unit)
        for verdict in facts.verdicts
        for unit, done_on in (*verdict.copies, *verdict.executors)
        if done_on is None
    ]
    waiting += [
        register.unit_name(duty.row["owed_to"])
        for duty in of_case(register.reading, case_id)
        if duty.is_open and duty.row["rule"] in ("info.penalty", "request.execution")
    ]
    return [f"抄送或函告尚未完成：{'、'.join(waiting)}"] if waiting else []
