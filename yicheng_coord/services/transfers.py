"""案件移送, 二（二）: sent, received, answered, referred to 区政府, assigned; or withdrawn."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import select

from yicheng_coord.errors import RefusedError
from yicheng_coord.policy.facts import Answer
from yicheng_coord.queries.numbers import PaperKey
from yicheng_coord.queries.recorded import Recorded
from yicheng_coord.services.cases import ClosedCaseError, EmptyTextError
from yicheng_coord.services.competence import check_competent
from yicheng_coord.services.materials import materials_note
from yicheng_coord.services.numbering import twice_used
from yicheng_coord.services.order import check_order
from yicheng_coord.services.register import Register
from yicheng_coord.services.state import NotNowError, require
from yicheng_coord.store.models import CaseFile, Transfer
from yicheng_coord.vocabulary import Letter


class WrongReceiverError(RefusedError):
    """A unit that this case cannot be sent to."""


class NoReasonError(RefusedError):
    """无正当理由，不得拒绝接受: a decline carries its reason."""

    def __init__(self, document: str) -> None:
        super().__init__(
            f"不受理须写明理由：无正当理由，不得拒绝接受（{document} 二（二）2）。",
            "加上 --reason 理由",
        )


def send(
    register: Register,
    ref: str,
    *,
    to: str,
    on: date,
    number: str | None = None,
    reason: str | None = None,
    basis: str | None = None,
    urgent: bool = False,
    urgent_on: date | None = None,
) -> Recorded:
    """Record that the finder sent the case, in its own name, one case one transfer.

    Starts the three days of the answer (二（二）2), counted from the day sent until the receipt
    is recorded; meets the three days to send (二（二）1), starting them where no determination is
    on record.
    """
    case = register.case(ref)
    require(register, case, "send")
    _check_receiver(register, case, to, on)
    legs = legs_of(register, case)
    _check_sent_on(register, case, to, on, legs)
    if urgent or urgent_on:
        _make_urgent(register, case, on, urgent_on)
    register.session.add(
        Transfer(
            case_id=case.id,
            leg=len(legs) + 1,
            sender=case.found_by,
            receiver=to,
            sent_on=on,
            number=number,
            reason=reason,
            basis=basis,
        )
    )
    key = PaperKey(Letter.TRANSFER.value, case.id)
    return _sent(register, case, to, on, twice_used(register, key, number))


def _sent(
    register: Register, case: CaseFile, to: str, on: date, warnings: Sequence[str]
) -> Recorded:
    route = f"{register.unit_name(case.found_by)} → {register.unit_name(to)}"
    return register.recorded(
        case,
        facts={
            "type": "transfer",
            "ref": case.number,
            "from": case.found_by,
            "to": to,
            "sent_on": on.isoformat(),
        },
        headline=f"已移送：{case.number} {case.title}　{route}（{on}）",
        notes=materials_note(register, case),
        warnings=warnings,
        next_command=f"coord letter transfer {register.ref(case)} --out 目录",
    )


def _check_sent_on(
    register: Register, case: CaseFile, to: str, on: date, legs: list[Transfer]
) -> None:
    determined = ("认定日期", case.determined_on) if case.competent == to else None
    withdrawn_on = max((leg.withdrawn_on for leg in legs if leg.withdrawn_on), default=None)
    for after in (
        ("发现日期", case.found_on),
        determined,
        ("前次撤回日期", withdrawn_on),
    ):
        check_order("发出日期", on, register.today, after=after)


def _make_urgent(register: Register, case: CaseFile, sent_on: date, urgent_on: date | None) -> None:
    """Note that it is urgent, from the start or from a later day, not after it was sent."""
    if case.urgent:  # what is urgent already does not become urgent later
        return
    if urgent_on:
        what, today = "转为紧急的日期", register.today
        check_order(what, urgent_on, today, after=("发现日期", case.found_on))
        check_order(what, urgent_on, today, before=("发出日期", sent_on))
    case.urgent, case.urgent_on = True, urgent_on


def _check_receiver(register: Register, case: CaseFile, to: str, on: date) -> None:
    unit = register.reading.units.get(to)
    if to == case.found_by:
        raise WrongReceiverError(f"不能移送：{unit.name}就是发现单位，不能移送给自己。")
    check_competent(register, to, on)
    if case.competent not in (None, to):
        name = register.unit_name(case.competent)
        raise WrongReceiverError(
            f"不能移送{unit.name}：{case.number} 已认定由{name}管辖。",
            f"先重新认定：coord case determine {register.ref(case)} --competent {to}",
        )


def receive(register: Register, ref: str, *, on: date, by: str | None = None) -> Recorded:
    """Record the receipt (收件回执); from it the three days of the answer run, 二（二）2.

    It may come later than the answer, or after the case was closed: a receipt is found in a
    drawer. Then the duty is counted anew, met or not.
    """
    case = register.case(ref)
    if case.voided_on:
        raise ClosedCaseError(case.number)
    leg = _awaiting_receipt(legs_of(register, case), on)
    if leg is None:
        raise NotNowError(
            f"不能登记收到：{case.number} 还没有移送。",
            f"下一步：coord transfer send {register.ref(case)} --to 单位",
        )
    if leg.received_on:
        raise NotNowError(f"不能登记收到：{case.number} 已登记于 {leg.received_on} 收到。")
    check_order(
        "收到日期",
        on,
        register.today,
        after=_began(leg),
        before=("反馈日期", leg.answered_on),
    )
    leg.received_on, leg.received_by = on, by
    return register.recorded(
        case,
        facts={
            "type": "receipt",
            "ref": case.number,
            "by": leg.receiver,
            "received_on": on.isoformat(),
        },
        headline=f"已登记收到：{case.number} {case.title}　{register.unit_name(leg.receiver)}（{on}）",
    )


def accept(register: Register, ref: str, *, on: date) -> Recorded:
    """Record that the receiver takes the case: it holds it from now on."""
    return _answer(register, ref, on, Answer.ACCEPTED, None)


def decline(register: Register, ref: str, *, on: date, reason: str | None) -> Recorded:
    """Record that the case is not the receiver's; it must refer it to 区政府 (二（二）2)."""
    return _answer(register, ref, on, Answer.DECLINED, reason)


def _answer(register: Register, ref: str, on: date, answer: Answer, reason: str | None) -> Recorded:
    case = register.case(ref)
    act = "accept" if answer is Answer.ACCEPTED else "decline"
    require(register, case, act)
    leg = standing_leg(register, case)
    if leg is None:
        raise AssertionError
    if answer is Answer.DECLINED and not (reason or "").strip():
        raise NoReasonError(register.policy.number)
    check_order("反馈日期", on, register.today, after=_received_or_began(leg))
    leg.answered_on, leg.answer, leg.answer_reason = on, answer.value, reason
    name = register.unit_name(leg.receiver)
    said = "已受理" if answer is Answer.ACCEPTED else "不属于其管辖"
    return register.recorded(
        case,
        facts={
            "type": "answer",
            "ref": case.number,
            "by": leg.receiver,
            "answer": answer.value,
            "answered_on": on.isoformat(),
        },
        headline=f"已登记反馈：{case.number} {case.title}　{name}{said}（{on}）",
    )


def withdraw(register: Register, ref: str, *, on: date, reason: str) -> Recorded:
    """Record that the sender took an unanswered transfer back, with its reason."""
    case = register.case(ref)
    require(register, case, "withdraw")
    if not reason.strip():
        raise EmptyTextError("撤回理由")
    leg = standing_leg(register, case)
    if leg is None:
        raise AssertionError
    check_order("撤回日期", on, register.today, after=_received_or_began(leg))
    leg.withdrawn_on, leg.withdraw_reason = on, reason
    return register.recorded(
        case,
        facts={"type": "withdrawal", "ref": case.number, "withdrawn_on": on.isoformat()},
        headline=f"已撤回移送：{case.number} {case.title}（{on}，{reason}）",
    )


def legs_of(register: Register, case: CaseFile) -> list[Transfer]:
    """Return the transfers of a case, leg by leg."""
    legs = select(Transfer).where(Transfer.case_id == case.id).order_by("leg")
    return list(register.session.exec(legs))


def standing_leg(register: Register, case: CaseFile) -> Transfer | None:
    """Return the leg that counts now."""
    standing = (
        leg
        for leg in reversed(legs_of(register, case))
        if not (leg.withdrawn_on or leg.replaced_on)
    )
    return next(standing, None)


def _awaiting_receipt(legs: list[Transfer], on: date) -> Transfer | None:
    """Return the newest leg without a receipt that was under way on that day, else the newest.

    A receipt of a unit that declined may be found when 区政府 has long named another.
    """
    sent = [leg for leg in reversed(legs) if not leg.withdrawn_on]
    for leg in sent:
        began, ended = _began(leg)[1], leg.answered_on or leg.replaced_on or on
        if leg.received_on is None and began is not None and began <= on <= ended:
            return leg
    return sent[0] if sent else None


def _began(leg: Transfer) -> tuple[str, date | None]:
    return ("发出日期", leg.sent_on) if leg.sent_on else ("指定日期", leg.assigned_on)


def _received_or_began(leg: Transfer) -> tuple[str, date | None]:
    return ("收到日期", leg.received_on) if leg.received_on else _began(leg)
