"""A meeting takes place, 一（四）1, 3: its agenda is sent, it is held, its topics are dealt with."""

from collections.abc import Sequence
from datetime import date, datetime, time

from yicheng_coord.errors import RefusedError
from yicheng_coord.policy.meetings import TOPIC_STATUS_NAMES, topic_status
from yicheng_coord.queries.matters import matter_row, sheet_of_matter
from yicheng_coord.queries.meetings import MeetingSheet
from yicheng_coord.queries.recorded import Recorded
from yicheng_coord.services.cases import EmptyTextError
from yicheng_coord.services.matters import details_of, happenings_of, record, ref_of, undo_of
from yicheng_coord.services.meeting_state import (
    announced,
    carry_over,
    counted_elsewhere,
    day_of_meeting,
    named,
    recorded_meeting,
    require,
    topics_of,
)
from yicheng_coord.services.order import check_order
from yicheng_coord.services.register import Register
from yicheng_coord.store.models import Matter
from yicheng_coord.vocabulary import Letter, TopicStatus


class NothingToCirculateError(RefusedError):
    """Only approved topics are sent, and each once."""

    def __init__(self, ref: str, waiting: Sequence[str], document: str) -> None:
        super().__init__(
            f"{ref} 没有新审定的议题可交成员单位研究（{document} 一（四）1）。",
            f"议题先报组长审定：coord topic approve {' '.join(waiting)}"
            if waiting
            else f"先登记议题：coord topic add --by 单位 --title 议题 --meeting {ref}",
        )


class OtherDayError(RefusedError):
    """A meeting is held on the day for which it is fixed."""

    def __init__(self, ref: str, fixed: date, held: datetime, today: date, document: str) -> None:
        has_time = (held.hour, held.minute) != (0, 0)
        at = f'"{held:%Y-%m-%d %H:%M}"' if has_time else f"{held:%Y-%m-%d}"
        then = " --on 改期日期" if held.date() < today else ""
        super().__init__(
            f"{ref} 定于 {fixed}，不是 {held.date()}（{document} 一（四）1）。",
            f"改了期的，先登记：coord meeting move {ref} --at {at}{then}",
        )


class BeforeItsHourError(RefusedError):
    """It is not held before the hour for which it is fixed."""

    def __init__(self, ref: str, fixed: datetime, now: datetime, document: str) -> None:
        super().__init__(
            f"不能登记召开：{ref} 定于 {fixed:%Y-%m-%d %H:%M}，现在是 {now:%H:%M}"
            f"（{document} 一（四）1）。",
            f'会后登记；提前开了的，先改时间：coord meeting move {ref} --at "{now:%Y-%m-%d %H:%M}"',
        )


class NotBeforeMeetingError(RefusedError):
    """The topic is not one that a meeting dealt with, or may deal with."""

    def __init__(self, ref: str, why: str, document: str, hint: str) -> None:
        super().__init__(f"不能登记 {ref} 的研究结果：{why}（{document} 一（四）4）。", hint)


def sheet_of(register: Register, meeting: Matter) -> MeetingSheet:
    """Return the meeting as it is read, this operation's rows included."""
    register.session.flush()
    row = matter_row(register.reading.connection, ref_of(meeting), "M")
    return MeetingSheet(sheet_of_matter(register.reading, row))


def circulate(register: Register, ref: str, *, on: date) -> Recorded:
    """Send the members the agenda of approved topics; what was sent is kept as it was.

    Topics that are approved later are sent in a second one; guests that are invited later get it.

    Raises:
        MeetingNotNowError: it was held, or cancelled.
        NothingToCirculateError: no approved topic that was not sent, no guest that was not told.

    """
    meeting = register.matter(ref, "M")
    require(register, meeting, "circulate")
    topics = topics_of(register, meeting.id)
    approved = [one for one in topics if _is_approved(register, one)]
    unsent = [one for one in approved if not _was_sent(register, one, meeting)]
    guests = sheet_of(register, meeting).untold
    if not (unsent or guests):
        facts = ((one, register.matter_facts(one)) for one in topics)
        waiting = [ref_of(one) for one, its in facts if topic_status(its) is TopicStatus.ADDED]
        raise NothingToCirculateError(ref_of(meeting), waiting, register.policy.number)
    check_order(
        "交研究日期", on, register.today, before=("会议日期", day_of_meeting(register, meeting))
    )
    agenda = sheet_of(register, meeting).agenda
    for topic in unsent:
        record(register, topic, "meeting.circulated", on, text=ref_of(meeting))
    what = "已交成员单位研究" if unsent else "已补发会议通知"
    names = _refs(unsent) if unsent else "、".join(map(register.unit_name, guests))
    sent = {"agenda": agenda} | announced(register, meeting)
    record(register, meeting, "meeting.circulated", on, details=sent)
    return recorded_meeting(
        register,
        meeting,
        *unsent,
        type="meeting_circulation",
        headline=f"{what}：{ref_of(meeting)} {meeting.title}　{names}（{on}）",
        paper=Letter.NOTICE,
        circulated_on=on.isoformat(),
        agenda=agenda,
    )


def hold(register: Register, ref: str, *, on: date | None, not_reached: Sequence[str]) -> Recorded:
    """Record that a meeting was held, on the day for which it is fixed.

    What 组长 had not approved, and what is named as not reached, goes to the next regular meeting.

    Raises:
        MeetingNotNowError, FutureFactError, OtherDayError: see each.
        BeforeItsHourError, NotBeforeMeetingError: likewise.

    """
    meeting = register.matter(ref, "M")
    require(register, meeting, "hold")
    day = day_of_meeting(register, meeting)
    _check_held(register, meeting, day, on or day)
    record(register, meeting, "meeting.held", day)
    carried = _not_reached(register, meeting, not_reached)
    for topic in carried:
        _carry(register, topic, meeting, day)
    left = [one for one in topics_of(register, meeting.id) if _is_approved(register, one)]
    return recorded_meeting(
        register,
        meeting,
        *carried,
        *left,
        type="meeting_held",
        headline=f"已登记召开：{ref_of(meeting)} {meeting.title}（{day}）",
        notes=named("尚未登记研究结果", left) + named("转下次会议", carried),
        warnings=[
            *counted_elsewhere(meeting, day),
            *([] if sheet_of(register, meeting).attendance.rows else ["参会情况尚未登记"]),
        ],
        held_on=day.isoformat(),
        undecided=[ref_of(one) for one in left],
        carried=[ref_of(one) for one in carried],
    )


def _check_held(register: Register, meeting: Matter, day: date, on: date) -> None:
    """Refuse a day that is not its own, and an hour that has not come, where the present one is known."""
    check_order("召开日期", on, register.today)
    ref, document, kept = ref_of(meeting), register.policy.number, details_of(meeting)["time"]
    hour = time.fromisoformat(kept) if kept else time.min
    if on != day:
        held = datetime.combine(on, hour)
        raise OtherDayError(ref, day, held, register.today, document)
    fixed, now = datetime.combine(day, hour), register.now
    if now.time() != time.min and fixed > now:
        raise BeforeItsHourError(ref, fixed, now, document)


def decide(register: Register, ref: str, *, text: str) -> Recorded:
    """Record what the meeting said on a topic, where it resolved nothing that is to be done.

    Raises:
        NotBeforeMeetingError, MeetingNotNowError: the topic was not before a meeting.

    """
    if not text.strip():
        raise EmptyTextError("研究结果（--text）")
    topic = register.matter(ref, "T")
    meeting = _meeting_of(register, topic)
    require(register, meeting, "decide")
    day = day_of_meeting(register, meeting)
    record(register, topic, "topic.decided", day, text=text.strip())
    return _dealt_with(register, meeting, topic, "topic_decision", "研究结果", text.strip())


def carry(register: Register, ref: str) -> Recorded:
    """Record that the meeting did not reach a topic: it goes to the next regular one.

    Raises:
        NotBeforeMeetingError, MeetingNotNowError: the topic was not before a meeting.

    """
    topic = register.matter(ref, "T")
    meeting = _meeting_of(register, topic)
    require(register, meeting, "decide")
    _carry(register, topic, meeting, day_of_meeting(register, meeting))
    return _dealt_with(register, meeting, topic, "topic_carried", "未及研究", "转下次会议")


def _dealt_with(
    register: Register, meeting: Matter, topic: Matter, sort: str, what: str, said: str
) -> Recorded:
    left = [one.ref for one in sheet_of(register, meeting).undecided]
    return recorded_meeting(
        register,
        meeting,
        topic,
        type=sort,
        headline=f"已登记{what}：{ref_of(topic)} {topic.title}　{said}（{ref_of(meeting)}）",
        topic=ref_of(topic),
        undecided=left,
    )


def _carry(register: Register, topic: Matter, meeting: Matter, on: date) -> None:
    carry_over(register, topic, meeting, on, "未及研究")
    record(register, meeting, "topic.carried", on, text=f"{ref_of(topic)} {topic.title}")


def _meeting_of(register: Register, topic: Matter) -> Matter:
    status = topic_status(register.matter_facts(topic))
    ref, number = ref_of(topic), register.policy.number
    if status is not TopicStatus.APPROVED:
        hint = how_topic_stands(register, topic)
        raise NotBeforeMeetingError(ref, TOPIC_STATUS_NAMES[status], number, hint)
    if topic.meeting_id is None:
        hint = how_topic_stands(register, topic)
        raise NotBeforeMeetingError(ref, "还没有列入会议", number, hint)
    return register.session.get_one(Matter, topic.meeting_id)


def how_topic_stands(register: Register, topic: Matter) -> str:
    """Say what a topic that is not before a meeting waits for, or how its end is taken back."""
    ended = {TopicStatus.DECIDED: "topic.decided", TopicStatus.REJECTED: "topic.rejected"}
    facts = register.matter_facts(topic)
    status = topic_status(facts)
    if status is TopicStatus.APPROVED:
        kind = " --kind special" if facts.of("special.approved") else ""
        return f"先确定会期：coord meeting plan{kind} --at 时刻 --place 地点"
    event = ended.get(status)
    if event is None:
        return f"先报组长审定：coord topic approve {ref_of(topic)}"
    return f"登记有误的{undo_of(register, topic, event)}"


def _not_reached(register: Register, meeting: Matter, refs: Sequence[str]) -> list[Matter]:
    """Return the topics that are named, and those that 组长 had not approved by that day."""
    live = [
        one
        for one in topics_of(register, meeting.id)
        if topic_status(register.matter_facts(one)) in (TopicStatus.ADDED, TopicStatus.APPROVED)
    ]
    named_ids = set()
    for ref in refs:
        topic = register.matter(ref, "T")
        if topic not in live:
            why = f"不是 {ref_of(meeting)} 待研究的议题"
            hint = f"查看：coord topic list --meeting {ref_of(meeting)}"
            raise NotBeforeMeetingError(ref_of(topic), why, register.policy.number, hint)
        named_ids.add(topic.id)
    day = day_of_meeting(register, meeting)
    return [one for one in live if one.id in named_ids or not _was_approved(register, one, day)]


def _was_approved(register: Register, topic: Matter, day: date) -> bool:
    facts = register.matter_facts(topic)
    approved = facts.of("topic.approved") or facts.of("special.approved")
    return approved is not None and approved.on <= day


def _was_sent(register: Register, topic: Matter, meeting: Matter) -> bool:
    """A topic that is carried over is sent anew, with the agenda of the next meeting."""
    return any(
        one.event == "meeting.circulated" and one.text == ref_of(meeting)
        for one in happenings_of(register, topic)
    )


def _is_approved(register: Register, topic: Matter) -> bool:
    return topic_status(register.matter_facts(topic)) is TopicStatus.APPROVED


def _refs(topics: Sequence[Matter]) -> str:
    return "、".join(ref_of(topic) for topic in topics)
