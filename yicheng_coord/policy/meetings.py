"""The life of a meeting and of its topics, 一（四）: where they stand, and what may follow."""

import re
from datetime import date

from yicheng_coord.policy.matters import MatterFacts
from yicheng_coord.vocabulary import MeetingKind, MeetingStatus, TopicStatus

FIXED = {MeetingKind.REGULAR: "meeting.fixed", MeetingKind.SPECIAL: "special.fixed"}
"""Whose day is that of the meeting; only a regular one has a call for topics to be counted back."""

STATUS_NAMES = {
    MeetingStatus.PLANNED: "尚未召开",
    MeetingStatus.HELD: "已召开",
    MeetingStatus.SIGNED: "纪要已签发",
    MeetingStatus.DISTRIBUTED: "纪要已印发",
    MeetingStatus.CANCELLED: "已取消",
}
KIND_NAMES = {MeetingKind.REGULAR: "例行会议", MeetingKind.SPECIAL: "专题会议"}
TOPIC_STATUS_NAMES = {
    TopicStatus.ADDED: "待审定",
    TopicStatus.APPROVED: "已审定",
    TopicStatus.REJECTED: "未予审定",
    TopicStatus.DECIDED: "已研究",
}

MAY_FOLLOW: dict[MeetingStatus, frozenset[str]] = {
    MeetingStatus.PLANNED: frozenset(
        {"move", "cancel", "solicit", "topic", "circulate", "invite", "attend", "hold"}
    ),
    MeetingStatus.HELD: frozenset({"invite", "attend", "decide", "resolve", "sign"}),
    MeetingStatus.SIGNED: frozenset({"resolve", "distribute", "amend"}),
    MeetingStatus.DISTRIBUTED: frozenset({"resolve", "amend"}),
    MeetingStatus.CANCELLED: frozenset(),
}
"""The state table of a meeting."""

_REACHED_BY = {
    "meeting.cancelled": MeetingStatus.CANCELLED,
    "minutes.distributed": MeetingStatus.DISTRIBUTED,
    "minutes.signed": MeetingStatus.SIGNED,
    "meeting.held": MeetingStatus.HELD,
}
_NEXT = {
    MeetingStatus.HELD: "签发纪要：coord meeting sign {ref}",
    MeetingStatus.SIGNED: "印发纪要：coord meeting distribute {ref}",
}
HOLD = "会后登记召开：coord meeting hold {ref}"
_DAY = "日期登错的：coord correct {ref} held --on 日期 --reason 理由"
_REMEDIES = {
    "move": _DAY,
    "cancel": _DAY,
    "hold": _DAY,
    "topic": "转下次会议：不写 --meeting",
}
"""What helps where it is too late for an act; else the meeting's next step does."""
_AMEND = "更正纪要：coord meeting amend {ref} --file 更正.txt --reason 理由"
_IN_MINUTES = ("invite", "attend", "decide", "sign")
_QUARTERS = "一二三四"
_MONTHS = 3
_NAMED = re.compile(rf"第([{_QUARTERS}1-4])季度")


def meeting_status(facts: MatterFacts) -> MeetingStatus:
    """Tell from what is on record where a meeting stands."""
    reached = (status for event, status in _REACHED_BY.items() if facts.of(event))
    return next(reached, MeetingStatus.PLANNED)


def meeting_day(facts: MatterFacts) -> date:
    """Return the day on which it was held, else that for which it is fixed."""
    found = facts.of("meeting.held") or facts.of(FIXED[MeetingKind(facts.kind)])
    if found is None:
        raise AssertionError
    return found.on


def topic_status(facts: MatterFacts) -> TopicStatus:
    """Tell from what is on record where a topic stands."""
    if facts.of("topic.decided"):
        return TopicStatus.DECIDED
    if facts.of("topic.rejected"):
        return TopicStatus.REJECTED
    is_approved = facts.of("topic.approved") or facts.of("special.approved")
    return TopicStatus.APPROVED if is_approved else TopicStatus.ADDED


def default_title(kind: MeetingKind, day: date) -> str:
    """第N季度 of a regular meeting, the day of a special one."""
    if kind is MeetingKind.REGULAR:
        return f"{day.year}年第{_QUARTERS[(day.month - 1) // _MONTHS]}季度联席会议"
    return f"{day.year}年{day.month}月{day.day}日联席会议专题会议"


def names_other_quarter(title: str, day: date) -> bool:
    """Whether a title names a quarter, and not that of the day, which is the one that counts."""
    number = (day.month - 1) // _MONTHS
    own = {_QUARTERS[number], str(number + 1)}
    named = set(_NAMED.findall(title))
    return bool(named) and not named & own


def next_of_meeting(facts: MatterFacts, today: date, undecided: str = "") -> str:
    """Say what comes next, in words and as a command; `undecided`: the first such topic.

    What precedes a meeting that is over by now is recorded with the day on which it was.
    """
    status, ref = meeting_status(facts), facts.ref
    if status is MeetingStatus.HELD and undecided:
        return f"登记研究结果：coord resolution add --topic {undecided} 或 coord topic decide {undecided}"
    if status is not MeetingStatus.PLANNED:
        return _NEXT.get(status, "").format(ref=ref)
    then = " --on 日期" if meeting_day(facts) < today else ""
    if facts.kind == MeetingKind.REGULAR and not facts.of("meeting.solicited"):
        return f"征集议题：coord meeting solicit {ref}{then}"
    if not facts.of("meeting.circulated"):
        return f"议题审定后交成员单位研究：coord meeting circulate {ref}{then}"
    return HOLD.format(ref=ref)


def remedy_of(facts: MatterFacts, act: str, today: date, undecided: str = "") -> str:
    """Say what to type where an act may not follow: what it waits for, or how it is put right."""
    status = meeting_status(facts)
    if status is MeetingStatus.CANCELLED:
        return f"查看：coord meeting show {facts.ref}"
    if status is MeetingStatus.PLANNED:
        return HOLD.format(ref=facts.ref)
    is_final = status is not MeetingStatus.HELD
    known = _AMEND if is_final and act in _IN_MINUTES else _REMEDIES.get(act, "")
    return known.format(ref=facts.ref) or next_of_meeting(facts, today, undecided)
