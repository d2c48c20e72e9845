"""What hangs on the day of a meeting, and on that by which something is to be done, 一（四）.

What a meeting decided and resolved happened on its day: these days move with it, and are not put
right by themselves. The text that 组长 signed does not move; where it names the old day, a
warning says so.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlmodel import col, select

from yicheng_coord.dates import When, in_chinese
from yicheng_coord.errors import RefusedError
from yicheng_coord.policy.events import EVENTS
from yicheng_coord.policy.meetings import default_title
from yicheng_coord.policy.sequence import Fact as DatedFact
from yicheng_coord.queries.matters import matter_row
from yicheng_coord.queries.recorded import Recorded
from yicheng_coord.services.corrections import (
    ContradictionError,
    SameDateError,
    contradiction_in_words,
)
from yicheng_coord.services.matters import details_of, happenings_of, ref_of, set_details
from yicheng_coord.services.register import Register
from yicheng_coord.services.sittings import sheet_of
from yicheng_coord.store.models import Happening, Matter
from yicheng_coord.vocabulary import MeetingKind

_ON_ITS_DAY = ("topic.decided", "topic.carried", "resolution.made")
_SET = EVENTS["resolution.set"].short


class OfItsMeetingError(RefusedError):
    """What happened at a meeting happened on its day."""

    def __init__(self, matter: Matter, name: str, meeting: Matter) -> None:
        ref = ref_of(meeting)
        super().__init__(
            f"{ref_of(matter)} 的{name}就是 {ref} 的会议日期，应在会议中更正。",
            f"更正：coord correct {ref} held --on 日期 --reason 理由",
        )


def check_is_not_its_meetings(register: Register, matter: Matter, happening: Happening) -> None:
    """Refuse to move by itself what happened at a meeting.

    Raises:
        OfItsMeetingError: it did.

    """
    if happening.event not in _ON_ITS_DAY or matter.letter == "M" or matter.meeting_id is None:
        return
    meeting = register.session.get_one(Matter, matter.meeting_id)
    name = f"{EVENTS[happening.event].short}日期"
    raise OfItsMeetingError(matter, name, meeting)


def of_that_meeting(
    register: Register, meeting: Matter, happening: Happening
) -> list[tuple[Matter, Happening]]:
    """Return what happened at a meeting to its topics and by its resolutions, with each of them."""
    if happening.event != "meeting.held":
        return []
    return [
        (matter, one)
        for matter in _belonging(register, meeting)
        for one in happenings_of(register, matter)
        if one.event in _ON_ITS_DAY
        and one.happened_on == happening.happened_on
        and (one.event != "topic.carried" or _is_from(one, meeting))
    ]


def _belonging(register: Register, meeting: Matter) -> list[Matter]:
    """Return its topics and resolutions, and the topics that it did not reach."""
    own = select(Matter).where(Matter.meeting_id == meeting.id).order_by(col(Matter.id))
    carried = [
        one.text.partition(" ")[0]
        for one in happenings_of(register, meeting)
        if one.event == "topic.carried" and one.text
    ]
    rows = [matter_row(register.reading.connection, ref, "T") for ref in carried]
    elsewhere = [register.session.get_one(Matter, row["id"]) for row in rows]
    return list({one.id: one for one in [*register.session.exec(own), *elsewhere]}.values())


def _is_from(one: Happening, meeting: Matter) -> bool:
    return (one.text or "").partition(" ")[0] == ref_of(meeting)


def move_with_meeting(
    meeting: Matter, held: Happening, with_it: Sequence[tuple[Matter, Happening]], before: date
) -> None:
    """Move what happened at a meeting; a title that says the quarter, or the day, follows it."""
    for _, one in with_it:
        one.happened_on = held.happened_on
    if held.event != "meeting.held":
        return
    kind = MeetingKind(meeting.kind)
    if meeting.title == default_title(kind, before):
        meeting.title = default_title(kind, held.happened_on)


def said_otherwise(
    register: Register, matter: Matter, happening: Happening, before: date
) -> list[str]:
    """Warn where the signed minutes name the day that was put right."""
    number = {"meeting.held": matter.id, "resolution.set": matter.meeting_id}.get(happening.event)
    if number is None:
        return []
    meeting = register.session.get_one(Matter, number)
    minutes = sheet_of(register, meeting).minutes
    if minutes is None or in_chinese(before) not in minutes["text"]:
        return []
    ref = ref_of(meeting)
    how = f"coord meeting amend {ref} --file 更正.txt --reason 理由"
    return [f"{ref} 的纪要已定稿，写的是{in_chinese(before)}；纪要也有误的：{how}"]


def is_not_owed_yet(register: Register, matter: Matter) -> bool:
    """Whether the day of a resolution still waits for the signature of the minutes."""
    return matter.letter == "S" and register.matter_facts(matter).of("resolution.set") is None


def correct_due(register: Register, resolution: Matter, *, when: When, reason: str) -> Recorded:
    """Put right by when something is to be done, before the minutes that say so are signed.

    Raises:
        SameDateError: it is that day already.
        ContradictionError: it would be before it was resolved.

    """
    ref, name, kept = ref_of(resolution), f"{_SET}日期", details_of(resolution)
    before = date.fromisoformat(kept["due_on"])
    on = when.near(before).on
    if before == on:
        raise SameDateError(ref, name, on)
    made = register.matter_facts(resolution).of("resolution.made")
    if made and on < made.on:
        pair = DatedFact(f"{EVENTS[made.event].short}日期", made.on), DatedFact(name, on)
        raise ContradictionError(ref, [contradiction_in_words(pair)])
    set_details(resolution, kept | {"due_on": on.isoformat()})
    return register.recorded(
        resolution,
        facts=_facts(ref, on, before, reason),
        headline=f"已更正：{ref}　{name} {before} → {on}（{reason}）",
        next_command=_sign(register, resolution),
    )


def _facts(ref: str, on: date, before: date, reason: str) -> dict[str, Any]:
    return {"type": "correction", "ref": ref, "fact": "due", "on": on.isoformat(),
            "before": before.isoformat(), "reason": reason}  # fmt: skip


def _sign(register: Register, resolution: Matter) -> str:
    meeting = register.session.get(Matter, resolution.meeting_id)
    return f"纪要签发后开始督促：coord meeting sign {ref_of(meeting)}" if meeting else ""
