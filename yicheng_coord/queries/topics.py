"""Topics of the joint meeting, 一（四）, as lists and agendas show them."""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from yicheng_coord.policy.meetings import topic_status
from yicheng_coord.queries.matters import MatterSheet, list_matters, matter_row
from yicheng_coord.queries.reading import Reading
from yicheng_coord.vocabulary import TopicStatus

DECISIONS = ("topic.approved", "special.approved", "topic.rejected")
"""What 组长 says of a topic, once."""


def meeting_ref(reading: Reading, meeting_id: int | None) -> str | None:
    """M2."""
    if meeting_id is None:
        return None
    row = reading.connection.execute("SELECT number FROM matter WHERE id = ?", (meeting_id,))
    return f"M{row.fetchone()[0]}"


def topic_json(sheet: MatterSheet) -> dict[str, Any]:
    """The stable keys of a topic, days as ISO text."""
    approved_on = sheet.days("topic.approved") or sheet.days("special.approved")
    meeting = meeting_ref(sheet.reading, sheet.row["meeting_id"])
    return {
        "ref": sheet.ref,
        "title": sheet.title,
        "by": sheet.row["owner"],
        "background": sheet.row["text"],
        "proposal": sheet.details.get("proposal"),
        "status": topic_status(sheet.facts).value,
        "special": sheet.facts.of("special.approved") is not None,
        "meeting": meeting,
        "added_on": sheet.days("topic.added"),
        "approved_on": approved_on,
        "rejected_on": sheet.days("topic.rejected"),
        "circulated_on": _circulated_on(sheet, meeting),
        "decided_on": sheet.days("topic.decided"),
        "conclusion": said_of(sheet, "topic.decided"),
        "reject_reason": said_of(sheet, "topic.rejected"),
        "open_duties": [duty.as_json() for duty in sheet.duties if duty.is_open],
    }


def _circulated_on(sheet: MatterSheet, meeting: str | None) -> str | None:
    """Return when it was sent with the agenda of the meeting that it is for now."""
    days = (
        row["happened_on"]
        for row in sheet.happenings
        if row["event"] == "meeting.circulated" and row["text"] == meeting
    )
    return next(days, None)


def decided_on(sheet: MatterSheet) -> date | None:
    """Return when 组长 decided on it."""
    found = next((one for event in DECISIONS if (one := sheet.facts.of(event))), None)
    return found.on if found else None


def submitted_for(sheet: MatterSheet) -> str | None:
    """Return for which meeting it was put before 组长; None while he has not decided on it.

    Where that is not told, it is the meeting that did not reach it, else the one that it is for.
    """
    decision = next((row for row in sheet.happenings if row["event"] in DECISIONS), None)
    if decision is None:
        return None
    if told := json.loads(decision["details"] or "{}").get("meeting"):
        return str(told)
    carried = said_of(sheet, "topic.carried")
    left = carried.partition(" ")[0] if carried else None
    return left or meeting_ref(sheet.reading, sheet.row["meeting_id"])


def topics_submitted(
    reading: Reading, meeting: str, there: Iterable[MatterSheet], *, is_open: bool
) -> list[MatterSheet]:
    """Return what was put before 组长 for a meeting, wherever it went since, by number.

    Args:
        reading: the register.
        meeting: its reference.
        there: the topics that it has now.
        is_open: whether those are still to be decided on too.

    """
    elsewhere = (one for one in list_matters(reading, "T") if submitted_for(one) == meeting)
    here = (one for one in there if is_open or submitted_for(one))
    found = {one.row["number"]: one for one in (*here, *elsewhere)}
    return [found[number] for number in sorted(found)]


def said_of(sheet: MatterSheet, event: str) -> str | None:
    """Return what was said when it happened."""
    return next((row["text"] for row in sheet.happenings if row["event"] == event), None)


def list_topics(
    reading: Reading,
    *,
    unit: str | None = None,
    meeting: str | None = None,
    status: TopicStatus | None = None,
) -> list[MatterSheet]:
    """Return topics by number: of a unit, for a meeting, in a status.

    Raises:
        UnknownMatterError: there is no such meeting.

    """
    meeting_id = matter_row(reading.connection, meeting, "M")["id"] if meeting else None
    return [
        one
        for one in list_matters(reading, "T", unit=unit)
        if (meeting_id is None or one.row["meeting_id"] == meeting_id)
        and status in (None, topic_status(one.facts))
    ]


def live_topics(topics: Iterable[MatterSheet]) -> list[MatterSheet]:
    """Return the topics that 组长 approved and no meeting dealt with."""
    return [one for one in topics if topic_status(one.facts) is TopicStatus.APPROVED]
