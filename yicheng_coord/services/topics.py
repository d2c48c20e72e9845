"""议题, 一（三）2, 一（四）1–2: proposed by any member at any time, decided on by 组长."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from yicheng_coord.errors import RefusedError
from yicheng_coord.policy.matters import GOVERNMENT, OFFICE, Happened
from yicheng_coord.policy.meetings import (
    HOLD,
    TOPIC_STATUS_NAMES,
    meeting_day,
    meeting_status,
    next_of_meeting,
    topic_status,
)
from yicheng_coord.queries.recorded import Recorded
from yicheng_coord.queries.topics import DECISIONS
from yicheng_coord.services.attendance import is_member_on
from yicheng_coord.services.cases import EmptyTextError
from yicheng_coord.services.competence import check_there
from yicheng_coord.services.matters import NewMatter, open_matter, record, ref_of, undo_of
from yicheng_coord.services.meeting_state import (
    day_of_meeting,
    next_regular,
    paper_of,
    require,
)
from yicheng_coord.services.order import check_order
from yicheng_coord.services.register import Register
from yicheng_coord.services.secrecy import check_no_state_secret
from yicheng_coord.store.models import Matter
from yicheng_coord.vocabulary import Letter, MeetingKind, MeetingStatus, TopicStatus


@dataclass(frozen=True, slots=True)
class NewTopic:
    """A topic; the unit by code; without a meeting it goes to the next regular one."""

    unit: str
    title: str
    on: date
    background: str | None = None
    proposal: str | None = None
    meeting: str | None = None


class NotByMemberError(RefusedError):
    """各成员单位 propose topics, 一（四）2."""

    def __init__(self, unit: str, document: str) -> None:
        super().__init__(
            f"不能登记议题：{unit}不是成员单位，议题由各成员单位提出（{document} 一（四）2）。",
            "区委、区政府交办的，以联席会议办公室（lxb）或区政府（qzf）名义提出。",
        )


class PastTopicError(RefusedError):
    """The day of the meeting is over."""

    def __init__(self, ref: str, day: date, document: str) -> None:
        super().__init__(
            f"不能列入议题：{ref} 的会期 {day} 已过（{document} 一（四）2）。",
            "不写 --meeting，转下次会议。",
        )


class TopicSettledError(RefusedError):
    """组长 decides on a topic once."""

    def __init__(self, ref: str, settled: Happened, undo: str, document: str) -> None:
        fact = settled.event.rpartition(".")[2]
        status = TopicStatus(fact)
        super().__init__(
            f"{ref} {TOPIC_STATUS_NAMES[status]}（{settled.on}），不再审定（{document} 一（四）1）。",
            f"日期有误的：coord correct {ref} {fact} --on 日期 --reason 理由；登记有误的{undo}",
        )


def add(register: Register, new: NewTopic) -> Recorded:
    """Register a topic; 组长 is to decide on it (meeting.approve, 及时).

    Raises:
        NotByMemberError, PastTopicError, MeetingNotNowError: see each.

    """
    check_order("提出日期", new.on, register.today)
    is_ours = new.unit in (OFFICE, GOVERNMENT)
    if not is_ours and not is_member_on(register, new.unit, new.on):
        raise NotByMemberError(register.unit_name(new.unit), register.policy.number)
    check_there(register, new.unit, new.on)
    check_no_state_secret(register.policy.number, new.proposal)
    meeting = _meeting_for(register, new)
    topic = open_matter(
        register,
        NewMatter(
            letter="T",
            kind="topic",
            title=new.title,
            owner=new.unit,
            text=(new.background or "").strip() or None,
            meeting_id=meeting.id if meeting else None,
            details={"proposal": new.proposal.strip()} if new.proposal else {},
        ),
    )
    record(register, topic, "topic.added", new.on)
    where = f"{ref_of(meeting)} {meeting.title}" if meeting else "待定会议"
    return _answer(
        register,
        [topic],
        "topic",
        f"已登记议题：{ref_of(topic)} {topic.title}　{register.unit_name(new.unit)}"
        f"（{new.on}，{where}）",
        by=new.unit,
        meeting=ref_of(meeting) if meeting else None,
        added_on=new.on.isoformat(),
    )


def _meeting_for(register: Register, new: NewTopic) -> Matter | None:
    if new.meeting is None:
        return next_regular(register, new.on)
    meeting = register.matter(new.meeting, "M")
    require(register, meeting, "topic")
    day = day_of_meeting(register, meeting)
    if day < new.on:
        raise PastTopicError(ref_of(meeting), day, register.policy.number)
    return meeting


def approve(
    register: Register, refs: Sequence[str], *, on: date, is_special: bool = False
) -> Recorded:
    """Record that 组长 approved topics; then the members are to study them.

    A topic that is for no meeting, or is to have one of its own (`is_special`), starts the duty
    to call that meeting instead (meeting.convene, 一（四）2).

    Raises:
        TopicSettledError: 组长 decided on one before.

    """
    topics = [register.matter(ref, "T") for ref in dict.fromkeys(refs)]
    topics = list({topic.id: topic for topic in topics}.values())
    for topic in topics:
        _check_unsettled(register, topic)
        submitted = _submitted_for(register, topic)
        if is_special and _is_for_a_regular_one(register, topic):
            topic.meeting_id = None
        event = "special.approved" if topic.meeting_id is None else "topic.approved"
        record(register, topic, event, on, details=submitted)
    names = "；".join(f"{ref_of(topic)} {topic.title}" for topic in topics)
    return _answer(
        register,
        topics,
        "topic_approval",
        f"组长已审定：{names}（{on}）",
        approved_on=on.isoformat(),
        special=[ref_of(topic) for topic in topics if topic.meeting_id is None],
    )


def _is_for_a_regular_one(register: Register, topic: Matter) -> bool:
    if topic.meeting_id is None:
        return False
    return register.session.get_one(Matter, topic.meeting_id).kind == MeetingKind.REGULAR


def reject(register: Register, ref: str, *, reason: str, on: date) -> Recorded:
    """Record that 组长 did not approve a topic, and why.

    Raises:
        TopicSettledError: 组长 decided on it before.

    """
    if not reason.strip():
        raise EmptyTextError("未予审定的理由（--reason）")
    topic = register.matter(ref, "T")
    _check_unsettled(register, topic)
    submitted = _submitted_for(register, topic)
    record(register, topic, "topic.rejected", on, text=reason.strip(), details=submitted)
    return _answer(
        register,
        [topic],
        "topic_rejection",
        f"组长未予审定：{ref_of(topic)} {topic.title}（{on}，{reason.strip()}）",
        rejected_on=on.isoformat(),
        reason=reason.strip(),
    )


def _submitted_for(register: Register, topic: Matter) -> dict[str, str]:
    """Keep for which meeting it was put before 组长: it may go to another one later."""
    meeting = register.session.get(Matter, topic.meeting_id) if topic.meeting_id else None
    return {"meeting": ref_of(meeting)} if meeting else {}


def _check_unsettled(register: Register, topic: Matter) -> None:
    facts = register.matter_facts(topic)
    if topic_status(facts) is not TopicStatus.ADDED:
        settled = next(one for event in DECISIONS if (one := facts.of(event)))
        undo = undo_of(register, topic, settled.event)
        raise TopicSettledError(ref_of(topic), settled, undo, register.policy.number)


def _answer(
    register: Register,
    topics: Sequence[Matter],
    sort: str,
    headline: str,
    **more: Any,  # noqa: ANN401 – JSON values
) -> Recorded:
    refs = [ref_of(topic) for topic in topics]
    return register.recorded(
        *topics,
        facts={"type": sort, "ref": refs[0], "topics": refs, "title": topics[0].title, **more},
        headline=headline,
        next_command=_next(register, topics[0]),
    )


def _next(register: Register, topic: Matter) -> str:
    own = register.matter_facts(topic)
    status = topic_status(own)
    if status is TopicStatus.ADDED:
        meeting = register.session.get(Matter, topic.meeting_id) if topic.meeting_id else None
        paper = paper_of(Letter.TOPICS, ref_of(meeting)) if meeting else ""
        approve = f"报组长审定后登记：coord topic approve {ref_of(topic)}"
        return "；".join(filter(None, (paper, approve)))
    if status is TopicStatus.REJECTED:
        return ""
    if topic.meeting_id is None:
        return "召集会议：coord meeting plan --kind special --at 时刻 --place 地点"
    meeting = register.session.get_one(Matter, topic.meeting_id)
    facts = register.matter_facts(meeting)
    if meeting_status(facts) is not MeetingStatus.PLANNED:
        return next_of_meeting(facts, register.today)
    day = meeting_day(facts)
    if any(one.on > day for one in map(own.of, DECISIONS) if one):
        return HOLD.format(ref=ref_of(meeting))  # too late for that one: it goes to the next
    then = " --on 日期" if day < register.today else ""
    return f"交成员单位研究：coord meeting circulate {ref_of(meeting)}{then}"
