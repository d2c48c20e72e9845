"""Meetings as people read them: their day, topics, agenda, attendance, resolutions, minutes."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from yicheng_coord.policy.intervals import Interval, Period, period_of
from yicheng_coord.policy.meetings import (
    meeting_day,
    meeting_status,
    next_of_meeting,
    topic_status,
)
from yicheng_coord.queries.agenda import agenda_json
from yicheng_coord.queries.attendance import AttendanceSheet, attendance_of
from yicheng_coord.queries.matters import MatterSheet, sheet_of_matter
from yicheng_coord.queries.reading import Reading
from yicheng_coord.queries.resolutions import open_resolutions, resolution_json
from yicheng_coord.queries.topics import decided_on, live_topics, topic_json, topics_submitted
from yicheng_coord.vocabulary import MeetingKind, MeetingStatus, TopicStatus

_FIXED = (
    "SELECT matter.* FROM matter JOIN happening AS fixed ON fixed.matter_id = matter.id "
    "AND fixed.event IN ('meeting.fixed', 'special.fixed') "
    "WHERE matter.letter = 'M' AND fixed.happened_on {when} :day "
    "AND (:kind IS NULL OR matter.kind = :kind) AND NOT EXISTS (SELECT 1 FROM happening "
    "WHERE matter_id = matter.id AND event IN ('meeting.held', 'meeting.cancelled')) "
    "ORDER BY fixed.happened_on, json_extract(matter.details, '$.time'), matter.number"
)


@dataclass(frozen=True)
class MeetingSheet:
    """One meeting with what belongs to it."""

    matter: MatterSheet

    @property
    def ref(self) -> str:
        """M2."""
        return self.matter.ref

    @property
    def reading(self) -> Reading:
        """What it is read with."""
        return self.matter.reading

    @property
    def day(self) -> date:
        """The day of the meeting."""
        return meeting_day(self.matter.facts)

    @property
    def at(self) -> str:
        """Day and time, as ISO text; the day alone where no time is set."""
        return " ".join(filter(None, (self.day.isoformat(), self.matter.details.get("time"))))

    @property
    def place(self) -> str:
        """Where."""
        return str(self.matter.details["place"])

    @property
    def status(self) -> MeetingStatus:
        """Where it stands."""
        return meeting_status(self.matter.facts)

    @property
    def counts_for(self) -> Period | None:
        """The quarter for which it counts, 一（四）1: that of its day; None of others than regular ones."""
        is_regular = self.matter.row["kind"] == MeetingKind.REGULAR
        if not is_regular or self.status is MeetingStatus.CANCELLED:
            return None
        return period_of(Interval.QUARTER, self.day)

    @cached_property
    def topics(self) -> list[MatterSheet]:
        """The topics that are for it, or were dealt with by it."""
        return of_meeting(self.reading, self.matter.row["id"], "T")

    @cached_property
    def submitted(self) -> list[MatterSheet]:
        """The topics that were put before 组长 for it, wherever they went since, 一（三）2."""
        is_open = self.status is MeetingStatus.PLANNED
        return topics_submitted(self.reading, self.ref, self.topics, is_open=is_open)

    @property
    def settled_on(self) -> date | None:
        """When 组长 decided on the last of them; None while one waits for him.

        Not before the meeting itself was planned, which may take up what he decided on earlier.
        """
        days = [decided_on(one) for one in self.submitted]
        known = [day for day in days if day]
        planned = self.matter.facts.of("meeting.planned")
        if not known or not planned or len(known) < len(days):
            return None
        return max(*known, planned.on)

    @cached_property
    def resolutions(self) -> list[MatterSheet]:
        """What it resolved."""
        return of_meeting(self.reading, self.matter.row["id"], "S")

    @cached_property
    def attendance(self) -> AttendanceSheet:
        """Who came, asked for leave, sat in; once it is held, who is absent."""
        is_over = self.status not in (MeetingStatus.PLANNED, MeetingStatus.CANCELLED)
        return attendance_of(self.reading, self.matter.row["id"], self.day, is_over=is_over)

    @property
    def invited(self) -> tuple[str, ...]:
        """The guests, 一（四）3, by code."""
        return self.matter.facts.units("guest")

    @property
    def undecided(self) -> list[MatterSheet]:
        """Approved topics of which nothing is on record yet."""
        return [one for one in self.topics if topic_status(one.facts) is TopicStatus.APPROVED]

    @property
    def carried(self) -> list[str]:
        """The topics that it did not reach, as it was put on record."""
        return [row["text"] for row in self.matter.happenings if row["event"] == "topic.carried"]

    @property
    def agenda(self) -> list[dict[str, Any]]:
        """What it would deal with as of now: first what earlier ones resolved and is still open."""
        still_open = [
            one for one in open_resolutions(self.reading)
            if one.row["meeting_id"] != self.matter.row["id"]
        ]  # fmt: skip
        return agenda_json(live_topics(self.topics), still_open)

    @property
    def agendas_sent(self) -> list[dict[str, Any]]:
        """What was sent to the members, as it was then."""
        return [
            {"on": row["happened_on"], "agenda": json.loads(row["details"])["agenda"]}
            for row in self._rows("meeting.circulated")
        ]

    @property
    def told(self) -> dict[str, Any] | None:
        """What the last notice told: day, time, place, members, guests; None before the first one.

        A meeting that is moved after its notice is told of anew.
        """
        sent = [*self._rows("meeting.circulated")]
        if not sent:
            return None
        moved = (row for row in self._rows("meeting.moved") if row["id"] > sent[0]["id"])
        last = max([*sent, *moved], key=lambda row: row["id"])
        invited = self._rows("meeting.invited")
        known = {"guests": [row["unit"] for row in invited if row["id"] < last["id"]]}
        kept: dict[str, Any] = json.loads(last["details"] or "{}")
        return known | kept

    @property
    def untold(self) -> list[str]:
        """The guests that were invited after the last notice, which is without them; by code."""
        told = self.told
        return [unit for unit in self.invited if told is not None and unit not in told["guests"]]

    @property
    def untold_note(self) -> list[str]:
        """The same in words, and how they are told while there is time."""
        guests = "、".join(map(self.reading.unit_name, self.untold))
        if not guests:
            return []
        again = f"；补发：coord meeting circulate {self.ref}，再 coord letter notice {self.ref}"
        is_open = self.status is MeetingStatus.PLANNED and self.day >= self.reading.today
        return [f"{self.ref} 送出的会议通知不含以后邀请的{guests}{again if is_open else ''}"]

    @property
    def minutes(self) -> dict[str, Any] | None:
        """The minutes in force: text, SHA-256, since when; None before they are signed."""
        editions = [*self._rows("minutes.signed", "minutes.amended")]
        if not editions:
            return None
        last = max(editions, key=lambda row: row["id"])
        kept = json.loads(last["details"])
        return {"on": last["happened_on"], "text": kept["text"], "sha256": kept["sha256"]}

    @property
    def amendments(self) -> list[dict[str, Any]]:
        """What was put right in signed minutes, in that order: day, reason, SHA-256."""
        rows = sorted(self._rows("minutes.amended"), key=lambda row: row["id"])
        return [
            {"on": row["happened_on"], "reason": row["text"],
             "sha256": json.loads(row["details"])["sha256"]}
            for row in rows
        ]  # fmt: skip

    @property
    def next_step(self) -> str:
        """What comes next."""
        undecided = self.undecided
        first, today = undecided[0].ref if undecided else "", self.reading.today
        return next_of_meeting(self.matter.facts, today, first)

    def _rows(self, *events: str) -> Iterator[sqlite3.Row]:
        yield from (row for row in self.matter.happenings if row["event"] in events)

    def as_json(self) -> dict[str, Any]:
        """The stable keys of a meeting, days as ISO text."""
        days, minutes = self.matter.days, self.minutes
        return {
            "ref": self.ref,
            "kind": self.matter.row["kind"],
            "title": self.matter.title,
            "status": self.status.value,
            "on": self.day.isoformat(),
            "at": self.at,
            "place": self.place,
            "counts_for": self.counts_for.key if self.counts_for else None,
            "planned_on": days("meeting.planned"),
            "solicited_on": days("meeting.solicited"),
            "circulated_on": days("meeting.circulated"),
            "held_on": days("meeting.held"),
            "signed_on": days("minutes.signed"),
            "distributed_on": days("minutes.distributed"),
            "cancelled_on": days("meeting.cancelled"),
            "invited": list(self.invited),
            "topics": [topic_json(one) for one in self.topics],
            "undecided": [one.ref for one in self.undecided],
            "carried": self.carried,
            "agenda": self.agenda if self.status is MeetingStatus.PLANNED else [],
            "agendas_sent": self.agendas_sent,
            "attendance": self.attendance.as_json(),
            "resolutions": [resolution_json(one) for one in self.resolutions],
            "minutes_sha256": minutes["sha256"] if minutes else None,
            "amendments": self.amendments,
            "open_duties": [duty.as_json() for duty in self.matter.duties if duty.is_open],
            "next_step": self.next_step,
        }


def of_meeting(reading: Reading, meeting_id: int, letter: str) -> list[MatterSheet]:
    """Return the topics (T) or resolutions (S) of a meeting, by number."""
    rows = reading.connection.execute(
        "SELECT * FROM matter WHERE meeting_id = ? AND letter = ? ORDER BY number",
        (meeting_id, letter),
    )
    return [sheet_of_matter(reading, row) for row in rows.fetchall()]


def meetings_ahead(reading: Reading, day: date, kind: str | None = None) -> Sequence[sqlite3.Row]:
    """Return the meetings that are fixed for that day or later and not held yet, the next first."""
    return _fixed(reading, ">=", day, kind)


def _fixed(reading: Reading, when: str, day: date, kind: str | None) -> Sequence[sqlite3.Row]:
    sql, values = _FIXED.format(when=when), {"day": day.isoformat(), "kind": kind}
    return reading.connection.execute(sql, values).fetchall()


def next_meetings(reading: Reading) -> list[dict[str, Any]]:
    """Return the meetings of today and tomorrow; without any, the next one."""
    sheets = _told(reading, meetings_ahead(reading, reading.today))
    near = (reading.today + timedelta(days=1)).isoformat()
    return [one for one in sheets if one["at"][:10] <= near] or sheets[:1]


def unrecorded_meetings(reading: Reading) -> list[dict[str, Any]]:
    """Return the meetings whose day is over, and that were not held, moved or cancelled."""
    return _told(reading, _fixed(reading, "<", reading.today, None))


def _told(reading: Reading, rows: Sequence[sqlite3.Row]) -> list[dict[str, Any]]:
    """Say of each: its reference, title, kind, day and time, place."""
    sheets = [MeetingSheet(sheet_of_matter(reading, row)) for row in rows]
    return [
        {
            "ref": sheet.ref,
            "kind": sheet.matter.row["kind"],
            "title": sheet.matter.title,
            "at": sheet.at,
            "place": sheet.place,
        }
        for sheet in sheets
    ]
