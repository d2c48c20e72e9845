"""What may follow in the life of a meeting, and the refusal when something may not."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlmodel import col, select

from yicheng_coord.errors import RefusedError
from yicheng_coord.papers.written import TITLES
from yicheng_coord.policy.intervals import Interval, period_of
from yicheng_coord.policy.meetings import (
    FIXED,
    MAY_FOLLOW,
    STATUS_NAMES,
    meeting_day,
    meeting_status,
    names_other_quarter,
    next_of_meeting,
    remedy_of,
    topic_status,
)
from yicheng_coord.queries.attendance import members_on
from yicheng_coord.queries.meetings import meetings_ahead
from yicheng_coord.queries.recorded import Recorded
from yicheng_coord.services.matters import details_of, happenings_of, record, ref_of
from yicheng_coord.services.register import Register
from yicheng_coord.store.models import Happening, Matter
from yicheng_coord.vocabulary import Letter, MeetingKind, MeetingStatus, TopicStatus


class Act(NamedTuple):
    """What is done to a meeting, in words, and the clause that it rests on."""

    name: str
    clause: str


ACTS = {
    "move": Act("改期", "一（四）1"),
    "cancel": Act("取消", "一（四）1"),
    "solicit": Act("登记征集议题", "一（四）1"),
    "topic": Act("列入议题", "一（四）2"),
    "circulate": Act("交成员单位研究", "一（四）1"),
    "invite": Act("邀请", "一（四）3"),
    "attend": Act("登记参会", "一（四）3"),
    "hold": Act("登记召开", "一（四）3"),
    "decide": Act("登记议题的研究结果", "一（四）4"),
    "resolve": Act("登记议定事项", "一（四）4"),
    "sign": Act("登记签发纪要", "一（四）4"),
    "distribute": Act("登记印发纪要", "一（三）3"),
    "amend": Act("更正纪要", "一（四）4"),
}


class MeetingNotNowError(RefusedError):
    """The state table of meetings does not let this follow."""

    def __init__(self, act: Act, ref: str, why: str, document: str, step: str) -> None:
        super().__init__(
            f"不能{act.name}：{ref} {why}（{document} {act.clause}）。",
            step,
        )


def require(register: Register, meeting: Matter, act: str) -> None:
    """Refuse an act that may not follow where the meeting stands.

    Raises:
        MeetingNotNowError: with what stands in the way, and by which clause.

    """
    facts = register.matter_facts(meeting)
    status = meeting_status(facts)
    if act in MAY_FOLLOW[status]:
        return
    event = {
        MeetingStatus.HELD: "meeting.held",
        MeetingStatus.SIGNED: "minutes.signed",
        MeetingStatus.DISTRIBUTED: "minutes.distributed",
        MeetingStatus.CANCELLED: "meeting.cancelled",
    }.get(status)
    reached = facts.of(event) if event else None
    why = f"{STATUS_NAMES[status]}（{reached.on}）" if reached else STATUS_NAMES[status]
    if status in (MeetingStatus.SIGNED, MeetingStatus.DISTRIBUTED):
        why += "，内容已定稿"
    number, today = register.policy.number, register.today
    step = remedy_of(facts, act, today, _undecided(register, meeting))
    raise MeetingNotNowError(ACTS[act], ref_of(meeting), why, number, step)


def day_of_meeting(register: Register, meeting: Matter) -> date:
    """Return the day on which it was held, else that for which it is fixed."""
    return meeting_day(register.matter_facts(meeting))


def fixed_row(register: Register, meeting: Matter) -> Happening:
    """Return the row that says for which day it is fixed."""
    event = FIXED[MeetingKind(meeting.kind)]
    return next(one for one in happenings_of(register, meeting) if one.event == event)


def when_and_where(register: Register, meeting: Matter) -> dict[str, Any]:
    """Return what people are told of a meeting, and what stays as they were told it."""
    kept = details_of(meeting)
    day = day_of_meeting(register, meeting).isoformat()
    return {"title": meeting.title, "day": day, "time": kept["time"], "place": kept["place"]}


def announced(register: Register, meeting: Matter) -> dict[str, Any]:
    """Return what a notice tells besides the agenda: when, where, which members and guests."""
    day = day_of_meeting(register, meeting)
    return when_and_where(register, meeting) | {
        "members": [unit.code for unit in members_on(register.reading, day)],
        "guests": list(register.matter_facts(meeting).units("guest")),
    }


def next_regular(register: Register, day: date) -> Matter | None:
    """Return the next regular meeting from a day on that is not held yet."""
    register.session.flush()
    rows = meetings_ahead(register.reading, day, MeetingKind.REGULAR)
    return register.session.get_one(Matter, rows[0]["id"]) if rows else None


def carry_over(
    register: Register, topic: Matter, meeting: Matter, on: date, why: str
) -> Matter | None:
    """Put a topic on the next regular meeting; on none, where none is fixed yet.

    Returns:
        That meeting.

    """
    record(register, topic, "topic.carried", on, text=f"{ref_of(meeting)} {why}")
    following = next_regular(register, on)
    is_other = following is not None and following.id != meeting.id
    topic.meeting_id = following.id if following is not None and is_other else None
    register.session.flush()
    return following if is_other else None


def topics_of(register: Register, meeting_id: int | None) -> list[Matter]:
    """Return the topics of a meeting, or (None) those that are for none, by number."""
    wanted = select(Matter).where(Matter.letter == "T", col(Matter.meeting_id).is_(meeting_id))
    return list(register.session.exec(wanted.order_by(col(Matter.number))))


def _undecided(register: Register, meeting: Matter) -> str:
    approved = (
        ref_of(topic)
        for topic in topics_of(register, meeting.id)
        if topic_status(register.matter_facts(topic)) is TopicStatus.APPROVED
    )
    return next(approved, "")


def on_a_rest_day(register: Register, day: date) -> list[str]:
    """Warn of a meeting on a day on which the offices are closed."""
    note = register.engine.workdays.note(day)
    return [] if note.works else [f"会期 {day} 是休息日（{note.why}）"]


def counted_elsewhere(meeting: Matter, day: date) -> list[str]:
    """Warn that a regular meeting counts for the quarter of its day, not for that of its title."""
    if meeting.kind != MeetingKind.REGULAR or not names_other_quarter(meeting.title, day):
        return []
    return [f"以召开日期为准，计入{period_of(Interval.QUARTER, day).label}（一（四）1）"]


def named(what: str, topics: Sequence[Matter]) -> list[str]:
    """Say what became of some topics, in one line; nothing where there are none."""
    names = "；".join(f"{ref_of(topic)} {topic.title}" for topic in topics)
    return [f"{what}：{names}"] if topics else []


def paper_of(paper: Letter | None, ref: str) -> str:
    """Say how a paper is drawn: 出具会议通知：coord letter notice M1 --out 目录."""
    return f"出具{TITLES[paper]}：coord letter {paper} {ref} --out 目录" if paper else ""


def recorded_meeting(
    register: Register,
    meeting: Matter,
    *topics: Matter,
    type: str,  # noqa: A002 – the JSON name
    headline: str,
    notes: Sequence[str] = (),
    warnings: Sequence[str] = (),
    paper: Letter | None = None,
    **more: Any,  # noqa: ANN401 – JSON values
) -> Recorded:
    """Settle a meeting and its topics, and say what happened to it, and which paper it gives."""
    facts = register.matter_facts(meeting)
    day = day_of_meeting(register, meeting)
    kept = details_of(meeting)
    return register.recorded(
        meeting,
        *topics,
        facts={"type": type, "ref": ref_of(meeting), "kind": meeting.kind, "title": meeting.title,
               "on": day.isoformat(), "time": kept["time"], "place": kept["place"],
               "topics": [ref_of(topic) for topic in topics], **more},
        headline=headline,
        notes=notes,
        warnings=warnings,
        next_command="；".join(filter(None, (
            paper_of(paper, ref_of(meeting)),
            next_of_meeting(facts, register.today, _undecided(register, meeting)),
        ))),
    )  # fmt: skip
