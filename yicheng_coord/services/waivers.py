"""Declaring a duty 不适用 by hand, of a case or of a matter, and taking that back."""

from datetime import date

from yicheng_coord.errors import RefusedError
from yicheng_coord.queries.recorded import Recorded
from yicheng_coord.queries.references import duty_id
from yicheng_coord.services.cases import EmptyTextError
from yicheng_coord.services.matters import ref_of, shown_title
from yicheng_coord.services.order import check_order
from yicheng_coord.services.register import Register
from yicheng_coord.store.models import CaseFile, Duty, Matter


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
    session, rule = register.session, register.policy.rule(duty.rule, version=duty.rule_version)
    case = session.get_one(CaseFile, duty.case_id) if duty.case_id else None
    matter = session.get_one(Matter, duty.matter_id) if duty.matter_id else None
    if case:
        subject, title = case.number, case.title
    elif matter:
        subject, title = ref_of(matter), shown_title(matter)
    about = matter or case  # the facts of a case's matter are the matter's own
    assert about  # noqa: S101 – every duty hangs on one of the two
    return register.recorded(
        about,
        facts={"type": kind, "ref": f"D{duty.id}", "case": case.number if case else None,
               "subject": subject, "reason": reason},
        headline=f"{word}：D{duty.id} {rule.label}　{subject} {title}（{reason}）",
    )  # fmt: skip
