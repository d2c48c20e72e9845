"""Topics of the joint meeting, 一（四）, as lists and agendas show them."""

from collections.abc import Iterable
from typing import Any

from yicheng_coord.policy.meetings import topic_status
from yicheng_coord.queries.matters import MatterSheet, list_matters, matter_row
from yicheng_coord.queries.reading import Reading
from yicheng_coord.vocabulary import TopicStatus


def meeting_ref(reading: Reading, meeting_id: int | None) -> str | None:
    """M2."""
    if meeting_id is None:
        return None
    row = reading.connection.execute("SELECT number FROM matter WHERE id = ?", (meeting_id,))
    return f"M{row.fetchone()[0]}"


def topic_json(sheet: MatterSheet) -> dict[str, Any]:
    """The stable keys of a topic, days as ISO text."""
    approved_on = sheet.days("topic.approved") or sheet.days("special.approved")
    return {
        "ref": sheet.ref,
        "title": sheet.title,
        "by": sheet.row["owner"],
        "background": sheet.row["text"],
        "proposal": sheet.details.get("proposal"),
        "status": topic_status(sheet.facts).value,
        "special": sheet.facts.of("special.approved") is not None,
        "meeting": meeting_ref(sheet.reading, sheet.row["meeting_id"]),
        "added_on": sheet.days("topic.added"),
        "approved_on": approved_on,
        "rejected_on": sheet.days("topic.rejected"),
        "circulated_on": sheet.days("meeting.circulated"),
        "decided_on": sheet.days("topic.decided"),
        "conclusion": said_of(sheet, "topic.decided"),
        "reject_reason": said_of(sheet, "topic.rejected"),
        "open_duties": [duty.as_json() for duty in sheet.duties if duty.is_open],
    }


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
