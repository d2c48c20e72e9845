"""Calling a meeting, 一（四）1, 3: members are asked for topics, guests are invited."""

from collections.abc import Sequence
from datetime import date

from yicheng_coord.errors import RefusedError
from yicheng_coord.policy.counting import Due, due, limit_of
from yicheng_coord.policy.rules import Rule
from yicheng_coord.queries.recorded import Recorded
from yicheng_coord.services.attendance import is_member_on
from yicheng_coord.services.competence import check_there
from yicheng_coord.services.matters import check_not_yet, record, ref_of
from yicheng_coord.services.meeting_state import (
    day_of_meeting,
    recorded_meeting,
    require,
    when_and_where,
)
from yicheng_coord.services.order import check_order
from yicheng_coord.services.register import Register
from yicheng_coord.services.sittings import sheet_of
from yicheng_coord.store.models import Matter, MatterParty
from yicheng_coord.vocabulary import Letter, MeetingKind


class OnlyRegularError(RefusedError):
    """Topics are called for before regular meetings only, 一（四）1."""

    def __init__(self, ref: str, document: str) -> None:
        super().__init__(
            f"不能登记征集议题：{ref} 是专题会议，会前征集只对例行会议（{document} 一（四）1）。"
        )


class MemberInvitedError(RefusedError):
    """Members come anyway, 一（四）3."""

    def __init__(self, unit: str, document: str) -> None:
        super().__init__(f"{unit}是成员单位，本应参会，不用邀请（{document} 一（四）3）。")


class InvitedAlreadyError(RefusedError):
    """It is on record already."""

    def __init__(self, ref: str, unit: str) -> None:
        super().__init__(f"{ref} 已邀请{unit}，不再重复登记。")


def solicit(register: Register, ref: str, *, on: date) -> Recorded:
    """Record that the members were asked for topics, 一（四）1; also after the meeting, if they were.

    Raises:
        OnlyRegularError, MeetingNotNowError, DoneAlreadyError: see each.

    """
    meeting = register.matter(ref, "M")
    if meeting.kind != MeetingKind.REGULAR:
        raise OnlyRegularError(ref_of(meeting), register.policy.number)
    if not _is_only_unrecorded(register, meeting):
        require(register, meeting, "solicit")
    check_not_yet(register, meeting, "meeting.solicited")
    day = day_of_meeting(register, meeting)
    check_order("征集日期", on, register.today, before=("会议日期", day))
    record(register, meeting, "meeting.solicited", on, details=when_and_where(register, meeting))
    return recorded_meeting(
        register,
        meeting,
        type="meeting_solicit",
        headline=f"已登记征集议题：{ref_of(meeting)} {meeting.title}（{on}）",
        paper=Letter.SOLICIT,
        solicited_on=on.isoformat(),
    )


def _is_only_unrecorded(register: Register, meeting: Matter) -> bool:
    """Whether the meeting is over and its call not on record: it can only be recorded now."""
    facts = register.matter_facts(meeting)
    is_over = facts.of("meeting.held") is not None
    return is_over and facts.of("meeting.solicited") is None


def invite(register: Register, ref: str, guests: Sequence[str], *, on: date) -> Recorded:
    """Record who is invited besides the members, 一（四）3: units by code, or DELEGATES.

    Raises:
        MeetingNotNowError, MemberInvitedError, InvitedAlreadyError: see each.
        OutOfOrderError, ClosedUnitError: nobody is invited after the meeting, or no more there.

    """
    meeting = register.matter(ref, "M")
    require(register, meeting, "invite")
    day = day_of_meeting(register, meeting)
    check_order("邀请日期", on, register.today, before=("会议日期", day))
    invited = register.matter_facts(meeting).units("guest")
    for unit in guests:
        check_there(register, unit, on)
        if is_member_on(register, unit, day):
            raise MemberInvitedError(register.unit_name(unit), register.policy.number)
        if unit in invited:
            raise InvitedAlreadyError(ref_of(meeting), register.unit_name(unit))
        register.session.add(MatterParty(matter_id=meeting.id, role="guest", unit=unit))
        record(register, meeting, "meeting.invited", on, unit=unit)
    names = "、".join(map(register.unit_name, guests))
    return recorded_meeting(
        register,
        meeting,
        type="meeting_invite",
        headline=f"已登记邀请：{ref_of(meeting)} {meeting.title}　{names}（{on}）",
        warnings=sheet_of(register, meeting).untold_note,
        paper=Letter.ATTENDANCE,
        guests=list(guests),
    )


def call_note(register: Register, meeting: Matter) -> list[str]:
    """Say by when topics are to be called for, and the safe date beside it."""
    counted = _call(register, meeting)
    if counted is None:
        return []
    rule, call = counted
    return [f"征集议题最迟 {call.on}；按 {rule.days} 个工作日的稳妥日期 {call.safe_on}"]


def too_late(register: Register, meeting: Matter, on: date) -> list[str]:
    """Warn of a meeting that is fixed too late for its own call, by how many days."""
    counted = _call(register, meeting)
    if counted is None:
        return []
    rule, call = counted
    if call.on is None or call.on >= on:
        return []
    late, number = (on - call.on).days, register.policy.number
    return [f"会期定得太迟：征集议题应不晚于 {call.on}，已晚 {late} 天（{number} {rule.clause}）"]


def _call(register: Register, meeting: Matter) -> tuple[Rule, Due] | None:
    """Count back the call for topics, where it is still owed."""
    is_done = register.matter_facts(meeting).of("meeting.solicited") is not None
    if is_done or meeting.kind != MeetingKind.REGULAR:
        return None
    rule = register.policy.rule("meeting.solicit")
    return rule, due(limit_of(rule), day_of_meeting(register, meeting), register.engine.workdays)
