"""议定事项, 一（三）4, 一（四）4: whose it is, until when, how far, done; also without a meeting."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from yicheng_coord.dates import PlannedDay
from yicheng_coord.errors import RefusedError
from yicheng_coord.policy.matters import OFFICE
from yicheng_coord.policy.meetings import TOPIC_STATUS_NAMES, meeting_status, topic_status
from yicheng_coord.queries.matters import matter_sheet
from yicheng_coord.queries.recorded import Recorded
from yicheng_coord.queries.resolutions import waived_of
from yicheng_coord.services.cases import EmptyTextError
from yicheng_coord.services.competence import check_there
from yicheng_coord.services.matters import (
    NewMatter,
    check_not_yet,
    open_matter,
    record,
    ref_of,
)
from yicheng_coord.services.meeting_state import day_of_meeting, paper_of, require
from yicheng_coord.services.order import check_order
from yicheng_coord.services.register import Register
from yicheng_coord.services.secrecy import check_no_state_secret
from yicheng_coord.services.sittings import how_topic_stands
from yicheng_coord.store.models import Matter
from yicheng_coord.vocabulary import Letter, MeetingStatus, ResolutionKind, TopicStatus


@dataclass(frozen=True, slots=True)
class NewResolution:
    """What is to be done by whom until when; units by code."""

    kind: ResolutionKind
    text: str
    owner: str
    due: PlannedDay
    on: date
    helpers: Sequence[str] = ()
    meeting: str | None = None
    topic: str | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """A report: what was done, how far in percent, what is in the way, what the office says."""

    note: str
    percent: int | None = None
    difficulty: str | None = None
    opinion: str | None = None


class DueBeforeMadeError(RefusedError):
    """Nothing can be due before it was resolved."""

    def __init__(self, due_on: date, made_on: date, document: str, meeting: str) -> None:
        held = f"coord correct {meeting} held --on 日期 --reason 理由"
        super().__init__(
            f"不能登记：办结期限 {due_on} 早于议定的日期 {made_on}（{document} 一（四）4）。",
            f"核对 --due；会议日期登错的：{held}" if meeting else "核对 --due 和 --on。",
        )


class TopicElsewhereError(RefusedError):
    """The topic was not before that meeting."""

    def __init__(self, topic: str, why: str, document: str, hint: str) -> None:
        super().__init__(f"不能登记：议题 {topic} {why}（{document} 一（四）4）。", hint)


def add(register: Register, new: NewResolution) -> Recorded:
    """Register what was resolved; of a meeting it is owed once the minutes are signed.

    Raises:
        DueBeforeMadeError: it would be due before it was resolved.
        MeetingNotNowError: the meeting was not held.
        TopicElsewhereError: the topic was not before it.

    """
    topic = register.matter(new.topic, "T") if new.topic else None
    meeting = _meeting(register, new, topic)
    made_on = day_of_meeting(register, meeting) if meeting else new.on
    check_order("议定日期", made_on, register.today)
    due_on = new.due.since(made_on)
    if due_on < made_on:
        ref = ref_of(meeting) if meeting else ""
        raise DueBeforeMadeError(due_on, made_on, register.policy.number, ref)
    helpers = tuple(unit for unit in dict.fromkeys(new.helpers) if unit != new.owner)
    for unit in (new.owner, *helpers):
        check_there(register, unit, new.on)
    resolution = _opened(register, new, due_on, helpers, meeting, topic)
    record(register, resolution, "resolution.made", made_on)
    is_signed = meeting is None or _is_signed(register, meeting)
    if is_signed:
        record(register, resolution, "resolution.set", due_on)
    if topic and topic_status(register.matter_facts(topic)) is TopicStatus.APPROVED:
        record(register, topic, "topic.decided", made_on, text=ref_of(resolution))
    late = f"{ref_of(meeting)} 的纪要已定稿，不含这一事项" if meeting and is_signed else ""
    waits = f"纪要签发后开始督促：coord meeting sign {ref_of(meeting)}" if meeting else ""
    return _answer(
        register,
        [resolution, *([topic] if topic else [])],
        "resolution",
        f"已登记议定事项：{ref_of(resolution)} {resolution.title}　"
        f"{register.unit_name(new.owner)}（{due_on} 前办结）",
        warnings=[late] if late else [],
        next_command="" if is_signed else waits,
        kind=new.kind.value,
        **{"with": list(helpers)},
        due_on=due_on.isoformat(),
        meeting=ref_of(meeting) if meeting else None,
        topic=ref_of(topic) if topic else None,
    )


def _meeting(register: Register, new: NewResolution, topic: Matter | None) -> Matter | None:
    meeting = register.matter(new.meeting, "M") if new.meeting else None
    if topic is not None:
        meeting = _meeting_of_topic(register, topic, meeting)
    if meeting is not None:
        require(register, meeting, "resolve")
    return meeting


def _meeting_of_topic(register: Register, topic: Matter, meeting: Matter | None) -> Matter:
    status, number = topic_status(register.matter_facts(topic)), register.policy.number
    if status not in (TopicStatus.APPROVED, TopicStatus.DECIDED):
        hint = how_topic_stands(register, topic)
        raise TopicElsewhereError(ref_of(topic), TOPIC_STATUS_NAMES[status], number, hint)
    if topic.meeting_id is None:
        hint = how_topic_stands(register, topic)
        raise TopicElsewhereError(ref_of(topic), "还没有列入会议", number, hint)
    if meeting is not None and meeting.id != topic.meeting_id:
        why, hint = f"不是 {ref_of(meeting)} 的议题", f"查看：coord topic show {ref_of(topic)}"
        raise TopicElsewhereError(ref_of(topic), why, number, hint)
    return register.session.get_one(Matter, topic.meeting_id)


def _is_signed(register: Register, meeting: Matter) -> bool:
    status = meeting_status(register.matter_facts(meeting))
    return status in (MeetingStatus.SIGNED, MeetingStatus.DISTRIBUTED)


def _opened(
    register: Register,
    new: NewResolution,
    due_on: date,
    helpers: Sequence[str],
    meeting: Matter | None,
    topic: Matter | None,
) -> Matter:
    """What the office itself is to do it answers to 组长 for: one owes nothing to oneself."""
    answers_to = [("office", "leader")] if new.owner == OFFICE else []
    return open_matter(
        register,
        NewMatter(
            letter="S",
            kind=new.kind.value,
            title=new.text,
            owner=new.owner,
            parties=[("owner", new.owner), *(("with", unit) for unit in helpers), *answers_to],
            meeting_id=meeting.id if meeting else None,
            details={"due_on": due_on.isoformat()} | ({"topic": ref_of(topic)} if topic else {}),
        ),
    )


def report(register: Register, ref: str, progress: Progress, *, on: date) -> Recorded:
    """Record how far it is, what is in the way and what the office says of that, 一（三）4.

    Raises:
        DoneAlreadyError: it is done.

    """
    if not progress.note.strip():
        raise EmptyTextError("进展（--note）")
    resolution = register.matter(ref, "S")
    check_not_yet(register, resolution, "resolution.done")
    check_no_state_secret(register.policy.number, progress.difficulty, progress.opinion)
    told = {"percent": progress.percent, "difficulty": progress.difficulty,
            "opinion": progress.opinion}  # fmt: skip
    kept = {name: value for name, value in told.items() if value is not None}
    note = progress.note.strip()
    record(register, resolution, "resolution.progressed", on, text=note, details=kept)
    needs_opinion = progress.difficulty and not progress.opinion
    rule = "办公室应对困难分析研究，提出处理意见"
    return _answer(
        register,
        [resolution],
        "progress",
        f"已登记进展：{ref_of(resolution)} {resolution.title}　{note}（{on}）",
        warnings=[f"{rule}（{register.policy.number} 一（三）4）：--opinion"]
        if needs_opinion
        else [],
        next_command=_next(register, resolution),
        note=note,
        on=on.isoformat(),
        percent=progress.percent,
        difficulty=progress.difficulty,
        opinion=progress.opinion,
    )


def _next(register: Register, resolution: Matter) -> str:
    """What is late is asked for; else what the duty says comes next."""
    ref = ref_of(resolution)
    due = register.matter_facts(resolution).of("resolution.set")
    is_late = due is not None and due.on < register.today and resolution.owner != OFFICE
    if is_late and waived_of(matter_sheet(register.reading, ref)):
        return ""
    paper, done = paper_of(Letter.SUPERVISE, ref), f"办结后登记：coord resolution done {ref}"
    return f"{paper}；{done}" if is_late else ""


def finish(register: Register, ref: str, *, on: date, note: str | None = None) -> Recorded:
    """Record that it is done.

    Raises:
        DoneAlreadyError: it is on record already.

    """
    resolution = register.matter(ref, "S")
    check_not_yet(register, resolution, "resolution.done")
    record(register, resolution, "resolution.done", on, text=(note or "").strip() or None)
    return _answer(
        register,
        [resolution],
        "resolution_done",
        f"已办结：{ref_of(resolution)} {resolution.title}（{on}）",
        done_on=on.isoformat(),
    )


def _answer(
    register: Register,
    owners: Sequence[Matter],
    sort: str,
    headline: str,
    warnings: Sequence[str] = (),
    next_command: str = "",
    **more: Any,  # noqa: ANN401 – JSON values
) -> Recorded:
    first = owners[0]
    return register.recorded(
        *owners,
        facts={"type": sort, "ref": ref_of(first), "text": first.title, "owner": first.owner,
               **more},
        headline=headline,
        warnings=warnings,
        next_command=next_command,
    )  # fmt: skip
