"""报请区人民政府决定, and what it decided (二（二）2): the way of a case that was declined."""

from datetime import date

from yicheng_coord.policy.facts import Answer
from yicheng_coord.queries.recorded import Recorded
from yicheng_coord.services.competence import check_competent
from yicheng_coord.services.order import check_order
from yicheng_coord.services.register import Register
from yicheng_coord.services.state import require
from yicheng_coord.services.transfers import WrongReceiverError, legs_of, standing_leg
from yicheng_coord.store.models import CaseFile, Transfer


def refer(register: Register, ref: str, *, on: date) -> Recorded:
    """Record that the unit that declined referred the case to 区政府 (二（二）2)."""
    case = register.case(ref)
    require(register, case, "refer")
    leg = standing_leg(register, case)
    if leg is None:
        raise AssertionError
    check_order("报请日期", on, register.today, after=("反馈日期", leg.answered_on))
    leg.referred_on = on
    name = register.unit_name(leg.receiver)
    return register.recorded(
        case,
        facts={
            "type": "referral",
            "ref": case.number,
            "by": leg.receiver,
            "referred_on": on.isoformat(),
        },
        headline=f"已报请区人民政府决定：{case.number} {case.title}　{name}（{on}）",
    )


def assign(
    register: Register, ref: str, *, to: str, on: date, document: str | None = None
) -> Recorded:
    """Record the unit that 区政府 named; it opens the next leg and cannot be declined.

    Named is the unit that declined: it has the case at once. A newer document replaces the one
    before it.
    """
    case = register.case(ref)
    require(register, case, "assign")
    previous = standing_leg(register, case)
    if previous is None:
        raise AssertionError
    check_competent(register, to, on)
    _check_assignment(register, case, previous, to, on, document)
    has_declined = any(
        leg.receiver == to and leg.answer == Answer.DECLINED for leg in legs_of(register, case)
    )
    previous.replaced_on = on
    register.session.flush()
    register.session.add(
        Transfer(
            case_id=case.id,
            leg=previous.leg + 1,
            predecessor_id=previous.id,
            sender=case.found_by,
            receiver=to,
            assigned_on=on,
            document=document,
            answered_on=on if has_declined else None,
            answer=Answer.ACCEPTED.value if has_declined else None,
        )
    )
    name = register.unit_name(to)
    return register.recorded(
        case,
        facts={
            "type": "assignment",
            "ref": case.number,
            "to": to,
            "assigned_on": on.isoformat(),
            "document": document,
        },
        headline=f"已登记指定：{case.number} {case.title}　区人民政府决定由{name}管辖（{on}）",
    )


def _check_assignment(
    register: Register,
    case: CaseFile,
    previous: Transfer,
    to: str,
    on: date,
    document: str | None,
) -> None:
    """Naming the same unit again does not restart its days, unless by a newer document."""
    if previous.assigned_on and to == previous.receiver and document in (None, previous.document):
        raise WrongReceiverError(
            f"不能再次指定：{case.number} 已指定由{register.unit_name(to)}管辖。",
            "区人民政府另有新文件的，写明 --document 字号。",
        )
    latest = max(filter(None, (previous.referred_on, previous.assigned_on, previous.received_on)))
    check_order("指定日期", on, register.today, after=("报请、前次指定或收到日期", latest))
