"""A duty that does not apply (不适用), by hand and with a reason; and its restoration."""

from datetime import date

from yicheng_coord.errors import RefusedError
from yicheng_coord.queries.recorded import Recorded
from yicheng_coord.queries.references import duty_id
from yicheng_coord.services.cases import EmptyTextError
from yicheng_coord.services.matters import ref_of
from yicheng_coord.services.order import check_order
from yicheng_coord.services.register import Register
from yicheng_coord.store.models import CaseFile, Duty, Matter
from yicheng_coord.vocabulary import Secrecy


class NotOpenError(RefusedError):
    """A duty that is met or no longer owed is not cancelled; one that was not is not restored."""


def cancel_duty(register: Register, ref: str, *, on: date, reason: str) -> Recorded:
    """Declare a duty 不适用, by hand and with a reason."""
    duty = register.session.get_one(Duty, duty_id(register.reading, ref))
    if not reason.strip():
        raise EmptyTextError("理由（--reason）")
    check_order("取消日期", on, register.today)
    if duty.met_on or duty.cancelled_on:
        what = "已完成" if duty.met_on else "已不再适用"
        raise NotOpenError(f"不能取消：D{duty.id} {what}。")
    duty.is_waived, duty.cancelled_on, duty.cancel_reason = True, on, reason
    return _settled(register, duty, "duty_cancelled", "已取消", reason)


def restore_duty(register: Register, ref: str, *, reason: str) -> Recorded:
    """Take a cancellation by hand back; the duty is owed again, or met, as the facts say."""
    duty = register.session.get_one(Duty, duty_id(register.reading, ref))
    if not reason.strip():
        raise EmptyTextError("理由（--reason）")
    if not duty.is_waived:
        raise NotOpenError(f"不能恢复：D{duty.id} 没有被取消。")
    duty.is_waived, duty.cancel_reason = False, None
    return _settled(register, duty, "duty_restored", "已恢复", reason)


def _settled(register: Register, duty: Duty, kind: str, word: str, reason: str) -> Recorded:
    session = register.session
    case = session.get_one(CaseFile, duty.case_id) if duty.case_id else None
    if duty.matter_id:
        owner: CaseFile | Matter = session.get_one(Matter, duty.matter_id)
    else:
        owner = session.get_one(CaseFile, duty.case_id)
    rule = register.policy.rule(duty.rule, version=duty.rule_version)
    return register.recorded(
        owner,
        facts={"type": kind, "ref": f"D{duty.id}", "case": case.number if case else None,
               "reason": reason},
        headline=f"{word}：D{duty.id} {rule.label}　{_named(owner, case)}（{reason}）",
    )  # fmt: skip


def _named(owner: CaseFile | Matter, case: CaseFile | None) -> str:
    """Say what it is about: its case, else the matter, whose title may be nobody's to read."""
    if case:
        return f"{case.number} {case.title}"
    assert isinstance(owner, Matter)  # noqa: S101 – for mypy
    return ref_of(owner) if owner.secrecy != Secrecy.NONE else f"{ref_of(owner)} {owner.title}"
