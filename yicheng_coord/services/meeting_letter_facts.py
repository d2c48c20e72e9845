"""What a template may say of a meeting (M) and of what it resolved (S).

What was sent stays as it was sent: the day that members were told, and their agenda. What the
minutes say is read from their one text, drafted or frozen.
"""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from yicheng_coord.dates import in_chinese
from yicheng_coord.papers.minutes import minutes_of
from yicheng_coord.papers.minutes_parts import ABSENT, GUESTS, LEAVE, PRESENT, parts_of
from yicheng_coord.policy.units import Units
from yicheng_coord.queries.attendance import members_on
from yicheng_coord.queries.matters import MatterSheet, matter_sheet
from yicheng_coord.queries.meetings import MeetingSheet
from yicheng_coord.queries.reading import Reading
from yicheng_coord.queries.resolutions import due_of, original_due_of, progress_of
from yicheng_coord.queries.topics import meeting_ref, said_of
from yicheng_coord.services.attendance import NAMES
from yicheng_coord.services.letter_values import day_value, names_of, short_names, unit_value
from yicheng_coord.services.occasion import Occasion
from yicheng_coord.vocabulary import Attending, Letter, MeetingStatus

_WEEKDAYS = "一二三四五六日"
_DECIDED_BY = {
    "topic.approved": "approved",
    "special.approved": "special",
    "topic.rejected": "rejected",
}
_SENT_BY = {Letter.SOLICIT: "meeting.solicited", Letter.NOTICE: "meeting.circulated"}


def meeting_facts(
    reading: Reading, occasion: Occasion, matter: MatterSheet, units: Units
) -> dict[str, Any]:
    """Return the facts of a meeting; agenda and minutes for the papers that print them."""
    sheet, kind = MeetingSheet(matter), occasion.kind
    topics = sheet.submitted if kind is Letter.TOPICS else sheet.topics
    return {
        "council": units.get(matter.row["owner"]).full_name.removesuffix("办公室"),
        **_when_and_where(sheet, kind),
        "leader": sheet.attendance.leader,
        **_whom(sheet, kind, units, [unit.code for unit in members_on(reading, sheet.day)]),
        "topics": [_topic(units, one) for one in topics],
        "agenda": [_item(units, one) for one in _agenda(sheet)] if kind is Letter.NOTICE else [],
        "attendance": [*_attendance(sheet)] if kind is Letter.ATTENDANCE else [],
        "minutes": _minutes(sheet) if kind is Letter.MINUTES else None,
    }


def _when_and_where(sheet: MeetingSheet, kind: Letter) -> dict[str, Any]:
    """Return its name, when and where it is to be; of what was sent, as it was said then."""
    moved = sheet.matter.latest("meeting.moved")
    sent = sheet.matter.latest(_SENT_BY[kind]) if kind in _SENT_BY else None
    is_again = kind is Letter.NOTICE and sent and moved and moved["id"] > sent["id"]
    now = {"title": sheet.matter.row["title"], "day": sheet.day.isoformat(),
           "time": sheet.matter.details.get("time"), "place": sheet.place}  # fmt: skip
    said = now | _details(moved if is_again else sent)
    day = date.fromisoformat(str(said["day"]))
    before = _told_before(sheet, moved) if moved else None
    return {
        "title": said["title"],
        "day": in_chinese(day),
        "weekday": f"星期{_WEEKDAYS[day.weekday()]}",
        "time": said["time"],
        "place": said["place"],
        "moved_from": day_value(before) if before != said["day"] else None,
    }


def _whom(
    sheet: MeetingSheet, kind: Letter, units: Units, members: Sequence[str]
) -> dict[str, Any]:
    """Return which members and guests it is for; of a notice that was sent, as it was sent."""
    now = {"members": members, "guests": sheet.invited}
    told = (sheet.told if kind is Letter.NOTICE else None) or {}
    return {name: short_names(units, told.get(name, codes)) for name, codes in now.items()}


def notes_on(occasion: Occasion) -> tuple[str, ...]:
    """Say what a reprint leaves out, since what was sent stays as it was."""
    if occasion.kind is not Letter.NOTICE or occasion.matter is None:
        return ()
    return tuple(MeetingSheet(occasion.matter).untold_note)


def _told_before(sheet: MeetingSheet, moved: sqlite3.Row) -> str | None:
    """Return the day that members were told last before the meeting was moved, as ISO text."""
    rows = filter(None, map(sheet.matter.latest, _SENT_BY.values()))
    told = [row for row in rows if row["id"] < moved["id"]]
    return _details(max(told, key=lambda row: row["id"])).get("day") if told else None


def _details(row: sqlite3.Row | None) -> dict[str, Any]:
    kept: dict[str, Any] = json.loads(row["details"] or "{}") if row else {}
    return kept


def _agenda(sheet: MeetingSheet) -> list[dict[str, Any]]:
    """Return what was sent last; before, what would be; of a past meeting nothing is made up."""
    if sent := sheet.agendas_sent:
        agenda: list[dict[str, Any]] = sent[-1]["agenda"]
        return agenda
    return sheet.agenda if sheet.status is MeetingStatus.PLANNED else []


def _item(units: Units, item: dict[str, Any]) -> dict[str, Any]:
    by = item.get("by")
    return {
        "kind": "topic" if by else "review",
        **{name: item.get(name) for name in ("title", "background", "proposal")},
        "by": units.get(by).name if by else None,
        "resolutions": [
            {"text": one["text"], "owner": units.get(one["owner"]).name,
             "due": day_value(one["due_on"]), "percent": one["percent"]}
            for one in item.get("resolutions", ())
        ],
    }  # fmt: skip


def _topic(units: Units, sheet: MatterSheet) -> dict[str, Any]:
    event = next((one for one in _DECIDED_BY if sheet.facts.of(one)), None)
    return {
        "title": sheet.title,
        "by": units.get(sheet.row["owner"]).name,
        "background": sheet.row["text"],
        "proposal": sheet.details.get("proposal"),
        "outcome": _DECIDED_BY[event] if event else None,
        "decided_on": day_value(sheet.days(event)) if event else None,
        "reason": said_of(sheet, "topic.rejected"),
    }


def _attendance(sheet: MeetingSheet) -> Iterator[dict[str, Any]]:
    """Go through the members of that day and the guests: who came, else a line to be signed."""
    people = sheet.attendance
    absent = {unit for unit, _ in people.absent} if people.of(Attending.PRESENT) else set()
    units = [unit.code for unit in members_on(sheet.reading, sheet.day)]
    for code in dict.fromkeys([*units, *sheet.invited, *(row["unit"] for row in people.rows)]):
        name = sheet.reading.unit_name(code)
        there = [row for row in people.rows if row["unit"] == code]
        for row in there:
            note = NAMES[Attending(row["status"])]
            why = f"（{row['reason']}）" if row["reason"] else ""
            yield {"unit": name, "name": row["name"], "post": row["post"], "note": note + why}
        if not there:
            note = "邀请列席" if code in sheet.invited else "缺席" if code in absent else ""
            yield {"unit": name, "note": note}


def _minutes(sheet: MeetingSheet) -> dict[str, Any]:
    """Return the minutes in force in their parts; before they are signed those of the draft."""
    parts, days = parts_of(minutes_of(sheet)), sheet.matter.days
    amended = [one | {"on": day_value(one["on"])} for one in sheet.amendments]
    last = amended[-1] if amended else {"on": None, "reason": None}
    return {
        "title": parts.title or sheet.matter.title,
        "present": parts.attendance.get(PRESENT),
        "leave": parts.attendance.get(LEAVE),
        "guests": parts.attendance.get(GUESTS),
        "absent": parts.attendance.get(ABSENT),
        "lines": [{"ordinal": one.ordinal, "text": one.text} for one in parts.lines],
        "signed_on": day_value(days("minutes.signed")),
        "amendments": amended,
        "amended_on": last["on"],
        "amend_reason": last["reason"],
        "distributed_on": day_value(days("minutes.distributed")),
    }


def resolution_facts(
    reading: Reading, occasion: Occasion, sheet: MatterSheet, units: Units
) -> dict[str, Any]:
    """Return the facts of what was resolved, and how late it is on the paper's day."""
    due, original = date.fromisoformat(due_of(sheet)), original_due_of(sheet)
    progress = progress_of(sheet)
    opinions = [one["opinion"] for one in progress if one["opinion"]]
    return {
        "text": sheet.row["title"],
        "made_on": day_value(sheet.days("resolution.made")),
        "meeting": _title(reading, meeting_ref(reading, sheet.row["meeting_id"])),
        "topic": _title(reading, sheet.details.get("topic")),
        "owner": unit_value(units, sheet.row["owner"]),
        "helpers": names_of(units, sheet.facts.units("with")),
        "due": in_chinese(due),
        "original_due": day_value(original) if original != due.isoformat() else None,
        "days_late": max(0, (occasion.day - due).days),
        "progress": [one | {"on": day_value(one["on"])} for one in progress],
        "opinion": opinions[-1] if opinions else None,
    }


def _title(reading: Reading, ref: str | None) -> str | None:
    return matter_sheet(reading, ref).title if ref else None
