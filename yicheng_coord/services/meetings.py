"""联席会议, 一（四）1–2: fixed, moved, cancelled, and what that does to the topics."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from yicheng_coord.errors import RefusedError
from yicheng_coord.policy.counting import quarter_end
from yicheng_coord.policy.matters import OFFICE
from yicheng_coord.policy.meetings import (
    FIXED,
    default_title,
    meeting_day,
    meeting_status,
    topic_status,
)
from yicheng_coord.queries.matters import list_matters
from yicheng_coord.queries.recorded import Recorded
from yicheng_coord.services.calling import call_note, too_late
from yicheng_coord.services.cases import EmptyTextError
from yicheng_coord.services.matters import (
    NewMatter,
    details_of,
    happenings_of,
    open_matter,
    record,
    ref_of,
    set_details,
)
from yicheng_coord.services.meeting_state import (
    announced,
    carry_over,
    counted_elsewhere,
    fixed_row,
    named,
    on_a_rest_day,
    recorded_meeting,
    require,
    topics_of,
)
from yicheng_coord.services.order import check_order
from yicheng_coord.services.register import Register
from yicheng_coord.store.models import Matter
from yicheng_coord.vocabulary import Letter, MeetingKind, MeetingStatus, TopicStatus

_LIVE = (TopicStatus.ADDED, TopicStatus.APPROVED)


@dataclass(frozen=True, slots=True)
class NewMeeting:
    """A meeting that is fixed on a day (`on`) for a moment (`at`; midnight = the time is open)."""

    kind: MeetingKind
    at: datetime
    place: str
    on: date
    title: str | None = None


class PastMeetingError(RefusedError):
    """A meeting is fixed before it takes place."""

    def __init__(self, day: date, on: date) -> None:
        super().__init__(
            f"会期 {day} 早于确定会期的日期 {on}，会议先定后开。",
            "补登以前的会议：加 --on 确定日期",
        )


class SameMomentError(RefusedError):
    """It is fixed so already."""

    def __init__(self, ref: str, at: str) -> None:
        super().__init__(f"{ref} 已定于 {at}，没有改动。")


def plan(register: Register, new: NewMeeting) -> Recorded:
    """Fix a meeting; a regular one starts the call for topics, counted back (一（四）1).

    Topics that wait for a meeting are put on it: on a special one those that 组长 approved for one.

    Raises:
        PastMeetingError: it would have been before it was fixed.
        EmptyTextError: no place.

    """
    day = new.at.date()
    check_order("确定日期", new.on, register.today)
    if day < new.on:
        raise PastMeetingError(day, new.on)
    if not new.place.strip():
        raise EmptyTextError("会议地点（--place）")
    warnings = _same_quarter(register, new.kind, day)
    meeting = open_matter(
        register,
        NewMatter(
            letter="M",
            kind=new.kind.value,
            title=new.title or default_title(new.kind, day),
            owner=OFFICE,
            details=_when_and_where(new.at, new.place.strip()),
        ),
    )
    record(register, meeting, "meeting.planned", new.on)
    record(register, meeting, FIXED[new.kind], day)
    topics = _taken_up(register, meeting, new.on)
    return recorded_meeting(
        register,
        meeting,
        *topics,
        type="meeting",
        headline=f"已确定会议：{ref_of(meeting)} {meeting.title}　{_in_words(meeting, day)}",
        notes=[*call_note(register, meeting), *named("列入议题", topics)],
        warnings=[
            *warnings,
            *on_a_rest_day(register, day),
            *counted_elsewhere(meeting, day),
            *too_late(register, meeting, new.on),
        ],
    )


def _same_quarter(register: Register, kind: MeetingKind, day: date) -> list[str]:
    """一（四）1: 原则上每季度召开一次."""
    if kind is MeetingKind.SPECIAL:
        return []
    regular = list_matters(register.reading, "M", kind=MeetingKind.REGULAR)
    return [
        f"这一季度已有例行会议 {one.ref}（{meeting_day(one.facts)}）"
        for one in regular
        if meeting_status(one.facts) is not MeetingStatus.CANCELLED
        and quarter_end(meeting_day(one.facts)) == quarter_end(day)
    ]


def _taken_up(register: Register, meeting: Matter, on: date) -> list[Matter]:
    """Put the waiting topics on a meeting; one approved for a meeting of its own has got it now."""
    taken = []
    for topic in topics_of(register, None):
        facts = register.matter_facts(topic)
        special = facts.of("special.approved")
        is_for_it = special is not None or meeting.kind == MeetingKind.REGULAR
        is_known = all(one.on <= on for one in facts.happened)
        if topic_status(facts) not in _LIVE or not is_for_it or not is_known:
            continue
        topic.meeting_id = meeting.id
        if special and not facts.of("meeting.called"):
            record(register, topic, "meeting.called", on, text=ref_of(meeting))
        taken.append(topic)
    register.session.flush()
    return taken


def move(
    register: Register, ref: str, *, at: datetime, on: date, place: str | None, reason: str | None
) -> Recorded:
    """Fix a meeting for another day; the call for topics is counted anew.

    Raises:
        MeetingNotNowError: it was held, or cancelled.
        PastMeetingError, SameMomentError: see each.

    """
    meeting = register.matter(ref, "M")
    require(register, meeting, "move")
    fixed, before = fixed_row(register, meeting), details_of(meeting)
    old, day = fixed.happened_on, at.date()
    wanted = _when_and_where(at, (place or before["place"]).strip())
    was = _in_words(meeting, old)
    if (day, wanted) == (old, before):
        raise SameMomentError(ref_of(meeting), was)
    if day < on:
        raise PastMeetingError(day, on)
    fixed.happened_on = day
    if meeting.title == default_title(MeetingKind(meeting.kind), old):
        meeting.title = default_title(MeetingKind(meeting.kind), day)
    set_details(meeting, wanted)
    why = "，".join(filter(None, (f"原定 {was}", reason)))
    told = announced(register, meeting)
    record(register, meeting, "meeting.moved", on, text=why, details=told)
    return recorded_meeting(
        register,
        meeting,
        type="meeting_move",
        headline=f"已改期：{ref_of(meeting)} {meeting.title}　{was} → {_in_words(meeting, day)}",
        notes=call_note(register, meeting),
        warnings=[
            *on_a_rest_day(register, day),
            *counted_elsewhere(meeting, day),
            *too_late(register, meeting, on),
        ],
        paper=Letter.NOTICE if _is_announced(register, meeting) else None,
        before=old.isoformat(),
    )


def _is_announced(register: Register, meeting: Matter) -> bool:
    return register.matter_facts(meeting).of("meeting.circulated") is not None


def cancel(register: Register, ref: str, *, reason: str, on: date) -> Recorded:
    """Call a meeting off; its topics go to the next regular one, or wait for one.

    Raises:
        MeetingNotNowError: it was held, or cancelled already.

    """
    if not reason.strip():
        raise EmptyTextError("取消的理由（--reason）")
    meeting = register.matter(ref, "M")
    require(register, meeting, "cancel")
    record(register, meeting, "meeting.cancelled", on, text=reason.strip())
    carried = []
    for topic in topics_of(register, meeting.id):
        if topic_status(register.matter_facts(topic)) in _LIVE:
            _uncall(register, topic, meeting)
            carry_over(register, topic, meeting, on, "取消")
            carried.append(topic)
    return recorded_meeting(
        register,
        meeting,
        *carried,
        type="meeting_cancel",
        headline=f"已取消会议：{ref_of(meeting)} {meeting.title}（{on}，{reason.strip()}）",
        notes=named("转下次会议", carried),
        reason=reason.strip(),
    )


def _uncall(register: Register, topic: Matter, meeting: Matter) -> None:
    """A meeting that was called off was not called: what 一（四）2 asks is owed again."""
    for happening in happenings_of(register, topic):
        if happening.event == "meeting.called" and happening.text == ref_of(meeting):
            register.session.delete(happening)
    register.session.flush()


def _when_and_where(at: datetime, place: str) -> dict[str, Any]:
    return {"time": f"{at:%H:%M}" if (at.hour, at.minute) != (0, 0) else None, "place": place}


def _in_words(meeting: Matter, day: date) -> str:
    kept = details_of(meeting)
    return " ".join(filter(None, (day.isoformat(), kept["time"], kept["place"])))
